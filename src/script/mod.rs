//! Revision files: how they are found, named, ordered, written.

pub mod entry;
mod fault;
mod graph;
mod plan;
mod resolve;
mod revision;
mod step;
mod walk;

pub use self::{
    graph::Graph,
    plan::Plan,
    revision::{Revision, illegal_id},
    step::{Direction, RowMove, Step},
};

#[cfg(test)]
mod tests;
