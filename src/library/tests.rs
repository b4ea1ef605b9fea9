//! What holds for every module that the program carries.

use crate::host::memory::Memory;
use crate::python::{Limits, Machine, Value};
use std::rc::Rc;

/// The engine's own first word: importing it runs a command.
const RUNS: &str = "alembic._main";

#[test]
fn every_import_that_waits_finds_what_it_names() {
    let mut machine = Machine::new(Rc::new(Memory::without_databases()), Limits::default());
    super::install(&mut machine);
    // What the runtime answers, it answers there; here the names are enough.
    machine.native_module("_retort", |machine, module| {
        module
            .function(machine, "ask", |_, _| Ok(Value::None.into()))
            .function(machine, "run_file", |_, _| Ok(Value::None.into()));
    });
    for name in machine.carried().into_iter().filter(|name| name != RUNS) {
        machine.import(&name);
        let module = machine.finish(|machine, _| Err(machine.runtime_error("nobody answers")));
        let module = module.unwrap_or_else(|raised| panic!("import {name}: {}", raised.traceback.text));
        let namespace = module.handle().and_then(|module| machine.module_dict_of(module));
        for late in namespace.map(|namespace| machine.late_names(namespace)).unwrap_or_default() {
            let late = machine.heap.text(late).expect("a name").to_owned();
            assert!(!machine.has_builtin(&late), "{name} imports {late}, which would be looked for among the builtins");
            let found = machine.get_attr(module, &late).map_err(|raise| machine.report(raise).traceback.text);
            assert!(found.is_ok(), "{name}: {late}: {}", found.expect_err("it failed"));
        }
    }
}
