//! `downgrade`: back to an earlier revision.

use super::job::{Look, Start};
use super::{Environment, Target};
use crate::error::{Error, Result};
use crate::runtime::{Opts, Work};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// Where to.
    pub to: Target,
}

pub(super) fn start(_: &Environment, params: &Params) -> Result<Start> {
    let (from, to) = super::upgrade::range(&params.to)?;
    if params.to.sql && from.is_none() {
        return Err(Error::command("downgrade with --sql requires <fromrev>:<torev>"));
    }
    let opts = Opts {
        as_sql: params.to.sql,
        starting_rev: from,
        destination_rev: vec![to.clone()],
        tag: params.to.tag.clone(),
        ..Opts::default()
    };
    Ok(Look::start("downgrade", opts, move |visit, _| {
        Ok(Work { plan: visit.graph.downgrade(&to, visit.rows)?, ..Work::default() })
    }))
}
