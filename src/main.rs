//! The program `retort`; under the name `alembic` it is the same.

mod native;

use mimalloc::MiMalloc;
use retort::cli::{self, Parsed};
use std::process::ExitCode;

/// A run makes some hundred thousand small objects: the system's allocator would take a third of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let mut words = std::env::args();
    let program = native::program_name(words.next().as_deref());
    match cli::parse(&program, &words.collect::<Vec<_>>()) {
        Parsed::Run(settings, command) => native::run(&settings, &command),
        Parsed::Say(text) => native::say(&text),
        Parsed::Wrong(text) => native::refuse(&text),
    }
}
