//! The head of a revision file that only running it tells.

use crate::error::{Error, Result};
use crate::host::Host;
use crate::script::Header;
use std::rc::Rc;

/// Runs a revision's module and reads its head.
pub fn compute(_host: &Rc<dyn Host>, path: &str, _source: &str) -> Result<Header> {
    Err(Error::unsupported("Retort", format!("the computed head of {path}")))
}
