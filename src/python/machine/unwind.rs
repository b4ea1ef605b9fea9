//! Exceptions on their way down the frames.

use crate::python::heap::classes;
use crate::python::heap::object::{Data, GeneratorKind, GeneratorState, TraceEntry};
use crate::python::machine::code::Op;
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Raise, Then};
use crate::python::value::Value;

impl Machine {
    /// Finds the handler of an exception and leaves the machine there; or the outcome holds it.
    pub(crate) fn unwind(&mut self, mut raise: Raise) {
        self.switched = true;
        self.add_context(raise.0);
        loop {
            let stop = self.heap.class_of(raise.0) == classes::STOP;
            let next = match self.frames.last() {
                Some(Activation::Python(_)) => self.unwind_python(raise, stop),
                Some(Activation::Native { .. }) => self.unwind_native(raise, stop),
                _ => {
                    self.frames.pop();
                    self.outcome = Some(Err(raise));
                    None
                }
            };
            match next {
                Some(next) => raise = next,
                None => return,
            }
        }
    }

    fn unwind_native(&mut self, raise: Raise, stop: bool) -> Option<Raise> {
        let Some(Activation::Native { then, keep, floor }) = self.frames.pop() else {
            unreachable!("the top was native")
        };
        self.stack.truncate(floor as usize);
        match then {
            Then::Outcome(then) if !stop => {
                let next = then(self, keep, Err(raise.0)).and_then(|flow| self.apply(flow)).err()?;
                self.add_context(next.0);
                Some(next)
            }
            _ => Some(raise),
        }
    }

    fn unwind_python(&mut self, raise: Raise, stop: bool) -> Option<Raise> {
        let Some(Activation::Python(frame)) = self.frames.last_mut() else { unreachable!("the top was Python") };
        let at = frame.pc.saturating_sub(1);
        let op = frame.code.body().ops[at as usize];
        let class = self.heap.class_of(raise.0);
        if let Op::ForIter(target) | Op::Send(target) = op
            && self.heap.is_subclass(class, classes::STOP_ITERATION)
        {
            let value = self.stop_value(raise.0);
            self.end_iteration(op, target, value);
            return None;
        }
        if !matches!(op, Op::Reraise | Op::Raise(0)) {
            let entry = TraceEntry { code: frame.code.clone(), at };
            if let Data::Exception(exception) = self.heap.data_mut(raise.0.handle().expect("exceptions are objects")) {
                exception.trace.push(entry);
            }
        }
        let Some(Activation::Python(frame)) = self.frames.last_mut() else { unreachable!("the top was Python") };
        if let Some(block) = frame.blocks.pop()
            && !stop
        {
            frame.handled = raise.0;
            frame.pc = block.handler;
            let height = (frame.base + block.height) as usize;
            self.let_go(height);
            self.stack.truncate(height);
            self.stack.extend([block.handled, raise.0]);
            return None;
        }
        self.leave_by(raise)
    }

    fn leave_by(&mut self, raise: Raise) -> Option<Raise> {
        let Some(Activation::Python(frame)) = self.frames.pop() else { unreachable!("the top was Python") };
        self.let_go(frame.base as usize);
        self.stack.truncate(frame.floor as usize);
        let Some(generator) = frame.generator else { return Some(raise) };
        let Data::Generator(state) = self.heap.data_mut(generator) else { unreachable!("a generator") };
        state.state = GeneratorState::Done;
        let (kind, class) = (state.kind, self.heap.class_of(raise.0));
        let wrong = match kind {
            GeneratorKind::Generator if self.heap.is_subclass(class, classes::STOP_ITERATION) => {
                "generator raised StopIteration"
            }
            GeneratorKind::Coroutine if self.heap.is_subclass(class, classes::STOP_ITERATION) => {
                "coroutine raised StopIteration"
            }
            GeneratorKind::AsyncGenerator if self.heap.is_subclass(class, classes::STOP_ITERATION) => {
                "async generator raised StopIteration"
            }
            GeneratorKind::AsyncGenerator if self.heap.is_subclass(class, classes::STOP_ASYNC_ITERATION) => {
                "async generator raised StopAsyncIteration"
            }
            _ => return Some(raise),
        };
        let error = self.runtime_error(wrong);
        let data = self.exception_data_mut(error.0).expect("a new exception");
        (data.cause, data.context, data.suppress) = (raise.0, raise.0, true);
        Some(error)
    }

    /// The iterator under the top of the stack has ended: a loop goes past it, a `yield from` has its value.
    pub(crate) fn end_iteration(&mut self, op: Op, target: u32, value: Value) {
        self.stack.pop();
        if matches!(op, Op::Send(_)) {
            self.stack.push(value);
        }
        let Some(Activation::Python(frame)) = self.frames.last_mut() else {
            unreachable!("the loop's frame is on top")
        };
        frame.pc = target;
        self.switched = true;
    }

    pub(crate) fn stop_value(&self, exception: Value) -> Value {
        let args = self.exception_data(exception).map_or(Value::None, |data| data.args);
        self.items_of(args).and_then(|items| items.first().copied()).unwrap_or(Value::None)
    }

    /// The exception whose handler is running, nearest first.
    pub(crate) fn handled(&self) -> Value {
        let mut frames = self.frames.iter().rev();
        let found = frames.find_map(|activation| match activation {
            Activation::Python(frame) if !frame.handled.is_none() => Some(frame.handled),
            _ => None,
        });
        found.unwrap_or(Value::None)
    }

    fn add_context(&mut self, exception: Value) {
        let handled = self.handled();
        let fresh = self.exception_data(exception).is_some_and(|data| data.context.is_none());
        if handled.is_none() || handled == exception || !fresh || self.leads_to(handled, exception) {
            return;
        }
        self.exception_data_mut(exception).expect("an exception").context = handled;
    }

    fn leads_to(&self, from: Value, to: Value) -> bool {
        let mut at = from;
        for _ in 0..1000 {
            if at == to {
                return true;
            }
            match self.exception_data(at) {
                Some(data) if !data.context.is_none() => at = data.context,
                _ => return false,
            }
        }
        true
    }
}
