//! `branches`: where the history branches.

use super::job::Start;
use super::{Environment, Outcome};
use crate::error::Result;
use crate::script::entry::{self, Shown};
use crate::script::{Graph, Revision};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// `-v`.
    pub verbose: bool,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    let graph = environment.graph()?;
    let revisions = graph.history("base", "heads")?;
    let points = revisions.into_iter().filter(|revision| graph.is_branch_point(&revision.id));
    let lines = points.map(|point| shown(&graph, point, params.verbose));
    Ok(Start::Done(Outcome::lines(lines)))
}

fn shown(graph: &Graph, point: &Revision, verbose: bool) -> String {
    let child = Shown { labels: true, doc: verbose, parents: false, tree: true, current: false };
    let indent = " ".repeat(point.id.chars().count());
    let children: Vec<String> = graph
        .children(&point.id)
        .into_iter()
        .map(|it| format!("{indent} -> {}", entry::line(graph, it, child)))
        .collect();
    let itself = match verbose {
        true => entry::block(graph, point, false),
        false => entry::line(graph, point, Shown { doc: false, ..child }),
    };
    format!("{itself}\n{}\n", children.join("\n"))
}
