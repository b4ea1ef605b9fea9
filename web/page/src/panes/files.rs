//! The tree of files.

use crate::{
    state::{
        Action, State,
        files::{Named, Naming, Removing},
    },
    widgets::{Dispatch, icon, said},
};
use retort_protocol::{
    files::{Diagnostic, File, Kind, Severity},
    timeline,
};
use std::rc::Rc;
use yew::{Html, classes, html};

/// The tree, beside the editor or in the project's menu.
pub(crate) fn view(state: &State, dispatch: &Dispatch, in_menu: bool) -> Html {
    let naming = Naming { of: Named::NewFile, text: String::new(), trouble: None };
    let add = html! {
        <button type="button" class="files-new" aria-label="New file" title="New file" onclick={dispatch.click(Action::NameChosen(naming))}>{ icon::line("i-plus") }</button>
    };
    let pane = (!in_menu).then_some("files");
    html! {
        <nav class="files" aria-label={if in_menu { "Files" } else { "Project files" }} data-pane={pane}>
            { group("Models", add, state, dispatch, |kind| *kind == Kind::Model) }
            { group("Revisions", html! {}, state, dispatch, |kind| matches!(kind, Kind::Revision { .. })) }
            { group("Project", html! {}, state, dispatch, |kind| *kind == Kind::Project) }
        </nav>
    }
}

fn group(title: &'static str, add: Html, state: &State, dispatch: &Dispatch, belongs: fn(&Kind) -> bool) -> Html {
    let mut files: Vec<_> = state.files.all.values().filter(|file| belongs(&file.kind)).collect();
    files.sort_by_key(|file| place(state, file));
    let add_only_first = title == "Models";
    if files.is_empty() && !add_only_first {
        return html! {};
    }
    html! {
        <>
            <h3>{ title }{ add }</h3>
            <ul>{ for with_folders(&files).into_iter().map(|row| match row {
                Row::Folder(path) => folder(path, dispatch),
                Row::File(file) => entry(state, file, dispatch),
            }) }</ul>
        </>
    }
}

/// A line of the tree.
enum Row<'a> {
    Folder(&'a str),
    File(&'a Rc<File>),
}

/// A folder stands before its files; that of the revisions has its heading already.
fn with_folders<'a>(files: &[&'a Rc<File>]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut last = "";
    for file in files {
        let folder = folder_of(file);
        if folder != last && !folder.is_empty() {
            rows.push(Row::Folder(folder));
        }
        last = folder;
        rows.push(Row::File(file));
    }
    rows
}

fn folder_of(file: &File) -> &str {
    match file.kind {
        Kind::Revision { .. } => "",
        Kind::Model | Kind::Project => file.path.rsplit_once('/').map_or("", |(folder, _)| folder),
    }
}

fn folder(path: &str, dispatch: &Dispatch) -> Html {
    let add = Naming { of: Named::NewFile, text: format!("{path}/"), trouble: None };
    let rename = Naming { of: Named::Folder(path.into()), text: path.into(), trouble: None };
    let remove = Removing::Folder(path.into());
    html! {
        <li key={format!("{path}/")} class="file-row folder" title={path.to_owned()}>
            <span class="folder-name">{ path.to_owned() }{ "/" }</span>
            <span class="file-acts">
                <button type="button" aria-label={format!("New file in {path}")} title="New file here" onclick={dispatch.click(Action::NameChosen(add))}>{ icon::line("i-plus") }</button>
                <button type="button" aria-label={format!("Rename {path}")} title="Rename" onclick={dispatch.click(Action::NameChosen(rename))}>{ icon::line("i-pen") }</button>
                <button type="button" aria-label={format!("Delete {path}")} title="Delete" onclick={dispatch.click(Action::RemoveChosen(remove))}>{ icon::line("i-bin") }</button>
            </span>
        </li>
    }
}

/// Revisions stand as they do on the track, everything else by folder and name.
fn place(state: &State, file: &File) -> (usize, String, String) {
    let revision = match &file.kind {
        Kind::Revision { id } => state.scene.timeline.revisions.iter().position(|revision| revision.id == *id),
        Kind::Model | Kind::Project => None,
    };
    (revision.unwrap_or(usize::MAX), folder_of(file).to_owned(), file.path.clone())
}

fn entry(state: &State, file: &Rc<File>, dispatch: &Dispatch) -> Html {
    let open = state.files.open.as_ref() == Some(&file.path);
    let rename = Naming { of: Named::File(file.path.clone()), text: file.path.clone(), trouble: None };
    let remove = Removing::File(file.path.clone());
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    html! {
        <li key={file.path.clone()} class={classes!("file-row", (!folder_of(file).is_empty()).then_some("is-inside"))}>
            <button type="button" class="file" title={file.path.clone()} aria-current={open.then_some("page")} data-focus={open.then_some("")} onclick={dispatch.click(Action::FileChosen(file.path.clone()))}>
                { words(state, file) }
                { trouble(&state.files.diagnostics(&file.path)) }
            </button>
            <span class="file-acts">
                <button type="button" aria-label={format!("Rename {name}")} title="Rename" onclick={dispatch.click(Action::NameChosen(rename))}>{ icon::line("i-pen") }</button>
                <button type="button" aria-label={format!("Delete {name}")} title="Delete" onclick={dispatch.click(Action::RemoveChosen(remove))}>{ icon::line("i-bin") }</button>
            </span>
        </li>
    }
}

fn words(state: &State, file: &File) -> Html {
    let revision = match &file.kind {
        Kind::Revision { id } => state.scene.timeline.revisions.iter().find(|revision| revision.id == *id),
        Kind::Model | Kind::Project => None,
    };
    match revision {
        Some(revision) => html! {
            <>
                <i class={classes!("mark", mark(revision))}></i>
                <span>{ &revision.message }</span>
                <span class="id">{ format!("{}, {}", said::short(&revision.id), position(revision)) }</span>
            </>
        },
        None => html! {
            <>{ said::sign(file.sign) }<span>{ file.path.rsplit('/').next().unwrap_or_default().to_owned() }</span>
            if let Some(sign) = file.sign { <span class="unseen">{ format!(", {} since the last revision", said::word(sign)) }</span> }</>
        },
    }
}

fn mark(revision: &timeline::Revision) -> &'static str {
    match revision.state {
        timeline::State::Applied => "mark--done",
        timeline::State::Upgrading { .. } | timeline::State::Downgrading { .. } => "mark--part",
        timeline::State::Pending => "mark--todo",
        timeline::State::Failed => "mark--failed",
    }
}

fn position(revision: &timeline::Revision) -> &'static str {
    match revision.state {
        timeline::State::Applied if revision.edited => "edited since",
        timeline::State::Applied => "applied",
        timeline::State::Upgrading { .. } | timeline::State::Downgrading { .. } => "open",
        timeline::State::Pending => "pending",
        timeline::State::Failed => "failed",
    }
}

fn trouble(items: &[Diagnostic]) -> Html {
    let errors = items.iter().filter(|item| item.severity == Severity::Error).count();
    let warnings = items.iter().filter(|item| item.severity == Severity::Warning).count();
    match (errors, warnings) {
        (0, 0) => html! {},
        (0, warnings) => {
            html! { <span class="file-trouble is-care"><span aria-hidden="true">{ "!" }</span><span class="unseen">{ format!(", {}", said::count(warnings as u64, "warning")) }</span></span> }
        }
        (errors, _) => {
            html! { <span class="file-trouble"><span aria-hidden="true">{ "✕" }</span><span class="unseen">{ format!(", {}", said::count(errors as u64, "error")) }</span></span> }
        }
    }
}
