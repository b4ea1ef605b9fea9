//! What a step did to rows: a table before and after, row by row.

use super::value::value;
use retort::error::Result;
use retort::host::Connection;
use retort::schema::{self, Literal};
use retort_protocol::rows::{Asked, Cell, Column, Row, Show, Value, Window};
use retort_protocol::words::Sign;
use std::collections::HashMap;

/// A table's rows, each with the key by which it is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// The columns' names, in order.
    pub columns: Vec<String>,
    /// The rows' names for edits.
    pub keys: Vec<String>,
    /// What identifies a row across a rebuild: its primary key, or its number.
    pub identities: Vec<String>,
    /// The values.
    pub rows: Vec<Vec<Literal>>,
}

/// A table at two moments.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// Before the step; `None` where the table did not exist.
    pub before: Option<Content>,
    /// After it; `None` where it is gone.
    pub now: Option<Content>,
    /// Columns that the step renamed, new name by old name.
    pub renamed: HashMap<String, String>,
}

/// One row that the step touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// What happened to it.
    pub sign: Sign,
    /// Its place in [`Sides::before`].
    pub before: Option<usize>,
    /// Its place in [`Sides::now`].
    pub now: Option<usize>,
}

/// Reads a table whole, in the order of its key.
pub fn content(connection: &mut dyn Connection, table: &schema::Table) -> Result<Content> {
    let key = key_columns(table);
    let name = quoted(&table.name.name);
    let order =
        if key.is_empty() { "1".to_string() } else { key.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", ") };
    let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let list = columns.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", ");
    let number = if has_rowid(table) { "_rowid_" } else { "NULL" };
    let found = connection.execute(&format!("SELECT {number}, {list} FROM {name} ORDER BY {order}"), &[])?;
    let places: Vec<usize> = key.iter().filter_map(|it| columns.iter().position(|column| column == it)).collect();
    let mut content = Content { columns, ..Content::default() };
    for mut row in found.rows {
        let values = row.split_off(1);
        let identity = places.iter().map(|at| format!("{:?}", values[*at])).collect::<Vec<_>>().join("\u{1f}");
        let number = row.first().map(crate::console::plain).unwrap_or_default();
        content.keys.push(if number.is_empty() { identity.clone() } else { number.clone() });
        content.identities.push(if places.is_empty() { number } else { identity });
        content.rows.push(values);
    }
    Ok(content)
}

fn key_columns(table: &schema::Table) -> Vec<String> {
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

impl Sides {
    /// The rows that the step touched: changed and added ones in the order of now, then those that are gone.
    pub fn touched(&self) -> Vec<Touched> {
        let empty = Content::default();
        let (before, now) = (self.before.as_ref().unwrap_or(&empty), self.now.as_ref().unwrap_or(&empty));
        let known: HashMap<&str, usize> =
            before.identities.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        let columns = self.columns();
        let mut seen = vec![false; before.rows.len()];
        let mut touched = Vec::new();
        for (at, identity) in now.identities.iter().enumerate() {
            let Some(&was) = known.get(identity.as_str()) else {
                touched.push(Touched { sign: Sign::Added, before: None, now: Some(at) });
                continue;
            };
            seen[was] = true;
            if columns.iter().any(|column| column.differs(Some(&before.rows[was]), Some(&now.rows[at]))) {
                touched.push(Touched { sign: Sign::Changed, before: Some(was), now: Some(at) });
            }
        }
        let gone = seen.iter().enumerate().filter(|(_, seen)| !**seen);
        touched.extend(gone.map(|(at, _)| Touched { sign: Sign::Removed, before: Some(at), now: None }));
        touched
    }

    /// The columns of now, and behind them those that went.
    fn columns(&self) -> Vec<Paired> {
        let none = Vec::new();
        let before = self.before.as_ref().map_or(&none, |content| &content.columns);
        let now = self.now.as_ref().map_or(&none, |content| &content.columns);
        let old_name = |name: &String| {
            let renamed = self.renamed.iter().find(|(_, new)| *new == name).map(|(old, _)| old);
            renamed.filter(|old| before.contains(old)).unwrap_or(name).clone()
        };
        let kept = now.iter().enumerate().map(|(at, name)| {
            let was = before.iter().position(|old| *old == old_name(name));
            Paired { name: name.clone(), before: was, now: Some(at) }
        });
        let kept: Vec<Paired> = kept.collect();
        let used: Vec<usize> = kept.iter().filter_map(|column| column.before).collect();
        let gone = before.iter().enumerate().filter(|(at, _)| !used.contains(at));
        let gone: Vec<Paired> =
            gone.map(|(at, name)| Paired { name: name.clone(), before: Some(at), now: None }).collect();
        kept.into_iter().chain(gone).collect()
    }

    /// The names of the columns in which values changed.
    pub fn lit_columns(&self, touched: &[Touched]) -> Vec<String> {
        let changed = |column: &Paired| {
            touched
                .iter()
                .any(|row| row.sign == Sign::Changed && column.differs(self.row_before(row), self.row_now(row)))
        };
        self.columns().into_iter().filter(changed).map(|column| column.name).collect()
    }

    fn row_before(&self, row: &Touched) -> Option<&Vec<Literal>> {
        Some(&self.before.as_ref()?.rows[row.before?])
    }

    fn row_now(&self, row: &Touched) -> Option<&Vec<Literal>> {
        Some(&self.now.as_ref()?.rows[row.now?])
    }

    /// A window of the table.
    pub fn window(&self, asked: &Asked, table: Option<&schema::Table>) -> Window {
        let touched = self.touched();
        let lit = self.lit_columns(&touched);
        let rows = match asked.show {
            Show::Changes => touched,
            Show::After => self.all(touched),
        };
        let columns: Vec<Paired> =
            self.columns().into_iter().filter(|column| asked.show == Show::Changes || column.now.is_some()).collect();
        let from = usize::try_from(asked.offset).unwrap_or(usize::MAX).min(rows.len());
        let to = (from + asked.limit as usize).min(rows.len());
        Window {
            total: rows.len() as u64,
            columns: columns.iter().map(|column| self.head(column, &lit, table)).collect(),
            rows: rows[from..to].iter().map(|row| self.row(row, &columns)).collect(),
            asked: asked.clone(),
        }
    }

    // Every row of now, with its sign where it was touched. `Changed` without a partner stands for "as it was".
    fn all(&self, touched: Vec<Touched>) -> Vec<Touched> {
        let count = self.now.as_ref().map_or(0, |content| content.rows.len());
        let mut all: Vec<Touched> =
            (0..count).map(|at| Touched { sign: Sign::Changed, before: None, now: Some(at) }).collect();
        for row in touched {
            if let Some(at) = row.now {
                all[at] = row;
            }
        }
        all
    }

    fn head(&self, column: &Paired, lit: &[String], table: Option<&schema::Table>) -> Column {
        let defined = table.and_then(|table| table.column(&column.name));
        let sign = match (column.before, column.now) {
            (None, Some(_)) if self.before.is_some() => Some(Sign::Added),
            (Some(_), None) => Some(Sign::Removed),
            _ => None,
        };
        Column {
            name: column.name.clone(),
            number: self.is_number(column),
            nullable: defined.is_none_or(|it| it.nullable),
            primary: defined.is_some_and(|it| it.primary_key),
            defaulted: defined.is_some_and(|it| it.server_default.is_some() || is_row_number(it, table)),
            sign,
            lit: lit.contains(&column.name),
        }
    }

    fn is_number(&self, column: &Paired) -> bool {
        let side = if column.now.is_some() { &self.now } else { &self.before };
        let (Some(content), Some(at)) = (side, column.now.or(column.before)) else {
            return false;
        };
        let mut values =
            content.rows.iter().take(200).map(|row| &row[at]).filter(|value| **value != Literal::Null).peekable();
        values.peek().is_some() && values.all(|value| matches!(value, Literal::Integer(_) | Literal::Float(_)))
    }

    fn row(&self, row: &Touched, columns: &[Paired]) -> Row {
        let (before, now) = (self.row_before(row), self.row_now(row));
        let untouched = row.sign == Sign::Changed && row.before.is_none();
        let content = if row.now.is_some() { &self.now } else { &self.before };
        let key = content.as_ref().zip(row.now.or(row.before)).map(|(content, at)| content.keys[at].clone());
        Row {
            key: key.unwrap_or_default(),
            sign: (!untouched).then_some(row.sign),
            cells: columns.iter().map(|column| column.cell(before, now, row.sign, untouched)).collect(),
        }
    }
}

fn is_row_number(column: &schema::Column, table: Option<&schema::Table>) -> bool {
    column.primary_key
        && matches!(&column.ty, schema::Type::Integer { .. })
        && table.is_some_and(|table| key_columns(table).len() == 1)
}

/// A column at both moments.
struct Paired {
    name: String,
    before: Option<usize>,
    now: Option<usize>,
}

impl Paired {
    // A column that appears empty, or leaves empty, has changed nothing in a row.
    fn differs(&self, before: Option<&Vec<Literal>>, now: Option<&Vec<Literal>>) -> bool {
        let was = before.zip(self.before).map_or(&Literal::Null, |(row, at)| &row[at]);
        let is = now.zip(self.now).map_or(&Literal::Null, |(row, at)| &row[at]);
        was != is
    }

    fn cell(&self, before: Option<&Vec<Literal>>, now: Option<&Vec<Literal>>, sign: Sign, untouched: bool) -> Cell {
        let was = before.zip(self.before).map_or(Value::Absent, |(row, at)| value(&row[at]));
        let is = now.zip(self.now).map_or(Value::Absent, |(row, at)| value(&row[at]));
        match sign {
            Sign::Removed => Cell { now: was, was: None },
            Sign::Changed if !untouched && self.differs(before, now) => Cell { now: is, was: Some(was) },
            _ => Cell { now: is, was: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(columns: &str, rows: &[&str]) -> Content {
        let split: Vec<Vec<&str>> = rows.iter().map(|row| row.split(' ').collect()).collect();
        let literal = |text: &str| match text {
            "-" => Literal::Null,
            text => text.parse().map_or_else(|_| Literal::Text(text.into()), Literal::Integer),
        };
        Content {
            columns: columns.split(' ').map(str::to_string).collect(),
            keys: split.iter().map(|row| row[0].to_string()).collect(),
            identities: split.iter().map(|row| row[0].to_string()).collect(),
            rows: split.iter().map(|row| row.iter().map(|text| literal(text)).collect()).collect(),
        }
    }

    fn check(sides: &Sides, show: Show, expected: &str) {
        let asked = Asked { table: "t".into(), show, offset: 0, limit: 100 };
        let window = sides.window(&asked, None);
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

    #[test]
    fn changed_added_and_removed_rows_are_told_apart() {
        let sides = Sides {
            before: Some(content("id name", &["1 ann", "2 bob", "3 eve"])),
            now: Some(content("id name", &["1 ann", "2 rob", "4 joe"])),
            ..Sides::default()
        };
        check(&sides, Show::Changes, " id  name*\n~ 2 bob>rob\n+ 4 joe\n- 3 eve\n");
        check(&sides, Show::After, " id  name*\n  1 ann\n~ 2 bob>rob\n+ 4 joe\n");
    }

    #[test]
    fn an_empty_new_column_changes_no_row_and_a_lost_one_does() {
        let sides = Sides {
            before: Some(content("id old", &["1 x", "2 -"])),
            now: Some(content("id new", &["1 -", "2 -"])),
            ..Sides::default()
        };
        check(&sides, Show::Changes, " id +new -old*\n~ 1 NULL x>/\n");
    }

    #[test]
    fn a_renamed_column_keeps_its_values() {
        let sides = Sides {
            before: Some(content("id weight", &["1 5", "2 6"])),
            now: Some(content("id kg", &["1 5", "2 7"])),
            renamed: HashMap::from([("weight".to_string(), "kg".to_string())]),
        };
        check(&sides, Show::Changes, " id  kg*\n~ 2 6>7\n");
    }
}
