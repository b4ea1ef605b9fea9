//! The editor's pane, and under it what autogenerate would do.

use super::make;
use crate::{
    state::{Action, State},
    widgets::{Dispatch, editor::Editor, said},
};
use retort_protocol::{
    files::{Change, Diagnostic, File, Severity},
    scene::Lit,
};
use std::rc::Rc;
use yew::{Html, classes, html};

/// The editor and the strip.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let Some(file) = state.files.current() else {
        return html! { <section class="pane pane--python" aria-label="Editor" data-pane="python" tabindex="-1">{ strip(state, dispatch) }</section> };
    };
    let at = state.scene.python.as_ref().filter(|lit| lit.path == file.path);
    let lit = at.filter(|_| state.scene.failure.is_none());
    let failed = failed(state, &file.path);
    html! {
        <section class="pane pane--python" aria-labelledby="python-title" data-pane="python" tabindex="-1">
            { head(file, at, failed) }
            { body(state, file, lit, failed, dispatch) }
            if state.scene.failure.is_none() { { strip(state, dispatch) } }
        </section>
    }
}

/// Where in the file the last run stopped.
fn failed<'a>(state: &'a State, path: &str) -> Option<&'a Diagnostic> {
    let (place, item) = state.scene.failure.as_ref()?.place.as_ref()?;
    (place == path).then_some(item)
}

/// What the engine found in the file, and where the last run stopped.
fn marks(state: &State, path: &str, failed: Option<&Diagnostic>) -> Rc<Vec<Diagnostic>> {
    let found = state.files.diagnostics(path);
    match failed {
        Some(item) => Rc::new(found.iter().chain([item]).cloned().collect()),
        None => found,
    }
}

fn head(file: &File, lit: Option<&Lit>, failed: Option<&Diagnostic>) -> Html {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path).to_owned();
    let title = lit.map_or(name, |lit| lit.function.clone());
    let place = if title == file.path { String::new() } else { file.path.clone() };
    html! {
        <header class="pane-head">
            <h3 id="python-title">{ title }</h3>
            <span class="where" title={place.clone()}>{ place }</span>
            <div class="end">
                if let Some(item) = failed { <span class="chip chip--remove">{ format!("✕ line {}", item.span.start.line) }</span> }
                else if let Some(lit) = lit { <span class="lit-mark">{ lines(lit) }</span> }
            </div>
        </header>
    }
}

fn lines(lit: &Lit) -> String {
    if lit.first == lit.last { format!("line {}", lit.first) } else { format!("lines {} to {}", lit.first, lit.last) }
}

fn body(state: &State, file: &Rc<File>, lit: Option<&Lit>, failed: Option<&Diagnostic>, dispatch: &Dispatch) -> Html {
    if file.opaque {
        return html! { <div class="pane-body"><p class="quiet">{ "This file is no text." }</p></div> };
    }
    let lit = lit.map_or((0, 0), |lit| (lit.first, lit.last));
    let marks = marks(state, &file.path, failed);
    let failed = failed.map(|item| item.span.start.line);
    html! {
        <div class="pane-body pane-body--editor">
            <Editor file={Rc::clone(file)} {lit} {marks} {failed} look={state.files.look.clone()} dispatch={dispatch.clone()}/>
        </div>
    }
}

/// What autogenerate would do, always live.
fn strip(state: &State, dispatch: &Dispatch) -> Html {
    let answer = &state.autogenerate;
    let stale = !answer.fresh && answer.trouble.is_some();
    let nothing = answer.changes.is_empty();
    html! {
        <div class={classes!("strip", stale.then_some("is-stale"))} role="group" aria-label="Autogenerate">
            <span class="strip-what">{ strip_words(stale, nothing, answer.fresh) }</span>
            <ul class="strip-ops">{ for answer.changes.iter().map(change) }</ul>
            if stale { { trouble(state, dispatch) } }
            if !nothing && !stale {
                <span class="strip-make">
                    if let Some(words) = make::not_yet(&state.scene) { <span class="strip-note" id="not-yet">{ words }</span> }
                    <button type="button" class="button" aria-describedby="not-yet" onclick={dispatch.click(Action::MakeChosen)}>{ "Make revision…" }</button>
                </span>
            }
        </div>
    }
}

fn strip_words(stale: bool, nothing: bool, fresh: bool) -> &'static str {
    match (stale, nothing, fresh) {
        (true, true, _) => "autogenerate cannot read the models",
        (true, false, _) => "since the last good version:",
        (false, true, true) => "✓ autogenerate would change nothing",
        (false, true, false) => "autogenerate is looking…",
        (false, false, _) => "autogenerate would",
    }
}

/// A change with its sign.
pub(crate) fn change(change: &Change) -> Html {
    html! {
        <li>{ said::sign(Some(change.sign)) }{ " " }{ said::words(&change.words) }</li>
    }
}

fn trouble(state: &State, dispatch: &Dispatch) -> Html {
    let Some(trouble) = &state.autogenerate.trouble else { return html! {} };
    let place = trouble.place.as_ref().map(|spot| spot.path.clone()).or_else(|| broken(state));
    let words = format!("✕ {}", trouble.title);
    match place {
        Some(path) => {
            html! { <button type="button" class="strip-trouble" onclick={dispatch.click(Action::FileChosen(path))}>{ words }</button> }
        }
        None => html! { <span class="strip-trouble">{ words }</span> },
    }
}

/// A file with an error in it.
fn broken(state: &State) -> Option<String> {
    let broken = |items: &Rc<Vec<Diagnostic>>| items.iter().any(|item| item.severity == Severity::Error);
    state.files.diagnostics.iter().find(|(_, items)| broken(items)).map(|(path, _)| path.clone())
}
