//! Moving through the migrations: right is towards head, left towards base, always.

use super::going::Going;
use super::{Done, Goal, Work, Workbench, settings, trouble};
use crate::view::timeline::applied;
use retort::commands::Environment;
use retort::script::Direction;
use retort_protocol::files::Trouble;
use retort_protocol::request::Travel;
use std::rc::Rc;

/// Towards head or towards base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Right,
    Left,
}

impl Workbench {
    pub(super) fn travel(&mut self, number: u32, travel: &Travel) -> Done {
        match travel {
            Travel::StepForward => self.step(number, Way::Right, Goal::NextStep),
            Travel::StepBack => self.step(number, Way::Left, Goal::NextStep),
            Travel::RevisionForward => self.step(number, Way::Right, Goal::End),
            Travel::RevisionBack => self.step(number, Way::Left, Goal::End),
            Travel::Base => self.type_for_button(number, "alembic downgrade base"),
            Travel::Head => self.type_for_button(number, "alembic upgrade heads"),
            Travel::Bead { revision, step } => self.go_to_bead(number, revision, *step),
            Travel::Revision(id) => self.go_to_revision(number, id),
        }
    }

    // Inside a run the same arrow goes on, and the other one goes back over what was just done, without running anything.
    fn step(&mut self, number: u32, way: Way, goal: Goal) -> Done {
        let Some(open) = &self.standing.open else {
            return self.enter(number, way, goal);
        };
        let onwards = open.upgrade == (way == Way::Right);
        match (onwards, goal) {
            (true, Goal::NextStep) if self.tape.replay() => self.moved(number),
            (true, goal) => self.resume(number, goal),
            (false, Goal::NextStep) if self.tape.rewind() => self.moved(number),
            (false, _) => self.leave(number),
        }
    }

    /// Another place on the tape is shown.
    fn moved(&mut self, number: u32) -> Done {
        self.stand_open();
        self.show_scene(number);
        self.checkpoint();
        Ok(())
    }

    /// The suspended run goes on from its frontier.
    fn resume(&mut self, number: u32, goal: Goal) -> Done {
        while self.tape.replay() {}
        match self.terminal.waiting.take() {
            Some(going) => self.work = Some(Work { number, going, goal }),
            None => self.standing.open = None,
        }
        Ok(())
    }

    /// Leaves the open revision: what it did is rolled back.
    fn leave(&mut self, number: u32) -> Done {
        self.abandon();
        self.show_scene(number);
        self.checkpoint();
        Ok(())
    }

    /// Rolls the open revision back; says whether there was one.
    pub(super) fn abandon(&mut self) -> bool {
        let was_open = self.terminal.waiting.take().is_some();
        if was_open || self.standing.open.is_some() {
            self.restore_base();
            self.tape.clear();
            self.standing.open = None;
            self.standing.last = None;
            self.survey();
        }
        was_open
    }

    // Rolled back is what a transaction holds; as Alembic runs it, half of a revision may stand outside of one.
    fn restore_base(&mut self) {
        let Some(([base, _, _], path)) = self.tape.images().zip(self.world.database()) else {
            return;
        };
        let stored = self.world.image(&path).map(|image| self.images.keep(&image)).unwrap_or_default();
        if stored.same(&base) {
            return;
        }
        let restored = if base.is_empty() {
            self.world.remove(&path)
        } else {
            self.world.put(&path, &base.bytes()).map_err(retort::error::Error::from)
        };
        restored.expect("nothing is connected to a database whose revision was left");
    }

    fn enter(&mut self, number: u32, way: Way, goal: Goal) -> Done {
        let next = match way {
            Way::Right => self.next_up(),
            Way::Left => self.next_down(),
        };
        match next {
            Some(id) => self.run_revision(number, &id, way, goal),
            None => Ok(()),
        }
    }

    /// The first revision on the track that is not applied and whose parents are.
    pub(super) fn next_up(&self) -> Option<String> {
        let done = applied(&self.graph, &self.standing.heads);
        let mut order = self.graph.history("base", "heads").unwrap_or_default();
        order.reverse();
        let ready = |id: &str| self.graph.lower(id).iter().all(|lower| done.contains(lower));
        order.into_iter().map(|revision| &revision.id).find(|id| !done.contains(*id) && ready(id)).cloned()
    }

    /// The last revision on the track that is applied and that nothing applied stands on.
    pub(super) fn next_down(&self) -> Option<String> {
        let done = applied(&self.graph, &self.standing.heads);
        let order = self.graph.history("base", "heads").unwrap_or_default();
        let carries = |id: &String| done.iter().any(|other| self.graph.lower(other).contains(id));
        order.into_iter().map(|revision| &revision.id).find(|id| done.contains(*id) && !carries(id)).cloned()
    }

    fn run_revision(&mut self, number: u32, id: &str, way: Way, goal: Goal) -> Done {
        let direction = if way == Way::Right { Direction::Up } else { Direction::Down };
        let environment = Environment::open(Rc::clone(&self.world.host) as Rc<_>, &settings());
        let going = environment.and_then(|environment| Going::revision(&environment, id, direction));
        let mut going = going.map_err(|error| trouble(&error))?;
        going.around(self.around());
        let image = self.image();
        self.tape.begin(image);
        self.work = Some(Work { number, going, goal });
        Ok(())
    }

    fn go_to_bead(&mut self, number: u32, revision: &str, step: u32) -> Done {
        let open = self.standing.open.as_ref().is_some_and(|open| open.revision == revision);
        if open && self.tape.go_to(step) {
            return self.moved(number);
        }
        if open {
            return self.resume(number, Goal::Step(step));
        }
        self.abandon();
        let done = applied(&self.graph, &self.standing.heads);
        if done.contains(revision) {
            return self.go_to_revision(number, revision);
        }
        if self.next_up().as_deref() == Some(revision) {
            return self.run_revision(number, revision, Way::Right, Goal::Step(step));
        }
        let parents = self.graph.lower(revision);
        let before = parents.first().ok_or_else(|| far(revision))?;
        let then = Goal::Then(Box::new(Travel::Bead { revision: revision.into(), step }));
        self.command(number, &["upgrade".into(), before.clone()], then)
    }

    fn go_to_revision(&mut self, number: u32, id: &str) -> Done {
        self.abandon();
        let done = applied(&self.graph, &self.standing.heads);
        let verb = if done.contains(id) { "downgrade" } else { "upgrade" };
        self.type_for_button(number, &format!("alembic {verb} {id}"))
    }
}

fn far(revision: &str) -> Trouble {
    Trouble { title: format!("There is no single way to {revision} from here"), ..Trouble::default() }
}
