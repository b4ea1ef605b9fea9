//! One revision: what the head of its file says.

use serde::{Deserialize, Serialize};

/// A revision file, as far as it is known without running `upgrade` or `downgrade`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Revision {
    /// `revision`.
    pub id: String,
    /// `down_revision`: none for a base, several for a merge.
    pub down: Vec<String>,
    /// `depends_on`, as written: ids, parts of ids, or labels.
    pub depends_on: Vec<String>,
    /// `branch_labels`, as written.
    pub branch_labels: Vec<String>,
    /// The module's docstring, stripped of white space at both ends.
    pub long_doc: String,
    /// The file, absolute.
    pub path: String,
    /// The file's text.
    pub source: String,
}

impl Revision {
    /// The docstring up to its first empty line: the message.
    pub fn doc(&self) -> &str {
        self.long_doc.split("\n\n").next().unwrap_or_default()
    }

    /// The parents as Alembic writes them: `<base>`, or ids joined by commas.
    pub fn parents(&self) -> String {
        if self.down.is_empty() { "<base>".into() } else { self.down.join(", ") }
    }
}

/// The characters that a revision id may not have, since they mean something in an expression.
const ILLEGAL: [char; 4] = ['+', '-', ':', '@'];

/// Alembic's complaint about an id that holds characters with a meaning of their own.
pub fn illegal_id(id: &str) -> Option<String> {
    let found: Vec<String> = ILLEGAL.iter().filter(|it| id.contains(**it)).map(char::to_string).collect();
    let complaint = || format!("Character(s) '{}' not allowed in revision identifier '{id}'", found.join(", "));
    (!found.is_empty()).then(complaint)
}
