//! The terminal: lines in, text out.

use serde::{Deserialize, Serialize};

use crate::files::Fix;

/// A run of output in one ink. Text keeps its line ends; a run needn't end at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ink {
    /// Which.
    pub tone: Tone,
    /// What.
    pub text: String,
}

/// The inks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Standard output.
    #[default]
    Plain,
    /// Log lines and other quiet things on standard error.
    Quiet,
    /// What must be seen: FAILED lines, tracebacks, errors of the database.
    Wrong,
    /// Warnings.
    Care,
    /// Retort speaking for itself, where neither Alembic nor a shell would: "left the revision first".
    Aside,
}

/// Who listens at the prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// What stands before the cursor: "$ ", "sqlite> ", "   ...> ".
    pub text: String,
    /// Who reads the line.
    pub mode: Mode,
    /// What the head of the pane says beside "Terminal": the folder, or the database's file.
    pub place: String,
}

/// Who reads the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// The shell, which also understands SQL.
    #[default]
    Shell,
    /// `sqlite3 database.db`.
    Sqlite,
    /// `psql`.
    Psql,
    /// A statement that has begun and not ended.
    More,
}

/// What Tab offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// Where the completed word begins in the line, in UTF-16 code units.
    pub from: u32,
    /// What could stand there, in order; one that goes on without a blank ends in `/`.
    pub candidates: Vec<String>,
}

/// A correction offered under a command's output, as a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What it would do.
    pub fix: Fix,
}
