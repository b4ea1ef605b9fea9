//! How revisions follow each other: Alembic's `RevisionMap` as a value.
//!
//! Where Alembic iterates over Python sets, and so answers in a different order every time, this answers in the order in
//! which the revisions were loaded.

use super::{Revision, fault::Fault, revision::illegal_id};
use crate::error::Result;
use rustc_hash::FxHashMap;

/// Revisions, linked.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) keys: Keys,
    pub(super) heads: Vec<usize>,
    pub(super) real_heads: Vec<usize>,
    pub(super) bases: Vec<usize>,
    real_bases: Vec<usize>,
    /// What Alembic warns of while it loads: ids that are there twice, parents that are not there.
    pub warnings: Vec<String>,
}

/// A revision and its neighbours, by their places in [`Graph::nodes`].
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) revision: Revision,
    /// `down_revision`.
    pub(super) down: Vec<usize>,
    /// `depends_on`.
    pub(super) needs: Vec<usize>,
    /// `down_revision`, and of `depends_on` what no ancestor depends on already.
    pub(super) lower: Vec<usize>,
    /// Whose `down_revision` this is.
    pub(super) next: Vec<usize>,
    /// Whose `down_revision` or `depends_on` this is.
    pub(super) next_all: Vec<usize>,
    /// Its own branch labels, and those that it shares.
    pub(super) labels: Vec<String>,
}

/// Names of revisions: ids in the order of loading, then branch labels.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    pub(super) order: Vec<(String, usize)>,
    places: FxHashMap<String, usize>,
}

impl Keys {
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    fn insert(&mut self, name: &str, node: usize) {
        self.places.insert(name.into(), node);
        self.order.push((name.into(), node));
    }
}

impl Graph {
    /// Links revisions, in the order in which Alembic loads them: by location, then by file name.
    ///
    /// Fails, in Alembic's words, on ids with illegal characters, on loops and cycles, on labels used twice and on
    /// parents that are missing.
    pub fn build(revisions: Vec<Revision>) -> Result<Graph> {
        let mut graph = Graph::default();
        for revision in revisions {
            graph.add(revision)?;
        }
        graph.key_labels()?;
        graph.resolve_dependencies()?;
        graph.link()?;
        graph.drop_implied_dependencies();
        graph.find_ends();
        graph.detect_cycles()?;
        graph.spread_labels();
        Ok(graph)
    }

    fn add(&mut self, revision: Revision) -> Result<(), Fault> {
        let id = &revision.id;
        if revision.down.contains(id) {
            return Err(Fault::other(format!("Self-loop is detected in revisions ({id})")));
        }
        if revision.depends_on.contains(id) {
            return Err(Fault::other(format!("Dependency self-loop is detected in revisions ({id})")));
        }
        if let Some(complaint) = illegal_id(id) {
            return Err(Fault::Other(complaint));
        }
        let node = Node { labels: revision.branch_labels.clone(), ..Node::default() };
        if let Some(place) = self.keys.get(id) {
            self.warnings.push(format!("Revision {id} is present more than once"));
            self.nodes[place] = Node { revision, ..node };
        } else {
            self.keys.insert(id, self.nodes.len());
            self.nodes.push(Node { revision, ..node });
        }
        Ok(())
    }

    fn key_labels(&mut self) -> Result<(), Fault> {
        for place in 0..self.nodes.len() {
            let Revision { id, branch_labels, .. } = self.nodes[place].revision.clone();
            for label in branch_labels {
                if let Some(other) = self.keys.get(&label) {
                    let other = &self.nodes[other].revision.id;
                    let message = format!("Branch name '{label}' in revision {id} already used by revision {other}");
                    return Err(Fault::Other(message));
                }
                self.keys.insert(&label, place);
            }
        }
        Ok(())
    }

    fn resolve_dependencies(&mut self) -> Result<(), Fault> {
        for place in 0..self.nodes.len() {
            let wanted = self.nodes[place].revision.depends_on.clone();
            for name in wanted {
                let found = self.keys.get(&name).ok_or_else(|| self.missing(&name, place))?;
                self.nodes[place].needs.push(found);
            }
        }
        Ok(())
    }

    fn link(&mut self) -> Result<(), Fault> {
        for place in 0..self.nodes.len() {
            for name in self.nodes[place].revision.down.clone() {
                let Some(found) = self.keys.get(&name) else { return Err(self.missing(&name, place)) };
                add_once(&mut self.nodes[place].down, found);
                add_once(&mut self.nodes[found].next, place);
                add_once(&mut self.nodes[found].next_all, place);
            }
            for found in self.nodes[place].needs.clone() {
                add_once(&mut self.nodes[found].next_all, place);
            }
            let down = self.nodes[place].down.clone();
            self.nodes[place].lower = down;
        }
        Ok(())
    }

    /// Alembic warns so, and then stops with a `KeyError`; the warning is the better sentence.
    fn missing(&self, name: &str, from: usize) -> Fault {
        Fault::Other(format!("Revision {name} referenced from {} is not present", self.summary(from)))
    }

    /// `a -> b (head), message`: Alembic's `str(script)`.
    fn summary(&self, place: usize) -> String {
        let node = &self.nodes[place];
        let head = if node.next.is_empty() { " (head)" } else { "" };
        format!("{} -> {}{head}, {}", node.revision.parents(), node.revision.id, node.revision.doc())
    }

    fn drop_implied_dependencies(&mut self) {
        for place in 0..self.nodes.len() {
            if self.nodes[place].needs.is_empty() {
                continue;
            }
            let ancestors = self.related([place], |node| &node.down);
            let implied: Vec<usize> = ancestors
                .into_iter()
                .filter(|ancestor| *ancestor != place)
                .flat_map(|ancestor| self.nodes[ancestor].needs.clone())
                .collect();
            let node = &mut self.nodes[place];
            for needed in node.needs.clone() {
                if !implied.contains(&needed) {
                    add_once(&mut node.lower, needed);
                }
            }
        }
    }

    fn find_ends(&mut self) {
        let all = |wanted: fn(&Node) -> bool| (0..self.nodes.len()).filter(|it| wanted(&self.nodes[*it])).collect();
        let heads = all(|node| node.next.is_empty());
        let real_heads = all(|node| node.next_all.is_empty());
        let bases = all(|node| node.down.is_empty());
        let real_bases = all(|node| node.down.is_empty() && node.needs.is_empty());
        (self.heads, self.real_heads, self.bases, self.real_bases) = (heads, real_heads, bases, real_bases);
    }

    fn detect_cycles(&self) -> Result<(), Fault> {
        let plain = self.outside(&self.heads, &self.bases, |node| &node.down, |node| &node.next);
        self.complain("Cycle", plain)?;
        let with_dependencies = |node: &Node| [&node.down[..], &node.needs[..]].concat();
        let all: Vec<Vec<usize>> = self.nodes.iter().map(with_dependencies).collect();
        let below = self.reach(&self.real_heads, |place| &all[place]);
        let above = self.reach(&self.real_bases, |place| &self.nodes[place].next_all);
        let outside = (0..self.nodes.len()).filter(|it| !(below[*it] && above[*it])).collect();
        self.complain("Dependency cycle", outside)
    }

    fn outside(
        &self,
        heads: &[usize],
        bases: &[usize],
        down: fn(&Node) -> &Vec<usize>,
        up: fn(&Node) -> &Vec<usize>,
    ) -> Vec<usize> {
        let below = self.reach(heads, |place| down(&self.nodes[place]));
        let above = self.reach(bases, |place| up(&self.nodes[place]));
        (0..self.nodes.len()).filter(|it| !(below[*it] && above[*it])).collect()
    }

    fn reach<'a>(&'a self, from: &[usize], next: impl Fn(usize) -> &'a Vec<usize>) -> Vec<bool> {
        let mut seen = vec![false; self.nodes.len()];
        let mut todo = from.to_vec();
        while let Some(place) = todo.pop() {
            if !std::mem::replace(&mut seen[place], true) {
                todo.extend(next(place));
            }
        }
        seen
    }

    fn complain(&self, kind: &str, outside: Vec<usize>) -> Result<(), Fault> {
        if outside.is_empty() {
            return Ok(());
        }
        let everything = outside.len() == self.nodes.len();
        let mut ids: Vec<&str> = outside.into_iter().map(|place| self.id(place)).collect();
        if !everything {
            ids.sort_unstable();
        }
        Err(Fault::Other(format!("{kind} is detected in revisions ({})", ids.join(", "))))
    }

    /// A label belongs to its revision and all that follow; from the last of those it also goes down, to the next
    /// branch point or merge point.
    fn spread_labels(&mut self) {
        for place in 0..self.nodes.len() {
            if self.nodes[place].revision.branch_labels.is_empty() {
                continue;
            }
            let labels = self.nodes[place].labels.clone();
            let descendants = self.related([place], |node| &node.next);
            for descendant in &descendants {
                self.label(*descendant, &labels);
            }
            let mut below = descendants.last().copied();
            while let Some(place) = below.filter(|it| !self.forks(*it)) {
                self.label(place, &labels);
                below = self.nodes[place].down.first().copied();
            }
        }
    }

    fn forks(&self, place: usize) -> bool {
        self.nodes[place].next_all.len() > 1 || self.nodes[place].down.len() > 1
    }

    fn label(&mut self, place: usize, labels: &[String]) {
        for label in labels {
            if !self.nodes[place].labels.contains(label) {
                self.nodes[place].labels.push(label.clone());
            }
        }
    }

    pub(super) fn id(&self, place: usize) -> &str {
        &self.nodes[place].revision.id
    }

    pub(super) fn ids(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|place| self.id(*place).to_string()).collect()
    }

    pub(super) fn revisions_at(&self, places: &[usize]) -> Vec<&Revision> {
        places.iter().map(|place| &self.nodes[*place].revision).collect()
    }
}

/// What a user asks about a graph.
impl Graph {
    /// All revisions, in the order of loading.
    pub fn revisions(&self) -> impl Iterator<Item = &Revision> {
        self.nodes.iter().map(|node| &node.revision)
    }

    /// The revision with exactly this id.
    pub fn revision(&self, id: &str) -> Option<&Revision> {
        self.place(id).map(|place| &self.nodes[place].revision)
    }

    /// Revisions that no `down_revision` names.
    pub fn heads(&self) -> Vec<&Revision> {
        self.revisions_at(&self.heads)
    }

    /// Heads that no other revision depends on either: what the version table holds after `upgrade heads`.
    pub fn real_heads(&self) -> Vec<&Revision> {
        self.revisions_at(&self.real_heads)
    }

    /// Revisions without `down_revision`.
    pub fn bases(&self) -> Vec<&Revision> {
        self.revisions_at(&self.bases)
    }

    /// Whether no `down_revision` names it.
    pub fn is_head(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| node.next.is_empty())
    }

    /// Whether no `down_revision` and no `depends_on` names it.
    pub fn is_real_head(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| node.next_all.is_empty())
    }

    /// Whether several revisions follow it.
    pub fn is_branch_point(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| node.next.len() > 1)
    }

    /// Whether it follows several revisions.
    pub fn is_merge_point(&self, id: &str) -> bool {
        self.node(id).is_some_and(|node| node.down.len() > 1)
    }

    /// The branch labels that it has or shares.
    pub fn labels(&self, id: &str) -> &[String] {
        self.node(id).map_or(&[], |node| &node.labels)
    }

    /// The revisions whose `down_revision` names it.
    pub fn children(&self, id: &str) -> Vec<&Revision> {
        self.node(id).map_or_else(Vec::new, |node| self.revisions_at(&node.next))
    }

    /// What it follows: parents, and dependencies that no ancestor has already.
    pub fn lower(&self, id: &str) -> Vec<String> {
        self.node(id).map_or_else(Vec::new, |node| self.ids(&node.lower))
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.keys.get(id).filter(|place| self.id(*place) == id)
    }

    fn node(&self, id: &str) -> Option<&Node> {
        self.place(id).map(|place| &self.nodes[place])
    }
}

pub(super) fn add_once(list: &mut Vec<usize>, place: usize) {
    if !list.contains(&place) {
        list.push(place);
    }
}
