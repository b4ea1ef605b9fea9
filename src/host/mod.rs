//! What the engine asks of the outside: files, environment, clock, randomness, console, databases.
//!
//! Nothing else in the engine touches the world, so every run can be repeated. Methods take `&self`: a host keeps its
//! state in cells, and the machine, the commands and the connections share one host by `Rc`.

mod kept;
pub mod memory;

pub use kept::Kept;

use crate::{error::DatabaseError, error::Result, schema};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The outside world, as far as the engine may see it.
pub trait Host: Files + Environment + Clock + Random + Console + Databases {}

impl<T: Files + Environment + Clock + Random + Console + Databases> Host for T {}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A file with bytes.
    File,
    /// A folder.
    Folder,
}

/// A tree of files. Paths are absolute, separated by `/`, and already normalised.
pub trait Files {
    /// What `path` names, or `None` where nothing is there.
    fn entry(&self, path: &str) -> Option<Entry>;
    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Vec<u8>>;
    /// Makes or replaces a file; its folder must exist.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<()>;
    /// The names in a folder, sorted.
    fn list(&self, path: &str) -> Result<Vec<String>>;
    /// Makes a folder and those above it.
    fn create_folder(&self, path: &str) -> Result<()>;
    /// Removes a file or an empty folder.
    fn remove(&self, path: &str) -> Result<()>;
    /// Where what was made of files' texts stays for the next run; a host of one run keeps nothing.
    fn kept(&self) -> Option<&Kept> {
        None
    }
}

/// The process's environment.
pub trait Environment {
    /// All variables, sorted by name.
    fn variables(&self) -> Vec<(String, String)>;
    /// The working directory, an absolute path.
    fn working_directory(&self) -> String;
}

/// The time.
pub trait Clock {
    /// Microseconds since 1970-01-01 UTC.
    fn now(&self) -> i64;
    /// Seconds east of UTC of the local time zone, now.
    fn utc_offset(&self) -> i32 {
        0
    }
}

/// Randomness.
pub trait Random {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error: log lines, warnings.
    Err,
}

/// The terminal, one way.
pub trait Console {
    /// Writes text as it is; newlines are the caller's.
    fn write(&self, stream: Stream, text: &str);
}

/// Opens databases.
pub trait Databases {
    /// A connection to the database that the URL names; what was opened before may be opened again.
    fn open(&self, url: &str) -> std::result::Result<Box<dyn Connection>, DatabaseError>;
}

/// What a connection says about itself: the database's own word, never a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// No transaction is open.
    Idle,
    /// A transaction is open.
    Transaction,
    /// A transaction is open and can only be rolled back.
    Failed,
}

/// The answer to a statement.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rows {
    /// The names of the result's columns; empty for a statement that gives none.
    pub columns: Vec<String>,
    /// Each column's declared type, where the database tells: SQLite's `decltype`, PostgreSQL's type name.
    pub types: Vec<Option<String>>,
    /// The rows.
    pub rows: Vec<Vec<schema::Literal>>,
    /// How many rows an INSERT, UPDATE or DELETE changed.
    pub affected: u64,
    /// The rowid of the last INSERT, where there is one.
    pub last_id: Option<i64>,
}

/// A real connection. Synchronous: SQLite is, and so is `PGlite` after it was opened.
pub trait Connection {
    /// Which database this is and of which version: `("sqlite", [3, 50, 4])`.
    fn server(&self) -> Server;
    /// Runs one statement; parameters are numbered from 1 as the dialect's placeholders are.
    fn execute(&mut self, sql: &str, parameters: &[schema::Literal]) -> std::result::Result<Rows, DatabaseError>;
    /// Whether a transaction is open.
    fn status(&self) -> Status;
    /// Turns the enforcement of foreign keys off or on, inside a transaction as well; says whether it was on.
    /// Databases that cannot do so answer `None` and do nothing.
    fn enforce_foreign_keys(&mut self, on: bool) -> Option<bool>;
    /// The whole database as bytes, where that is cheap (SQLite), also inside a transaction.
    fn image(&mut self) -> Option<Vec<u8>>;
    /// Puts back an image that [`Connection::image`] gave; a transaction must not be open.
    fn restore(&mut self, image: &[u8]) -> std::result::Result<(), DatabaseError>;
    /// Where tables that were reflected stay for the next connection, if anywhere.
    fn kept(&self) -> Option<Rc<Kept>> {
        None
    }
}

/// The name and the version of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// The dialect's name: "sqlite", "postgresql".
    pub dialect: String,
    /// The version's numbers, most significant first.
    pub version: Vec<u32>,
}
