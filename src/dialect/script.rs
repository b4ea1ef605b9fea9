//! The statements that operations become.

use crate::schema::Literal;
use std::collections::BTreeSet;

/// A finished statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Sql {
    /// The text as SQLAlchemy compiles it, its newlines and tabs included; no terminator.
    pub text: String,
    /// Values, a list for every execution; empty for a statement without parameters, which runs once.
    pub parameters: Vec<Vec<Literal>>,
    /// The index of the operation that it came from.
    pub operation: usize,
    /// What it does.
    pub kind: Kind,
}

impl Sql {
    /// The text as Alembic's offline mode writes it: tabs as four spaces, trimmed, without the terminator.
    pub fn offline(&self) -> String {
        self.text.replace('\t', "    ").trim().to_string()
    }
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It changes the schema.
    Ddl,
    /// It changes or reads rows; `op.execute`'s text counts as such whatever it says.
    Data,
}

/// The statements so far, and the operation that is being compiled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Script {
    /// What is finished.
    pub statements: Vec<Sql>,
    /// The index of the operation that is being compiled.
    pub operation: usize,
    /// Warnings as Alembic gives them.
    pub warnings: Vec<String>,
    /// Whether data statements carry values apart from their text; otherwise values are written into the text.
    pub binds: bool,
}

impl Script {
    /// Appends a statement that changes the schema.
    pub fn ddl(&mut self, text: impl Into<String>) {
        self.push(text.into(), Vec::new(), Kind::Ddl);
    }

    /// Appends a statement about rows.
    pub fn data(&mut self, text: impl Into<String>, parameters: Vec<Vec<Literal>>) {
        self.push(text.into(), parameters, Kind::Data);
    }

    fn push(&mut self, text: String, parameters: Vec<Vec<Literal>>, kind: Kind) {
        self.statements.push(Sql { text, parameters, operation: self.operation, kind });
    }
}

/// What a migration context remembers from one operation to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memo {
    /// Named types (PostgreSQL's enums) that were created already, as schema and name.
    pub types: BTreeSet<(Option<String>, String)>,
}
