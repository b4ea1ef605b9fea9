//! A project that is open, and everything that the page may ask of it.
//!
//! Requests are worked off in order, in slices: [`Workbench::turn`] does a little and says whether there is more, so that
//! Stop is heard between two slices. What nobody has asked for (steps ahead, autogenerate) is done when nothing else is.

pub mod checkpoint;
pub mod source;

mod around;
mod discipline;
mod edits;
mod failure;
mod forecast;
mod going;
mod history;
mod open;
mod report;
mod run;
mod share;
mod show;
mod tape;
mod terminal;
#[cfg(test)]
mod tests;
mod travel;

use crate::files::Told;
use crate::view::timeline::{Standing, Steps};
use crate::world::World;
use going::Going;
use retort::commands::Settings;
use retort::database::images::Images;
use retort::database::postgresql::Wire;
use retort::script::Graph;
use retort_protocol::files::{Diagnostic, Trouble};
use retort_protocol::request::Travel;
use retort_protocol::scene::{Discipline, Failure};
use retort_protocol::{Reply, Request, frame};
use source::Now;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use tape::Tape;

/// A project that is open.
pub struct Workbench {
    now: Now,
    world: World,
    title: String,
    /// The discipline that was chosen for this project.
    switched: Option<String>,
    /// The one that its commands follow.
    discipline: Discipline,
    graph: Graph,
    standing: Standing,
    /// The images of everything that is kept of databases.
    images: Images,
    tape: Tape,
    history: history::History,
    /// What was done around the revisions of the run.
    told_around: Rc<RefCell<around::Told>>,
    /// The digest of what was shared, until it was compared.
    expected: Option<String>,
    /// Whether it came out otherwise.
    differs: bool,
    /// Whether the page is to keep something new.
    unsaved: bool,
    steps: Steps,
    failure: Option<Failure>,
    /// The texts with which applied revisions ran, as digests.
    ran: BTreeMap<String, u64>,
    /// Why the revisions cannot be read.
    unreadable: Option<Trouble>,
    /// What is wrong in each file.
    wrong: BTreeMap<String, Vec<Diagnostic>>,
    /// What running the models found in each file, beside that.
    found: BTreeMap<String, Vec<Diagnostic>>,
    seen: show::Seen,
    told: Told,
    terminal: terminal::Terminal,
    forecast: forecast::Forecast,
    work: Option<Work>,
    /// A project that is opened as soon as PostgreSQL is there.
    arriving: Option<(u32, source::Arrival)>,
    /// Whether the project's settings name PostgreSQL.
    speaks_of_server: bool,
    queue: VecDeque<(u32, Request)>,
    said: Vec<(u32, Reply)>,
}

/// A request that is being worked on.
struct Work {
    number: u32,
    going: Going,
    goal: Goal,
}

/// When a run stops.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Goal {
    /// At its next step.
    NextStep,
    /// At this step of this revision.
    Step(u32),
    /// At its end.
    End,
    /// At its end; a command of the terminal.
    Typed,
    /// At its end, and then the way goes on.
    Then(Box<Travel>),
}

impl Workbench {
    /// An empty one; the page opens something next.
    pub fn new(now: Now) -> Self {
        let world = World::beside(&now.server, now.clock, now.seed);
        Workbench {
            now,
            world,
            title: String::new(),
            switched: None,
            discipline: Discipline::default(),
            graph: Graph::build(Vec::new()).expect("no revisions are a graph"),
            standing: Standing::default(),
            images: Images::default(),
            tape: Tape::default(),
            history: history::History::default(),
            told_around: Rc::default(),
            expected: None,
            differs: false,
            unsaved: false,
            steps: Steps::new(),
            failure: None,
            ran: BTreeMap::new(),
            unreadable: None,
            wrong: BTreeMap::new(),
            found: BTreeMap::new(),
            seen: show::Seen::default(),
            told: Told::default(),
            terminal: terminal::Terminal::default(),
            forecast: forecast::Forecast::default(),
            work: None,
            arriving: None,
            speaks_of_server: false,
            queue: VecDeque::new(),
            said: Vec::new(),
        }
    }

    /// Takes a request; Stop is heard at once, everything else in its turn.
    pub fn ask(&mut self, number: u32, request: Request) {
        match request {
            Request::Stop => self.stop(number),
            request => self.queue.push_back((number, request)),
        }
    }

    /// Does a little; says whether there is more to do.
    pub fn turn(&mut self) -> bool {
        if self.wants_server() {
            return false;
        }
        if let Some((number, arrival)) = self.arriving.take() {
            self.begun(number, |bench| bench.take_in(arrival, number));
        } else if self.work.is_some() {
            self.slice();
        } else if let Some((number, request)) = self.queue.pop_front() {
            self.begin(number, request);
        } else if self.unsaved {
            self.save();
        } else if self.may_look_ahead() {
            self.look_ahead();
        }
        self.arriving.is_some()
            || self.work.is_some()
            || !self.queue.is_empty()
            || self.unsaved
            || (self.may_look_ahead() && self.forecast.wants_more())
    }

    // The server has one session: what waits in the middle of a revision is not disturbed.
    fn may_look_ahead(&self) -> bool {
        !(self.may_use_server() && self.standing.open.is_some())
    }

    fn may_use_server(&self) -> bool {
        self.speaks_of_server || self.world.is_on_server()
    }

    /// Whether PostgreSQL is to be fetched before anything goes on.
    pub fn wants_server(&self) -> bool {
        (self.arriving.is_some() || self.speaks_of_server) && !self.now.server.is_settled()
    }

    /// PostgreSQL came, or it is known why not.
    pub fn server_came(&mut self, wire: Result<Box<dyn Wire>, String>) {
        self.now.server.came(wire, &self.world.guard);
    }

    /// What is to be sent to the page, in order.
    pub fn take_said(&mut self) -> Vec<(u32, Reply)> {
        std::mem::take(&mut self.said)
    }

    fn begin(&mut self, number: u32, request: Request) {
        self.history.begin(&request);
        if self.may_use_server() {
            self.forecast.withdraw();
        }
        self.begun(number, |bench| bench.follow(number, request));
    }

    fn follow(&mut self, number: u32, request: Request) -> Done {
        match request {
            Request::Open(source) => self.open(number, source),
            Request::Write { path, text } => self.write(number, &path, &text),
            Request::Create { path, text } => self.create(number, &path, &text),
            Request::Rename { from, to } => self.rename(number, &from, &to),
            Request::Delete { path } => self.delete(number, &path),
            Request::MakeRevision { message } => self.make_revision(number, &message),
            Request::Move(travel) => self.travel(number, &travel),
            Request::Rows(asked) => self.rows(number, &asked),
            Request::EditRows(edit) => self.edit_rows(number, &edit),
            Request::Undo => self.undo(number),
            Request::Redo => self.redo(number),
            Request::Discipline(discipline) => self.switch(number, discipline),
            Request::Type { line } => self.type_line(number, &line),
            Request::Complete { line } => self.complete(number, &line),
            Request::Link(carry) => self.link(number, &carry),
            Request::Packing => self.packing(number),
            Request::Zip(pack) => self.zip(number, pack),
            Request::Database => self.database(number),
            Request::Retitle { title } => self.retitle(number, title),
            Request::Stop => Ok(()),
        }
    }

    // What a request comes to, now or when its run has ended.
    fn begun(&mut self, number: u32, begin: impl FnOnce(&mut Self) -> Done) {
        match begin(self) {
            Err(trouble) => self.say(number, Reply::Refused(trouble)),
            Ok(()) if self.arriving.as_ref().is_some_and(|(waiting, _)| *waiting == number) => {}
            Ok(()) if self.work.as_ref().is_some_and(|work| work.number == number) => {}
            Ok(()) => self.say(number, Reply::Finished),
        }
    }

    fn say(&mut self, number: u32, reply: Reply) {
        self.said.push((number, reply));
    }

    fn volunteer(&mut self, reply: Reply) {
        self.say(frame::UNASKED, reply);
    }

    fn stop(&mut self, number: u32) {
        if let Some(work) = &mut self.work {
            work.going.interrupt();
            self.world.guard.interrupt(true);
        }
        self.terminal.forget_line();
        self.say(number, Reply::Finished);
    }
}

/// What a request ends in, unless something runs on.
type Done = Result<(), Trouble>;

/// The settings of a command that nobody typed.
fn settings() -> Settings {
    Settings { section: "alembic".into(), ..Settings::default() }
}

/// An error, told to a person.
fn trouble(error: &retort::error::Error) -> Trouble {
    let text = error.to_string();
    let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
    Trouble { title: title.into(), says: retort_protocol::words::Words::plain(rest), ..Trouble::default() }
}
