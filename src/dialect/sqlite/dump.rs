//! A database as the SQL that makes it again, as sqlite3's `.dump` writes it.

use super::Sqlite;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::host::Connection;
use crate::schema::Literal;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// An INSERT for each, as sqlite3 does.
    Each,
    /// An INSERT for many: shorter, for links.
    Together,
}

/// Rows of one INSERT; SQLite's limit on compound terms does not hold for VALUES, memory does.
const TOGETHER: usize = 200;

/// What `.dump` prints; `table` narrows it to one.
pub fn dump(connection: &mut dyn Connection, table: Option<&str>) -> Result<String> {
    let body = script(connection, table, Rows::Each)?;
    Ok(format!("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n{body}COMMIT;\n"))
}

/// The statements alone: tables with their rows, then what stands on tables, in the order in which it was made.
pub fn script(connection: &mut dyn Connection, table: Option<&str>, rows: Rows) -> Result<String> {
    let wanted = table.map_or(Literal::Null, |table| Literal::Text(table.into()));
    let sql = "SELECT type, name, sql FROM sqlite_master WHERE (?1 IS NULL OR tbl_name LIKE ?1) AND sql IS NOT NULL \
               AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type <> 'table', rowid";
    let found = connection.execute(sql, &[wanted])?;
    let mut out = String::new();
    for row in &found.rows {
        let [Literal::Text(kind), Literal::Text(name), Literal::Text(sql)] = row.as_slice() else {
            continue;
        };
        out.push_str(&format!("{sql};\n"));
        if kind == "table" {
            table_rows(connection, name, rows, &mut out)?;
        }
    }
    sequences(connection, table, &mut out)?;
    Ok(out)
}

fn table_rows(connection: &mut dyn Connection, table: &str, rows: Rows, out: &mut String) -> Result<()> {
    let table_name = quoted(table);
    let columns = stored_columns(connection, table)?;
    let found = connection.execute(&format!("SELECT {} FROM {table_name}", columns.join(", ")), &[])?;
    let generated = columns.len() != all_columns(connection, table)?;
    let into = if generated { format!("{table_name}({})", columns.join(", ")) } else { table_name };
    let values = |row: &Vec<Literal>| format!("({})", row.iter().map(literal).collect::<Vec<_>>().join(","));
    let size = if rows == Rows::Together { TOGETHER } else { 1 };
    for chunk in found.rows.chunks(size) {
        let tuples: Vec<String> = chunk.iter().map(values).collect();
        out.push_str(&format!("INSERT INTO {into} VALUES{};\n", tuples.join(",")));
    }
    Ok(())
}

// Generated columns cannot be written; `hidden` is 2 or 3 for them.
fn stored_columns(connection: &mut dyn Connection, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid";
    let found = connection.execute(sql, &[Literal::Text(table.into())])?;
    Ok(found
        .rows
        .iter()
        .flatten()
        .filter_map(|name| if let Literal::Text(name) = name { Some(quoted(name)) } else { None })
        .collect())
}

fn all_columns(connection: &mut dyn Connection, table: &str) -> Result<usize> {
    Ok(connection.execute("SELECT name FROM pragma_table_xinfo(?1)", &[Literal::Text(table.into())])?.rows.len())
}

// AUTOINCREMENT's counters live in a table that SQLite makes itself.
fn sequences(connection: &mut dyn Connection, table: Option<&str>, out: &mut String) -> Result<()> {
    let exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'", &[])?;
    if exists.rows.is_empty() {
        return Ok(());
    }
    let found = connection.execute("SELECT name, seq FROM sqlite_sequence", &[])?;
    let mine = |row: &&Vec<Literal>| table.is_none_or(|table| row[0] == Literal::Text(table.into()));
    out.push_str("DELETE FROM sqlite_sequence;\n");
    for row in found.rows.iter().filter(mine) {
        out.push_str(&format!("INSERT INTO sqlite_sequence VALUES({},{});\n", literal(&row[0]), literal(&row[1])));
    }
    Ok(())
}

/// A name in double quotes where it needs them.
fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !Sqlite.features().reserved_words.contains(&name.to_ascii_lowercase().as_str());
    if plain { name.into() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A value as SQL writes it.
pub fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "NULL".into(),
        Literal::Boolean(truth) => u8::from(*truth).to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) if number.is_infinite() => if *number > 0.0 { "1e999" } else { "-1e999" }.into(),
        Literal::Float(number) => format!("{number:?}"),
        Literal::Bytes(bytes) => format!("X'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
        Literal::Interval(micros) => micros.to_string(),
        Literal::Text(text)
        | Literal::Decimal(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text)
        | Literal::Uuid(text)
        | Literal::Json(text) => format!("'{}'", text.replace('\'', "''")),
        Literal::List(_) => "NULL".into(),
    }
}
