//! The engine in its worker: a project that is open, and what the page may ask of it.
//!
//! Everything here runs natively too, so that it can be tested; only `main.rs` and `port.rs` know the browser.

pub mod console;
pub mod files;
pub mod looks;
pub mod places;
pub mod samples;
pub mod server;
pub mod shell;
pub mod view;
pub mod workbench;
pub mod world;

/// The database's name and version: "SQLite 3.54".
pub fn database_name() -> String {
    let look = world::World::new(0, 1).look(&[]);
    let version = look.map(|connection| retort::host::Connection::server(&connection).version).unwrap_or_default();
    let numbers: Vec<String> = version.iter().take(2).map(ToString::to_string).collect();
    format!("SQLite {}", numbers.join("."))
}
