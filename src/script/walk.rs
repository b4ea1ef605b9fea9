//! Ways through the graph: ancestors, descendants, steps up and down, and the order of the history.

use super::{
    fault::Fault,
    graph::{Graph, Node},
    resolve::Found,
};

impl Graph {
    /// Everything reachable from `targets`, themselves included, in Alembic's order of visiting.
    pub(super) fn related(
        &self,
        targets: impl IntoIterator<Item = usize>,
        next: impl Fn(&Node) -> &Vec<usize>,
    ) -> Vec<usize> {
        let (mut seen, mut visited) = (vec![false; self.nodes.len()], Vec::new());
        for target in targets {
            let mut todo = vec![target];
            while let Some(place) = todo.pop() {
                if !std::mem::replace(&mut seen[place], true) {
                    visited.push(place);
                    todo.extend(next(&self.nodes[place]));
                }
            }
        }
        visited
    }

    /// The same, as a set, refusing targets of which one lies on the way of another.
    pub(super) fn related_apart(
        &self,
        targets: &[usize],
        next: impl Fn(&Node) -> &Vec<usize>,
    ) -> Result<Vec<bool>, Fault> {
        let mut seen = vec![false; self.nodes.len()];
        for target in targets {
            let mut overlaps = Vec::new();
            let mut todo = vec![*target];
            while let Some(place) = todo.pop() {
                if place != *target && targets.contains(&place) {
                    super::graph::add_once(&mut overlaps, place);
                }
                if !std::mem::replace(&mut seen[place], true) {
                    todo.extend(next(&self.nodes[place]));
                }
            }
            if !overlaps.is_empty() {
                let (target, others) = (self.id(*target), self.ids(&overlaps).join(", "));
                let message = format!("Requested revision {target} overlaps with other requested revisions {others}");
                return Err(Fault::Other(message));
            }
        }
        Ok(seen)
    }

    pub(super) fn ancestors(&self, targets: impl IntoIterator<Item = usize>) -> Vec<bool> {
        self.set(&self.related(targets, |node| &node.lower))
    }

    pub(super) fn descendants(&self, targets: impl IntoIterator<Item = usize>) -> Vec<bool> {
        self.set(&self.related(targets, |node| &node.next_all))
    }

    pub(super) fn set(&self, places: &[usize]) -> Vec<bool> {
        let mut set = vec![false; self.nodes.len()];
        places.iter().for_each(|place| set[*place] = true);
        set
    }

    /// Goes `steps` up (positive) or down from `start`, where nothing means below the bases going up, above the heads
    /// going down. With `overwalk` the way ends where the graph does; otherwise going too far gives [`Found::Nothing`].
    pub(super) fn walk(
        &self,
        start: Option<usize>,
        steps: i64,
        label: Option<&str>,
        overwalk: bool,
    ) -> Result<Found, Fault> {
        let mut here = start.map_or(Found::Nothing, Found::Revision);
        for _ in 0..steps.unsigned_abs() {
            let mut ways = match here {
                _ if steps > 0 => self.ways_up(here, label)?,
                Found::Base => Vec::new(),
                Found::Nothing => self.heads.clone(),
                Found::Revision(place) => self.nodes[place].down.clone(),
            };
            if ways.len() > 1 {
                return Err(Fault::other("Ambiguous walk"));
            }
            here = match ways.pop() {
                Some(place) => Found::Revision(place),
                None if steps < 0 && here != Found::Base => Found::Base,
                None if overwalk => return Ok(here),
                None => return Ok(Found::Nothing),
            };
        }
        Ok(here)
    }

    fn ways_up(&self, from: Found, label: Option<&str>) -> Result<Vec<usize>, Fault> {
        let ways = match from {
            Found::Revision(place) => &self.nodes[place].next,
            Found::Base | Found::Nothing => &self.bases,
        };
        label.map_or_else(|| Ok(ways.clone()), |label| self.of_lineage(ways, label, false))
    }

    /// Alembic's order of the history, newest first: it goes down one branch for as long as nothing else stands on it.
    pub(super) fn newest_first(&self, wanted: &[bool], heads: &[usize]) -> Vec<usize> {
        let mut todo = wanted.to_vec();
        let mut tips: Vec<usize> = (0..self.nodes.len()).filter(|it| todo[*it] && heads.contains(it)).collect();
        let mut below: Vec<Vec<bool>> = tips.iter().map(|tip| self.ancestors([*tip])).collect();
        let (mut output, mut at) = (Vec::new(), 0);
        while !tips.is_empty() {
            let tip = tips[at];
            if let Some(other) = (0..tips.len()).find(|it| *it != at && below[*it][tip]) {
                at = other;
                continue;
            }
            if std::mem::replace(&mut todo[tip], false) {
                output.push(tip);
            }
            let node = &self.nodes[tip];
            let mut next = node.lower.iter().copied().filter(|it| todo[*it] && !tips.contains(it)).collect::<Vec<_>>();
            if next.is_empty() {
                tips.remove(at);
                below.remove(at);
                at = at.saturating_sub(1);
                continue;
            }
            let first = next.remove(0);
            tips[at] = first;
            if node.lower.len() == 1 {
                below[at][tip] = false;
            } else {
                below[at] = self.ancestors([first]);
                below.extend(next.iter().map(|place| self.ancestors([*place])));
                tips.extend(next);
            }
        }
        output
    }
}
