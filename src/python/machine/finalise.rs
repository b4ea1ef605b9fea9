//! Generators that nobody holds any more are closed, as CPython does when the last reference goes: their `finally` runs.
//!
//! Nothing here counts references. Where a program most often lets go of a generator (a loop that is left, a function
//! that ends, an exception) the heap is asked who holds it; the collector finds the others.

use crate::host::{Console, Stream};
use crate::python::heap::object::{Data, GeneratorKind, GeneratorState};
use crate::python::heap::{Heap, classes};
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

/// How often the heap is asked at once; after that, once in so many instructions as it has objects.
const EAGER: u32 = 64;

/// The generators that may have something to do at their end.
#[derive(Default)]
pub(crate) struct Open {
    /// Suspended inside a `try` or a `with`.
    suspended: Vec<Handle>,
    /// Let go of by somebody, perhaps the last.
    dropped: Vec<Handle>,
    asked: u32,
    asked_at: u64,
}

impl Open {
    pub(crate) fn is_empty(&self) -> bool {
        self.suspended.is_empty()
    }
}

impl Heap {
    fn is_waiting(&self, handle: Handle) -> bool {
        matches!(self.data(handle), Data::Generator(generator) if matches!(generator.state, GeneratorState::Suspended(..)))
    }
}

impl Machine {
    /// A generator has been suspended inside a `try` or a `with`.
    pub(crate) fn watch(&mut self, generator: Handle) {
        if self.open.suspended.last() == Some(&generator) {
            return;
        }
        if self.open.suspended.len() >= 256 {
            let mut all = std::mem::take(&mut self.open.suspended);
            all.sort_unstable_by_key(|handle| handle.0);
            all.dedup();
            all.retain(|handle| self.heap.is_waiting(*handle));
            self.open.suspended = all;
        }
        self.open.suspended.push(generator);
    }

    /// Values of the stack are about to go: what of them is a watched generator is looked at before the next
    /// instruction.
    #[inline]
    pub(crate) fn let_go(&mut self, from: usize) {
        if !self.open.suspended.is_empty() {
            self.note_dropped(from);
        }
    }

    fn note_dropped(&mut self, from: usize) {
        for at in from..self.stack.len() {
            if let Value::Object(handle) = self.stack[at]
                && self.heap.is_waiting(handle)
                && self.open.suspended.contains(&handle)
            {
                self.open.dropped.push(handle);
            }
        }
    }

    /// Closes those of the dropped generators that nobody else holds.
    pub(crate) fn close_dropped(&mut self) {
        let mut dropped = std::mem::take(&mut self.open.dropped);
        dropped.retain(|handle| self.heap.is_waiting(*handle));
        if dropped.is_empty() || !self.may_ask() {
            return;
        }
        let roots = self.roots();
        let dying = self.heap.unreachable(roots, &dropped);
        self.close_all(&dying);
    }

    #[inline]
    pub(crate) fn has_dropped(&self) -> bool {
        !self.open.dropped.is_empty() && self.leaf_depth == 0
    }

    // Asking costs as much as a collection: it must not be the greater part of the work.
    fn may_ask(&mut self) -> bool {
        let now = self.spent + self.budget.saturating_sub(self.fuel);
        if self.open.asked >= EAGER && now < self.open.asked_at + self.heap.size() as u64 {
            return false;
        }
        self.open.asked += 1;
        self.open.asked_at = now;
        true
    }

    /// The watched generators, for the collector; it gives back those that live.
    pub(crate) fn take_watched(&mut self) -> Vec<Handle> {
        let mut watched = std::mem::take(&mut self.open.suspended);
        watched.retain(|handle| self.heap.is_waiting(*handle));
        watched
    }

    /// What the collector found: the living are watched on, the dying are closed.
    pub(crate) fn collected(&mut self, living: Vec<Handle>, dying: &[Handle]) {
        self.open.suspended = living;
        self.close_all(dying);
    }

    /// At the end of what was scheduled: closes the generators that nobody holds then. False: there are none.
    pub(crate) fn close_forgotten(&mut self) -> bool {
        let watched = self.take_watched();
        if watched.is_empty() {
            return false;
        }
        let roots = self.roots();
        let dying = self.heap.unreachable(roots, &watched);
        self.open.suspended = watched;
        self.close_all(&dying)
    }

    // Asynchronous ones would have to wait, and nobody awaits them.
    fn close_all(&mut self, dying: &[Handle]) -> bool {
        let simple = |handle: &&Handle| matches!(self.heap.data(**handle), Data::Generator(generator) if generator.kind != GeneratorKind::AsyncGenerator);
        let keep: Keep = dying.iter().filter(simple).rev().map(|handle| Value::from(*handle)).collect();
        if keep.is_empty() {
            return false;
        }
        self.push_continuation(Then::Outcome(next_closed), keep);
        if let Err(raise) = self.apply(Flow::Value(Value::None)) {
            self.unwind(raise);
        }
        true
    }

    fn say_ignored(&mut self, generator: Value, error: Value) {
        let shown = self.repr(generator).unwrap_or_default();
        let text = self.traceback_text(error);
        let said = format!("Exception ignored while closing generator {shown}:\n{text}");
        Console::write(&*self.host, Stream::Err, &said);
    }
}

// Keeps the generators that are to be closed yet; behind them, if one is being closed, None and that one.
fn next_closed(machine: &mut Machine, mut keep: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    if keep.len() > 1 && keep[keep.len() - 2].is_none() {
        let generator = keep.pop().expect("the one that is being closed");
        keep.pop();
        match outcome {
            Err(error) if machine.is_instance(error, classes::GENERATOR_EXIT) => {}
            Err(error) => machine.say_ignored(generator, error),
            Ok(_) => {}
        }
    }
    let Some(Value::Object(generator)) = keep.pop() else {
        let waits = matches!(machine.frames.last(), Some(Activation::Root));
        return Ok(if waits { Value::None.into() } else { Flow::Done });
    };
    keep.extend([Value::None, generator.into()]);
    machine.push_continuation(Then::Outcome(next_closed), keep);
    machine.close_generator(generator)
}
