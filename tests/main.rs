//! One native test binary: specs, laws, layers.

#[cfg(feature = "sqlite")]
mod autogenerate;
mod cli;
mod layers;
mod plans;
mod spec;
mod dialect;
mod layers;
mod plans;
mod rebuilds;
