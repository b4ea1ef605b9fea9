//! `history`: the revisions, newest first.

use super::job::{Look, Start};
use super::{Environment, Outcome, Said};
use crate::error::{Error, Result};
use crate::runtime::{Opts, Work};
use crate::script::entry::{self, Shown};
use crate::script::{Graph, Revision};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// `-r`: `[start]:[end]`.
    pub range: Option<String>,
    /// `-v`.
    pub verbose: bool,
    /// `-i`: mark the database's revision.
    pub indicate_current: bool,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    let (base, head) = ends(params.range.as_deref())?;
    let needs_database = base == "current" || head == "current" || params.indicate_current;
    if !needs_database && !environment.wants_environment() {
        let lines = lines(&environment.graph()?, &base, &head, &[], params)?;
        return Ok(Start::Done(Outcome::lines(lines)));
    }
    let params = params.clone();
    Ok(Look::start("history", Opts::default(), move |visit, outcome| {
        // A database that is nowhere bounds nothing, on either side.
        let here = |otherwise: &str| visit.rows.first().map_or_else(|| otherwise.to_string(), Clone::clone);
        let (base, head) = match (base.as_str(), head.as_str()) {
            (base, "current") => (base.to_string(), here("heads")),
            ("current", head) => (here("base"), head.to_string()),
            (base, head) => (base.to_string(), head.to_string()),
        };
        let lines = lines(visit.graph, &base, &head, visit.rows, &params)?;
        outcome.said.extend(lines.into_iter().map(Said::Line));
        Ok(Work::default())
    }))
}

fn ends(range: Option<&str>) -> Result<(String, String)> {
    let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.into() } else { text.to_string() };
    let Some(range) = range else { return Ok(("base".into(), "heads".into())) };
    let wrong = || Error::command("History range requires [start]:[end], [start]:, or :[end]");
    let (base, head) = range.trim().split_once(':').ok_or_else(wrong)?;
    Ok((or(base, "base"), or(head, "heads")))
}

fn lines(graph: &Graph, base: &str, head: &str, rows: &[String], params: &Params) -> Result<Vec<String>> {
    let text = |revision: &Revision| {
        let current = params.indicate_current && rows.contains(&revision.id);
        match params.verbose {
            true => entry::block(graph, revision, current),
            false => {
                entry::line(graph, revision, Shown { labels: true, doc: true, parents: true, tree: true, current })
            }
        }
    };
    Ok(graph.history(base, head)?.into_iter().map(text).collect())
}
