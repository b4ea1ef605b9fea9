//! A revision as the commands print it: `history`, `heads`, `branches`, `current`, `show`.

use super::{Revision, graph::Graph};

/// What a line about a revision shows besides its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Branch labels.
    pub labels: bool,
    /// The message.
    pub doc: bool,
    /// Parents and dependencies.
    pub parents: bool,
    /// `(branchpoint)` and `(mergepoint)`.
    pub tree: bool,
    /// `(current)`.
    pub current: bool,
}

/// One line: `a, b -> c (label) (head) (mergepoint), message`.
pub fn line(graph: &Graph, revision: &Revision, shown: Shown) -> String {
    let id = &revision.id;
    let mut text = String::new();
    if shown.parents {
        text += &revision.parents();
        if !revision.depends_on.is_empty() {
            text += &format!(" ({})", revision.depends_on.join(", "));
        }
        text += " -> ";
    }
    text += id;
    let labels = graph.labels(id);
    if shown.labels && !labels.is_empty() {
        text += &format!(" ({})", labels.join(", "));
    }
    let real = graph.is_real_head(id);
    mark(&mut text, real, "head");
    mark(&mut text, graph.is_head(id) && !real, "effective head");
    mark(&mut text, shown.current, "current");
    mark(&mut text, shown.tree && graph.is_branch_point(id), "branchpoint");
    mark(&mut text, shown.tree && graph.is_merge_point(id), "mergepoint");
    if shown.doc {
        text += &format!(", {}", revision.doc());
    }
    text
}

/// The block of `-v` and `show`, ending in a newline.
pub fn block(graph: &Graph, revision: &Revision, current: bool) -> String {
    let id = &revision.id;
    let mut text = format!("Rev: {id}");
    mark(&mut text, graph.is_head(id), "head");
    mark(&mut text, graph.is_branch_point(id), "branchpoint");
    mark(&mut text, graph.is_merge_point(id), "mergepoint");
    mark(&mut text, current, "current");
    let parents = if graph.is_merge_point(id) { "Merges" } else { "Parent" };
    text += &format!("\n{parents}: {}\n", revision.parents());
    field(&mut text, "Also depends on", &revision.depends_on);
    if graph.is_branch_point(id) {
        let children: Vec<String> = graph.children(id).into_iter().map(|child| child.id.clone()).collect();
        field(&mut text, "Branches into", &children);
    }
    field(&mut text, "Branch names", graph.labels(id));
    let doc: Vec<String> = revision.long_doc.lines().map(|line| format!("    {line}")).collect();
    text + &format!("Path: {}\n\n{}\n", revision.path, doc.join("\n"))
}

fn mark(text: &mut String, is: bool, what: &str) {
    if is {
        *text += &format!(" ({what})");
    }
}

fn field(text: &mut String, name: &str, values: &[String]) {
    if !values.is_empty() {
        *text += &format!("{name}: {}\n", values.join(", "));
    }
}
