//! What has to be done so that a database looks like the models: Alembic's autogenerate.
//!
//! The order of the operations is Alembic's where Alembic has one. Where it goes through Python sets, and so answers
//! differently every time, the order is one that Alembic might give and that works: tables are dropped before those that
//! they refer to.

mod checks;
mod circles;
mod columns;
mod comments;
mod constraints;
mod foreign_keys;
mod policy;
mod tables;

pub use self::policy::{Everything, Kind, Object, Opinion, Parents, Policy};

use crate::{
    dialect::Dialect,
    error::Result,
    ops::Operation,
    schema::{MetaData, TableName},
};

/// Two sides of one thing: what there is and what there should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<T> {
    /// What the database has.
    pub current: T,
    /// What the models say.
    pub target: T,
}

/// What `context.configure` says about the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// `compare_type`.
    pub types: bool,
    /// `compare_server_default`, true also where it is a function.
    pub server_defaults: bool,
    /// The plugin `alembic.ext.checkconstraint_byname`.
    pub checks: bool,
    /// Alembic's own table, on neither side compared.
    pub version_table: TableName,
}

impl Default for Options {
    fn default() -> Self {
        Options { types: true, server_defaults: false, checks: false, version_table: TableName::new("alembic_version") }
    }
}

/// A line of the log, at level INFO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The logger: "alembic.autogenerate.compare.tables".
    pub logger: &'static str,
    /// The message.
    pub message: String,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// What has to be done, in Alembic's order; the changes of one table are together in one `ModifyTable`.
    pub operations: Vec<Operation>,
    /// What the log says.
    pub log: Vec<Line>,
    /// What Alembic warns of.
    pub warnings: Vec<String>,
}

/// Compares a reflected database with the models.
pub fn diff(pair: Pair<&MetaData>, dialect: &dyn Dialect, options: &Options, policy: &mut dyn Policy) -> Result<Found> {
    let mut comparison = Comparison { dialect, options, policy, found: Found::default(), remarks: Vec::new() };
    comparison.tables(pair)?;
    Ok(comparison.found)
}

/// A comparison on its way.
struct Comparison<'a> {
    dialect: &'a dyn Dialect,
    options: &'a Options,
    policy: &'a mut dyn Policy,
    found: Found,
    /// What is to be said of a reflected table once it is looked at.
    remarks: Vec<(TableName, String)>,
}

const TABLES: &str = "alembic.autogenerate.compare.tables";
const CONSTRAINTS: &str = "alembic.autogenerate.compare.constraints";
const TYPES: &str = "alembic.autogenerate.compare.types";
const DEFAULTS: &str = "alembic.autogenerate.compare.server_defaults";
const COMMENTS: &str = "alembic.autogenerate.compare.comments";
const POSTGRESQL: &str = "alembic.ddl.postgresql";

impl Comparison<'_> {
    fn log(&mut self, logger: &'static str, message: String) {
        self.found.log.push(Line { logger, message });
    }

    fn warn(&mut self, message: String) {
        self.found.warnings.push(message);
    }
}

/// The plugins of Alembic, in the order of their set-up.
const PLUGINS: [&str; 7] = [
    "alembic.autogenerate.schemas",
    "alembic.autogenerate.tables",
    "alembic.autogenerate.types",
    "alembic.autogenerate.constraints",
    "alembic.autogenerate.defaults",
    "alembic.autogenerate.comments",
    CHECK_PLUGIN,
];

/// The plugin behind [`Options::checks`].
pub const CHECK_PLUGIN: &str = "alembic.ext.checkconstraint_byname";

/// The plugins that `autogenerate_plugins` names: globs, and with `~` what they leave out. A glob that finds nothing is
/// an error.
pub fn plugins(patterns: &[String]) -> Result<Vec<&'static str>> {
    let legacy = |name: &str| {
        let old = name == "alembic.autogenerate.checkconstraint_byname";
        if old { CHECK_PLUGIN.to_string() } else { name.into() }
    };
    let (left_out, wanted): (Vec<&String>, Vec<&String>) = patterns.iter().partition(|it| it.starts_with('~'));
    let wanted: Vec<(&String, String)> = wanted.into_iter().map(|it| (it, legacy(it))).collect();
    let left_out: Vec<String> = left_out.into_iter().map(|it| legacy(&it[1..])).collect();
    let kept = PLUGINS.iter().filter(|name| !left_out.iter().any(|glob| matches(glob, name)));
    let found: Vec<&'static str> =
        kept.copied().filter(|name| wanted.iter().any(|(_, glob)| matches(glob, name))).collect();
    let lost: Vec<&str> = wanted
        .iter()
        .filter(|(_, glob)| !found.iter().any(|name| matches(glob, name)))
        .map(|(it, _)| &it[..])
        .collect();
    if lost.is_empty() {
        return Ok(found);
    }
    Err(crate::error::Error::command(format!("Did not locate plugins: {}", lost.join(", "))))
}

/// What the log says while plugins are set up.
pub fn plugin_lines(plugins: &[&'static str]) -> Vec<Line> {
    let line = |name: &&str| Line {
        logger: "alembic.runtime.plugins",
        message: format!("setting up autogenerate plugin {name}"),
    };
    plugins.iter().map(line).collect()
}

/// Whether a dotted name fits a pattern in which `*` stands for any names.
fn matches(glob: &str, name: &str) -> bool {
    match glob.split_once('*') {
        None => glob == name,
        Some((start, rest)) => {
            let Some(tail) = name.strip_prefix(start) else { return false };
            (0..=tail.len()).any(|at| matches(rest, &tail[at..]))
        }
    }
}

#[cfg(test)]
mod tests;
