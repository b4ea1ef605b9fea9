//! Sessions that were recorded from real Alembic: the lines of `tests/conformance/sessions`, the facts of `vectors/commands`.

use super::terminal::{Said, Terminal};
use serde_json::Value;
use std::path::Path;

/// The lines at which our program says something else, each as `session: line`, then the difference.
pub(super) fn differences(page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(page).expect("a session can be read");
    let name = super::stem(page);
    let vectors = format!("tests/conformance/vectors/commands/{name}.json");
    let facts: Value =
        serde_json::from_str(&std::fs::read_to_string(vectors).expect("facts are recorded")).expect("JSON");
    let mut lines = text.lines().peekable();
    let project =
        lines.next().and_then(|line| line.strip_prefix("project ")).expect("a session begins with its project");
    let terminal = Terminal::new((project != "none").then_some(project));
    let (mut found, mut seen) = (Vec::new(), std::collections::BTreeMap::<String, u32>::new());
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut body = Vec::new();
        while let Some(next) = lines.next_if(|next| belongs(line, next)) {
            body.push(next);
        }
        let count = seen.entry(line.into()).or_default();
        *count += 1;
        let key = if *count == 1 { line.to_string() } else { format!("{line}  #{count}") };
        if let Some(difference) = step(&terminal, line, &body, &facts[&key]) {
            found.push(format!("{name}: {key}\n{difference}"));
        }
    }
    found
}

fn belongs(line: &str, next: &str) -> bool {
    match line.split(' ').next() {
        Some("replace") => next.starts_with("- ") || next.starts_with("+ "),
        Some("write") => next.is_empty() || next.starts_with("    "),
        _ => false,
    }
}

fn step(terminal: &Terminal, line: &str, body: &[&str], facts: &Value) -> Option<String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "write" => {
            let text: Vec<&str> = body.iter().map(|row| row.get(4..).unwrap_or("")).collect();
            terminal.write(rest, &format!("{}\n", text.join("\n").trim_end_matches('\n')));
            None
        }
        "replace" => {
            let side = |at: usize| body[at][2..].replace("\\n", "\n");
            terminal.replace(rest, &side(0), &side(1));
            None
        }
        "sql" => match super::page::query(terminal, rest) {
            Err(error) => Some(error),
            Ok(rows) => {
                let expected = cells(&facts["rows"]);
                let reads = rest.to_ascii_uppercase().starts_with("SELECT");
                (reads && rows != expected).then(|| format!("  alembic: {expected:?}\n  ours:    {rows:?}"))
            }
        },
        _ => compare(&terminal.run(line), facts),
    }
}

fn compare(said: &Said, facts: &Value) -> Option<String> {
    let lines = |key: &str| -> Vec<String> {
        let array = facts[key].as_array().cloned().unwrap_or_default();
        array.iter().filter_map(|line| line.as_str().map(str::to_string)).collect()
    };
    let ordered = facts.get("order_stable") != Some(&Value::Bool(false));
    let sorted = |mut lines: Vec<String>| {
        if !ordered {
            lines.iter_mut().filter(|line| line.starts_with("Branches into: ")).for_each(|line| *line = in_order(line));
            lines.sort();
        }
        lines
    };
    let expected =
        (sorted(lines("stdout")), sorted(spoken(lines("stderr"))), facts["code"].as_i64().unwrap_or(0) as i32);
    let ours = (sorted(said.out.clone()), sorted(spoken(said.err.clone())), said.code);
    (expected != ours).then(|| format!("  alembic: {expected:#?}\n  ours: {ours:#?}"))
}

/// A line's words, sorted: the children of a revision are a set.
fn in_order(line: &str) -> String {
    let mut words: Vec<&str> = line.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// What a command says to a person on standard error: not its tracebacks, which are Python's own.
fn spoken(lines: Vec<String>) -> Vec<String> {
    let starts = ["INFO  [", "WARNI [", "ERROR [", "DEBUG [", "usage:"];
    lines.into_iter().filter(|line| starts.iter().any(|start| line.starts_with(start))).collect()
}

/// Recorded rows, their cells as text.
fn cells(rows: &Value) -> Vec<Vec<String>> {
    let text = |cell: &Value| match cell {
        Value::Null => "NULL".to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: &Value| row.as_array().map(|cells| cells.iter().map(text).collect()).unwrap_or_default();
    rows.as_array().map(|rows| rows.iter().map(row).collect()).unwrap_or_default()
}
