//! The language: a sandboxed Python over ruff's parser, compiled to owned code and run by a resumable machine.
//! It knows no SQLAlchemy, and of the world only what [`crate::host`] gives it.
//!
//! # For those who embed it
//!
//! `Machine::new`, then [`Machine::embed`] for modules in Python and [`Machine::native_module`] for modules in Rust.
//! `run_file`, `import` and `call` schedule; `resume(budget)` runs until done, raised, asked or out of budget.
//!
//! # For those who write native functions
//!
//! A native function is a `fn(&mut Machine, Args) -> Result<Flow, Raise>`. [`Args`] derefs to the positional values;
//! `args.take(machine, "name", ["a", "b"], required)?` binds names. Return `Ok(value.into())`; or `Flow::call_then` to
//! call Python and go on with its result (never by recursion, so that the callee may suspend); or [`Flow::ask`].
//! Values are `Copy`; while a native function runs nothing is collected, so only values that outlive the call need
//! [`Machine::hold`] or a place in a [`Keep`]. `machine.call_leaf` runs short callbacks that may not suspend.
//!
//! A native class is built with [`Machine::class`]; its slots are methods under their Python names, and it can be
//! subclassed from Python. Its data is a [`Payload`], read with [`Machine::payload`].

mod builtins;
mod compile;
mod compiled;
pub mod data;
mod heap;
pub mod later;
mod limits;
mod machine;
mod native;
mod report;
pub mod stdlib;
pub mod text;
mod value;

pub use compile::{Source, Span};
pub use compiled::check;
pub use heap::{Heap, classes, names};
pub use limits::Limits;
pub(crate) use machine::suggest;
pub use machine::{Machine, Turn};
pub use native::{Args, Ask, Call, ClassBuilder, Flow, Keep, Module, Native, Payload, Raise, Request, Then};
pub use report::Raised;
pub use value::{Handle, Value};
