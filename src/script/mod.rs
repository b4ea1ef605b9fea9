//! Revision files: how they are found, named, ordered, written.

pub mod date;
pub mod directory;
pub mod draft;
pub mod entry;
mod fault;
mod graph;
pub mod header;
mod plan;
pub mod render;
mod resolve;
mod revision;
mod step;
pub mod template;
mod walk;

pub use self::{
    directory::{Directory, Loaded},
    draft::{Draft, Names, Wish, new_id},
    graph::Graph,
    header::Header,
    plan::Plan,
    revision::{Revision, illegal_id},
    step::{Direction, RowMove, Step},
};

#[cfg(test)]
mod tests;
