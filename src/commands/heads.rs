//! `heads`: the revisions that no other follows.

use super::job::Start;
use super::{Environment, Outcome};
use crate::error::Result;
use crate::script::entry::{self, Shown};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// `-v`.
    pub verbose: bool,
    /// A dependency counts as a parent.
    pub resolve_dependencies: bool,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    let graph = environment.graph()?;
    let heads = if params.resolve_dependencies { graph.real_heads() } else { graph.heads() };
    let shown = Shown { labels: true, doc: false, parents: false, tree: false, current: false };
    let lines = heads.into_iter().map(|head| match params.verbose {
        true => entry::block(&graph, head, false),
        false => entry::line(&graph, head, shown),
    });
    Ok(Start::Done(Outcome::lines(lines)))
}
