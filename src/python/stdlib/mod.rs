//! The standard library: modules in Python of our own words, over a few natives in Rust.
//!
//! Every file of `py/` is a module; the build compiles them. The natives are named with an underscore and are nobody's API:
//! `host` (clock, randomness, files, console), `pattern` (`re`), `json`, `digest` (`hashlib`), `words` (format
//! specifications and templates), `typing`, and `math`, which is whole.

mod digest;
mod evaluate;
mod frames;
mod host;
mod json;
mod math;
mod objects;
mod pattern;
mod typing;
mod unfinished;
mod words;

use crate::python::heap::object::Data;
use crate::python::later::Later;
use crate::python::{Machine, Value, classes};

/// The modules in Python, as the build has compiled them; the part of the builtins in Python is one of them.
pub(crate) static IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stdlib.image"));

/// Those that few scripts import.
pub(crate) static LATER: Later = Later {
    names: include_str!(concat!(env!("OUT_DIR"), "/stdlib.names")),
    marked: include_bytes!(concat!(env!("OUT_DIR"), "/stdlib.later")),
};

/// Adds what is in Rust.
pub fn install(machine: &mut Machine) {
    machine.native_module("_host", host::fill);
    machine.native_module("_re", pattern::fill);
    machine.native_module("_json", json::fill);
    machine.native_module("_frames", frames::fill);
    machine.native_module("_hash", digest::fill);
    machine.native_module("_text", words::fill);
    machine.native_module("_typing", typing::fill);
    machine.native_module("_objects", objects::fill);
    machine.native_module("_abstract", unfinished::fill);
    evaluate::add(machine);
    machine.native_module("math", math::fill);
}

/// A `bytes` object.
fn bytes(machine: &mut Machine, bytes: &[u8]) -> Value {
    machine.heap.alloc(classes::BYTES, Data::Bytes(bytes.into())).into()
}
