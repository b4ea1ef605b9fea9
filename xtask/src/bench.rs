//! `cargo xtask bench`: ratios against a peer, measured in the same run.

use crate::process::{command, listen};
use crate::{Result, build, paths, process, setup};
use std::process::Command;

/// Measures, prints the ratios and fails where one does not hold.
pub fn run() -> Result<()> {
    setup::for_tests()?;
    setup::for_conformance()?;
    process::run(command("cargo", ["build", "--release", "--bin", "retort"]))?;
    build::page()?;
    let weighed = build::measure();
    println!("\nwhat | ours | theirs | ratio | must hold | holds");
    let shell = holds(shell())?;
    let page = holds(page())?;
    weighed?;
    if shell && page { Ok(()) } else { Err("Something above does not hold.".to_owned()) }
}

/// Whole processes: our program and Alembic's.
fn shell() -> Command {
    let mut python = command(&setup::python().to_string_lossy(), ["xtask/bench/shell.py", "target/release/retort"]);
    python.arg(paths::tools("venv/bin/alembic")).arg(paths::tools("bench"));
    python
}

/// The page in Chromium, beside sql.js and beside Alembic's times.
fn page() -> Command {
    let mut node = command("node", ["xtask/bench/page.mjs"]);
    node.arg(paths::tools("bench"));
    if let Some(chromium) = setup::chromium() {
        node.env("RETORT_CHROMIUM", chromium);
    }
    node
}

/// Runs a measurement: true if every line of it ends in yes.
fn holds(measurement: Command) -> Result<bool> {
    let mut all = true;
    let ended = listen(measurement, |line| all &= !line.ends_with("|NO"))?;
    Ok(all && ended)
}
