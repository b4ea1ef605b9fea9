//! The instructions that are not in the loop's heart.

use crate::python::compile::{Code, Conversion, Op};
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
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
            Op::StoreAttr(name) => self.store_attr(name),
            Op::DeleteAttr(name) => self.delete_attr(name),
            Op::Subscript => self.subscript_op(),
            Op::StoreSubscript => self.store_subscript(),
            Op::DeleteSubscript => self.delete_subscript(),
            Op::Unary(operator) => {
                let value = self.pop();
                let flow = self.unary(operator, value)?;
                self.apply(flow)
            }
            Op::Not => self.not_op(),
            Op::Is { not } => self.is_op(not),
            Op::Contains { not } => self.contains_op(not),
            Op::BuildList(count) => self.build_list(count),
            Op::BuildTuple(count) => self.build_tuple(count),
            Op::BuildSet(count) => self.build_set(count),
            Op::BuildDict(count) => self.build_dict(count),
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
            Op::JumpIfFalseOrPop(target) => self.jump_or_pop(target, false),
            Op::JumpIfTrueOrPop(target) => self.jump_or_pop(target, true),
            Op::JumpIfNone(target) => self.jump_if_none(target),
            Op::GetIter => self.get_iter(),
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
            Op::Unsupported(text) => {
                let text = self.heap.text(code.consts[text as usize]).unwrap_or_default().to_owned();
                Err(self.error(classes::NOT_IMPLEMENTED_ERROR, &text))
            }
            _ => unreachable!("the loop's heart has this instruction"),
        }
    }

    fn delete_fast(&mut self, code: &Code, base: usize, slot: u32) -> Result<(), Raise> {
        let place = base + slot as usize;
        if self.stack[place].is_unbound() {
            return Err(self.unbound_local(code.locals[slot as usize]));
        }
        self.stack[place] = Value::Unbound;
        Ok(())
    }

    fn make_cell(&mut self, base: usize, slot: u32) -> Result<(), Raise> {
        let place = base + slot as usize;
        let cell = self.heap.alloc(classes::CELL, Data::Cell(self.stack[place]));
        self.stack[place] = cell.into();
        Ok(())
    }

    fn cell(&self, base: usize, slot: u32) -> Handle {
        self.stack[base + slot as usize].handle().expect("a cell is an object")
    }

    fn cell_value(&self, base: usize, slot: u32) -> Option<Value> {
        match self.heap.data(self.cell(base, slot)) {
            Data::Cell(value) => value.given(),
            _ => unreachable!("a cell's slot holds a cell"),
        }
    }

    fn load_deref(&mut self, code: &Code, base: usize, slot: u32) -> Result<(), Raise> {
        match self.cell_value(base, slot) {
            Some(value) => {
                self.stack.push(value);
                Ok(())
            }
            None => Err(self.unbound_deref(code, slot)),
        }
    }

    fn unbound_deref(&mut self, code: &Code, slot: u32) -> Raise {
        let name = code.locals[slot as usize];
        if (slot as usize) < code.locals.len() - code.free {
            return self.unbound_local(name);
        }
        let text = self.heap.name(name).to_owned();
        let message =
            format!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope");
        self.name_error(classes::NAME_ERROR, &message, name)
    }

    pub(crate) fn unbound_local(&mut self, name: Handle) -> Raise {
        let message =
            format!("cannot access local variable '{}' where it is not associated with a value", self.heap.name(name));
        self.name_error(classes::UNBOUND_LOCAL_ERROR, &message, name)
    }

    pub(crate) fn unknown_name(&mut self, name: Handle) -> Raise {
        let message = format!("name '{}' is not defined", self.heap.name(name));
        self.name_error(classes::NAME_ERROR, &message, name)
    }

    fn store_deref(&mut self, base: usize, slot: u32) -> Result<(), Raise> {
        let value = self.pop();
        let cell = self.cell(base, slot);
        *self.heap.data_mut(cell) = Data::Cell(value);
        Ok(())
    }

    fn delete_deref(&mut self, base: usize, slot: u32) -> Result<(), Raise> {
        let cell = self.cell(base, slot);
        *self.heap.data_mut(cell) = Data::Cell(Value::Unbound);
        Ok(())
    }

    fn load_class_deref(&mut self, code: &Code, base: usize, slot: u16, name: Handle) -> Result<(), Raise> {
        match self.in_namespace(name)? {
            Some(value) => {
                self.stack.push(value);
                Ok(())
            }
            None => self.load_deref(code, base, u32::from(slot)),
        }
    }

    fn in_namespace(&mut self, name: Handle) -> Result<Option<Value>, Raise> {
        let Some(namespace) = self.frame().namespace else { return Ok(None) };
        if self.heap.class(self.heap.object(namespace).class).native {
            return Ok(self.heap.get_name(namespace, name));
        }
        match self.get_item(namespace.into(), name.into()) {
            Ok(value) => Ok(Some(value)),
            Err(raise) if self.is_instance(raise.0, classes::KEY_ERROR) => Ok(None),
            Err(raise) => Err(raise),
        }
    }

    pub(crate) fn global(&mut self, name: Handle) -> Option<Value> {
        let globals = self.frame().globals;
        self.heap.get_name(globals, name).or_else(|| self.heap.get_name(self.builtins, name))
    }

    fn load_name(&mut self, name: Handle) -> Result<(), Raise> {
        let found = match self.in_namespace(name)? {
            Some(value) => Some(value),
            None => self.global(name),
        };
        match found {
            Some(value) => {
                self.stack.push(value);
                Ok(())
            }
            None => Err(self.unknown_name(name)),
        }
    }

    fn store_name(&mut self, name: Handle) -> Result<(), Raise> {
        let value = self.pop();
        let frame = self.frame();
        let namespace = frame.namespace.unwrap_or(frame.globals);
        if self.heap.class(self.heap.object(namespace).class).native {
            self.heap.set_name(namespace, name, value);
            return Ok(());
        }
        self.settled(|machine| machine.assign_item(namespace.into(), name.into(), value)).map(drop)
    }

    fn delete_name(&mut self, name: Handle) -> Result<(), Raise> {
        let frame = self.frame();
        let namespace = frame.namespace.unwrap_or(frame.globals);
        match self.heap.delete_name(namespace, name) {
            Some(_) => Ok(()),
            None => Err(self.unknown_name(name)),
        }
    }

    fn store_global(&mut self, name: Handle) -> Result<(), Raise> {
        let value = self.pop();
        let globals = self.frame().globals;
        self.heap.set_name(globals, name, value);
        Ok(())
    }

    fn delete_global(&mut self, name: Handle) -> Result<(), Raise> {
        let globals = self.frame().globals;
        match self.heap.delete_name(globals, name) {
            Some(_) => Ok(()),
            None => Err(self.unknown_name(name)),
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

    fn store_attr(&mut self, name: Handle) -> Result<(), Raise> {
        let object = self.pop();
        let value = self.pop();
        if let Value::Object(handle) = object {
            let place = self.heap.object(handle);
            let class = place.class;
            let plain = matches!(place.data, Data::Plain) && name != names::CLASS && name != names::DICT;
            if plain
                && self.lookup(class, names::SETATTR) == Some(self.known.setattr)
                && self.lookup(class, name).is_none()
                && self.heap.class(class).open
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

    fn subscript_op(&mut self) -> Result<(), Raise> {
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

    fn not_op(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        if let Some(truth) = self.quick_truth(value) {
            self.stack.push(Value::Bool(!truth));
            return Ok(());
        }
        self.push_continuation(Then::Value(subscript::negated), Keep::new());
        let flow = self.truth_flow(value)?;
        self.apply(flow)
    }

    fn is_op(&mut self, not: bool) -> Result<(), Raise> {
        let right = self.pop();
        let left = self.pop();
        self.stack.push(Value::Bool((left == right) != not));
        Ok(())
    }

    fn build_list(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize);
        let list = self.heap.list(items);
        self.stack.push(list);
        Ok(())
    }

    fn build_tuple(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize);
        let tuple = self.heap.tuple(&items);
        self.stack.push(tuple);
        Ok(())
    }

    fn build_set(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize);
        let set = self.new_set(classes::SET, &items)?;
        self.stack.push(set);
        Ok(())
    }

    fn build_dict(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize * 2);
        let dict = self.new_dict();
        for pair in items.chunks(2) {
            self.dict_set(dict, pair[0], pair[1])?;
        }
        self.stack.push(dict.into());
        Ok(())
    }

    fn build_slice(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize);
        let parts = [items[0], items[1], items.get(2).copied().unwrap_or(Value::None)];
        let slice = self.heap.alloc(classes::SLICE, Data::Slice(Box::new(parts)));
        self.stack.push(slice.into());
        Ok(())
    }

    fn build_string(&mut self, count: u32) -> Result<(), Raise> {
        let parts = self.pop_many(count as usize);
        let text: String = parts.iter().map(|part| self.heap.text(*part).unwrap_or_default()).collect();
        let value = self.heap.str(&text);
        self.stack.push(value);
        Ok(())
    }

    fn at_depth(&self, depth: u32) -> Handle {
        self.stack[self.stack.len() - depth as usize].handle().expect("the collection that is being built")
    }

    fn list_append(&mut self, depth: u32) -> Result<(), Raise> {
        let value = self.pop();
        let list = self.at_depth(depth);
        self.list_extend(list, &[value]);
        if self.heap.exhausted(0) { Err(self.out_of_memory()) } else { Ok(()) }
    }

    fn set_add(&mut self, depth: u32) -> Result<(), Raise> {
        let value = self.pop();
        let set = self.at_depth(depth);
        self.dict_set(set, value, Value::None)
    }

    fn dict_add(&mut self, depth: u32) -> Result<(), Raise> {
        let value = self.pop();
        let key = self.pop();
        let dict = self.at_depth(depth);
        self.dict_set(dict, key, value)
    }

    fn list_extend_op(&mut self) -> Result<(), Raise> {
        let iterable = self.pop();
        let list = self.pop();
        let class = self.heap.class_of(iterable);
        if self.lookup(class, names::ITER).is_none()
            && self.lookup(class, names::GETITEM).is_none()
            && self.native_iter(iterable).is_none()
        {
            let message = format!("Value after * must be an iterable, not {}", self.type_name(iterable));
            return Err(self.type_error(&message));
        }
        let flow = self.collect_items(iterable, &[list], |machine, keep, items| {
            let items = machine.items(items)?;
            machine.list_extend(keep[0].handle().expect("a list"), &items);
            Ok(keep[0].into())
        })?;
        self.apply(flow)
    }

    fn set_update_op(&mut self) -> Result<(), Raise> {
        let iterable = self.pop();
        let set = self.pop();
        let flow = self.collect_items(iterable, &[set], |machine, keep, items| {
            for item in machine.items(items)? {
                machine.dict_set(keep[0].handle().expect("a set"), item, Value::None)?;
            }
            Ok(keep[0].into())
        })?;
        self.apply(flow)
    }

    fn dict_update_op(&mut self) -> Result<(), Raise> {
        let mapping = self.pop();
        let dict = self.at_depth(1);
        for (key, value) in self.mapping_entries(mapping)? {
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    /// The entries of a dict, or of what has `keys()`.
    pub fn mapping_entries(&mut self, mapping: Value) -> Result<Vec<(Value, Value)>, Raise> {
        if let Value::Object(handle) = mapping {
            match self.heap.data(handle) {
                Data::Dict(_) => return Ok(self.dict_entries(handle)),
                Data::Proxy(dict) => {
                    let dict = *dict;
                    return Ok(self.dict_entries(dict));
                }
                _ => {}
            }
        }
        let Some(keys) = self.find_attr(mapping, "keys")? else {
            let message = format!("'{}' object is not a mapping", self.type_name(mapping));
            return Err(self.type_error(&message));
        };
        let keys = self.call_leaf(keys, [])?;
        let mut entries = Vec::new();
        for key in self.items(keys)? {
            entries.push((key, self.get_item(mapping, key)?));
        }
        Ok(entries)
    }

    fn dict_merge_op(&mut self) -> Result<(), Raise> {
        let mapping = self.pop();
        let dict = self.at_depth(1);
        let entries = self.mapping_entries(mapping);
        let entries = match entries {
            Ok(entries) => entries,
            Err(raise) if self.is_instance(raise.0, classes::TYPE_ERROR) => {
                let message = format!("argument after ** must be a mapping, not {}", self.type_name(mapping));
                return Err(self.type_error(&message));
            }
            Err(raise) => return Err(raise),
        };
        for (key, value) in entries {
            if self.heap.text(key).is_none() {
                return Err(self.type_error("keywords must be strings"));
            }
            if self.dict_get(dict, key)?.is_some() {
                let message =
                    format!("got multiple values for keyword argument '{}'", self.heap.text(key).unwrap_or_default());
                return Err(self.type_error(&message));
            }
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    fn list_to_tuple(&mut self) -> Result<(), Raise> {
        let list = self.pop();
        let items = self.items(list)?;
        let tuple = self.heap.tuple(&items);
        self.stack.push(tuple);
        Ok(())
    }

    fn unpack(&mut self, count: usize) -> Result<(), Raise> {
        let value = self.pop();
        if let Some(items) = self.items_of(value).filter(|items| items.len() == count) {
            let items: Vec<Value> = items.iter().rev().copied().collect();
            self.stack.extend(items);
            return Ok(());
        }
        self.unpackable(value)?;
        let native = self.native_items(value)?;
        self.push_continuation(
            Then::Value(unpacked),
            Keep::from_slice(&[Value::from(count), Value::Bool(native.is_some())]),
        );
        // An endless iterator must not be read to its end to see that it is too long.
        let flow = match native {
            Some(items) => self.heap.list(items).into(),
            None => self.prelude_call("_take", &[value, Value::from(count + 1)])?,
        };
        self.apply(flow)
    }

    fn unpackable(&mut self, value: Value) -> Result<(), Raise> {
        let class = self.heap.class_of(value);
        if self.lookup(class, names::ITER).is_some()
            || self.lookup(class, names::GETITEM).is_some()
            || self.native_iter(value).is_some()
        {
            return Ok(());
        }
        if let Some(raise) = self.placeholder_used(value) {
            return Err(raise);
        }
        let message = format!("cannot unpack non-iterable {} object", self.type_name(value));
        Err(self.type_error(&message))
    }

    fn unpack_ex(&mut self, before: usize, after: usize) -> Result<(), Raise> {
        let value = self.pop();
        self.unpackable(value)?;
        let flow = self.collect_items(value, &[Value::from(before), Value::from(after)], |machine, keep, items| {
            let (Value::Int(before), Value::Int(after)) = (keep[0], keep[1]) else { unreachable!("kept as ints") };
            let (before, after) = (before as usize, after as usize);
            let items = machine.items(items)?;
            if items.len() < before + after {
                let message =
                    format!("not enough values to unpack (expected at least {}, got {})", before + after, items.len());
                return Err(machine.value_error(&message));
            }
            let middle = machine.heap.list(items[before..items.len() - after].to_vec());
            let mut all: Vec<Value> = items[items.len() - after..].iter().rev().copied().collect();
            all.push(middle);
            all.extend(items[..before].iter().rev());
            machine.push_all_but_last(&all)
        })?;
        self.apply(flow)
    }

    // A continuation's result is one value; the others go to the frame's stack before it.
    fn push_all_but_last(&mut self, values: &[Value]) -> Result<Flow, Raise> {
        let Some((last, others)) = values.split_last() else { return Ok(Flow::Done) };
        self.stack.extend_from_slice(others);
        Ok((*last).into())
    }

    fn jump_or_pop(&mut self, target: u32, wanted: bool) -> Result<(), Raise> {
        let value = self.top();
        match self.quick_truth(value) {
            Some(truth) if truth == wanted => self.frame().pc = target,
            Some(_) => drop(self.pop()),
            None => {
                let keep = Keep::from_slice(&[value, Value::from(target as usize), Value::Bool(wanted)]);
                self.stack.pop();
                self.push_continuation(Then::Value(jumped), keep);
                let flow = self.truth_flow(value)?;
                return self.apply(flow);
            }
        }
        Ok(())
    }

    fn jump_if_none(&mut self, target: u32) -> Result<(), Raise> {
        if self.pop().is_none() {
            self.frame().pc = target;
        }
        Ok(())
    }

    fn get_iter(&mut self) -> Result<(), Raise> {
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
        let names = self.items_of(code.consts[names as usize]).expect("a tuple of names").to_vec();
        let values = self.pop_many(names.len());
        let keywords = names.iter().filter_map(|name| name.handle()).zip(values).collect();
        let positional = self.pop_many(count);
        let receiver = self.pop();
        let method = self.pop();
        let args = Args { positional: positional.into(), keywords };
        let flow =
            if method.is_unbound() { Flow::call(receiver, args) } else { Flow::call(method, args.after(receiver)) };
        self.apply(flow)
    }

    fn call_spread(&mut self, with_names: bool) -> Result<(), Raise> {
        let mut keywords = Vec::new();
        if with_names {
            let dict = self.pop();
            for (key, value) in self.mapping_entries(dict)? {
                let name = self.heap.text(key).map(str::to_owned).unwrap_or_default();
                keywords.push((self.heap.intern(&name), value));
            }
        }
        let list = self.pop();
        let positional = self.items(list)?;
        let receiver = self.pop();
        let method = self.pop();
        let args = Args { positional: positional.into(), keywords };
        let flow =
            if method.is_unbound() { Flow::call(receiver, args) } else { Flow::call(method, args.after(receiver)) };
        self.apply(flow)
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

fn unpacked(machine: &mut Machine, keep: Keep, items: Value) -> Result<Flow, Raise> {
    let Value::Int(count) = keep[0] else { unreachable!("kept as an int") };
    let (count, items) = (count as usize, machine.items(items)?);
    if items.len() != count {
        let message = if items.len() > count {
            match keep[1] {
                Value::Bool(true) => format!("too many values to unpack (expected {count}, got {})", items.len()),
                _ => format!("too many values to unpack (expected {count})"),
            }
        } else {
            format!("not enough values to unpack (expected {count}, got {})", items.len())
        };
        return Err(machine.value_error(&message));
    }
    let all: Vec<Value> = items.iter().rev().copied().collect();
    machine.push_all_but_last(&all)
}

fn jumped(machine: &mut Machine, keep: Keep, truth: Value) -> Result<Flow, Raise> {
    let Value::Int(target) = keep[1] else { unreachable!("kept as an int") };
    if truth == keep[2] {
        machine.frame().pc = target as u32;
        return Ok(keep[0].into());
    }
    Ok(Flow::Done)
}
