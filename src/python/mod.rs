//! The language.
pub mod text;
