//! The engine of Retort: Alembic's migrations, read, made and run.

pub mod autogenerate;
pub mod cli;
pub mod commands;
pub mod config;
#[cfg(feature = "sqlite")]
pub mod database;
pub mod dialect;
pub mod error;
pub mod host;
pub mod library;
pub mod ops;
pub mod project;
pub mod python;
pub mod runtime;
pub mod schema;
pub mod script;
