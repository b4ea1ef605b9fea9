//! CREATE INDEX and DROP INDEX.

use super::compile_error;
use crate::dialect::{Dialect, Script, identifier, statement};
use crate::error::Result;
use crate::ops;
use crate::schema::{Expr, Index, TableName};

/// `op.create_index`.
pub fn create(dialect: &dyn Dialect, op: &ops::CreateIndex, script: &mut Script) -> Result<()> {
    script.ddl(dialect.index(&op.table, &op.index, op.if_not_exists)?);
    Ok(())
}

/// CREATE INDEX without anything of a dialect's own.
pub fn create_sql(dialect: &dyn Dialect, table: &TableName, index: &Index, if_not_exists: bool) -> Result<String> {
    let features = dialect.features();
    let (opening, name) = (opening(index, "", if_not_exists), name(dialect, index)?);
    let expressions = expressions(dialect, &index.expressions)?;
    Ok(format!("{opening}{name} ON {} ({expressions})", identifier::table(features, table)))
}

/// `CREATE UNIQUE INDEX IF NOT EXISTS `, with words of the dialect's own before IF NOT EXISTS.
pub fn opening(index: &Index, words: &str, if_not_exists: bool) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let exists = if if_not_exists { "IF NOT EXISTS " } else { "" };
    format!("CREATE {unique}INDEX {words}{exists}")
}

/// The index's name in SQL.
pub fn name(dialect: &dyn Dialect, index: &Index) -> Result<String> {
    match &index.name {
        Some(name) => identifier::constraint(dialect.features(), name),
        None => Err(compile_error("CREATE INDEX requires that the index have a name")),
    }
}

/// What is indexed, with commas.
pub fn expressions(dialect: &dyn Dialect, expressions: &[Expr]) -> Result<String> {
    let texts: Result<Vec<String>> = expressions.iter().map(|it| statement::ddl_expression(dialect, it)).collect();
    Ok(texts?.join(", "))
}

/// `op.drop_index`.
pub fn drop(dialect: &dyn Dialect, op: &ops::DropIndex, script: &mut Script) -> Result<()> {
    script.ddl(drop_sql(dialect, op, "")?);
    Ok(())
}

/// DROP INDEX, with words of the dialect's own before IF EXISTS.
pub fn drop_sql(dialect: &dyn Dialect, op: &ops::DropIndex, words: &str) -> Result<String> {
    let Some(name) = &op.name else {
        return Err(compile_error("DROP INDEX requires that the index have a name"));
    };
    let features = dialect.features();
    let schema = op.schema.as_ref().or(op.table.as_ref().and_then(|table| table.schema.as_ref()));
    let schema = schema.map_or_else(String::new, |schema| format!("{}.", identifier::quote(features, schema)));
    let exists = if op.if_exists { "IF EXISTS " } else { "" };
    Ok(format!("\nDROP INDEX {words}{exists}{schema}{}", identifier::constraint(features, name)?))
}
