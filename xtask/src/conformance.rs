//! `cargo xtask conformance`: real Alembic, asked again.

use crate::process::command;
use crate::tally::Tally;
use crate::{Result, setup};

/// Tests that need a PostgreSQL server, which each finds empty; those of the page use one database, so one after another.
const ON_A_SERVER: [(&str, &[&str]); 2] = [
    ("the engine on a real PostgreSQL", &["--package", "retort", "--test", "retort", "postgresql::"]),
    (
        "the page's PostgreSQL, and its console beside psql",
        &["--package", "retort-worker", "--lib", "--", "tests::server", "tests::psql", "--test-threads", "1"],
    ),
];

/// Makes the vectors of tests/conformance anew, all or those named, and fails on any difference.
pub fn run(names: &[String]) -> Result<()> {
    setup::for_conformance()?;
    let mut tally = Tally::default();
    let python = setup::python();
    let mut record = command(&python.to_string_lossy(), ["tests/conformance/record.py"]);
    record.args(names);
    tally.tests("the vectors", record)?;
    if names.is_empty() {
        tally.check("build of the program", command("cargo", ["build", "--quiet", "--bin", "retort"]))?;
        let words = ["tests/conformance/ours.py", "target/debug/retort"];
        tally.tests("our program in Alembic's place", command(&python.to_string_lossy(), words))?;
        for (title, words) in ON_A_SERVER {
            let cargo = ["tests/conformance/on_server.py", "cargo", "test", "--quiet"];
            tally.tests(title, command(&python.to_string_lossy(), cargo.iter().chain(words.iter()).copied()))?;
        }
    }
    tally.end()
}
