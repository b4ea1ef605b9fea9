//! The console's own commands: `.tables` and its kin, `\d` and its kin.

use super::{Format, Mode, describe, table::Table};
use retort::dialect::{self, Dialect, Names, Wanted};
use retort::error::{Error, Result};
use retort::host::Connection;
use retort::schema::Literal;

/// What a command of the console does.
#[derive(Debug, PartialEq)]
pub enum Done {
    /// It prints.
    Text(String),
    /// It leaves the console.
    Quit,
    /// It changes how results are printed.
    Format(Format),
}

const HELP: &str = "\
.dump [TABLE]     the SQL that makes the database
.headers on|off   names above the columns
.indexes [TABLE]  names of indexes
.mode MODE        list, column, line
.quit             leave the console
.schema [TABLE]   the CREATE statements
.tables           names of tables
\\d [TABLE]        relations, or one table's description
\\dt \\di \\dv       tables, indexes, views
\\q                leave the console
";

/// Runs one command of the console.
pub fn run(connection: &mut dyn Connection, line: &str, format: Format) -> Result<Done> {
    if connection.server().dialect == "postgresql" {
        return super::psql::run(connection, line, format);
    }
    let mut words = line.trim().trim_end_matches(';').split_whitespace();
    let command = words.next().unwrap_or_default();
    let argument = words.next().map(|word| word.trim_matches(['"', '\'', '`']));
    match command {
        ".quit" | ".exit" | "\\q" => Ok(Done::Quit),
        ".help" | "\\?" | "\\h" => Ok(Done::Text(HELP.into())),
        ".headers" | ".header" => Ok(Done::Format(Format { headers: argument == Some("on"), ..format })),
        ".mode" => mode(argument, format),
        ".tables" | ".ta" => tables(connection).map(Done::Text),
        ".schema" => schema(connection, argument).map(Done::Text),
        ".indexes" | ".indices" => indexes(connection, argument).map(Done::Text),
        ".dump" => dialect::sqlite::dump::dump(connection, argument).map(Done::Text),
        ".databases" => Ok(Done::Text("main\n".into())),
        "\\d" | "\\d+" if argument.is_some() => describe_one(connection, argument.unwrap_or_default()).map(Done::Text),
        "\\d" | "\\d+" => relations(connection, &["table", "view"]).map(Done::Text),
        "\\dt" | "\\dt+" => relations(connection, &["table"]).map(Done::Text),
        "\\dv" => relations(connection, &["view"]).map(Done::Text),
        "\\di" => relations(connection, &["index"]).map(Done::Text),
        "\\x" => Ok(Done::Format(Format {
            mode: if format.mode == Mode::Line { Mode::Column } else { Mode::Line },
            ..format
        })),
        _ => Err(unknown(command)),
    }
}

fn unknown(command: &str) -> Error {
    let help = if command.starts_with('\\') { "\\?" } else { ".help" };
    Error::command(format!("unknown command {command:?}; {help} lists those that work here"))
}

fn mode(argument: Option<&str>, format: Format) -> Result<Done> {
    let mode = match argument {
        Some("list") => Mode::List,
        Some("column" | "table" | "box" | "psql") => Mode::Column,
        Some("line") => Mode::Line,
        _ => return Err(Error::command("the modes here are: list, column, line")),
    };
    Ok(Done::Format(Format { mode, headers: format.headers || mode == Mode::Column }))
}

// sqlite3 lists names in columns, filled downwards, two blanks apart, in 80 characters.
fn tables(connection: &mut dyn Connection) -> Result<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1";
    let names = first_column(connection, sql, &[])?;
    let Some(width) = names.iter().map(|name| name.chars().count()).max() else {
        return Ok(String::new());
    };
    let rows = names.len().div_ceil((80 / (width + 2)).max(1));
    let line = |row: usize| {
        let cells = names.iter().skip(row).step_by(rows).map(|name| format!("{name:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string() + "\n"
    };
    Ok((0..rows).map(line).collect())
}

fn schema(connection: &mut dyn Connection, table: Option<&str>) -> Result<String> {
    let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (?1 IS NULL OR tbl_name LIKE ?1) ORDER BY tbl_name, type DESC, name";
    let statements = first_column(connection, sql, &[optional(table)])?;
    Ok(statements.iter().map(|statement| format!("{statement};\n")).collect())
}

fn indexes(connection: &mut dyn Connection, table: Option<&str>) -> Result<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND (?1 IS NULL OR tbl_name LIKE ?1) ORDER BY 1";
    Ok(first_column(connection, sql, &[optional(table)])?.iter().map(|name| format!("{name}\n")).collect())
}

fn relations(connection: &mut dyn Connection, kinds: &[&str]) -> Result<String> {
    let kinds = kinds.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT 'main', name, type FROM sqlite_master WHERE type IN ({kinds}) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    );
    let found = connection.execute(&sql, &[])?;
    if found.rows.is_empty() {
        return Ok("Did not find any relations.\n".into());
    }
    let rows = found.rows.iter().map(|row| row.iter().map(super::plain).collect()).collect();
    let heads = ["Schema", "Name", "Type"].map(str::to_string).to_vec();
    Ok(Table { title: Some("List of relations".into()), heads, rows, counted: true, ..Table::default() }.print())
}

fn describe_one(connection: &mut dyn Connection, wanted: &str) -> Result<String> {
    let dialect = dialect_of(connection)?;
    let metadata = dialect.reflect(connection, &Wanted::default())?;
    let bare = wanted.strip_prefix("main.").or(wanted.strip_prefix("public.")).unwrap_or(wanted);
    match metadata.tables.iter().find(|table| table.name.name.eq_ignore_ascii_case(bare)) {
        Some(table) => Ok(describe::table(table, &metadata.tables, dialect)),
        None => Ok(missing(connection, dialect, wanted)?),
    }
}

fn missing(connection: &mut dyn Connection, dialect: &dyn Dialect, wanted: &str) -> Result<String> {
    let names = dialect.names(connection, Names::Tables, None)?;
    let near = crate::shell::line::nearest(wanted, names.iter().map(String::as_str));
    let hint = near.map(|name| format!(" Did you mean \"{name}\"?")).unwrap_or_default();
    Ok(format!("Did not find any relation named \"{wanted}\".{hint}\n"))
}

/// The dialect that a connection speaks.
pub fn dialect_of(connection: &dyn Connection) -> Result<&'static dyn Dialect> {
    dialect::by_name(&connection.server().dialect)
}

fn optional(text: Option<&str>) -> Literal {
    text.map_or(Literal::Null, |text| Literal::Text(text.into()))
}

fn first_column(connection: &mut dyn Connection, sql: &str, parameters: &[Literal]) -> Result<Vec<String>> {
    let found = connection.execute(sql, parameters)?;
    Ok(found.rows.iter().filter_map(|row| row.first()).map(super::plain).collect())
}
