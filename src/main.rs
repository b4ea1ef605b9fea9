//! The program `retort`.
fn main() {}
