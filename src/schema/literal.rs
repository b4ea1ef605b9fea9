//! Values as databases hold them and as Python writes them.

use serde::{Deserialize, Serialize};

/// One value: a cell of a row, a bound parameter, a keyword argument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// SQL's NULL, Python's None.
    Null,
    /// A truth value.
    Boolean(bool),
    /// An integer that databases hold natively.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A decimal number, or an integer beyond 64 bits, as its digits.
    Decimal(String),
    /// `YYYY-MM-DD`.
    Date(String),
    /// `HH:MM:SS[.ffffff][+HH:MM]`.
    Time(String),
    /// `YYYY-MM-DD HH:MM:SS[.ffffff][+HH:MM]`.
    DateTime(String),
    /// A duration in microseconds.
    Interval(i64),
    /// A UUID with hyphens.
    Uuid(String),
    /// A JSON document as text.
    Json(String),
    /// Several values: an ARRAY, the right side of IN.
    List(Vec<Literal>),
}
