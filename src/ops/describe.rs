//! Operations in words, for people.

use super::Operation;
use serde::{Deserialize, Serialize};

/// What an operation does, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// How it changes the schema.
    pub sign: Sign,
    /// The title of a step, names apart from words: "Add `email` to `seller`".
    pub title: Vec<Part>,
    /// The short form after the sign: "add shipment.tracking".
    pub short: String,
    /// The tables it is about, by name with schema.
    pub tables: Vec<String>,
    /// The parts of a batch.
    pub parts: Vec<Description>,
}

/// How an operation changes the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// `+`
    Added,
    /// `-`
    Removed,
    /// `~`
    Changed,
    /// `>`: rows, not the schema.
    Data,
}

/// A part of a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Words.
    Text(String),
    /// A name, or code, shown apart from words.
    Code(String),
}

/// An operation in words.
pub fn describe(operation: &Operation) -> Description {
    let _ = operation;
    Description { sign: Sign::Changed, title: Vec::new(), short: String::new(), tables: Vec::new(), parts: Vec::new() }
}
