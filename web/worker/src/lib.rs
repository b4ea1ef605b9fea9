//! The engine in its worker: a project that is open, and what the page may ask of it.
//!
//! Everything here runs natively too, so that it can be tested; only `main.rs` and `port.rs` know the browser.

pub mod console;
pub mod files;
pub mod places;
pub mod samples;
pub mod shell;
pub mod view;
pub mod workbench;
pub mod world;
