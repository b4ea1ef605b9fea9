//! What stands above the workbench until it is dismissed.

use crate::{
    state::{Action, State, notices::Notice},
    widgets::{Dispatch, icon, said},
};
use retort_protocol::{
    files::{Fix, Trouble},
    request::Travel,
};
use yew::{Html, html};

/// All notices, the newest last.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let one = |(index, notice): (usize, &Notice)| framed(index, notice, dispatch);
    html! { <div class="notices" role="status">{ for state.notices.iter().enumerate().map(one) }</div> }
}

fn framed(index: usize, notice: &Notice, dispatch: &Dispatch) -> Html {
    let wrong =
        matches!(notice, Notice::Trouble(_) | Notice::Lost(_) | Notice::Beyond(_) | Notice::Silent | Notice::Full);
    let class = if wrong { "notice notice--wrong" } else { "notice" };
    let picture = if matches!(notice, Notice::Opened { .. }) { "i-link" } else { "i-alert" };
    html! {
        <aside {class} aria-label={label(notice)}>
            { icon::line(picture) }
            <p>{ text(notice) }</p>
            { acts(notice, dispatch) }
            <button type="button" class="button button--plain button--icon" aria-label="Dismiss" onclick={dispatch.click(Action::NoticeDismissed(index))}>{ icon::line("i-cross") }</button>
        </aside>
    }
}

fn label(notice: &Notice) -> &'static str {
    match notice {
        Notice::Opened { .. } => "Shared link",
        Notice::OtherTab => "Open in another tab",
        Notice::Forbidden | Notice::Full => "Storage",
        Notice::Lost(_) | Notice::Beyond(_) | Notice::Silent => "Engine",
        Notice::Trouble(_) => "Notice",
    }
}

fn text(notice: &Notice) -> Html {
    match notice {
        Notice::Opened { title, position } => html! {
            <><b>{ format!("A copy of “{title}”") }</b>{ format!(", opened from a link {position}. Your own projects are untouched.") }</>
        },
        Notice::OtherTab => {
            html! { <><b>{ "Open in another tab." }</b>{ " This is a copy, kept under its own name; the other tab goes on with the original." }</> }
        }
        Notice::Forbidden => {
            html! { <><b>{ "This browser keeps nothing here" }</b>{ " (a private window, or a frame). Everything works, and is gone when the tab is closed. Share or export what you want to keep." }</> }
        }
        Notice::Full => {
            html! { <><b>{ "The browser’s store is full." }</b>{ " What you do from now on is not saved. Export the project, or delete others." }</> }
        }
        Notice::Lost(reason) => {
            html! { <><b>{ "The engine had to be started anew." }</b>{ format!(" {reason} Your files are as you left them, the database is as it was at the last save.") }</> }
        }
        Notice::Beyond(reason) => {
            html! { <><b>{ "The project could not be brought back." }</b>{ format!(" The engine fell over it twice. {reason}") }</> }
        }
        Notice::Silent => {
            html! { <><b>{ "The engine does not answer." }</b>{ " It may come back by itself. A restart brings back the last save, files and all." }</> }
        }
        Notice::Trouble(trouble) => told(trouble),
    }
}

fn told(trouble: &Trouble) -> Html {
    html! { <><b>{ &trouble.title }</b>{ " " }{ said::words(&trouble.says) }</> }
}

fn acts(notice: &Notice, dispatch: &Dispatch) -> Html {
    match notice {
        Notice::Opened { .. } => html! {
            <>
                <button type="button" class="button" onclick={dispatch.click(Action::CopyKept)}>{ "Keep this copy" }</button>
                <button type="button" class="button button--plain" onclick={dispatch.click(Action::Travelled(Travel::Base))}>{ "Start of the story" }</button>
            </>
        },
        Notice::Silent => html! {
            <>
                <button type="button" class="button" onclick={dispatch.click(Action::RestartChosen)}>{ "Restart the engine" }</button>
                <button type="button" class="button button--plain" onclick={dispatch.click(Action::Stopped)}>{ "Stop" }</button>
            </>
        },
        Notice::Full => {
            html! { <button type="button" class="button" onclick={dispatch.click(Action::ExportChosen)}>{ "Export…" }</button> }
        }
        Notice::Trouble(trouble) => html! { { for trouble.fixes.iter().map(|fix| fix_button(fix, dispatch)) } },
        Notice::OtherTab | Notice::Forbidden | Notice::Lost(_) | Notice::Beyond(_) => html! {},
    }
}

/// The button of a correction.
pub(crate) fn fix_button(fix: &Fix, dispatch: &Dispatch) -> Html {
    html! {
        <button type="button" class="button" title={fix.says.text()} onclick={dispatch.click(Action::FixChosen(fix.clone()))}>{ &fix.title }</button>
    }
}
