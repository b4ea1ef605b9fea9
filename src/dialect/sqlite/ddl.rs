//! SQLite's DDL: SQLAlchemy's `SQLiteDDLCompiler` and Alembic's `SQLiteImpl`.

use super::DECLARED_TYPE;
use crate::dialect::{Dialect, Memo, Script, ddl, ddl::options, identifier, statement, types};
use crate::error::{Error, Result};
use crate::ops::{self, Operation};
use crate::schema::{
    Column, Constraint, Index, Literal, ServerDefault, Table, TableName,
    table::{Autoincrement, ConstraintKind, Source},
};

const NO_ALTER: &str = "No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature \
                        which allows for SQLite migrations using a copy-and-move strategy.";
const SKIPPED_ALTER: &str = "Skipping unsupported ALTER for creation of implicit constraint. Please refer to the batch \
                             mode feature which allows for SQLite migrations using a copy-and-move strategy.";

pub(super) fn compile(
    dialect: &dyn Dialect,
    operation: &Operation,
    memo: &mut Memo,
    script: &mut Script,
) -> Result<()> {
    match operation {
        Operation::RenameTable(op) => ddl::table::rename_within(dialect, op, script),
        Operation::DropConstraint(op) => drop_constraint(op),
        Operation::AddConstraint(op) => dialect.add_constraint(&op.constraint, &Table::new(op.table.clone()), script),
        _ => ddl::compile(dialect, operation, memo, script),
    }
}

fn refused() -> Error {
    Error::exception("NotImplementedError", NO_ALTER)
}

fn drop_constraint(_: &ops::DropConstraint) -> Result<()> {
    Err(refused())
}

/// Only the CHECK of a type is passed over, with a warning; a constraint that somebody asked for is refused.
pub(super) fn add_constraint(
    dialect: &dyn Dialect,
    constraint: &Constraint,
    table: &Table,
    script: &mut Script,
) -> Result<()> {
    if constraint.source != Source::Type {
        return Err(refused());
    }
    if dialect.constraint(constraint, table)?.is_some() {
        script.warnings.push(SKIPPED_ALTER.into());
    }
    Ok(())
}

/// A column: defaults that are expressions in parentheses, AUTOINCREMENT, ON CONFLICT, COLLATE.
pub(super) fn column(dialect: &dyn Dialect, column: &Column, table: &Table) -> Result<String> {
    let name = identifier::quote(dialect.features(), &column.name);
    let mut text = match column.info.get(DECLARED_TYPE) {
        Some(Literal::Text(declared)) if declared.is_empty() => name,
        Some(Literal::Text(declared)) => format!("{name} {declared}"),
        _ => format!("{name} {}", dialect.type_sql(&column.ty)?),
    };
    if let Some(collation) = &column.collation {
        text.push_str(&format!(" COLLATE \"{collation}\""));
    }
    if let Some(default) = dialect.default_sql(column.server_default.as_ref())? {
        text.push_str(&if needs_parentheses(&default) {
            format!(" DEFAULT ({default})")
        } else {
            format!(" DEFAULT {default}")
        });
    }
    if !column.nullable {
        text.push_str(" NOT NULL");
        text.push_str(&on_conflict(options::text(&column.options, "sqlite_on_conflict_not_null")));
    }
    if column.primary_key {
        text.push_str(&inline_key(dialect, column, table)?);
    }
    if let Some(ServerDefault::Computed { sql, persisted }) = &column.server_default {
        text.push_str(&format!(" {}", ddl::column::computed(dialect, sql, *persisted)?));
    }
    Ok(text)
}

/// SQLAlchemy's rule: parentheses unless it begins with a quote or a parenthesis, or is one word.
fn needs_parentheses(default: &str) -> bool {
    let begins = default.trim_start().starts_with(['\'', '"', '(']);
    !begins && default.chars().any(|it| !(it.is_alphanumeric() || it == '_'))
}

fn on_conflict(clause: Option<&str>) -> String {
    clause.map_or_else(String::new, |clause| format!(" ON CONFLICT {clause}"))
}

fn inline_key(dialect: &dyn Dialect, column: &Column, table: &Table) -> Result<String> {
    let columns = table.primary_key().map_or(0, |key| key.columns().len());
    if column.autoincrement == Autoincrement::Yes && columns > 1 {
        return Err(ddl::compile_error("SQLite does not support autoincrement for composite primary keys"));
    }
    if !counts_inline(dialect, column, table) {
        return Ok(String::new());
    }
    let conflict = on_conflict(options::text(&column.options, "sqlite_on_conflict_primary_key"));
    Ok(format!(" PRIMARY KEY{conflict} AUTOINCREMENT"))
}

/// Whether the key stands inside the column, because AUTOINCREMENT can stand nowhere else.
fn counts_inline(dialect: &dyn Dialect, column: &Column, table: &Table) -> bool {
    options::flag(&table.options, "sqlite_autoincrement")
        && table.primary_key().is_some_and(|key| key.columns().len() == 1)
        && types::affinity(&column.ty, dialect) == types::Affinity::Integer
        && !ddl::table::has_foreign_key(column, table)
}

/// A constraint: its ON CONFLICT, and no foreign keys across schemas.
pub(super) fn constraint(dialect: &dyn Dialect, constraint: &Constraint, table: &Table) -> Result<Option<String>> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } => {
            let only = match columns.as_slice() {
                [name] => table.column(name),
                _ => None,
            };
            if only.is_some_and(|column| column.primary_key && counts_inline(dialect, column, table)) {
                return Ok(None);
            }
            with_conflict(dialect, constraint, table, only, "sqlite_on_conflict_primary_key")
        }
        ConstraintKind::Unique { columns } => {
            let only = match columns.as_slice() {
                [name] => table.column(name),
                _ => None,
            };
            with_conflict(dialect, constraint, table, only, "sqlite_on_conflict_unique")
        }
        ConstraintKind::Check { .. } => with_conflict(dialect, constraint, table, None, ""),
        ConstraintKind::ForeignKey(key) if key.referred.schema != table.name.schema => Ok(None),
        ConstraintKind::ForeignKey(key) => {
            let referred = TableName::new(&key.referred.name);
            let preamble = ddl::constraint::preamble(dialect, constraint)?;
            let body = ddl::constraint::foreign_key(dialect, key, &referred)?;
            Ok(Some(format!("{preamble}{body}{}", ddl::constraint::deferrability(constraint)?)))
        }
        ConstraintKind::Exclude { .. } => ddl::constraint::write(dialect, constraint, table),
    }
}

fn with_conflict(
    dialect: &dyn Dialect,
    constraint: &Constraint,
    table: &Table,
    only: Option<&Column>,
    column_option: &str,
) -> Result<Option<String>> {
    let Some(text) = ddl::constraint::write(dialect, constraint, table)? else { return Ok(None) };
    let own = options::text(&constraint.options, "sqlite_on_conflict");
    let clause = own.or_else(|| only.and_then(|column| options::text(&column.options, column_option)));
    Ok(Some(text + &on_conflict(clause)))
}

pub(super) fn table_suffix(table: &Table) -> String {
    let mut words = Vec::new();
    if options::tristate(&table.options, "sqlite_with_rowid") == Some(false) {
        words.push("WITHOUT ROWID");
    }
    if options::flag(&table.options, "sqlite_strict") {
        words.push("STRICT");
    }
    if words.is_empty() { String::new() } else { format!("\n {}", words.join(",\n ")) }
}

/// The schema stands before the index's name, not before the table's; a partial index has its WHERE.
pub(super) fn index(dialect: &dyn Dialect, table: &TableName, index: &Index, if_not_exists: bool) -> Result<String> {
    let features = dialect.features();
    let schema = table.schema.as_ref().map_or_else(String::new, |it| format!("{}.", identifier::quote(features, it)));
    let opening = ddl::index::opening(index, "", if_not_exists);
    let (name, expressions) =
        (ddl::index::name(dialect, index)?, ddl::index::expressions(dialect, &index.expressions)?);
    let mut text = format!("{opening}{schema}{name} ON {} ({expressions})", identifier::quote(features, &table.name));
    if let Some(condition) = index.options.get("sqlite_where") {
        text.push_str(&format!(" WHERE {}", statement::ddl_expression(dialect, condition)?));
    }
    Ok(text)
}

pub(super) fn rename_column(dialect: &dyn Dialect, table: &TableName, column: &str, new_name: &str) -> String {
    let features = dialect.features();
    let (column, new_name) = (identifier::quote(features, column), identifier::quote(features, new_name));
    format!("{} RENAME COLUMN {column} TO {new_name}", ddl::column::alter_table(dialect, table))
}

/// Anything but an index or a plain new column rebuilds the table.
pub(super) fn requires_recreate(batch: &ops::ModifyTable) -> bool {
    batch.operations.iter().any(|operation| match operation {
        Operation::AddColumn(op) => match &op.column.server_default {
            Some(ServerDefault::Expression(_)) => true,
            Some(ServerDefault::Computed { persisted, .. }) => *persisted == Some(true),
            // A constraint of its own cannot be added by ALTER: Alembic's batch counts it as an operation.
            _ => !op.constraints.is_empty(),
        },
        Operation::CreateIndex(_) | Operation::DropIndex(_) | Operation::Execute(_) => false,
        _ => true,
    })
}
