//! The project's files, what is wrong in them, and what would mend it.

use serde::{Deserialize, Serialize};

use crate::words::{Sign, Words};

/// A file of the project. Paths are relative to the project's root, with `/`, without a leading one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Where it lies.
    pub path: String,
    /// Its text; bytes that are no UTF-8 are not sent, see [`File::opaque`].
    pub text: String,
    /// Whether it is no text, so that the editor cannot open it.
    pub opaque: bool,
    /// Where the tree shows it.
    pub kind: Kind,
    /// A mark beside its name: `~` for a model that was edited since the last revision.
    pub sign: Option<Sign>,
}

/// The headings of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Sources that env.py's `target_metadata` comes from, and every other module of the user's.
    Model,
    /// A file in a version location; the timeline says the rest about this revision.
    Revision {
        /// Its whole id, as in the timeline; empty while the file cannot be read.
        id: String,
    },
    /// env.py, script.py.mako, alembic.ini, seed.sql, .env, README and the like.
    Project,
}

/// A place in a text: both from 1, columns in UTF-16 code units, as editors in browsers count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// From one place up to, not including, another. Empty when both are the same: a caret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: Place,
    /// Behind the last character.
    pub end: Place,
}

/// A line of a file that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The file.
    pub path: String,
    /// What of it.
    pub span: Span,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// It cannot run.
    Error,
    /// It will run, perhaps not as meant.
    Warning,
    /// Good to know.
    Hint,
}

/// Something to say about a piece of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The piece.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// A second one: what to do instead.
    pub help: Option<String>,
    /// What one click would do about it.
    pub fix: Option<Fix>,
}

/// A correction that the page offers as a button: edits of files, then perhaps a command.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The button's text, a verb first: "Write postgresql+asyncpg".
    pub title: String,
    /// What it does, for the place beside the button.
    pub says: Words,
    /// Edits of the files as they are now; those of one file do not overlap.
    pub edits: Vec<Edit>,
    /// A line for the terminal, typed when the edits are in: "alembic downgrade -1".
    pub command: Option<String>,
}

/// A piece of a file replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The file.
    pub path: String,
    /// The piece.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// What `revision --autogenerate` would write now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autogenerate {
    /// Whether this answers the files as they are. Otherwise it is the last good answer, the models being broken since.
    pub fresh: bool,
    /// Why it is not fresh, or why there is none: shown beside the last good answer.
    pub trouble: Option<Trouble>,
    /// The changes, in the order of the revision; empty: autogenerate would change nothing.
    pub changes: Vec<Change>,
    /// The whole file that the button writes, but for id and date.
    pub python: String,
    /// The statements of its upgrade, in order; `None` while they are being tried.
    pub sql: Option<Vec<String>>,
    /// A message to start from: "add tracking to shipment".
    pub message: String,
}

/// One operation that autogenerate would write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What happens to the thing.
    pub sign: Sign,
    /// As a sentence: "add `shipment.tracking`".
    pub words: Words,
    /// As a bead of the timeline.
    pub bead: crate::timeline::BeadKind,
    /// The bead's few words: "add tracking".
    pub label: String,
}

/// Something that went wrong, or that cannot be done, told to a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// One line: "This link was cut off".
    pub title: String,
    /// What it means and what can be done.
    pub says: Words,
    /// The place in the project's sources, if there is one.
    pub place: Option<Spot>,
    /// What one click would do about it.
    pub fixes: Vec<Fix>,
}
