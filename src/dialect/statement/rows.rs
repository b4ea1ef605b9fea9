//! INSERT, UPDATE, DELETE.

use super::{Writer, select, with, write as write_statement};
use crate::dialect::expression::{self, precedence::Against};
use crate::error::Result;
use crate::schema::{
    Expr,
    statement::{Delete, From, Insert, InsertSource, OnConflict, Update},
};
use std::collections::BTreeSet;

/// Writes an INSERT.
pub(super) fn insert(insert: &Insert, out: &mut Writer<'_>) -> Result<()> {
    with(&insert.with, out)?;
    out.push("INSERT ");
    for prefix in &insert.prefixes {
        out.push(prefix);
        out.push(" ");
    }
    out.push("INTO ");
    out.table(&insert.table);
    if insert.columns.is_empty() && !matches!(insert.source, InsertSource::Select(_)) {
        out.push(" DEFAULT VALUES");
    } else {
        columns(&insert.columns, out)?;
        rows(&insert.source, &insert.columns, out)?;
    }
    if let Some(conflict) = &insert.on_conflict {
        on_conflict(conflict, out)?;
    }
    returning(&insert.returning, out)
}

fn columns(names: &[String], out: &mut Writer<'_>) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    out.push(" (");
    out.joined(names, ", ", |out, name| {
        out.name(name);
        Ok(())
    })?;
    out.push(")");
    Ok(())
}

fn rows(source: &InsertSource, names: &[String], out: &mut Writer<'_>) -> Result<()> {
    match source {
        InsertSource::Values(rows) => {
            out.push(" VALUES ");
            let several = rows.len() > 1;
            let mut index = 0;
            out.joined(rows, ", ", |out, row| {
                let suffix = several.then_some(index);
                index += 1;
                expression::parenthesised(out, |out| values(row, names, suffix, out))
            })
        }
        InsertSource::Select(statement) => {
            out.push(" ");
            write_statement(statement, out)
        }
        InsertSource::Default => {
            out.push(" DEFAULT VALUES");
            Ok(())
        }
    }
}

/// The values of one row; those of several rows are told apart by `_m0`, `_m1`.
fn values(row: &[Expr], names: &[String], row_number: Option<usize>, out: &mut Writer<'_>) -> Result<()> {
    let mut names = names.iter();
    out.joined(row, ", ", |out, value| {
        let name = names.next().map_or("param", String::as_str);
        match row_number {
            Some(number) => assigned(value, &format!("{name}_m{number}"), out),
            None => assigned(value, name, out),
        }
    })
}

/// A value that goes into a column: its parameter has the column's own name.
fn assigned(value: &Expr, name: &str, out: &mut Writer<'_>) -> Result<()> {
    match value {
        Expr::Literal { value, ty } => out.parameter(name, Some(value), ty.as_deref()),
        _ => expression::operand(value, Against::nothing(), out),
    }
}

fn set(assignments: &[(String, Expr)], equals: &str, out: &mut Writer<'_>) -> Result<()> {
    out.joined(assignments, ", ", |out, (name, value)| {
        out.name(name);
        out.push(equals);
        match value {
            Expr::Literal { .. } => assigned(value, name, out),
            _ => expression::operand(value, Against::anything(), out),
        }
    })
}

fn on_conflict(conflict: &OnConflict, out: &mut Writer<'_>) -> Result<()> {
    out.push(" ON CONFLICT");
    conflict_target(conflict, out)?;
    if conflict.set.is_empty() {
        out.push(" DO NOTHING");
        return Ok(());
    }
    out.push(" DO UPDATE SET ");
    out.joined(&conflict.set, ", ", |out, (name, value)| {
        out.name(name);
        out.push(" = ");
        match value {
            // The INSERT's own value of this column already has the column's name.
            Expr::Literal { value, ty } => expression::literal("param", value, ty.as_deref(), out),
            _ => expression::operand(value, Against::anything(), out),
        }
    })?;
    match &conflict.condition {
        Some(condition) => select::conditions(" WHERE ", std::slice::from_ref(condition), out),
        None => Ok(()),
    }
}

fn conflict_target(conflict: &OnConflict, out: &mut Writer<'_>) -> Result<()> {
    if let Some(constraint) = &conflict.constraint {
        out.push(" ON CONSTRAINT ");
        out.name(constraint);
        return Ok(());
    }
    if conflict.columns.is_empty() {
        return Ok(());
    }
    out.push(" (");
    out.without_tables(|out| out.expressions(&conflict.columns))?;
    out.push(")");
    match &conflict.target_condition {
        Some(condition) => {
            out.without_tables(|out| select::conditions(" WHERE ", std::slice::from_ref(condition), out))
        }
        None => Ok(()),
    }
}

fn returning(expressions: &[Expr], out: &mut Writer<'_>) -> Result<()> {
    if expressions.is_empty() {
        return Ok(());
    }
    out.push(" RETURNING ");
    let mut seen = BTreeSet::new();
    let with_tables = out.dialect.features().returning_with_tables;
    let before = std::mem::replace(&mut out.with_tables, with_tables);
    out.joined(expressions, ", ", |out, it| select::selected(it, &mut seen, out))?;
    out.with_tables = before;
    Ok(())
}

/// Writes an UPDATE.
pub(super) fn update(update: &Update, out: &mut Writer<'_>) -> Result<()> {
    with(&update.with, out)?;
    out.push("UPDATE ");
    out.table(&update.table);
    out.push(" SET ");
    set(&update.set, "=", out)?;
    sources(" FROM ", &update.from, out)?;
    select::conditions(" WHERE ", &update.conditions, out)?;
    returning(&update.returning, out)
}

/// Writes a DELETE.
pub(super) fn delete(delete: &Delete, out: &mut Writer<'_>) -> Result<()> {
    with(&delete.with, out)?;
    out.push("DELETE FROM ");
    out.table(&delete.table);
    sources(" USING ", &delete.using, out)?;
    select::conditions(" WHERE ", &delete.conditions, out)?;
    returning(&delete.returning, out)
}

fn sources(word: &str, from: &[From], out: &mut Writer<'_>) -> Result<()> {
    if from.is_empty() {
        return Ok(());
    }
    out.push(word);
    out.joined(from, ", ", |out, it| select::source(it, out))
}
