//! Answers what scripts ask for: runs env.py and revisions against a database, or against a script.
//!
//! A [`Run`] holds a machine with env.py in it and a world around it: connections, migration contexts, the trace. The
//! machine asks, the world answers; every request is a place where a run can pause, be stopped, or go on later. The
//! way through a revision is driven from Python (the prelude's `MigrationContext.run_migrations`), so that the hooks of
//! env.py are plain calls.

mod answer;
pub mod aside;
mod border;
mod compare;
mod context;
mod graph_answers;
mod link;
mod listening;
mod operate;
mod recorder;
mod run;
mod setup;
mod steps;
pub mod tape;
mod task;
pub mod trace;
mod version;
mod world;

pub use self::{
    run::{Run, Slice},
    setup::{Budget, Opts, Pausing, Setup},
    task::{Around, Compare, Header, Made, MadeScript, Pass, Task, Visit, Work},
    version::VersionTable,
};
