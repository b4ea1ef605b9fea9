//! The real connections: SQLite, natively and in the browser, and PostgreSQL.

pub mod difference;
pub mod guard;
pub mod images;
pub mod pages;
#[cfg(all(feature = "sqlite", feature = "postgresql"))]
pub mod picture;
#[cfg(feature = "postgresql")]
pub mod postgresql;
pub mod shelf;
pub mod sqlite;
pub mod url;
pub mod world;
