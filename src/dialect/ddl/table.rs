//! CREATE, DROP and RENAME TABLE, and comments.

use super::{column, constraint};
use crate::dialect::{Dialect, Script, identifier, literal, types};
use crate::error::{Error, Kind, Result};
use crate::ops;
use crate::schema::{
    Column, Table, TableName,
    table::{Autoincrement, ConstraintKind, ServerDefault, Source},
};

/// `op.create_table`: the table, its indexes, its comments.
pub fn create(dialect: &dyn Dialect, op: &ops::CreateTable, script: &mut Script) -> Result<()> {
    script.ddl(create_sql(dialect, &op.table, op.if_not_exists)?);
    for index in &op.table.indexes {
        script.ddl(dialect.index(&op.table.name, index, false)?);
    }
    if separate_comments(dialect) {
        if op.table.comment.is_some() {
            comment(dialect, &op.table.name, op.table.comment.as_deref(), script)?;
        }
        for column in op.table.columns.iter().filter(|column| column.comment.is_some()) {
            script.ddl(column::comment_sql(dialect, &op.table.name, &column.name, column.comment.as_deref()));
        }
    }
    Ok(())
}

/// Whether comments are statements of their own.
pub fn separate_comments(dialect: &dyn Dialect) -> bool {
    dialect.features().comments && !dialect.features().inline_comments
}

/// CREATE TABLE in SQLAlchemy's layout.
pub fn create_sql(dialect: &dyn Dialect, table: &Table, if_not_exists: bool) -> Result<String> {
    let mut lines = Vec::new();
    for column in table.columns.iter().filter(|column| !column.system) {
        lines.push(column_line(dialect, column, table).map_err(|error| in_column(error, column, table))?);
    }
    for constraint in constraint::in_table(table) {
        if let Some(sql) = dialect.constraint(constraint, table)? {
            lines.push(sql);
        }
    }
    let prefixes: String = table.prefixes.iter().map(|prefix| format!("{prefix} ")).collect();
    let exists = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let name = identifier::table(dialect.features(), &table.name);
    let suffix = dialect.table_suffix(table)?;
    let separator = if lines.is_empty() { "" } else { "\n\t" };
    Ok(format!("\nCREATE {prefixes}TABLE {exists}{name} ({separator}{}\n){suffix}\n\n", lines.join(", \n\t")))
}

/// SQLAlchemy says where in a CREATE TABLE a type could not be written.
fn in_column(mut error: Error, column: &Column, table: &Table) -> Error {
    if let Kind::Python(exception) = &mut error.kind {
        let place = format!("(in table '{}', column '{}'): ", table.name.name, column.name);
        exception.message.insert_str(0, &place);
        exception.class = "sqlalchemy.exc.CompileError".into();
    }
    error
}

fn column_line(dialect: &dyn Dialect, column: &Column, table: &Table) -> Result<String> {
    let mut line = dialect.column(column, table)?;
    for check in
        table.constraints.iter().filter(|it| constraint::is_inline(it) && it.column.as_ref() == Some(&column.name))
    {
        if let Some(sql) = dialect.constraint(check, table)? {
            line.push(' ');
            line.push_str(&sql);
        }
    }
    Ok(line)
}

/// `op.drop_table`.
pub fn drop(dialect: &dyn Dialect, op: &ops::DropTable, script: &mut Script) -> Result<()> {
    let exists = if op.if_exists { "IF EXISTS " } else { "" };
    script.ddl(format!("\nDROP TABLE {exists}{}", identifier::table(dialect.features(), &op.name)));
    Ok(())
}

/// `op.rename_table`; the new name is written with the schema.
pub fn rename(dialect: &dyn Dialect, op: &ops::RenameTable, script: &mut Script) -> Result<()> {
    let features = dialect.features();
    let new_name = TableName { schema: op.name.schema.clone(), name: op.new_name.clone() };
    let (old, new) = (identifier::altered_table(features, &op.name), identifier::altered_table(features, &new_name));
    script.ddl(format!("ALTER TABLE {old} RENAME TO {new}"));
    Ok(())
}

/// `op.rename_table` where the new name must not have a schema (SQLite, PostgreSQL).
pub fn rename_within(dialect: &dyn Dialect, op: &ops::RenameTable, script: &mut Script) -> Result<()> {
    let features = dialect.features();
    let (old, new) = (identifier::altered_table(features, &op.name), identifier::quote(features, &op.new_name));
    script.ddl(format!("ALTER TABLE {old} RENAME TO {new}"));
    Ok(())
}

/// The comment of a table; `None` takes it away.
pub fn comment(dialect: &dyn Dialect, table: &TableName, text: Option<&str>, script: &mut Script) -> Result<()> {
    let text = text.map_or_else(|| "NULL".into(), literal::quoted);
    script.ddl(format!("COMMENT ON TABLE {} IS {text}", identifier::table(dialect.features(), table)));
    Ok(())
}

/// The column that counts up by itself: SQLAlchemy's `Table._autoincrement_column`.
pub fn autoincrement_column<'a>(table: &'a Table, dialect: &dyn Dialect) -> Option<&'a Column> {
    let key: Vec<&Column> = table.primary_key()?.columns().iter().filter_map(|name| table.column(name)).collect();
    match key.as_slice() {
        [only] if only.autoincrement == Autoincrement::Yes || may_count(only, table, dialect) => Some(only),
        [_] => None,
        several => several.iter().find(|column| column.autoincrement == Autoincrement::Yes).copied(),
    }
}

fn may_count(column: &Column, table: &Table, dialect: &dyn Dialect) -> bool {
    let numbers = matches!(types::affinity(&column.ty, dialect), types::Affinity::Integer | types::Affinity::Numeric);
    let filled = !matches!(column.server_default, None | Some(ServerDefault::Identity(_)));
    match column.autoincrement {
        Autoincrement::No => false,
        Autoincrement::IgnoreForeignKey => numbers && !filled,
        Autoincrement::Auto | Autoincrement::Yes => numbers && !filled && !has_foreign_key(column, table),
    }
}

/// Whether a foreign key starts at this column.
pub fn has_foreign_key(column: &Column, table: &Table) -> bool {
    let keys = table.constraints.iter().filter_map(|it| match &it.kind {
        ConstraintKind::ForeignKey(key) => Some(key),
        _ => None,
    });
    keys.into_iter().any(|key| key.columns.contains(&column.name))
}

/// A table made of one column and what came with it, for the rules that ask for a column's table.
pub fn around(name: &TableName, column: &Column, constraints: &[crate::schema::Constraint]) -> Table {
    let mut table = Table::new(name.clone());
    table.columns.push(column.clone());
    table.constraints = constraints.to_vec();
    if column.primary_key && table.primary_key().is_none() {
        let kind = ConstraintKind::PrimaryKey { columns: vec![column.name.clone()] };
        table
            .constraints
            .push(crate::schema::Constraint { source: Source::Column, ..crate::schema::Constraint::new(None, kind) });
    }
    table
}
