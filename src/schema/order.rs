//! Tables in the order in which they can be created: SQLAlchemy's `MetaData.sorted_tables`.

use super::{Table, TableName, table::ConstraintKind};
use std::collections::{BTreeMap, BTreeSet};

/// Tables in an order in which foreign keys find what they refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sorted<'a> {
    /// The tables: those that refer to nothing first, by name within each layer.
    pub tables: Vec<&'a Table>,
    /// Tables that refer to each other in a circle; their foreign keys were not considered.
    pub circular: Vec<&'a TableName>,
}

/// Sorts tables. Foreign keys with `use_alter`, and those to tables that are not among them, say nothing.
pub fn sorted<'a>(tables: impl IntoIterator<Item = &'a Table>) -> Sorted<'a> {
    let by_key: BTreeMap<String, &Table> = tables.into_iter().map(|table| (key(&table.name), table)).collect();
    let tables: Vec<&Table> = by_key.into_values().collect();
    let places: BTreeMap<&TableName, usize> = tables.iter().enumerate().map(|(at, table)| (&table.name, at)).collect();
    let mut needs: Vec<BTreeSet<usize>> = tables.iter().map(|table| needed(table, &places)).collect();
    let circular = in_circles(&needs);
    circular.iter().for_each(|at| needs[*at].clear());
    let order: Vec<usize> = layers(&needs).into_iter().flatten().collect();
    let circular = circular.into_iter().map(|at| &tables[at].name).collect();
    Sorted { tables: order.into_iter().map(|at| tables[at]).collect(), circular }
}

/// Those that need nothing, then those that need only the former, and so on; circles and what stands on them are left
/// out.
fn layers(needs: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
    let mut unmet: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    let mut needed_by = vec![Vec::new(); needs.len()];
    for (at, needs) in needs.iter().enumerate() {
        needs.iter().for_each(|need| needed_by[*need].push(at));
    }
    let mut layer: Vec<usize> = (0..needs.len()).filter(|at| unmet[*at] == 0).collect();
    let mut layers = Vec::new();
    while !layer.is_empty() {
        let mut next = Vec::new();
        for by in layer.iter().flat_map(|at| &needed_by[*at]) {
            unmet[*by] -= 1;
            if unmet[*by] == 0 {
                next.push(*by);
            }
        }
        next.sort_unstable();
        layers.push(std::mem::replace(&mut layer, next));
    }
    layers
}

/// `schema.name`, by which SQLAlchemy sorts.
fn key(name: &TableName) -> String {
    name.schema.as_ref().map_or_else(|| name.name.clone(), |schema| format!("{schema}.{}", name.name))
}

fn needed(table: &Table, places: &BTreeMap<&TableName, usize>) -> BTreeSet<usize> {
    let referred = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
        ConstraintKind::ForeignKey(key) if !key.use_alter && key.referred != table.name => Some(&key.referred),
        _ => None,
    });
    referred.filter_map(|name| places.get(name).copied()).collect()
}

/// The tables from which a way leads back to themselves.
fn in_circles(needs: &[BTreeSet<usize>]) -> Vec<usize> {
    let freed: BTreeSet<usize> = layers(needs).into_iter().flatten().collect();
    let left: BTreeSet<usize> = (0..needs.len()).filter(|at| !freed.contains(at)).collect();
    // What stands on a circle is left as well.
    left.iter().copied().filter(|at| leads_back(*at, needs, &left)).collect()
}

fn leads_back(start: usize, needs: &[BTreeSet<usize>], among: &BTreeSet<usize>) -> bool {
    let (mut seen, mut todo) = (BTreeSet::new(), vec![start]);
    while let Some(at) = todo.pop() {
        for next in needs[at].iter().filter(|it| among.contains(it)) {
            if *next == start {
                return true;
            }
            if seen.insert(*next) {
                todo.push(*next);
            }
        }
    }
    false
}
