//! The schema at a position, for the diagram. The page lays it out; the worker says what there is.

use serde::{Deserialize, Serialize};

use crate::words::Sign;

/// All tables and what ties them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// In the order of their names; `alembic_version` is not among them.
    pub tables: Vec<Table>,
    /// The foreign keys.
    pub edges: Vec<Edge>,
}

/// How a thing stands to the open revision and to the step that is lit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// What the open revision does to it, or has done.
    pub sign: Option<Sign>,
    /// Whether this very step did it.
    pub lit: bool,
    /// Whether the open revision has yet to do it: underlined with dashes. With `Removed` it is still there, with
    /// `Added` it is not there yet.
    pub later: bool,
    /// The same in words, for those who do not see it: "added in this revision, filled in this step".
    pub said: String,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name, with its schema if that is not the default one.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// How it stands to this step.
    pub marks: Marks,
    /// In the table's order; those that went stay where they were.
    pub columns: Vec<Column>,
    /// Indexes and constraints that are not a column's own.
    pub parts: Vec<Part>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type as the database says it: "VARCHAR(120)".
    pub type_name: String,
    /// Whether it takes NULL.
    pub nullable: bool,
    /// Whether it is in the primary key.
    pub primary: bool,
    /// Whether it is in a foreign key.
    pub foreign: bool,
    /// How it stands to this step.
    pub marks: Marks,
}

/// An index or a constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name, or its columns in parentheses where it has none.
    pub name: String,
    /// What it is.
    pub kind: PartKind,
    /// The columns or the condition, whole, for the title: "contact", "weight > 0".
    pub detail: String,
    /// How it stands to this step.
    pub marks: Marks,
}

/// What a part of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartKind {
    /// An index.
    Index,
    /// A unique index.
    UniqueIndex,
    /// A unique constraint.
    Unique,
    /// A check.
    Check,
    /// A trigger.
    Trigger,
}

/// A foreign key, from the table that holds it to the one it points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The table that holds it.
    pub from: String,
    /// Its columns there.
    pub columns: Vec<String>,
    /// The table it points to.
    pub to: String,
    /// The columns there.
    pub targets: Vec<String>,
    /// What happens on delete, in lower case: "cascade", "set null"; `None` for no action.
    pub on_delete: Option<String>,
    /// Whether the holder's columns take NULL, so that the line may end without a partner.
    pub optional: bool,
    /// Whether at most one row may point to each row.
    pub single: bool,
    /// How it stands to this step.
    pub marks: Marks,
}
