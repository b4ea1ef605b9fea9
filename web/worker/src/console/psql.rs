//! What psql prints: its commands about tables and its layout of rows, as version 15 has them.

use super::table::Table;
use super::{Format, Mode, complete, meta::Done};
use retort::error::{DatabaseError, Error, Result};
use retort::host::{Connection, Rows};
use retort::schema::Literal;

const HELP: &str = "\
\\d [NAME]    relations, or one table's description; \\d+ NAME tells more
\\dt \\dv \\di \\ds    tables, views, indexes, sequences
\\dn \\dT \\l  schemas, types, databases
\\x           rows one below the other, and back
\\q           leave psql
";

/// Runs one command of psql's.
pub fn run(connection: &mut dyn Connection, line: &str, format: Format) -> Result<Done> {
    let mut words = line.trim().trim_end_matches(';').split_whitespace();
    let command = words.next().unwrap_or_default();
    let name = words.next();
    let text = match (command, name) {
        ("\\q", _) => return Ok(Done::Quit),
        ("\\x", _) => return Ok(expanded(format)),
        ("\\?" | "\\h", _) => HELP.to_string(),
        ("\\d" | "\\d+", Some(name)) => described(connection, name, command.ends_with('+'))?,
        ("\\d" | "\\d+", None) => relations(connection, "'r', 'p', 'v', 'm', 'S', 'f'")?,
        ("\\dt" | "\\dt+", _) => relations(connection, "'r', 'p'")?,
        ("\\dv" | "\\dv+", _) => relations(connection, "'v'")?,
        ("\\ds" | "\\ds+", _) => relations(connection, "'S'")?,
        ("\\di" | "\\di+", _) => listed(connection, "List of relations", INDEXES)?,
        ("\\dn" | "\\dn+", _) => listed(connection, "List of schemas", SCHEMAS)?,
        ("\\dT" | "\\dT+", _) => listed(connection, "List of data types", TYPES)?,
        ("\\l" | "\\l+", _) => listed(connection, "List of databases", DATABASES)?,
        _ if command.starts_with('.') => return Err(Error::command(of_sqlite3(command))),
        _ => return Err(Error::command(format!("invalid command {command}\nTry \\? for help."))),
    };
    Ok(Done::Text(text))
}

fn of_sqlite3(command: &str) -> String {
    let instead = match command {
        ".tables" => "\\dt",
        ".schema" => "\\d TABLE",
        ".quit" | ".exit" => "\\q",
        _ => "\\?",
    };
    format!("{command} is a command of sqlite3's, and this is PostgreSQL: {instead}")
}

fn expanded(format: Format) -> Done {
    Done::Format(Format { mode: if format.mode == Mode::Line { Mode::Column } else { Mode::Line }, ..format })
}

/// Runs a script; what each statement gives is printed, rows or its tag.
pub fn script(
    connection: &mut dyn Connection,
    sql: &str,
    format: Format,
) -> std::result::Result<String, DatabaseError> {
    let mut out = String::new();
    for statement in complete::statements(sql) {
        let rows = connection.execute(statement, &[])?;
        out.push_str(&match (rows.columns.is_empty(), format.mode) {
            (true, _) => format!("{}\n", tag(statement, rows.affected)),
            (false, Mode::Line) => records(&rows),
            (false, _) => grid(None, &rows),
        });
    }
    Ok(out)
}

// `INSERT 0 2`, `DELETE 3`, `CREATE TABLE`.
fn tag(statement: &str, affected: u64) -> String {
    let words: Vec<String> = statement.split_whitespace().take(3).map(str::to_ascii_uppercase).collect();
    match words.first().map(String::as_str).unwrap_or_default() {
        "INSERT" => format!("INSERT 0 {affected}"),
        word @ ("UPDATE" | "DELETE" | "MERGE") => format!("{word} {affected}"),
        word @ ("CREATE" | "DROP" | "ALTER") => {
            let other = ["OR", "UNIQUE", "TEMP", "TEMPORARY", "UNLOGGED"];
            let kind = words.get(1).filter(|kind| !other.contains(&kind.as_str()));
            format!("{word} {}", kind.map_or_else(|| words.get(2).cloned().unwrap_or_default(), Clone::clone))
        }
        word => word.trim_end_matches(';').to_string(),
    }
}

fn grid(title: Option<&str>, rows: &Rows) -> String {
    let number = |at: usize| rows.types.get(at).is_some_and(|it| it.as_deref().is_some_and(is_number));
    Table {
        title: title.map(str::to_string),
        right: (0..rows.columns.len()).map(number).collect(),
        heads: rows.columns.clone(),
        rows: rows.rows.iter().map(|row| row.iter().map(shown).collect()).collect(),
        counted: true,
        ..Table::default()
    }
    .print()
}

fn is_number(name: &str) -> bool {
    ["int2", "int4", "int8", "oid", "float4", "float8", "numeric"].contains(&name)
}

// `\x`: a record below the other.
fn records(rows: &Rows) -> String {
    let heads = rows.columns.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let cells = rows.rows.iter().flatten().map(|value| shown(value).chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (at, row) in rows.rows.iter().enumerate() {
        let head = format!("-[ RECORD {} ]", at + 1);
        let rule: String = (0..heads + cells + 3).map(|place| if place == heads + 1 { '+' } else { '-' }).collect();
        out.push_str(&format!("{head}{}\n", rule.get(head.len()..).unwrap_or_default()));
        for (name, value) in rows.columns.iter().zip(row) {
            out.push_str(&format!("{name:<heads$} | {}\n", shown(value)));
        }
    }
    out + "\n"
}

/// A value as the server writes it.
fn shown(value: &Literal) -> String {
    match value {
        Literal::Boolean(truth) => if *truth { "t" } else { "f" }.into(),
        Literal::Float(number) => format!("{number}"),
        Literal::Bytes(bytes) => bytes.iter().fold("\\x".to_string(), |text, byte| text + &format!("{byte:02x}")),
        Literal::DateTime(text) | Literal::Time(text) => clock(text),
        Literal::List(items) => format!("{{{}}}", items.iter().map(element).collect::<Vec<_>>().join(",")),
        other => super::plain(other),
    }
}

fn element(value: &Literal) -> String {
    let text = shown(value);
    let quotes = |c: char| c.is_whitespace() || "{},\"\\".contains(c);
    match value {
        Literal::Null => "NULL".into(),
        Literal::List(_) => text,
        _ if text.is_empty() || text.contains(quotes) || text.eq_ignore_ascii_case("null") => {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
        _ => text,
    }
}

// Without the zeros at the end of a fraction and of an offset.
fn clock(text: &str) -> String {
    let (time, offset) = match text.rfind(['+', '-']).filter(|at| text[..*at].contains(':')) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let time = if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
    format!("{time}{}", offset.strip_suffix(":00").unwrap_or(offset))
}

const OWNED: &str = "pg_catalog.pg_get_userbyid(c.relowner) AS \"Owner\"";
const VISIBLE: &str =
    "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid)";
const INDEXES: &str = "SELECT n.nspname AS \"Schema\", c.relname AS \"Name\", 'index' AS \"Type\", \
    pg_catalog.pg_get_userbyid(c.relowner) AS \"Owner\", t.relname AS \"Table\" FROM pg_catalog.pg_class c \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid \
    JOIN pg_catalog.pg_class t ON t.oid = i.indrelid WHERE c.relkind IN ('i', 'I') AND n.nspname !~ '^pg_' \
    AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1, 2";
const SCHEMAS: &str = "SELECT n.nspname AS \"Name\", pg_catalog.pg_get_userbyid(n.nspowner) AS \"Owner\" \
    FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1";
const TYPES: &str = "SELECT n.nspname AS \"Schema\", pg_catalog.format_type(t.oid, NULL) AS \"Name\", \
    pg_catalog.obj_description(t.oid, 'pg_type') AS \"Description\" FROM pg_catalog.pg_type t \
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' \
    FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid)) AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e \
    WHERE e.oid = t.typelem AND e.typarray = t.oid) AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema' \
    AND pg_catalog.pg_type_is_visible(t.oid) ORDER BY 1, 2";
const DATABASES: &str = "SELECT d.datname AS \"Name\", pg_catalog.pg_get_userbyid(d.datdba) AS \"Owner\", \
    pg_catalog.pg_encoding_to_char(d.encoding) AS \"Encoding\", d.datcollate AS \"Collate\", d.datctype AS \"Ctype\" \
    FROM pg_catalog.pg_database d ORDER BY 1";

fn listed(connection: &mut dyn Connection, title: &str, sql: &str) -> Result<String> {
    let rows = connection.execute(sql, &[])?;
    let nothing = title == "List of relations" && rows.rows.is_empty();
    Ok(if nothing { "Did not find any relations.\n".into() } else { grid(Some(title), &rows) })
}

fn relations(connection: &mut dyn Connection, kinds: &str) -> Result<String> {
    let sql = format!(
        "SELECT n.nspname AS \"Schema\", c.relname AS \"Name\", CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' \
         WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'p' THEN 'partitioned table' ELSE 'foreign table' \
         END AS \"Type\", {OWNED} FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ({kinds}) AND {VISIBLE} ORDER BY 1, 2"
    );
    listed(connection, "List of relations", &sql)
}

// One table, view, index or sequence.
fn described(connection: &mut dyn Connection, wanted: &str, more: bool) -> Result<String> {
    let found = "SELECT c.oid, n.nspname, c.relname, c.relkind::text FROM pg_catalog.pg_class c \
                 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1)";
    let rows = connection.execute(found, &[Literal::Text(wanted.trim_end_matches(';').into())])?.rows;
    let Some(row) = rows.first() else {
        return Ok(format!("Did not find any relation named \"{wanted}\".\n"));
    };
    let [oid, schema, name, kind] = [0, 1, 2, 3].map(|at| shown(&row[at]));
    let word = match kind.as_str() {
        "v" => "View",
        "m" => "Materialized view",
        "i" | "I" => "Index",
        "S" => "Sequence",
        "p" => "Partitioned table",
        _ => "Table",
    };
    let columns = connection.execute(&columns(&oid, more), &[])?;
    let footer =
        if word == "Table" || word == "Partitioned table" { footer(connection, &oid, more)? } else { Vec::new() };
    Ok(Table {
        title: Some(format!("{word} \"{schema}.{name}\"")),
        heads: columns.columns.clone(),
        rows: columns.rows.iter().map(|row| row.iter().map(shown).collect()).collect(),
        footer,
        ..Table::default()
    }
    .print())
}

fn columns(oid: &str, more: bool) -> String {
    let more = if more {
        ", CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END \
         AS \"Storage\", CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE '' END AS \"Compression\", \
         CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END AS \"Stats target\", \
         pg_catalog.col_description(a.attrelid, a.attnum) AS \"Description\""
    } else {
        ""
    };
    format!(
        "SELECT a.attname AS \"Column\", pg_catalog.format_type(a.atttypid, a.atttypmod) AS \"Type\", \
         (SELECT l.collname FROM pg_catalog.pg_collation l, pg_catalog.pg_type t WHERE l.oid = a.attcollation \
         AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS \"Collation\", \
         CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS \"Nullable\", \
         CASE WHEN a.attidentity = 'a' THEN 'generated always as identity' \
         WHEN a.attidentity = 'd' THEN 'generated by default as identity' \
         WHEN a.attgenerated = 's' THEN 'generated always as (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) || ') stored' \
         ELSE pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) END AS \"Default\"{more} FROM pg_catalog.pg_attribute a \
         LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
    )
}

fn footer(connection: &mut dyn Connection, oid: &str, more: bool) -> Result<Vec<String>> {
    let sections = [
        (
            "Indexes:",
            format!(
                "SELECT format('\"%s\" %s%s%s', c.relname, CASE WHEN i.indisprimary THEN 'PRIMARY KEY, ' \
                 WHEN k.contype = 'u' THEN 'UNIQUE CONSTRAINT, ' WHEN i.indisunique THEN 'UNIQUE, ' ELSE '' END, \
                 substring(pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) FROM ' USING (.*)'), \
                 CASE WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END) \
                 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid \
                 LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x') \
                 AND k.conrelid = i.indrelid WHERE i.indrelid = {oid} ORDER BY i.indisprimary DESC, c.relname"
            ),
        ),
        (
            "Check constraints:",
            format!(
                "SELECT format('\"%s\" %s', conname, pg_catalog.pg_get_constraintdef(oid, true)) \
                 FROM pg_catalog.pg_constraint WHERE conrelid = {oid} AND contype = 'c' ORDER BY conname"
            ),
        ),
        (
            "Foreign-key constraints:",
            format!(
                "SELECT format('\"%s\" %s', conname, pg_catalog.pg_get_constraintdef(oid, true)) \
                 FROM pg_catalog.pg_constraint WHERE conrelid = {oid} AND contype = 'f' ORDER BY conname"
            ),
        ),
        (
            "Referenced by:",
            format!(
                "SELECT format('TABLE \"%s\" CONSTRAINT \"%s\" %s', conrelid::regclass, conname, \
                 pg_catalog.pg_get_constraintdef(oid, true)) FROM pg_catalog.pg_constraint \
                 WHERE confrelid = {oid} AND contype = 'f' ORDER BY conname"
            ),
        ),
        (
            "Triggers:",
            format!(
                "SELECT substring(pg_catalog.pg_get_triggerdef(oid, true) FROM 'TRIGGER (.*)') \
                 FROM pg_catalog.pg_trigger WHERE tgrelid = {oid} AND NOT tgisinternal ORDER BY tgname"
            ),
        ),
    ];
    let mut lines = Vec::new();
    for (head, sql) in sections {
        let rows = connection.execute(&sql, &[])?.rows;
        lines.extend((!rows.is_empty()).then(|| head.to_string()));
        lines.extend(rows.iter().map(|row| format!("    {}", shown(&row[0]))));
    }
    lines.extend(more.then(|| "Access method: heap".to_string()));
    Ok(lines)
}
