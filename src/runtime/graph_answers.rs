//! What `ScriptDirectory` asks of the graph.

use super::answer::Reply;
use super::border::Asked;
use crate::error::{Error, Result};
use crate::script::entry::{self, Shown};
use crate::script::{Graph, Revision};
use serde_json::{Value as Json, json};

/// A name, or several; none is where the history begins.
fn names(asked: &Asked<'_>) -> Result<Vec<String>> {
    Ok(asked.names(0)?.unwrap_or_else(|| vec!["base".into()]))
}

pub(super) fn answer(graph: &Graph, asked: &Asked<'_>) -> Result<Reply> {
    match asked.name.as_str() {
        "revision_number" => revision_number(graph, asked),
        "get_revision" => one(graph, asked),
        "get_revisions" => Ok(many(graph, &graph.get_all(&names(asked)?)?)),
        "all_current" => Ok(many(graph, &graph.all_current(&names(asked)?)?)),
        "current_head" => Ok(graph.current_head()?.map_or(Reply::None, |head| Reply::Text(head.into()))),
        "script_heads" => Ok(Reply::Texts(heads(graph, asked.load(0)?))),
        "script_bases" => Ok(Reply::Texts(ids(&graph.bases()))),
        "walk_revisions" => walk(graph, asked),
        "describe_revision" => describe(graph, asked),
        name => Err(Error::unsupported("Retort", format!("the request {name:?} of a script"))),
    }
}

fn revision_number(graph: &Graph, asked: &Asked<'_>) -> Result<Reply> {
    let mut found = Vec::new();
    for name in names(asked)? {
        found.extend(graph.as_revision_number(&name)?);
    }
    Ok(Reply::Texts(found))
}

fn one(graph: &Graph, asked: &Asked<'_>) -> Result<Reply> {
    let Some(name) = asked.load::<Option<String>>(0)? else { return Ok(Reply::None) };
    Ok(graph.get(&name)?.map_or(Reply::None, |found| Reply::Data(described(graph, found))))
}

fn many(graph: &Graph, found: &[&Revision]) -> Reply {
    Reply::Data(Json::Array(found.iter().map(|revision| described(graph, revision)).collect()))
}

fn heads(graph: &Graph, with_dependencies: bool) -> Vec<String> {
    if with_dependencies { ids(&graph.real_heads()) } else { ids(&graph.heads()) }
}

fn ids(revisions: &[&Revision]) -> Vec<String> {
    revisions.iter().map(|revision| revision.id.clone()).collect()
}

fn walk(graph: &Graph, asked: &Asked<'_>) -> Result<Reply> {
    let (base, head): (Option<String>, Option<String>) = (asked.load(0)?, asked.load(1)?);
    let found = graph.history(base.as_deref().unwrap_or("base"), head.as_deref().unwrap_or("heads"))?;
    Ok(many(graph, &found))
}

fn describe(graph: &Graph, asked: &Asked<'_>) -> Result<Reply> {
    let name: String = asked.load(0)?;
    let shown = Shown { labels: true, doc: true, parents: true, tree: true, current: false };
    Ok(graph.get(&name)?.map_or(Reply::None, |revision| Reply::Text(entry::line(graph, revision, shown))))
}

fn described(graph: &Graph, revision: &Revision) -> Json {
    json!({
        "id": revision.id,
        "path": revision.path,
        "doc": revision.doc(),
        "long_doc": revision.long_doc,
        "down": revision.down,
        "depends_on": revision.depends_on,
        "labels": graph.labels(&revision.id),
        "next": ids(&graph.children(&revision.id)),
        "is_head": graph.is_head(&revision.id),
    })
}
