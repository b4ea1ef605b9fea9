//! Rows of tables, by windows, and edits of them.

use serde::{Deserialize, Serialize};

use crate::words::Sign;

/// One line per table under "Rows": those touched by the step first, then by name, `alembic_version` last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRows {
    /// The table.
    pub table: String,
    /// Rows in it now.
    pub total: u64,
    /// Rows that this step added, changed or removed.
    pub changed: u64,
    /// A few words in the place of a count: the version in `alembic_version`.
    pub says: Option<String>,
    /// Whether it may be edited: false inside a revision, and for `alembic_version`.
    pub editable: bool,
}

/// Which rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Show {
    /// Only the rows that this step touched, removed ones included, each cell with what it was.
    Changes,
    /// All rows as they are now; touched ones still carry their sign.
    After,
}

/// A piece of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Asked {
    /// The table.
    pub table: String,
    /// Which rows of it.
    pub show: Show,
    /// The first one, from 0, in the order of the primary key.
    pub offset: u64,
    /// At most so many.
    pub limit: u32,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// What was asked.
    pub asked: Asked,
    /// How many rows there are of this kind in all.
    pub total: u64,
    /// The columns, including those that the step dropped if `Show::Changes` was asked.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether its values are numbers, which stand to the right.
    pub number: bool,
    /// Whether it takes NULL.
    pub nullable: bool,
    /// Whether it belongs to the key.
    pub primary: bool,
    /// Whether a new row may leave it out: it has a default, or is the row's own number.
    pub defaulted: bool,
    /// What the step did to the column itself, or what the open revision did before.
    pub sign: Option<Sign>,
    /// Whether the step changed values in it.
    pub lit: bool,
}

/// A row of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The worker's own name for the row, for edits.
    pub key: String,
    /// What the step did to it.
    pub sign: Option<Sign>,
    /// A cell per column.
    pub cells: Vec<Cell>,
}

/// A cell of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What is there now; in a removed row what was there.
    pub now: Value,
    /// What was there before the step, if that was something else.
    pub was: Option<Value>,
}

/// A value as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// NULL, which is not the empty text.
    Null,
    /// A number as the database prints it.
    Number(String),
    /// A text, whole.
    Text(String),
    /// The beginning of a text that is too long for a grid; it is not edited there.
    Long {
        /// How it begins.
        start: String,
        /// How long it is.
        characters: u64,
    },
    /// Bytes.
    Blob {
        /// The first of them, in hexadecimal.
        start: String,
        /// How many there are.
        bytes: u64,
    },
    /// No value: the column did not exist then.
    Absent,
}

/// A change of rows by hand; an entry of the tape like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// One cell. The text is read as the column's type asks; `None` is NULL.
    Set {
        /// The table.
        table: String,
        /// The row.
        key: String,
        /// The column.
        column: String,
        /// The new value.
        value: Option<String>,
    },
    /// A new row. Columns left out get their default.
    Insert {
        /// The table.
        table: String,
        /// Column and value.
        values: Vec<(String, Option<String>)>,
    },
    /// A row away.
    Delete {
        /// The table.
        table: String,
        /// The row.
        key: String,
    },
}
