//! The order of columns: Alembic's pairs of "comes before", sorted.

use crate::error::{Error, Result};

/// SQLAlchemy's `topological.sort`, deterministic: every round gives, in the order of `all`, what waits for nothing.
pub(super) fn sorted(pairs: &[(String, String)], all: &[String]) -> Result<Vec<String>> {
    let mut todo: Vec<&String> = all.iter().collect();
    let mut result = Vec::new();
    while !todo.is_empty() {
        let waits = |node: &String| pairs.iter().any(|(before, after)| after == node && todo.contains(&before));
        let (ready, later): (Vec<&String>, Vec<&String>) = todo.iter().partition(|node| !waits(node));
        if ready.is_empty() {
            return Err(Error::exception("sqlalchemy.exc.CircularDependencyError", "Circular dependency detected."));
        }
        result.extend(ready.into_iter().cloned());
        todo = later;
    }
    Ok(result)
}

/// Pairs of neighbours.
pub(super) fn neighbours(names: &[String]) -> impl Iterator<Item = (String, String)> {
    names.windows(2).map(|pair| (pair[0].clone(), pair[1].clone()))
}
