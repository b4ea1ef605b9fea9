//! One step of a plan: which function runs, and how the version table's rows move.

use super::graph::Graph;
use serde::{Deserialize, Serialize};

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Towards the heads.
    Up,
    /// Towards the base.
    Down,
}

/// One revision run, or one stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The revision whose function runs; `None`: only the version table changes.
    pub revision: Option<String>,
    /// Towards head or base.
    pub direction: Direction,
    /// Where it comes from, as the log writes it: dependencies are left out.
    pub from: Vec<String>,
    /// Where it goes to, as the log writes it.
    pub to: Vec<String>,
    /// The revision's message.
    pub doc: String,
    /// The revision's parents and the dependencies that count.
    pub lower: Vec<String>,
    /// A stamp that makes or removes a row of its own.
    pub moves_branch: bool,
}

/// A change of the version table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowMove {
    /// A new row.
    Insert(String),
    /// A row that changes.
    Update {
        /// The id until now.
        from: String,
        /// The id from now on.
        to: String,
    },
    /// A row that goes.
    Delete(String),
}

impl Step {
    pub(super) fn stamp(from: Vec<String>, to: Vec<String>, direction: Direction, moves_branch: bool) -> Self {
        Step { revision: None, direction, from, to, doc: String::new(), lower: Vec::new(), moves_branch }
    }

    /// The name of what runs: `upgrade`, `downgrade`, `stamp_revision`.
    pub fn name(&self) -> &'static str {
        match (&self.revision, self.direction) {
            (None, _) => "stamp_revision",
            (Some(_), Direction::Up) => "upgrade",
            (Some(_), Direction::Down) => "downgrade",
        }
    }

    /// `upgrade a -> b`: what offline scripts say after "-- Running ".
    pub fn short_log(&self) -> String {
        format!("{} {} -> {}", self.name(), self.from.join(", "), self.to.join(", "))
    }

    /// `upgrade a -> b, message`: what the log says after "Running ".
    pub fn log(&self) -> String {
        if self.doc.is_empty() { self.short_log() } else { format!("{}, {}", self.short_log(), self.doc) }
    }

    /// How the version table's rows move, and what `rows` is afterwards; Alembic's `HeadMaintainer`.
    pub fn move_rows(&self, graph: &Graph, rows: &mut Vec<String>) -> Vec<RowMove> {
        let moves = match &self.revision {
            None => self.stamp_moves(rows),
            Some(id) if self.direction == Direction::Up => self.upgrade_moves(id, graph, rows),
            Some(id) => self.downgrade_moves(id, graph, rows),
        };
        moves.iter().for_each(|it| it.apply(rows));
        moves
    }

    fn upgrade_moves(&self, id: &str, graph: &Graph, rows: &[String]) -> Vec<RowMove> {
        let present: Vec<&String> = self.lower.iter().filter(|it| rows.contains(it)).collect();
        match &present[..] {
            [] => vec![RowMove::Insert(id.into())],
            [one] => vec![update(one, id)],
            _ => {
                let others: Vec<&String> = rows.iter().filter(|row| !self.lower.contains(row)).collect();
                let present: Vec<String> = present.into_iter().cloned().collect();
                merge(&graph.not_below(&present, &others), id)
            }
        }
    }

    fn downgrade_moves(&self, id: &str, graph: &Graph, rows: &[String]) -> Vec<RowMove> {
        let has_row = rows.iter().any(|row| row == id);
        let others: Vec<&String> = rows.iter().filter(|row| *row != id).collect();
        let to = graph.left_after(&self.lower, &others);
        match (&to[..], &self.lower[..]) {
            ([], _) if has_row => vec![RowMove::Delete(id.into())],
            (_, [one]) => vec![update(id, one)],
            ([first @ .., last], _) if has_row => {
                first.iter().cloned().map(RowMove::Insert).chain([update(id, last)]).collect()
            }
            _ => self.lower.iter().filter(|it| rows.contains(it)).take(1).map(|one| update(id, one)).collect(),
        }
    }

    fn stamp_moves(&self, rows: &[String]) -> Vec<RowMove> {
        let missing = |ids: &[String]| ids.iter().any(|id| !rows.contains(id));
        let arrives = self.moves_branch || missing(&self.from);
        match (&self.from[..], &self.to[..]) {
            ([from, ..], _) if self.direction == Direction::Down && self.moves_branch => {
                vec![RowMove::Delete(from.clone())]
            }
            (_, [to, ..]) if self.direction == Direction::Up && arrives && missing(&self.to) => {
                vec![RowMove::Insert(to.clone())]
            }
            (from @ [_, _, ..], [to, ..]) => merge(from, to),
            ([from], [to]) => vec![update(from, to)],
            _ => Vec::new(),
        }
    }
}

impl RowMove {
    fn apply(&self, rows: &mut Vec<String>) {
        match self {
            RowMove::Insert(id) => rows.push(id.clone()),
            RowMove::Delete(id) => rows.retain(|row| row != id),
            RowMove::Update { from, to } => {
                rows.iter_mut().filter(|row| *row == from).for_each(|row| row.clone_from(to));
            }
        }
    }
}

fn update(from: &str, to: &str) -> RowMove {
    RowMove::Update { from: from.into(), to: to.into() }
}

/// All rows but the last go, and the last becomes the merge.
fn merge(from: &[String], to: &str) -> Vec<RowMove> {
    let Some((last, others)) = from.split_last() else { return vec![RowMove::Insert(to.into())] };
    others.iter().cloned().map(RowMove::Delete).chain([update(last, to)]).collect()
}

impl Graph {
    pub(super) fn step(&self, place: usize, direction: Direction) -> Step {
        let node = &self.nodes[place];
        let (here, parents) = (vec![node.revision.id.clone()], self.ids(&node.down));
        let (from, to) = match direction {
            Direction::Up => (parents, here),
            Direction::Down => (here, parents),
        };
        Step {
            revision: Some(node.revision.id.clone()),
            direction,
            from,
            to,
            doc: node.revision.doc().into(),
            lower: self.ids(&node.lower),
            moves_branch: false,
        }
    }

    /// Those of `ids` that no row of `others` stands on.
    fn not_below(&self, ids: &[String], others: &[&String]) -> Vec<String> {
        let below = self.ancestors(others.iter().filter_map(|row| self.keys.get(row)));
        let stands_free = |id: &&String| self.keys.get(id).is_none_or(|place| !below[place]);
        ids.iter().filter(stands_free).cloned().collect()
    }

    /// The rows that a downgrade leaves behind: parents that nothing else implies.
    fn left_after(&self, parents: &[String], others: &[&String]) -> Vec<String> {
        if !others.is_empty() {
            return self.not_below(parents, others);
        }
        let implied = |id: &String| {
            let others: Vec<&String> = parents.iter().filter(|it| *it != id).collect();
            self.not_below(std::slice::from_ref(id), &others).is_empty()
        };
        parents.iter().filter(|id| !implied(id)).cloned().collect()
    }
}
