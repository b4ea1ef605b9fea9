//! The terminal's shell: the few commands that a tutorial needs, on the project's files.

pub mod builtins;
pub mod line;
pub mod paths;

use retort_protocol::terminal::{Ink, Tone};

/// What a command of the shell has said, and what it asks of the workbench.
#[derive(Debug, Default, PartialEq)]
pub struct Said {
    /// Its output.
    pub inks: Vec<Ink>,
    /// What only the workbench can do.
    pub then: Then,
}

/// What only the workbench can do.
#[derive(Debug, Default, PartialEq)]
pub enum Then {
    /// Nothing more.
    #[default]
    Nothing,
    /// Run a Python file.
    Python(String),
    /// Open the console of a database.
    Console(String),
    /// Open the console of the project's PostgreSQL.
    Psql,
    /// Take back what was done last.
    Undo,
    /// Do it again.
    Redo,
    /// Empty the terminal.
    Clear,
}

impl Said {
    /// Plain output.
    pub fn plain(text: impl Into<String>) -> Self {
        Said::ink(Tone::Plain, text)
    }

    /// An error of the shell.
    pub fn wrong(text: impl Into<String>) -> Self {
        Said::ink(Tone::Wrong, text)
    }

    /// Retort speaking for itself.
    pub fn aside(text: impl Into<String>) -> Self {
        Said::ink(Tone::Aside, text)
    }

    fn ink(tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        let inks = if text.is_empty() { Vec::new() } else { vec![Ink { tone, text }] };
        Said { inks, then: Then::Nothing }
    }
}
