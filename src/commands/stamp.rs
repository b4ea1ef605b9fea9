//! `stamp`: revisions written into the version table, nothing run.

use super::Environment;
use super::job::{Look, Start};
use crate::error::{Error, Result};
use crate::runtime::{Opts, Work};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// The revisions; with `sql` also `from:to`.
    pub revisions: Vec<String>,
    /// `--sql`.
    pub sql: bool,
    /// `--tag`.
    pub tag: Option<String>,
    /// `--purge`: the table is emptied first.
    pub purge: bool,
}

pub(super) fn start(_: &Environment, params: &Params) -> Result<Start> {
    let (from, targets) = if params.sql { ranges(&params.revisions)? } else { (None, params.revisions.clone()) };
    let opts = Opts {
        as_sql: params.sql,
        starting_rev: from,
        destination_rev: targets.clone(),
        tag: params.tag.clone(),
        purge: params.purge,
        ..Opts::default()
    };
    Ok(Look::start("stamp", opts, move |visit, _| {
        Ok(Work { plan: visit.graph.stamp(&targets, visit.rows)?, ..Work::default() })
    }))
}

fn ranges(revisions: &[String]) -> Result<(Option<String>, Vec<String>)> {
    let (mut start, mut targets) = (None, Vec::new());
    for revision in revisions {
        let Some((from, to)) = revision.split_once(':') else {
            targets.push(revision.clone());
            continue;
        };
        if start.get_or_insert_with(|| from.to_string()) != from {
            let words = "Stamp operation with --sql only supports a single starting revision at a time";
            return Err(Error::command(words));
        }
        targets.push(to.into());
    }
    Ok((start, targets))
}
