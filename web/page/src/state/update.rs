//! The one place where the state changes. A line per action; what it does stands in the module of its subject.

use super::{
    Action, Dialog, Effect, Screen, State,
    effect::Target,
    engine::{self, Doing, Progress},
    files, layout, projects, rows, share, step, terminal,
};
use retort_protocol::{Reply, files::Trouble, frame::UNASKED, request::Source};

/// Takes in what happened, and says what the browser has to do.
pub(crate) fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = if works(&action) { projects::keep(state) } else { Vec::new() };
    effects.extend(change(state, action));
    effects
}

/// Whether this is work on a project, after which a copy from a link is the visitor's own.
fn works(action: &Action) -> bool {
    matches!(
        action,
        Action::FileEdited { .. }
            | Action::RowsEdited(_)
            | Action::LineEntered
            | Action::FixChosen(_)
            | Action::RevisionAsked(_)
            | Action::NameGiven
            | Action::CopyKept
    )
}

fn change(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Started(start) => projects::started(state, *start),
        Action::Resized { width, height } => layout::resized(state, width, height),
        Action::Heard { number, reply } => heard(state, number, *reply),
        Action::WorkerLost(reason) => engine::restart(state, reason),
        Action::Waited(number) => engine::waited(state, number),
        Action::Watched(beat) => engine::watched(state, beat),
        Action::RestartChosen => engine::restart(state, "You asked for it.".into()),
        Action::Stopped => terminal::stop(state),
        Action::SampleChosen(name) => projects::open(state, Source::Sample(name.into())),
        Action::EmptyChosen => projects::open(state, Source::Empty),
        Action::FilesBrought(files) => projects::brought(state, files),
        Action::LinkFollowed(fragment) => projects::followed(state, fragment),
        Action::ProjectChosen(id) => projects::chosen(state, id),
        Action::ProjectLoaded { id, bytes, alone } => projects::loaded(state, id, bytes, alone),
        Action::CopyKept => Vec::new(),
        Action::GalleryChosen => screen(state, Screen::Welcome),
        Action::WorkChosen => screen(state, Screen::Work),
        Action::Saved(storage) => projects::saved(state, storage),
        Action::FileChosen(path) => files::chosen(state, path),
        Action::FileEdited { path, text } => files::edited(state, path, text),
        Action::TypingPaused(keys) => files::typing_paused(state, keys),
        Action::FixChosen(fix) => files::fix_chosen(state, fix),
        Action::MarkFixed { path, index } => files::mark_fixed(state, &path, index),
        Action::Travelled(travel) => step::travelled(state, travel),
        Action::Undone => step::undone(state),
        Action::Redone => step::redone(state),
        Action::DisciplineChosen(discipline) => step::discipline_chosen(state, discipline),
        Action::DatabaseMenuToggled => database_menu_toggled(state),
        Action::RevisionAsked(message) => step::revision_asked(state, &message),
        Action::ShowChosen(show) => rows::show_chosen(state, show),
        Action::TableToggled(table) => rows::toggled(state, table),
        Action::RowsSeen { table, first, last } => rows::seen(state, &table, first, last),
        Action::RowsEdited(edit) => rows::edited(state, edit),
        Action::LineEdited(line) => terminal::edited(state, line),
        Action::LineEntered => terminal::entered(state),
        Action::OlderLine => terminal::older(state),
        Action::NewerLine => terminal::newer(state),
        Action::CompletionAsked => terminal::completion_asked(state),
        Action::Interrupted => terminal::interrupted(state),
        Action::TerminalCleared => terminal::cleared(state),
        Action::TerminalToggled => terminal::toggled(state),
        Action::TerminalCalled => terminal::called(state),
        Action::ShareChosen => share::chosen(state),
        Action::CarryToggled(part) => share::carry_toggled(state, part),
        Action::CopyChosen(form) => share::copy_chosen(state, form),
        Action::Copied(done) => share::copied(state, done),
        Action::ExportChosen => share::export_chosen(state),
        Action::PackToggled(part) => share::pack_toggled(state, part),
        Action::ZipChosen => share::zip_chosen(state),
        Action::DatabaseChosen => share::database_chosen(state),
        Action::HelpChosen => dialog(state, Dialog::Help),
        Action::MakeChosen => make_chosen(state),
        Action::NameChosen(naming) => dialog(state, Dialog::Name(naming)),
        Action::FieldEdited(text) => field_edited(state, text),
        Action::NameGiven => files::name_given(state),
        Action::RemoveChosen(removing) => dialog(state, Dialog::Remove(removing)),
        Action::RemoveConfirmed => projects::remove_confirmed(state),
        Action::DialogClosed => dialog_closed(state),
        Action::MenuToggled => menu_toggled(state),
        Action::NoticeDismissed(index) => notice_dismissed(state, index),
        Action::ThemeToggled => layout::theme_toggled(state),
        Action::PaneWalked { back } => pane_walked(back),
    }
}

/// A line per reply.
fn heard(state: &mut State, number: u32, reply: Reply) -> Vec<Effect> {
    if !engine::hears(state, number) {
        return Vec::new();
    }
    match reply {
        Reply::Ready { database } => engine::ready(state, database),
        Reply::Opened(opened) => projects::opened(state, opened),
        Reply::Files { changed, removed } => files::arrived(state, changed, &removed),
        Reply::Diagnostics { path, items } => files::diagnosed(state, path, items),
        Reply::Autogenerate(answer) => step::autogenerated(state, answer),
        Reply::Show(spot) => files::look(state, spot),
        Reply::Scene(scene) => step::arrived(state, *scene),
        Reply::Rows(window) => rows::arrived(state, window),
        Reply::Output(inks) => terminal::printed(state, inks),
        Reply::Offer(offer) => terminal::offered(state, offer.fix),
        Reply::Prompt(prompt) => terminal::prompted(state, prompt),
        Reply::Completion(completion) => terminal::completed(state, number, completion),
        Reply::Link(link) => share::linked(state, number, link),
        Reply::Packing(packing) => share::packing(state, packing),
        Reply::Download(download) => share::downloaded(download),
        Reply::Progress { doing, done, of } => progressed(state, number, doing, done, of),
        Reply::Fetched => fetched(state),
        Reply::Checkpoint(checkpoint) => projects::checkpoint(state, checkpoint),
        Reply::Finished => finished(state, number),
        Reply::Refused(trouble) => refused(state, number, trouble),
    }
}

fn finished(state: &mut State, number: u32) -> Vec<Effect> {
    match engine::ended(state, number) {
        Some(Doing::Type) => state.terminal.busy = false,
        // After a restart: what the page knows better than the last checkpoint.
        Some(Doing::Open) => {
            state.engine.restoring = false;
            return files::flush(state);
        }
        _ => {}
    }
    Vec::new()
}

fn refused(state: &mut State, number: u32, trouble: Trouble) -> Vec<Effect> {
    match engine::ended(state, number) {
        Some(Doing::Open) => projects::refused(state, trouble),
        Some(Doing::Type) => {
            state.terminal.busy = false;
            terminal::refused(state, trouble)
        }
        Some(Doing::Rows | Doing::Complete) | None => Vec::new(),
        Some(_) => projects::told(state, trouble),
    }
}

fn progressed(state: &mut State, number: u32, doing: String, done: u64, of: Option<u64>) -> Vec<Effect> {
    let percent = of.filter(|of| *of > 0).map(|of| (done * 100 / of).min(100) as u32);
    let progress = Progress { doing, percent };
    if number == UNASKED {
        state.engine.fetching = Some(progress.clone());
    }
    state.engine.progress = Some(progress);
    Vec::new()
}

fn fetched(state: &mut State) -> Vec<Effect> {
    state.engine.fetching = None;
    Vec::new()
}

fn screen(state: &mut State, screen: Screen) -> Vec<Effect> {
    state.screen = screen;
    state.layout.menu = false;
    Vec::new()
}

fn dialog(state: &mut State, dialog: Dialog) -> Vec<Effect> {
    state.dialog = Some(dialog);
    state.layout.menu = false;
    Vec::new()
}

fn make_chosen(state: &mut State) -> Vec<Effect> {
    let message = state.autogenerate.message.clone();
    dialog(state, Dialog::Make { message })
}

fn field_edited(state: &mut State, text: String) -> Vec<Effect> {
    match &mut state.dialog {
        Some(Dialog::Make { message }) => *message = text,
        Some(Dialog::Name(naming)) => {
            naming.text = text;
            naming.trouble = None;
        }
        _ => {}
    }
    Vec::new()
}

fn dialog_closed(state: &mut State) -> Vec<Effect> {
    state.dialog = None;
    Vec::new()
}

fn menu_toggled(state: &mut State) -> Vec<Effect> {
    state.layout.menu ^= true;
    Vec::new()
}

fn database_menu_toggled(state: &mut State) -> Vec<Effect> {
    state.layout.database_menu ^= true;
    Vec::new()
}

fn notice_dismissed(state: &mut State, index: usize) -> Vec<Effect> {
    if index < state.notices.len() {
        state.notices.remove(index);
    }
    Vec::new()
}

fn pane_walked(back: bool) -> Vec<Effect> {
    vec![Effect::Focus(if back { Target::PreviousPane } else { Target::NextPane })]
}
