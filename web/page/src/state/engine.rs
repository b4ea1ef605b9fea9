//! The worker as the state sees it: what was asked, what is late, what is lost.

use super::{Action, Effect, State, files, notices::Notice, projects};
use retort_protocol::{Request, request::Source};
use std::collections::BTreeMap;

/// After so long a wait a line runs under the timeline.
const WAIT: u32 = 150;
/// A worker that says nothing for so long, though asked, is offered for a restart.
const SILENCE: u32 = 6_000;
/// And after this it is restarted.
const DEATH: u32 = 14_000;

/// The worker and what it was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Engine {
    /// The database it has: "SQLite 3.54". Empty until it is ready.
    pub(crate) database: String,
    /// Whether it listens.
    pub(crate) ready: bool,
    /// Requests that are out, and what for.
    pub(crate) pending: BTreeMap<u32, Doing>,
    /// Requests that wait for it to be ready.
    pub(crate) held: Vec<(u32, Request)>,
    /// Whether the page says that it waits.
    pub(crate) waiting: bool,
    /// What it said that it was doing, and how far.
    pub(crate) progress: Option<Progress>,
    /// What it fetches without being asked, and how far that is.
    pub(crate) fetching: Option<Progress>,
    /// Whether the last checkpoint is being brought back after a restart.
    pub(crate) restoring: bool,
    /// The number of the last request.
    last: u32,
    /// How often it has been heard.
    heard: u32,
}

/// How far a long piece of work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// What.
    pub(crate) doing: String,
    /// How far, in percent, if known.
    pub(crate) percent: Option<u32>,
}

/// What a request was for, as far as its answer needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// A project is being opened.
    Open,
    /// A file's new text.
    Write,
    /// A file made, renamed, deleted.
    Files,
    /// A step.
    Move,
    /// A piece of a table.
    Rows,
    /// Rows by hand.
    Edit,
    /// A line of the terminal.
    Type,
    /// Tab.
    Complete,
    /// A link or what a zip holds.
    Ask,
    /// Anything else.
    Other,
}

/// A look at the worker a while after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beat {
    /// The request.
    number: u32,
    /// How often the worker had been heard when it was sent.
    heard: u32,
    /// Whether it has been offered for a restart.
    offered: bool,
}

/// Sends a request after all edits that are not sent yet.
pub(super) fn ask(state: &mut State, request: Request) -> Vec<Effect> {
    let mut effects = files::flush(state);
    effects.extend(send(state, request).1);
    effects
}

/// Sends a request as it is; its number and what follows from it.
pub(super) fn send(state: &mut State, request: Request) -> (u32, Vec<Effect>) {
    let engine = &mut state.engine;
    engine.last += 1;
    let number = engine.last;
    engine.pending.insert(number, Doing::of(&request));
    let beat = Beat { number, heard: engine.heard, offered: false };
    if !engine.ready {
        engine.held.push((number, request));
        return (number, vec![Effect::After(WAIT, Box::new(Action::Waited(number)))]);
    }
    let effects = vec![
        Effect::Send(number, request),
        Effect::After(WAIT, Box::new(Action::Waited(number))),
        Effect::After(SILENCE, Box::new(Action::Watched(beat))),
    ];
    (number, effects)
}

/// The worker listens: what was held goes out.
pub(super) fn ready(state: &mut State, database: String) -> Vec<Effect> {
    let engine = &mut state.engine;
    engine.database = database;
    engine.ready = true;
    let held = std::mem::take(&mut engine.held);
    let heard = engine.heard;
    let watch = held.last().map(|(number, _)| Beat { number: *number, heard, offered: false });
    let mut effects: Vec<_> = held.into_iter().map(|(number, request)| Effect::Send(number, request)).collect();
    effects.extend(watch.map(|beat| Effect::After(SILENCE, Box::new(Action::Watched(beat)))));
    effects
}

/// The worker said something, so it lives. Whether anybody still wants to hear it.
pub(super) fn hears(state: &mut State, number: u32) -> bool {
    state.engine.heard = state.engine.heard.wrapping_add(1);
    state.notices.retain(|notice| *notice != Notice::Silent);
    number == retort_protocol::frame::UNASKED || state.engine.pending.contains_key(&number)
}

/// A request is done with.
pub(super) fn ended(state: &mut State, number: u32) -> Option<Doing> {
    let doing = state.engine.pending.remove(&number);
    if state.engine.pending.is_empty() {
        state.engine.waiting = false;
        state.engine.progress = None;
    }
    doing
}

/// A request has been out for a moment.
pub(super) fn waited(state: &mut State, number: u32) -> Vec<Effect> {
    // Rows that scroll into sight and words that Tab offers come without a word.
    let quiet = matches!(state.engine.pending.get(&number), None | Some(Doing::Rows | Doing::Complete | Doing::Write));
    state.engine.waiting |= !quiet;
    Vec::new()
}

/// A request has been out for long: is the worker alive?
pub(super) fn watched(state: &mut State, beat: Beat) -> Vec<Effect> {
    let alive = state.engine.heard != beat.heard;
    if !state.engine.pending.contains_key(&beat.number) {
        return Vec::new();
    }
    let again = Beat { heard: state.engine.heard, offered: !alive, ..beat };
    match (alive, beat.offered) {
        (true, _) => vec![Effect::After(SILENCE, Box::new(Action::Watched(again)))],
        (false, false) => {
            state.notices.push(Notice::Silent);
            vec![Effect::After(DEATH - SILENCE, Box::new(Action::Watched(again)))]
        }
        (false, true) => restart(state, "It had not answered for 14 seconds.".into()),
    }
}

/// Ends the worker, starts another, and brings the project back from its last checkpoint.
pub(super) fn restart(state: &mut State, reason: String) -> Vec<Effect> {
    let engine = &mut state.engine;
    let again = engine.restoring;
    *engine = Engine { last: engine.last, heard: engine.heard, database: engine.database.clone(), ..Engine::default() };
    state.terminal.busy = false;
    state.rows.forget();
    state.notices.retain(|notice| !matches!(notice, Notice::Silent | Notice::Lost(_)));
    let mut effects = vec![Effect::RestartWorker];
    // A checkpoint that fells the engine is not tried a third time.
    let checkpoint = projects::to_restore(state, again);
    state.notices.push(if again { Notice::Beyond(reason) } else { Notice::Lost(reason) });
    if let Some(checkpoint) = checkpoint {
        // The texts as they stand in the page are newer than the checkpoint's.
        state.files.touch_all();
        state.engine.restoring = true;
        effects.extend(send(state, Request::Open(Source::Checkpoint(checkpoint.bytes.clone()))).1);
    }
    effects
}

impl Doing {
    fn of(request: &Request) -> Self {
        match request {
            Request::Open(_) => Doing::Open,
            Request::Write { .. } => Doing::Write,
            Request::Create { .. } | Request::Rename { .. } | Request::Delete { .. } => Doing::Files,
            Request::Move(_) | Request::MakeRevision { .. } => Doing::Move,
            Request::Rows(_) => Doing::Rows,
            Request::EditRows(_) | Request::Undo | Request::Redo | Request::Discipline(_) => Doing::Edit,
            Request::Type { .. } => Doing::Type,
            Request::Complete { .. } => Doing::Complete,
            Request::Link(_) | Request::Packing => Doing::Ask,
            Request::Stop | Request::Zip(_) | Request::Database | Request::Retitle { .. } => Doing::Other,
        }
    }
}
