//! `upgrade`: on to a later revision.

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
    let (from, to) = range(&params.to)?;
    let opts = Opts {
        as_sql: params.to.sql,
        starting_rev: from,
        destination_rev: vec![to.clone()],
        tag: params.to.tag.clone(),
        ..Opts::default()
    };
    Ok(Look::start("upgrade", opts, move |visit, _| {
        Ok(Work { plan: visit.graph.upgrade(&to, visit.rows)?, ..Work::default() })
    }))
}

/// `from:to`, which only offline scripts may say.
pub(super) fn range(target: &Target) -> Result<(Option<String>, String)> {
    match target.revision.split_once(':') {
        None => Ok((None, target.revision.clone())),
        Some(_) if !target.sql => Err(Error::command("Range revision not allowed")),
        Some((from, to)) => Ok((Some(from.into()), to.into())),
    }
}
