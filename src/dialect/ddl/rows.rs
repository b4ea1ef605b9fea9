//! `op.bulk_insert` and `op.execute`.

use crate::dialect::{Dialect, Mode, Script};
use crate::error::Result;
use crate::ops;
use crate::schema::{
    Expr, Literal, Statement, Type,
    statement::{Insert, InsertSource},
};

/// `op.bulk_insert`: one statement for all rows, or one for each row offline.
pub fn bulk_insert(dialect: &dyn Dialect, op: &ops::BulkInsert, script: &mut Script) -> Result<()> {
    let plain = op.rows.iter().flatten().all(|value| matches!(value, Expr::Literal { .. }));
    if !(script.binds && plain && op.multiinsert) {
        return op.rows.iter().try_for_each(|row| single(dialect, op, row, script));
    }
    let Some(first) = op.rows.first() else { return Ok(()) };
    let text = dialect.statement(&insert(op, first), &[], Mode::Execute)?.text;
    let rows = op.rows.iter().map(|row| bound_row(dialect, op, row)).collect();
    script.data(text, rows);
    Ok(())
}

fn single(dialect: &dyn Dialect, op: &ops::BulkInsert, row: &[Expr], script: &mut Script) -> Result<()> {
    push(dialect, &insert(op, row), script)
}

fn insert(op: &ops::BulkInsert, row: &[Expr]) -> Statement {
    let typed = op.columns.iter().zip(row).map(|((_, ty), value)| with_type(value, ty)).collect();
    Statement::Insert(Box::new(Insert {
        table: op.table.clone(),
        columns: op.columns.iter().map(|(name, _)| name.clone()).collect(),
        source: InsertSource::Values(vec![typed]),
        prefixes: Vec::new(),
        on_conflict: None,
        returning: Vec::new(),
        with: Vec::new(),
    }))
}

/// A value with its column's type, unless it has one of its own.
fn with_type(value: &Expr, ty: &Type) -> Expr {
    match value {
        Expr::Literal { value, ty: None } if *ty != Type::Null => {
            Expr::Literal { value: value.clone(), ty: Some(Box::new(ty.clone())) }
        }
        other => other.clone(),
    }
}

fn bound_row(dialect: &dyn Dialect, op: &ops::BulkInsert, row: &[Expr]) -> Vec<Literal> {
    let cell = |((_, column), value): (&(String, Type), &Expr)| match value {
        Expr::Literal { value, ty } => dialect.bound(value, Some(ty.as_deref().unwrap_or(column))),
        _ => Literal::Null,
    };
    op.columns.iter().zip(row).map(cell).collect()
}

/// `op.execute`.
pub fn execute(dialect: &dyn Dialect, op: &ops::Execute, script: &mut Script) -> Result<()> {
    push(dialect, &op.statement, script)
}

fn push(dialect: &dyn Dialect, statement: &Statement, script: &mut Script) -> Result<()> {
    let mode = if script.binds { Mode::Execute } else { Mode::Literal };
    let compiled = dialect.statement(statement, &[], mode)?;
    let parameters = if compiled.parameters.is_empty() { Vec::new() } else { vec![compiled.parameters] };
    script.data(compiled.text, parameters);
    Ok(())
}
