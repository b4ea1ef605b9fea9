//! What a command wants from its environment, once env.py has a database.

use crate::error::Result;
use crate::host::Connection;
use crate::script::{self, Direction};
use serde::{Deserialize, Serialize};

/// What a migration context offers to the command.
#[derive(Debug, Clone)]
pub struct Visit<'a> {
    /// The version table's rows; offline the starting revision.
    pub rows: &'a [String],
    /// The project's revisions.
    pub graph: &'a script::Graph,
    /// The database's URL with its password hidden; empty offline.
    pub url: &'a str,
}

/// What the command answers: revisions to run, or a comparison to make.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// The steps.
    pub plan: script::Plan,
    /// `revision --autogenerate`, `check`: what to compare for.
    pub compare: Option<Compare>,
    /// The version table is to be there afterwards, and nothing else.
    pub ensure_version_table: bool,
}

/// A comparison of models and database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compare {
    /// Models and database are compared; otherwise the revision is an empty one.
    pub compare: bool,
    /// Nothing is written, differences are an error.
    pub check: bool,
    /// What the revision would be, for `process_revision_directives`.
    pub script: Header,
}

/// The head of a revision that is to be made.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Header {
    /// Its id.
    pub rev_id: Option<String>,
    /// Its message.
    pub message: Option<String>,
    /// Its parents, as named.
    pub head: Vec<String>,
    /// Whether a parent may be no head.
    pub splice: bool,
    /// Its branch labels.
    pub branch_label: Vec<String>,
    /// Where its file goes.
    pub version_path: Option<String>,
    /// What it depends on, as named.
    pub depends_on: Vec<String>,
}

/// A command's part of a run.
pub trait Task {
    /// Called once for each `context.run_migrations()`.
    fn work(&mut self, visit: &Visit<'_>) -> Result<Work>;
    /// Called when env.py is through; `made` is what autogenerate found.
    fn finish(&mut self, made: Made) -> Result<()>;
}

/// What somebody does around the revisions of a run: the playground's first rows, its randomness.
pub trait Around {
    /// A revision begins.
    fn before(&mut self, revision: &str, direction: Direction);
    /// A revision is through; it is not committed yet, unless it was as it went.
    fn after(&mut self, revision: &str, direction: Direction, connection: &mut dyn Connection);
}

/// What env.py's comparisons and hooks made.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Made {
    /// The revisions to write; `None`: none were asked for.
    pub scripts: Option<Vec<MadeScript>>,
    /// `template_args` of `context.configure`.
    pub template_args: std::collections::BTreeMap<String, serde_json::Value>,
}

/// One revision to write. What `process_revision_directives` did not touch is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MadeScript {
    /// One for each `context.run_migrations()`.
    pub passes: Vec<Pass>,
    /// The head, as the hook left it.
    pub header: Option<Header>,
}

/// The bodies that one comparison made.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Pass {
    /// The migration context's number.
    pub context: usize,
    /// The number of a comparison that no hook has seen; its operations are filled in from it.
    pub compared: Option<usize>,
    /// The operations of `upgrade()`.
    pub upgrade: Vec<crate::ops::Operation>,
    /// Those of `downgrade()`.
    pub downgrade: Vec<crate::ops::Operation>,
    /// The template's variable for the upgrade.
    pub upgrade_token: String,
    /// The template's variable for the downgrade.
    pub downgrade_token: String,
    /// Lines that the hook wants imported.
    pub imports: Vec<String>,
    /// `sa.`
    pub sqlalchemy_module_prefix: String,
    /// `op.`
    pub alembic_module_prefix: String,
    /// The prefix of the user's types.
    pub user_module_prefix: Option<String>,
    /// Whether changes are written as batches.
    pub render_as_batch: bool,
    /// Whether env.py renders some items itself.
    pub render_item: bool,
    /// The dialect, for what is rendered its way.
    pub dialect: String,
}
