//! A project that is open, and everything that the page may ask of it.

pub mod checkpoint;
pub mod source;
