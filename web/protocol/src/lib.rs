//! What the page and the worker say to each other.

pub mod frame;

use serde::{Deserialize, Serialize};

/// What the page asks of the worker. Every request is answered by one reply with the same id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Says the same again: the first thing that a page and a worker can agree on.
    Echo(String),
}

/// What the worker says. Under [`frame::UNASKED`] it speaks of its own accord.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The engine is loaded and listens; what was sent before is lost. Always the first message, under [`frame::UNASKED`].
    Ready,
    /// The answer to [`Request::Echo`].
    Echo(String),
}
