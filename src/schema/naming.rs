//! Names of constraints and indexes, and the conventions that make them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of a constraint or an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The name as the database knows it.
    pub text: String,
    /// It is final: a naming convention made it or `op.f()` marked it (SQLAlchemy's `conv`), so that no convention is
    /// applied to it again and it is rendered inside `op.f(…)`.
    pub conv: bool,
}

impl Name {
    /// A name as somebody wrote it.
    pub fn plain(text: impl Into<String>) -> Self {
        Name { text: text.into(), conv: false }
    }

    /// A final name.
    pub fn conv(text: impl Into<String>) -> Self {
        Name { text: text.into(), conv: true }
    }
}

/// SQLAlchemy's `MetaData(naming_convention=…)`: templates by kind (`ix`, `uq`, `ck`, `fk`, `pk`), custom tokens already
/// resolved by the surface. Empty means SQLAlchemy's default, which names indexes only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NamingConvention(pub BTreeMap<String, String>);
