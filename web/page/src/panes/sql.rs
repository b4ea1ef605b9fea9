//! The statements of this run: sent, lit, to come.

use crate::{
    browser,
    widgets::{ink, ink::Language, said},
};
use retort_protocol::scene::{Scene, SqlLine, Statement, StatementState};
use std::rc::Rc;
use web_sys::Element;
use yew::{Html, Properties, classes, function_component, html, use_effect_with, use_node_ref};

/// What the pane shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Where the database stands.
    pub(crate) scene: Rc<Scene>,
}

/// The pane.
#[function_component]
pub(crate) fn Sql(props: &Props) -> Html {
    let node = use_node_ref();
    let shown = node.clone();
    use_effect_with(Rc::clone(&props.scene), move |_| {
        let frame = shown.cast::<Element>();
        let lit = frame.as_ref().and_then(|frame| frame.query_selector(".is-lit, .is-wrong").ok().flatten());
        if let Some((frame, lit)) = frame.zip(lit) {
            browser::reveal(&frame, &lit);
        }
    });
    let lines = &props.scene.sql;
    html! {
        <section class="pane pane--sql" aria-labelledby="sql-title" data-pane="sql">
            <header class="pane-head"><h3 id="sql-title">{ "SQL" }</h3><div class="end">{ mark(lines) }</div></header>
            <div class="pane-body" tabindex="0" role="group" aria-labelledby="sql-title" data-focus="" ref={node}>
                if lines.is_empty() { <p class="quiet">{ "The statements of a step stand here: what was sent, what this step sends, what is still to come." }</p> }
                <ol class="stmts">{ for lines.iter().map(line) }</ol>
            </div>
        </section>
    }
}

fn mark(lines: &[SqlLine]) -> Html {
    let statements =
        || lines.iter().filter_map(|line| if let SqlLine::Statement(one) = line { Some(one) } else { None });
    if let Some(wrong) = statements().find(|one| one.state == StatementState::Wrong) {
        return html! { <span class="chip chip--remove">{ format!("✕ statement {}", wrong.number) }</span> };
    }
    match statements().filter(|one| one.state == StatementState::Lit).count() {
        0 => html! {},
        lit => html! { <span class="lit-mark">{ said::count(lit as u64, "statement") }</span> },
    }
}

fn line(line: &SqlLine) -> Html {
    match line {
        SqlLine::Heading(words) => html! { <li class="stmt-group">{ said::words(words) }</li> },
        SqlLine::Statement(one) => statement(one),
    }
}

fn statement(one: &Statement) -> Html {
    let state = match one.state {
        StatementState::Done => "is-done",
        StatementState::Lit => "is-lit",
        StatementState::Wrong => "is-wrong",
        StatementState::Undone | StatementState::Ahead => "is-next",
    };
    let lit = one.state == StatementState::Lit;
    html! {
        <li class={classes!("stmt", state)} aria-current={lit.then_some("step")}>
            <span class="st">{ one.number }</span>
            <pre title={one.sql.clone()}>{ ink::coloured(&one.sql, Language::Sql) }</pre>
            <span class="cost">{ cost(one) }</span>
        </li>
    }
}

fn cost(one: &Statement) -> String {
    let rows = one.rows.map(|rows| said::count(rows, "row"));
    let time = one.micros.map(said::time);
    let parts: Vec<_> = rows.into_iter().chain(time).collect();
    one.note.clone().unwrap_or_else(|| parts.join(", "))
}
