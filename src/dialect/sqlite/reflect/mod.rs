//! What a SQLite database holds: six queries for all tables, and the clauses that only the CREATE statements tell.

mod assemble;
mod clauses;
mod kept;
mod tokens;
mod types;

use crate::dialect::{Dialect, Names, Wanted, identifier};
use crate::error::Result;
use crate::host::{Connection, Rows};
use crate::schema::{Literal, MetaData};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Rows by the name of the table or index that they belong to.
type ByName = FxHashMap<String, Vec<Vec<Literal>>>;

/// Everything that was asked of the database.
pub(super) struct Catalogue {
    /// Of tables and views: type, name, sql, in the order of making.
    masters: Vec<Vec<Literal>>,
    /// By index: its CREATE statement.
    index_texts: ByName,
    /// By table: name, type, notnull, `dflt_value`, pk, hidden.
    columns: ByName,
    /// By table: id, table, from, to, `on_update`, `on_delete`, match.
    foreign_keys: ByName,
    /// By table: index name, unique, origin, partial.
    indexes: ByName,
    /// By index: column's name or NULL, desc, coll.
    index_columns: ByName,
}

/// Tables, and views if wanted, sorted by name.
pub(super) fn reflect(connection: &mut dyn Connection, wanted: &Wanted) -> Result<MetaData> {
    let tables = match connection.kept() {
        Some(kept) => kept::tables(connection, wanted, &kept)?,
        None => assemble::tables(&Catalogue::read(connection, wanted)?, wanted),
    };
    Ok(MetaData { tables, ..MetaData::default() })
}

/// Names of tables, views or schemas, without SQLite's own.
pub(super) fn names(connection: &mut dyn Connection, what: Names, schema: Option<&str>) -> Result<Vec<String>> {
    let kind = match what {
        Names::Tables => "table",
        Names::Views => "view",
        Names::Schemas => return schemas(connection),
        Names::Sequences => return Ok(Vec::new()),
    };
    let master = master(schema);
    let sql = format!(
        "SELECT name FROM {master} WHERE type = '{kind}' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    );
    Ok(texts(&connection.execute(&sql, &[])?, 0))
}

fn schemas(connection: &mut dyn Connection) -> Result<Vec<String>> {
    let names = texts(&connection.execute("PRAGMA database_list", &[])?, 1);
    Ok(names.into_iter().filter(|name| name != "temp").collect())
}

/// The catalogue table of a schema.
pub(in crate::dialect) fn master(schema: Option<&str>) -> String {
    let quoted = |schema| identifier::quoted(super::Sqlite.features(), schema);
    schema.map_or_else(|| "sqlite_master".into(), |schema| format!("{}.sqlite_master", quoted(schema)))
}

fn texts(rows: &Rows, column: usize) -> Vec<String> {
    rows.rows.iter().filter_map(|row| text(row, column)).collect()
}

/// A cell's text.
fn text(row: &[Literal], column: usize) -> Option<String> {
    match row.get(column) {
        Some(Literal::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// A cell's number; 0 where there is none.
fn number(row: &[Literal], column: usize) -> i64 {
    match row.get(column) {
        Some(Literal::Integer(number)) => *number,
        _ => 0,
    }
}

impl Catalogue {
    fn read(connection: &mut dyn Connection, wanted: &Wanted) -> Result<Self> {
        let (master, schema) = (master(wanted.schema.as_deref()), wanted.schema.as_deref());
        let filter = filter(wanted);
        let from = |function: &str| match schema {
            Some(schema) => format!("{function}(m.name, '{}')", schema.replace('\'', "''")),
            None => format!("{function}(m.name)"),
        };
        let mut all = |sql: String| connection.execute(&sql, &[]).map(|rows| rows.rows);
        let of_table = format!("FROM {master} m JOIN {{}} p WHERE m.type IN ('table', 'view'){filter}");
        let joined = |columns: &str, function: &str, order: &str| {
            format!("SELECT m.name, {columns} {} ORDER BY m.name, {order}", of_table.replace("{}", &from(function)))
        };
        let mut catalogue = Catalogue {
            masters: all(format!(
                "SELECT type, name, sql FROM {master} m WHERE type IN ('table', 'view'){filter} ORDER BY rowid"
            ))?,
            index_texts: by_name(all(format!("SELECT name, sql FROM {master} m WHERE type = 'index'{filter}"))?),
            columns: by_name(all(joined(COLUMNS, "pragma_table_xinfo", "p.cid"))?),
            foreign_keys: by_name(all(joined(
                "p.id, p.\"table\", p.\"from\", p.\"to\", p.on_update, p.on_delete, p.\"match\"",
                "pragma_foreign_key_list",
                "p.id DESC, p.seq",
            ))?),
            indexes: by_name(all(joined(
                "p.name, p.\"unique\", p.origin, p.partial",
                "pragma_index_list",
                "p.seq DESC",
            ))?),
            index_columns: by_name(all(index_columns(&master, schema, &filter))?),
        };
        for referred in catalogue.keys_wanted() {
            let sql = format!(
                "SELECT {COLUMNS} FROM {} p ORDER BY p.cid",
                from("pragma_table_xinfo").replace("m.name", "?1")
            );
            let rows = connection.execute(&sql, &[Literal::Text(referred.clone())])?.rows;
            catalogue.columns.insert(referred, rows);
        }
        Ok(catalogue)
    }

    // Tables that are not wanted, but referred to without the names of their columns.
    fn keys_wanted(&self) -> BTreeSet<String> {
        let open = self.foreign_keys.values().flatten().filter(|row| text(row, 3).is_none());
        open.filter_map(|row| text(row, 1)).filter(|table| !self.columns.contains_key(table)).collect()
    }

    /// Whether a foreign key of the table leaves it to the other table which of its columns are meant.
    fn leaves_columns_open(&self, table: &str) -> bool {
        self.foreign_keys.get(table).is_some_and(|rows| rows.iter().any(|row| text(row, 3).is_none()))
    }
}

/// What is asked of a table's columns.
const COLUMNS: &str = "p.name, p.type, p.\"notnull\", p.dflt_value, p.pk, p.hidden";

/// The columns of every index of the wanted tables, those of constraints included.
fn index_columns(master: &str, schema: Option<&str>, filter: &str) -> String {
    let schema = schema.map_or_else(String::new, |schema| format!(", '{}'", schema.replace('\'', "''")));
    format!(
        "SELECT l.name, x.name, x.\"desc\", x.coll FROM {master} m JOIN pragma_index_list(m.name{schema}) l JOIN \
         pragma_index_xinfo(l.name{schema}) x WHERE m.type = 'table' AND x.key = 1{filter} ORDER BY l.name, x.seqno"
    )
}

fn filter(wanted: &Wanted) -> String {
    match &wanted.tables {
        None => String::new(),
        Some(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("'{}'", name.replace('\'', "''"))).collect();
            format!(" AND m.tbl_name COLLATE NOCASE IN ({})", names.join(", "))
        }
    }
}

fn by_name(rows: Vec<Vec<Literal>>) -> ByName {
    let mut result = ByName::default();
    for mut row in rows {
        if let Literal::Text(name) = row.remove(0) {
            result.entry(name).or_default().push(row);
        }
    }
    result
}

/// Whether a statement has this name as a word, quoted or not.
pub(in crate::dialect) fn has_name(sql: &str, name: &str) -> bool {
    let is_it = |token: &tokens::Token<'_>| token.name().split('.').any(|part| part.eq_ignore_ascii_case(name));
    tokens::tokens(sql).iter().any(is_it)
}
