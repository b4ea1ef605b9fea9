//! What is to come, found out on a copy when nothing else is to be done: the steps of pending revisions, those of the
//! next downgrade, and what autogenerate would write.

use super::around::Around;
use super::going::{Came, Going};
use super::{Workbench, settings};
use crate::files;
use crate::shell::paths;
use crate::view::timeline::Known;
use crate::view::words::telling;
use crate::world::World;
use retort::cli::{self, Parsed};
use retort::commands::{Environment, Job, Outcome};
use retort::error::{Diagnostic, Error, Kind};
use retort::host::{Connection, Files};
use retort::ops::Operation;
use retort::runtime::trace::Step;
use retort::runtime::{self, Budget};
use retort::schema::MetaData;
use retort::script::Direction;
use retort_protocol::Reply;
use retort_protocol::files::{Autogenerate, Change, Trouble};
use retort_protocol::words::Sign;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// The id of the revision that is only tried.
const TRIED: &str = "retortpreview";

/// What is known of the future.
#[derive(Default)]
pub(super) struct Forecast {
    pending: VecDeque<Phase>,
    current: Option<(Phase, Going)>,
    /// A run that has told all: it is taken apart after its answer is on its way.
    over: Option<Going>,
    copy: Option<World>,
    /// The copy's database at head, which trying a revision moves on; `None`: the way there is not known to the end.
    at_head: Option<(String, Rc<[u8]>)>,
    /// The schemas behind the revisions of the way up, as they are come by.
    schemas: Rc<RefCell<Vec<(String, MetaData)>>>,
    /// The steps of what was tried, by revision and direction.
    pub(super) foreseen: Vec<Foreseen>,
    /// What the last good answer was made of.
    answered: Option<Vec<Operation>>,
    /// Where the tried way up ended, if not at the end.
    pub(super) stopped: Option<Stopped>,
    /// What the machine noticed while it ran the models.
    pub(super) findings: Vec<Diagnostic>,
    /// The last good answer of autogenerate.
    pub(super) answer: Autogenerate,
}

/// A revision that ran on the copy.
pub(super) struct Foreseen {
    pub(super) revision: String,
    pub(super) upgrade: bool,
    pub(super) steps: Vec<Step>,
    /// The schema behind it.
    pub(super) after: Option<MetaData>,
}

/// Where a run on the copy failed.
#[derive(Debug, Clone)]
pub(super) struct Stopped {
    pub(super) revision: String,
    pub(super) step: u32,
    pub(super) why: String,
}

/// What is found out, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Up,
    Down,
    Compare,
    Script,
}

impl Forecast {
    /// Everything is to be found out anew.
    pub(super) fn stale(&mut self) {
        (self.current, self.over) = (None, None);
        self.copy = None;
        self.at_head = None;
        self.answered = None;
        self.pending = VecDeque::from([Phase::Down, Phase::Up, Phase::Compare]);
    }

    /// The text of a module changed that no revision mentions: the steps stay as they were tried, and the copy at head
    /// is compared anew.
    fn models_changed(&mut self, path: &str, text: &str) {
        let (Some(copy), Some((database, image))) = (&self.copy, &self.at_head) else {
            return self.stale();
        };
        (self.current, self.over) = (None, None);
        let mut tried = copy.host.all_files().into_iter().filter(|(path, _)| path.contains(TRIED));
        let cleared = tried.try_for_each(|(path, _)| copy.host.remove(&path));
        let restored =
            copy.put(database, image).map_err(Error::from).and_then(|()| files::write(&copy.host, path, text));
        match cleared.and(restored) {
            Ok(()) => self.pending = VecDeque::from([Phase::Compare]),
            Err(_) => self.stale(),
        }
    }

    /// Nothing is tried any more; what was under way is found out anew when there is time.
    pub(super) fn withdraw(&mut self) {
        if self.copy.is_some() {
            self.stale();
        }
    }

    /// Whether there is more to find out.
    pub(super) fn wants_more(&self) -> bool {
        self.current.is_some() || self.over.is_some() || !self.pending.is_empty()
    }

    /// What is foreseen of a revision.
    pub(super) fn of(&self, revision: &str, upgrade: bool) -> Option<&Foreseen> {
        self.foreseen.iter().find(|it| it.revision == revision && it.upgrade == upgrade)
    }
}

impl Workbench {
    /// A file has another text: no more is found out anew than hangs on it.
    pub(super) fn forecast_after(&mut self, path: &str, text: &str) {
        let module = path.rsplit('/').next().and_then(|name| name.strip_suffix(".py"));
        let apart = module.filter(|module| *module != "env" && *module != "__init__").is_some_and(|module| {
            let is_revision = |it: &retort::script::Revision| paths::relative(&it.path) == Some(path);
            self.graph.revisions().all(|it| !it.source.contains(module) && !is_revision(it))
        });
        if apart && !path.contains("/versions/") {
            self.forecast.models_changed(path, text);
        } else {
            self.forecast.stale();
        }
    }

    /// A slice of looking ahead.
    pub(super) fn look_ahead(&mut self) {
        if self.forecast.over.take().is_some() {
            return;
        }
        let Some((phase, mut going)) = self.forecast.current.take().or_else(|| self.next_phase()) else {
            return;
        };
        match going.resume(Budget::page()) {
            Came::Working | Came::Step => self.forecast.current = Some((phase, going)),
            Came::Done(result) => {
                let steps = going.run().map(|run| run.steps().to_vec()).unwrap_or_default();
                if phase == Phase::Compare {
                    self.forecast.findings = going.run().map(|run| run.findings().to_vec()).unwrap_or_default();
                }
                self.forecast.over = Some(going);
                self.phase_ended(phase, &steps, result);
            }
        }
        if let Some(copy) = &self.forecast.copy {
            copy.host.take_output();
        }
        // What was tried on the server is taken back as soon as all is known.
        if self.may_use_server() && !self.forecast.wants_more() {
            self.forecast.copy = None;
        }
    }

    fn next_phase(&mut self) -> Option<(Phase, Going)> {
        let phase = self.forecast.pending.pop_front()?;
        if phase == Phase::Down || phase == Phase::Up {
            // The server tries one thing at a time.
            self.forecast.copy = None;
            self.forecast.copy = Some(self.world.fork());
        }
        let copy = self.forecast.copy.as_ref()?;
        match begin(copy, phase, self.next_down()) {
            Ok(Some(mut going)) => {
                let schemas = (phase == Phase::Up).then(|| Rc::clone(&self.forecast.schemas));
                going.around(Looking { around: Around::of(copy, &Rc::default()), schemas });
                Some((phase, going))
            }
            Ok(None) => None,
            Err(error) => {
                self.phase_ended(phase, &[], Err(error));
                None
            }
        }
    }

    fn phase_ended(&mut self, phase: Phase, steps: &[Step], result: Result<Option<Outcome>, Error>) {
        match phase {
            Phase::Up => self.tried_up(steps, result),
            Phase::Down => self.tried(steps),
            Phase::Compare => self.compared(result.map(Option::unwrap_or_default)),
            Phase::Script => self.scripted(steps),
        }
    }

    fn tried(&mut self, steps: &[Step]) {
        for ((revision, upgrade), known) in known(steps) {
            let mine = |step: &&Step| step.revision == revision && (step.direction == Direction::Up) == upgrade;
            let steps: Vec<Step> = steps.iter().filter(mine).cloned().collect();
            match self.forecast.foreseen.iter_mut().find(|it| it.revision == revision && it.upgrade == upgrade) {
                Some(foreseen) => foreseen.steps = steps,
                None => {
                    self.forecast.foreseen.push(Foreseen { revision: revision.clone(), upgrade, steps, after: None });
                }
            }
            self.steps.insert((revision, upgrade), known);
        }
    }

    fn tried_up(&mut self, steps: &[Step], result: Result<Option<Outcome>, Error>) {
        self.tried(steps);
        for (revision, schema) in self.forecast.schemas.take() {
            let foreseen = self.forecast.foreseen.iter_mut().find(|it| it.revision == revision && it.upgrade);
            foreseen.into_iter().for_each(|it| it.after = Some(schema.clone()));
        }
        let stopped = result.err().map(|error| self.stopped(steps, &error));
        if stopped.is_none() {
            let copy = self.forecast.copy.as_ref().and_then(|copy| copy.database().zip(Some(copy)));
            self.forecast.at_head = copy.and_then(|(path, copy)| Some((path.clone(), copy.shelf.image(&path)?)));
        }
        self.forecast.stopped = stopped;
        if let Some(stopped) = &self.forecast.stopped {
            let key = (stopped.revision.clone(), true);
            let known = self.steps.entry(key).or_default();
            known.truncate(stopped.step.saturating_sub(1) as usize);
            let (label, finding) = ("fails here".to_string(), Some(stopped.why.clone()));
            known.push(Known { kind: retort_protocol::timeline::BeadKind::Operation, label, finding });
        }
        if self.standing.open.is_some() {
            self.stand_open();
        }
        self.show_scene(retort_protocol::frame::UNASKED);
    }

    fn stopped(&mut self, steps: &[Step], error: &Error) -> Stopped {
        let reached = steps.last().map(|step| step.revision.clone());
        let copied = self.forecast.copy.as_ref().and_then(|copy| copy.shelf.image(&copy.database()?));
        let heads = copied.map(|image| self.images.keep(&image)).map(|image| self.heads_of(&image)).unwrap_or_default();
        let done = crate::view::timeline::applied(&self.graph, &heads);
        let revision = reached.filter(|id| !done.contains(id)).or_else(|| self.next_up()).unwrap_or_default();
        let step = steps.iter().filter(|step| step.revision == revision).count() as u32 + 1;
        Stopped { revision, step, why: super::failure::short(error) }
    }

    // Autogenerate

    // The words and the Python are told at once; the statements when the revision has been run.
    fn compared(&mut self, result: Result<Outcome, Error>) {
        let outcome = match result {
            Ok(outcome) => outcome,
            Err(error) => return self.no_answer(&error),
        };
        if self.forecast.answered.as_ref() != Some(&outcome.operations) {
            self.forecast.answer = self.answer_of(&outcome);
            self.forecast.answered = Some(outcome.operations);
        }
        (self.forecast.answer.fresh, self.forecast.answer.trouble) = (true, None);
        if self.forecast.answer.sql.is_none() {
            self.forecast.pending.push_front(Phase::Script);
        }
        self.answer();
    }

    fn answer_of(&self, outcome: &Outcome) -> Autogenerate {
        let operations = &outcome.operations;
        let changes = flat(operations).iter().map(|operation| change(operation)).collect();
        let nothing = operations.is_empty();
        let file = outcome.files.first().filter(|_| !nothing).zip(self.forecast.copy.as_ref());
        let python = file.and_then(|(path, copy)| files::text(&copy.host, path)).unwrap_or_default();
        let sql = nothing.then(Vec::new);
        Autogenerate { changes, message: message(operations), python, sql, ..Autogenerate::default() }
    }

    fn scripted(&mut self, steps: &[Step]) {
        let sent = steps.iter().flat_map(Step::statements);
        self.forecast.answer.sql = Some(sent.map(|sent| sent.sql.trim().to_string()).collect());
        self.answer();
    }

    fn answer(&mut self) {
        self.model_diagnostics(None);
        self.volunteer(Reply::Autogenerate(self.forecast.answer.clone()));
    }

    /// The last good answer stays, marked as such, with what is in its way.
    fn no_answer(&mut self, error: &Error) {
        self.forecast.answer.fresh = false;
        let place = match &error.kind {
            Kind::Python(traceback) => {
                traceback.frames.iter().rev().find(|place| paths::relative(&place.file).is_some())
            }
            _ => None,
        };
        self.model_diagnostics(place.map(|place| (place, error)));
        let spot = place.and_then(|place| self.spot(place));
        let trouble = Trouble { place: spot, ..super::trouble(error) };
        self.forecast.answer.trouble = Some(trouble);
        self.volunteer(Reply::Autogenerate(self.forecast.answer.clone()));
    }
}

fn begin(copy: &World, phase: Phase, last: Option<String>) -> Result<Option<Going>, Error> {
    match phase {
        Phase::Up => command(copy, &["upgrade", "heads"]).map(Some),
        Phase::Down => {
            let environment = || Environment::open(Rc::clone(&copy.host) as Rc<_>, &settings());
            last.map(|id| Going::revision(&environment()?, &id, Direction::Down)).transpose()
        }
        Phase::Compare => command(copy, &["revision", "--autogenerate", "--rev-id", TRIED, "-m", "preview"]).map(Some),
        Phase::Script => command(copy, &["upgrade", TRIED]).map(Some),
    }
}

fn command(copy: &World, words: &[&str]) -> Result<Going, Error> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
    let Parsed::Run(settings, command) = cli::parse("alembic", &words) else {
        return Err(Error::command("a command of our own was not understood"));
    };
    let job = Job::start(Rc::clone(&copy.host) as Rc<_>, &settings, &command);
    Ok(Going::Command(Box::new(job)))
}

/// The steps of each revision in a run, as the track knows them.
pub(super) fn known(steps: &[Step]) -> Vec<((String, bool), Vec<Known>)> {
    let mut all: Vec<((String, bool), Vec<Known>)> = Vec::new();
    for step in steps {
        let key = (step.revision.clone(), step.direction == Direction::Up);
        let told = telling(step);
        let known = Known { kind: told.kind, label: told.label, finding: crate::view::words::finding(step) };
        match all.last_mut().filter(|(last, _)| *last == key) {
            Some((_, list)) => list.push(known),
            None => all.push((key, vec![known])),
        }
    }
    all
}

/// What happens around a revision, and the schema that it leaves, for those who want to know.
struct Looking {
    around: Around,
    schemas: Option<Rc<RefCell<Vec<(String, MetaData)>>>>,
}

impl runtime::Around for Looking {
    fn before(&mut self, revision: &str, direction: Direction) {
        self.around.before(revision, direction);
    }

    fn after(&mut self, revision: &str, direction: Direction, connection: &mut dyn Connection) {
        self.around.after(revision, direction, connection);
        let schema = self.schemas.as_ref().and_then(|schemas| Some((schemas, reflect(connection)?)));
        schema.into_iter().for_each(|(schemas, schema)| schemas.borrow_mut().push((revision.into(), schema)));
    }
}

fn reflect(connection: &mut dyn Connection) -> Option<MetaData> {
    let dialect = crate::console::meta::dialect_of(connection).ok()?;
    dialect.reflect(connection, &retort::dialect::Wanted::default()).ok()
}

/// The operations themselves: what autogenerate groups by table is told one by one.
fn flat(operations: &[Operation]) -> Vec<&Operation> {
    let inside = operations.iter().flat_map(|operation| match operation {
        Operation::ModifyTable(table) => flat(&table.operations),
        other => vec![other],
    });
    inside.collect()
}

fn change(operation: &Operation) -> Change {
    let description = retort::ops::describe::describe(operation);
    let sign = match description.sign {
        retort::ops::describe::Sign::Added => Sign::Added,
        retort::ops::describe::Sign::Removed => Sign::Removed,
        _ => Sign::Changed,
    };
    let (verb, rest) = description.short.split_once(' ').unwrap_or((&description.short, ""));
    Change {
        sign,
        words: retort_protocol::words::Words::plain(format!("{verb} ")).code(rest),
        bead: retort_protocol::timeline::BeadKind::Operation,
        label: description.label,
    }
}

/// A message to start from: one change or two by their names, of more the first and how many follow.
fn message(operations: &[Operation]) -> String {
    let short = |operation: &&Operation| retort::ops::describe::describe(operation).short;
    match flat(operations).as_slice() {
        [] => String::new(),
        [one] => short(one),
        [one, other] => format!("{} and {}", short(one), short(other)),
        [first, more @ ..] => format!("{} and {} more", short(first), more.len()),
    }
}
