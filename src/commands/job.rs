//! A command while it runs.

use super::{Command, Environment, Outcome, Said, Settings, slips};
use crate::error::Result;
use crate::host::Host;
use crate::runtime::{Around, Budget, Made, Opts, Pausing, Run, Slice, Task, Visit, Work};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// A command while it runs.
pub struct Job {
    state: State,
    host: Rc<dyn Host>,
    settings: Settings,
    command: Command,
}

enum State {
    Done(Box<Result<Outcome>>),
    Running(Box<Run>, Slot),
}

/// Where a task leaves its outcome.
pub(super) type Slot = Rc<RefCell<Outcome>>;

/// How far a job has come.
#[derive(Debug)]
pub enum Progress {
    /// There is more to do.
    Working,
    /// A step is done, and pausing was asked for.
    Step,
    /// It is over.
    Done(Result<Outcome>),
}

/// What a command is at first: over, or a run of env.py.
pub(super) enum Start {
    /// It needed no environment.
    Done(Outcome),
    /// env.py has to run.
    Environment { name: &'static str, opts: Opts, task: Box<dyn Task>, slot: Slot },
}

impl Job {
    /// Begins a command.
    pub fn start(host: Rc<dyn Host>, settings: &Settings, command: &Command) -> Job {
        let state = Job::begin(&host, settings, command)
            .unwrap_or_else(|error| State::Done(Box::new(Err(slips::explained(error, &host, settings, command)))));
        Job { state, host, settings: settings.clone(), command: command.clone() }
    }

    fn begin(host: &Rc<dyn Host>, settings: &Settings, command: &Command) -> Result<State> {
        match command {
            Command::Init(params) => return Ok(done(super::init::run(host, settings, params)?)),
            Command::ListTemplates(_) => return Ok(done(super::list_templates::run())),
            _ => {}
        }
        let environment = Environment::open(Rc::clone(host), settings)?;
        match Job::dispatch(&environment, command)? {
            Start::Done(outcome) => Ok(done(outcome)),
            Start::Environment { name, mut opts, task, slot } => {
                opts.words = words(command);
                Ok(State::Running(Box::new(environment.run(name, opts, task)?), slot))
            }
        }
    }

    fn dispatch(environment: &Environment, command: &Command) -> Result<Start> {
        match command {
            Command::Branches(params) => super::branches::start(environment, params),
            Command::Check(params) => super::check::start(environment, params),
            Command::Current(params) => super::current::start(environment, params),
            Command::Downgrade(params) => super::downgrade::start(environment, params),
            Command::Edit(params) => super::edit::start(environment, params),
            Command::EnsureVersion(params) => super::ensure_version::start(environment, params),
            Command::Heads(params) => super::heads::start(environment, params),
            Command::History(params) => super::history::start(environment, params),
            Command::Merge(params) => super::merge::start(environment, params),
            Command::Revision(params) => super::revision::start(environment, params),
            Command::Show(params) => super::show::start(environment, params),
            Command::Stamp(params) => super::stamp::start(environment, params),
            Command::Upgrade(params) => super::upgrade::start(environment, params),
            Command::Init(_) | Command::ListTemplates(_) => Ok(Start::Done(Outcome::default())),
        }
    }

    /// Goes on for a while.
    pub fn resume(&mut self, budget: Budget) -> Progress {
        match &mut self.state {
            State::Done(result) => Progress::Done((**result).clone()),
            State::Running(run, slot) => match run.resume(budget) {
                Slice::Working => Progress::Working,
                Slice::Step => Progress::Step,
                Slice::Done(result) => {
                    let slips = |error| slips::explained(error, &self.host, &self.settings, &self.command);
                    let result = result.map(|()| with_findings(&slot.borrow(), run)).map_err(slips);
                    Progress::Done(result)
                }
            },
        }
    }

    /// The run of env.py, while and after it runs.
    pub fn environment(&self) -> Option<&Run> {
        match &self.state {
            State::Running(run, _) => Some(run),
            State::Done(_) => None,
        }
    }

    /// The same, to look at its databases.
    pub fn environment_mut(&mut self) -> Option<&mut Run> {
        match &mut self.state {
            State::Running(run, _) => Some(run),
            State::Done(_) => None,
        }
    }

    /// Somebody wants to know of every revision that is run.
    pub fn around(&mut self, around: Box<dyn Around>) {
        if let State::Running(run, _) = &mut self.state {
            run.around(around);
        }
    }

    /// Says whether to pause after each step.
    pub fn pause(&mut self, pausing: Pausing) {
        if let State::Running(run, _) = &mut self.state {
            run.pause(pausing);
        }
    }

    /// Ends the job in a program that ends now: nothing is taken apart that the operating system takes back anyway.
    pub fn leave(self) {
        if let State::Running(run, _) = self.state {
            run.leave();
        }
    }

    /// Stops at the next opportunity; what was not committed is rolled back.
    pub fn interrupt(&mut self) {
        if let State::Running(run, _) = &mut self.state {
            run.interrupt();
        }
    }
}

/// The outcome, and what Python's files gave to wonder about: imports that nobody knows.
fn with_findings(outcome: &Outcome, run: &Run) -> Outcome {
    let mut outcome = outcome.clone();
    for found in run.findings() {
        let name = found.file.rsplit('/').next().unwrap_or(&found.file);
        outcome.said.push(Said::Warning(format!("Warning: {name}, line {}: {}", found.span.line, found.message)));
    }
    outcome
}

/// A command's parameters as argparse would name them.
fn words(command: &Command) -> serde_json::Map<String, Value> {
    let Ok(Value::Object(tagged)) = serde_json::to_value(command) else { return serde_json::Map::new() };
    let Some(Value::Object(mut params)) = tagged.into_iter().next().map(|(_, params)| params) else {
        return serde_json::Map::new();
    };
    if let Some(Value::Object(target)) = params.remove("to") {
        params.extend(target);
    }
    params
}

fn done(outcome: Outcome) -> State {
    State::Done(Box::new(Ok(outcome)))
}

/// A command's part of a run: a function of the version table's rows, and one for the end.
pub(super) struct Look {
    work: Box<dyn FnMut(&Visit<'_>, &mut Outcome) -> Result<Work>>,
    end: Box<dyn FnMut(Made, &mut Outcome) -> Result<()>>,
    slot: Slot,
}

impl Look {
    /// A run of env.py for a function of the rows.
    pub(super) fn start(
        name: &'static str,
        opts: Opts,
        work: impl FnMut(&Visit<'_>, &mut Outcome) -> Result<Work> + 'static,
    ) -> Start {
        Look::start_with_end(name, opts, work, |_, _| Ok(()))
    }

    /// A run of env.py that has something to do at its end.
    pub(super) fn start_with_end(
        name: &'static str,
        opts: Opts,
        work: impl FnMut(&Visit<'_>, &mut Outcome) -> Result<Work> + 'static,
        end: impl FnMut(Made, &mut Outcome) -> Result<()> + 'static,
    ) -> Start {
        let slot = Slot::default();
        let task = Look { work: Box::new(work), end: Box::new(end), slot: Rc::clone(&slot) };
        Start::Environment { name, opts, task: Box::new(task), slot }
    }
}

impl Task for Look {
    fn work(&mut self, visit: &Visit<'_>) -> Result<Work> {
        (self.work)(visit, &mut self.slot.borrow_mut())
    }

    fn finish(&mut self, made: Made) -> Result<()> {
        (self.end)(made, &mut self.slot.borrow_mut())
    }
}
