//! "Did you mean": the nearest of some names, by CPython's costs.

const MOVE: usize = 2;
const CASE: usize = 1;
/// Candidates that CPython looks at, at most.
const MOST: usize = 750;

/// The name that was probably meant, if one is near enough.
pub(crate) fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for name in names.into_iter().take(MOST) {
        if name == wrong {
            continue;
        }
        let allowed = (name.chars().count() + wrong.chars().count() + 3) * MOVE / 6;
        let allowed = best.map_or(allowed, |(distance, _)| allowed.min(distance - 1));
        let distance = distance(wrong, name);
        if distance <= allowed && best.is_none_or(|(known, _)| distance < known) {
            best = Some((distance, name));
        }
        if distance == 0 {
            break;
        }
    }
    best.map(|(_, name)| name.to_owned())
}

fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).map(|n| n * MOVE).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * MOVE;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + cost(*x, *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + MOVE).min(diagonal + MOVE);
        }
    }
    row[b.len()]
}

fn cost(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.to_lowercase().eq(b.to_lowercase()) {
        CASE
    } else {
        MOVE
    }
}
