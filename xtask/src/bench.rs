//! `cargo xtask bench`: ratios against a peer, measured in the same run.

use crate::Result;

/// Measures, prints the ratios and fails where one does not hold.
pub fn run() -> Result<()> {
    Err("There is nothing to measure yet.".to_owned())
}
