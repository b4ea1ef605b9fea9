//! How results travel: from a native function to whoever waits, and from a call to its callee.

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Args, Call, Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

/// Leaf callbacks inside leaf callbacks.
const LEAF_DEPTH: usize = 24;

impl Machine {
    /// Follows a flow until a Python frame has its value, or a new one has been entered. Never recurses.
    #[inline]
    pub(crate) fn apply(&mut self, flow: Flow) -> Result<(), Raise> {
        match (flow, self.frames.last()) {
            (Flow::Value(value), Some(Activation::Python(_))) => {
                self.stack.push(value);
                Ok(())
            }
            (flow, _) => self.follow(flow),
        }
    }

    #[inline(never)]
    fn follow(&mut self, mut flow: Flow) -> Result<(), Raise> {
        loop {
            let next = match flow {
                Flow::Value(value) => self.receive(value)?,
                Flow::Done => None,
                Flow::Call(call) => {
                    let Call { callable, args, then } = *call;
                    self.continue_with(then);
                    self.enter(callable, args)?
                }
                Flow::Ask(ask) => {
                    if self.leaf_depth > 0 {
                        let message = format!(
                            "'{}' has to wait, and a callback that runs inside an operator cannot",
                            ask.request.name
                        );
                        return Err(self.runtime_error(&message));
                    }
                    self.continue_with(ask.then);
                    self.pending = Some(ask.request);
                    self.switched = true;
                    None
                }
            };
            match next {
                Some(next) => flow = next,
                None => return Ok(()),
            }
        }
    }

    fn continue_with(&mut self, then: Option<(Then, Keep)>) {
        if let Some((then, keep)) = then {
            self.push_continuation(then, keep);
        }
    }

    /// Hands a result to whoever is on top; a native function may answer with a new flow.
    fn receive(&mut self, value: Value) -> Result<Option<Flow>, Raise> {
        match self.frames.last() {
            Some(Activation::Python(_)) => self.stack.push(value),
            Some(Activation::Native { .. }) => {
                self.switched = true;
                let Some(Activation::Native { then, keep, floor }) = self.frames.pop() else {
                    unreachable!("the top was native")
                };
                self.stack.truncate(floor as usize);
                return match then {
                    Then::Value(then) => then(self, keep, value).map(Some),
                    Then::Outcome(then) => then(self, keep, Ok(value)).map(Some),
                };
            }
            _ => {
                self.switched = true;
                self.frames.pop();
                self.outcome = Some(Ok(value));
            }
        }
        Ok(None)
    }

    /// Starts a call: a native function runs and gives its flow, a Python function gets a frame.
    pub(crate) fn enter(&mut self, mut callable: Value, mut args: Args) -> Result<Option<Flow>, Raise> {
        loop {
            let Value::Object(handle) = callable else { return Err(self.not_callable(callable)) };
            match self.heap.data(handle) {
                Data::Function(_) => return self.enter_function(handle, args),
                Data::Native(native) => {
                    let native = *native;
                    return (native.call)(self, args).map(Some);
                }
                Data::Method(method) => {
                    callable = method.function;
                    args = args.after(method.receiver);
                }
                Data::Class(_) => return self.call_class(handle, args).map(Some),
                Data::StaticMethod(function) => callable = *function,
                _ => {
                    let class = self.heap.class_of(callable);
                    let Some(call) = self.lookup(class, names::CALL) else { return Err(self.not_callable(callable)) };
                    (callable, args) = self.receiver_first(call, callable, args)?;
                }
            }
        }
    }

    /// A special method found on a class, with the receiver among the arguments.
    pub(crate) fn receiver_first(
        &mut self,
        method: Value,
        receiver: Value,
        args: Args,
    ) -> Result<(Value, Args), Raise> {
        match method.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Function(_) | Data::Native(_)) => Ok((method, args.after(receiver))),
            Some(Data::StaticMethod(function)) => Ok((*function, args)),
            Some(Data::ClassMethod(function)) => {
                let function = *function;
                Ok((function, args.after(self.heap.class_of(receiver).into())))
            }
            Some(Data::Method(_) | Data::Class(_)) => Ok((method, args)),
            _ => {
                let class = self.heap.class_of(method);
                match self.lookup(class, names::GET) {
                    Some(get) => {
                        let owner = self.heap.class_of(receiver).into();
                        Ok((self.call_leaf(get, [method, receiver, owner])?, args))
                    }
                    None => Ok((method, args)),
                }
            }
        }
    }

    fn not_callable(&mut self, value: Value) -> Raise {
        if let Some(raise) = self.placeholder_used(value) {
            return raise;
        }
        let message = format!("'{}' object is not callable", self.type_name(value));
        self.type_error(&message)
    }

    /// Calls at once and waits for the result. For short callbacks: they may not ask the embedder, their depth and
    /// their instructions are limited.
    pub fn call_leaf(&mut self, callable: Value, args: impl Into<Args>) -> Result<Value, Raise> {
        self.settle(Flow::call(callable, args))
    }

    /// Waits for a flow, as `call_leaf` does.
    pub fn settle(&mut self, flow: Flow) -> Result<Value, Raise> {
        if let Flow::Value(value) = flow {
            return Ok(value);
        }
        self.begin_leaf()?;
        let started = self.apply(flow);
        self.end_leaf(started)
    }

    /// Calls a special method of a value's class at once, if it has one.
    pub(crate) fn call_special(
        &mut self,
        value: Value,
        name: Handle,
        args: impl Into<Args>,
    ) -> Result<Option<Value>, Raise> {
        let class = self.heap.class_of(value);
        let Some(method) = self.lookup(class, name) else { return Ok(None) };
        let (callable, args) = self.receiver_first(method, value, args.into())?;
        self.call_leaf(callable, args).map(Some)
    }

    /// A flow that calls a special method of a value's class, if it has one.
    pub(crate) fn special(&mut self, value: Value, name: Handle, args: impl Into<Args>) -> Result<Option<Flow>, Raise> {
        let class = self.heap.class_of(value);
        let Some(method) = self.lookup(class, name) else { return Ok(None) };
        let (callable, args) = self.receiver_first(method, value, args.into())?;
        Ok(Some(Flow::call(callable, args)))
    }

    /// As [`Machine::settle`], for what pushes continuations of its own.
    pub(crate) fn settled(&mut self, start: impl FnOnce(&mut Machine) -> Result<Flow, Raise>) -> Result<Value, Raise> {
        self.begin_leaf()?;
        let started = start(self).and_then(|flow| self.apply(flow));
        self.end_leaf(started)
    }

    fn begin_leaf(&mut self) -> Result<(), Raise> {
        if self.leaf_depth >= LEAF_DEPTH {
            return Err(self.error(classes::RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        self.leaf_depth += 1;
        self.frames.push(Activation::Leaf);
        Ok(())
    }

    fn end_leaf(&mut self, started: Result<(), Raise>) -> Result<Value, Raise> {
        if let Err(raise) = started {
            self.unwind(raise);
        }
        // The embedder may call while a question of its own waits for the answer.
        let pending = self.pending.take();
        let outcome = self.run_leaf();
        self.pending = pending;
        self.leaf_depth -= 1;
        self.switched = true;
        outcome
    }
}
