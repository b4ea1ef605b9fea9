//! What an operation promises: the `MetaData` after it.

use super::{
    AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, DropColumn, DropConstraint, DropIndex, DropTable,
    Operation, RenameTable,
};
use crate::error::{Error, Result};
use crate::schema::{Column, Constraint, Expr, MetaData, Table, TableName, table::ConstraintKind};

/// The schema after `operations`, if they ran on `metadata`. Data statements and text change nothing here. An operation
/// that does not fit (a table that is not there) is an error in words.
pub fn apply(operations: &[Operation], metadata: &MetaData) -> Result<MetaData> {
    let mut result = metadata.clone();
    operations.iter().try_for_each(|operation| one(operation, &mut result))?;
    Ok(result)
}

fn one(operation: &Operation, metadata: &mut MetaData) -> Result<()> {
    match operation {
        Operation::CreateTable(op) => create_table(op, metadata),
        Operation::DropTable(op) => drop_table(op, metadata),
        Operation::RenameTable(op) => rename_table(op, metadata),
        Operation::AddColumn(op) => add_column(op, metadata),
        Operation::DropColumn(op) => drop_column(op, metadata),
        Operation::AlterColumn(op) => alter_column(op, metadata),
        Operation::CreateIndex(op) => create_index(op, metadata),
        Operation::DropIndex(op) => drop_index(op, metadata),
        Operation::AddConstraint(op) => add_constraint(op, metadata),
        Operation::DropConstraint(op) => drop_constraint(op, metadata),
        Operation::CreateTableComment(op) => comment(&op.table, op.comment.as_ref(), metadata),
        Operation::DropTableComment(op) => comment(&op.table, None, metadata),
        Operation::BulkInsert(_) | Operation::Execute(_) => Ok(()),
        Operation::ModifyTable(op) => op.operations.iter().try_for_each(|part| one(part, metadata)),
    }
}

fn missing(kind: &str, name: &str) -> Error {
    Error::command(format!("No such {kind}: '{name}'"))
}

fn table<'a>(metadata: &'a mut MetaData, name: &TableName) -> Result<&'a mut Table> {
    metadata.tables.iter_mut().find(|table| table.name == *name).ok_or_else(|| missing("table", &name.name))
}

fn column<'a>(table: &'a mut Table, name: &str) -> Result<&'a mut Column> {
    let table_name = table.name.name.clone();
    let found = table.columns.iter_mut().find(|column| column.name == name);
    found.ok_or_else(|| missing("column", &format!("{table_name}.{name}")))
}

fn create_table(op: &CreateTable, metadata: &mut MetaData) -> Result<()> {
    match metadata.table(&op.table.name) {
        Some(_) if op.if_not_exists => Ok(()),
        Some(_) => Err(Error::command(format!("Table '{}' exists already", op.table.name.name))),
        None => {
            metadata.tables.push(op.table.clone());
            Ok(())
        }
    }
}

fn drop_table(op: &DropTable, metadata: &mut MetaData) -> Result<()> {
    let before = metadata.tables.len();
    metadata.tables.retain(|table| table.name != op.name);
    if metadata.tables.len() == before && !op.if_exists { Err(missing("table", &op.name.name)) } else { Ok(()) }
}

fn rename_table(op: &RenameTable, metadata: &mut MetaData) -> Result<()> {
    let new_name = TableName { schema: op.name.schema.clone(), name: op.new_name.clone() };
    table(metadata, &op.name)?.name = new_name.clone();
    for constraint in metadata.tables.iter_mut().flat_map(|table| &mut table.constraints) {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
            && key.referred == op.name
        {
            key.referred = new_name.clone();
        }
    }
    Ok(())
}

fn add_column(op: &AddColumn, metadata: &mut MetaData) -> Result<()> {
    let table = table(metadata, &op.table)?;
    if table.column(&op.column.name).is_some() {
        let message = format!("Column '{}.{}' exists already", op.table.name, op.column.name);
        return if op.if_not_exists { Ok(()) } else { Err(Error::command(message)) };
    }
    let position = |name: &Option<String>| table.columns.iter().position(|it| Some(&it.name) == name.as_ref());
    let at = position(&op.insert_before).or_else(|| position(&op.insert_after).map(|at| at + 1));
    table.columns.insert(at.unwrap_or(table.columns.len()), op.column.clone());
    table.constraints.extend(op.constraints.iter().cloned());
    table.indexes.extend(op.indexes.iter().cloned());
    Ok(())
}

/// Constraints and indexes that a column is part of go with it.
fn drop_column(op: &DropColumn, metadata: &mut MetaData) -> Result<()> {
    let table = table(metadata, &op.table)?;
    if table.column(&op.column).is_none() {
        return if op.if_exists { Ok(()) } else { Err(missing("column", &format!("{}.{}", op.table.name, op.column))) };
    }
    table.columns.retain(|column| column.name != op.column);
    table.constraints.retain(|it| !it.columns().contains(&op.column) && it.column.as_ref() != Some(&op.column));
    table.indexes.retain(|index| !index.expressions.iter().any(|it| names_column(it, &op.column)));
    Ok(())
}

fn names_column(expression: &Expr, wanted: &str) -> bool {
    match expression {
        Expr::Column { name, .. } => name == wanted,
        Expr::Suffix { operand, .. } | Expr::Collate { operand, .. } => names_column(operand, wanted),
        _ => false,
    }
}

fn alter_column(op: &AlterColumn, metadata: &mut MetaData) -> Result<()> {
    let altered = table(metadata, &op.table)?;
    let column = column(altered, &op.column)?;
    if let Some(ty) = &op.to.ty {
        column.ty = ty.clone();
    }
    if let Some(nullable) = op.to.nullable {
        column.nullable = nullable;
    }
    if let Some(default) = &op.to.server_default {
        column.server_default.clone_from(default);
    }
    if let Some(comment) = &op.to.comment {
        column.comment.clone_from(comment);
    }
    if let Some(autoincrement) = op.to.autoincrement {
        column.autoincrement = autoincrement;
    }
    if op.to.ty.is_some() {
        altered.constraints.retain(|it| !op.existing_type_constraints.iter().any(|gone| gone.name == it.name));
        altered.constraints.extend(op.type_constraints.iter().cloned());
    }
    if let Some(new_name) = &op.new_name {
        rename_column(&op.table, (&op.column, new_name), metadata)?;
    }
    Ok(())
}

/// A column's new name, wherever the old one stood.
fn rename_column(of: &TableName, (old, new): (&String, &String), metadata: &mut MetaData) -> Result<()> {
    let renamed = table(metadata, of)?;
    column(renamed, old)?.name.clone_from(new);
    let replace = |names: &mut Vec<String>| names.iter_mut().filter(|it| *it == old).for_each(|it| it.clone_from(new));
    for constraint in &mut renamed.constraints {
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => replace(columns),
            ConstraintKind::ForeignKey(key) => replace(&mut key.columns),
            ConstraintKind::Check { .. } | ConstraintKind::Exclude { .. } => {}
        }
        constraint.column.iter_mut().filter(|it| *it == old).for_each(|it| it.clone_from(new));
    }
    for expression in renamed.indexes.iter_mut().flat_map(|index| &mut index.expressions) {
        rename_in(expression, old, new);
    }
    for constraint in metadata.tables.iter_mut().flat_map(|table| &mut table.constraints) {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind
            && key.referred == *of
        {
            replace(&mut key.referred_columns);
        }
    }
    Ok(())
}

fn rename_in(expression: &mut Expr, old: &String, new: &String) {
    match expression {
        Expr::Column { name, .. } if name == old => name.clone_from(new),
        Expr::Suffix { operand, .. } | Expr::Collate { operand, .. } => rename_in(operand, old, new),
        _ => {}
    }
}

fn create_index(op: &CreateIndex, metadata: &mut MetaData) -> Result<()> {
    let table = table(metadata, &op.table)?;
    let exists = table.indexes.iter().any(|index| text(index.name.as_ref()) == text(op.index.name.as_ref()));
    if exists && op.if_not_exists {
        return Ok(());
    }
    table.indexes.push(op.index.clone());
    Ok(())
}

fn text(name: Option<&crate::schema::Name>) -> Option<&str> {
    name.map(|name| name.text.as_str())
}

/// An index's name is its own in a schema, so its table need not be said.
fn drop_index(op: &DropIndex, metadata: &mut MetaData) -> Result<()> {
    let mut found = false;
    for table in &mut metadata.tables {
        if op.table.as_ref().is_none_or(|name| *name == table.name) {
            let before = table.indexes.len();
            table.indexes.retain(|index| text(index.name.as_ref()) != text(op.name.as_ref()));
            found |= table.indexes.len() < before;
        }
    }
    if found || op.if_exists { Ok(()) } else { Err(missing("index", text(op.name.as_ref()).unwrap_or("None"))) }
}

fn add_constraint(op: &AddConstraint, metadata: &mut MetaData) -> Result<()> {
    table(metadata, &op.table)?.constraints.push(op.constraint.clone());
    Ok(())
}

/// By name; one without a name is known by what it demands.
fn drop_constraint(op: &DropConstraint, metadata: &mut MetaData) -> Result<()> {
    let table = table(metadata, &op.table)?;
    let is_it = |it: &Constraint| match (&op.name, &op.existing) {
        (Some(name), _) => text(it.name.as_ref()) == Some(&name.text),
        (None, Some(existing)) => it.name.is_none() && it.kind == existing.kind,
        (None, None) => false,
    };
    match table.constraints.iter().position(is_it) {
        Some(at) => drop(table.constraints.remove(at)),
        None if op.if_exists => {}
        None => return Err(missing("constraint", text(op.name.as_ref()).unwrap_or("None"))),
    }
    Ok(())
}

fn comment(name: &TableName, text: Option<&String>, metadata: &mut MetaData) -> Result<()> {
    table(metadata, name)?.comment = text.cloned();
    Ok(())
}
