//! The builtins: functions, types and their methods, exceptions.

mod descriptors;
mod exceptions;
mod files;
mod functions;
mod generators;
mod lists;
mod mappings;
mod numbers;
mod object;
mod octets;
mod system;
mod text_search;
mod texts;
mod unordered;

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::{Machine, placeholder, typing};
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};

/// Fills the namespace of `builtins` and the classes that are always there.
pub(crate) fn found(machine: &mut Machine) {
    let builtins = machine.builtins;
    for (at, class) in classes::TABLE.iter().enumerate() {
        let dict = machine.heap.class(Handle(at as u32)).dict;
        machine.heap.set_name(dict, names::MODULE, names::BUILTINS_MODULE.into());
        if class.visible {
            let name = machine.heap.intern(class.name);
            machine.heap.set_name(builtins, name, Handle(at as u32).into());
        }
    }
    for (name, value) in
        [("NotImplemented", Value::NotImplemented), ("Ellipsis", Value::Ellipsis), ("__debug__", Value::Bool(true))]
    {
        let name = machine.heap.intern(name);
        machine.heap.set_name(builtins, name, value);
    }
    for (alias, class) in [("IOError", classes::OS_ERROR), ("EnvironmentError", classes::OS_ERROR)] {
        let name = machine.heap.intern(alias);
        machine.heap.set_name(builtins, name, class.into());
    }
    object::found(machine);
    numbers::found(machine);
    texts::found(machine);
    octets::found(machine);
    lists::found(machine);
    mappings::found(machine);
    unordered::found(machine);
    exceptions::found(machine);
    descriptors::found(machine);
    generators::found(machine);
    functions::found(machine);
    files::found(machine);
    typing::found(machine);
    placeholder::found(machine);
    prelude(machine);
    system::found(machine);
    machine.classes_changed();
}

// The part in Python: its definitions are executed once, at the start.
fn prelude(machine: &mut Machine) {
    let code = machine.embedded("builtins").expect("the build compiles the prelude");
    let builtins = machine.builtins;
    machine.heap.set_name(builtins, names::NAME, names::BUILTINS_MODULE.into());
    let function = machine.module_function(code, builtins);
    machine.call_leaf(function, []).expect("the prelude runs");
    let module = machine.heap.alloc(classes::MODULE, Data::Module(builtins));
    let modules = machine.modules;
    machine.heap.set_name(modules, names::BUILTINS_MODULE, module.into());
}

/// The module of the builtins, to add to it.
pub(crate) fn module(machine: &mut Machine) -> Adder<'_> {
    Adder { machine }
}

/// Adds native functions to the builtins.
pub(crate) struct Adder<'a> {
    machine: &'a mut Machine,
}

impl Adder<'_> {
    pub(crate) fn add(self, name: &str, call: fn(&mut Machine, Args) -> Result<Flow, Raise>) -> Self {
        let function = self.machine.native(name, call);
        let name = self.machine.heap.intern(name);
        let builtins = self.machine.builtins;
        self.machine.heap.set_name(builtins, name, function);
        self
    }
}

/// A dunder method of a native class, as `known` remembers it.
pub(crate) fn method_of(machine: &Machine, class: Handle, name: Handle) -> Value {
    machine.heap.get_name(machine.heap.class(class).dict, name).expect("the class has the method")
}

pub(crate) fn none() -> Result<Flow, Raise> {
    Ok(Value::None.into())
}
