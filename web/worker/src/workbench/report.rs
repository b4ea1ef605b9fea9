//! The rows at which a rule was broken: a few of them, and how many there are.

use crate::view::rows::{key_columns, quoted};
use crate::view::value::value;
use retort::host::Connection;
use retort::schema::{Literal, Table};
use retort_protocol::rows::Column;
use retort_protocol::scene::{Report, ReportCell, ReportRow};

/// Rows of a report.
const SHOWN: usize = 6;

/// What a table holds that a rule does not allow.
struct Found {
    rows: Vec<Vec<Literal>>,
    count: u64,
}

/// The rows that have nothing in a column which must have something.
pub(super) fn nothing_in(database: &mut dyn Connection, table: &Table, column: &str) -> Option<Report> {
    let name = &table.name.name;
    let Some(at) = table.columns.iter().position(|it| it.name == column) else {
        return added_column(database, table, column);
    };
    let found = find(database, table, &format!("{} IS NULL", quoted(column)))?;
    let says = format!("{name}: {} in {column}", counted(found.count, "row has nothing", "rows have nothing"));
    Some(report(says, table, &found, |cell| cell == at, "nothing here"))
}

// A required column that is new has nothing in any row.
fn added_column(database: &mut dyn Connection, table: &Table, column: &str) -> Option<Report> {
    let found = find(database, table, "1")?;
    let has = counted(found.count, "row has nothing", "rows have nothing");
    let mut report = report(format!("{}: {has} to put into {column}", table.name.name), table, &found, |_| false, "");
    let sign = Some(retort_protocol::words::Sign::Added);
    report.columns.push(Column { name: column.into(), sign, ..Column::default() });
    report.rows.iter_mut().for_each(|row| row.cells.push(ReportCell::Bad("nothing to put here".into())));
    Some(report)
}

/// The rows that share the values of columns whose values must be different.
pub(super) fn doubles(database: &mut dyn Connection, table: &Table, columns: &[String]) -> Option<Report> {
    let places: Vec<usize> =
        columns.iter().filter_map(|name| table.columns.iter().position(|it| it.name == *name)).collect();
    if places.is_empty() {
        return None;
    }
    let list: Vec<String> = places.iter().map(|at| quoted(&table.columns[*at].name)).collect();
    let (list, name) = (list.join(", "), quoted(&table.name.name));
    let shared = format!("({list}) IN (SELECT {list} FROM {name} GROUP BY {list} HAVING count(*) > 1)");
    let found = find(database, table, &shared)?;
    let shares = counted(found.count, "row shares", "rows share");
    let says = format!("{}: {shares} a value of {}", table.name.name, columns.join(", "));
    Some(report(says, table, &found, |cell| places.contains(&cell), ""))
}

fn find(database: &mut dyn Connection, table: &Table, condition: &str) -> Option<Found> {
    let list: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let key: Vec<String> = key_columns(table).iter().map(|column| quoted(column)).collect();
    let order = if key.is_empty() { String::new() } else { format!(" ORDER BY {}", key.join(", ")) };
    let (list, name) = (list.join(", "), quoted(&table.name.name));
    let rows = format!("SELECT {list} FROM {name} WHERE {condition}{order} LIMIT {SHOWN}");
    let count = format!("SELECT count(*) FROM {name} WHERE {condition}");
    let rows = database.execute(&rows, &[]).ok()?.rows;
    let count = match database.execute(&count, &[]).ok()?.rows.first()?.first()? {
        Literal::Integer(count) => u64::try_from(*count).ok()?,
        _ => return None,
    };
    Some(Found { rows, count })
}

/// "1 row has nothing", "4 rows have nothing".
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn report(says: String, table: &Table, found: &Found, marked: impl Fn(usize) -> bool, words: &str) -> Report {
    let cell = |at: usize, literal: &Literal| match (marked(at), words.is_empty()) {
        (true, false) => ReportCell::Bad(words.into()),
        (true, true) => ReportCell::Bad(crate::console::plain(literal)),
        (false, _) => ReportCell::Value(value(literal)),
    };
    let row = |row: &Vec<Literal>| ReportRow {
        bad: true,
        cells: row.iter().enumerate().map(|(at, literal)| cell(at, literal)).collect(),
    };
    Report {
        says,
        columns: table.columns.iter().map(|it| Column { name: it.name.clone(), ..Column::default() }).collect(),
        rows: found.rows.iter().map(row).collect(),
        more: found.count.saturating_sub(found.rows.len() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::World;

    fn check(report: impl Fn(&mut dyn Connection, &Table) -> Option<Report>, says: &str, rows: usize, more: u64) {
        let mut database = World::new(0, 1).look(&[]).expect("opens");
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) ";
        for sql in [
            "CREATE TABLE seller (id INTEGER PRIMARY KEY, email)",
            &format!("INSERT INTO seller {numbers} SELECT i, CASE WHEN i < 8 THEN 'a' END FROM n"),
        ] {
            database.execute(sql, &[]).expect(sql);
        }
        let schema = retort::dialect::by_name("sqlite")
            .and_then(|it| it.reflect(&mut database, &retort::dialect::Wanted::default()));
        let found = report(&mut database, &schema.expect("reflects").tables[0]).expect("a report");
        assert_eq!((found.says.as_str(), found.rows.len(), found.more), (says, rows, more));
    }

    #[test]
    fn rows_that_break_a_rule_are_reported() {
        check(|it, table| nothing_in(it, table, "email"), "seller: 2 rows have nothing in email", 2, 0);
        check(|it, table| nothing_in(it, table, "phone"), "seller: 9 rows have nothing to put into phone", 6, 3);
        check(|it, table| doubles(it, table, &["email".into()]), "seller: 7 rows share a value of email", 6, 1);
    }
}
