//! The real connections: SQLite, natively and in the browser.

pub mod guard;
pub mod images;
pub mod shelf;
pub mod sqlite;
pub mod url;
pub mod world;
