//! `cargo xtask conformance`: real Alembic, asked again.

use crate::process::command;
use crate::tally::Tally;
use crate::{Result, setup};

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
    }
    tally.end()
}
