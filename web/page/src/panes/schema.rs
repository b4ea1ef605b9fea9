//! The schema as a diagram.

use crate::{
    browser, diagram,
    diagram::{Layout, px},
    effects,
    widgets::said,
};
use retort_protocol::{
    scene::Scene,
    schema::{Column, Edge, Marks, Part, PartKind, Schema, Table},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{
    Html, NodeRef, Properties, classes, function_component, html, use_effect_with, use_memo, use_node_ref, use_state,
};

/// A diagram is never drawn smaller than this: its words must be read.
const SMALLEST: f64 = 0.78;

/// What the pane shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Where the database stands.
    pub(crate) scene: Rc<Scene>,
    /// The window's width; another one is another layout.
    pub(crate) width: u32,
}

/// The pane.
#[function_component]
pub(crate) fn Diagram(props: &Props) -> Html {
    let node = use_node_ref();
    let room = use_state(|| 520.0_f64);
    let layout = use_memo((Rc::clone(&props.scene), *room), |(scene, room)| {
        diagram::layout(&scene.schema, width(*room), *room - 32.0)
    });
    let (shown, measured) = (node.clone(), room.clone());
    use_effect_with(props.width, move |_| {
        if let Some(frame) = shown.cast::<HtmlElement>() {
            measured.set(f64::from(frame.client_width()));
        }
    });
    let shown = node.clone();
    use_effect_with(Rc::clone(&layout), move |_| place(&shown));
    let schema = &props.scene.schema;
    html! {
        <section class="pane pane--diagram" aria-labelledby="schema-title" data-pane="schema">
            <header class="pane-head">
                <h3 id="schema-title">{ "Schema" }</h3>
                <div class="end">{ legend(schema) }{ lit(schema) }</div>
            </header>
            <div class="pane-body" tabindex="0" role="group" aria-labelledby="schema-title" data-focus="" ref={node}>
                if schema.tables.is_empty() { { nothing(&props.scene) } }
                else { { sheet(schema, &layout) } }
            </div>
        </section>
    }
}

/// What to do where there is nothing to see.
fn nothing(scene: &Scene) -> Html {
    let says = if scene.timeline.revisions.is_empty() {
        "Describe tables in models.py. Under the editor stands what the first revision would hold; “Make revision” writes it, and the first step makes the tables."
    } else {
        "The next step makes the first ones."
    };
    html! { <p class="nothing"><b>{ "No tables yet" }</b>{ says }</p> }
}

/// Two tables and a line fit side by side where that leaves them wide enough.
fn width(room: f64) -> f64 {
    ((room - 104.0) / 2.0).clamp(196.0, 232.0).floor()
}

fn sheet(schema: &Schema, layout: &Layout) -> Html {
    let (wide, high) = (px(layout.width) + 3, px(layout.height) + 3);
    let edge = |(edge, line): (&Edge, &Option<diagram::Line>)| {
        line.as_ref().map(|line| drawn(edge, line, wide, high)).unwrap_or_default()
    };
    html! {
        <div class="diagram" data-wide={wide.to_string()} data-high={high.to_string()}>
            { for schema.edges.iter().zip(&layout.lines).map(edge) }
            { for schema.tables.iter().zip(&layout.boxes).map(|(table, at)| entity(table, at)) }
        </div>
    }
}

/// A line with its name.
fn drawn(edge: &Edge, line: &diagram::Line, wide: i32, high: i32) -> Html {
    let words = edge.on_delete.as_ref().map(|what| format!(", on delete {what}")).unwrap_or_default();
    let change = if edge.marks.said.is_empty() { String::new() } else { format!(", {}", edge.marks.said) };
    let name = format!(
        "{}.{} points to {}.{}{words}{change}",
        edge.from,
        edge.columns.join(", "),
        edge.to,
        edge.targets.join(", ")
    );
    let (x, y) = (px(line.label.0), px(line.label.1));
    html! {
        <figure class={classes!("edge", marked(&edge.marks))} aria-label={name}>
            <svg width={wide.to_string()} height={high.to_string()} viewBox={format!("0 0 {wide} {high}")} aria-hidden="true"><path d={line.path.clone()}/></svg>
            if let Some(what) = &edge.on_delete { <figcaption data-x={x.to_string()} data-y={y.to_string()} aria-hidden="true">{ what }</figcaption> }
        </figure>
    }
}

fn entity(table: &Table, at: &diagram::Box) -> Html {
    let lit = table.marks.lit
        || table.columns.iter().any(|column| column.marks.lit)
        || table.parts.iter().any(|part| part.marks.lit);
    let class = classes!("entity", lit.then_some("is-lit"), marked(&table.marks));
    html! {
        <section key={table.name.clone()} {class} data-x={px(at.x).to_string()} data-y={px(at.y).to_string()} data-wide={px(at.width).to_string()}>
            <h4>
                <span class="entity-name" title={table.name.clone()}>
                    if table.marks.sign.is_some() { { said::sign(table.marks.sign) }{ " " } }
                    { &table.name }{ unseen(&table.marks) }
                </span>
                <span class="entity-rows">{ said::count(table.rows, "row") }</span>
            </h4>
            <ul>
                { for table.columns.iter().map(column) }
                { for table.parts.iter().enumerate().map(|(at, one)| part(one, at == 0)) }
            </ul>
        </section>
    }
}

fn column(column: &Column) -> Html {
    let null = if column.nullable && !column.primary { " null" } else { "" };
    html! {
        <li key={column.name.clone()} class={classes!("col", marked(&column.marks))}>
            { said::sign(column.marks.sign) }
            <span class="name" title={column.name.clone()}>{ &column.name }</span>
            if column.primary { { " " }<span class="key" title="primary key">{ "pk" }</span> }
            if column.foreign { { " " }<span class="key" title="foreign key">{ "fk" }</span> }
            { unseen(&column.marks) }
            <span class="type" title={column.type_name.clone()}>{ format!("{}{null}", column.type_name) }</span>
        </li>
    }
}

fn part(part: &Part, first: bool) -> Html {
    let kind = match part.kind {
        PartKind::Index => "index",
        PartKind::UniqueIndex => "unique index",
        PartKind::Unique => "unique",
        PartKind::Check => "check",
        PartKind::Trigger => "trigger",
    };
    html! {
        <li key={format!("{kind} {}", part.name)} class={classes!("col", "col--part", first.then_some("col--first"), marked(&part.marks))}>
            { said::sign(part.marks.sign) }
            <span class="name" title={format!("{}: {}", part.name, part.detail)}>{ &part.name }</span>{ unseen(&part.marks) }
            <span class="type">{ kind }</span>
        </li>
    }
}

fn marked(marks: &Marks) -> yew::Classes {
    let removed = marks.sign == Some(retort_protocol::words::Sign::Removed);
    classes!(marks.lit.then_some("is-lit"), marks.later.then_some("is-later"), removed.then_some("is-removed"))
}

/// What the sign and the colour say, in words.
fn unseen(marks: &Marks) -> Html {
    if marks.said.is_empty() {
        html! {}
    } else {
        html! { <span class="unseen">{ format!(" {},", marks.said) }</span> }
    }
}

fn all(schema: &Schema) -> impl Iterator<Item = (String, &Marks)> {
    schema.tables.iter().flat_map(|table| {
        let columns = table.columns.iter().map(|column| (format!("{}.{}", table.name, column.name), &column.marks));
        let parts = table.parts.iter().map(|part| (part.name.clone(), &part.marks));
        std::iter::once((table.name.clone(), &table.marks)).chain(columns).chain(parts)
    })
}

/// What the signs mean, where there are some.
fn legend(schema: &Schema) -> Html {
    if all(schema).all(|(_, marks)| marks.sign.is_none()) {
        return html! {};
    }
    html! {
        <div class="legend">
            <span><span class="sign sign--add" aria-hidden="true">{ "+" }</span>{ "added" }</span>
            <span><span class="sign sign--change" aria-hidden="true">{ "~" }</span>{ "changed" }</span>
            <span><span class="sign sign--remove" aria-hidden="true">{ "−" }</span>{ "removed" }</span>
            if all(schema).any(|(_, marks)| marks.later) { <span class="later">{ "to come" }</span> }
        </div>
    }
}

/// What is lit, in a few words.
fn lit(schema: &Schema) -> Html {
    let names: Vec<_> = all(schema).filter(|(_, marks)| marks.lit).map(|(name, _)| name).collect();
    match names.as_slice() {
        [] => html! {},
        [name] => html! { <span class="lit-mark">{ name.clone() }</span> },
        [name, rest @ ..] => {
            html! { <span class="lit-mark" title={names.join(", ")}>{ format!("{name} and {} more", rest.len()) }</span> }
        }
    }
}

/// Puts everything where the layout says. By script, because the page's policy refuses `style` attributes.
fn place(node: &NodeRef) {
    let Some(frame) = node.cast::<Element>() else { return };
    for element in found(&frame, "[data-x], [data-wide]") {
        let data = |name: &str| element.get_attribute(name);
        let style = element.style();
        if let (Some(x), Some(y)) = (data("data-x"), data("data-y")) {
            let _ = style.set_property("transform", &format!("translate({x}px, {y}px)"));
        }
        if let Some(wide) = data("data-wide") {
            let _ = style.set_property("width", &format!("{wide}px"));
        }
        if let Some(high) = data("data-high") {
            let _ = style.set_property("height", &format!("{high}px"));
        }
    }
    shrink(&frame);
    // Only what stood somewhere before glides to its new place.
    effects::after_paint({
        let frame = frame.clone();
        move || {
            for element in found(&frame, ".entity:not([data-placed])") {
                let _ = element.set_attribute("data-placed", "");
            }
        }
    });
    if let Ok(Some(lit)) = frame.query_selector(".col.is-lit, .entity.is-lit") {
        browser::reveal(&frame, &lit);
        browser::reveal_aside(&frame, &lit);
    }
}

/// A diagram that is a little too large for its pane is drawn a little smaller; one that is far too large scrolls.
fn shrink(frame: &Element) {
    let Ok(Some(sheet)) = frame.query_selector(".diagram") else { return };
    let Ok(sheet) = sheet.dyn_into::<HtmlElement>() else { return };
    let size = |name: &str| sheet.get_attribute(name).and_then(|size| size.parse::<i32>().ok()).map_or(1.0, f64::from);
    let wide = (f64::from(frame.client_width()) - 32.0) / size("data-wide");
    let high = (f64::from(frame.client_height()) - 24.0) / size("data-high");
    let zoom = wide.min(high).clamp(SMALLEST, 1.0);
    let _ = sheet.style().set_property("zoom", &format!("{}%", px(zoom * 100.0)));
}

fn found(frame: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = frame.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}
