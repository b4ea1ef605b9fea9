//! The bar at the top.

use super::{database, menu};
use crate::{
    state::{Action, State, layout::Theme, projects::Storage},
    widgets::{Dispatch, icon},
};
use yew::{Callback, Html, MouseEvent, html};

/// The bar while nothing else is known: what index.html shows before the program runs.
pub(crate) fn opening() -> Html {
    html! { <header class="bar"><span class="brand">{ icon::brand() }{ "Retort" }</span></header> }
}

/// The bar over the gallery.
pub(crate) fn welcome(state: &State, dispatch: &Dispatch) -> Html {
    html! {
        <header class="bar">
            { brand(dispatch) }
            <div class="bar-end">
                if state.project.is_some() {
                    <button type="button" class="button button--plain" onclick={dispatch.click(Action::WorkChosen)}>{ "Back to the project" }</button>
                }
                { theme(state, dispatch) }{ help(dispatch) }
            </div>
        </header>
    }
}

/// The bar over the workbench.
pub(crate) fn work(state: &State, dispatch: &Dispatch) -> Html {
    let Some(project) = &state.project else { return html! {} };
    html! {
        <header class="bar">
            { brand(dispatch) }
            <span class="bar-rule"></span>
            <h1 class="unseen">{ &project.title }</h1>
            { menu::view(state, project, dispatch) }
            { database::view(state, project, dispatch) }
            <span class="bar-saved">{ saved(state) }</span>
            <div class="bar-end">
                { history("Undo", "Control+Z", "i-undo", state.scene.history.undo.as_ref(), dispatch.click(Action::Undone)) }
                { history("Redo", "Control+Shift+Z", "i-redo", state.scene.history.redo.as_ref(), dispatch.click(Action::Redone)) }
                <button type="button" class="button button--plain wide" onclick={dispatch.click(Action::ExportChosen)}>{ "Export" }</button>
                { theme(state, dispatch) }{ help(dispatch) }
                <button type="button" class="button" onclick={dispatch.click(Action::ShareChosen)}>{ icon::line("i-share") }{ " Share" }</button>
            </div>
        </header>
    }
}

/// A button that names what it takes back or does again.
fn history(
    verb: &str,
    keys: &'static str,
    picture: &'static str,
    what: Option<&String>,
    click: Callback<MouseEvent>,
) -> Html {
    let name = what.map_or_else(|| format!("{verb}: nothing yet"), |what| format!("{verb} {what}"));
    html! {
        <button type="button" class="button button--plain button--icon history" aria-label={name.clone()} title={name} aria-keyshortcuts={keys} aria-disabled={what.is_none().then_some("true")} onclick={click}>
            { icon::line(picture) }
        </button>
    }
}

fn brand(dispatch: &Dispatch) -> Html {
    html! {
        <button type="button" class="brand" aria-label="Retort, all projects" onclick={dispatch.click(Action::GalleryChosen)}>
            { icon::brand() }{ "Retort" }
        </button>
    }
}

fn saved(state: &State) -> &'static str {
    let kept = state.project.as_ref().is_some_and(|project| project.kept);
    match (state.shelf.storage, kept, state.shelf.saving) {
        (Storage::Forbidden, ..) => "Kept only as long as this tab",
        (Storage::Full, ..) => "Not saved: the browser’s store is full",
        (_, false, _) => "A copy, not saved yet",
        (_, true, true) => "Saving…",
        (_, true, false) => "Saved in this browser",
    }
}

fn theme(state: &State, dispatch: &Dispatch) -> Html {
    let (name, picture) = match state.layout.theme {
        Theme::Auto => ("Theme: as the system", "i-half"),
        Theme::Light => ("Theme: light", "i-sun"),
        Theme::Dark => ("Theme: dark", "i-moon"),
    };
    html! {
        <button type="button" class="button button--plain button--icon wide" aria-label={name} title={name} onclick={dispatch.click(Action::ThemeToggled)}>
            { icon::line(picture) }
        </button>
    }
}

fn help(dispatch: &Dispatch) -> Html {
    html! {
        <button type="button" class="button button--plain button--icon wide" aria-label="Keys and help" aria-keyshortcuts="?" onclick={dispatch.click(Action::HelpChosen)}>
            { "?" }
        </button>
    }
}
