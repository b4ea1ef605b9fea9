//! Truth, length, hash.

use crate::python::heap::lookup;
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

impl Machine {
    /// The truth of a value that no method decides.
    pub(crate) fn quick_truth(&mut self, value: Value) -> Option<bool> {
        let handle = match value {
            Value::Bool(truth) => return Some(truth),
            Value::None => return Some(false),
            Value::Int(x) => return Some(x != 0),
            Value::Float(x) => return Some(x != 0.0),
            Value::Object(handle) => handle,
            _ => return Some(true),
        };
        let object = self.heap.object(handle);
        let class = object.class;
        if self.heap.class(class).native
            && let Some(size) = self.native_len(handle)
        {
            return Some(size != 0);
        }
        if matches!(self.heap.data(handle), Data::Function(_) | Data::Native(_) | Data::Method(_)) {
            return Some(true);
        }
        if self.lookup(class, names::BOOL).is_none() && self.lookup(class, names::LEN).is_none() {
            Some(true)
        } else {
            None
        }
    }

    /// The length of what a native value holds.
    pub(crate) fn native_len(&self, handle: Handle) -> Option<usize> {
        Some(match self.heap.data(handle) {
            Data::Str(text) if text.ascii => text.text.len(),
            Data::Str(text) => text.text.chars().count(),
            Data::Bytes(bytes) => bytes.len(),
            Data::ByteArray(bytes) => bytes.len(),
            Data::List(items) => items.len(),
            Data::Tuple(items) => items.len(),
            Data::Dict(dict) | Data::Set(dict) => dict.len(),
            Data::Range(range) => range.len() as usize,
            Data::View(_, dict) | Data::Proxy(dict) => self.heap.dict(*dict).len(),
            _ => return None,
        })
    }

    /// Replaces the top by something whose truth is known.
    pub(crate) fn replace_by_truth(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        let flow = self.truth_flow(value)?;
        self.apply(flow)
    }

    pub(crate) fn truth_flow(&mut self, value: Value) -> Result<Flow, Raise> {
        if let Some(truth) = self.quick_truth(value) {
            return Ok(Value::Bool(truth).into());
        }
        if self.lookup(self.heap.class_of(value), names::BOOL).is_some() {
            self.push_continuation(Then::Value(bool_answered), Keep::new());
            return Ok(self.special(value, names::BOOL, [])?.expect("it was found"));
        }
        self.push_continuation(Then::Value(len_answered), Keep::new());
        Ok(self.special(value, names::LEN, [])?.expect("it was found"))
    }

    /// `bool(value)`, at once.
    pub fn truth(&mut self, value: Value) -> Result<bool, Raise> {
        if let Some(truth) = self.quick_truth(value) {
            return Ok(truth);
        }
        Ok(self.settled(|machine| machine.truth_flow(value))? == Value::Bool(true))
    }

    /// `len(value)`, at once.
    pub fn len(&mut self, value: Value) -> Result<usize, Raise> {
        if self.is_native(value)
            && let Some(size) = value.handle().and_then(|handle| self.native_len(handle))
        {
            return Ok(size);
        }
        match self.call_special(value, names::LEN, [])? {
            Some(Value::Int(size)) if size >= 0 => Ok(size as usize),
            Some(Value::Int(_)) => Err(self.value_error("__len__() should return >= 0")),
            Some(other) => {
                let message = format!("'{}' object cannot be interpreted as an integer", self.type_name(other));
                Err(self.type_error(&message))
            }
            None => {
                if let Some(raise) = self.placeholder_used(value) {
                    return Err(raise);
                }
                let message = format!("object of type '{}' has no len()", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// `hash(value)` as dicts use it, at once.
    pub fn hash(&mut self, value: Value) -> Result<u64, Raise> {
        if let Some(hash) = self.heap.quick_hash(value) {
            return Ok(hash);
        }
        let class = self.heap.class_of(value);
        if let Some(Data::Tuple(items)) = value.handle().map(|handle| self.heap.data(handle))
            && class == classes::TUPLE
        {
            let items = items.clone();
            return self.guarded(|machine| {
                let mut hash = 0x345_678;
                for item in items.iter() {
                    hash = lookup::combine(hash, machine.hash(*item)?);
                }
                Ok(hash)
            });
        }
        match self.lookup(class, names::HASH) {
            Some(method) if Some(method) == self.known.hash.given() => Ok(self.identity_hash(value)),
            None | Some(Value::None) => {
                let message = format!("unhashable type: '{}'", self.type_name(value));
                Err(self.type_error(&message))
            }
            Some(_) => {
                let answer = self.call_special(value, names::HASH, [])?.expect("it was found");
                match self.big(answer) {
                    Some(_) if let Value::Int(hash) = answer => Ok(hash as u64),
                    Some(_) => Ok(self.heap.quick_hash(answer).unwrap_or_default()),
                    None => Err(self.type_error("__hash__ method should return an integer")),
                }
            }
        }
    }

    pub(crate) fn identity_hash(&self, value: Value) -> u64 {
        value.handle().map_or(7, |handle| u64::from(handle.0) * 16)
    }

    /// The hash of what a native value holds, whatever its class.
    pub(crate) fn hash_of_data(&mut self, value: Value) -> Result<u64, Raise> {
        let Value::Object(handle) = value else { return Ok(self.heap.quick_hash(value).unwrap_or_default()) };
        match self.heap.data(handle) {
            Data::Str(text) => Ok(lookup::hash_text(text)),
            Data::Int(int) => Ok(lookup::hash_big(int)),
            Data::Float(x) => Ok(lookup::hash_float(*x)),
            Data::Bytes(bytes) => Ok(lookup::hash_bytes(bytes)),
            Data::Tuple(items) => {
                let items = items.clone();
                let mut hash = 0x345_678;
                for item in items.iter() {
                    hash = lookup::combine(hash, self.hash(*item)?);
                }
                Ok(hash)
            }
            Data::Set(dict) => {
                Ok(dict.iter().fold(dict.len() as u64, |sum, entry| sum ^ entry.hash.wrapping_mul(0x9e37_79b9)))
            }
            Data::Method(method) => {
                Ok(lookup::combine(self.identity_hash(method.function), self.identity_hash(method.receiver)))
            }
            _ => Ok(self.identity_hash(value)),
        }
    }
}

fn bool_answered(machine: &mut Machine, _: Keep, answer: Value) -> Result<Flow, Raise> {
    match answer {
        Value::Bool(_) => Ok(answer.into()),
        _ => {
            let message = format!("__bool__ should return bool, returned {}", machine.type_name(answer));
            Err(machine.type_error(&message))
        }
    }
}

fn len_answered(machine: &mut Machine, _: Keep, answer: Value) -> Result<Flow, Raise> {
    match answer {
        Value::Int(size) if size >= 0 => Ok(Value::Bool(size > 0).into()),
        Value::Int(_) => Err(machine.value_error("__len__() should return >= 0")),
        _ => {
            let message = format!("'{}' object cannot be interpreted as an integer", machine.type_name(answer));
            Err(machine.type_error(&message))
        }
    }
}
