//! What can go wrong, in words a user can read.
//!
//! A run that cannot go on ends in an [`Error`]. What somebody wrote wrongly in a file becomes a [`Diagnostic`] at its
//! place, and does not hide the other files. Where Alembic has a sentence for it, the sentence is Alembic's.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The one error of the engine: what it is, and what was being done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// What went wrong.
    pub kind: Kind,
    /// What was being done when it went wrong, innermost first: "upgrading to 2b7e41c09d35".
    pub doing: Vec<String>,
    /// What became of the database, where that needs saying: the last sentence.
    pub aftermath: Option<String>,
}

/// What kind of error it is; the terminal's exit code and the page's view follow from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// Alembic's `CommandError`: printed as `FAILED: …`, exit code 255.
    Command(String),
    /// The words on the command line are wrong: usage is printed, exit code 2.
    Usage(String),
    /// A Python exception that nobody caught: the traceback is printed, exit code 1.
    Python(Traceback),
    /// The database refused a statement.
    Database(DatabaseError),
    /// Files could not be read or written.
    Files {
        /// The path as the user would write it.
        path: String,
        /// Why not.
        message: String,
    },
    /// Something this engine or this database cannot do.
    Unsupported {
        /// The dialect, or "python" for the language.
        by: String,
        /// The construct, as a noun phrase: "a partial index".
        what: String,
    },
    /// A limit of time, steps or memory was reached.
    Limit(String),
    /// The user pressed Stop or Ctrl-C.
    Interrupted,
}

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of this kind, before anybody says what was being done.
    pub fn new(kind: Kind) -> Self {
        Error { kind, doing: Vec::new(), aftermath: None }
    }

    /// Alembic's `CommandError` with these words.
    pub fn command(message: impl Into<String>) -> Self {
        Error::new(Kind::Command(message.into()))
    }

    /// A Python exception that SQLAlchemy or Alembic would raise here; whoever runs a script raises it at the line that
    /// asked.
    pub fn exception(class: impl Into<String>, message: impl Into<String>) -> Self {
        let (class, message) = (class.into(), message.into());
        let text = format!("{class}: {message}\n");
        Error::new(Kind::Python(Traceback { class, message, frames: Vec::new(), text }))
    }

    /// A construct that `by` cannot do; `what` is a noun phrase.
    pub fn unsupported(by: impl Into<String>, what: impl Into<String>) -> Self {
        Error::new(Kind::Unsupported { by: by.into(), what: what.into() })
    }

    /// The same error, saying what was being done.
    pub fn doing(mut self, what: impl Into<String>) -> Self {
        self.doing.push(what.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Command(message) | Kind::Usage(message) | Kind::Limit(message) => f.write_str(message),
            Kind::Python(traceback) => f.write_str(&traceback.summary()),
            Kind::Database(error) => write!(f, "{error}"),
            Kind::Files { path, message } => write!(f, "{path}: {message}"),
            Kind::Unsupported { by, what } => write!(f, "{what} is not supported by {by}"),
            Kind::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Error {}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        Error::new(Kind::Database(error))
    }
}

/// What a database said when it refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseError {
    /// The DBAPI's exception class, as a Python `except` clause names it.
    pub class: DatabaseErrorClass,
    /// The database's own words: "UNIQUE constraint failed: seller.email".
    pub message: String,
    /// SQLSTATE or SQLite's extended result code, where there is one.
    pub code: Option<String>,
    /// The statement that was refused.
    pub sql: Option<String>,
}

/// PEP 249's exception classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatabaseErrorClass {
    /// Constraint violations.
    IntegrityError,
    /// Missing tables, locks, lost connections; also syntax errors on SQLite.
    OperationalError,
    /// Syntax errors and wrong names on most databases.
    ProgrammingError,
    /// Values that do not fit.
    DataError,
    /// The database's own fault.
    InternalError,
    /// What the database does not do.
    NotSupportedError,
    /// Anything else.
    DatabaseError,
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DatabaseError {}

/// A Python exception with the way that led to it, outermost call first, frames of the prelude left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traceback {
    /// The exception's class as Python prints it: `ValueError`, `sqlalchemy.exc.IntegrityError`.
    pub class: String,
    /// `str(exception)`.
    pub message: String,
    /// Where it came through.
    pub frames: Vec<Place>,
    /// The text as CPython prints it, causes included, ending in a newline.
    pub text: String,
}

impl Traceback {
    /// The last line that CPython prints: `ValueError: Constraint must have a name`.
    pub fn summary(&self) -> String {
        if self.message.is_empty() { self.class.clone() } else { format!("{}: {}", self.class, self.message) }
    }
}

/// A place in a file that the user can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The path, as the host's files know it.
    pub file: String,
    /// The part of the text.
    pub span: Span,
    /// The function's name, `<module>` at the top level; empty where there is none.
    pub function: String,
    /// The line's text, without its indentation.
    pub line_text: String,
}

/// A part of a text: lines and columns count from 1 and 0 as Python's do, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First line, from 1.
    pub line: u32,
    /// First column, from 0.
    pub column: u32,
    /// Last line, from 1.
    pub end_line: u32,
    /// Column after the last character, from 0.
    pub end_column: u32,
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing can be done with the file until it is mended.
    Error,
    /// It works, perhaps not as meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// Something about a file that its author should know, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The path, as the host's files know it.
    pub file: String,
    /// The part of the text that it is about.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// What is the matter and, where known, what to do next.
    pub message: String,
    /// A correction that the page can make at a click.
    pub fix: Option<Fix>,
}

/// A correction of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says: "Write downgrade -1".
    pub label: String,
    /// The path of the file to change.
    pub file: String,
    /// The part to replace.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}
