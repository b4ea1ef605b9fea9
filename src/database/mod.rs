//! The real connections: SQLite, natively and in the browser, and PostgreSQL.

pub mod guard;
pub mod images;
#[cfg(feature = "postgresql")]
pub mod postgresql;
pub mod shelf;
pub mod sqlite;
pub mod url;
pub mod world;
