//! The native part of `types` and `typing`: the machine's own classes, by name.

use crate::python::{Handle, Machine, Module, classes};

const CLASSES: &[(&str, Handle)] = &[
    ("ForwardRef", classes::FORWARD_REF),
    ("Union", classes::UNION),
    ("GenericAlias", classes::GENERIC_ALIAS),
    ("Placeholder", classes::PLACEHOLDER),
    ("FunctionType", classes::FUNCTION),
    ("MethodType", classes::METHOD),
    ("ModuleType", classes::MODULE),
    ("BuiltinFunctionType", classes::NATIVE_FUNCTION),
    ("MethodDescriptorType", classes::METHOD_DESCRIPTOR),
    ("MappingProxyType", classes::MAPPINGPROXY),
    ("GeneratorType", classes::GENERATOR),
    ("CoroutineType", classes::COROUTINE),
    ("AsyncGeneratorType", classes::ASYNC_GENERATOR),
    ("CellType", classes::CELL),
    ("CodeType", classes::CODE),
    ("TracebackType", classes::TRACEBACK),
    ("NoneType", classes::NONE_TYPE),
    ("EllipsisType", classes::ELLIPSIS_TYPE),
    ("NotImplementedType", classes::NOT_IMPLEMENTED_TYPE),
    ("MemberDescriptorType", classes::MEMBER),
    ("GetSetDescriptorType", classes::GETSET),
];

/// Fills the module `_typing`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    for (name, class) in CLASSES {
        module.set(machine, name, (*class).into());
    }
}
