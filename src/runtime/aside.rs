//! Small programs beside a run: heads of revisions that only running tells, templates with statements in them.

use super::border;
use crate::error::{Error, Kind, Result};
use crate::host::Host;
use crate::python::{Machine, Raise, Raised, Request, Value, data};
use crate::script::Header;
use std::rc::Rc;

/// Runs a template's program and gives its text.
pub fn text(host: &Rc<dyn Host>, program: &str) -> Result<String> {
    let mut machine = border::machine(Rc::clone(host), &[host.working_directory()]);
    let module = ran(&mut machine, "<template>", program, "template")?;
    let text = machine.get_attr(module, "_text");
    let text = text.map_err(|raise| Error::new(Kind::Python(machine.report(raise).traceback)))?;
    data::load(&machine, text).map_err(|misfit| Error::command(misfit.to_string()))
}

/// Runs a revision's module and reads its head.
pub fn header(host: &Rc<dyn Host>, path: &str, source: &str) -> Result<Header> {
    let mut machine = border::machine(Rc::clone(host), &[host.working_directory()]);
    let module = ran(&mut machine, path, source, "revision")?;
    machine.hold(module);
    machine.import("_retort_header");
    let reader = machine.finish(refuse).map_err(failed)?;
    let read = machine.get_attr(reader, "header").and_then(|function| machine.call_leaf(function, [module]));
    let value = read.map_err(|raise| Error::new(Kind::Python(machine.report(raise).traceback)))?;
    data::load(&machine, value).map_err(|misfit| Error::command(format!("{path}: {misfit}")))
}

/// The module that a source makes.
fn ran(machine: &mut Machine, path: &str, source: &str, name: &str) -> Result<Value> {
    machine.run_source(path, source, name);
    machine.finish(refuse).map_err(failed)?;
    Ok(machine.module(name).expect("a module that was run is there"))
}

fn refuse(machine: &mut Machine, _: &Request) -> std::result::Result<Value, Raise> {
    Err(machine.runtime_error("the database cannot be used while a file is only looked at"))
}

#[expect(clippy::boxed_local, reason = "it comes in a box")]
fn failed(raised: Box<Raised>) -> Error {
    Error::new(Kind::Python(raised.traceback))
}
