//! Links, zips and databases to take away.

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// What a link shall carry beside models and revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carry {
    /// Where the database stands.
    pub position: bool,
    /// The rows.
    pub rows: bool,
    /// Lines typed in the terminal, the oldest first; empty for none.
    pub terminal: Vec<String>,
    /// `.env` files and passwords in URLs. Left out unless asked for.
    pub secrets: bool,
}

/// A link, ready to be copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What goes behind the page's address and `#`: "r1.…".
    pub fragment: String,
    /// Whether it is over what a link may hold; then `fragment` is empty, and a zip is the way.
    pub too_long: bool,
    /// Files it carries, revisions among them.
    pub files: u32,
    /// Revisions it carries.
    pub revisions: u32,
    /// Where it opens: "at step 2 of 3", "at head".
    pub position: String,
    /// Rows that it would carry, and in how many tables.
    pub rows: u64,
    /// Tables that have these rows.
    pub tables: u32,
    /// What was left out, or what must be known: one sentence each.
    pub warnings: Vec<Words>,
    /// What looked like a secret, whether it is in the link or not.
    pub secrets: Vec<Secret>,
}

/// Something that others had better not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 for the whole file.
    pub line: u32,
    /// What it is: "a password in a URL", "an environment file".
    pub what: String,
}

/// What a zip shall carry beside files, position, rows and tape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The database itself, as a file beside them.
    pub database: bool,
    /// `.env` files and passwords in URLs.
    pub secrets: bool,
}

/// What a zip would hold, told before it is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packing {
    /// Files in it.
    pub files: u32,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// The database's file name.
    pub database_name: String,
    /// What looked like a secret.
    pub secrets: Vec<Secret>,
}

/// A file for the visitor's disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its content.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}
