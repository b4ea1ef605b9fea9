//! Python's values as data and back: how operations, statements and rows cross the border.
//!
//! The shapes are serde's own: a dict is a struct or a map, a list or a tuple a sequence, a string a variant without
//! content, a dict of one entry a variant with content. Only plain values cross; an object of a class is a mistake of the
//! surface and says so.

mod read;
mod write;

use crate::python::machine::Machine;
use crate::python::value::Value;
use read::Reader;
use serde::de::{self, DeserializeOwned};
use serde::ser::{self, Serialize};
use std::fmt;
use write::Writer;

/// Why a value is not the data that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(pub String);

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Mismatch(message.to_string())
    }
}

impl ser::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Mismatch(message.to_string())
    }
}

/// The data in a value.
pub fn load<T: DeserializeOwned>(machine: &Machine, value: Value) -> Result<T, Mismatch> {
    T::deserialize(Reader { machine, value, depth: 0 })
}

/// A value made of data.
pub fn lift<T: Serialize + ?Sized>(machine: &mut Machine, data: &T) -> Result<Value, Mismatch> {
    data.serialize(Writer { machine })
}
