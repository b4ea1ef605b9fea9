//! One native test binary: specs, laws, layers.

mod dialect;
mod layers;
mod plans;
