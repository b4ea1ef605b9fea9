//! `show`: a revision in full.

use super::job::{Look, Start};
use super::{Environment, Outcome, Said};
use crate::error::Result;
use crate::runtime::{Opts, Work};
use crate::script::{Graph, entry};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// A revision, or "current".
    pub revision: String,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    if params.revision == "current" {
        return Ok(Look::start("show", Opts::default(), |visit, outcome| {
            outcome.said.extend(blocks(visit.graph, visit.rows)?.into_iter().map(Said::Line));
            Ok(Work::default())
        }));
    }
    let lines = blocks(&environment.graph()?, std::slice::from_ref(&params.revision))?;
    Ok(Start::Done(Outcome::lines(lines)))
}

fn blocks(graph: &Graph, names: &[String]) -> Result<Vec<String>> {
    Ok(graph.get_all(names)?.into_iter().map(|revision| entry::block(graph, revision, false)).collect())
}
