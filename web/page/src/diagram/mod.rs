//! Where the tables of the diagram stand, and how the lines between them run. Pure: boxes and edges in, places out.

mod route;

pub(crate) use route::Line;

use retort_protocol::schema::{Schema, Table};
use rust_sugiyama::configure::{Config, CrossingMinimization, RankingType};
use std::collections::BTreeSet;

/// The height of a table's head, its border included; panes.css says the same.
const HEAD: f64 = 30.0;
/// The height of a column.
const ROW: f64 = 24.0;
/// What separates columns from indexes and constraints.
const RULE: f64 = 7.0;
/// Room between two layers, for the lines.
pub(crate) const GAP: f64 = 72.0;
/// Room between two tables of a layer.
const SPACE: f64 = 24.0;
/// Beyond so many tables swapping neighbours costs more time than a step may take.
const MANY: usize = 40;

/// A diagram, laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// A box for each table, in the schema's order.
    pub(crate) boxes: Vec<Box>,
    /// A line for each edge, in the schema's order; none for one whose tables are not there.
    pub(crate) lines: Vec<Option<Line>>,
    /// How wide it is.
    pub(crate) width: f64,
    /// How high it is.
    pub(crate) height: f64,
}

/// Where a table stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Box {
    /// Its left edge.
    pub(crate) x: f64,
    /// Its upper edge.
    pub(crate) y: f64,
    /// How wide it is.
    pub(crate) width: f64,
    /// How high it is.
    pub(crate) height: f64,
    /// Its layer, from the left; tables that are pointed to stand left of those that point.
    layer: usize,
    /// Its part of the diagram: parts have no lines between them.
    part: usize,
}

/// A length in whole pixels. Printing a fraction would bring 20 KB of code along.
pub(crate) fn px(length: f64) -> i32 {
    length.round() as i32
}

/// Lays a schema out with tables of this width, in about so much room.
pub(crate) fn layout(schema: &Schema, width: f64, room: f64) -> Layout {
    let place = |name: &String| schema.tables.iter().position(|table| table.name == *name);
    let ends: Vec<_> = schema.edges.iter().map(|edge| place(&edge.from).zip(place(&edge.to))).collect();
    let heights: Vec<_> = schema.tables.iter().map(height).collect();
    let boxes = packed(&placed(&heights, &ends, width), room);
    let lines = route::lines(schema, &boxes, &ends);
    let width = boxes.iter().map(|at| at.x + at.width).fold(0.0, f64::max);
    let right = lines.iter().flatten().map(Line::right).fold(width, f64::max);
    let height = boxes.iter().map(|at| at.y + at.height).fold(0.0, f64::max);
    let low = lines.iter().flatten().map(Line::bottom).fold(height, f64::max);
    Layout { boxes, lines, width: right, height: low }
}

fn height(table: &Table) -> f64 {
    let parts = if table.parts.is_empty() { 0.0 } else { RULE + ROW * table.parts.len() as f64 };
    HEAD + ROW * table.columns.len() as f64 + parts + 2.0
}

/// The height of the middle of a column, below the table's upper edge; of the head, for a column that is not there.
fn column_middle(table: &Table, column: Option<&String>) -> f64 {
    let found = column.and_then(|name| table.columns.iter().position(|column| column.name == *name));
    found.map_or(HEAD / 2.0, |at| HEAD + ROW * at as f64 + ROW / 2.0)
}

/// Each part of the graph by itself, its upper left corner at zero.
fn placed(heights: &[f64], ends: &[Option<(usize, usize)>], width: f64) -> Vec<Vec<(usize, Box)>> {
    let vertices: Vec<_> =
        heights.iter().enumerate().map(|(at, height)| (at as u32, (height + SPACE, width))).collect();
    // A table that points to itself, or twice to another, says nothing about places.
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for (from, to) in ends.iter().flatten().filter(|(from, to)| from != to) {
        let edge = (*to as u32, *from as u32);
        if !edges.contains(&edge) {
            edges.push(edge);
        }
    }
    let edges = without_cycles(heights.len(), edges);
    if vertices.is_empty() {
        return Vec::new();
    }
    let config = Config {
        vertex_spacing: SPACE,
        c_minimization: CrossingMinimization::Barycenter,
        transpose: vertices.len() <= MANY,
        ranking_type: RankingType::Up,
        ..Config::default()
    };
    let parts = rust_sugiyama::from_vertices_and_edges(&vertices, &edges, &config);
    parts.into_iter().enumerate().map(|(part, (places, ..))| own_corner(&places, part, heights, width)).collect()
}

/// The edges without those that would lead back to where they came from.
fn without_cycles(vertices: usize, edges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut kept: Vec<(u32, u32)> = Vec::new();
    let mut next: Vec<Vec<u32>> = vec![Vec::new(); vertices];
    for (from, to) in edges {
        if !leads(&next, to, from) {
            next[from as usize].push(to);
            kept.push((from, to));
        }
    }
    kept
}

/// Whether there is a way from one vertex to another.
fn leads(next: &[Vec<u32>], from: u32, to: u32) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(here) = open.pop() {
        if here == to {
            return true;
        }
        open.extend(next[here as usize].iter().copied().filter(|there| seen.insert(*there)));
    }
    false
}

/// The library lays out from above to below; the page reads from left to right, so both axes change places.
fn own_corner(places: &[(usize, (f64, f64))], part: usize, heights: &[f64], width: f64) -> Vec<(usize, Box)> {
    let mut ranks: Vec<_> = places.iter().map(|(_, (_, rank))| *rank).collect();
    ranks.sort_by(f64::total_cmp);
    ranks.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let top = places.iter().map(|(at, (middle, _))| middle - heights[*at] / 2.0).fold(f64::INFINITY, f64::min);
    let mut boxes: Vec<_> = places
        .iter()
        .map(|(at, (middle, rank))| {
            let layer = ranks.iter().position(|known| (known - rank).abs() < 1.0).unwrap_or(0);
            let x = layer as f64 * (width + GAP);
            (*at, Box { x, y: (middle - heights[*at] / 2.0 - top).round(), width, height: heights[*at], layer, part })
        })
        .collect();
    apart(&mut boxes);
    boxes
}

/// Tables of one layer never touch, whatever the library thought of their sizes.
fn apart(boxes: &mut [(usize, Box)]) {
    boxes.sort_by(|(_, a), (_, b)| a.layer.cmp(&b.layer).then(a.y.total_cmp(&b.y)));
    for at in 1..boxes.len() {
        let above = boxes[at - 1].1;
        let below = &mut boxes[at].1;
        if above.layer == below.layer {
            below.y = below.y.max(above.y + above.height + SPACE);
        }
    }
}

/// All parts on one sheet: side by side while there is room, then below; the largest first.
fn packed(parts: &[Vec<(usize, Box)>], room: f64) -> Vec<Box> {
    let extent = |part: &Vec<(usize, Box)>| {
        let right = part.iter().map(|(_, at)| at.x + at.width).fold(0.0, f64::max);
        (right, part.iter().map(|(_, at)| at.y + at.height).fold(0.0, f64::max))
    };
    let mut order: Vec<_> = parts.iter().collect();
    order.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.iter().map(|(at, _)| *at).min()));
    let mut boxes = vec![Box::default(); parts.iter().map(Vec::len).sum()];
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for part in order {
        let (width, height) = extent(part);
        if x > 0.0 && x + width > room {
            (x, y, row) = (0.0, y + row + SPACE, 0.0);
        }
        for (at, place) in part {
            boxes[*at] = Box { x: place.x + x, y: place.y + y, ..*place };
        }
        x += width + SPACE;
        row = row.max(height);
    }
    boxes
}

#[cfg(test)]
mod tests {
    use super::*;
    use retort_protocol::schema::{Column, Edge, Marks};

    fn schema(tables: &[(&str, usize)], edges: &[(&str, &str)]) -> Schema {
        let table = |(name, columns): &(&str, usize)| Table {
            name: (*name).into(),
            columns: (0..*columns).map(|at| Column { name: format!("c{at}"), ..Column::default() }).collect(),
            ..Table::default()
        };
        let edge = |(from, to): &(&str, &str)| Edge {
            from: (*from).into(),
            columns: vec!["c1".into()],
            to: (*to).into(),
            targets: vec!["c0".into()],
            on_delete: None,
            optional: false,
            single: false,
            marks: Marks::default(),
        };
        Schema { tables: tables.iter().map(table).collect(), edges: edges.iter().map(edge).collect() }
    }

    fn overlapping(layout: &Layout) -> bool {
        let hit = |a: &Box, b: &Box| {
            a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
        };
        layout.boxes.iter().enumerate().any(|(at, a)| layout.boxes[at + 1..].iter().any(|b| hit(a, b)))
    }

    #[test]
    fn a_table_stands_left_of_those_that_point_to_it() {
        let layout = layout(&schema(&[("shipment", 5), ("seller", 4)], &[("shipment", "seller")]), 226.0, 500.0);
        assert!(layout.boxes[1].x < layout.boxes[0].x);
        assert!(layout.lines[0].is_some());
        assert!(!overlapping(&layout));
    }

    #[test]
    fn cycles_and_loops_and_strangers_are_laid_out_too() {
        let tables = [("a", 3), ("b", 9), ("c", 1), ("d", 2)];
        let edges = [("a", "b"), ("b", "a"), ("c", "c"), ("a", "b"), ("d", "gone")];
        let layout = layout(&schema(&tables, &edges), 226.0, 500.0);
        assert!(!overlapping(&layout));
        assert!(layout.lines[4].is_none());
    }

    #[test]
    fn no_graph_is_too_odd() {
        let names: Vec<_> = (0..60).map(|at| format!("t{at:02}")).collect();
        let mut seed = 7_u32;
        let mut next = move |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        for count in [1, 2, 3, 5, 8, 13, 21, 60] {
            for _ in 0..6 {
                let tables: Vec<_> = names[..count].iter().map(|name| (name.as_str(), next(20))).collect();
                let edges: Vec<_> =
                    (0..next(2 * count)).map(|_| (tables[next(count)].0, tables[next(count)].0)).collect();
                assert!(!overlapping(&layout(&schema(&tables, &edges), 226.0, 600.0)), "{tables:?} {edges:?}");
            }
        }
    }
}
