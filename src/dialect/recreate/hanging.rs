//! Rows of other tables that refer to a table: what hangs on it when it is dropped.

use crate::error::Result;
use crate::host::Connection;
use crate::schema::Literal;

/// For each foreign key of another table that refers to this one: its table, what happens on delete, and how many rows
/// refer. Those without any are left out.
pub fn hanging(connection: &mut dyn Connection, table: &str) -> Result<Vec<(String, String, u64)>> {
    let keys = "SELECT m.name, k.id, k.on_delete, k.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) k \
                WHERE m.type = 'table' AND k.\"table\" = ?1 COLLATE NOCASE AND m.name <> ?1 COLLATE NOCASE \
                ORDER BY m.name, k.id, k.seq";
    let found = connection.execute(keys, &[Literal::Text(table.into())])?;
    let mut all: Vec<(String, Literal, String, Vec<String>)> = Vec::new();
    for row in found.rows {
        let [Literal::Text(name), id, Literal::Text(on_delete), Literal::Text(column)] = row.as_slice() else {
            continue;
        };
        match all.last_mut().filter(|last| last.0 == *name && last.1 == *id) {
            Some(last) => last.3.push(column.clone()),
            None => all.push((name.clone(), id.clone(), on_delete.clone(), vec![column.clone()])),
        }
    }
    let mut hanging = Vec::new();
    for (name, _, on_delete, columns) in all {
        let rows = referring(connection, &name, &columns)?;
        if rows > 0 {
            hanging.push((name, on_delete, rows));
        }
    }
    Ok(hanging)
}

// A row with NULL in one of the columns refers to nothing.
fn referring(connection: &mut dyn Connection, table: &str, columns: &[String]) -> Result<u64> {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let set: Vec<String> = columns.iter().map(|column| format!("{} IS NOT NULL", quoted(column))).collect();
    let sql = format!("SELECT count(*) FROM {} WHERE {}", quoted(table), set.join(" AND "));
    match connection.execute(&sql, &[])?.rows.first().and_then(|row| row.first()) {
        Some(Literal::Integer(count)) => Ok(u64::try_from(*count).unwrap_or_default()),
        _ => Ok(0),
    }
}
