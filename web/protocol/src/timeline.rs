//! The revisions from base to the heads, and the steps in them, as beads on a track.

use serde::{Deserialize, Serialize};

/// The whole track. Right is towards head, always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// In the order in which they stand on the track: every revision behind its parents.
    pub revisions: Vec<Revision>,
    /// Whether the database stands before the first revision.
    pub at_base: bool,
}

/// One revision on the track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its whole id.
    pub id: String,
    /// The first line of its docstring; what the track calls it.
    pub message: String,
    /// Its file.
    pub path: String,
    /// Ids of what it revises; empty behind base, two or more for a merge.
    pub parents: Vec<String>,
    /// Branch labels, as `alembic history` shows them.
    pub labels: Vec<String>,
    /// The lane it is drawn in, 0 at the top; branches that run side by side have different lanes.
    pub lane: u16,
    /// Where the database is with it.
    pub state: State,
    /// Whether nothing revises it.
    pub head: bool,
    /// Whether it was applied and its file edited since, so that what ran and what stands there differ.
    pub edited: bool,
    /// Its steps as they stand on the track from left to right. While it is being undone: those of `downgrade()`, the
    /// first one at the right. Empty when not known (the silent run on a copy has not come to it, or cannot).
    pub beads: Vec<Bead>,
}

/// Where the database is with a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// In the database.
    Applied,
    /// In the middle of `upgrade()`.
    Upgrading {
        /// Steps done, the one that is lit included.
        done: u32,
        /// Steps in all, as far as known.
        of: u32,
    },
    /// In the middle of `downgrade()`.
    Downgrading {
        /// Steps done, the one that is lit included.
        done: u32,
        /// Steps in all, as far as known.
        of: u32,
    },
    /// Not in the database.
    Pending,
    /// It was tried last, and has been rolled back.
    Failed,
}

impl State {
    /// Whether the database stands in the middle of it.
    pub fn is_open(self) -> bool {
        matches!(self, State::Upgrading { .. } | State::Downgrading { .. })
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bead {
    /// Its number within the run, from 1, in the order of running.
    pub step: u32,
    /// Its shape.
    pub kind: BeadKind,
    /// A few words: "create seller", "fill email".
    pub label: String,
    /// How far it is.
    pub state: BeadState,
    /// Whether the playhead stands on it.
    pub here: bool,
    /// Something that is known about it before it is taken: "loses decimals".
    pub finding: Option<String>,
}

/// A bead's shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BeadKind {
    /// A disc: one operation on the schema.
    #[default]
    Operation,
    /// A diamond: rows.
    Data,
    /// A pill: several changes that are one step, as a rebuild of a table, or a loop.
    Batch,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BeadState {
    /// It has been done.
    Done,
    /// It is to come.
    #[default]
    Ahead,
    /// It was tried and failed; what it did is undone.
    Failed,
}
