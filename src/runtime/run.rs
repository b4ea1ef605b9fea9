//! A run of env.py: Python asks, the world answers, in slices.

use super::answer;
use super::border::{Border, Turn};
use super::listening::Listening;
use super::setup::{Budget, Pausing, Setup};
use super::task::{Around, Made, Task, Visit, Work};
use super::trace::{Event, Step};
use super::world::World;
use crate::error::{Diagnostic, Error, Kind, Result};
use crate::host::{Connection, Host};
use std::rc::Rc;
use std::time::Duration;
use web_time::Instant;

/// How a slice ended.
#[derive(Debug)]
pub enum Slice {
    /// There is more to do.
    Working,
    /// A step is done. The machine stands right after it, its transaction open.
    Step,
    /// It is over.
    Done(Result<()>),
}

/// A run of env.py.
pub struct Run {
    border: Border,
    world: World,
    listening: Rc<Listening>,
    pausing: Pausing,
    asked: bool,
    alone: Duration,
    interrupted: bool,
    result: Option<Result<()>>,
}

impl Run {
    /// A run that has not begun.
    pub fn new(setup: Setup, task: Box<dyn Task>) -> Result<Self> {
        let listening = Rc::new(Listening::to(Rc::clone(&setup.host)));
        let border = Border::new(&setup, Rc::clone(&listening) as Rc<dyn Host>)?;
        Ok(Run::of(border, listening, setup, task))
    }

    /// A run of a file that is no environment: `python models.py`.
    pub fn script(setup: Setup, path: &str) -> Result<Self> {
        let listening = Rc::new(Listening::to(Rc::clone(&setup.host)));
        let border = Border::script(&setup, Rc::clone(&listening) as Rc<dyn Host>, path)?;
        Ok(Run::of(border, listening, setup, Box::new(NoMigrations)))
    }

    fn of(border: Border, listening: Rc<Listening>, setup: Setup, task: Box<dyn Task>) -> Self {
        let world = World::new(setup, task);
        let (pausing, alone) = (Pausing::default(), Duration::ZERO);
        Run { border, world, listening, pausing, asked: false, alone, interrupted: false, result: None }
    }

    /// Says whether to pause after each step.
    pub fn pause(&mut self, pausing: Pausing) {
        self.pausing = pausing;
    }

    /// Somebody wants to know of every revision that is run.
    pub fn around(&mut self, around: Box<dyn Around>) {
        self.world.around = Some(around);
    }

    /// Ends the run at the next opportunity.
    pub fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// Closes the connections and leaves the rest, Python's whole heap, to the operating system.
    pub fn leave(mut self) {
        self.world.abandon();
        self.world.links.clear();
        std::mem::forget(self);
    }

    /// What the project's files gave to wonder about, at their places.
    pub fn findings(&self) -> &[Diagnostic] {
        self.border.findings()
    }

    /// The steps so far.
    pub fn steps(&self) -> &[Step] {
        &self.world.recorder.steps
    }

    /// What happened outside revisions.
    pub fn outside(&self) -> &[Event] {
        &self.world.recorder.outside
    }

    /// The connection of the environment, as it stands now, open transaction included; the first that is open.
    pub fn connection(&mut self) -> Option<&mut dyn Connection> {
        let link = self.world.links.iter_mut().flatten().next()?;
        Some(link.connection.as_mut())
    }

    /// The version table's rows as far as the run has come, and the revision that is being run.
    pub fn rows(&self) -> &[String] {
        self.world.contexts.last().map_or(&[], |context| &context.rows)
    }

    /// Goes on until the slice is used up, a step is to be shown, or all is done.
    pub fn resume(&mut self, budget: Budget) -> Slice {
        if let Some(result) = self.result.clone() {
            return self.finish(result);
        }
        let end = Instant::now() + budget.time;
        loop {
            if self.interrupted {
                return self.finish(Err(Error::new(Kind::Interrupted)));
            }
            if self.asked {
                if self.pauses() {
                    return Slice::Step;
                }
                if let Err(error) = self.answer() {
                    return self.finish(Err(error));
                }
            }
            let began = Instant::now();
            let turn = self.border.resume(budget.instructions);
            self.listening.take().into_iter().for_each(|said| self.world.recorder.event(said, None));
            match turn {
                Turn::Asked => self.asked = true,
                Turn::Spent => {
                    self.alone += began.elapsed();
                    if self.alone > budget.patience {
                        let error = self.border.endless(budget.patience);
                        return self.finish(Err(error));
                    }
                }
                Turn::Done(result) => return self.end(result),
            }
            if Instant::now() > end {
                return Slice::Working;
            }
        }
    }

    /// A step is shown before whatever moves the database on: the next change, a commit, the end.
    fn pauses(&mut self) -> bool {
        if self.pausing == Pausing::Never || !self.world.recorder.has_news() {
            return false;
        }
        let name = self.border.request_name();
        let may_change = answer::moves_database(name) || matches!(name, "execute" | "driver_sql");
        if !may_change {
            return false;
        }
        let same_line = matches!(name, "operation" | "operations" | "execute" | "driver_sql")
            && self.world.recorder.continues(self.border.place(self.world.recorder.path()).as_ref());
        if !same_line {
            self.world.recorder.seen();
        }
        !same_line
    }

    fn answer(&mut self) -> Result<()> {
        self.asked = false;
        self.alone = Duration::ZERO;
        let place = self.border.place(self.world.recorder.path());
        let result = {
            let mut asked = self.border.asked();
            answer::answer(&mut self.world, &mut asked, place)
        };
        let refused = std::mem::take(&mut self.world.refused);
        self.border.reply(result, &refused)
    }

    /// The machine is through; a step that nobody has seen is shown first.
    fn end(&mut self, result: Result<()>) -> Slice {
        if self.pausing == Pausing::EachStep && self.world.recorder.has_news() {
            self.world.recorder.seen();
            self.result = Some(result);
            return Slice::Step;
        }
        self.finish(result)
    }

    fn finish(&mut self, mut result: Result<()>) -> Slice {
        if let Err(error) = &mut result
            && error.aftermath.is_none()
            && self.world.recorder.path().is_some()
        {
            error.aftermath = self.world.aftermath();
        }
        self.world.recorder.end_revision();
        self.world.abandon();
        self.result = Some(result.clone());
        Slice::Done(result)
    }
}

/// The task of a file that is run for itself.
struct NoMigrations;

impl Task for NoMigrations {
    fn work(&mut self, _: &Visit<'_>) -> Result<Work> {
        Err(Error::command("Migrations are run by a command of Alembic's"))
    }

    fn finish(&mut self, _: Made) -> Result<()> {
        Ok(())
    }
}

impl Drop for Run {
    // A run that is left in its middle leaves nothing behind.
    fn drop(&mut self) {
        self.world.abandon();
    }
}
