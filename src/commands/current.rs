//! `current`: the revision that the database is at.

use super::job::{Look, Start};
use super::{Environment, Said};
use crate::error::{Error, Result};
use crate::runtime::{Opts, Visit, Work};
use crate::script::entry::{self, Shown};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// `-c`: fail unless all heads are there.
    pub check_heads: bool,
    /// `-v`.
    pub verbose: bool,
}

pub(super) fn start(_: &Environment, params: &Params) -> Result<Start> {
    let params = params.clone();
    let opts = Opts { dont_mutate: true, ..Opts::default() };
    Ok(Look::start("current", opts, move |visit, outcome| {
        if params.verbose {
            outcome.said.push(Said::Line(format!("Current revision(s) for {}:", visit.url)));
        }
        if params.check_heads {
            at_all_heads(visit)?;
        }
        let shown = Shown { labels: false, doc: false, parents: false, tree: true, current: false };
        for revision in visit.graph.all_current(visit.rows)? {
            let text = match params.verbose {
                true => entry::block(visit.graph, revision, false),
                false => entry::line(visit.graph, revision, shown),
            };
            outcome.said.push(Said::Line(text));
        }
        Ok(Work::default())
    }))
}

fn at_all_heads(visit: &Visit<'_>) -> Result<()> {
    let heads = visit.graph.heads();
    let all = heads.len() == visit.rows.len() && heads.iter().all(|head| visit.rows.contains(&head.id));
    if all { Ok(()) } else { Err(Error::command("Database is not on all head revisions")) }
}
