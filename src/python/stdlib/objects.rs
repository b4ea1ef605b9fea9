//! What an object holds itself, looked at without giving it a `__dict__`, which would be slower ever after.

use crate::python::heap::Attrs;
use crate::python::heap::object::Data;
use crate::python::{Args, Flow, Machine, Module, Raise, Value};

/// Fills the module `_objects`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module.function(machine, "holds", holds);
}

/// `holds(object, names)`: whether the object itself has an attribute among these, a set of names.
fn holds(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [object, names] = args.exactly(machine, "holds")?;
    let set = |names: Value| names.handle().filter(|names| matches!(machine.heap.data(*names), Data::Set(_)));
    let (Some(object), Some(names)) = (object.handle(), set(names)) else { return Ok(Value::Bool(false).into()) };
    let found = match &machine.heap.object(object).attrs {
        Attrs::Empty => false,
        Attrs::Own(map) => map.iter().any(|(name, _)| machine.heap.name_place(names, name).is_some()),
        Attrs::Shared(dict) => machine.heap.dict(*dict).iter().any(|entry| {
            let name = entry.key.handle().filter(|_| machine.heap.text(entry.key).is_some());
            name.is_some_and(|name| machine.heap.name_place(names, name).is_some())
        }),
    };
    Ok(Value::Bool(found).into())
}
