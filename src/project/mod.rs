//! The user's project as a value: files, database, position; and its two ways of travelling, link and zip.
//!
//! Everything that comes in here is hostile until it has been bounded: sizes are checked before anything is inflated,
//! paths before anything is written.

pub mod archive;
pub mod link;
pub mod secrets;

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A project with everything that makes its situation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Project {
    /// What the user calls it.
    pub name: String,
    /// Text files by their path below the project's folder, `/` between the parts.
    pub files: BTreeMap<String, String>,
    /// Databases by the path under which the project's URL names them, as SQL scripts that make them.
    pub databases: BTreeMap<String, String>,
    /// Where the database stands between two revisions, and which steps were taken beyond.
    pub position: Position,
    /// The clock that scripts see, in microseconds since 1970 UTC; 0 is the visitor's own.
    pub clock: i64,
    /// The seed of the randomness that scripts see.
    pub seed: u64,
    /// The file that is open in the editor.
    pub open_file: Option<String>,
    /// A digest of schema and rows at the shared position, so that a replay that differs is noticed.
    pub digest: Option<String>,
    /// "safe" or "as-alembic", if it was chosen for this project.
    pub discipline: Option<String>,
    /// The version of the engine that wrote it.
    pub engine: String,
}

/// Where a database stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    /// The heads that the version table holds.
    pub heads: Vec<String>,
    /// Inside a revision that is being run: which, and how far.
    pub running: Option<Running>,
}

/// A revision that is being run, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The revision.
    pub revision: String,
    /// Towards head rather than towards base.
    pub upgrade: bool,
    /// How many of its steps have been taken.
    pub step: u32,
}

/// How much a project may hold, whoever sends it.
pub mod bounds {
    /// Files.
    pub const FILES: usize = 400;
    /// Bytes of all files and scripts together.
    pub const BYTES: usize = 8 << 20;
    /// Entries of a zip, whatever they are; those of caches and environments do not count.
    pub const ENTRIES: usize = 4000;
    /// Bytes of everything in a zip, databases among it.
    pub const IMAGE: usize = 64 << 20;
    /// Characters of a path.
    pub const PATH: usize = 200;
    /// Folders above a file.
    pub const DEPTH: usize = 32;
}

impl Project {
    /// Refuses a project whose paths leave its folder or whose sizes are beyond the [`bounds`].
    pub fn check(&self) -> Result<()> {
        if self.files.len() > bounds::FILES {
            return Err(Error::command(format!("The project has more than {} files", bounds::FILES)));
        }
        let bytes: usize = self.files.values().chain(self.databases.values()).map(String::len).sum();
        if bytes > bounds::BYTES {
            return Err(Error::command(format!("The project is larger than {} MiB", bounds::BYTES >> 20)));
        }
        self.files.keys().chain(self.databases.keys()).try_for_each(|path| check_path(path))
    }
}

/// Refuses paths that are absolute, name a drive, climb out of the project, or are absurdly long.
pub fn check_path(path: &str) -> Result<()> {
    let parts: Vec<&str> = path.split('/').collect();
    let bad = path.is_empty()
        || path.len() > bounds::PATH
        || parts.len() > bounds::DEPTH
        || path.contains(['\0', '\\'])
        || parts[0].len() == 2 && parts[0].ends_with(':')
        || parts.iter().any(|part| part.is_empty() || *part == "." || *part == "..");
    let shown = || path.chars().take(80).collect::<String>();
    if bad { Err(Error::command(format!("A path is not acceptable: {:?}", shown()))) } else { Ok(()) }
}
