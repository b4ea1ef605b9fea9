//! What differs in a table between two moments: which rows were added, changed, removed, and in which columns.
//!
//! Pages that both images share are not read. Of the rows that are read only what tells them apart is held, so that a
//! table of any size can be compared.

use super::images::Image;
use super::pages::{self, Leaf};
use super::sqlite::Sqlite;
use crate::error::DatabaseError;
use crate::host::Connection;
use crate::schema::Literal;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// A table at one moment.
pub struct Side<'a> {
    /// The database, opened from the image.
    pub database: &'a mut Sqlite,
    /// The image.
    pub image: &'a Image,
    /// The table.
    pub table: Table,
}

/// What has to be known of a table to read its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What identifies a row across a rebuild: the columns of its primary key; none: its number.
    pub key: Vec<String>,
    /// Whether rows have numbers: all of SQLite's tables but those WITHOUT ROWID.
    pub numbered: bool,
    /// The columns that are compared, in the order of [`Difference::columns`]; `None` stands where the table has none.
    pub columns: Vec<Option<String>>,
}

/// By what a row is found again.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// By its number.
    Number(i64),
    /// By the values of its primary key.
    Values(Vec<Literal>),
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was not there before.
    Added,
    /// A value in it is another one.
    Changed,
    /// It is gone.
    Removed,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What happened to it.
    pub kind: Kind,
    /// The row before.
    pub before: Option<Key>,
    /// The row now.
    pub now: Option<Key>,
}

/// All that differs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// The rows: added and changed ones in the order of now, then those that are gone in the order of before.
    pub rows: Vec<Row>,
    /// Whether a value was changed in each of the columns.
    pub columns: Vec<bool>,
}

/// What tells where rows may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Pages: a page that both images have holds the same rows at both moments.
    Pages,
    /// Only the rows themselves.
    Rows,
}

/// How many pieces of a table are read apart; above that it is read whole.
const PIECES: usize = 64;
/// All rows that have numbers.
const WHOLE: (i64, i64) = (i64::MIN, i64::MAX);

type Answer<T> = Result<T, DatabaseError>;

/// Compares a table at two moments. Both images must have been kept in one place.
pub fn difference(mut before: Side<'_>, mut now: Side<'_>, by: By) -> Answer<Difference> {
    let whole = vec![WHOLE];
    let pieces = if by == By::Pages && before.table.numbered && now.table.numbered {
        changed_pieces(&mut before, &mut now).filter(|pieces| pieces.len() <= PIECES).unwrap_or(whole)
    } else {
        whole
    };
    let (was, is) = (read(&mut before, &pieces)?, read(&mut now, &pieces)?);
    Ok(compared(was, is, now.table.columns.len()))
}

/// All rows of a table, for [`compared`].
pub fn whole(database: &mut Sqlite, image: &Image, table: Table) -> Answer<Digests> {
    read(&mut Side { database, image, table }, &[WHOLE])
}

/// How many rows a table has, told by its pages.
pub fn count(database: &mut Sqlite, image: &Image, table: &str) -> Option<u64> {
    Some(leaves_of(database, image, table)?.iter().map(|leaf| leaf.rows).sum())
}

fn leaves_of(database: &mut Sqlite, image: &Image, table: &str) -> Option<Vec<Leaf>> {
    let sql = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?";
    let found = database.execute(sql, &[Literal::Text(table.into())]).ok()?.rows;
    match found.first()?.first()? {
        Literal::Integer(root) => pages::leaves(image, u32::try_from(*root).ok()?),
        _ => None,
    }
}

/// The ranges of rows' numbers in which something may differ: those of the leaves that only one of the two images has.
fn changed_pieces(before: &mut Side<'_>, now: &mut Side<'_>) -> Option<Vec<(i64, i64)>> {
    let was = leaves_of(before.database, before.image, &before.table.name)?;
    let is = leaves_of(now.database, now.image, &now.table.name)?;
    let addresses =
        |leaves: &[Leaf]| leaves.iter().filter(|leaf| !leaf.spilled).map(Leaf::address).collect::<FxHashSet<usize>>();
    let (old, new) = (addresses(&was), addresses(&is));
    let alone = was.iter().filter(|leaf| !new.contains(&leaf.address()));
    let alone = alone.chain(is.iter().filter(|leaf| !old.contains(&leaf.address())));
    let mut pieces: Vec<(i64, i64)> = alone.map(|leaf| (leaf.first, leaf.last)).collect();
    pieces.sort_unstable();
    Some(merged(pieces))
}

fn merged(pieces: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for (first, last) in pieces {
        match merged.last_mut().filter(|piece| first <= piece.1.saturating_add(1)) {
            Some(piece) => piece.1 = piece.1.max(last),
            None => merged.push((first, last)),
        }
    }
    merged
}

/// The rows of a side: by what they are known, and a digest of each value.
#[derive(Default)]
pub struct Digests {
    identities: Vec<Vec<u8>>,
    keys: Vec<Key>,
    values: Vec<u64>,
}

fn read(side: &mut Side<'_>, pieces: &[(i64, i64)]) -> Answer<Digests> {
    let table = &side.table;
    let quoted = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
    let number = if table.numbered { "_rowid_" } else { "NULL" };
    let cells = table.columns.iter().map(|column| column.as_ref().map_or_else(|| "NULL".into(), quoted));
    let key: Vec<String> = table.key.iter().map(quoted).collect();
    let all: Vec<String> = [number.to_string()].into_iter().chain(key.clone()).chain(cells).collect();
    let order = if key.is_empty() { number.to_string() } else { key.join(", ") };
    let range = if table.numbered { "WHERE _rowid_ BETWEEN ?1 AND ?2 " } else { "" };
    let sql = format!("SELECT {} FROM {} {range}ORDER BY {order}", all.join(", "), quoted(&table.name));
    let (numbered, keys) = (table.numbered, key.len());
    let mut digests = Digests::default();
    // Rows without numbers are not read in pieces.
    for piece in pieces.iter().take(if numbered { PIECES } else { 1 }) {
        let bounds = if numbered { vec![piece.0, piece.1] } else { Vec::new() };
        side.database.visit(&sql, &bounds, |row| digests.take(row, keys, numbered))?;
    }
    Ok(digests)
}

impl Digests {
    fn take(&mut self, row: &rusqlite::Row<'_>, keys: usize, numbered: bool) -> rusqlite::Result<()> {
        let mut identity = Vec::new();
        for at in if keys == 0 { 0..1 } else { 1..keys + 1 } {
            write(row.get_ref(at)?, &mut identity);
        }
        self.identities.push(identity);
        self.keys.push(if numbered {
            Key::Number(row.get(0)?)
        } else {
            let values = (1..=keys).map(|at| row.get_ref(at).map(super::sqlite::literal));
            Key::Values(values.collect::<rusqlite::Result<_>>()?)
        });
        let width = row.as_ref().column_count();
        let mut bytes = Vec::new();
        for at in keys + 1..width {
            bytes.clear();
            write(row.get_ref(at)?, &mut bytes);
            let mut hasher = FxHasher::default();
            bytes.hash(&mut hasher);
            self.values.push(hasher.finish());
        }
        Ok(())
    }

    fn row(&self, at: usize, width: usize) -> &[u64] {
        &self.values[at * width..(at + 1) * width]
    }
}

/// A value with its kind, so that 1 and '1' differ.
fn write(value: rusqlite::types::ValueRef<'_>, out: &mut Vec<u8>) {
    use rusqlite::types::ValueRef;
    let (kind, bytes): (u8, &[u8]) = match &value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => (1, &number.to_le_bytes()),
        ValueRef::Real(number) => (2, &number.to_bits().to_le_bytes()),
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(bytes) => (4, bytes),
    };
    out.push(kind);
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// What differs between two lists of rows, of so many columns.
pub fn compared(was: Digests, is: Digests, width: usize) -> Difference {
    let known: FxHashMap<&[u8], usize> =
        was.identities.iter().enumerate().map(|(at, identity)| (identity.as_slice(), at)).collect();
    let mut difference = Difference { rows: Vec::new(), columns: vec![false; width] };
    let mut seen = vec![false; was.keys.len()];
    for (at, identity) in is.identities.iter().enumerate() {
        let now = Some(is.keys[at].clone());
        let Some(&old) = known.get(identity.as_slice()) else {
            difference.rows.push(Row { kind: Kind::Added, before: None, now });
            continue;
        };
        seen[old] = true;
        let (before, after) = (was.row(old, width), is.row(at, width));
        if before != after {
            let changed = before.iter().zip(after).map(|(a, b)| a != b);
            difference.columns.iter_mut().zip(changed).for_each(|(column, changed)| *column |= changed);
            difference.rows.push(Row { kind: Kind::Changed, before: Some(was.keys[old].clone()), now });
        }
    }
    let gone = was.keys.into_iter().zip(seen).filter(|(_, seen)| !seen);
    difference.rows.extend(gone.map(|(key, _)| Row { kind: Kind::Removed, before: Some(key), now: None }));
    difference
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::guard::Guard;
    use crate::database::images::Images;

    const MANY: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, long TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO t SELECT i, 'row ' || i, NULL FROM n";

    /// What a script changes in the table that another has made: signs, numbers, columns.
    fn check(setup: &str, change: &str, expected: &str) {
        let mut images = Images::default();
        let mut database = Sqlite::memory(&Guard::default()).expect("memory opens");
        let mut run = |sql: &str| {
            for statement in sql.split(';') {
                database.execute(statement, &[]).expect(statement);
            }
            images.keep(&database.serialize().expect("an image"))
        };
        let (was, is) = (run(setup), run(change));
        let look = |image: &Image| Sqlite::look(&image.bytes(), &Guard::default()).expect("opens");
        let (mut one, mut two) = (look(&was), look(&is));
        let columns = ["id", "name", "long"].map(|name| Some(name.to_string())).to_vec();
        let table = Table { name: "t".into(), key: vec!["id".into()], numbered: true, columns };
        let before = Side { database: &mut one, image: &was, table: table.clone() };
        let now = Side { database: &mut two, image: &is, table };
        let found = difference(before, now, By::Pages).expect("compared");
        let number = |key: &Option<Key>| match key {
            Some(Key::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let row = |row: &Row| match row.kind {
            Kind::Added => format!("+{}", number(&row.now)),
            Kind::Changed => format!("~{}", number(&row.now)),
            Kind::Removed => format!("-{}", number(&row.before)),
        };
        let mut shown: Vec<String> = found.rows.iter().take(4).map(row).collect();
        shown.push(found.rows.len().to_string());
        shown.extend(found.columns.iter().map(|changed| if *changed { "*".into() } else { ".".to_string() }));
        assert_eq!(shown.join(" "), expected, "{change}");
    }

    #[test]
    fn single_rows_are_found_among_many() {
        check(MANY, "UPDATE t SET name = 'x' WHERE id IN (7, 19000)", "~7 ~19000 2 . * .");
        check(MANY, "DELETE FROM t WHERE id = 10000", "-10000 1 . . .");
        check(MANY, "INSERT INTO t VALUES (30000, 'new', NULL)", "+30000 1 . . .");
        check(MANY, "UPDATE t SET id = 30000 WHERE id = 3", "+30000 -3 2 . . .");
        check(MANY, "SELECT 1", "0 . . .");
    }

    #[test]
    fn a_rebuilt_table_has_the_rows_that_it_had() {
        let rebuild = "CREATE TABLE u (id INTEGER PRIMARY KEY, name TEXT NOT NULL, long TEXT);
            INSERT INTO u SELECT * FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t";
        check(MANY, rebuild, "0 . . .");
        check(MANY, &format!("{rebuild}; UPDATE t SET name = '' WHERE id = 5"), "~5 1 . * .");
    }

    #[test]
    fn the_tail_of_a_long_text_is_seen() {
        let long = format!("{MANY}; UPDATE t SET long = printf('%.9000c', 'x') WHERE id = 4");
        check(&long, "UPDATE t SET long = substr(long, 1, 8999) || 'y' WHERE id = 4", "~4 1 . . *");
        check(&long, "SELECT 1", "0 . . .");
    }

    #[test]
    fn rows_are_counted_by_pages() {
        let mut database = Sqlite::memory(&Guard::default()).expect("memory opens");
        for statement in MANY.split(';') {
            database.execute(statement, &[]).expect(statement);
        }
        let image = Images::default().keep(&database.serialize().expect("an image"));
        assert_eq!(count(&mut database, &image, "t"), Some(20_000));
        assert_eq!(count(&mut database, &image, "gone"), None);
    }
}
