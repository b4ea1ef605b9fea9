//! `cargo xtask build`: the page for publishing, measured against its budgets.

use crate::process::{self, command, output};
use crate::{Result, paths, setup};
use std::collections::BTreeMap;
use std::fs;

/// Sets up, builds into `dist/` and measures.
pub fn run() -> Result<()> {
    setup::for_the_page()?;
    page()?;
    measure()
}

/// Builds the page into `dist/`.
pub fn page() -> Result<()> {
    process::run(command("trunk", ["build", "--release"]))
}

/// Prints every part's compressed size beside its budget. Over a budget, or with SQLite inside the page, is an error.
pub fn measure() -> Result<()> {
    let sizes = sizes()?;
    let budgets = budgets()?;
    let mut over = Vec::new();
    println!("\n{:<10} {:>9} {:>9}", "", "brotli", "budget");
    for (part, budget) in &budgets {
        let size = sizes.get(part).copied().unwrap_or_default();
        println!("{part:<10} {size:>9} {budget:>9}");
        if size > *budget {
            over.push(part.as_str());
        }
    }
    without_sqlite()?;
    if over.is_empty() { Ok(()) } else { Err(format!("Over the budget of budgets.toml: {}.", over.join(", "))) }
}

/// Compressed bytes by part of the page, and their sum.
fn sizes() -> Result<BTreeMap<String, u64>> {
    let said = output(command("node", ["xtask/sizes.mjs"])).ok_or("dist/ could not be measured.")?;
    let line = |line: &str| Some((line.split(' ').next()?.to_owned(), line.split(' ').nth(1)?.parse().ok()?));
    Ok(said.lines().filter_map(line).collect())
}

/// The lines `part = bytes` of budgets.toml.
fn budgets() -> Result<Vec<(String, u64)>> {
    let text = fs::read_to_string(paths::root().join("budgets.toml")).map_err(|error| error.to_string())?;
    let line = |line: &str| {
        let (part, bytes) = line.split_once(" = ")?;
        Some((part.to_owned(), bytes.replace('_', "").parse().ok()?))
    };
    Ok(text.lines().filter_map(line).collect())
}

/// The page must not link the engine: one value type from a crate with SQLite puts all of it into the page.
fn without_sqlite() -> Result<()> {
    let files = fs::read_dir(paths::root().join("dist")).map_err(|error| error.to_string())?;
    for file in files.filter_map(std::result::Result::ok) {
        let name = file.file_name().to_string_lossy().into_owned();
        let bytes = if name.starts_with("retort-page") { fs::read(file.path()) } else { continue };
        if bytes.is_ok_and(|bytes| bytes.windows(8).any(|window| window == b"sqlite3_")) {
            return Err(format!("{name} holds SQLite: the page must not link the engine."));
        }
    }
    Ok(())
}
