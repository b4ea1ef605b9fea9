//! One native test binary: specs, laws, layers.

#[cfg(feature = "sqlite")]
mod autogenerate;
mod cli;
mod dialect;
mod layers;
mod models;
mod plans;
#[cfg(feature = "sqlite")]
mod rebuilds;
mod spec;
