//! What a command has to say.

use crate::ops::Operation;
use serde::{Deserialize, Serialize};

/// The result of a command that succeeded. What scripts print goes to the host's console while they run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// What is printed, in order.
    pub said: Vec<Said>,
    /// Files that were made, absolute.
    pub files: Vec<String>,
    /// Files that the user wants to edit.
    pub edit: Vec<String>,
    /// What autogenerate found: the operations of the new revision's upgrade.
    pub operations: Vec<Operation>,
}

/// A piece of a command's output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// A line as it is; `-q` silences it.
    Line(String),
    /// A sentence, wrapped on a terminal; `-q` silences it.
    Message(String),
    /// `Generating … ...  done`, wrapped on a terminal; `-q` silences it.
    Status(String),
    /// The same, which Alembic says even under `-q`.
    LoudStatus(String),
    /// A line for standard error, whatever was asked for.
    Warning(String),
}

impl Outcome {
    /// An outcome of lines.
    pub fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        Outcome { said: lines.into_iter().map(Said::Line).collect(), ..Outcome::default() }
    }
}
