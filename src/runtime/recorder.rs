//! Writes the trace while a run goes on, and cuts it into steps.

use super::trace::{Event, Sent, Step};
use crate::error::Place;
use crate::script::Direction;

/// What happened so far.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    /// The steps of all revisions that were run.
    pub(super) steps: Vec<Step>,
    /// What happened outside revisions: env.py's own statements and output.
    pub(super) outside: Vec<Event>,
    revision: Option<Running>,
    waiting: Vec<Event>,
    groups: Vec<Group>,
    unseen: bool,
}

/// The revision that is being run.
#[derive(Debug, Clone)]
struct Running {
    id: String,
    direction: Direction,
    path: String,
    first: usize,
}

/// A group that is open.
#[derive(Debug)]
struct Group {
    number: u64,
    name: String,
    place: Option<Place>,
    events: Vec<Event>,
}

impl Recorder {
    /// A revision's function begins.
    pub(super) fn begin_revision(&mut self, id: &str, direction: Direction, path: &str) {
        let (id, path) = (id.to_string(), path.to_string());
        self.revision = Some(Running { id, direction, path, first: self.steps.len() });
        self.waiting.clear();
    }

    /// A revision's function is through; what it printed at last belongs to its last step.
    pub(super) fn end_revision(&mut self) {
        self.groups.clear();
        let waiting = std::mem::take(&mut self.waiting);
        let first = self.revision.take().map_or(usize::MAX, |running| running.first);
        match self.steps.get_mut(first..).and_then(<[Step]>::last_mut) {
            Some(step) => step.events.extend(waiting),
            None => self.outside.extend(waiting),
        }
    }

    /// The file of the revision that is being run.
    pub(super) fn path(&self) -> Option<&str> {
        self.revision.as_ref().map(|running| running.path.as_str())
    }

    /// Whether a step was recorded that nobody has paused at.
    pub(super) fn has_news(&self) -> bool {
        self.unseen && self.groups.is_empty()
    }

    /// Somebody has paused.
    pub(super) fn seen(&mut self) {
        self.unseen = false;
    }

    /// Whether a change at this place would be part of the last step.
    pub(super) fn continues(&self, place: Option<&Place>) -> bool {
        let Some((running, place)) = self.revision.as_ref().zip(place) else { return false };
        let last = self.steps.get(running.first..).and_then(|steps| steps.last());
        let here = |it: &Place| it.file == place.file && it.span.line == place.span.line;
        !self.groups.is_empty() || last.and_then(|step| step.place.as_ref()).is_some_and(here)
    }

    /// Something happened at a place.
    pub(super) fn event(&mut self, event: Event, place: Option<Place>) {
        if let Some(group) = self.groups.last_mut() {
            group.events.push(event);
        } else if self.revision.is_none() {
            self.outside.push(event);
        } else if event.changes() {
            self.change(event, place);
        } else {
            self.waiting.push(event);
        }
    }

    /// A group begins; its number ends it.
    pub(super) fn begin_group(&mut self, number: u64, name: &str, place: Option<Place>) {
        self.groups.push(Group { number, name: name.into(), place, events: Vec::new() });
    }

    /// A group ends, and groups inside it that an exception left open.
    pub(super) fn end_group(&mut self, number: u64) {
        while self.groups.iter().any(|group| group.number == number) {
            let group = self.groups.pop().expect("a group has this number");
            if !group.events.is_empty() {
                self.event(Event::Group { name: group.name, events: group.events }, group.place);
            }
            if group.number == number {
                break;
            }
        }
    }

    fn change(&mut self, event: Event, place: Option<Place>) {
        let running = self.revision.clone().expect("changes are steps inside a revision");
        let micros = micros(&event);
        let mut events = std::mem::take(&mut self.waiting);
        events.push(event);
        self.unseen = true;
        if self.continues(place.as_ref()) {
            let step = self.steps.last_mut().expect("a step is continued");
            step.events.extend(events);
            step.changes += 1;
            step.micros += micros;
            return;
        }
        self.steps.push(Step {
            number: (self.steps.len() - running.first + 1) as u32,
            revision: running.id,
            direction: running.direction,
            place,
            events,
            changes: 1,
            micros,
        });
    }
}

fn micros(event: &Event) -> u64 {
    event.statements().iter().map(|sent: &&Sent| sent.micros).sum()
}
