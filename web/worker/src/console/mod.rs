//! The database's console: SQL, `.tables` and its kin as sqlite3 has them, `\d` and its kin as psql has them.

pub mod complete;
pub mod describe;
pub mod meta;
pub mod psql;
pub mod table;

use retort::error::DatabaseError;
use retort::host::{Connection, Rows};
use retort::schema::Literal;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// How rows are laid out.
    pub mode: Mode,
    /// Whether the columns' names stand above.
    pub headers: bool,
}

/// How rows are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// sqlite3's default: cells joined by `|`.
    List,
    /// Aligned columns, as psql has them.
    Column,
    /// One line per cell.
    Line,
}

impl Default for Format {
    fn default() -> Self {
        Format { mode: Mode::List, headers: false }
    }
}

/// Rows that are printed at most; what is beyond is counted.
const PRINTED: usize = 2_000;

/// Runs a script, statement by statement, and gives what is to be printed for each that gives rows.
pub fn run(connection: &mut dyn Connection, sql: &str, format: Format) -> Result<String, DatabaseError> {
    if connection.server().dialect == "postgresql" {
        return psql::script(connection, sql, format);
    }
    let mut out = String::new();
    for statement in complete::statements(sql) {
        let rows = connection.execute(statement, &[])?;
        if !rows.columns.is_empty() {
            out.push_str(&print(&rows, format));
        }
    }
    Ok(out)
}

/// The text of an answer.
pub fn print(rows: &Rows, format: Format) -> String {
    let shown = rows.rows.iter().take(PRINTED);
    let mut out = match format.mode {
        Mode::List => list(rows, shown, format.headers),
        Mode::Column => columns(rows, shown),
        Mode::Line => lines(rows, shown),
    };
    if rows.rows.len() > PRINTED {
        out.push_str(&format!("... and {} more rows\n", rows.rows.len() - PRINTED));
    }
    out
}

fn list<'a>(rows: &Rows, shown: impl Iterator<Item = &'a Vec<Literal>>, headers: bool) -> String {
    let heads = headers.then(|| rows.columns.join("|") + "\n");
    let bodies = shown.map(|row| row.iter().map(plain).collect::<Vec<_>>().join("|") + "\n");
    heads.into_iter().chain(bodies).collect()
}

fn columns<'a>(rows: &Rows, shown: impl Iterator<Item = &'a Vec<Literal>>) -> String {
    let is_number = |value: &Literal| matches!(value, Literal::Integer(_) | Literal::Float(_) | Literal::Null);
    let cells: Vec<&Vec<Literal>> = shown.collect();
    let right = (0..rows.columns.len()).map(|at| !cells.is_empty() && cells.iter().all(|row| is_number(&row[at])));
    table::Table {
        right: right.collect(),
        heads: rows.columns.clone(),
        rows: cells.iter().map(|row| row.iter().map(plain).collect()).collect(),
        counted: true,
        ..table::Table::default()
    }
    .print()
}

fn lines<'a>(rows: &Rows, shown: impl Iterator<Item = &'a Vec<Literal>>) -> String {
    let width = rows.columns.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let row = |row: &Vec<Literal>| -> String {
        let cells = rows.columns.iter().zip(row).map(|(name, value)| format!("{name:>width$} = {}\n", plain(value)));
        cells.chain(["\n".to_string()]).collect()
    };
    shown.map(row).collect()
}

/// A value as sqlite3 prints it: NULL is nothing, bytes are text as far as they are.
pub fn plain(value: &Literal) -> String {
    match value {
        Literal::Null => String::new(),
        Literal::Boolean(truth) => u8::from(*truth).to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => float(*number),
        Literal::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Literal::Interval(micros) => micros.to_string(),
        Literal::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Literal::Text(text)
        | Literal::Decimal(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text)
        | Literal::Uuid(text)
        | Literal::Json(text) => text.clone(),
    }
}

// SQLite writes 1.0 for a whole number and 15 significant digits otherwise; the shortest digits that read back the same
// say it better and differ only beyond the 15th.
fn float(number: f64) -> String {
    match number {
        _ if number.is_nan() => String::new(),
        _ if number.is_infinite() => if number > 0.0 { "Inf" } else { "-Inf" }.into(),
        _ => format!("{number:?}"),
    }
}

/// Whether a script may change something: it does more than read.
pub fn changes(sql: &str) -> bool {
    let reads = |statement: &&str| {
        let word = statement.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        ["select", "explain", "values", "pragma"].contains(&word.to_ascii_lowercase().as_str())
    };
    !complete::statements(sql).iter().all(reads)
}
