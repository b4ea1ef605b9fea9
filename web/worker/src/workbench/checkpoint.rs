//! What the page keeps in the browser, so that a reload brings all back.

use crate::view::timeline::Known;
use retort::project::Running;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use std::collections::BTreeMap;

/// Bytes of a database that is kept whole.
pub const IMAGE: usize = 16 << 20;

/// A project with its situation, as it is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Its name for people.
    pub title: String,
    /// Its files by path below its folder; databases are apart.
    pub files: BTreeMap<String, ByteBuf>,
    /// Its databases as they were between two revisions.
    pub images: BTreeMap<String, ByteBuf>,
    /// Whether a database is too large to be kept: its history is run again, statement by statement.
    pub again: bool,
    /// The version table's rows.
    pub heads: Vec<String>,
    /// Inside a revision: which, and how far.
    pub running: Option<Running>,
    /// Its clock.
    pub clock: i64,
    /// The state of its randomness.
    pub seed: u64,
    /// The discipline that was chosen.
    pub discipline: Option<String>,
    /// What is known of its steps.
    pub steps: Vec<((String, bool), Vec<Known>)>,
}
