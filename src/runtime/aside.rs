//! Small programs beside a run: heads of revisions that only running tells, templates with statements in them.

use crate::error::{Error, Result};
use crate::host::Host;
use crate::script::Header;
use std::rc::Rc;

/// Runs a revision's module and reads its head.
pub fn header(_host: &Rc<dyn Host>, path: &str, _source: &str) -> Result<Header> {
    Err(Error::unsupported("Retort", format!("the computed head of {path}")))
}

/// Runs a template's program and gives its text.
pub fn text(_host: &Rc<dyn Host>, _program: &str) -> Result<String> {
    Err(Error::unsupported("Retort", "a template with statements"))
}
