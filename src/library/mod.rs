//! What scripts can import beside Python's own library: SQLAlchemy, SQLModel, Alembic, as Python of ours.
//!
//! The sources lie in `prelude/`, every file a module; the build compiles them. What they ask of the engine they ask by
//! `_retort.ask`, which the runtime answers.

mod attributes;
mod columns;
pub mod compile;
pub mod lower;
#[cfg(test)]
mod tests;

use crate::python::Machine;
use crate::python::later::Later;

/// The modules, as the build has compiled them.
static IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.image"));

/// Those that few scripts import.
static LATER: Later = Later {
    names: include_str!(concat!(env!("OUT_DIR"), "/library.names")),
    marked: include_bytes!(concat!(env!("OUT_DIR"), "/library.later")),
};

/// Gives a machine everything that scripts can import.
pub fn install(machine: &mut Machine) {
    machine.embed(IMAGE);
    machine.embed_later(&LATER);
    machine.native_module("_columns", columns::fill);
    machine.native_module("_lowering", lower::fill);
}
