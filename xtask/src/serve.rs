//! `cargo xtask serve`: the page, on this machine, built again after each change.

use crate::{Result, process, setup};

/// Serves until it is stopped. What follows on the command line goes to Trunk (`--release`, `--port 9000`).
pub fn run(arguments: &[String]) -> Result<()> {
    setup::for_the_page()?;
    println!("Building. The page will be at http://127.0.0.1:8080; stop with Ctrl-C.");
    let mut trunk = process::command("trunk", ["serve"]);
    trunk.args(arguments);
    process::run(trunk)
}
