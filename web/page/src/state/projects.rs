//! The projects of this browser: which there are, which is open, how it is kept.

use super::{
    Dialog, Effect, Screen, State, action::Start, engine, files, layout::Theme, notices, notices::Notice, terminal,
};
use retort_protocol::{
    Request,
    files::Trouble,
    reply::{Checkpoint, Opened},
    request::Source,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The project that is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Project {
    /// Its place in this browser.
    pub(crate) id: String,
    /// Its name.
    pub(crate) title: String,
    /// Its database.
    pub(crate) database: String,
    /// Whether it is kept; a copy from a link is not until the visitor works on it or says so.
    pub(crate) kept: bool,
}

/// A project of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Card {
    /// Its place in this browser.
    pub(crate) id: String,
    /// Its name.
    pub(crate) title: String,
    /// How many revisions it has.
    pub(crate) revisions: u32,
    /// Where it stands.
    pub(crate) position: String,
}

/// What is set, and stays over a reload.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// The theme.
    pub(crate) theme: Theme,
    /// The project that was open last.
    pub(crate) last: Option<String>,
    /// Whether the terminal is unfolded.
    pub(crate) terminal: Option<bool>,
}

/// Whether this browser keeps anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Storage {
    /// It does.
    #[default]
    Kept,
    /// It refuses: a private window, a frame without an origin.
    Forbidden,
    /// It is full.
    Full,
}

/// The projects of this browser.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelf {
    /// All of them, the one changed last first.
    pub(crate) projects: Vec<Card>,
    /// Whether they are kept.
    pub(crate) storage: Storage,
    /// Whether a checkpoint is on its way into the store.
    pub(crate) saving: bool,
    /// The last checkpoint of the open project.
    pub(crate) checkpoint: Option<Rc<Checkpoint>>,
    /// What is being opened.
    opening: Option<Opening>,
    /// A word that no other tab has.
    tab: String,
    /// How many names were made in this tab.
    made: u32,
}

/// What is being opened, and what becomes of it.
#[derive(Clone, Debug)]
struct Opening {
    /// Where it will be kept.
    id: String,
    /// Whether it is kept from the beginning.
    kept: bool,
    /// Whether it comes from another tab's.
    copied: bool,
}

/// The settings as they are.
pub(crate) fn settings(state: &State) -> Settings {
    let kept = state.project.as_ref().filter(|project| project.kept);
    Settings {
        theme: state.layout.theme,
        last: kept.map(|project| project.id.clone()),
        terminal: state.layout.terminal,
    }
}

pub(super) fn started(state: &mut State, start: Start) -> Vec<Effect> {
    state.shelf.projects = start.projects;
    state.shelf.storage = start.storage;
    state.shelf.tab = start.tab;
    state.layout.theme = start.settings.theme;
    state.layout.terminal = start.settings.terminal;
    state.layout.place = start.place;
    if start.storage == Storage::Forbidden {
        state.notices.push(Notice::Forbidden);
    }
    let mut effects = vec![Effect::Dress(state.layout.theme)];
    let last = start.settings.last.filter(|last| state.shelf.projects.iter().any(|card| card.id == *last));
    match last {
        _ if start.fragment.starts_with('r') => effects.extend(followed(state, start.fragment)),
        Some(id) => effects.push(Effect::Load(id)),
        None => state.screen = Screen::Welcome,
    }
    effects
}

/// Opens something new, which gets a place of its own.
pub(super) fn open(state: &mut State, source: Source) -> Vec<Effect> {
    let kept = !matches!(source, Source::Link(_));
    let id = fresh_id(state);
    state.shelf.opening = Some(Opening { id, kept, copied: false });
    state.layout.menu = false;
    engine::ask(state, Request::Open(source))
}

/// A name for the store that no project has, in this tab or another.
fn fresh_id(state: &mut State) -> String {
    state.shelf.made += 1;
    format!("{}-{}", state.shelf.tab, state.shelf.made)
}

pub(super) fn followed(state: &mut State, fragment: String) -> Vec<Effect> {
    open(state, Source::Link(fragment))
}

pub(super) fn brought(state: &mut State, mut brought: Vec<(String, Vec<u8>)>) -> Vec<Effect> {
    let zip = brought.len() == 1 && brought[0].0.to_ascii_lowercase().ends_with(".zip");
    if zip {
        let (name, bytes) = brought.remove(0);
        return open(state, Source::Zip { name, bytes });
    }
    if brought.is_empty() {
        return Vec::new();
    }
    let name = brought[0].0.split('/').next().unwrap_or_default().to_owned();
    let inside = brought.iter().all(|(path, _)| path.starts_with(&format!("{name}/")));
    let cut = if inside { name.len() + 1 } else { 0 };
    let files = brought.into_iter().map(|(path, bytes)| (path[cut..].to_owned(), bytes)).collect();
    open(state, Source::Folder { name, files })
}

pub(super) fn chosen(state: &mut State, id: String) -> Vec<Effect> {
    state.layout.menu = false;
    if state.project.as_ref().is_some_and(|project| project.id == id) {
        state.screen = Screen::Work;
        return Vec::new();
    }
    vec![Effect::Load(id)]
}

pub(super) fn loaded(state: &mut State, id: String, bytes: Option<Vec<u8>>, alone: bool) -> Vec<Effect> {
    let Some(bytes) = bytes else {
        state.screen = Screen::Welcome;
        state.shelf.projects.retain(|card| card.id != id);
        return vec![Effect::Forget(id)];
    };
    let id = if alone { id } else { fresh_id(state) };
    state.shelf.opening = Some(Opening { id, kept: true, copied: !alone });
    let checkpoint = Checkpoint { bytes: bytes.clone(), ..Checkpoint::default() };
    state.shelf.checkpoint = Some(Rc::new(checkpoint));
    engine::ask(state, Request::Open(Source::Checkpoint(bytes)))
}

/// The engine has opened it.
pub(super) fn opened(state: &mut State, opened: Opened) -> Vec<Effect> {
    let Some(opening) = state.shelf.opening.take() else { return restored(state, opened) };
    let title = if opening.copied { format!("{}, a copy", opened.title) } else { opened.title.clone() };
    let project = Project { id: opening.id, title: title.clone(), database: opened.database, kept: opening.kept };
    let kept = project.kept;
    files::replace(state, opened.show);
    terminal::replace(state, opened.terminal);
    state.rows = super::rows::Rows::default();
    state.autogenerate = Rc::default();
    state.scene = Rc::default();
    state.dialog = None;
    state.screen = Screen::Work;
    state.notices.retain(|notice| *notice == Notice::Forbidden);
    state.notices.extend(opened.warnings.into_iter().map(Notice::Trouble));
    if opening.copied {
        state.notices.push(Notice::OtherTab);
    }
    if let Some(position) = opened.position.filter(|_| !kept) {
        state.notices.push(Notice::Opened { title: title.clone(), position });
    }
    let mut effects = vec![Effect::Claim(project.id.clone()), Effect::Entitle(title.clone())];
    state.project = Some(project);
    if kept {
        effects.push(Effect::ClearAddress);
        effects.push(Effect::Remember(settings(state)));
    }
    if opening.copied {
        effects.extend(engine::send(state, Request::Retitle { title }).1);
    }
    effects
}

/// The same project again, after the engine fell over.
fn restored(state: &mut State, opened: Opened) -> Vec<Effect> {
    state.notices.extend(opened.warnings.into_iter().map(Notice::Trouble));
    Vec::new()
}

/// What a new engine is to open: the project as it was last kept, unless it has just failed at that.
pub(super) fn to_restore(state: &mut State, again: bool) -> Option<Rc<Checkpoint>> {
    // What was being opened from elsewhere is what felled the engine; from the store, it gets a second try.
    if state.project.is_some() {
        state.shelf.opening = None;
    }
    let checkpoint = state.shelf.checkpoint.clone().filter(|_| !again);
    if checkpoint.is_none() {
        state.shelf.opening = None;
        state.shelf.checkpoint = None;
        state.project = None;
        state.screen = Screen::Welcome;
    }
    checkpoint
}

/// It could not be opened. What was open before still is.
pub(super) fn refused(state: &mut State, trouble: Trouble) -> Vec<Effect> {
    state.shelf.opening = None;
    if state.project.is_none() {
        state.screen = Screen::Welcome;
    }
    notices::add(&mut state.notices, Notice::Trouble(trouble));
    vec![Effect::ClearAddress]
}

/// Enough to bring everything back; kept at once if the project is.
pub(super) fn checkpoint(state: &mut State, checkpoint: Checkpoint) -> Vec<Effect> {
    state.shelf.checkpoint = Some(Rc::new(checkpoint));
    if state.project.as_ref().is_some_and(|project| project.kept) { save(state) } else { Vec::new() }
}

fn save(state: &mut State) -> Vec<Effect> {
    let (Some(project), Some(checkpoint)) = (&mut state.project, &state.shelf.checkpoint) else { return Vec::new() };
    if !checkpoint.title.is_empty() && project.title != checkpoint.title {
        project.title.clone_from(&checkpoint.title);
    }
    let card = Card {
        id: project.id.clone(),
        title: project.title.clone(),
        revisions: checkpoint.revisions,
        position: checkpoint.position.clone(),
    };
    let bytes = checkpoint.bytes.clone();
    state.shelf.projects.retain(|old| old.id != card.id);
    state.shelf.projects.insert(0, card.clone());
    state.shelf.saving = true;
    vec![Effect::Save(Box::new(card), bytes)]
}

pub(super) fn saved(state: &mut State, storage: Storage) -> Vec<Effect> {
    state.shelf.saving = false;
    if state.shelf.storage != Storage::Forbidden {
        state.shelf.storage = storage;
    }
    if storage == Storage::Full {
        notices::add(&mut state.notices, Notice::Full);
    }
    Vec::new()
}

/// A copy from a link becomes the visitor's own.
pub(super) fn keep(state: &mut State) -> Vec<Effect> {
    let Some(project) = state.project.as_mut().filter(|project| !project.kept) else { return Vec::new() };
    project.kept = true;
    state.notices.retain(|notice| !matches!(notice, Notice::Opened { .. }));
    let mut effects = vec![Effect::ClearAddress];
    effects.extend(save(state));
    effects.push(Effect::Remember(settings(state)));
    effects
}

pub(super) fn retitled(state: &mut State, id: &str, title: String) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(card) = state.shelf.projects.iter_mut().find(|card| card.id == id) {
        card.title.clone_from(&title);
        effects.push(Effect::Relabel(Box::new(card.clone())));
    }
    if let Some(project) = state.project.as_mut().filter(|project| project.id == id) {
        project.title.clone_from(&title);
        effects.push(Effect::Entitle(title.clone()));
        effects.extend(engine::ask(state, Request::Retitle { title }));
    }
    effects
}

/// The dialog's button: a file or a project goes.
pub(super) fn remove_confirmed(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Remove(removing)) = state.dialog.take() else { return Vec::new() };
    match removing {
        files::Removing::File(path) | files::Removing::Folder(path) => files::removed(state, path),
        files::Removing::Project(id, _) => project_removed(state, id),
    }
}

fn project_removed(state: &mut State, id: String) -> Vec<Effect> {
    state.shelf.projects.retain(|card| card.id != id);
    if state.project.as_ref().is_some_and(|project| project.id == id) {
        state.project = None;
        state.shelf.checkpoint = None;
        state.screen = Screen::Welcome;
    }
    vec![Effect::Forget(id), Effect::Remember(settings(state))]
}

/// What a refusal says that belongs to nothing else.
pub(super) fn told(state: &mut State, trouble: Trouble) -> Vec<Effect> {
    notices::add(&mut state.notices, Notice::Trouble(trouble));
    Vec::new()
}
