//! Attributes of Python's objects as native code reads and writes them. A script may have put anything into them: what is
//! not of the kind that is wanted is its `TypeError`.

use crate::python::{Handle, Machine, Raise, Value};

/// An attribute that an object holds itself.
pub(super) fn own(machine: &mut Machine, object: Handle, name: &str) -> Option<Value> {
    let name = machine.heap.intern(name);
    machine.own(object, name)
}

/// Gives an object an attribute of its own.
pub(super) fn set(machine: &mut Machine, object: Handle, name: &str, value: Value) {
    let name = machine.heap.intern(name);
    machine.set_own(object, name, value);
}

/// Whether an object itself says something other than a falsehood under a name.
pub(super) fn says(machine: &mut Machine, object: Handle, name: &str) -> Result<bool, Raise> {
    match own(machine, object, name) {
        Some(value) => machine.truth(value),
        None => Ok(false),
    }
}

/// What the class of a value says under a name.
pub(super) fn class_says(machine: &mut Machine, value: Value, name: &str) -> Option<Value> {
    let name = machine.heap.intern(name);
    machine.lookup(machine.heap.class_of(value), name)
}

/// An attribute that is a dict.
pub(super) fn dict_of(machine: &mut Machine, object: Value, name: &str) -> Result<Handle, Raise> {
    let value = machine.get_attr(object, name)?;
    dict(machine, value, name)
}

/// An attribute that is a class.
pub(super) fn class_of(machine: &mut Machine, object: Value, name: &str) -> Result<Handle, Raise> {
    let value = machine.get_attr(object, name)?;
    class(machine, value, name)
}

/// A value that is a dict; `what` is its name in the error.
pub(super) fn dict(machine: &mut Machine, value: Value, what: &str) -> Result<Handle, Raise> {
    machine.dict_handle(value).ok_or_else(|| misfit(machine, value, what, "dict"))
}

/// A value that is a set.
pub(super) fn set_of_names(machine: &mut Machine, value: Value, what: &str) -> Result<Handle, Raise> {
    machine.set_handle(value).ok_or_else(|| misfit(machine, value, what, "set"))
}

/// A value that is a class.
pub(super) fn class(machine: &mut Machine, value: Value, what: &str) -> Result<Handle, Raise> {
    machine.class_handle(value).ok_or_else(|| misfit(machine, value, what, "class"))
}

/// A value that is an object in the heap, and so can have attributes.
pub(super) fn object(machine: &mut Machine, value: Value, what: &str) -> Result<Handle, Raise> {
    value.handle().ok_or_else(|| misfit(machine, value, what, "object"))
}

fn misfit(machine: &mut Machine, value: Value, what: &str, wanted: &str) -> Raise {
    let found = machine.heap.class(machine.heap.class_of(value)).name.to_string();
    machine.type_error(&format!("{what} must be a {wanted}, not '{found}'"))
}
