//! "Make revision…": what it would hold, in words, in Python and in SQL, and its message.

use crate::{
    panes::python,
    state::Action,
    widgets::{Dispatch, dialog::Dialog, ink, ink::Language, said, use_dispatch},
};
use retort_protocol::{
    files::{Autogenerate, Fix},
    scene::Scene,
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::{
    Html, InputEvent, Properties, SubmitEvent, TargetCast, UseStateHandle, function_component, html, use_effect_with,
    use_node_ref, use_state,
};

/// What the dialog shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The message so far.
    pub(crate) message: String,
    /// What the revision would hold.
    pub(crate) answer: Rc<Autogenerate>,
    /// Where the database stands.
    pub(crate) scene: Rc<Scene>,
}

/// Why Alembic would refuse to make a revision now, in a few words.
pub(crate) fn not_yet(scene: &Scene) -> Option<String> {
    match (heads(scene), scene.behind) {
        (heads @ 2.., _) => Some(format!("{heads} heads: merge them first")),
        (_, 0) => None,
        (_, 1) => Some("the database is 1 revision behind".into()),
        (_, behind) => Some(format!("the database is {behind} revisions behind")),
    }
}

fn heads(scene: &Scene) -> usize {
    scene.timeline.revisions.iter().filter(|revision| revision.head).count()
}

/// The dialog.
#[function_component]
pub(crate) fn Make(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let sql = use_state(|| false);
    let node = use_node_ref();
    let shown = node.clone();
    // What the revision does is in sight, its head is above.
    use_effect_with(*sql, move |_| {
        let frame = shown.cast::<Element>();
        let start = frame.as_ref().and_then(|frame| frame.query_selector("[data-start]").ok().flatten());
        if let Some((frame, start)) = frame.zip(start) {
            frame.set_scroll_top(start.unchecked_into::<HtmlElement>().offset_top());
        }
    });
    let answer = &props.answer;
    let message = props.message.clone();
    let submit = dispatch.on(move |event: SubmitEvent| {
        event.prevent_default();
        Action::RevisionAsked(message.clone())
    });
    let oninput =
        dispatch.on(|event: InputEvent| Action::FieldEdited(event.target_unchecked_into::<HtmlInputElement>().value()));
    let lead = html! { <p>{ format!("{}, against the schema at head.", said::count(answer.changes.len() as u64, "change")) }</p> };
    html! {
        <Dialog title="Next revision" {lead}>
            { in_the_way(&props.scene, &dispatch) }
            <form class="make" onsubmit={submit}>
                <label for="message">{ "Message" }</label>
                <input class="field" id="message" data-first="" autocomplete="off" value={props.message.clone()} {oninput}/>
                <button class="button button--primary" disabled={props.message.trim().is_empty() || not_yet(&props.scene).is_some()}>{ "Make revision" }</button>
                <p class="as">{ format!("alembic revision --autogenerate -m {}", quoted(props.message.trim())) }</p>
            </form>
            <ul class="make-changes">{ for answer.changes.iter().map(python::change) }</ul>
            <div class="tabs" role="group" aria-label="Show">{ tab("Python", false, &sql) }{ tab("SQL", true, &sql) }</div>
            <div class="make-text" ref={node} tabindex="0" role="group" aria-label={if *sql { "The statements of its upgrade" } else { "The file that the button writes" }}>
                { text(answer, props.message.trim(), *sql) }
            </div>
        </Dialog>
    }
}

/// What has to be done before Alembic makes a revision, with the button that does it.
fn in_the_way(scene: &Scene, dispatch: &Dispatch) -> Html {
    let (says, fix) = match (heads(scene), scene.behind) {
        (2.., _) => {
            ("Alembic writes a revision behind one head, and there are several. A merge makes one of them.", merge())
        }
        (_, 0) => return html! {},
        _ => (
            "Alembic makes a revision by comparing the models with the database, so that has to be at head first.",
            upgrade(),
        ),
    };
    html! {
        <div class="make-first" role="status">
            <p><b>{ not_yet(scene).map(|words| format!("{}{}.", words[..1].to_uppercase(), &words[1..])) }</b>{ " " }{ says }</p>
            <button type="button" class="button button--primary" onclick={dispatch.click(Action::FixChosen(fix.clone()))}>{ fix.title }</button>
        </div>
    }
}

fn upgrade() -> Fix {
    Fix { title: "Upgrade to head".into(), command: Some("alembic upgrade head".into()), ..Fix::default() }
}

fn merge() -> Fix {
    Fix { title: "Merge the heads".into(), command: Some("alembic merge heads -m merge".into()), ..Fix::default() }
}

fn tab(name: &'static str, wanted: bool, sql: &UseStateHandle<bool>) -> Html {
    let pressed = (**sql == wanted).to_string();
    let sql = sql.clone();
    html! { <button type="button" class="tab" aria-pressed={pressed} onclick={move |_| sql.set(wanted)}>{ name }</button> }
}

/// The message and the id that the preview was made with.
const TRIED: [&str; 2] = ["\"\"\"preview", "retortpreview"];

fn text(answer: &Autogenerate, message: &str, sql: bool) -> Html {
    let python = || answer.python.replacen(TRIED[0], &format!("\"\"\"{message}"), 1).replace(TRIED[1], "…");
    let (text, language) = if sql {
        (answer.sql.as_deref().unwrap_or_default().join(";\n\n"), Language::Sql)
    } else {
        (python(), Language::Python)
    };
    let line = |line: &str| html! { <span class="line" data-start={line.starts_with("def upgrade").then_some("")}>{ ink::coloured(line, language) }{ "\n" }</span> };
    html! { <pre class="code"><code>{ for text.lines().map(line) }</code></pre> }
}

/// As a shell wants it.
fn quoted(message: &str) -> String {
    format!("\"{}\"", message.replace('\\', "\\\\").replace('"', "\\\""))
}
