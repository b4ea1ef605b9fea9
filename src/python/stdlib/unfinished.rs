//! `_abstract`: what a class of `abc` still wants implemented.

use crate::python::heap::object::Data;
use crate::python::{Args, Flow, Machine, Module, Raise, Value, classes, names};

/// Fills the module `_abstract`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module.function(machine, "missing", missing);
}

/// `missing(cls)`: the names of what a class and its bases want implemented and it does not implement, a frozenset.
fn missing(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [class] = args.exactly(machine, "missing")?;
    let class = machine.class_handle(class).ok_or_else(|| machine.type_error("missing() wants a class"))?;
    let dict = machine.heap.class(class).dict;
    let mut names = Vec::new();
    for (name, value) in machine.dict_entries(dict) {
        if is_abstract(machine, value)? {
            names.push(name);
        }
    }
    for base in machine.heap.class(class).bases.clone() {
        let Some(wanted) = machine.lookup(base, names::ABSTRACT) else { continue };
        for name in machine.items(wanted)? {
            let text = machine.heap.text(name).unwrap_or_default().to_owned();
            let given = machine.find_attr(class.into(), &text)?;
            if !names.contains(&name) && given.map_or(Ok(false), |given| is_abstract(machine, given))? {
                names.push(name);
            }
        }
    }
    let names = machine.heap.list(names);
    Ok(Flow::call(classes::FROZENSET.into(), [names]))
}

// A function that says so, and what wraps one.
fn is_abstract(machine: &mut Machine, value: Value) -> Result<bool, Raise> {
    let Some(handle) = value.handle() else { return Ok(false) };
    let wrapped = match machine.heap.data(handle) {
        Data::Function(_) => {
            return Ok(machine.own(handle, names::IS_ABSTRACT).is_some_and(|says| says == Value::Bool(true)));
        }
        Data::Str(_) | Data::Tuple(_) | Data::List(_) | Data::Dict(_) | Data::Set(_) | Data::Native(_) => {
            return Ok(false);
        }
        Data::Property(property) => vec![property.get, property.set, property.delete],
        Data::ClassMethod(function) | Data::StaticMethod(function) => vec![*function],
        _ => Vec::new(),
    };
    for part in wrapped {
        if is_abstract(machine, part)? {
            return Ok(true);
        }
    }
    let says = machine.find_attr(value, "__isabstractmethod__")?;
    says.map_or(Ok(false), |says| machine.truth(says))
}
