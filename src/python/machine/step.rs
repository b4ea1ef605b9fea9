//! The instructions that are not in the loop's heart.

use crate::python::compile::Conversion;
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::cache::Kind;
use crate::python::machine::code::{Code, Op};
use crate::python::machine::{Machine, subscript};
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::text;
use crate::python::value::{Handle, Value};

impl Machine {
    // A dispatcher: one line per instruction; it is as long as the instruction set.
    pub(crate) fn step(&mut self, op: Op, code: &Code, base: usize) -> Result<(), Raise> {
        match op {
            Op::DeleteFast(slot) => self.delete_fast(code, base, slot),
            Op::MakeCell(slot) => self.make_cell(base, slot),
            Op::LoadDeref(slot) => self.load_deref(code, base, slot),
            Op::StoreDeref(slot) => self.store_deref(base, slot),
            Op::DeleteDeref(slot) => self.delete_deref(base, slot),
            Op::LoadClassDeref { slot, name } => self.load_class_deref(code, base, slot, name),
            Op::LoadName(name) => self.load_name(name),
            Op::StoreName(name) => self.store_name(name),
            Op::DeleteName(name) => self.delete_name(name),
            Op::StoreGlobal(name) => self.store_global(name),
            Op::DeleteGlobal(name) => self.delete_global(name),
            Op::DeleteAttr(name) => self.delete_attr(name),
            Op::StoreSubscript => self.store_subscript(),
            Op::DeleteSubscript => self.delete_subscript(),
            Op::Unary(operator) => {
                let value = self.pop();
                let flow = self.unary(operator, value)?;
                self.apply(flow)
            }
            Op::BuildSet(count) => self.build_set(count),
            Op::BuildSlice(count) => self.build_slice(count),
            Op::BuildString(count) => self.build_string(count),
            Op::ListAppend(depth) => self.list_append(depth),
            Op::SetAdd(depth) => self.set_add(depth),
            Op::DictAdd(depth) => self.dict_add(depth),
            Op::ListExtend => self.list_extend_op(),
            Op::SetUpdate => self.set_update_op(),
            Op::DictUpdate => self.dict_update_op(),
            Op::DictMerge => self.dict_merge_op(),
            Op::ListToTuple => self.list_to_tuple(),
            Op::Unpack(count) => self.unpack(count as usize),
            Op::UnpackEx { before, after } => self.unpack_ex(before as usize, after as usize),
            Op::PopIterator => {
                self.let_go(self.stack.len() - 1);
                self.switched |= !self.open.is_empty();
                self.pop();
                Ok(())
            }
            Op::GetAIter => self.get_async_iter(),
            Op::GetANext => self.get_async_next(),
            Op::EndAsyncFor => self.end_async_for(),
            Op::GetAwaitable => {
                let value = self.pop();
                let flow = self.awaitable(value)?;
                self.apply(flow)
            }
            Op::GetYieldFromIter => self.get_yield_from_iter(),
            Op::Send(_) => self.send_op(),
            Op::Yield | Op::YieldAsync => self.yield_op(op),
            Op::CallNames { count, names } => self.call_names(code, count as usize, names),
            Op::CallSpread { names } => self.call_spread(names),
            Op::MakeFunction { flags, code: at } => self.make_function(code, flags, at),
            Op::BuildClass => self.build_class_op(),
            Op::SetupTry(handler) | Op::SetupWith(handler) => {
                self.push_block(handler, matches!(op, Op::SetupWith(_)));
                Ok(())
            }
            Op::PopBlock => {
                self.frame().blocks.pop();
                Ok(())
            }
            Op::PopHandled => self.pop_handled(),
            Op::Reraise => self.reraise(),
            Op::Raise(count) => self.raise_op(count),
            Op::MatchException => self.match_exception(),
            Op::MatchStar => self.match_star(),
            Op::RaiseStar => self.raise_star(),
            Op::AssertionError => {
                self.stack.push(classes::ASSERTION_ERROR.into());
                Ok(())
            }
            Op::BeforeWith => self.before_with(names::ENTER, names::EXIT, "the context manager protocol"),
            Op::BeforeAsyncWith => {
                self.before_with(names::AENTER, names::AEXIT, "the asynchronous context manager protocol")
            }
            Op::WithExcept => self.with_except(),
            Op::WithExit => self.with_exit(),
            Op::Format { conversion, spec } => self.format_op(conversion, spec),
            Op::ImportName { level, name } => self.import_op(level, name),
            Op::ImportLater { level, name } => self.import_later(level, name),
            Op::ImportFrom(name) => self.import_from(name),
            Op::ImportStar => self.import_star(),
            Op::GetLen => self.get_len(),
            Op::MatchSequence => self.match_sequence(),
            Op::MatchMapping => self.match_mapping(),
            Op::MatchKeys => self.match_keys(),
            Op::MatchClass(count) => self.match_class(count as usize),
            Op::DictRest(count) => self.dict_rest(count as usize),
            Op::LoadLenient(name) => self.load_lenient(name),
            Op::LoadLenientDeref { slot, name } => self.load_lenient_deref(base, slot, name),
            Op::TypeParam { kind, name } => self.type_param(kind, name),
            Op::TypeAlias(name) => self.type_alias(name),
            _ => unreachable!("the loop's heart has this instruction"),
        }
    }

    /// Runs a flow whose result is of no interest to the frame on top.
    fn discard(&mut self, start: impl FnOnce(&mut Machine) -> Result<Flow, Raise>) -> Result<(), Raise> {
        let depth = self.frames.len();
        match start(self)? {
            Flow::Value(_) if self.frames.len() == depth => Ok(()),
            flow => {
                // The result arrives on the stack; a `Pop` that is not in the code takes it off.
                self.frames.insert(
                    depth,
                    super::Activation::Native {
                        then: Then::Value(dropped),
                        keep: Keep::new(),
                        floor: self.stack.len() as u32,
                    },
                );
                self.switched = true;
                self.apply(flow)
            }
        }
    }

    pub(super) fn store_attr(&mut self, name: Handle) -> Result<(), Raise> {
        let object = self.pop();
        let value = self.pop();
        if let Value::Object(handle) = object {
            let place = self.heap.object(handle);
            let class = place.class;
            let plain = matches!(place.data, Data::Plain) && name != names::CLASS && name != names::DICT;
            let known = self.heap.class(class);
            if plain
                && known.open
                && (!known.guarded || self.lookup(class, names::SETATTR) == Some(self.known.setattr))
                && self.lookup_kind(class, name).0 != Kind::Other
            {
                self.set_own(handle, name, value);
                return Ok(());
            }
        }
        self.discard(|machine| machine.assign_attribute(object, name, value))
    }

    fn delete_attr(&mut self, name: Handle) -> Result<(), Raise> {
        let object = self.pop();
        self.discard(|machine| machine.delete_attribute(object, name))
    }

    pub(super) fn subscript_op(&mut self) -> Result<(), Raise> {
        let key = self.pop();
        let value = self.pop();
        let flow = self.subscript(value, key)?;
        self.apply(flow)
    }

    fn store_subscript(&mut self) -> Result<(), Raise> {
        let key = self.pop();
        let object = self.pop();
        let value = self.pop();
        self.discard(|machine| machine.assign_item(object, key, value))
    }

    fn delete_subscript(&mut self) -> Result<(), Raise> {
        let key = self.pop();
        let object = self.pop();
        self.discard(|machine| machine.delete_item(object, key))
    }

    /// `not`, once a call has told the truth of the top.
    pub(super) fn not_op(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        self.push_continuation(Then::Value(subscript::negated), Keep::new());
        let flow = self.truth_flow(value)?;
        self.apply(flow)
    }

    /// Jumps with the top, or drops it, once a call has told its truth.
    pub(super) fn jump_or_pop(&mut self, target: u32, wanted: bool) -> Result<(), Raise> {
        let value = self.pop();
        let keep = Keep::from_slice(&[value, Value::from(target as usize), Value::Bool(wanted)]);
        self.push_continuation(Then::Value(jumped), keep);
        let flow = self.truth_flow(value)?;
        self.apply(flow)
    }

    pub(super) fn get_iter(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        let flow = self.iter(value)?;
        self.apply(flow)
    }

    fn get_async_iter(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        match self.special(value, names::AITER, [])? {
            Some(flow) => self.apply(flow),
            None => {
                let message =
                    format!("'async for' requires an object with __aiter__ method, got {}", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    fn get_async_next(&mut self) -> Result<(), Raise> {
        let value = self.top();
        self.push_continuation(Then::Value(|machine, _, value| machine.awaitable(value)), Keep::new());
        match self.special(value, names::ANEXT, [])? {
            Some(flow) => self.apply(flow),
            None => {
                let message =
                    format!("'async for' received an invalid object from __aiter__: {}", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    // Stack: iterator, the exception handled before, the exception.
    fn end_async_for(&mut self) -> Result<(), Raise> {
        let exception = self.top();
        if !self.is_instance(exception, classes::STOP_ASYNC_ITERATION) {
            return Err(Raise(exception));
        }
        self.pop_handled()?;
        self.stack.pop();
        Ok(())
    }

    fn get_yield_from_iter(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        if let Some(Data::Generator(_)) = value.handle().map(|handle| self.heap.data(handle)) {
            self.stack.push(value);
            return Ok(());
        }
        let flow = self.iter(value)?;
        self.apply(flow)
    }

    fn call_names(&mut self, code: &Code, count: usize, names: u32) -> Result<(), Raise> {
        let names = self.items_of(code.body().consts[names as usize]).expect("a tuple of names");
        let named = self.stack.len() - names.len();
        let keywords = names.iter().filter_map(|name| name.handle()).zip(self.stack[named..].iter().copied()).collect();
        let first = named - count;
        let (method, receiver) = (self.stack[first - 2], self.stack[first - 1]);
        let (callable, first) = if method.is_unbound() { (receiver, first) } else { (method, first - 1) };
        let args = Args { positional: self.stack[first..named].into(), keywords };
        self.stack.truncate(named - count - 2);
        self.start(callable, args)
    }

    fn call_spread(&mut self, with_names: bool) -> Result<(), Raise> {
        let mut keywords = Vec::new();
        if with_names {
            let dict = self.pop();
            for (key, value) in self.mapping_entries(dict)? {
                keywords.push((self.heap.name_of(key), value));
            }
        }
        let list = self.pop();
        let positional = self.items(list)?;
        let receiver = self.pop();
        let method = self.pop();
        let args = Args { positional: positional.into(), keywords };
        if method.is_unbound() { self.start(receiver, args) } else { self.start(method, args.after(receiver)) }
    }

    fn format_op(&mut self, conversion: Conversion, with_spec: bool) -> Result<(), Raise> {
        let spec = if with_spec { self.pop() } else { Value::Unbound };
        let mut value = self.pop();
        let converted = match conversion {
            Conversion::None => None,
            Conversion::Str => Some(self.str(value)?),
            Conversion::Repr => Some(self.repr(value)?),
            Conversion::Ascii => Some(text::quote::escape_non_ascii(&self.repr(value)?)),
        };
        if let Some(text) = converted {
            value = self.heap.str(&text);
        }
        if spec.is_unbound() && self.heap.text(value).is_some() && self.is_native(value) {
            self.stack.push(value);
            return Ok(());
        }
        let spec = self.heap.text(spec).unwrap_or_default().to_owned();
        let text = self.format(value, &spec)?;
        let text = self.heap.str(&text);
        self.stack.push(text);
        Ok(())
    }
}

fn dropped(_: &mut Machine, _: Keep, _: Value) -> Result<Flow, Raise> {
    Ok(Flow::Done)
}

fn jumped(machine: &mut Machine, keep: Keep, truth: Value) -> Result<Flow, Raise> {
    let Value::Int(target) = keep[1] else { unreachable!("kept as an int") };
    if truth == keep[2] {
        machine.frame().pc = target as u32;
        return Ok(keep[0].into());
    }
    Ok(Flow::Done)
}
