//! Hashes and equalities that need no Python, and namespaces, whose keys are names.

use crate::python::heap::object::{Data, Text};
use crate::python::heap::{Heap, classes};
use crate::python::value::{Handle, Value};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// CPython's modulus for numbers, so that equal numbers of different types hash alike.
const MODULUS: i64 = (1 << 61) - 1;

/// Tuples inside tuples that are looked into here; deeper ones are the machine's affair, which counts its depth.
const DEEPEST: usize = 16;

impl Heap {
    /// The hash of a value whose hash is not Python's affair.
    pub(crate) fn quick_hash(&self, value: Value) -> Option<u64> {
        self.hash_within(value, DEEPEST)
    }

    fn hash_within(&self, value: Value, depth: usize) -> Option<u64> {
        match value {
            Value::None => Some(0xfca8_6420),
            Value::Bool(value) => Some(u64::from(value)),
            Value::Int(value) => Some(hash_int(value)),
            Value::Float(value) => Some(hash_float(value)),
            Value::Object(handle) => self.hash_object(handle, depth),
            Value::Unbound | Value::NotImplemented | Value::Ellipsis => Some(1),
        }
    }

    fn hash_object(&self, handle: Handle, depth: usize) -> Option<u64> {
        let object = self.object(handle);
        match &object.data {
            Data::Str(text) if object.class == classes::STR => Some(hash_text(text)),
            Data::Int(int) if object.class == classes::INT => Some(hash_big(int)),
            Data::Bytes(bytes) if object.class == classes::BYTES => Some(hash_bytes(bytes)),
            Data::Tuple(items) if object.class == classes::TUPLE => {
                let depth = depth.checked_sub(1)?;
                items.iter().try_fold(0x345_678, |hash, item| Some(combine(hash, self.hash_within(*item, depth)?)))
            }
            Data::Function(_) | Data::Native(_) | Data::Module(_) | Data::Cell(_) => Some(u64::from(handle.0)),
            Data::Class(_) if object.class == classes::TYPE => Some(u64::from(handle.0)),
            _ => None,
        }
    }

    /// Whether two values are equal, where that is not Python's affair.
    pub(crate) fn quick_eq(&self, a: Value, b: Value) -> Option<bool> {
        self.eq_within(a, b, DEEPEST)
    }

    fn eq_within(&self, a: Value, b: Value, depth: usize) -> Option<bool> {
        if a == b {
            return Some(!matches!(a, Value::Float(x) if x.is_nan()));
        }
        match (a, b) {
            (Value::Object(a), Value::Object(b)) => self.eq_objects(a, b, depth),
            (Value::Object(object), other) | (other, Value::Object(object)) => {
                let object = self.object(object);
                match (&object.data, other) {
                    (Data::Int(big), Value::Float(x)) if object.class == classes::INT => Some(big.to_f64() == Some(x)),
                    (Data::Str(_) | Data::Int(_) | Data::Bytes(_) | Data::Tuple(_), _)
                        if self.class(object.class).native =>
                    {
                        Some(false)
                    }
                    (Data::Int(big), Value::Int(x)) if self.class(object.class).native => {
                        Some(**big == BigInt::from(x))
                    }
                    _ => None,
                }
            }
            _ => Some(match (number(a), number(b)) {
                (Some(Number::Int(a)), Some(Number::Int(b))) => a == b,
                (Some(a), Some(b)) => a.float() == b.float() && a.same_int(b),
                _ => false,
            }),
        }
    }

    fn eq_objects(&self, a: Handle, b: Handle, depth: usize) -> Option<bool> {
        let (a, b) = (self.object(a), self.object(b));
        if !self.class(a.class).native || !self.class(b.class).native {
            return None;
        }
        match (&a.data, &b.data) {
            (Data::Str(a), Data::Str(b)) => Some(a.text == b.text),
            (Data::Int(a), Data::Int(b)) => Some(a == b),
            (Data::Bytes(a), Data::Bytes(b)) => Some(a == b),
            (Data::Tuple(a), Data::Tuple(b)) if a.len() != b.len() => Some(false),
            (Data::Str(_), Data::Tuple(_) | Data::Int(_)) | (Data::Tuple(_) | Data::Int(_), Data::Str(_)) => {
                Some(false)
            }
            (Data::Tuple(a), Data::Tuple(b)) => {
                let mut all = Some(true);
                let depth = depth.checked_sub(1)?;
                for (a, b) in a.iter().zip(b.iter()) {
                    match self.eq_within(*a, *b, depth) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => all = None,
                    }
                }
                all
            }
            (Data::Class(_), Data::Class(_)) => Some(false),
            _ => None,
        }
    }

    /// What a namespace has under a name.
    pub(crate) fn get_name(&self, dict: Handle, name: Handle) -> Option<Value> {
        self.name_place(dict, name).map(|place| self.dict(dict).value_at(place))
    }

    /// Puts a value into a namespace.
    pub(crate) fn set_name(&mut self, dict: Handle, name: Handle, value: Value) {
        match self.name_place(dict, name) {
            Some(place) => self.dict_mut(dict).set_at(place, value),
            None => {
                let hash = self.name_hash(name);
                self.dict_mut(dict).insert_new(hash, name.into(), value);
                self.charge(56);
            }
        }
    }

    /// Takes a name out of a namespace.
    pub(crate) fn delete_name(&mut self, dict: Handle, name: Handle) -> Option<Value> {
        let place = self.name_place(dict, name)?;
        Some(self.dict_mut(dict).remove_at(place).value)
    }

    // A removed entry's key is no text. A key that is interned under another name is another text.
    #[inline]
    pub(crate) fn name_place(&self, dict: Handle, name: Handle) -> Option<usize> {
        self.dict(dict).find(self.name_hash(name), |key| {
            key == Value::Object(name)
                || matches!(key.handle().map(|key| self.data(key)), Some(Data::Str(text)) if !text.interned
                    && text.text.as_ref() == self.name(name))
        })
    }

    #[inline]
    fn name_hash(&self, name: Handle) -> u64 {
        match self.data(name) {
            Data::Str(text) => hash_text(text),
            _ => unreachable!("a name is a string"),
        }
    }
}

/// A number that is not an object.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    pub(crate) fn float(self) -> f64 {
        match self {
            Number::Int(x) => x as f64,
            Number::Float(x) => x,
        }
    }

    // 2**53 + 1 is not 2.0**53, although both are the same float.
    fn same_int(self, other: Number) -> bool {
        match (self, other) {
            (Number::Int(i), Number::Float(f)) | (Number::Float(f), Number::Int(i)) => {
                f as i64 == i || f.abs() >= 9.3e18
            }
            _ => true,
        }
    }
}

pub(crate) fn number(value: Value) -> Option<Number> {
    match value {
        Value::Int(x) => Some(Number::Int(x)),
        Value::Bool(x) => Some(Number::Int(i64::from(x))),
        Value::Float(x) => Some(Number::Float(x)),
        _ => None,
    }
}

pub(crate) fn combine(hash: u64, item: u64) -> u64 {
    (hash ^ item).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31)
}

pub(crate) fn hash_int(value: i64) -> u64 {
    (value % MODULUS) as u64
}

pub(crate) fn hash_big(value: &BigInt) -> u64 {
    (value % MODULUS).to_i64().unwrap_or(0) as u64
}

pub(crate) fn hash_float(value: f64) -> u64 {
    if value.fract() == 0.0 && value.abs() < 9.2e18 {
        hash_int(value as i64)
    } else if value.is_finite() && value.fract() == 0.0 {
        num_traits::FromPrimitive::from_f64(value).map_or(0, |big: BigInt| hash_big(&big))
    } else {
        value.to_bits() ^ (value.to_bits() >> 32)
    }
}

pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish() >> 32 | 1
}

#[inline]
pub(crate) fn hash_text(text: &Text) -> u64 {
    let known = text.hash.get();
    if known != 0 {
        return u64::from(known);
    }
    let hash = hash_bytes(text.text.as_bytes()) as u32 | 1;
    text.hash.set(hash);
    u64::from(hash)
}
