//! What is running: a command as it was typed, or one revision for a step.

use retort::commands::{Environment, Job, Outcome, Progress};
use retort::error::Result;
use retort::runtime::{self, Budget, Made, Opts, Pausing, Run, Slice, Task, Visit, Work};
use retort::script::{Direction, Plan};

/// Something that runs in slices and pauses at steps.
pub(super) enum Going {
    /// A command of the terminal.
    Command(Box<Job>),
    /// One revision, or all that are pending.
    Revision(Box<Run>),
}

/// How a slice of it ended.
pub(super) enum Came {
    /// There is more to do.
    Working,
    /// A step is done.
    Step,
    /// It is over; only a command has an outcome.
    Done(Result<Option<Outcome>>),
}

impl Going {
    /// One revision's `upgrade()` or `downgrade()`.
    pub(super) fn revision(environment: &Environment, id: &str, direction: Direction) -> Result<Going> {
        let name = if direction == Direction::Up { "upgrade" } else { "downgrade" };
        let opts = Opts { destination_rev: vec![id.into()], ..Opts::default() };
        let task = OneRevision { id: id.into(), direction };
        let mut run = environment.run(name, opts, Box::new(task))?;
        run.pause(Pausing::EachStep);
        Ok(Going::Revision(Box::new(run)))
    }

    /// Goes on for a while.
    pub(super) fn resume(&mut self, budget: Budget) -> Came {
        match self {
            Going::Command(job) => match job.resume(budget) {
                Progress::Working => Came::Working,
                Progress::Step => Came::Step,
                Progress::Done(result) => Came::Done(result.map(Some)),
            },
            Going::Revision(run) => match run.resume(budget) {
                Slice::Working => Came::Working,
                Slice::Step => Came::Step,
                Slice::Done(result) => Came::Done(result.map(|()| None)),
            },
        }
    }

    /// The run of env.py in it.
    pub(super) fn run(&mut self) -> Option<&mut Run> {
        match self {
            Going::Command(job) => job.environment_mut(),
            Going::Revision(run) => Some(run),
        }
    }

    /// Somebody wants to know of every revision that is run.
    pub(super) fn around(&mut self, around: impl runtime::Around + 'static) {
        match self {
            Going::Command(job) => job.around(Box::new(around)),
            Going::Revision(run) => run.around(Box::new(around)),
        }
    }

    /// Ends it at the next opportunity.
    pub(super) fn interrupt(&mut self) {
        match self {
            Going::Command(job) => job.interrupt(),
            Going::Revision(run) => run.interrupt(),
        }
    }
}

/// Runs one revision and nothing else, whatever else the way there would ask for.
struct OneRevision {
    id: String,
    direction: Direction,
}

impl Task for OneRevision {
    fn work(&mut self, visit: &Visit<'_>) -> Result<Work> {
        let whole = match self.direction {
            Direction::Up => visit.graph.upgrade(&self.id, visit.rows)?,
            Direction::Down => visit.graph.downgrade("base", visit.rows)?,
        };
        let steps = whole.steps.into_iter().filter(|step| step.revision.as_ref() == Some(&self.id)).collect();
        Ok(Work { plan: Plan { steps, warnings: Vec::new() }, ..Work::default() })
    }

    fn finish(&mut self, _: Made) -> Result<()> {
        Ok(())
    }
}
