//! "Make revision…": what it would hold, in words, in Python and in SQL, and its message.

use crate::{
    panes::python,
    state::Action,
    widgets::{dialog::Dialog, ink, ink::Language, said, use_dispatch},
};
use retort_protocol::files::Autogenerate;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::{Html, InputEvent, Properties, SubmitEvent, TargetCast, UseStateHandle, function_component, html, use_state};

/// What the dialog shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The message so far.
    pub(crate) message: String,
    /// What the revision would hold.
    pub(crate) answer: Rc<Autogenerate>,
}

/// The dialog.
#[function_component]
pub(crate) fn Make(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let sql = use_state(|| false);
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
            <form class="make" onsubmit={submit}>
                <label for="message">{ "Message" }</label>
                <input class="field" id="message" data-first="" autocomplete="off" value={props.message.clone()} {oninput}/>
                <button class="button button--primary" disabled={props.message.trim().is_empty()}>{ "Make revision" }</button>
                <p class="as">{ format!("alembic revision --autogenerate -m {}", quoted(props.message.trim())) }</p>
            </form>
            <ul class="make-changes">{ for answer.changes.iter().map(python::change) }</ul>
            <div class="tabs" role="group" aria-label="Show">{ tab("Python", false, &sql) }{ tab("SQL", true, &sql) }</div>
            { text(answer, *sql) }
        </Dialog>
    }
}

fn tab(name: &'static str, wanted: bool, sql: &UseStateHandle<bool>) -> Html {
    let pressed = (**sql == wanted).to_string();
    let sql = sql.clone();
    html! { <button type="button" class="tab" aria-pressed={pressed} onclick={move |_| sql.set(wanted)}>{ name }</button> }
}

fn text(answer: &Autogenerate, sql: bool) -> Html {
    let (text, language) =
        if sql { (answer.sql.join(";\n\n"), Language::Sql) } else { (answer.python.clone(), Language::Python) };
    let line = |line: &str| html! { <span class="line">{ ink::coloured(line, language) }{ "\n" }</span> };
    let name = if sql { "The statements of its upgrade" } else { "The file that the button writes" };
    html! {
        <pre class="code code--framed" tabindex="0" aria-label={name}><code>{ for text.lines().map(line) }</code></pre>
    }
}

/// As a shell wants it.
fn quoted(message: &str) -> String {
    format!("\"{}\"", message.replace('\\', "\\\\").replace('"', "\\\""))
}
