//! Slices of what runs, and what follows its steps and its end.

use super::around::Around;
use super::going::Came;
use super::{Goal, Work, Workbench};
use retort::commands::Outcome;
use retort::database::images::Image;
use retort::error::Result;
use retort::runtime::Budget;
use retort::runtime::trace::Step;
use retort::script::Direction;
use retort_protocol::terminal::Tone;
use retort_protocol::{Reply, Request};
use std::rc::Rc;

impl Workbench {
    /// Lets the work go on for a slice.
    pub(super) fn slice(&mut self) {
        let Some(mut work) = self.work.take() else {
            return;
        };
        let came = work.going.resume(Budget::page());
        self.show_output(work.number);
        match came {
            Came::Working => self.go_on(work),
            Came::Step => self.stepped(work),
            Came::Done(result) => self.ended(work, result),
        }
    }

    fn go_on(&mut self, work: Work) {
        let doing = match work.goal {
            Goal::Typed | Goal::Then(_) => "Running the command",
            _ => "Running the revision",
        };
        let done = u64::from(self.tape.done());
        self.say(work.number, Reply::Progress { doing: doing.into(), done, of: None });
        self.work = Some(work);
    }

    fn stepped(&mut self, mut work: Work) {
        if let Some((step, image)) = newest(&mut work) {
            let image = self.images.keep(&image);
            self.record(step, image);
        }
        let done = match work.goal {
            Goal::NextStep => !self.is_last_known(),
            Goal::Step(number) => self.tape.done() >= number && !self.is_last_known(),
            Goal::End | Goal::Typed | Goal::Then(_) => false,
        };
        if done { self.rest(work) } else { self.work = Some(work) }
    }

    fn record(&mut self, step: Step, image: Image) {
        self.standing.last = None;
        self.standing.failed = None;
        self.failure = None;
        let first_rows = self.told_around.borrow_mut().image.take();
        let first_rows = first_rows.map(|image| self.images.keep(&image));
        self.tape.push(step, image, first_rows);
    }

    /// Whether the step just taken is, as far as was foreseen, the last of its revision: then nothing is left but to commit.
    fn is_last_known(&self) -> bool {
        let Some(lit) = self.tape.lit() else {
            return false;
        };
        let known = self.steps.get(&(lit.revision.clone(), lit.direction == Direction::Up));
        known.is_some_and(|known| known.len() == lit.number as usize)
    }

    /// The run waits at a step, its transaction open.
    fn rest(&mut self, work: Work) {
        self.stand_open();
        self.terminal.waiting = Some(work.going);
        self.compare_with_shared(work.number);
        self.show_scene(work.number);
        self.checkpoint();
        self.say(work.number, Reply::Finished);
    }

    fn ended(&mut self, mut work: Work, result: Result<Option<Outcome>>) {
        self.world.guard.interrupt(false);
        self.learn(&mut work);
        drop(work.going);
        self.tell_around(work.number);
        self.standing.open = None;
        self.world.settle();
        self.survey();
        match result {
            Ok(outcome) => self.succeeded(work.number, &work.goal, outcome),
            Err(error) => self.failed(work.number, &work.goal, &error),
        }
    }

    fn succeeded(&mut self, number: u32, goal: &Goal, outcome: Option<Outcome>) {
        self.standing.last = self.applied_last();
        if let Some(outcome) = outcome {
            self.show_outcome(number, &outcome);
            self.show_files(number);
            self.show_made(number, &outcome.files);
        }
        self.show_files(number);
        self.show_scene(number);
        if *goal == Goal::Typed {
            self.prompt(number);
        }
        self.forecast.stale();
        self.checkpoint();
        match goal {
            Goal::Then(travel) => self.queue.push_front((number, Request::Move((**travel).clone()))),
            _ => self.say(number, Reply::Finished),
        }
    }

    /// Who stands around the revisions of a run that begins.
    pub(super) fn around(&mut self) -> Around {
        self.told_around = Rc::default();
        Around::of(&self.world, &self.told_around)
    }

    fn tell_around(&mut self, number: u32) {
        let told = self.told_around.take();
        told.said.into_iter().for_each(|said| self.print(number, Tone::Aside, said));
    }

    /// The revision that the lit step belongs to, if it was applied by it.
    fn applied_last(&self) -> Option<String> {
        self.tape.lit().filter(|lit| lit.direction == Direction::Up).map(|lit| lit.revision.clone())
    }

    /// What the run has shown of its revisions' steps is known from now on.
    fn learn(&mut self, work: &mut Work) {
        let Some(run) = work.going.run() else {
            return;
        };
        for (key, known) in super::forecast::known(run.steps()) {
            self.steps.insert(key, known);
        }
    }
}

/// The step that was taken last, with the database as it stands inside the transaction.
fn newest(work: &mut Work) -> Option<(Step, Vec<u8>)> {
    let run = work.going.run()?;
    let step = run.steps().last()?.clone();
    let image = run.connection()?.image()?;
    Some((step, image))
}
