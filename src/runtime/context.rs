//! A migration context: a database, or a script's output, from Alembic's point of view.

use super::version::VersionTable;
use crate::dialect::{Dialect, Memo};
use crate::script::Step;
use serde::Deserialize;

/// What `context.configure` says to the engine.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Configured {
    /// The connection's number; none offline.
    pub(super) connection: Option<usize>,
    /// The dialect's name.
    pub(super) dialect: String,
    /// `--sql`.
    pub(super) offline: bool,
    /// Alembic's word on DDL in transactions.
    pub(super) transactional: bool,
    /// The connection was in a transaction already; Alembic then leaves transactions alone.
    pub(super) external: bool,
    /// The version table.
    pub(super) version_table: VersionTable,
    /// Values are written into statements, offline.
    pub(super) literal_binds: bool,
}

/// A context while it is used.
pub(super) struct Context {
    /// What was said.
    pub(super) configured: Configured,
    /// Its dialect.
    pub(super) dialect: &'static dyn Dialect,
    /// What the dialect remembers.
    pub(super) memo: Memo,
    /// The steps that the command wants.
    pub(super) steps: Vec<Step>,
    /// The version table's rows, as far as the steps have come.
    pub(super) rows: Vec<String>,
}
