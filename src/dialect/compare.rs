//! What "the same" means, as far as databases agree: Alembic's `DefaultImpl`.

use crate::schema;

/// The answer to "do these server defaults differ?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They mean the same.
    Same,
    /// They differ.
    Differs,
    /// Only the server can tell: the query gives one row with one truth value, true for "the same".
    Ask(String),
}

/// How two indexes or two unique constraints compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// They are the same.
    Equal,
    /// They differ; the messages of Alembic's log line, which joins them with `", "`.
    Different(Vec<String>),
    /// They cannot be compared; the reason is logged.
    Skip(Vec<String>),
}

/// The uniques and indexes of one table before they are compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sides {
    /// Unique constraints in the database.
    pub inspected_uniques: Vec<schema::Constraint>,
    /// Indexes in the database.
    pub inspected_indexes: Vec<schema::Index>,
    /// Unique constraints of the models.
    pub metadata_uniques: Vec<schema::Constraint>,
    /// Indexes of the models.
    pub metadata_indexes: Vec<schema::Index>,
}
