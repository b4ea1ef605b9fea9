//! Imports of our own modules, followed when a name of theirs is first read: a run executes only what it uses.
//!
//! Until then the name is absent from its namespace, so that nothing that is there pays for it; who misses a global or
//! an attribute of a module looks here. Whoever wants a whole namespace has everything imported first.

use crate::python::machine::Machine;
use crate::python::machine::import::or_submodule;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

/// An import statement that waits.
#[derive(Clone, Copy)]
pub(super) struct Import {
    level: u16,
    module: Handle,
    /// Names in the module and names here, by turns; an empty one is the module itself.
    wanted: Value,
}

/// One name of a statement that waits.
#[derive(Clone, Copy)]
pub(super) struct Late {
    namespace: Handle,
    level: u16,
    module: Handle,
    name: Handle,
    here: Handle,
}

impl Machine {
    // Stack: what is wanted.
    pub(super) fn import_later(&mut self, level: u16, module: Handle) -> Result<(), Raise> {
        let import = Import { level, module, wanted: self.pop() };
        let namespace = self.frame().globals;
        self.later.entry(namespace).or_default().push(import);
        self.heap.pin(namespace);
        Ok(())
    }

    /// What a namespace imports under a name that it does not have yet.
    pub(super) fn late(&self, namespace: Handle, name: Handle) -> Option<Late> {
        let imports = self.later.get(&namespace)?;
        imports.iter().rev().find_map(|import| self.late_in(import, namespace).find(|late| late.here == name))
    }

    fn late_in(&self, import: &Import, namespace: Handle) -> impl Iterator<Item = Late> + '_ {
        let Import { level, module, wanted } = *import;
        let handle = |value: &Value| value.handle().expect("a name is an object");
        let pairs = self.items_of(wanted).unwrap_or_default().chunks_exact(2);
        pairs.map(move |pair| Late { namespace, level, module, name: handle(&pair[0]), here: handle(&pair[1]) })
    }

    /// The names that a namespace imports when they are read.
    pub(crate) fn late_names(&self, namespace: Handle) -> Vec<Value> {
        let imports = self.later.get(&namespace).into_iter().flatten();
        imports.flat_map(|import| self.late_in(import, namespace)).map(|late| late.here.into()).collect()
    }

    /// Whether the builtins have a name: a module of ours that imports it would find that instead.
    #[cfg(test)]
    pub(crate) fn has_builtin(&self, name: &str) -> bool {
        self.heap.interned(name).is_some_and(|name| self.heap.get_name(self.builtins, name).is_some())
    }

    /// Whether a package imports something else under the name of its submodule.
    pub(super) fn stands_for_another(&mut self, package: Handle, name: Handle, submodule: &str) -> bool {
        let Some(late) = self.late(package, name) else { return false };
        let module = self.late_module(late).unwrap_or_default();
        format!("{module}.{}", self.heap.name(late.name)) != submodule
    }

    fn late_module(&mut self, late: Late) -> Result<String, Raise> {
        let module = self.heap.name(late.module).to_owned();
        if late.level == 0 { Ok(module) } else { self.relative_name(late.namespace, late.level, &module) }
    }

    /// A global that is not there: it is imported now, or nobody knows it.
    pub(super) fn late_global(&mut self, name: Handle) -> Result<(), Raise> {
        let globals = self.frame().globals;
        let Some(late) = self.late(globals, name) else { return Err(self.unknown_name(name)) };
        let flow = self.import_late(late)?;
        self.apply(flow)
    }

    /// Imports a name and gives what it stands for.
    pub(super) fn import_late(&mut self, late: Late) -> Result<Flow, Raise> {
        let module = self.late_module(late)?;
        let module = self.heap.str(&module);
        let keep = [late.namespace, late.here, late.name].map(Value::from);
        self.push_continuation(Then::Value(bound), Keep::from_slice(&keep[..2]));
        self.push_continuation(Then::Value(taken), Keep::from_slice(&[keep[0], keep[2]]));
        self.import_module(module)
    }

    /// Everything that a namespace would import.
    pub(super) fn import_all_late(&mut self, namespace: Handle) -> Result<(), Raise> {
        for name in self.late_names(namespace) {
            let name = name.handle().expect("a name is an object");
            if let Some(late) = self.late(namespace, name).filter(|_| self.heap.get_name(namespace, name).is_none()) {
                self.settled(|machine| machine.import_late(late))?;
            }
        }
        Ok(())
    }
}

// What is wanted of the module, or the module itself.
fn taken(machine: &mut Machine, keep: Keep, module: Value) -> Result<Flow, Raise> {
    let name = keep[1].handle().expect("a name is an object");
    if machine.heap.name(name).is_empty() {
        return Ok(module.into());
    }
    let dict = module.handle().and_then(|module| machine.module_dict_of(module));
    if let Some(value) = dict.and_then(|dict| machine.heap.get_name(dict, name)) {
        return Ok(value.into());
    }
    // A package that imports a module of its own finds no attribute: what would bring it is this very import.
    if dict == keep[0].handle() {
        let full = format!("{}.{}", machine.module_name(module), machine.heap.name(name));
        let full = machine.heap.str(&full);
        return machine.import_module(full);
    }
    machine.push_continuation(Then::Outcome(or_submodule), Keep::from_slice(&[module, name.into()]));
    machine.attribute(module, name)
}

fn bound(machine: &mut Machine, keep: Keep, value: Value) -> Result<Flow, Raise> {
    let [namespace, here] = [keep[0], keep[1]].map(|kept| kept.handle().expect("an object"));
    machine.heap.set_name(namespace, here, value);
    Ok(value.into())
}
