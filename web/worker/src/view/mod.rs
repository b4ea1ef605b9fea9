//! What the page sees of a database: its schema with marks, its rows with what a step did to them.

pub mod rows;
pub mod scene;
pub mod schema;
pub mod timeline;
pub mod value;
pub mod words;
