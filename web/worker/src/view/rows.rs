//! What a step did to rows: a table before and after, row by row. Only the rows that are shown are read as values.

use super::value::value;
use crate::console::plain;
use crate::looks::Look;
use retort::database::difference::{self, By, Difference, Key, Kind};
use retort::error::Result;
use retort::host::Connection;
use retort::schema::{self, Literal};
use retort_protocol::rows::{Asked, Cell, Column, Row, Show, Value, Window};
use retort_protocol::words::Sign;
use std::collections::HashMap;
use std::rc::Rc;

/// Rows whose values tell whether a column holds numbers.
const SAMPLE: u64 = 200;

/// A table at one moment.
#[derive(Clone)]
pub struct Side {
    look: Rc<Look>,
    table: schema::Table,
}

/// A table at two moments, and what is between them.
#[derive(Clone, Default)]
pub struct Sides {
    before: Option<Side>,
    now: Option<Side>,
    columns: Vec<Paired>,
    difference: Difference,
    total: u64,
}

/// A column at both moments, by its name at each.
#[derive(Clone)]
struct Paired {
    name: String,
    before: Option<String>,
    now: Option<String>,
}

/// The columns of a table's primary key.
pub fn key_columns(table: &schema::Table) -> Vec<String> {
    match table.primary_key().map(|constraint| &constraint.kind) {
        Some(schema::table::ConstraintKind::PrimaryKey { columns }) => columns.clone(),
        _ => Vec::new(),
    }
}

/// Whether rows have numbers: all of SQLite's tables but those WITHOUT ROWID.
pub fn has_rowid(table: &schema::Table) -> bool {
    !table.options.contains_key("sqlite_with_rowid")
}

/// A name as SQL takes it, whatever is in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Side {
    /// A table of a database.
    pub fn new(look: &Rc<Look>, table: &schema::Table) -> Self {
        Side { look: Rc::clone(look), table: table.clone() }
    }

    fn name(&self) -> &str {
        &self.table.name.name
    }

    fn count(&self) -> Result<u64> {
        let (image, name) = (self.look.image(), self.name());
        if let Some(count) = self.look.read(|database| difference::count(database, image, name)) {
            return Ok(count);
        }
        let found = self.read(&format!("SELECT count(*) FROM {}", quoted(name)), &[])?;
        match found.first().and_then(|row| row.first()) {
            Some(Literal::Integer(count)) => Ok(u64::try_from(*count).unwrap_or_default()),
            _ => Ok(0),
        }
    }

    fn read(&self, sql: &str, values: &[Literal]) -> Result<Vec<Vec<Literal>>> {
        Ok(self.look.read(|database| database.execute(sql, values))?.rows)
    }

    fn compared(&self, columns: Vec<Option<String>>) -> difference::Table {
        let (key, numbered) = (key_columns(&self.table), has_rowid(&self.table));
        difference::Table { name: self.name().into(), key, numbered, columns }
    }

    /// One row, its cells in this order; a column that is not here is NULL.
    fn row(&self, key: &Key, columns: &[Option<&str>]) -> Result<Vec<Literal>> {
        let (condition, values) = match key {
            Key::Number(number) => ("_rowid_ = ?".to_string(), vec![Literal::Integer(*number)]),
            Key::Values(values) => {
                let keys = key_columns(&self.table);
                let conditions = keys.iter().map(|it| format!("{} IS ?", quoted(it)));
                (conditions.collect::<Vec<_>>().join(" AND "), values.clone())
            }
        };
        let sql = format!("SELECT {} FROM {} WHERE {condition}", list(columns), quoted(self.name()));
        let nothing = vec![Literal::Null; columns.len()];
        Ok(self.read(&sql, &values)?.into_iter().next().unwrap_or(nothing))
    }

    /// A window of rows in the order of the key, each with what it is known by.
    fn window(&self, offset: u64, limit: u64, columns: &[Option<&str>]) -> Result<Vec<(Key, Vec<Literal>)>> {
        let (keys, numbered) = (key_columns(&self.table), has_rowid(&self.table));
        let key: Vec<String> = keys.iter().map(|it| quoted(it)).collect();
        let number = if numbered { "_rowid_" } else { "NULL" };
        let order = if key.is_empty() { number.to_string() } else { key.join(", ") };
        let head: Vec<String> = [number.to_string()].into_iter().chain(key).collect();
        let (head, name, list) = (head.join(", "), quoted(self.name()), list(columns));
        let sql = format!("SELECT {head}, {list} FROM {name} ORDER BY {order} LIMIT {limit} OFFSET {offset}");
        let split = |mut row: Vec<Literal>| {
            let values = row.split_off(keys.len() + 1);
            let key = match row.first() {
                Some(Literal::Integer(number)) if numbered => Key::Number(*number),
                _ => Key::Values(row.split_off(1)),
            };
            (key, values)
        };
        Ok(self.read(&sql, &[])?.into_iter().map(split).collect())
    }
}

fn list(columns: &[Option<&str>]) -> String {
    let cells: Vec<String> = columns.iter().map(|it| it.map_or_else(|| "NULL".into(), quoted)).collect();
    if cells.is_empty() { "NULL".into() } else { cells.join(", ") }
}

impl Sides {
    /// A table that nothing happened to.
    pub fn still(now: Side) -> Result<Self> {
        let columns = paired(Some(&now), Some(&now), &HashMap::new());
        let total = now.count()?;
        Ok(Sides { before: Some(now.clone()), now: Some(now), columns, difference: Difference::default(), total })
    }

    /// A table at two moments; `renamed` gives new names by old ones.
    pub fn between(before: Option<Side>, now: Option<Side>, renamed: &HashMap<String, String>) -> Result<Self> {
        let columns = paired(before.as_ref(), now.as_ref(), renamed);
        let total = now.as_ref().map_or(Ok(0), Side::count)?;
        let difference = difference_of(before.as_ref(), now.as_ref(), &columns)?;
        Ok(Sides { before, now, columns, difference, total })
    }

    /// Whether the table is there now.
    pub fn is_there(&self) -> bool {
        self.now.is_some()
    }

    /// Whether nothing happened to its rows.
    pub fn is_still(&self) -> bool {
        self.difference.rows.is_empty()
    }

    /// How many rows there are now.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many rows were added, changed, removed.
    pub fn count(&self, sign: Sign) -> u64 {
        self.difference.rows.iter().filter(|row| sign_of(row.kind) == sign).count() as u64
    }

    /// The names of the columns in which values changed.
    pub fn lit_columns(&self) -> Vec<String> {
        let changed = self.columns.iter().zip(&self.difference.columns).filter(|(_, changed)| **changed);
        changed.map(|(column, _)| column.name.clone()).collect()
    }

    /// A window of the table.
    pub fn window(&self, asked: &Asked) -> Result<Window> {
        let (total, rows) = match asked.show {
            Show::Changes => (self.difference.rows.len() as u64, self.changes(asked)?),
            Show::After => (self.total, self.after(asked)?),
        };
        let numbers = self.number_columns()?;
        let shown = self.columns.iter().zip(numbers).filter(|(column, _)| self.shows(column, asked.show));
        let columns = shown.map(|(column, number)| self.head(column, number)).collect();
        Ok(Window { total, columns, rows, asked: asked.clone() })
    }

    fn shows(&self, column: &Paired, show: Show) -> bool {
        show == Show::Changes || column.now.is_some()
    }

    fn names(&self, of: fn(&Paired) -> &Option<String>, show: Show) -> Vec<Option<&str>> {
        self.columns.iter().filter(|column| self.shows(column, show)).map(|column| of(column).as_deref()).collect()
    }

    fn changes(&self, asked: &Asked) -> Result<Vec<Row>> {
        let from = usize::try_from(asked.offset).unwrap_or(usize::MAX).min(self.difference.rows.len());
        let rows = self.difference.rows[from..].iter().take(asked.limit as usize);
        rows.map(|row| {
            let now = self.side_row(self.now.as_ref(), row.now.as_ref(), |it| &it.now, asked.show)?;
            self.touched_row(row, now, asked.show)
        })
        .collect()
    }

    fn after(&self, asked: &Asked) -> Result<Vec<Row>> {
        let Some(side) = &self.now else {
            return Ok(Vec::new());
        };
        let names = self.names(|it| &it.now, asked.show);
        let found = side.window(asked.offset, u64::from(asked.limit), &names)?;
        let touched = Touched::of(&self.difference);
        let row = |(key, values): (Key, Vec<Literal>)| match touched.find(&key) {
            Some(row) => self.touched_row(row, Some(values), asked.show),
            None => {
                let cells = values.iter().map(|it| Cell { now: value(it), was: None }).collect();
                Ok(Row { key: shown_key(&key), sign: None, cells })
            }
        };
        found.into_iter().map(row).collect()
    }

    fn side_row(
        &self,
        side: Option<&Side>,
        key: Option<&Key>,
        of: fn(&Paired) -> &Option<String>,
        show: Show,
    ) -> Result<Option<Vec<Literal>>> {
        side.zip(key).map(|(side, key)| side.row(key, &self.names(of, show))).transpose()
    }

    fn touched_row(&self, row: &difference::Row, now: Option<Vec<Literal>>, show: Show) -> Result<Row> {
        let before = self.side_row(self.before.as_ref(), row.before.as_ref(), |it| &it.before, show)?;
        let columns = self.columns.iter().filter(|column| self.shows(column, show)).enumerate();
        let cell = |(at, column): (usize, &Paired)| {
            let was = before.as_ref().filter(|_| column.before.is_some()).map(|row| &row[at]);
            let is = now.as_ref().filter(|_| column.now.is_some()).map(|row| &row[at]);
            cell(row.kind, was, is)
        };
        let cells = columns.map(cell).collect();
        let key = row.now.as_ref().or(row.before.as_ref()).map(shown_key).unwrap_or_default();
        Ok(Row { key, sign: Some(sign_of(row.kind)), cells })
    }

    fn head(&self, column: &Paired, number: bool) -> Column {
        let table = self.now.as_ref().map(|side| &side.table);
        let defined = table.and_then(|table| table.column(column.now.as_ref()?));
        let sign = match (&column.before, &column.now) {
            (None, Some(_)) if self.before.is_some() => Some(Sign::Added),
            (Some(_), None) => Some(Sign::Removed),
            _ => None,
        };
        Column {
            name: column.name.clone(),
            number,
            nullable: defined.is_none_or(|it| it.nullable),
            primary: defined.is_some_and(|it| it.primary_key),
            defaulted: defined.is_some_and(|it| it.server_default.is_some() || is_row_number(it, table)),
            sign,
            lit: self.lit_columns().contains(&column.name),
        }
    }

    /// Which columns hold numbers, told by their first rows, where they are now or where they were.
    fn number_columns(&self) -> Result<Vec<bool>> {
        let sample = |side: Option<&Side>, names: Vec<Option<&str>>| {
            let rows = side.map_or(Ok(Vec::new()), |side| side.window(0, SAMPLE, &names))?;
            Ok::<_, retort::error::Error>(rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>())
        };
        let now = sample(self.now.as_ref(), self.names(|it| &it.now, Show::Changes))?;
        let before = match self.columns.iter().any(|column| column.now.is_none()) {
            true => sample(self.before.as_ref(), self.names(|it| &it.before, Show::Changes))?,
            false => Vec::new(),
        };
        let are_numbers = |(at, column): (usize, &Paired)| {
            let rows = if column.now.is_some() { &now } else { &before };
            let mut values = rows.iter().map(|row| &row[at]).filter(|value| **value != Literal::Null).peekable();
            values.peek().is_some() && values.all(|value| matches!(value, Literal::Integer(_) | Literal::Float(_)))
        };
        Ok(self.columns.iter().enumerate().map(are_numbers).collect())
    }
}

/// The rows of a difference by what they are now.
struct Touched<'a> {
    numbers: HashMap<i64, &'a difference::Row>,
    others: Vec<&'a difference::Row>,
}

impl<'a> Touched<'a> {
    fn of(difference: &'a Difference) -> Self {
        let number = |row: &&difference::Row| matches!(row.now, Some(Key::Number(_)));
        let (numbers, others): (Vec<_>, Vec<_>) = difference.rows.iter().partition(number);
        let pair = |row: &'a difference::Row| match row.now {
            Some(Key::Number(number)) => Some((number, row)),
            _ => None,
        };
        Touched { numbers: numbers.into_iter().filter_map(pair).collect(), others }
    }

    fn find(&self, key: &Key) -> Option<&'a difference::Row> {
        match key {
            Key::Number(number) => self.numbers.get(number).copied(),
            Key::Values(_) => self.others.iter().find(|row| row.now.as_ref() == Some(key)).copied(),
        }
    }
}

fn sign_of(kind: Kind) -> Sign {
    match kind {
        Kind::Added => Sign::Added,
        Kind::Changed => Sign::Changed,
        Kind::Removed => Sign::Removed,
    }
}

fn shown_key(key: &Key) -> String {
    match key {
        Key::Number(number) => number.to_string(),
        Key::Values(values) => values.iter().map(plain).collect::<Vec<_>>().join("\u{1f}"),
    }
}

// A column that appears empty, or leaves empty, has changed nothing in a row.
fn cell(kind: Kind, was: Option<&Literal>, is: Option<&Literal>) -> Cell {
    let shown = |side: Option<&Literal>| side.map_or(Value::Absent, value);
    match kind {
        Kind::Removed => Cell { now: shown(was), was: None },
        Kind::Changed if was.unwrap_or(&Literal::Null) != is.unwrap_or(&Literal::Null) => {
            Cell { now: shown(is), was: Some(shown(was)) }
        }
        _ => Cell { now: shown(is), was: None },
    }
}

fn is_row_number(column: &schema::Column, table: Option<&schema::Table>) -> bool {
    column.primary_key
        && matches!(&column.ty, schema::Type::Integer { .. })
        && table.is_some_and(|table| key_columns(table).len() == 1)
}

/// The columns of now, and behind them those that went.
fn paired(before: Option<&Side>, now: Option<&Side>, renamed: &HashMap<String, String>) -> Vec<Paired> {
    let names = |side: Option<&Side>| -> Vec<String> {
        side.map(|side| side.table.columns.iter().map(|column| column.name.clone()).collect()).unwrap_or_default()
    };
    let (old, new) = (names(before), names(now));
    let old_name = |name: &String| {
        let from = renamed.iter().find(|(_, to)| *to == name).map(|(from, _)| from);
        from.filter(|from| old.contains(from)).or_else(|| old.iter().find(|old| *old == name)).cloned()
    };
    let kept = new.iter().map(|name| Paired { name: name.clone(), before: old_name(name), now: Some(name.clone()) });
    let mut all: Vec<Paired> = kept.collect();
    let gone = old.iter().filter(|name| !all.iter().any(|column| column.before.as_ref() == Some(name)));
    let gone: Vec<Paired> =
        gone.map(|name| Paired { name: name.clone(), before: Some(name.clone()), now: None }).collect();
    all.extend(gone);
    all
}

fn difference_of(before: Option<&Side>, now: Option<&Side>, columns: &[Paired]) -> Result<Difference> {
    let names = |of: fn(&Paired) -> &Option<String>| columns.iter().map(|column| of(column).clone()).collect();
    let (was, is): (Vec<_>, Vec<_>) = (names(|it| &it.before), names(|it| &it.now));
    let none = difference::Digests::default;
    Ok(match (before, now) {
        // One connection cannot be borrowed twice, and a moment does not differ from itself.
        (Some(before), Some(now)) if Rc::ptr_eq(&before.look, &now.look) => Difference::default(),
        (Some(before), Some(now)) => before.look.read(|one| {
            now.look.read(|two| {
                let one = difference::Side { database: one, image: before.look.image(), table: before.compared(was) };
                let two = difference::Side { database: two, image: now.look.image(), table: now.compared(is) };
                difference::difference(one, two, by(before, now, columns))
            })
        })?,
        (Some(side), None) => difference::compared(whole(side, was)?, none(), columns.len()),
        (None, Some(side)) => difference::compared(none(), whole(side, is)?, columns.len()),
        (None, None) => Difference::default(),
    })
}

fn whole(side: &Side, columns: Vec<Option<String>>) -> Result<difference::Digests> {
    let table = side.compared(columns);
    Ok(side.look.read(|database| difference::whole(database, side.look.image(), table))?)
}

/// Pages tell all as long as every column lies where it lay; columns behind them are empty in rows that nobody touched,
/// unless they have a default.
fn by(before: &Side, now: &Side, columns: &[Paired]) -> By {
    let old = before.table.columns.len();
    let in_place = before
        .table
        .columns
        .iter()
        .zip(columns)
        .all(|(column, pair)| pair.now.is_some() && pair.before.as_ref() == Some(&column.name));
    let empty = now.table.columns.iter().skip(old).all(|column| column.server_default.is_none());
    if in_place && empty && now.table.columns.len() >= old { By::Pages } else { By::Rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::World;
    use retort::database::images::Images;

    /// The table `t` as two scripts make it.
    fn sides(before: &str, change: &str, renamed: &[(&str, &str)]) -> Sides {
        let world = World::new(0, 1);
        let mut images = Images::default();
        let mut database = world.look(&[]).expect("opens");
        let mut moment = |sql: &str| {
            for statement in crate::console::complete::statements(sql) {
                database.execute(statement, &[]).expect(statement);
            }
            let look = world.at(&images.keep(&database.serialize().expect("an image"))).expect("opens");
            let table = look.schema().expect("reflects").tables.iter().find(|it| it.name.name == "t").cloned();
            table.map(|table| Side::new(&look, &table))
        };
        let (was, is) = (moment(before), moment(change));
        let renamed = renamed.iter().map(|(old, new)| ((*old).to_string(), (*new).to_string())).collect();
        Sides::between(was, is, &renamed).expect("compared")
    }

    fn check(sides: &Sides, show: Show, expected: &str) {
        let asked = Asked { table: "t".into(), show, offset: 0, limit: 100 };
        let window = sides.window(&asked).expect("read");
        let sign = |sign: Option<Sign>| match sign {
            None => ' ',
            Some(Sign::Added) => '+',
            Some(Sign::Changed) => '~',
            Some(Sign::Removed) => '-',
        };
        let text = |value: &Value| match value {
            Value::Null => "NULL".to_string(),
            Value::Absent => "/".to_string(),
            Value::Number(text) | Value::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        let head: Vec<String> = window
            .columns
            .iter()
            .map(|it| format!("{}{}{}", sign(it.sign), it.name, if it.lit { "*" } else { "" }))
            .collect();
        let mut shown = head.join(" ") + "\n";
        for row in &window.rows {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| cell.was.as_ref().map(|was| text(was) + ">").unwrap_or_default() + &text(&cell.now))
                .collect();
            shown.push_str(&format!("{} {}\n", sign(row.sign), cells.join(" ")));
        }
        assert_eq!(shown, expected);
    }

    const PEOPLE: &str =
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name); INSERT INTO t VALUES (1, 'ann'), (2, 'bob'), (3, 'eve')";

    #[test]
    fn changed_added_and_removed_rows_are_told_apart() {
        let change =
            "UPDATE t SET name = 'rob' WHERE id = 2; DELETE FROM t WHERE id = 3; INSERT INTO t VALUES (4, 'joe')";
        let sides = sides(PEOPLE, change, &[]);
        check(&sides, Show::Changes, " id  name*\n~ 2 bob>rob\n+ 4 joe\n- 3 eve\n");
        check(&sides, Show::After, " id  name*\n  1 ann\n~ 2 bob>rob\n+ 4 joe\n");
    }

    #[test]
    fn an_empty_new_column_changes_no_row_and_a_lost_one_does() {
        let before = "CREATE TABLE t (id INTEGER PRIMARY KEY, old); INSERT INTO t VALUES (1, 'x'), (2, NULL)";
        let sides = sides(before, "ALTER TABLE t ADD COLUMN new; ALTER TABLE t DROP COLUMN old", &[]);
        check(&sides, Show::Changes, " id +new -old*\n~ 1 NULL x>/\n");
    }

    #[test]
    fn a_new_column_with_a_default_changes_every_row() {
        let added = sides(PEOPLE, "ALTER TABLE t ADD COLUMN new DEFAULT 7", &[]);
        check(&added, Show::Changes, " id  name +new*\n~ 1 ann />7\n~ 2 bob />7\n~ 3 eve />7\n");
        let empty = sides(PEOPLE, "ALTER TABLE t ADD COLUMN new", &[]);
        check(&empty, Show::Changes, " id  name +new\n");
    }

    #[test]
    fn a_renamed_column_keeps_its_values() {
        let before = "CREATE TABLE t (id INTEGER PRIMARY KEY, weight); INSERT INTO t VALUES (1, 5), (2, 6)";
        let change = "ALTER TABLE t RENAME COLUMN weight TO kg; UPDATE t SET kg = 7 WHERE id = 2";
        check(&sides(before, change, &[("weight", "kg")]), Show::Changes, " id  kg*\n~ 2 6>7\n");
    }

    #[test]
    fn tables_come_and_go_with_their_rows() {
        check(&sides("SELECT 1", PEOPLE, &[]), Show::Changes, " id  name\n+ 1 ann\n+ 2 bob\n+ 3 eve\n");
        check(&sides(PEOPLE, "DROP TABLE t", &[]), Show::Changes, "-id -name\n- 1 ann\n- 2 bob\n- 3 eve\n");
    }

    #[test]
    fn rows_without_numbers_are_known_by_their_key() {
        let before =
            "CREATE TABLE t (a TEXT, b TEXT, c, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO t VALUES ('x', 'y', 1)";
        let sides = sides(before, "UPDATE t SET c = 2", &[]);
        check(&sides, Show::After, " a  b  c*\n~ x y 1>2\n");
    }
}
