//! One native test binary: specs, laws, layers.

mod layers;
mod plans;
