//! Opening a project: it arrives, its history is run where its rows did not come along, and it stands where it stood.

use super::source::{Arrival, arrive};
use super::{Done, Goal, Workbench, trouble};
use crate::console::complete;
use crate::shell::paths;
use retort::cli::{self, Parsed};
use retort::commands::{Job, Progress};
use retort::error::Result;
use retort::host::{Connection, Files};
use retort::project::Running;
use retort::runtime::Budget;
use retort_protocol::Reply;
use retort_protocol::files::Trouble;
use retort_protocol::reply::Opened;
use retort_protocol::request::{Source, Travel};
use std::rc::Rc;

/// The rows that a project begins with; its first line names the revision after which they are put in.
const SEED: &str = "seed.sql";

impl Workbench {
    pub(super) fn open(&mut self, number: u32, source: Source) -> Done {
        let arrival = arrive(source, &self.now).map_err(|error| trouble(&error))?;
        self.take_in(arrival, number)
    }

    fn take_in(&mut self, arrival: Arrival, number: u32) -> Done {
        let Arrival { title, world, position, runs, steps, show, mut warnings, digest: _, discipline } = arrival;
        let fresh = Workbench::new(super::Now { clock: self.now.clock, seed: self.now.seed });
        let (queue, said) = (std::mem::take(&mut self.queue), std::mem::take(&mut self.said));
        *self = Workbench { world, title, steps, queue, said, ..fresh };
        self.switch_to(discipline.as_deref());
        self.survey();
        let position = position.unwrap_or_default();
        if runs && let Err(error) = self.run_history(&position.heads) {
            warnings.push(format!("Its history could not be run: {error}"));
        }
        self.world.host.take_output();
        self.survey();
        self.begin_history();
        let opened = self.opened(show, warnings, position.running.as_ref());
        self.say(number, Reply::Opened(opened));
        self.show_files(number);
        self.prompt(number);
        self.forecast.stale();
        self.stand_again(number, position.running)
    }

    fn opened(&self, show: Option<String>, warnings: Vec<String>, running: Option<&Running>) -> Opened {
        let unreadable = self.unreadable.clone().into_iter();
        Opened {
            title: self.title.clone(),
            database: crate::database_name(),
            position: Some(running.map_or_else(|| self.position_words(), |it| format!("at step {}", it.step))),
            terminal: Vec::new(),
            warnings: unreadable
                .chain(warnings.into_iter().map(|title| Trouble { title, ..Trouble::default() }))
                .collect(),
            show,
        }
    }

    /// In the middle of a revision, the steps to that place are run again.
    fn stand_again(&mut self, number: u32, running: Option<Running>) -> Done {
        match running {
            Some(Running { revision, upgrade: true, step }) => self.travel(number, &Travel::Bead { revision, step }),
            Some(Running { step, .. }) => {
                self.travel(number, &Travel::StepBack)?;
                if let Some(work) = &mut self.work {
                    work.goal = Goal::Step(step);
                }
                Ok(())
            }
            None => {
                self.show_scene(number);
                self.checkpoint();
                Ok(())
            }
        }
    }

    /// Runs the history up to `heads`; without any, as far as the project's first rows, which go in there.
    fn run_history(&mut self, heads: &[String]) -> Result<()> {
        if let Some((after, seed)) = self.seed().filter(|(id, _)| self.graph.revision(id).is_some()) {
            self.upgrade_silently(&after)?;
            self.put_in(&seed)?;
        }
        heads.iter().try_for_each(|head| self.upgrade_silently(head))
    }

    /// The project's first rows, and the revision after which they are put in.
    fn seed(&self) -> Option<(String, String)> {
        let seed = crate::files::text(&self.world.host, &paths::absolute(SEED))?;
        let after = seed.lines().next()?.strip_prefix("-- after:")?.trim().to_string();
        Some((after, seed))
    }

    /// Puts the first rows in, if the revision that has just been applied is the one they follow.
    pub(super) fn seed_after(&mut self, number: u32, revision: &str) {
        let Some((_, seed)) = self.seed().filter(|(after, _)| after == revision) else {
            return;
        };
        let said = match self.put_in(&seed) {
            Ok(()) => format!("The rows of {SEED} were put in.\n"),
            Err(error) => format!("The rows of {SEED} could not be put in: {error}\n"),
        };
        self.print(number, retort_protocol::terminal::Tone::Aside, said);
    }

    fn upgrade_silently(&mut self, target: &str) -> Result<()> {
        let words = ["upgrade".to_string(), target.to_string()];
        let Parsed::Run(settings, command) = cli::parse("alembic", &words) else {
            return Ok(());
        };
        let mut job = Job::start(Rc::clone(&self.world.host) as Rc<_>, &settings, &command);
        let result = loop {
            match job.resume(Budget::page()) {
                Progress::Done(result) => break result,
                Progress::Working | Progress::Step => {}
            }
        };
        if let Some(run) = job.environment() {
            self.steps.extend(super::forecast::known(run.steps()));
        }
        result.map(drop)
    }

    fn put_in(&mut self, seed: &str) -> Result<()> {
        let Some(path) = self.world.database() else {
            return Ok(());
        };
        let mut connection = self.world.shelf.open(&path)?;
        for statement in complete::statements(seed) {
            connection.execute(statement, &[])?;
        }
        self.world.host.entry(&path).expect("a database that was opened has its file");
        Ok(())
    }
}
