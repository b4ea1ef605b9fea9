//! `value[key]`, slices, `in`.

use crate::python::heap::object::{Data, Range, ViewKind};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

/// A slice over a sequence of known length: where it starts, how it steps, how many it takes.
#[derive(Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) start: i64,
    pub(crate) step: i64,
    pub(crate) count: usize,
}

impl Cut {
    pub(crate) fn places(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |n| (self.start + n * self.step) as usize)
    }

    fn of<T: Clone>(self, items: &[T]) -> Vec<T> {
        self.places().map(|at| items[at].clone()).collect()
    }
}

impl Machine {
    /// `value[key]`
    pub(crate) fn subscript(&mut self, value: Value, key: Value) -> Result<Flow, Raise> {
        if self.is_native(value)
            && let Some(item) = self.native_item(value, key)?
        {
            return Ok(item.into());
        }
        if let Some(class) = self.class_handle(value) {
            return self.class_subscript(class, key);
        }
        match self.special(value, names::GETITEM, [key])? {
            Some(flow) => Ok(flow),
            None => {
                if let Some(raise) = self.placeholder_used(value) {
                    return Err(raise);
                }
                let message = format!("'{}' object is not subscriptable", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    fn class_subscript(&mut self, class: Handle, key: Value) -> Result<Flow, Raise> {
        let metaclass = self.heap.object(class).class;
        if let Some(method) = self.lookup(metaclass, names::GETITEM) {
            return Ok(Flow::call(method, [class.into(), key]));
        }
        match self.lookup(class, names::CLASS_GETITEM) {
            Some(method) => {
                let function = match method.handle().map(|handle| self.heap.data(handle)) {
                    Some(Data::ClassMethod(function)) => *function,
                    _ => method,
                };
                Ok(Flow::call(function, [class.into(), key]))
            }
            None => {
                let message = format!("type '{}' is not subscriptable", self.heap.class(class).name);
                Err(self.type_error(&message))
            }
        }
    }

    /// `value[key]`, at once.
    pub fn get_item(&mut self, value: Value, key: Value) -> Result<Value, Raise> {
        if self.is_native(value)
            && let Some(item) = self.native_item(value, key)?
        {
            return Ok(item);
        }
        self.settled(|machine| machine.subscript(value, key))
    }

    /// An item of what a native value holds; nothing if it holds no items.
    pub(crate) fn native_item(&mut self, value: Value, key: Value) -> Result<Option<Value>, Raise> {
        let Value::Object(handle) = value else { return Ok(None) };
        if matches!(self.heap.data(handle), Data::Dict(_) | Data::Proxy(_)) {
            return self.dict_item(handle, key).map(Some);
        }
        if let Some(Data::Slice(parts)) = key.handle().map(|key| self.heap.data(key)) {
            let parts = **parts;
            return self.slice_of(handle, parts);
        }
        let Some(size) = self.sequence_len(handle) else { return Ok(None) };
        let at = match key {
            Value::Int(at) => at,
            _ => self.sequence_index(handle, key)?,
        };
        let place = if at < 0 { at + size as i64 } else { at };
        if place < 0 || place >= size as i64 {
            let message = format!("{} index out of range", self.sequence_name(handle));
            return Err(self.index_error(&message));
        }
        Ok(Some(self.item_at(handle, place as usize)))
    }

    fn sequence_len(&self, handle: Handle) -> Option<usize> {
        match self.heap.data(handle) {
            Data::Dict(_) | Data::Set(_) | Data::View(..) | Data::Proxy(_) => None,
            _ => self.native_len(handle),
        }
    }

    fn item_at(&mut self, handle: Handle, place: usize) -> Value {
        match self.heap.data(handle) {
            Data::List(items) => items[place],
            Data::Tuple(items) => items[place],
            Data::Bytes(bytes) => Value::Int(i64::from(bytes[place])),
            Data::ByteArray(bytes) => Value::Int(i64::from(bytes[place])),
            Data::Range(range) => Value::Int(range.start + range.step * place as i64),
            Data::Str(text) => {
                let text = text.clone();
                let c = if text.ascii {
                    char::from(text.text.as_bytes()[place])
                } else {
                    text.text.chars().nth(place).expect("in range")
                };
                let mut buffer = [0; 4];
                self.heap.str(c.encode_utf8(&mut buffer))
            }
            _ => unreachable!("a sequence"),
        }
    }

    fn sequence_name(&self, handle: Handle) -> &'static str {
        match self.heap.data(handle) {
            Data::Str(_) => "string",
            Data::List(_) => "list",
            Data::Tuple(_) => "tuple",
            Data::Range(_) => "range object",
            Data::ByteArray(_) => "bytearray",
            _ => "index",
        }
    }

    fn sequence_index(&mut self, handle: Handle, key: Value) -> Result<i64, Raise> {
        let class = self.heap.class_of(key);
        if self.big(key).is_none() && self.lookup(class, names::INDEX).is_none() {
            let key = self.type_name(key);
            let message = match self.heap.data(handle) {
                Data::Str(_) => format!("string indices must be integers, not '{key}'"),
                Data::List(_) => format!("list indices must be integers or slices, not {key}"),
                Data::Tuple(_) => format!("tuple indices must be integers or slices, not {key}"),
                Data::Bytes(_) => format!("byte indices must be integers or slices, not {key}"),
                Data::ByteArray(_) => format!("bytearray indices must be integers or slices, not {key}"),
                _ => format!("range indices must be integers or slices, not {key}"),
            };
            return Err(self.type_error(&message));
        }
        self.small_index(key)
    }

    fn dict_item(&mut self, handle: Handle, key: Value) -> Result<Value, Raise> {
        let dict = match self.heap.data(handle) {
            Data::Proxy(dict) => *dict,
            _ => handle,
        };
        if let Some(value) = self.dict_get(dict, key)? {
            return Ok(value);
        }
        let class = self.heap.object(handle).class;
        if !self.heap.class(class).native
            && let Some(value) = self.call_special(handle.into(), names::MISSING, [key])?
        {
            return Ok(value);
        }
        Err(self.key_error(key))
    }

    pub(crate) fn cut(&mut self, parts: [Value; 3], size: usize) -> Result<Cut, Raise> {
        let size = size as i64;
        let step = match parts[2] {
            Value::None => 1,
            step => self.slice_index(step)?,
        };
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let (low, high) = if step > 0 { (0, size) } else { (-1, size - 1) };
        let bound = |machine: &mut Machine, part: Value, default: i64| match part {
            Value::None => Ok(default),
            part => {
                let at = machine.slice_index(part)?;
                Ok(if at < 0 { at.saturating_add(size).max(low) } else { at.min(high) })
            }
        };
        let start = bound(self, parts[0], if step > 0 { low } else { high })?;
        let stop = bound(self, parts[1], if step > 0 { high } else { low })?;
        let range = Range { start, stop, step };
        Ok(Cut { start, step, count: range.len() as usize })
    }

    fn slice_index(&mut self, value: Value) -> Result<i64, Raise> {
        let class = self.heap.class_of(value);
        if self.big(value).is_none() && self.lookup(class, names::INDEX).is_none() {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.small_index(value)
    }

    fn slice_of(&mut self, handle: Handle, parts: [Value; 3]) -> Result<Option<Value>, Raise> {
        let Some(size) = self.sequence_len(handle) else { return Ok(None) };
        let cut = self.cut(parts, size)?;
        let (class, data) = match self.heap.data(handle) {
            Data::List(items) => (classes::LIST, Data::List(cut.of(items))),
            Data::Tuple(items) => (classes::TUPLE, Data::Tuple(cut.of(items).into())),
            Data::Bytes(bytes) => (classes::BYTES, Data::Bytes(cut.of(bytes).into())),
            Data::ByteArray(bytes) => (classes::BYTEARRAY, Data::ByteArray(cut.of(bytes))),
            Data::Range(range) => {
                let start = range.start + cut.start * range.step;
                let step = range.step * cut.step;
                let stop = start + step * cut.count as i64;
                (classes::RANGE, Data::Range(Box::new(Range { start, stop, step })))
            }
            Data::Str(text) => {
                let cut_text = if text.ascii && cut.step == 1 {
                    text.text[cut.start as usize..cut.start as usize + cut.count].to_owned()
                } else {
                    let chars: Vec<char> = text.text.chars().collect();
                    cut.of(&chars).into_iter().collect()
                };
                return Ok(Some(self.heap.str(&cut_text)));
            }
            _ => return Ok(None),
        };
        Ok(Some(self.heap.alloc(class, data).into()))
    }

    /// `value[key] = item`
    pub(crate) fn assign_item(&mut self, value: Value, key: Value, item: Value) -> Result<Flow, Raise> {
        if self.is_native(value) && self.native_assign_item(value, key, item)? {
            return Ok(Value::None.into());
        }
        match self.special(value, names::SETITEM, [key, item])? {
            Some(flow) => Ok(flow),
            None => {
                let message = format!("'{}' object does not support item assignment", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// Assigns an item of what a native value holds; false if it takes none.
    pub(crate) fn native_assign_item(&mut self, value: Value, key: Value, item: Value) -> Result<bool, Raise> {
        let Value::Object(handle) = value else { return Ok(false) };
        match self.heap.data(handle) {
            Data::Dict(_) => self.dict_set(handle, key, item)?,
            Data::List(_) | Data::ByteArray(_) => {
                if let Some(Data::Slice(parts)) = key.handle().map(|key| self.heap.data(key)) {
                    let parts = **parts;
                    let items = self.items(item)?;
                    self.assign_slice(handle, parts, &items)?;
                    return Ok(true);
                }
                let place = self.place_in(handle, key, "assignment index")?;
                let byte = self.big(item).and_then(|int| u8::try_from(int).ok());
                match self.heap.data_mut(handle) {
                    Data::List(items) => items[place] = item,
                    Data::ByteArray(bytes) => match byte {
                        Some(byte) => bytes[place] = byte,
                        None => return Err(self.value_error("byte must be in range(0, 256)")),
                    },
                    _ => unreachable!("a list or bytearray"),
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn place_in(&mut self, handle: Handle, key: Value, what: &str) -> Result<usize, Raise> {
        let size = self.native_len(handle).expect("a sequence") as i64;
        let at = self.sequence_index(handle, key)?;
        let place = if at < 0 { at + size } else { at };
        if place < 0 || place >= size {
            let message = format!("{} {what} out of range", self.sequence_name(handle));
            return Err(self.index_error(&message));
        }
        Ok(place as usize)
    }

    fn assign_slice(&mut self, handle: Handle, parts: [Value; 3], items: &[Value]) -> Result<(), Raise> {
        let size = self.native_len(handle).expect("a sequence");
        let cut = self.cut(parts, size)?;
        if cut.step == 1 {
            let (start, end) = (cut.start as usize, cut.start as usize + cut.count);
            self.heap.charge(items.len() * 16);
            let bytes: Vec<u8> = items
                .iter()
                .filter_map(|item| if let Value::Int(x) = item { u8::try_from(*x).ok() } else { None })
                .collect();
            match self.heap.data_mut(handle) {
                Data::List(known) => drop(known.splice(start..end, items.iter().copied())),
                Data::ByteArray(known) => drop(known.splice(start..end, bytes)),
                _ => unreachable!("a list or bytearray"),
            }
            return Ok(());
        }
        if cut.count != items.len() {
            let message =
                format!("attempt to assign sequence of size {} to extended slice of size {}", items.len(), cut.count);
            return Err(self.value_error(&message));
        }
        if let Data::List(known) = self.heap.data_mut(handle) {
            cut.places().zip(items).for_each(|(at, item)| known[at] = *item);
        }
        Ok(())
    }

    /// `del value[key]`
    pub(crate) fn delete_item(&mut self, value: Value, key: Value) -> Result<Flow, Raise> {
        if self.is_native(value) && self.native_delete_item(value, key)? {
            return Ok(Value::None.into());
        }
        match self.special(value, names::DELITEM, [key])? {
            Some(flow) => Ok(flow),
            None => {
                let message = format!("'{}' object doesn't support item deletion", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    pub(crate) fn native_delete_item(&mut self, value: Value, key: Value) -> Result<bool, Raise> {
        let Value::Object(handle) = value else { return Ok(false) };
        match self.heap.data(handle) {
            Data::Dict(_) => {
                if self.dict_remove(handle, key)?.is_none() {
                    return Err(self.key_error(key));
                }
            }
            Data::List(_) | Data::ByteArray(_) => {
                let size = self.native_len(handle).expect("a sequence");
                let mut places = match key.handle().map(|key| self.heap.data(key)) {
                    Some(Data::Slice(parts)) => {
                        let parts = **parts;
                        self.cut(parts, size)?.places().collect()
                    }
                    _ => vec![self.place_in(handle, key, "assignment index")?],
                };
                places.sort_unstable();
                let mut at = 0;
                let mut gone = |_: &_| {
                    at += 1;
                    places.binary_search(&(at - 1)).is_err()
                };
                match self.heap.data_mut(handle) {
                    Data::List(items) if places_is_last(items.len(), key) => drop(items.pop()),
                    Data::List(items) => items.retain(|_| gone(&0u8)),
                    Data::ByteArray(bytes) => bytes.retain(|_| gone(&0u8)),
                    _ => unreachable!("a list or bytearray"),
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `item in container`
    pub(crate) fn contains(&mut self, container: Value, item: Value) -> Result<Flow, Raise> {
        if self.is_native(container)
            && let Some(answer) = self.native_contains(container, item)?
        {
            return Ok(Value::Bool(answer).into());
        }
        let class = self.heap.class_of(container);
        match self.lookup(class, names::CONTAINS) {
            Some(Value::None) => {}
            Some(method) => {
                let (callable, args) = self.receiver_first(method, container, [item].into())?;
                return Ok(Flow::call_then(callable, args, &[], |machine, _, answer| machine.truth_flow(answer)));
            }
            None if self.lookup(class, names::ITER).is_some() || self.lookup(class, names::GETITEM).is_some() => {
                return self.prelude_call("_contains", &[container, item]);
            }
            None => {}
        }
        if let Some(raise) = self.placeholder_used(container) {
            return Err(raise);
        }
        let message = format!("argument of type '{}' is not a container or iterable", self.type_name(container));
        Err(self.type_error(&message))
    }

    /// Whether what a native value holds contains an item.
    pub(crate) fn native_contains(&mut self, container: Value, item: Value) -> Result<Option<bool>, Raise> {
        let Value::Object(handle) = container else { return Ok(None) };
        match self.heap.data(handle) {
            Data::Dict(_) | Data::Set(_) => Ok(Some(self.dict_get(handle, item)?.is_some())),
            Data::Proxy(dict) | Data::View(ViewKind::Keys, dict) => {
                let dict = *dict;
                Ok(Some(self.dict_get(dict, item)?.is_some()))
            }
            Data::Str(text) => match self.heap.text(item) {
                Some(part) => Ok(Some(text.text.contains(part))),
                None => {
                    let message =
                        format!("'in <string>' requires string as left operand, not {}", self.type_name(item));
                    Err(self.type_error(&message))
                }
            },
            Data::Bytes(_) | Data::ByteArray(_) => {
                let bytes = self.bytes_of(container).expect("bytes");
                Ok(Some(match (item, self.bytes_of(item)) {
                    (Value::Int(byte), _) => bytes.iter().any(|known| i64::from(*known) == byte),
                    (_, Some(part)) => part.is_empty() || bytes.windows(part.len()).any(|window| window == part),
                    _ => false,
                }))
            }
            Data::Range(range) => {
                let range = **range;
                Ok(Some(match item {
                    Value::Int(at) => {
                        let (low, high) =
                            if range.step > 0 { (range.start, range.stop) } else { (range.stop + 1, range.start + 1) };
                        at >= low && at < high && (at - range.start) % range.step == 0
                    }
                    _ => return self.any_equal(container, item),
                }))
            }
            Data::List(_) | Data::Tuple(_) | Data::View(..) | Data::Iterator(_) => self.any_equal(container, item),
            _ => Ok(None),
        }
    }

    fn any_equal(&mut self, container: Value, item: Value) -> Result<Option<bool>, Raise> {
        let Some(items) = self.native_items(container)? else { return Ok(None) };
        for known in items {
            if self.equals(known, item)? {
                return Ok(Some(true));
            }
        }
        Ok(Some(false))
    }

    /// The bytes of `bytes` or `bytearray`.
    pub fn bytes_of(&self, value: Value) -> Option<Vec<u8>> {
        match self.heap.data(value.handle()?) {
            Data::Bytes(bytes) => Some(bytes.to_vec()),
            Data::ByteArray(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// `not in` and `in`, as an instruction.
    pub(crate) fn contains_op(&mut self, not: bool) -> Result<(), Raise> {
        let container = self.pop();
        let item = self.pop();
        if not {
            self.push_continuation(Then::Value(negated), Keep::new());
        }
        let flow = self.contains(container, item)?;
        self.apply(flow)
    }
}

fn places_is_last(size: usize, key: Value) -> bool {
    matches!(key, Value::Int(at) if at == -1 || at == size as i64 - 1)
}

pub(crate) fn negated(machine: &mut Machine, _: Keep, answer: Value) -> Result<Flow, Raise> {
    Ok(Value::Bool(!machine.truth(answer)?).into())
}
