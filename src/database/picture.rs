//! A PostgreSQL database as bytes, as an image is SQLite's: a SQLite database with the same tables and rows, to be looked
//! at, with the schema that PostgreSQL tells and the statements that make the real database again.

use super::guard::Guard;
use super::postgresql::dump;
use super::sqlite::Sqlite;
use crate::dialect::{self, Dialect, Wanted};
use crate::error::{Error, Kind, Result};
use crate::host::Connection;
use crate::schema::{Literal, MetaData, Table, table::ConstraintKind};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Where the picture keeps what is no table of the user's.
const KEPT: &str = "sqlite retort picture";
/// How many values a statement takes at most; SQLite's own limit is higher.
const VALUES: usize = 30_000;

/// Takes a picture of a PostgreSQL database, as this connection sees it.
pub fn take(connection: &mut dyn Connection) -> Result<Vec<u8>> {
    let dialect = dialect::by_name("postgresql")?;
    let schema = whole_schema(connection, dialect)?;
    let mut picture = Sqlite::memory(&Guard::default())?;
    picture.execute("BEGIN", &[])?;
    picture.execute(&format!("CREATE TABLE \"{KEPT}\" (schema, statements)"), &[])?;
    for table in &schema.tables {
        copy(connection, &mut picture, dialect, table)?;
    }
    let statements = dump::statements(connection)?;
    let kept = [json(&schema)?, json(&statements)?];
    picture.execute(&format!("INSERT INTO \"{KEPT}\" VALUES (?, ?)"), &kept)?;
    picture.execute("COMMIT", &[])?;
    Ok(picture.serialize()?)
}

/// Puts a database as it was when the picture was taken; no transaction may be open.
pub fn restore(connection: &mut dyn Connection, picture: &[u8]) -> Result<()> {
    Ok(dump::restore(connection, &statements(picture)?)?)
}

/// What makes the database again, out of a picture.
pub fn statements(picture: &[u8]) -> Result<Vec<String>> {
    let mut picture = Sqlite::look(picture, &Guard::default())?;
    Ok(kept(&mut picture, "statements")?.unwrap_or_default())
}

/// A picture in which nothing is to be seen yet, only what makes the database.
pub fn unseen(statements: &[String]) -> Result<Vec<u8>> {
    let mut picture = Sqlite::memory(&Guard::default())?;
    picture.execute(&format!("CREATE TABLE \"{KEPT}\" (schema, statements)"), &[])?;
    picture.execute(&format!("INSERT INTO \"{KEPT}\" VALUES (NULL, ?)"), &[json(&statements)?])?;
    Ok(picture.serialize()?)
}

/// The schema that PostgreSQL told, if this database is a picture.
pub fn schema(picture: &mut dyn Connection) -> Result<Option<MetaData>> {
    kept(picture, "schema")
}

/// The name that a table has in a picture: without its schema in `public`.
pub fn name_in_picture(table: &Table) -> String {
    match &table.name.schema {
        Some(schema) => format!("{schema}.{}", table.name.name),
        None => table.name.name.clone(),
    }
}

fn whole_schema(connection: &mut dyn Connection, dialect: &dyn Dialect) -> Result<MetaData> {
    let mut schema = dialect.reflect(connection, &Wanted::default())?;
    for name in dialect.names(connection, dialect::Names::Schemas, None)? {
        if name != "public" && name != "information_schema" {
            let wanted = Wanted { schema: Some(name), ..Wanted::default() };
            schema.tables.extend(dialect.reflect(connection, &wanted)?.tables);
        }
    }
    Ok(schema)
}

fn copy(from: &mut dyn Connection, to: &mut Sqlite, dialect: &dyn Dialect, table: &Table) -> Result<()> {
    let key = key_of(table);
    let (name, columns) = (quoted(&name_in_picture(table)), names(table));
    let (columns, keys) =
        (columns.join(", "), key.iter().map(|at| quoted(&table.columns[*at].name)).collect::<Vec<_>>());
    let end = if keys.is_empty() { String::new() } else { format!(", PRIMARY KEY ({})", keys.join(", ")) };
    let without = if keys.is_empty() { "" } else { " WITHOUT ROWID" };
    to.execute(&format!("CREATE TABLE {name} ({columns}{end}){without}"), &[])?;
    let rows = from.execute(&selection(dialect, table), &[])?.rows;
    let width = table.columns.len() + usize::from(keys.is_empty());
    let place = format!("({})", vec!["?"; width].join(", "));
    let head = if keys.is_empty() { format!("_rowid_, {columns}") } else { columns };
    let mut numbers = Numbers::default();
    for some in rows.chunks((VALUES / width.max(1)).clamp(1, 500)) {
        let values: Vec<Literal> = some
            .iter()
            .flat_map(|row| keys.is_empty().then(|| numbers.of(row)).into_iter().chain(row.iter().map(shown)))
            .collect();
        let places = vec![place.as_str(); some.len()].join(", ");
        to.execute(&format!("INSERT INTO {name} ({head}) VALUES {places}"), &values)?;
    }
    Ok(())
}

/// Types whose values are compared and sorted as numbers or bytes; of all others, the text that psql would print.
const PLAIN: [&str; 7] = ["INTEGER", "BIGINT", "SMALLINT", "BYTEA", "REAL", "DOUBLE PRECISION", "FLOAT"];

fn selection(dialect: &dyn Dialect, table: &Table) -> String {
    let cells = table.columns.iter().map(|column| {
        let is_plain = dialect.type_sql(&column.ty).is_ok_and(|sql| PLAIN.contains(&sql.as_str()));
        format!("{}{}", quoted(&column.name), if is_plain { "" } else { "::text" })
    });
    let schema = table.name.schema.as_ref().map_or_else(String::new, |schema| format!("{}.", quoted(schema)));
    format!("SELECT {} FROM {schema}{}", cells.collect::<Vec<_>>().join(", "), quoted(&table.name.name))
}

fn shown(value: &Literal) -> Literal {
    match value {
        Literal::Boolean(truth) => Literal::Text(if *truth { "true" } else { "false" }.into()),
        other => other.clone(),
    }
}

/// Numbers for the rows of a table without a key: the same row has the same number the next time.
#[derive(Default)]
struct Numbers(FxHashMap<u64, i64>);

impl Numbers {
    fn of(&mut self, row: &[Literal]) -> Literal {
        let mut hasher = FxHasher::default();
        hasher.write(format!("{row:?}").as_bytes());
        let hash = hasher.finish() >> 12;
        let seen = self.0.entry(hash).or_default();
        *seen += 1;
        Literal::Integer(((hash as i64) << 10) + *seen)
    }
}

// The places of the key's columns.
fn key_of(table: &Table) -> Vec<usize> {
    let Some(ConstraintKind::PrimaryKey { columns }) = table.primary_key().map(|it| &it.kind) else {
        return Vec::new();
    };
    columns.iter().filter_map(|name| table.columns.iter().position(|column| column.name == *name)).collect()
}

fn names(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| quoted(&column.name)).collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn json(value: &impl serde::Serialize) -> Result<Literal> {
    serde_json::to_string(value).map(Literal::Text).map_err(|error| Error::new(Kind::Usage(error.to_string())))
}

fn kept<T: serde::de::DeserializeOwned>(picture: &mut dyn Connection, what: &str) -> Result<Option<T>> {
    let there = "SELECT 1 FROM sqlite_master WHERE name = ?";
    if picture.execute(there, &[Literal::Text(KEPT.into())])?.rows.is_empty() {
        return Ok(None);
    }
    let rows = picture.execute(&format!("SELECT {what} FROM \"{KEPT}\""), &[])?.rows;
    Ok(match rows.first().and_then(|row| row.first()) {
        Some(Literal::Text(text)) => serde_json::from_str(text).ok(),
        _ => None,
    })
}
