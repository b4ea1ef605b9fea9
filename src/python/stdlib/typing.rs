//! The native part of `typing`: the machine's own types of annotations.

use crate::python::{Machine, Module, classes};

/// Fills the module `_typing`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module.set(machine, "ForwardRef", classes::FORWARD_REF.into()).set(machine, "Union", classes::UNION.into());
}
