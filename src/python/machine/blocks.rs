//! `try`, `raise`, `with`, `except*`.

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

impl Machine {
    // Stack: the exception handled before, the exception.
    pub(crate) fn pop_handled(&mut self) -> Result<(), Raise> {
        self.stack.pop();
        let before = self.pop();
        self.frame().handled = before;
        Ok(())
    }

    /// Raises the exception on top again; the one handled before, below it, is handled again.
    pub(crate) fn reraise(&mut self) -> Result<(), Raise> {
        let exception = self.pop();
        let before = self.pop();
        self.frame().handled = before;
        Err(Raise(exception))
    }

    pub(crate) fn raise_op(&mut self, count: u32) -> Result<(), Raise> {
        match count {
            0 => match self.handled() {
                Value::None => Err(self.runtime_error("No active exception to reraise")),
                exception => Err(Raise(exception)),
            },
            1 => {
                let value = self.pop();
                let flow = self.raised(value)?;
                self.push_continuation(Then::Value(raise_it), Keep::new());
                self.apply(flow)
            }
            _ => {
                let cause = self.pop();
                let value = self.pop();
                let cause = if cause.is_none() { cause } else { self.exception_of(cause, true)? };
                let flow = self.raised(value)?;
                self.push_continuation(Then::Value(raise_from), Keep::from_slice(&[cause]));
                self.apply(flow)
            }
        }
    }

    fn exception_of(&mut self, value: Value, cause: bool) -> Result<Value, Raise> {
        if self.is_instance(value, classes::BASE_EXCEPTION) {
            return Ok(value);
        }
        match self.class_handle(value).filter(|class| self.heap.is_subclass(*class, classes::BASE_EXCEPTION)) {
            Some(_) => self.call_leaf(value, []),
            None if cause => Err(self.type_error("exception causes must derive from BaseException")),
            None => Err(self.type_error("exceptions must derive from BaseException")),
        }
    }

    // An instance as it is, a class called.
    fn raised(&mut self, value: Value) -> Result<Flow, Raise> {
        match self.class_handle(value).filter(|class| self.heap.is_subclass(*class, classes::BASE_EXCEPTION)) {
            Some(_) => Ok(Flow::call(value, [])),
            None if self.is_instance(value, classes::BASE_EXCEPTION) => Ok(value.into()),
            None => Err(self
                .placeholder_used(value)
                .unwrap_or_else(|| self.type_error("exceptions must derive from BaseException"))),
        }
    }

    /// The class behind a value, if it is one.
    pub fn class_handle(&self, value: Value) -> Option<Handle> {
        value.handle().filter(|handle| matches!(self.heap.data(*handle), Data::Class(_)))
    }

    /// The dict behind a value, if it is one.
    pub fn dict_handle(&self, value: Value) -> Option<Handle> {
        value.handle().filter(|handle| matches!(self.heap.data(*handle), Data::Dict(_)))
    }

    /// The set or frozenset behind a value, if it is one.
    pub fn set_handle(&self, value: Value) -> Option<Handle> {
        value.handle().filter(|handle| matches!(self.heap.data(*handle), Data::Set(_)))
    }

    /// The list behind a value, if it is one.
    pub fn list_handle(&self, value: Value) -> Option<Handle> {
        value.handle().filter(|handle| matches!(self.heap.data(*handle), Data::List(_)))
    }

    pub(crate) fn match_exception(&mut self) -> Result<(), Raise> {
        let wanted = self.pop();
        let exception = self.top();
        let matches = self.exception_matches(exception, wanted)?;
        self.stack.push(Value::Bool(matches));
        Ok(())
    }

    fn exception_matches(&mut self, exception: Value, wanted: Value) -> Result<bool, Raise> {
        let class = self.heap.class_of(exception);
        let all = match wanted.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Tuple(items)) => items.to_vec(),
            _ => vec![wanted],
        };
        let mut matches = false;
        for one in all {
            match self.class_handle(one).filter(|one| self.heap.is_subclass(*one, classes::BASE_EXCEPTION)) {
                Some(one) => matches |= self.heap.is_subclass(class, one),
                // `except library.Error` of a library that we do not have matches nothing.
                None if self.placeholder_used(one).is_some() => {}
                None => {
                    return Err(
                        self.type_error("catching classes that do not inherit from BaseException is not allowed")
                    );
                }
            }
        }
        Ok(matches)
    }

    // Stack: the group, the class -> the rest, the part that matches.
    pub(crate) fn match_star(&mut self) -> Result<(), Raise> {
        let wanted = self.pop();
        let exception = self.pop();
        let (matching, rest) = self.split_group(exception, wanted)?;
        self.stack.extend([rest, matching]);
        Ok(())
    }

    /// The part of an exception (group) that matches a class, and the rest; None where there is none.
    pub(crate) fn split_group(&mut self, exception: Value, wanted: Value) -> Result<(Value, Value), Raise> {
        if exception.is_none() {
            return Ok((Value::None, Value::None));
        }
        if self.exception_matches(exception, wanted)? {
            if self.is_instance(exception, classes::BASE_EXCEPTION_GROUP) {
                return Ok((exception, Value::None));
            }
            let empty = self.heap.str("");
            let only = self.heap.tuple(&[exception]);
            return Ok((self.exception(classes::EXCEPTION_GROUP, &[empty, only]), Value::None));
        }
        if !self.is_instance(exception, classes::BASE_EXCEPTION_GROUP) {
            return Ok((Value::None, exception));
        }
        let (mut matching, mut others) = (Vec::new(), Vec::new());
        for part in self.group_parts(exception)? {
            let nested = self.is_instance(part, classes::BASE_EXCEPTION_GROUP);
            let (yes, no) = if nested {
                self.guarded(|machine| machine.split_group(part, wanted))?
            } else if self.exception_matches(part, wanted)? {
                (part, Value::None)
            } else {
                (Value::None, part)
            };
            matching.extend((!yes.is_none()).then_some(yes));
            others.extend((!no.is_none()).then_some(no));
        }
        Ok((self.derived_group(exception, &matching)?, self.derived_group(exception, &others)?))
    }

    pub(crate) fn group_parts(&mut self, group: Value) -> Result<Vec<Value>, Raise> {
        let args = self.exception_data(group).map_or(Value::None, |data| data.args);
        let parts = self.items_of(args).and_then(|items| items.get(1).copied()).unwrap_or(Value::None);
        self.items(parts)
    }

    fn derived_group(&mut self, group: Value, parts: &[Value]) -> Result<Value, Raise> {
        if parts.is_empty() {
            return Ok(Value::None);
        }
        let data = self.exception_data(group).expect("a group");
        let (args, cause, context, trace) = (data.args, data.cause, data.context, data.trace.clone());
        let message = self.items_of(args).and_then(|items| items.first().copied()).unwrap_or(Value::None);
        let parts = self.heap.list(parts.to_vec());
        let class = self.heap.class_of(group);
        let class = if self.heap.is_subclass(class, classes::EXCEPTION_GROUP) {
            classes::EXCEPTION_GROUP
        } else {
            classes::BASE_EXCEPTION_GROUP
        };
        let derived = self.exception(class, &[message, parts]);
        let data = self.exception_data_mut(derived).expect("a new exception");
        (data.cause, data.context, data.trace) = (cause, context, trace);
        Ok(derived)
    }

    // Stack: the exception handled before, the original, the list of what handlers raised and what is left.
    pub(crate) fn raise_star(&mut self) -> Result<(), Raise> {
        let list = self.pop();
        let original = self.pop();
        let before = self.pop();
        self.frame().handled = before;
        let left: Vec<Value> = self.items(list)?.into_iter().filter(|value| !value.is_none()).collect();
        match left.as_slice() {
            [] => Ok(()),
            [one] => Err(Raise(*one)),
            _ => {
                let message = self.heap.str("");
                let parts = self.heap.list(left);
                let group = self.exception(classes::EXCEPTION_GROUP, &[message, parts]);
                self.exception_data_mut(group).expect("a new exception").context = original;
                Err(Raise(group))
            }
        }
    }

    /// Leaves the exit method on the stack, and over it what the enter method gives.
    pub(crate) fn before_with(&mut self, enter: Handle, exit: Handle, protocol: &str) -> Result<(), Raise> {
        let manager = self.pop();
        let class = self.heap.class_of(manager);
        let (Some(enter_method), Some(exit_method)) = (self.lookup(class, enter), self.lookup(class, exit)) else {
            if let Some(raise) = self.placeholder_used(manager) {
                return Err(raise);
            }
            let missing = if self.lookup(class, enter).is_some() {
                format!(" (missed {} method)", self.heap.name(exit))
            } else {
                String::new()
            };
            let asynchronous = enter == names::ENTER && self.lookup(class, names::AENTER).is_some();
            let hint = if asynchronous {
                " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?"
            } else {
                ""
            };
            let message = format!("'{}' object does not support {protocol}{missing}{hint}", self.type_name(manager));
            return Err(self.type_error(&message));
        };
        let exit = match self.bind_descriptor(exit_method, manager, class)? {
            Flow::Value(bound) => bound,
            flow => self.settle(flow)?,
        };
        self.stack.push(exit);
        let (callable, args) = self.receiver_first(enter_method, manager, Args::default())?;
        self.apply(Flow::call(callable, args))
    }

    // Stack: exit, the exception handled before, the exception. Pushes the exit's answer.
    pub(crate) fn with_except(&mut self) -> Result<(), Raise> {
        let exception = self.top();
        let exit = self.stack[self.stack.len() - 3];
        let class = self.heap.class_of(exception).into();
        let traceback = self.get_name(exception, names::TRACEBACK)?;
        self.apply(Flow::call(exit, [class, exception, traceback]))
    }

    pub(crate) fn with_exit(&mut self) -> Result<(), Raise> {
        let exit = self.pop();
        self.apply(Flow::call(exit, [Value::None, Value::None, Value::None]))
    }
}

fn raise_it(machine: &mut Machine, _: Keep, exception: Value) -> Result<Flow, Raise> {
    if machine.is_instance(exception, classes::BASE_EXCEPTION) {
        Err(Raise(exception))
    } else {
        let message = format!(
            "calling an exception class should have returned an instance of BaseException, not {}",
            machine.type_name(exception)
        );
        Err(machine.type_error(&message))
    }
}

fn raise_from(machine: &mut Machine, keep: Keep, exception: Value) -> Result<Flow, Raise> {
    if let Some(data) = machine.exception_data_mut(exception) {
        (data.cause, data.suppress) = (keep[0], true);
    }
    raise_it(machine, keep, exception)
}
