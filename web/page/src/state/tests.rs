//! Stories: what happened goes in, what the browser has to do comes out.

use super::{Action, Dialog, Effect, Screen, State, notices::Notice, projects::Storage, update};
use crate::{fixture, state::action::Start};
use retort_protocol::{
    Reply, Request,
    files::{Autogenerate, Edit, Fix, Place, Span, Trouble},
    request::{Source, Travel},
    rows::Show,
};

/// A state that the scripted engine answers at once.
#[derive(Default)]
struct Story {
    state: State,
    asked: Vec<Request>,
    other: Vec<Effect>,
    deaf: bool,
}

impl Story {
    fn begun() -> Self {
        let mut story = Self::default();
        story.tell(Action::Resized { width: 1440, height: 900 });
        story.tell(Action::Started(Box::new(Start { tab: "t".into(), ..Start::default() })));
        story.hear(0, Reply::Ready { database: "SQLite".into() });
        story
    }

    fn opened() -> Self {
        let mut story = Self::begun();
        story.tell(Action::SampleChosen("tutorial"));
        story
    }

    fn tell(&mut self, action: Action) {
        for effect in update(&mut self.state, action) {
            match effect {
                Effect::Send(number, request) => self.answer(number, request),
                other => self.other.push(other),
            }
        }
    }

    fn answer(&mut self, number: u32, request: Request) {
        let replies = if self.deaf { Vec::new() } else { fixture::answer(&request) };
        self.asked.push(request);
        for reply in replies {
            self.hear(number, reply);
        }
    }

    fn hear(&mut self, number: u32, reply: Reply) {
        self.tell(Action::Heard { number, reply: Box::new(reply) });
    }

    fn names(&self) -> Vec<String> {
        let name =
            |request: &Request| format!("{request:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned();
        self.asked.iter().map(name).collect()
    }

    fn edit(&mut self, text: &str) {
        self.tell(Action::FileEdited { path: "models.py".into(), text: text.into() });
    }
}

#[test]
fn a_first_visit_shows_the_gallery() {
    assert_eq!(Story::begun().state.screen, Screen::Welcome);
}

#[test]
fn what_is_asked_before_the_engine_listens_is_not_lost() {
    let mut story = Story::default();
    story.tell(Action::Started(Box::default()));
    story.tell(Action::SampleChosen("tutorial"));
    assert!(story.asked.is_empty());
    story.hear(0, Reply::Ready { database: "SQLite".into() });
    assert_eq!(story.names(), ["Open"]);
    assert_eq!(story.state.screen, Screen::Work);
}

#[test]
fn an_opened_project_is_kept_and_the_editor_follows_the_playhead() {
    let story = Story::opened();
    assert!(story.other.iter().any(|effect| matches!(effect, Effect::Save(card, _) if card.revisions == 3)));
    assert_eq!(story.state.files.open.as_deref(), Some("versions/2b7e41c09d35_add_email_to_seller.py"));
    assert!(story.state.engine.pending.is_empty());
}

#[test]
fn edits_go_out_before_anything_else_that_is_asked() {
    let mut story = Story::opened();
    story.edit("x = 1\n");
    assert!(!story.state.files.settled());
    story.tell(Action::Travelled(Travel::StepBack));
    assert_eq!(story.names()[1..], ["Write", "Move"]);
    assert!(story.state.files.settled());
}

#[test]
fn typing_waits_for_a_pause() {
    let mut story = Story::opened();
    story.edit("x = 1\n");
    story.edit("x = 12\n");
    story.tell(Action::TypingPaused(1));
    assert_eq!(story.names()[1..], [] as [&str; 0]);
    story.tell(Action::TypingPaused(2));
    assert_eq!(story.names()[1..], ["Write"]);
}

#[test]
fn a_held_key_does_not_run_away() {
    let mut story = Story::opened();
    story.deaf = true;
    for _ in 0..20 {
        story.tell(Action::Travelled(Travel::StepForward));
    }
    assert_eq!(story.names()[1..], ["Move", "Move"]);
}

#[test]
fn a_link_opens_as_a_copy_that_is_kept_only_when_worked_on() {
    let mut story = Story::begun();
    story.tell(Action::LinkFollowed("r1.abc".into()));
    assert!(!story.other.iter().any(|effect| matches!(effect, Effect::Save(..))));
    story.tell(Action::Travelled(Travel::StepBack));
    assert!(!story.other.iter().any(|effect| matches!(effect, Effect::Save(..))));
    story.edit("x = 1\n");
    assert!(story.other.iter().any(|effect| matches!(effect, Effect::Save(..))));
    assert!(story.other.iter().any(|effect| matches!(effect, Effect::ClearAddress)));
}

#[test]
fn a_project_that_another_tab_has_opens_as_a_copy() {
    let mut story = Story::begun();
    story.tell(Action::ProjectLoaded { id: "t-9".into(), bytes: Some(vec![1]), alone: false });
    let project = story.state.project.as_ref().expect("it is open");
    assert_ne!(project.id, "t-9");
    assert!(story.state.notices.contains(&Notice::OtherTab));
}

#[test]
fn a_refused_link_leaves_everything_as_it_was() {
    let mut story = Story::opened();
    story.deaf = true;
    let before = story.state.files.open.clone();
    story.tell(Action::LinkFollowed("r9.future".into()));
    let trouble = Trouble { title: "This link is from the future".into(), ..Trouble::default() };
    let number = *story.state.engine.pending.keys().next_back().expect("the question is out");
    story.hear(number, Reply::Refused(trouble.clone()));
    assert_eq!(story.state.notices, [Notice::Trouble(trouble)]);
    assert_eq!((story.state.screen, story.state.files.open.clone()), (Screen::Work, before));
}

#[test]
fn a_lost_worker_comes_back_with_the_last_save_and_the_newest_text() {
    let mut story = Story::opened();
    story.edit("x = 1\n");
    story.tell(Action::WorkerLost("unreachable".into()));
    assert!(story.other.iter().any(|effect| matches!(effect, Effect::RestartWorker)));
    story.hear(0, Reply::Ready { database: "SQLite".into() });
    assert!(matches!(&story.asked[1], Request::Open(Source::Checkpoint(bytes)) if *bytes == [1]));
    let sent = story.asked.iter().any(|request| matches!(request, Request::Write { text, .. } if text == "x = 1\n"));
    assert!(sent, "{:?}", story.names());
    assert_eq!(story.state.files.all["models.py"].text, "x = 1\n");
}

#[test]
fn a_project_that_fells_the_engine_twice_is_left_alone() {
    let mut story = Story::opened();
    story.tell(Action::WorkerLost("unreachable".into()));
    story.tell(Action::WorkerLost("unreachable".into()));
    assert_eq!(story.state.screen, Screen::Welcome);
    assert_eq!(story.state.notices, [Notice::Beyond("unreachable".into())]);
    story.hear(0, Reply::Ready { database: "SQLite".into() });
    assert_eq!(story.names(), ["Open"]);
}

#[test]
fn a_link_that_fells_the_engine_leaves_the_open_project_open() {
    let mut story = Story::opened();
    story.deaf = true;
    story.tell(Action::LinkFollowed("r1.bomb".into()));
    story.deaf = false;
    story.tell(Action::WorkerLost("unreachable".into()));
    story.hear(0, Reply::Ready { database: "SQLite".into() });
    assert!(matches!(story.asked.last(), Some(Request::Write { .. })), "{:?}", story.names());
    assert!(story.state.project.as_ref().is_some_and(|project| project.kept));
}

#[test]
fn a_full_store_is_said() {
    let mut story = Story::opened();
    story.tell(Action::Saved(Storage::Full));
    assert!(story.state.notices.contains(&Notice::Full));
}

#[test]
fn a_broken_model_keeps_the_last_good_answer() {
    let mut story = Story::opened();
    let trouble = Some(Trouble { title: "invalid syntax".into(), ..Trouble::default() });
    story.hear(0, Reply::Autogenerate(Autogenerate { trouble: trouble.clone(), ..Autogenerate::default() }));
    let answer = &story.state.autogenerate;
    assert_eq!((answer.fresh, answer.changes.len(), &answer.trouble), (false, 1, &trouble));
}

#[test]
fn statements_stand_until_the_next_ones_have_been_tried() {
    let mut story = Story::opened();
    let before = story.state.autogenerate.sql.clone();
    let answer = |sql| Autogenerate { fresh: true, message: "other".into(), sql, ..Autogenerate::default() };
    story.hear(0, Reply::Autogenerate(answer(None)));
    assert_eq!((&*story.state.autogenerate.message, &story.state.autogenerate.sql), ("other", &before));
    story.hear(0, Reply::Autogenerate(answer(Some(vec!["SELECT 1".into()]))));
    assert_eq!(story.state.autogenerate.sql, Some(vec!["SELECT 1".into()]));
}

#[test]
fn only_rows_in_sight_are_asked_for() {
    let mut story = Story::opened();
    story.tell(Action::TableToggled("shipment".into()));
    story.tell(Action::RowsSeen { table: "shipment".into(), first: 50_030, last: 50_060 });
    story.tell(Action::RowsSeen { table: "shipment".into(), first: 50_040, last: 50_070 });
    let offsets: Vec<_> = story
        .asked
        .iter()
        .filter_map(|request| if let Request::Rows(asked) = request { Some(asked.offset) } else { None })
        .collect();
    assert_eq!(offsets, [0, 50_000]);
    assert!(story.state.rows.sheet("shipment").is_some_and(|sheet| sheet.row(50_050).is_some()));
}

#[test]
fn all_rows_are_asked_for_when_wanted() {
    let mut story = Story::opened();
    story.tell(Action::ShowChosen(Show::After));
    assert!(matches!(&story.asked[1], Request::Rows(asked) if asked.table == "seller" && asked.show == Show::After));
}

#[test]
fn the_terminal_remembers_and_completes() {
    let mut story = Story::opened();
    for line in ["alembic current", "alembic heads"] {
        story.tell(Action::LineEdited(line.into()));
        story.tell(Action::LineEntered);
    }
    story.tell(Action::OlderLine);
    story.tell(Action::OlderLine);
    assert_eq!(story.state.terminal.typed, "alembic current");
    story.tell(Action::NewerLine);
    story.tell(Action::NewerLine);
    assert_eq!(story.state.terminal.typed, "");
    story.tell(Action::LineEdited("alembic u".into()));
    story.tell(Action::CompletionAsked);
    assert_eq!(story.state.terminal.typed, "alembic up");
    assert_eq!(story.state.terminal.candidates, ["upgrade", "uplift"]);
}

#[test]
fn a_correction_edits_and_then_types() {
    let mut story = Story::opened();
    story.edit("a = 1\n");
    let span = Span { start: Place { line: 1, column: 5 }, end: Place { line: 1, column: 6 } };
    let edits = vec![Edit { path: "models.py".into(), span, text: "2".into() }];
    story.tell(Action::FixChosen(Fix { edits, command: Some("alembic downgrade -1".into()), ..Fix::default() }));
    assert_eq!(story.state.files.all["models.py"].text, "a = 2\n");
    assert_eq!(story.names()[1..], ["Write", "Type"]);
}

#[test]
fn the_share_dialog_asks_anew_with_every_box_and_drops_older_answers() {
    let mut story = Story::opened();
    story.tell(Action::ShareChosen);
    story.tell(Action::CarryToggled(super::share::Part::Rows));
    assert_eq!(story.names()[1..], ["Link", "Link"]);
    let Some(Dialog::Share(sharing)) = &story.state.dialog else { panic!("the dialog is open") };
    let length = sharing.link.as_ref().map(|link| link.fragment.len());
    story.hear(1, Reply::Refused(Trouble::default()));
    assert!(length.is_some_and(|length| length < 400), "without rows it is short");
}

#[test]
fn waiting_is_said_after_a_moment_and_ends() {
    let mut story = Story::opened();
    story.deaf = true;
    story.tell(Action::Travelled(Travel::StepBack));
    let number = *story.state.engine.pending.keys().next().expect("the question is out");
    assert!(!story.state.engine.waiting);
    story.tell(Action::Waited(number));
    assert!(story.state.engine.waiting);
    story.hear(number, Reply::Finished);
    assert!(!story.state.engine.waiting);
}
