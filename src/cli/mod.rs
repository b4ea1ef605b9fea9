//! Words to a command, an outcome to text: what the terminal and the page's terminal share.
//!
//! It sees no terminal: a width is told, text is given back with its stream.

mod argparse;
pub mod args;
mod grammar;
mod help;
pub mod print;
#[cfg(test)]
mod tests;

/// The names of all commands, for completion.
pub fn command_names() -> impl Iterator<Item = &'static str> {
    grammar::COMMANDS.iter().map(|grammar| grammar.name)
}

pub use args::{Parsed, parse};
pub use print::Printed;
