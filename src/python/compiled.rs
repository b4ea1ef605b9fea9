//! Sources compiled, each once for as long as its text is kept: an editor's check and the run that follows share the work.

use crate::error::Diagnostic;
use crate::host::Kept;
use crate::python::compile::{self, Names, Source};
use std::rc::Rc;

/// A module as bytes; [`compile::image`] says how.
#[derive(Clone)]
pub(crate) struct Compiled(pub(crate) Vec<u8>);

/// The diagnostics of a source: at most one for its depth, one per syntax error, or what the language forbids otherwise.
pub fn check(path: &str, text: &str, kept: Option<&Kept>) -> Vec<Diagnostic> {
    compiled(&Source::new(path, text, false), kept).err().unwrap_or_default()
}

/// A source's module, as it was kept or made now.
pub(crate) fn compiled(source: &Source, kept: Option<&Kept>) -> Result<Rc<Compiled>, Vec<Diagnostic>> {
    if let Some(known) = kept.and_then(|kept| kept.get(&source.text)) {
        return Ok(known);
    }
    let mut names = Names::default();
    let draft = compile::module(source, &mut names)?;
    let compiled = Compiled(compile::image(&[(names.intern(""), draft)], &names));
    Ok(match kept {
        Some(kept) => kept.keep(&source.text, compiled),
        None => Rc::new(compiled),
    })
}
