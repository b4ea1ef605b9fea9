//! What a run begins with.

use crate::config::Config;
use crate::dialect::Discipline;
use crate::host::Host;
use crate::script::{Directory, Graph};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use std::time::Duration;

/// Everything that a run of env.py needs.
pub struct Setup {
    /// The outside.
    pub host: Rc<dyn Host>,
    /// alembic.ini and pyproject.toml.
    pub config: Config,
    /// The folder of env.py.
    pub directory: Directory,
    /// The revisions.
    pub graph: Graph,
    /// Safe, or as Alembic.
    pub discipline: Discipline,
    /// The command's name.
    pub command: String,
    /// `-x`.
    pub x: Vec<String>,
    /// `-q`.
    pub quiet: bool,
    /// `--raiseerr`.
    pub raise_errors: bool,
    /// What the command tells its environment.
    pub opts: Opts,
}

/// What a command tells its environment: Alembic's `EnvironmentContext(…, **opts)`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Opts {
    /// `--sql`.
    pub as_sql: bool,
    /// The revision from which an offline script starts.
    pub starting_rev: Option<String>,
    /// Where it goes; more than one for `stamp`.
    pub destination_rev: Vec<String>,
    /// `--tag`.
    pub tag: Option<String>,
    /// `--purge`.
    pub purge: bool,
    /// Nothing is changed, so the version table is not made either.
    pub dont_mutate: bool,
    /// The command's own words, as env.py finds them in `config.cmd_opts`.
    pub words: serde_json::Map<String, serde_json::Value>,
    /// env.py may add variables for the template of a new revision.
    pub takes_template_args: bool,
}

impl Opts {
    /// For commands that make a revision.
    pub fn with_template_args() -> Self {
        Opts { takes_template_args: true, ..Opts::default() }
    }
}

/// How much a slice may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Python's instructions between two looks at the clock and at Stop.
    pub instructions: u64,
    /// How long the slice is.
    pub time: Duration,
    /// How long Python may compute without asking anything of the database before it counts as endless.
    pub patience: Duration,
}

impl Budget {
    /// The page's: slices of 20 ms, and two seconds of patience.
    pub fn page() -> Self {
        Budget { instructions: 200_000, time: Duration::from_millis(20), patience: Duration::from_secs(2) }
    }

    /// The terminal's: long slices, and a minute of patience.
    pub fn terminal() -> Self {
        Budget { instructions: 2_000_000, time: Duration::from_millis(200), patience: Duration::from_mins(1) }
    }
}

/// Whether a run stops after each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pausing {
    /// It goes on to the end.
    #[default]
    Never,
    /// It stops after each step.
    EachStep,
}
