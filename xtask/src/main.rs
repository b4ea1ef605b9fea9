//! `cargo xtask serve | test | build | bench | conformance`: sets up what is missing, then does it.

mod bench;
mod build;
mod conformance;
mod paths;
mod process;
mod serve;
mod setup;
mod tally;
mod test;

use std::process::ExitCode;

/// What went wrong, in a sentence for whoever typed the command.
type Result<T> = std::result::Result<T, String>;

const USAGE: &str = "\
cargo xtask serve          builds the page and serves it on http://127.0.0.1:8080, again after each change
cargo xtask test           runs every check that needs no Python
cargo xtask build          builds the page for publishing into dist/, and fails over the budgets of budgets.toml
cargo xtask bench          measures against real Alembic and sql.js in the same run
cargo xtask conformance    asks real Alembic again for everything that tests/conformance has on record

Each first says what is missing on this machine, and installs it into .tools/.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = arguments.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let done = match command {
        "serve" => serve::run(rest),
        "test" => test::run(rest),
        "build" => build::run(),
        "bench" => bench::run(),
        "conformance" => conformance::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
