//! `ensure_version`: the version table, if it is not there.

use super::Environment;
use super::job::{Look, Start};
use crate::error::Result;
use crate::runtime::{Opts, Work};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// `--sql`.
    pub sql: bool,
}

pub(super) fn start(_: &Environment, params: &Params) -> Result<Start> {
    let opts = Opts { as_sql: params.sql, ..Opts::default() };
    Ok(Look::start("ensure_version", opts, |_, _| Ok(Work { ensure_version_table: true, ..Work::default() })))
}
