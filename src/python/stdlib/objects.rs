//! What Python itself does not let an object do.

use crate::python::{Args, Flow, Machine, Module, Raise, Value};

/// Fills the module `_objects`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module.function(machine, "become", change_class);
}

/// `become(object, class)`: makes an object without a native part an instance of another class.
fn change_class(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [object, class] = args.exactly(machine, "become")?;
    if let (Some(object), Some(class)) = (object.handle(), class.handle()) {
        machine.heap.object_mut(object).class = class;
    }
    Ok(Value::None.into())
}
