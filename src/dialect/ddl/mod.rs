//! Operations to DDL, as most databases have it: SQLAlchemy's `DDLCompiler` and Alembic's `DefaultImpl`.

pub mod column;
pub mod constraint;
pub mod index;
pub mod options;
pub mod rows;
pub mod table;

use super::{Dialect, Memo, Script};
use crate::error::{Error, Result};
use crate::ops::{self, Operation};

/// Appends the statements of an operation, as a database without ways of its own has them.
pub fn compile(dialect: &dyn Dialect, operation: &Operation, memo: &mut Memo, script: &mut Script) -> Result<()> {
    match operation {
        Operation::CreateTable(op) => table::create(dialect, op, script),
        Operation::DropTable(op) => table::drop(dialect, op, script),
        Operation::RenameTable(op) => table::rename(dialect, op, script),
        Operation::AddColumn(op) => column::add(dialect, op, script),
        Operation::DropColumn(op) => column::drop(dialect, op, script),
        Operation::AlterColumn(op) => column::alter(dialect, op, script),
        Operation::CreateIndex(op) => index::create(dialect, op, script),
        Operation::DropIndex(op) => index::drop(dialect, op, script),
        Operation::AddConstraint(op) => constraint::add(dialect, op, script),
        Operation::DropConstraint(op) => constraint::drop(dialect, op, script),
        Operation::CreateTableComment(op) => table::comment(dialect, &op.table, op.comment.as_deref(), script),
        Operation::DropTableComment(op) => table::comment(dialect, &op.table, None, script),
        Operation::BulkInsert(op) => rows::bulk_insert(dialect, op, script),
        Operation::Execute(op) => rows::execute(dialect, op, script),
        Operation::ModifyTable(op) => modify(dialect, op, memo, script),
    }
}

fn modify(dialect: &dyn Dialect, op: &ops::ModifyTable, memo: &mut Memo, script: &mut Script) -> Result<()> {
    op.operations.iter().try_for_each(|part| dialect.compile(part, memo, script))
}

/// SQLAlchemy's `CompileError`.
pub fn compile_error(message: impl Into<String>) -> Error {
    Error::exception("sqlalchemy.exc.CompileError", message)
}
