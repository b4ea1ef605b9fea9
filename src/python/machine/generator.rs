//! Generators, coroutines, async generators: frames taken off the stack.

use crate::python::heap::classes;
use crate::python::heap::names;
use crate::python::heap::object::{AsyncStep, AsyncStepKind, Data, GeneratorKind, GeneratorState};
use crate::python::machine::code::Op;
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

/// What goes into a suspended frame: a value, or an exception.
pub(crate) type Sent = Result<Value, Value>;

impl Machine {
    /// Puts a generator's frame back on top, with a value as the result of its `yield`, or an exception.
    /// What the generator yields goes to whoever is on top now.
    pub(crate) fn resume_generator(&mut self, handle: Handle, sent: Sent) -> Result<Flow, Raise> {
        let Data::Generator(generator) = self.heap.data_mut(handle) else { unreachable!("a generator") };
        let (kind, started) = (generator.kind, generator.started);
        match std::mem::replace(&mut generator.state, GeneratorState::Running) {
            GeneratorState::Running => Err(self.value_error(already_running(kind))),
            GeneratorState::Done => {
                self.generator_mut(handle).state = GeneratorState::Done;
                self.resumed_after_end(kind, sent)
            }
            GeneratorState::Suspended(frame, saved) => {
                if let (false, Ok(value)) = (started, sent)
                    && !value.is_none()
                {
                    self.generator_mut(handle).state = GeneratorState::Suspended(frame, saved);
                    return Err(
                        self.type_error(&format!("can't send non-None value to a just-started {}", kind_name(kind)))
                    );
                }
                if self.frames.len() >= self.limits.depth {
                    self.generator_mut(handle).state = GeneratorState::Suspended(frame, saved);
                    return Err(self.error(classes::RECURSION_ERROR, "maximum recursion depth exceeded"));
                }
                self.generator_mut(handle).started = true;
                let mut frame = *frame;
                let base = self.stack.len() as u32;
                (frame.base, frame.floor, frame.generator) = (base, base, Some(handle));
                self.stack.extend(saved);
                self.frames.push(Activation::Python(frame));
                self.switched = true;
                self.resumed(started, sent)
            }
        }
    }

    // The generator's frame is on top. Its `yield` has the flow's value.
    fn resumed(&mut self, started: bool, sent: Sent) -> Result<Flow, Raise> {
        match sent {
            Ok(value) if started => Ok(value.into()),
            // A fresh frame expects nothing; the compiler drops this value at its beginning.
            Ok(value) => Ok(value.into()),
            Err(exception) => match self.delegate().filter(|_| started) {
                Some(receiver) => self.throw_into(receiver, exception),
                None => Err(Raise(exception)),
            },
        }
    }

    // Throws into what the top frame delegates to, as if its Send were under way.
    fn throw_into(&mut self, receiver: Value, exception: Value) -> Result<Flow, Raise> {
        self.frame().pc -= 1;
        let closing = self.is_instance(exception, classes::GENERATOR_EXIT);
        match receiver.handle().map(|handle| (handle, self.heap.data(handle))) {
            Some((handle, Data::Generator(_))) if closing => {
                self.push_continuation(Then::Value(then_raise), Keep::from_slice(&[exception]));
                self.close_generator(handle)
            }
            Some((handle, Data::Generator(_))) => self.resume_generator(handle, Err(exception)),
            Some((handle, Data::AsyncStep(_))) => self.async_step(handle, Err(exception)),
            _ => match self.find_attr(receiver, "throw")? {
                Some(throw) if !closing => Ok(Flow::call(throw, [exception])),
                _ => Err(Raise(exception)),
            },
        }
    }

    fn resumed_after_end(&mut self, kind: GeneratorKind, sent: Sent) -> Result<Flow, Raise> {
        match (kind, sent) {
            (GeneratorKind::Coroutine, _) => Err(self.runtime_error("cannot reuse already awaited coroutine")),
            (_, Err(exception)) => Err(Raise(exception)),
            (GeneratorKind::AsyncGenerator, _) => Err(Raise(self.exception(classes::STOP_ASYNC_ITERATION, &[]))),
            (GeneratorKind::Generator, _) => Err(Raise(self.exception(classes::STOP_ITERATION, &[]))),
        }
    }

    fn generator_mut(&mut self, handle: Handle) -> &mut crate::python::heap::object::Generator {
        match self.heap.data_mut(handle) {
            Data::Generator(generator) => generator,
            _ => unreachable!("a generator"),
        }
    }

    /// `yield`: takes the frame off and hands the value to whoever resumed it.
    pub(crate) fn yield_op(&mut self, op: Op) -> Result<(), Raise> {
        let value = self.pop();
        let Some(Activation::Python(frame)) = self.frames.pop() else { unreachable!("a Python frame yields") };
        self.switched = true;
        let handle = frame.generator.expect("only generators yield");
        let saved = self.stack.split_off(frame.base as usize);
        if !frame.blocks.is_empty() {
            self.watch(handle);
        }
        self.generator_mut(handle).state = GeneratorState::Suspended(Box::new(frame), saved);
        if op == Op::YieldAsync { self.step_ends(value) } else { self.apply(Flow::Value(value)) }
    }

    // The step of an async generator that somebody awaits has its value.
    fn step_ends(&mut self, value: Value) -> Result<(), Raise> {
        if let Some(Activation::Python(frame)) = self.frames.last()
            && let op @ Op::Send(target) = frame.code.body().ops[frame.pc as usize - 1]
        {
            self.end_iteration(op, target, value);
            return Ok(());
        }
        Err(Raise(self.exception(classes::STOP_ITERATION, &[value])))
    }

    /// `generator.close()`
    pub(crate) fn close_generator(&mut self, handle: Handle) -> Result<Flow, Raise> {
        let generator = self.generator_mut(handle);
        match (&generator.state, generator.started) {
            (GeneratorState::Done, _) => Ok(Value::None.into()),
            (GeneratorState::Suspended(..), false) => {
                generator.state = GeneratorState::Done;
                Ok(Value::None.into())
            }
            _ => {
                let exit = self.exception(classes::GENERATOR_EXIT, &[]);
                self.push_continuation(Then::Outcome(closed), Keep::new());
                self.resume_generator(handle, Err(exit))
            }
        }
    }

    /// An exception from what `throw` got: an instance, a class, or a class and a value.
    pub(crate) fn thrown(&mut self, args: &Args) -> Result<Value, Raise> {
        let Some(first) = args.first().copied() else {
            return Err(self.type_error("throw expected at least 1 argument, got 0"));
        };
        if self.is_instance(first, classes::BASE_EXCEPTION) {
            return Ok(first);
        }
        match args.get(1) {
            Some(value) if self.is_instance(*value, classes::BASE_EXCEPTION) => Ok(*value),
            Some(value) if !value.is_none() => self.call_leaf(first, [*value]),
            _ => {
                match self.class_handle(first).filter(|class| self.heap.is_subclass(*class, classes::BASE_EXCEPTION)) {
                    Some(_) => self.call_leaf(first, []),
                    None => {
                        let message = format!(
                            "exceptions must be classes or instances deriving from BaseException, not {}",
                            self.type_name(first)
                        );
                        Err(self.type_error(&message))
                    }
                }
            }
        }
    }

    pub(crate) fn new_async_step(&mut self, generator: Handle, kind: AsyncStepKind, value: Value) -> Value {
        let step = AsyncStep { generator, kind, value, started: false };
        self.heap.alloc(classes::ASYNC_STEP, Data::AsyncStep(Box::new(step))).into()
    }

    /// Runs a step of an async generator: what it awaits goes up, what it yields ends the step.
    pub(crate) fn async_step(&mut self, handle: Handle, sent: Sent) -> Result<Flow, Raise> {
        let Data::AsyncStep(step) = self.heap.data_mut(handle) else { unreachable!("a step") };
        let (generator, kind, value, started) = (step.generator, step.kind, step.value, step.started);
        step.started = true;
        if started || sent.is_err() {
            return self.resume_generator(generator, sent);
        }
        match kind {
            AsyncStepKind::Send => self.resume_generator(generator, Ok(value)),
            AsyncStepKind::Throw => self.resume_generator(generator, Err(value)),
            AsyncStepKind::Close => {
                let state = self.generator_mut(generator);
                if !state.started || matches!(state.state, GeneratorState::Done) {
                    state.state = GeneratorState::Done;
                    return Err(Raise(self.exception(classes::STOP_ITERATION, &[])));
                }
                let exit = self.exception(classes::GENERATOR_EXIT, &[]);
                self.push_continuation(Then::Outcome(async_closed), Keep::new());
                self.resume_generator(generator, Err(exit))
            }
        }
    }

    /// What `await` waits for.
    pub(crate) fn awaitable(&mut self, value: Value) -> Result<Flow, Raise> {
        let handle = value.handle();
        if let Some(Data::Generator(generator)) = handle.map(|handle| self.heap.data(handle))
            && generator.kind == GeneratorKind::Coroutine
        {
            return Ok(value.into());
        }
        if let Some(Data::AsyncStep(_)) = handle.map(|handle| self.heap.data(handle)) {
            return Ok(value.into());
        }
        match self.special(value, names::AWAIT, [])? {
            Some(flow) => Ok(flow),
            None => {
                let message = format!("'{}' object can't be awaited", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }
}

fn kind_name(kind: GeneratorKind) -> &'static str {
    match kind {
        GeneratorKind::Generator => "generator",
        GeneratorKind::Coroutine => "coroutine",
        GeneratorKind::AsyncGenerator => "async generator",
    }
}

fn already_running(kind: GeneratorKind) -> &'static str {
    match kind {
        GeneratorKind::Generator => "generator already executing",
        GeneratorKind::Coroutine => "coroutine already executing",
        GeneratorKind::AsyncGenerator => "async generator already executing",
    }
}

fn then_raise(_: &mut Machine, keep: Keep, _: Value) -> Result<Flow, Raise> {
    Err(Raise(keep[0]))
}

fn closed(machine: &mut Machine, _: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(_) => Err(machine.runtime_error("generator ignored GeneratorExit")),
        Err(exception) if machine.is_instance(exception, classes::STOP_ITERATION) => {
            Ok(machine.stop_value(exception).into())
        }
        Err(exception) if machine.is_instance(exception, classes::GENERATOR_EXIT) => Ok(Value::None.into()),
        Err(exception) => Err(Raise(exception)),
    }
}

fn async_closed(machine: &mut Machine, _: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(_) => Err(machine.runtime_error("async generator ignored GeneratorExit")),
        Err(exception)
            if machine.is_instance(exception, classes::STOP_ASYNC_ITERATION)
                || machine.is_instance(exception, classes::GENERATOR_EXIT) =>
        {
            Err(Raise(machine.exception(classes::STOP_ITERATION, &[])))
        }
        Err(exception) => Err(Raise(exception)),
    }
}
