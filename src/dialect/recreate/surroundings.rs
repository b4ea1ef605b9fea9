//! What a rebuild has to know of the database around its table.

use crate::dialect::{Dialect, Names, Wanted};
use crate::error::{Error, Result};
use crate::host::Connection;
use crate::ops;
use crate::schema::{Literal, Table, TableName, table::Options};

/// What a plan has to know of the database.
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    /// The table as reflected.
    pub table: Table,
    /// Everything else that a rebuild would lose: triggers and views as their CREATE statements, in the order of making.
    pub dependents: Vec<Dependent>,
    /// All tables' names.
    pub tables: Vec<String>,
    /// Whether the table counts by AUTOINCREMENT.
    pub counts: bool,
}

/// A trigger or a view that must survive a rebuild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// Its name.
    pub name: TableName,
    /// "trigger" or "view".
    pub kind: String,
    /// The table or view that it stands on.
    pub on: String,
    /// Its CREATE statement.
    pub sql: String,
    /// It goes when the table goes, or with a view that is dropped before.
    goes_along: bool,
}

impl Dependent {
    /// Whether it has to be dropped by name before the table goes.
    pub(super) fn is_dropped_first(&self) -> bool {
        !self.goes_along
    }
}

/// Reads the surroundings of a batch's table.
pub fn surroundings(
    dialect: &dyn Dialect,
    connection: &mut dyn Connection,
    batch: &ops::ModifyTable,
) -> Result<Surroundings> {
    let schema = batch.table.schema.clone();
    let given = batch.batch.as_ref().and_then(|batch| batch.copy_from.clone());
    let wanted = Wanted { schema: schema.clone(), tables: Some(vec![batch.table.name.clone()]), views: false };
    let reflected = dialect.reflect(connection, &wanted)?.tables.into_iter().next();
    let mut table = reflected.or(given).ok_or_else(|| missing(&batch.table))?;
    dialect.correct_reflected(&mut table);
    let counts = counts(&table.options);
    let tables = dialect.names(connection, Names::Tables, schema.as_deref())?;
    let kept = dialect.features().safe_rebuilds;
    let dependents = if kept { dependents(connection, &batch.table)? } else { Vec::new() };
    Ok(Surroundings { table, dependents, tables, counts })
}

fn missing(table: &TableName) -> Error {
    Error::exception("sqlalchemy.exc.NoSuchTableError", &table.name)
}

fn counts(options: &Options) -> bool {
    crate::dialect::ddl::options::flag(options, "sqlite_autoincrement")
}

/// Views and triggers that mention the table, or something that does.
fn dependents(connection: &mut dyn Connection, table: &TableName) -> Result<Vec<Dependent>> {
    let master = crate::dialect::sqlite::reflect::master(table.schema.as_deref());
    let sql =
        format!("SELECT type, name, tbl_name, sql FROM {master} WHERE type IN ('view', 'trigger') ORDER BY rowid");
    let rows = connection.execute(&sql, &[])?.rows;
    let all: Vec<Dependent> = rows.iter().filter_map(|row| dependent(row, table)).collect();
    let mut mentioned = vec![table.name.clone()];
    loop {
        let more: Vec<String> = all
            .iter()
            .filter(|it| it.kind == "view" && !mentioned.contains(&it.name.name))
            .filter(|it| mentioned.iter().any(|name| mentions(&it.sql, name)))
            .map(|it| it.name.name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        mentioned.extend(more);
    }
    let concerns = |it: &Dependent| mentioned.iter().any(|name| mentions(&it.sql, name));
    let mut kept: Vec<Dependent> = all.into_iter().filter(concerns).collect();
    for it in &mut kept {
        // A trigger goes with the table or the view that it stands on.
        it.goes_along = it.kind == "trigger" && mentioned.iter().any(|name| name.eq_ignore_ascii_case(&it.on));
    }
    Ok(kept)
}

fn dependent(row: &[Literal], table: &TableName) -> Option<Dependent> {
    let [Literal::Text(kind), Literal::Text(name), Literal::Text(on), Literal::Text(sql)] = row else { return None };
    let name = TableName { schema: table.schema.clone(), name: name.clone() };
    Some(Dependent { name, kind: kind.clone(), on: on.clone(), sql: sql.clone(), goes_along: false })
}

/// Whether a statement has this name as a word; a false yes costs a drop and a create, a false no would cost the view.
fn mentions(sql: &str, name: &str) -> bool {
    crate::dialect::sqlite::reflect::has_name(sql, name)
}
