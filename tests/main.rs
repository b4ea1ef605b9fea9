//! One native test binary: specs, laws, layers.

#[cfg(feature = "sqlite")]
mod autogenerate;
#[cfg(feature = "sqlite")]
mod bad_input;
mod cli;
mod dialect;
mod layers;
mod models;
#[cfg(feature = "sqlite")]
mod mutations;
#[cfg(feature = "sqlite")]
mod pairs;
mod plans;
#[cfg(all(feature = "sqlite", feature = "postgresql"))]
mod postgresql;
#[cfg(feature = "sqlite")]
mod programs;
#[cfg(feature = "sqlite")]
mod rebuilds;
mod reflection;
#[cfg(feature = "sqlite")]
mod session;
mod spec;
mod zips;
