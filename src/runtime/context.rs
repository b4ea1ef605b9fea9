//! A migration context: a database, or a script's output, from Alembic's point of view.

use super::version::VersionTable;
use crate::dialect::{Dialect, Memo};
use crate::script::Step;
use serde::Deserialize;

/// What `context.configure` says to the engine.
#[derive(Debug, Clone, Deserialize)]
pub struct Configured {
    /// The connection's number; none offline.
    pub connection: Option<usize>,
    /// The dialect's name.
    pub dialect: String,
    /// `--sql`.
    pub offline: bool,
    /// Alembic's word on DDL in transactions.
    pub transactional: bool,
    /// `transaction_per_migration`.
    pub per_migration: bool,
    /// The connection was in a transaction already; Alembic then leaves transactions alone.
    pub external: bool,
    /// The version table.
    pub version_table: VersionTable,
    /// Values are written into statements, offline.
    pub literal_binds: bool,
}

/// A context while it is used.
pub struct Context {
    /// What was said.
    pub configured: Configured,
    /// Its dialect.
    pub dialect: &'static dyn Dialect,
    /// What the dialect remembers.
    pub memo: Memo,
    /// The steps that the command wants.
    pub steps: Vec<Step>,
    /// The version table's rows, as far as the steps have come.
    pub rows: Vec<String>,
}
