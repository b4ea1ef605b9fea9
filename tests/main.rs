//! One native test binary: specs, laws, layers.

mod dialect;
#[cfg(feature = "sqlite")]
mod autogenerate;
mod cli;
mod layers;
mod plans;
mod spec;
