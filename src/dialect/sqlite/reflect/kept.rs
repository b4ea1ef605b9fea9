//! Tables that were reflected before: only those whose statements are new are asked for.
//!
//! All that SQLite's pragmas tell of a table they have from its own CREATE statement and from those of its indexes. Not
//! so for views, virtual tables, and foreign keys that leave it to the other table which of its columns they mean.

use super::{Catalogue, assemble, filter, master, text};
use crate::dialect::Wanted;
use crate::error::Result;
use crate::host::{Connection, Kept};
use crate::schema::Table;
use rustc_hash::FxHashMap;

/// A table or view, and everything that was written about it, if that says all.
struct Written {
    name: String,
    text: Option<String>,
}

/// The wanted tables, sorted by name.
pub(super) fn tables(connection: &mut dyn Connection, wanted: &Wanted, kept: &Kept) -> Result<Vec<Table>> {
    let (mut tables, mut unknown) = (Vec::new(), FxHashMap::default());
    for written in written(connection, wanted)? {
        match written.text.as_ref().and_then(|text| kept.get::<Table>(text)) {
            Some(table) => tables.push((*table).clone()),
            None => drop(unknown.insert(written.name, written.text)),
        }
    }
    if unknown.is_empty() {
        return Ok(tables);
    }
    let rest = Wanted { tables: Some(unknown.keys().cloned().collect()), ..wanted.clone() };
    let catalogue = Catalogue::read(connection, if tables.is_empty() { wanted } else { &rest })?;
    for table in assemble::tables(&catalogue, wanted) {
        let text = unknown.get(&table.name.name).and_then(Option::as_ref);
        if let Some(text) = text.filter(|_| !catalogue.leaves_columns_open(&table.name.name)) {
            kept.keep(text, table.clone());
        }
        tables.push(table);
    }
    tables.sort_by(|a, b| a.name.name.cmp(&b.name.name));
    Ok(tables)
}

// Sorted by name; SQLite's own tables are left out.
fn written(connection: &mut dyn Connection, wanted: &Wanted) -> Result<Vec<Written>> {
    let sql = format!(
        "SELECT type, name, tbl_name, sql FROM {} m WHERE type IN ('table', 'view', 'index') AND sql IS NOT NULL{} \
         ORDER BY tbl_name, type = 'index', rowid",
        master(wanted.schema.as_deref()),
        filter(wanted)
    );
    let mut found: Vec<Written> = Vec::new();
    let schema = wanted.schema.as_deref().unwrap_or_default();
    for row in connection.execute(&sql, &[])?.rows {
        let [kind, name, table, sql] = [0, 1, 2, 3].map(|at| text(&row, at).unwrap_or_default());
        if kind != "index" {
            let says_all = kind == "table" && !is_virtual(&sql);
            let ours = !name.starts_with("sqlite_") && (kind == "table" || wanted.views);
            let text = says_all.then(|| format!("{schema}\0{name}\0{sql}"));
            found.extend(ours.then_some(Written { name, text }));
        } else if let Some(last) = found.last_mut().filter(|last| last.name == table)
            && let Some(text) = &mut last.text
        {
            *text += &format!("\0{name}\0{sql}");
        }
    }
    Ok(found)
}

fn is_virtual(sql: &str) -> bool {
    sql.split_whitespace().nth(1).is_some_and(|word| word.eq_ignore_ascii_case("virtual"))
}
