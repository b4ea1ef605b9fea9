//! Opening a project: it arrives, its history is run where its rows did not come along, and it stands where it stood.

use super::around::{FirstRows, mixed};
use super::source::{Arrival, arrive};
use super::{Done, Goal, Workbench, trouble};
use retort::cli::{self, Parsed};
use retort::commands::{Job, Progress};
use retort::error::Result;
use retort::project::Running;
use retort::runtime::Budget;
use retort_protocol::Reply;
use retort_protocol::files::Trouble;
use retort_protocol::reply::Opened;
use retort_protocol::request::{Source, Travel};
use std::rc::Rc;

impl Workbench {
    pub(super) fn open(&mut self, number: u32, source: Source) -> Done {
        let arrival = arrive(source, &self.now).map_err(|error| trouble(&error))?;
        if arrival.world.speaks_of_postgresql() {
            self.arriving = Some((number, arrival));
            return Ok(());
        }
        self.take_in(arrival, number)
    }

    pub(super) fn take_in(&mut self, arrival: Arrival, number: u32) -> Done {
        let Arrival { title, world, position, runs, steps, show, mut warnings, digest, discipline } = arrival;
        let fresh = Workbench::new(self.now.clone());
        let (queue, said) = (std::mem::take(&mut self.queue), std::mem::take(&mut self.said));
        *self = Workbench { world, title, steps, queue, said, expected: digest, ..fresh };
        self.switch_to(discipline.as_deref());
        self.survey();
        self.draw_anew();
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

    // Two revisions must not be given one id: what is drawn for commands depends on the revisions that are there.
    fn draw_anew(&mut self) {
        let ids: Vec<&str> = self.graph.revisions().map(|revision| revision.id.as_str()).collect();
        self.world.host.set_seed(mixed(self.world.seed, &ids));
    }

    fn opened(&self, show: Option<String>, warnings: Vec<String>, running: Option<&Running>) -> Opened {
        let unreadable = self.unreadable.clone().into_iter();
        Opened {
            title: self.title.clone(),
            database: self.database_label(),
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
                self.compare_with_shared(number);
                self.show_scene(number);
                self.checkpoint();
                Ok(())
            }
        }
    }

    /// Runs the history up to `heads`; without any, as far as the project's first rows, which go in there.
    fn run_history(&mut self, heads: &[String]) -> Result<()> {
        let first = FirstRows::of(&self.world);
        let id = |rows: FirstRows| self.graph.revisions().find(|it| rows.follow(&it.id)).map(|it| it.id.clone());
        match first.and_then(id).filter(|_| heads.is_empty()) {
            Some(after) => self.upgrade_silently(&after),
            None => heads.iter().try_for_each(|head| self.upgrade_silently(head)),
        }
    }

    fn upgrade_silently(&mut self, target: &str) -> Result<()> {
        let words = ["upgrade".to_string(), target.to_string()];
        let Parsed::Run(settings, command) = cli::parse("alembic", &words) else {
            return Ok(());
        };
        let mut job = Job::start(Rc::clone(&self.world.host) as Rc<_>, &settings, &command);
        job.around(Box::new(self.around()));
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

    /// Whether what was shared came out the same here; told in the terminal and at the step.
    pub(super) fn compare_with_shared(&mut self, number: u32) {
        let Some(expected) = self.expected.take() else {
            return;
        };
        self.differs = self.digest().is_some_and(|digest| digest != expected);
        if self.differs {
            let said = "Replayed here, schema or rows came out otherwise than they were shared.\n";
            self.print(number, retort_protocol::terminal::Tone::Aside, said.into());
        }
    }
}
