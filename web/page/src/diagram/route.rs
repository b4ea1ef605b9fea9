//! The lines between tables: level and upright pieces with round corners, in the room between the layers.

use super::{Box, GAP, column_middle};
use retort_protocol::schema::{Edge, Schema};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How round a corner is.
const ROUND: f64 = 8.0;
/// How far apart two upright pieces in the same room stand.
const BESIDE: f64 = 7.0;

/// A line, drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its path, its ends included.
    pub(crate) path: String,
    /// Where its few words stand: the middle of its longest upright piece.
    pub(crate) label: (f64, f64),
    corners: Vec<(f64, f64)>,
}

impl Line {
    /// Its rightmost place.
    pub(super) fn right(&self) -> f64 {
        self.corners.iter().map(|(x, _)| *x).fold(0.0, f64::max)
    }

    /// Its lowest place.
    pub(super) fn bottom(&self) -> f64 {
        self.corners.iter().map(|(_, y)| *y).fold(0.0, f64::max)
    }
}

/// The side of a table on which a line ends.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

impl Side {
    fn outward(self) -> f64 {
        if self == Side::Left { -1.0 } else { 1.0 }
    }

    fn of(self, at: &Box) -> f64 {
        if self == Side::Left { at.x } else { at.x + at.width }
    }
}

/// A line for each edge whose tables are there.
pub(super) fn lines(schema: &Schema, boxes: &[Box], ends: &[Option<(usize, usize)>]) -> Vec<Option<Line>> {
    let mut taken = BTreeMap::new();
    let line = |(edge, ends): (&Edge, &Option<(usize, usize)>)| {
        let (from, to) = (*ends)?;
        let start = column_middle(&schema.tables[from], edge.columns.first());
        let end = column_middle(&schema.tables[to], edge.targets.first());
        Some(one(edge, boxes, (from, to), (start, end), &mut taken))
    };
    schema.edges.iter().zip(ends).map(line).collect()
}

type Taken = BTreeMap<(usize, i64), u32>;

fn one(edge: &Edge, boxes: &[Box], (from, to): (usize, usize), (start, end): (f64, f64), taken: &mut Taken) -> Line {
    let (holder, target) = (&boxes[from], &boxes[to]);
    let (here, there) = match holder.layer.cmp(&target.layer) {
        _ if holder.part != target.part => (Side::Left, Side::Right),
        std::cmp::Ordering::Greater => (Side::Left, Side::Right),
        std::cmp::Ordering::Less => (Side::Right, Side::Left),
        std::cmp::Ordering::Equal => (Side::Right, Side::Right),
    };
    let first = (here.of(holder), holder.y + start);
    let last = (there.of(target), target.y + end);
    let mut corners = vec![first];
    let mut y = first.1;
    for layer in between(holder.layer, target.layer) {
        let across: Vec<_> = boxes.iter().filter(|at| at.layer == layer && at.part == holder.part).collect();
        let Some(sample) = across.first() else { continue };
        let lane = free(&across, y);
        let (near, far) = if here == Side::Left {
            (sample.x + sample.width + GAP / 2.0, sample.x - GAP / 4.0)
        } else {
            (sample.x - GAP / 2.0, sample.x + sample.width + GAP / 4.0)
        };
        let near = aside(near, holder.part, taken);
        corners.extend([(near, y), (near, lane), (far, lane)]);
        y = lane;
    }
    let turn = aside(last.0 + there.outward() * GAP / 2.0, holder.part, taken);
    corners.extend([(turn, y), (turn, last.1), last]);
    let label = label(&corners);
    let path = format!("{}{}{}", rounded(&corners), foot(first, here, edge), bar(last, there));
    Line { path, label, corners }
}

/// The layers that a line has to cross, in its order.
fn between(from: usize, to: usize) -> Vec<usize> {
    if from > to { (to + 1..from).rev().collect() } else { (from + 1..to).collect() }
}

/// The height nearest to `y` at which no table of the layer stands in the way.
fn free(across: &[&Box], y: f64) -> f64 {
    let blocked = |y: f64| across.iter().any(|at| at.y - 6.0 < y && y < at.y + at.height + 6.0);
    let edges = across.iter().flat_map(|at| [at.y - 12.0, at.y + at.height + 12.0]);
    let candidates = edges.chain([y]).filter(|y| !blocked(*y) && *y > -20.0);
    candidates.min_by(|a, b| (a - y).abs().total_cmp(&(b - y).abs())).unwrap_or(y)
}

/// A place for an upright piece that no other line has taken.
fn aside(x: f64, part: usize, taken: &mut Taken) -> f64 {
    let times = taken.entry((part, x.round() as i64)).or_insert(0);
    let step = f64::from(times.div_ceil(2)) * BESIDE;
    let moved = if times.is_multiple_of(2) { x - step } else { x + step };
    *times = (*times + 1) % 7;
    moved
}

fn label(corners: &[(f64, f64)]) -> (f64, f64) {
    let upright = corners.windows(2).filter(|pair| (pair[0].0 - pair[1].0).abs() < 0.5);
    let longest = upright.max_by(|a, b| (a[0].1 - a[1].1).abs().total_cmp(&(b[0].1 - b[1].1).abs()));
    longest.map_or(corners[0], |pair| (pair[0].0, f64::midpoint(pair[0].1, pair[1].1)))
}

/// The path through all corners, each of them rounded as far as there is room.
fn rounded(corners: &[(f64, f64)]) -> String {
    let mut path = format!("M{}", at(corners[0]));
    for place in 1..corners.len() - 1 {
        let (before, here, after) = (corners[place - 1], corners[place], corners[place + 1]);
        let round = ROUND.min(distance(before, here) / 2.0).min(distance(here, after) / 2.0);
        let (begin, end) = (towards(here, before, round), towards(here, after, round));
        let _ = write!(path, "L{}Q{} {}", at(begin), at(here), at(end));
    }
    let last = corners[corners.len() - 1];
    let _ = write!(path, "L{}", at(last));
    path
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

fn towards(from: (f64, f64), to: (f64, f64), by: f64) -> (f64, f64) {
    let long = distance(from, to).max(0.001);
    (from.0 + (to.0 - from.0) / long * by, from.1 + (to.1 - from.1) / long * by)
}

/// The end at the table that points: a crow's foot for many rows, a bar for at most one, a ring where there may be none.
fn foot((x, y): (f64, f64), side: Side, edge: &Edge) -> String {
    let out = side.outward();
    let toe = at((x + out * 10.0, y));
    let crow = format!("M{toe}L{}M{toe}L{}", at((x, y - 6.0)), at((x, y + 6.0)));
    let mut path = if edge.single { bar((x, y), side) } else { crow };
    if edge.optional {
        let _ = write!(path, "M{}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0", at((x + out * 14.0 - 3.5, y)));
    }
    path
}

/// The end at the table that is pointed to.
fn bar((x, y): (f64, f64), side: Side) -> String {
    format!("M{}V{}", at((x + side.outward() * 7.0, y - 5.0)), super::px(y + 5.0))
}

/// A place as a path writes it.
fn at((x, y): (f64, f64)) -> String {
    format!("{} {}", super::px(x), super::px(y))
}
