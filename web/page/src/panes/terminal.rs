//! The terminal.

use super::notices::fix_button;
use crate::{
    state::{
        Action, State,
        terminal::{Entry, Terminal},
    },
    widgets::{Dispatch, icon, use_dispatch},
};
use retort_protocol::terminal::{Ink, Mode, Tone};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::{
    Html, InputEvent, KeyboardEvent, Properties, SubmitEvent, TargetCast, classes, function_component, html,
    use_effect_with, use_node_ref,
};

/// The pane.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let terminal = &state.terminal;
    let open = state.layout.terminal_open();
    let toggle = if open { "Fold the terminal" } else { "Unfold the terminal" };
    html! {
        <section class={classes!("terminal", (!open).then_some("is-folded"))} aria-labelledby="terminal-title" data-pane="terminal">
            <header class="pane-head">
                <h3 id="terminal-title">{ "Terminal" }</h3>
                <span class="where">{ &terminal.prompt.place }</span>
                <div class="end">
                    <div class="keys" aria-hidden="true">
                        <span><kbd>{ "←" }</kbd><kbd>{ "→" }</kbd>{ " step" }</span>
                        <span><kbd>{ "⇧" }</kbd><kbd>{ "←" }</kbd><kbd>{ "→" }</kbd>{ " revision" }</span>
                        <span><kbd>{ "`" }</kbd>{ " terminal" }</span>
                        <span><kbd>{ "?" }</kbd>{ " all keys" }</span>
                    </div>
                    <button type="button" class="fold" aria-label={toggle} title={toggle} aria-expanded={open.to_string()} onclick={dispatch.click(Action::TerminalToggled)}>{ icon::line("i-down") }</button>
                </div>
            </header>
            <Session entries={Rc::clone(&terminal.entries)} {open}>{ prompt(terminal, dispatch) }</Session>
        </section>
    }
}

/// What the session shows.
#[derive(Properties, PartialEq)]
struct Props {
    entries: Rc<Vec<Entry>>,
    open: bool,
    children: Html,
}

/// The output, and under it the prompt; the end is in sight.
#[function_component]
fn Session(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let shown = node.clone();
    use_effect_with((Rc::clone(&props.entries), props.open), move |_| {
        if let Some(session) = shown.cast::<Element>() {
            session.set_scroll_top(session.scroll_height());
        }
    });
    html! {
        <div class="session" ref={node}>
            <div class="log" role="log" aria-label="Terminal output" tabindex="0">{ for props.entries.iter().map(|one| entry(one, &dispatch)) }</div>
            { props.children.clone() }
        </div>
    }
}

fn entry(entry: &Entry, dispatch: &Dispatch) -> Html {
    match entry {
        Entry::Typed { prompt, line } => {
            html! { <pre><span class="ps">{ prompt.clone() }</span><span class="typed">{ line.clone() }</span></pre> }
        }
        Entry::Out(inks) => html! { <pre>{ for inks.iter().map(ink) }</pre> },
        Entry::Offer(fix) => {
            html! { <p class="offer">{ fix_button(fix, dispatch) }<span>{ fix.says.text() }</span></p> }
        }
    }
}

fn ink(ink: &Ink) -> Html {
    let class = match ink.tone {
        Tone::Plain => None,
        Tone::Quiet => Some("quietly"),
        Tone::Wrong => Some("wrong"),
        Tone::Care => Some("care"),
        Tone::Aside => Some("said"),
    };
    html! { <span {class}>{ ink.text.clone() }</span> }
}

fn prompt(terminal: &Terminal, dispatch: &Dispatch) -> Html {
    let submit = dispatch.on(|event: SubmitEvent| {
        event.prevent_default();
        let field = event.target_unchecked_into::<Element>().query_selector("input").ok().flatten();
        // At once: what is typed next belongs to the next line.
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value("");
        }
        Action::LineEntered
    });
    let hint = match terminal.prompt.mode {
        Mode::Shell => "alembic …, .schema, or SQL",
        Mode::Sqlite => "SQL, or .help",
        Mode::Psql => "SQL, or \\?",
        Mode::More => "",
    };
    html! {
        <>
            if !terminal.candidates.is_empty() { <p class="candidates" role="status">{ terminal.candidates.join("  ") }</p> }
            <form class={classes!("prompt", terminal.busy.then_some("is-busy"))} onsubmit={submit}>
                <label for="prompt">{ terminal.prompt.text.clone() }</label>
                <Field line={terminal.typed.clone()} written={terminal.written} {hint}/>
            </form>
        </>
    }
}

/// What the field shows.
#[derive(Properties, PartialEq)]
struct FieldProps {
    line: String,
    written: u32,
    hint: &'static str,
}

/// Where a line is typed. It holds its text itself: a page that paints late would take typed letters away again.
#[function_component]
fn Field(props: &FieldProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let (field, line) = (node.clone(), props.line.clone());
    use_effect_with(props.written, move |_| {
        if let Some(field) = field.cast::<HtmlInputElement>() {
            field.set_value(&line);
        }
    });
    let oninput =
        dispatch.on(|event: InputEvent| Action::LineEdited(event.target_unchecked_into::<HtmlInputElement>().value()));
    html! {
        <input id="prompt" ref={node} data-focus="" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go"
            aria-label="Command: alembic, or SQL" placeholder={props.hint} {oninput} onkeydown={keys(&dispatch)}/>
    }
}

fn keys(dispatch: &Dispatch) -> yew::Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    yew::Callback::from(move |event: KeyboardEvent| {
        if let Some(action) = key(&event) {
            event.prevent_default();
            dispatch.emit(action);
        }
    })
}

/// Tab completes, but in an empty line it goes on to the next thing, so that nobody is caught here.
fn key(event: &KeyboardEvent) -> Option<Action> {
    let selected = event.target_unchecked_into::<HtmlInputElement>();
    let empty = selected.value().is_empty();
    let selecting = selected.selection_start().ok() != selected.selection_end().ok();
    match (event.key().as_str(), event.ctrl_key()) {
        ("ArrowUp", false) => Some(Action::OlderLine),
        ("ArrowDown", false) => Some(Action::NewerLine),
        ("Tab", false) if !empty && !event.shift_key() => Some(Action::CompletionAsked),
        // With a selection it is the browser's "copy".
        ("c", true) if !selecting => Some(Action::Interrupted),
        ("l", true) => Some(Action::TerminalCleared),
        _ => None,
    }
}
