//! The track: revisions in order, their lanes, their beads.

use retort::script::Graph;
use retort_protocol::timeline::{Bead, BeadKind, BeadState, Revision, State, Timeline};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Where the database stands, as the track draws it.
#[derive(Debug, Default)]
pub struct Standing {
    /// The rows of the version table.
    pub heads: Vec<String>,
    /// The revision that is being run.
    pub open: Option<Open>,
    /// The revision that was run last and stands complete; the playhead is on its last bead.
    pub last: Option<String>,
    /// The revision and the step at which the last run failed.
    pub failed: Option<(String, u32)>,
    /// Applied revisions whose files have been edited since.
    pub edited: BTreeSet<String>,
}

/// A revision that is being run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub revision: String,
    /// Towards head.
    pub upgrade: bool,
    /// Steps done; those beyond, up to the frontier, have been rewound.
    pub done: u32,
    /// Steps in all, as far as known.
    pub of: u32,
}

/// A step as it is known from a run, be it on a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its shape.
    pub kind: BeadKind,
    /// A few words.
    pub label: String,
    /// What is known about it before it is taken.
    pub finding: Option<String>,
}

/// The steps of revisions by id and direction (`true`: upgrade).
pub type Steps = HashMap<(String, bool), Vec<Known>>;

/// The whole track.
pub fn timeline(graph: &Graph, standing: &Standing, steps: &Steps) -> Timeline {
    let applied = applied(graph, &standing.heads);
    let mut ordered: Vec<&retort::script::Revision> = graph.history("base", "heads").unwrap_or_default();
    ordered.reverse();
    let lanes = lanes(&ordered);
    let revisions = ordered.iter().zip(lanes).map(|(revision, lane)| {
        let state = state(&revision.id, standing, &applied);
        Revision {
            id: revision.id.clone(),
            message: revision.doc().into(),
            path: crate::shell::paths::relative(&revision.path).unwrap_or(&revision.path).into(),
            parents: revision.down.clone(),
            labels: graph.labels(&revision.id).to_vec(),
            lane,
            state,
            head: graph.is_head(&revision.id),
            edited: standing.edited.contains(&revision.id),
            beads: beads(&revision.id, state, standing, steps),
        }
    });
    Timeline { revisions: revisions.collect(), at_base: applied.is_empty() && standing.open.is_none() }
}

/// Every revision that the version table's rows imply.
pub fn applied(graph: &Graph, heads: &[String]) -> BTreeSet<String> {
    let mut applied = BTreeSet::new();
    let mut waiting = heads.to_vec();
    while let Some(id) = waiting.pop() {
        if graph.revision(&id).is_some() && applied.insert(id.clone()) {
            waiting.extend(graph.lower(&id));
        }
    }
    applied
}

fn state(id: &str, standing: &Standing, applied: &BTreeSet<String>) -> State {
    match &standing.open {
        Some(open) if open.revision == id && open.upgrade => State::Upgrading { done: open.done, of: open.of },
        Some(open) if open.revision == id => State::Downgrading { done: open.done, of: open.of },
        _ if standing.failed.as_ref().is_some_and(|(failed, _)| failed == id) => State::Failed,
        _ if applied.contains(id) => State::Applied,
        _ => State::Pending,
    }
}

fn beads(id: &str, state: State, standing: &Standing, steps: &Steps) -> Vec<Bead> {
    let upgrade = !matches!(state, State::Downgrading { .. });
    let none = Vec::new();
    let known = steps.get(&(id.to_string(), upgrade)).unwrap_or(&none);
    let failed = standing.failed.as_ref().filter(|(failed, _)| failed == id).map(|(_, step)| *step);
    let done = match state {
        State::Upgrading { done, .. } | State::Downgrading { done, .. } => done,
        State::Applied => known.len() as u32,
        State::Pending | State::Failed => 0,
    };
    let stands = state.is_open() || (state == State::Applied && standing.last.as_deref() == Some(id));
    let bead = |(step, known): (u32, &Known)| Bead {
        step,
        kind: known.kind,
        label: known.label.clone(),
        state: match failed {
            Some(failed) if failed == step => BeadState::Failed,
            _ if step <= done => BeadState::Done,
            _ => BeadState::Ahead,
        },
        here: stands && step == done,
        finding: known.finding.clone(),
    };
    let mut beads: Vec<Bead> = (1..).zip(known).map(bead).collect();
    if !upgrade {
        beads.reverse();
    }
    beads
}

/// A lane for each revision: the first child goes on in its parent's, the others take the lowest that is free.
fn lanes(ordered: &[&retort::script::Revision]) -> Vec<u16> {
    // Whose line runs in each lane; `None` is free.
    let mut tips: Vec<Option<&str>> = Vec::new();
    let mut lanes = Vec::new();
    for (at, revision) in ordered.iter().enumerate() {
        let own = revision.down.iter().find_map(|parent| tips.iter().position(|tip| *tip == Some(parent.as_str())));
        let lane = own.or_else(|| tips.iter().position(Option::is_none)).unwrap_or_else(|| {
            tips.push(None);
            tips.len() - 1
        });
        tips[lane] = Some(&revision.id);
        let goes_on = |tip: &str| ordered[at + 1..].iter().any(|later| later.down.iter().any(|parent| parent == tip));
        for tip in &mut tips {
            *tip = tip.filter(|tip| goes_on(tip));
        }
        lanes.push(lane as u16);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(text: &str) -> Graph {
        let revision = |line: &str| {
            let (id, down) = line.split_once(':').expect("id: parents");
            retort::script::Revision {
                id: id.trim().into(),
                down: down.split_whitespace().map(str::to_string).collect(),
                ..retort::script::Revision::default()
            }
        };
        Graph::build(text.lines().map(revision).collect()).expect("a graph")
    }

    fn check(text: &str, heads: &str, expected: &str) {
        let standing =
            Standing { heads: heads.split_whitespace().map(str::to_string).collect(), ..Standing::default() };
        let track = timeline(&graph(text), &standing, &Steps::new());
        let mark = |revision: &Revision| if revision.state == State::Applied { "*" } else { "" };
        let shown: Vec<String> =
            track.revisions.iter().map(|it| format!("{}{}/{}", it.id, mark(it), it.lane)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn a_line_has_one_lane_and_branches_have_their_own() {
        check("a:\nb: a\nc: b", "b", "a*/0 b*/0 c/0");
        check("a:\nb: a\nc: a\nd: b c", "", "a/0 c/0 b/1 d/1");
    }

    #[test]
    fn the_beads_of_a_downgrade_stand_the_other_way_round() {
        let known = |label: &str| Known { kind: BeadKind::Operation, label: label.into(), finding: None };
        let steps = Steps::from([(("a".to_string(), false), vec![known("first"), known("second")])]);
        let open = Some(Open { revision: "a".into(), upgrade: false, done: 1, of: 2 });
        let track = timeline(&graph("a:"), &Standing { open, heads: vec!["a".into()], ..Standing::default() }, &steps);
        let beads: Vec<(u32, bool)> = track.revisions[0].beads.iter().map(|bead| (bead.step, bead.here)).collect();
        assert_eq!(beads, [(2, false), (1, true)]);
    }
}
