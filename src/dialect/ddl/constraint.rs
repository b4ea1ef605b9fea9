//! Constraints, inside CREATE TABLE and by ALTER.

use super::compile_error;
use crate::dialect::{Dialect, Script, identifier, statement, types};
use crate::error::Result;
use crate::ops;
use crate::schema::{
    Constraint, Expr, Table, TableName, Type,
    table::{ConstraintKind, ForeignKey, Source},
};

/// The constraints of CREATE TABLE in order: the primary key, then the others as they were defined.
pub fn in_table(table: &Table) -> impl Iterator<Item = &Constraint> {
    let is_key = |it: &&Constraint| matches!(it.kind, ConstraintKind::PrimaryKey { .. });
    let first = table.constraints.iter().filter(is_key);
    let others = table.constraints.iter().filter(move |it| !is_key(it) && !is_inline(it));
    first.chain(others)
}

/// Whether a constraint stands inside its column: a CHECK that was written there.
pub fn is_inline(constraint: &Constraint) -> bool {
    let check = matches!(constraint.kind, ConstraintKind::Check { .. });
    check && constraint.source == Source::Column && constraint.column.is_some()
}

/// A constraint's SQL, or `None` where this database does not need it (`use_alter`, the CHECK of a native type).
pub fn write(dialect: &dyn Dialect, constraint: &Constraint, table: &Table) -> Result<Option<String>> {
    if constraint.source == Source::Type && !has_type_check(dialect, constraint, table) {
        return Ok(None);
    }
    let body = match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } if columns.is_empty() => {
            return Ok(None);
        }
        ConstraintKind::PrimaryKey { columns } => {
            format!("PRIMARY KEY ({})", identifier::list(dialect.features(), columns))
        }
        ConstraintKind::Unique { columns } => format!("UNIQUE ({})", identifier::list(dialect.features(), columns)),
        ConstraintKind::ForeignKey(key) if key.use_alter && dialect.features().alter_constraints => return Ok(None),
        ConstraintKind::ForeignKey(key) => foreign_key(dialect, key, &key.referred)?,
        ConstraintKind::Check { condition } => check(dialect, condition)?,
        ConstraintKind::Exclude { .. } => return Err(dialect.unsupported("an EXCLUDE constraint")),
    };
    Ok(Some(format!("{}{body}{}", preamble(dialect, constraint)?, deferrability(constraint)?)))
}

/// `CONSTRAINT name `, or nothing.
pub fn preamble(dialect: &dyn Dialect, constraint: &Constraint) -> Result<String> {
    match &constraint.name {
        Some(name) => Ok(format!("CONSTRAINT {} ", identifier::constraint(dialect.features(), name)?)),
        None => Ok(String::new()),
    }
}

/// ` DEFERRABLE INITIALLY DEFERRED`.
pub fn deferrability(constraint: &Constraint) -> Result<String> {
    let mut text = match constraint.deferrable {
        Some(true) => " DEFERRABLE".to_string(),
        Some(false) => " NOT DEFERRABLE".to_string(),
        None => String::new(),
    };
    if let Some(initially) = &constraint.initially {
        text.push_str(&format!(" INITIALLY {}", identifier::phrase(initially)?));
    }
    Ok(text)
}

/// `FOREIGN KEY(a) REFERENCES t (b) …`, the other table under the name given.
pub fn foreign_key(dialect: &dyn Dialect, key: &ForeignKey, referred: &TableName) -> Result<String> {
    let features = dialect.features();
    let target = references(dialect, key, referred)?;
    Ok(format!("FOREIGN KEY({}) {target}", identifier::list(features, &key.columns)))
}

/// `REFERENCES t (b) MATCH … ON DELETE … ON UPDATE …`.
pub fn references(dialect: &dyn Dialect, key: &ForeignKey, referred: &TableName) -> Result<String> {
    let features = dialect.features();
    let columns = identifier::list(features, &key.referred_columns);
    let mut text = format!("REFERENCES {} ({columns})", identifier::table(features, referred));
    let clauses = [(" MATCH ", &key.match_), (" ON DELETE ", &key.ondelete), (" ON UPDATE ", &key.onupdate)];
    for (word, phrase) in clauses {
        if let Some(phrase) = phrase {
            text.push_str(word);
            text.push_str(identifier::phrase(phrase)?);
        }
    }
    Ok(text)
}

/// `CHECK (condition)`.
pub fn check(dialect: &dyn Dialect, condition: &Expr) -> Result<String> {
    Ok(format!("CHECK ({})", statement::ddl_expression(dialect, condition)?))
}

/// Whether the CHECK that belongs to a Boolean or an Enum is needed here.
fn has_type_check(dialect: &dyn Dialect, constraint: &Constraint, table: &Table) -> bool {
    let column = constraint.column.as_deref().or_else(|| checked_column(constraint));
    match column.and_then(|name| table.column(name)) {
        Some(column) => needs_type_check(dialect, &column.ty),
        None => true,
    }
}

/// Whether a type of its own right demands a CHECK from this database.
pub fn needs_type_check(dialect: &dyn Dialect, ty: &Type) -> bool {
    match types::resolve(ty, dialect) {
        Type::Boolean { create_constraint, .. } => *create_constraint && !dialect.features().native_boolean,
        Type::Enum(it) => it.create_constraint && !(it.native_enum && dialect.features().native_enum),
        _ => false,
    }
}

fn checked_column(constraint: &Constraint) -> Option<&str> {
    match &constraint.kind {
        ConstraintKind::Check { condition: Expr::Binary { left, .. } } => match &**left {
            Expr::Column { name, .. } => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// `op.create_…_constraint`.
pub fn add(dialect: &dyn Dialect, op: &ops::AddConstraint, script: &mut Script) -> Result<()> {
    add_to(dialect, &Table::new(op.table.clone()), &op.constraint, script)
}

/// ALTER TABLE … ADD for a constraint of this table, as far as the table is known.
pub fn add_to(dialect: &dyn Dialect, table: &Table, constraint: &Constraint, script: &mut Script) -> Result<()> {
    let mut constraint = constraint.clone();
    if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
        key.use_alter = false;
    }
    if let Some(sql) = dialect.constraint(&constraint, table)? {
        script.ddl(format!("ALTER TABLE {} ADD {sql}", identifier::table(dialect.features(), &table.name)));
    }
    Ok(())
}

fn dropped_class(kind: Option<ops::DroppedKind>) -> &'static str {
    match kind {
        Some(ops::DroppedKind::ForeignKey) => "ForeignKeyConstraint",
        Some(ops::DroppedKind::PrimaryKey) => "PrimaryKeyConstraint",
        Some(ops::DroppedKind::Unique) => "UniqueConstraint",
        Some(ops::DroppedKind::Check) => "CheckConstraint",
        None => "Constraint",
    }
}

/// `op.drop_constraint`.
pub fn drop(dialect: &dyn Dialect, op: &ops::DropConstraint, script: &mut Script) -> Result<()> {
    let Some(name) = &op.name else {
        let class = dropped_class(op.kind);
        return Err(compile_error(format!("Can't emit DROP CONSTRAINT for constraint {class}(); it has no name")));
    };
    let features = dialect.features();
    let exists = if op.if_exists { "IF EXISTS " } else { "" };
    let (table, name) = (identifier::table(features, &op.table), identifier::constraint(features, name)?);
    script.ddl(format!("ALTER TABLE {table} DROP CONSTRAINT {exists}{name}"));
    Ok(())
}

/// Drops a constraint that is known whole.
pub fn drop_existing(
    dialect: &dyn Dialect,
    existing: &Constraint,
    table: &TableName,
    script: &mut Script,
) -> Result<()> {
    let name = existing.name.clone();
    let op = ops::DropConstraint { table: table.clone(), name, kind: None, if_exists: false, existing: None };
    drop(dialect, &op, script)
}
