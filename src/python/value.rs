//! Values: small, `Copy`, meaningless without the heap they point into.

use std::fmt;

/// A place in the heap of one machine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(pub(crate) u32);

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A Python value. Equality here is identity (`is`), never Python's `==`.
// Two whole words: with a tag of one byte, each copy would be one of odd pieces.
#[repr(u64)]
#[derive(Clone, Copy, Debug, Default)]
pub enum Value {
    /// No value: a local before its assignment, an argument that was not given.
    #[default]
    Unbound,
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An `int` of 64 bits; larger ones are objects.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// Everything else.
    Object(Handle),
}

impl PartialEq for Value {
    #[inline]
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Object(a), Value::Object(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other) && !self.carries(),
        }
    }
}

impl Eq for Value {}

impl Value {
    #[inline]
    fn carries(self) -> bool {
        matches!(self, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Object(_))
    }

    /// Whether this is no value at all.
    #[inline]
    pub fn is_unbound(self) -> bool {
        matches!(self, Value::Unbound)
    }

    /// Whether this is `None`.
    #[inline]
    pub fn is_none(self) -> bool {
        matches!(self, Value::None)
    }

    /// The value, or `None` where there is none.
    #[inline]
    pub fn given(self) -> Option<Value> {
        if self.is_unbound() { None } else { Some(self) }
    }

    /// The value, or `default` where there is none.
    #[inline]
    pub fn or(self, default: Value) -> Value {
        if self.is_unbound() { default } else { self }
    }

    /// The object behind the value, if it is one.
    #[inline]
    pub fn handle(self) -> Option<Handle> {
        match self {
            Value::Object(handle) => Some(handle),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Value {
        Value::Int(value as i64)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<Handle> for Value {
    fn from(handle: Handle) -> Value {
        Value::Object(handle)
    }
}
