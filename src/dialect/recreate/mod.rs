//! Rebuilding a table to change it: Alembic's batch mode.

use super::{Dialect, Memo, Sql};
use crate::error::{Error, Result};
use crate::ops;
use crate::schema::{self, TableName};
use serde::{Deserialize, Serialize};

/// Ours or theirs: whether a rebuild keeps everything, or does what Alembic does, faults included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Discipline {
    /// Atomic, and nothing is lost.
    #[default]
    Safe,
    /// Exactly Alembic's statements.
    AsAlembic,
}

/// How a batch is carried out: the runtime executes the steps in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// What is done.
    pub steps: Vec<Step>,
    /// Warnings as Alembic gives them.
    pub warnings: Vec<String>,
    /// Whether the table is rebuilt; otherwise the steps are plain ALTERs.
    pub rebuilds: bool,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A statement; [`Sql::operation`] is the index inside the batch, or 0 for those of the rebuild itself.
    Run(Sql),
    /// `Connection::enforce_foreign_keys(false)`, remembering what it was.
    SuspendForeignKeys,
    /// Enforcement as it was before [`Step::SuspendForeignKeys`].
    ResumeForeignKeys,
    /// A query that gives one row for each row that breaks a foreign key; any row is an error, unless it was there
    /// before (SQLite's `PRAGMA foreign_key_check(table)`).
    CheckForeignKeys(TableName),
    /// The undoing of what came before, if a later step up to the next [`Step::Guarded`] fails (AsAlembic's `DROP TABLE _alembic_tmp_…`).
    OnFailure(Sql),
    /// The end of what [`Step::OnFailure`] guards.
    Guarded,
}

/// What a plan has to know of the database; `None` where there is no connection (offline mode).
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    /// The table as reflected.
    pub table: schema::Table,
    /// Everything else that a rebuild would lose, for [`Discipline::Safe`]: triggers and views as their CREATE statements.
    pub dependents: Vec<Dependent>,
}

/// A trigger or a view that must survive a rebuild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// Its name.
    pub name: TableName,
    /// "trigger" or "view".
    pub kind: String,
    /// Its CREATE statement.
    pub sql: String,
}

/// How to carry out a batch. `surroundings` come from [`surroundings`]; offline there are none.
pub fn plan(
    dialect: &dyn Dialect,
    batch: &ops::ModifyTable,
    surroundings: Option<&Surroundings>,
    discipline: Discipline,
    memo: &mut Memo,
) -> Result<Plan> {
    let _ = (batch, surroundings, discipline, memo);
    Err(Error::unsupported(dialect.name(), "a batch"))
}

/// Whether this batch rebuilds its table, so that [`plan`] wants [`Surroundings`].
pub fn rebuilds(dialect: &dyn Dialect, batch: &ops::ModifyTable) -> bool {
    match batch.batch.as_ref().map(|batch| batch.recreate) {
        Some(ops::Recreate::Always) => true,
        Some(ops::Recreate::Auto) => dialect.requires_recreate(batch),
        Some(ops::Recreate::Never) | None => false,
    }
}
