//! Names in SQL: when they are quoted, and how.
