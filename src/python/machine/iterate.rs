//! Iteration: native iterators at once, Python's by a frame.

use crate::python::heap::object::{Data, Iterator, Range, ViewKind};
use crate::python::heap::{classes, names};
use crate::python::machine::code::Op;
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

impl Range {
    pub(crate) fn len(&self) -> u64 {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let span = if step > 0 { stop - start } else { start - stop };
        if span <= 0 { 0 } else { ((span - 1) / step.abs() + 1) as u64 }
    }
}

impl Machine {
    pub(crate) fn new_iterator(&mut self, class: Handle, iterator: Iterator) -> Value {
        self.heap.alloc(class, Data::Iterator(Box::new(iterator))).into()
    }

    /// An iterator over values that are there already. What `__iter__` of a native class may return.
    pub fn iterator(&mut self, items: Vec<Value>) -> Value {
        self.heap.charge(items.len() * 16);
        self.new_iterator(classes::ITERATOR, Iterator::Items { items, at: 0 })
    }

    /// `iter(value)`
    #[expect(clippy::iter_not_returning_iterator, reason = "Python's `iter`")]
    pub(crate) fn iter(&mut self, value: Value) -> Result<Flow, Raise> {
        let class = self.heap.class_of(value);
        if self.heap.class(class).native
            && let Some(iterator) = self.native_iter(value)
        {
            return Ok(iterator.into());
        }
        match self.lookup(class, names::ITER) {
            Some(Value::None) => {}
            Some(method) => {
                let (callable, args) = self.receiver_first(method, value, crate::python::native::Args::default())?;
                return Ok(Flow::call(callable, args));
            }
            None if self.lookup(class, names::GETITEM).is_some() => {
                return self.prelude_call("_iterate_items", &[value]);
            }
            None => {}
        }
        if let Some(raise) = self.placeholder_used(value) {
            return Err(raise);
        }
        let message = format!("'{}' object is not iterable", self.type_name(value));
        Err(self.type_error(&message))
    }

    /// The iterator over what a native value holds.
    pub(crate) fn native_iter(&mut self, value: Value) -> Option<Value> {
        let handle = value.handle()?;
        let sequence = Iterator::Sequence { source: value, at: 0 };
        let (class, iterator) = match self.heap.data(handle) {
            Data::Iterator(_) | Data::Generator(_) => return Some(value),
            Data::List(_) => (classes::LIST_ITERATOR, sequence),
            Data::Tuple(_) => (classes::TUPLE_ITERATOR, sequence),
            Data::Str(_) => (classes::STR_ITERATOR, sequence),
            Data::Bytes(_) | Data::ByteArray(_) => (classes::BYTES_ITERATOR, sequence),
            Data::Range(range) => {
                (classes::RANGE_ITERATOR, Iterator::Range { next: range.start, left: range.len(), step: range.step })
            }
            Data::Dict(_) => (classes::DICT_KEY_ITERATOR, self.table_iterator(handle, ViewKind::Keys)),
            Data::Set(_) => (classes::SET_ITERATOR, self.table_iterator(handle, ViewKind::Keys)),
            Data::View(kind, dict) => {
                let class = [classes::DICT_KEY_ITERATOR, classes::DICT_VALUE_ITERATOR, classes::DICT_ITEM_ITERATOR]
                    [*kind as usize];
                (class, self.table_iterator(*dict, *kind))
            }
            Data::Proxy(dict) => (classes::DICT_KEY_ITERATOR, self.table_iterator(*dict, ViewKind::Keys)),
            _ => return None,
        };
        Some(self.new_iterator(class, iterator))
    }

    fn table_iterator(&self, dict: Handle, kind: ViewKind) -> Iterator {
        Iterator::Table { dict, place: 0, size: self.heap.dict(dict).len(), kind, backwards: false }
    }

    /// The next item of a native iterator.
    pub(crate) fn native_next(&mut self, handle: Handle) -> Result<Option<Value>, Raise> {
        let Data::Iterator(iterator) = self.heap.data_mut(handle) else { unreachable!("an iterator") };
        match &mut **iterator {
            Iterator::Range { left: 0, .. } | Iterator::Done => Ok(None),
            Iterator::Range { next, left, step } => {
                let value = *next;
                *left -= 1;
                *next = next.wrapping_add(*step);
                Ok(Some(Value::Int(value)))
            }
            Iterator::Items { items, at } => {
                *at += 1;
                Ok(items.get(*at - 1).copied())
            }
            Iterator::Sequence { source, at } => {
                let (source, place) = (source.handle().expect("sequences are objects"), *at);
                self.sequence_next(handle, source, place)
            }
            Iterator::Reversed { source, left } => {
                if *left == 0 {
                    return Ok(None);
                }
                *left -= 1;
                let (source, left) = (*source, *left);
                self.get_item(source, Value::Int(left as i64)).map(Some)
            }
            Iterator::Table { dict, place, size, kind, backwards } => {
                let step = (*dict, *place, *size, *kind, *backwards);
                self.table_next(handle, step)
            }
            Iterator::Zip { parts, strict } => {
                let (parts, strict) = (parts.clone(), *strict);
                self.zip_next(&parts, strict)
            }
            Iterator::Enumerate { part, count } => {
                let (part, number) = (*part, *count);
                *count += 1;
                match self.native_next(part.handle().expect("an iterator"))? {
                    Some(item) => Ok(Some(self.heap.tuple(&[number.into(), item]))),
                    None => Ok(None),
                }
            }
        }
    }

    fn sequence_next(&mut self, iterator: Handle, source: Handle, place: usize) -> Result<Option<Value>, Raise> {
        let (item, next) = match self.heap.data(source) {
            Data::List(items) => (items.get(place).copied(), place + 1),
            Data::Tuple(items) => (items.get(place).copied(), place + 1),
            Data::Bytes(bytes) => (bytes.get(place).map(|byte| Value::Int(i64::from(*byte))), place + 1),
            Data::ByteArray(bytes) => (bytes.get(place).map(|byte| Value::Int(i64::from(*byte))), place + 1),
            Data::Str(text) => match text.text[place..].chars().next() {
                Some(c) => {
                    let mut buffer = [0; 4];
                    let item = self.heap.str(c.encode_utf8(&mut buffer));
                    (Some(item), place + c.len_utf8())
                }
                None => (None, place),
            },
            _ => (None, place),
        };
        if let Data::Iterator(iterator) = self.heap.data_mut(iterator) {
            match (item, &mut **iterator) {
                (Some(_), Iterator::Sequence { at, .. }) => *at = next,
                (None, done) => *done = Iterator::Done,
                _ => {}
            }
        }
        Ok(item)
    }

    fn table_next(
        &mut self,
        iterator: Handle,
        step: (Handle, usize, usize, ViewKind, bool),
    ) -> Result<Option<Value>, Raise> {
        let (dict, mut at, size, kind, backwards) = step;
        let table = self.heap.dict(dict);
        if table.len() != size {
            let kind = if matches!(self.heap.data(dict), Data::Set(_)) { "Set" } else { "dictionary" };
            return Err(self.runtime_error(&format!("{kind} changed size during iteration")));
        }
        let places = table.places();
        let entry = loop {
            if at >= places {
                break None;
            }
            let place = if backwards { places - 1 - at } else { at };
            at += 1;
            if let Some(entry) = table.at(place) {
                break Some(entry);
            }
        };
        if let Data::Iterator(iterator) = self.heap.data_mut(iterator)
            && let Iterator::Table { place, .. } = &mut **iterator
        {
            *place = at;
        }
        Ok(entry.map(|entry| match kind {
            ViewKind::Keys => entry.key,
            ViewKind::Values => entry.value,
            ViewKind::Items => self.heap.tuple(&[entry.key, entry.value]),
        }))
    }

    fn zip_next(&mut self, parts: &[Value], strict: bool) -> Result<Option<Value>, Raise> {
        let mut items = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            match self.native_next(part.handle().expect("an iterator"))? {
                Some(item) => items.push(item),
                None if !strict => return Ok(None),
                None => return self.zip_ended(parts, at),
            }
        }
        if items.is_empty() { Ok(None) } else { Ok(Some(self.heap.tuple(&items))) }
    }

    fn zip_ended(&mut self, parts: &[Value], at: usize) -> Result<Option<Value>, Raise> {
        let others = |n: usize| if n == 1 { "argument 1".to_owned() } else { format!("arguments 1-{n}") };
        if at > 0 {
            let message = format!("zip() argument {} is shorter than {}", at + 1, others(at));
            return Err(self.value_error(&message));
        }
        for (at, part) in parts.iter().enumerate().skip(1) {
            if self.native_next(part.handle().expect("an iterator"))?.is_some() {
                let message = format!("zip() argument {} is longer than {}", at + 1, others(at));
                return Err(self.value_error(&message));
            }
        }
        Ok(None)
    }

    /// `ForIter` over what is no native iterator.
    pub(crate) fn advance(&mut self) -> Result<(), Raise> {
        let iterator = self.top();
        let flow = self.next_of(iterator)?;
        self.apply(flow)
    }

    /// `next(iterator)`: its end is a `StopIteration`.
    pub(crate) fn next_of(&mut self, iterator: Value) -> Result<Flow, Raise> {
        if let Value::Object(handle) = iterator {
            match self.heap.data(handle) {
                Data::Iterator(_) => {
                    return match self.native_next(handle)? {
                        Some(item) => Ok(item.into()),
                        None => Err(Raise(self.exception(classes::STOP_ITERATION, &[]))),
                    };
                }
                Data::Generator(_) => return self.resume_generator(handle, Ok(Value::None)),
                _ => {}
            }
        }
        match self.special(iterator, names::NEXT, [])? {
            Some(flow) => Ok(flow),
            None => {
                let message = format!("'{}' object is not an iterator", self.type_name(iterator));
                Err(self.type_error(&message))
            }
        }
    }

    /// The items of an exact list or tuple, without copying.
    pub(crate) fn items_of(&self, value: Value) -> Option<&[Value]> {
        match self.heap.data(value.handle()?) {
            Data::List(items) => Some(items),
            Data::Tuple(items) => Some(items),
            _ => None,
        }
    }

    /// All items of an iterable, if iterating needs no Python frame.
    pub(crate) fn native_items(&mut self, iterable: Value) -> Result<Option<Vec<Value>>, Raise> {
        let class = self.heap.class_of(iterable);
        if !self.heap.class(class).native {
            let iter = self.lookup(class, names::ITER);
            let builtin =
                iter.and_then(Value::handle).is_some_and(|iter| matches!(self.heap.data(iter), Data::Native(_)));
            if !builtin {
                return Ok(None);
            }
        }
        if let Some(items) = self.items_of(iterable) {
            return Ok(Some(items.to_vec()));
        }
        if let Some(Data::Dict(table) | Data::Set(table)) = iterable.handle().map(|handle| self.heap.data(handle)) {
            return Ok(Some(table.iter().map(|entry| entry.key).collect()));
        }
        let Some(iterator) = self.native_iter(iterable).and_then(Value::handle) else { return Ok(None) };
        if !matches!(self.heap.data(iterator), Data::Iterator(_)) {
            return Ok(None);
        }
        let mut items = Vec::new();
        while let Some(item) = self.native_next(iterator)? {
            items.push(item);
            if items.len() % 65536 == 0 {
                self.reserve(items.len() * 16)?;
            }
        }
        Ok(Some(items))
    }

    /// All items of an iterable, at once: a generator runs as a leaf.
    pub fn items(&mut self, iterable: Value) -> Result<Vec<Value>, Raise> {
        if let Some(items) = self.native_items(iterable)? {
            return Ok(items);
        }
        let list = self.settled(|machine| machine.prelude_call("_collect", &[iterable]))?;
        Ok(self.items_of(list).map(<[Value]>::to_vec).unwrap_or_default())
    }

    /// Goes on with a list (or tuple) of all items of an iterable; a generator may suspend meanwhile.
    pub fn collect_items(
        &mut self,
        iterable: Value,
        keep: &[Value],
        then: fn(&mut Machine, Keep, Value) -> Result<Flow, Raise>,
    ) -> Result<Flow, Raise> {
        if let Some(items) = self.native_items(iterable)? {
            let list = self.heap.list(items);
            return then(self, keep.into(), list);
        }
        self.push_continuation(Then::Value(then), keep.into());
        self.prelude_call("_collect", &[iterable])
    }

    /// A call of a function of the builtins' Python part.
    pub(crate) fn prelude_call(&mut self, name: &str, args: &[Value]) -> Result<Flow, Raise> {
        let name = self.heap.intern(name);
        match self.heap.get_name(self.builtins, name) {
            Some(function) => Ok(Flow::call(function, args)),
            None => Err(self.runtime_error("the builtins are not complete")),
        }
    }

    /// Appends to a list.
    pub fn list_extend(&mut self, list: Handle, items: &[Value]) {
        if let Data::List(known) = self.heap.data_mut(list) {
            known.extend_from_slice(items);
            self.heap.charge(items.len() * 16);
        }
    }

    /// `yield from` and `await`: sends the top to what is under it.
    pub(crate) fn send_op(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        let receiver = self.top();
        let handle = receiver.handle();
        let flow = match handle.map(|handle| self.heap.data(handle)) {
            Some(Data::Generator(_)) => self.resume_generator(handle.expect("an object"), Ok(value))?,
            Some(Data::AsyncStep(_)) => self.async_step(handle.expect("an object"), Ok(value))?,
            _ if value.is_none() => self.next_of(receiver)?,
            _ => match self.special(receiver, names::SEND, [value])? {
                Some(flow) => flow,
                None => return Err(self.no_attribute(receiver, names::SEND)),
            },
        };
        self.apply(flow)
    }

    /// Whether the top frame waits in a `yield from` or `await`, and for what.
    pub(crate) fn delegate(&self) -> Option<Value> {
        let Some(Activation::Python(frame)) = self.frames.last() else { return None };
        let at = frame.pc as usize;
        // A suspended frame stands behind a Yield; in a delegation the op before that is the Send.
        let delegating = at >= 2
            && matches!(frame.code.body().ops[at - 1], Op::Yield)
            && matches!(frame.code.body().ops[at - 2], Op::Send(_));
        delegating.then(|| self.top())
    }
}
