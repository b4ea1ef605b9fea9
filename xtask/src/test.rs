//! `cargo xtask test`: every check that needs no Python.

use crate::process::command;
use crate::tally::Tally;
use crate::{Result, build, setup};
use std::process::Command;

const WASM: [&str; 6] = ["-p", "retort-page", "-p", "retort-worker", "--target", "wasm32-unknown-unknown"];

/// What the checks are called.
const TITLES: [&str; 5] = ["format", "lint", "engine", "parts", "browser"];

/// All checks, or only those whose title holds one of the words: `cargo xtask test browser`.
pub fn run(words: &[String]) -> Result<()> {
    let wanted = |title: &str| words.is_empty() || words.iter().any(|word| title.contains(word.as_str()));
    if !TITLES.into_iter().any(wanted) {
        return Err(format!("There is no check {}; there are: {}.", words.join(" "), TITLES.join(", ")));
    }
    setup::for_tests()?;
    let mut tally = Tally::default();
    if wanted("format") {
        tally.check("format", command("cargo", ["fmt", "--all", "--check"]))?;
    }
    if wanted("lint") {
        let words = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"];
        tally.check("lint", command("cargo", words))?;
        let mut clippy = command("cargo", ["clippy", "--quiet"]);
        clippy.args(WASM).args(["--", "-D", "warnings"]);
        tally.check("lint for the browser", clippy)?;
    }
    if wanted("engine") {
        tally.tests("engine", command("cargo", ["test", "--quiet"]))?;
    }
    if wanted("engine") {
        tally.tests("engine in WebAssembly", in_wasm())?;
    }
    if wanted("parts") {
        tally.tests("parts", command("cargo", ["test", "--quiet", "--workspace", "--exclude", "retort"]))?;
    }
    if wanted("browser") {
        browser(&mut tally)?;
    }
    tally.end()
}

/// The engine's own tests once more, in WebAssembly under Node; all but SQLite, which the browser's tests run.
fn in_wasm() -> Command {
    let words = ["test", "--quiet", "--lib", "--no-default-features", "--target", "wasm32-wasip1"];
    let mut cargo = command("cargo", words);
    cargo.env("CARGO_TARGET_WASM32_WASIP1_RUNNER", "node --no-warnings xtask/wasi.mjs");
    cargo
}

/// The page as it is published, visited in real Chromium.
fn browser(tally: &mut Tally) -> Result<()> {
    println!("\n── build of the page");
    tally.outcome("build of the page", &build::page());
    tally.outcome("budgets", &build::measure());
    let mut node = command("node", ["--test", "--test-reporter=tap", "tests/browser/"]);
    if let Some(chromium) = setup::chromium() {
        node.env("RETORT_CHROMIUM", chromium);
    }
    tally.tests("browser", node)
}
