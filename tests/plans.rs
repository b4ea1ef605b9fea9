//! Plans in graphs of revisions, against what real Alembic answered.

use retort::{
    error::Result,
    script::{Graph, Plan, Revision, entry},
};
use serde_json::{Value, json};

#[test]
fn plans_are_alembics() {
    let folder = "tests/conformance/vectors/plans";
    let files = std::fs::read_dir(folder).expect("the vectors are there");
    let mut wrong = Vec::new();
    for file in files.map(|file| file.expect("the folder can be read").path()) {
        let text = std::fs::read_to_string(&file).expect("the vectors are text");
        let cases: serde_json::Map<String, Value> = serde_json::from_str(&text).expect("the vectors are JSON");
        let graph = Graph::build(parse(&cases["graph"]["graph"])).expect("the graphs are right");
        for (question, answer) in &cases {
            let given = answered(&graph, question).unwrap_or_else(|error| json!({"error": error.to_string()}));
            if !same(&given, answer) {
                wrong.push(format!("{}: {question}\n  ours   {given}\n  theirs {answer}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Loaded as files are: sorted by name.
fn parse(lines: &Value) -> Vec<Revision> {
    let lines = lines.as_array().expect("a graph is a list of lines").iter().filter_map(Value::as_str);
    let mut revisions: Vec<Revision> = lines.filter(|line| !line.is_empty()).map(revision).collect();
    revisions.sort_by(|a, b| a.id.cmp(&b.id));
    revisions
}

/// `id <- parents label:x needs:y`.
fn revision(line: &str) -> Revision {
    let (id, rest) = line.split_once(" <- ").expect("a line has an arrow");
    let mut revision = Revision { id: id.into(), ..Revision::default() };
    for word in rest.split(' ') {
        match word.split_once(':') {
            Some(("label", label)) => revision.branch_labels.push(label.into()),
            Some((_, needed)) => revision.depends_on.push(needed.into()),
            None if word == "base" => {}
            None => revision.down.push(word.into()),
        }
    }
    revision
}

fn answered(graph: &Graph, question: &str) -> Result<Value> {
    let words: Vec<&str> = question.split(' ').collect();
    let rows = |text: &str| -> Vec<String> { text.split(',').filter(|it| *it != "base").map(String::from).collect() };
    match words[..] {
        ["resolve", name] => Ok(json!({"revisions": ids(&graph.get_all(&[name])?)})),
        [from, "upgrade", to] => Ok(walked(graph, &graph.upgrade(to, &rows(from))?, rows(from))),
        [from, "downgrade", to] => Ok(walked(graph, &graph.downgrade(to, &rows(from))?, rows(from))),
        [from, "stamp", to] => Ok(walked(graph, &graph.stamp(&[to.into()], &rows(from))?, rows(from))),
        _ => Ok(json!({
            "heads": ids(&graph.heads()),
            "bases": ids(&graph.bases()),
            "history": graph.history("base", "heads")?.into_iter().map(|it| line(graph, it)).collect::<Vec<_>>(),
        })),
    }
}

fn ids(revisions: &[&Revision]) -> Vec<String> {
    revisions.iter().map(|it| it.id.clone()).collect()
}

fn line(graph: &Graph, revision: &Revision) -> String {
    let shown = entry::Shown { labels: true, doc: false, parents: false, tree: true, current: false };
    entry::line(graph, revision, shown)
}

fn walked(graph: &Graph, plan: &Plan, mut rows: Vec<String>) -> Value {
    let mut steps = Vec::new();
    for step in &plan.steps {
        step.move_rows(graph, &mut rows);
        steps.push(json!({"step": step.short_log(), "heads": sorted(&rows)}));
    }
    let mut answer = json!({"steps": steps, "heads": sorted(&rows)});
    if !plan.warnings.is_empty() {
        answer["warnings"] = json!(plan.warnings);
    }
    answer
}

fn sorted(rows: &[String]) -> Vec<String> {
    let mut rows = rows.to_vec();
    rows.sort();
    rows
}

/// The same in all that is recorded and ours to say.
fn same(ours: &Value, theirs: &Value) -> bool {
    let Some(theirs) = theirs.as_object() else { return ours == theirs };
    theirs
        .iter()
        .filter(|(key, _)| !matches!(&key[..], "graph" | "moves" | "sql"))
        .all(|(key, value)| ours[key] == *value)
}
