//! Commands: a file each, with what it wants, and what it does. They print nothing and return everything.
//!
//! A [`Job`] runs in slices: the terminal loops over [`Job::resume`], the page's worker reads its messages between.

pub mod branches;
pub mod check;
pub mod current;
pub mod downgrade;
pub mod edit;
pub mod ensure_version;
mod environment;
pub mod heads;
pub mod history;
pub mod init;
mod job;
pub mod list_templates;
pub mod merge;
mod outcome;
pub mod revision;
pub mod show;
mod slips;
pub mod stamp;
pub mod upgrade;
mod write;

pub use self::{
    environment::Environment,
    job::{Job, Progress},
    outcome::{Outcome, Said},
    slips::{about_configuration, corrections, meant},
};
use serde::{Deserialize, Serialize};

/// The Alembic whose words and ways these are.
pub const ALEMBIC_VERSION: &str = "1.20.1";

/// What is said before the command's name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `-c`.
    pub configs: Vec<String>,
    /// `-n`.
    pub section: String,
    /// `-x`.
    pub x: Vec<String>,
    /// `--raiseerr`.
    pub raise_errors: bool,
    /// `-q`.
    pub quiet: bool,
    /// `--discipline`.
    pub discipline: Option<String>,
}

/// A command and what it wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant's module says what it is")]
pub enum Command {
    Branches(branches::Params),
    Check(check::Params),
    Current(current::Params),
    Downgrade(downgrade::Params),
    Edit(edit::Params),
    EnsureVersion(ensure_version::Params),
    Heads(heads::Params),
    History(history::Params),
    Init(init::Params),
    ListTemplates(list_templates::Params),
    Merge(merge::Params),
    Revision(revision::Params),
    Show(show::Params),
    Stamp(stamp::Params),
    Upgrade(upgrade::Params),
}

/// Where `upgrade` and `downgrade` go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// A revision in any of Alembic's ways; with `sql` also `from:to`.
    pub revision: String,
    /// `--sql`.
    pub sql: bool,
    /// `--tag`.
    pub tag: Option<String>,
}
