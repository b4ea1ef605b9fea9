//! `edit`: revision files in an editor; which one is the terminal's affair.

use super::job::{Look, Start};
use super::{Environment, Outcome};
use crate::error::{Error, Result};
use crate::runtime::{Opts, Work};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// A revision, or "current".
    pub revision: String,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    if params.revision == "current" {
        return Ok(current());
    }
    let graph = environment.graph()?;
    let found = graph.get_all(&[&params.revision])?;
    if found.is_empty() {
        return Err(Error::command(format!("No revision files indicated by symbol '{}'", params.revision)));
    }
    let edit = found.into_iter().map(|revision| revision.path.clone()).collect();
    Ok(Start::Done(Outcome { edit, ..Outcome::default() }))
}

fn current() -> Start {
    Look::start("edit", Opts::default(), |visit, outcome| {
        if visit.rows.is_empty() {
            return Err(Error::command("No current revisions"));
        }
        outcome.edit.extend(visit.graph.get_all(visit.rows)?.into_iter().map(|revision| revision.path.clone()));
        Ok(Work::default())
    })
}
