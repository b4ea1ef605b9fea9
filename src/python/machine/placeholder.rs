//! Stand-ins for libraries that we do not have: they may be named, subclassed, called and decorated with; what
//! depends on them is an error that names the import.

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Payload, Raise};
use crate::python::value::Value;

/// What a placeholder stands for.
pub(crate) struct Placeholder {
    /// `pydantic.BaseModel`
    name: String,
    /// `pydantic`
    module: String,
    /// Where it was imported: `models.py, line 3`.
    place: String,
}

impl Payload for Placeholder {}

impl Machine {
    pub(crate) fn placeholder(&mut self, name: &str, module: &str) -> Value {
        let place = self.here().map_or_else(String::new, |place| format!("{}, line {}", place.file, place.span.line));
        self.instance(classes::PLACEHOLDER, Placeholder { name: name.to_owned(), module: module.to_owned(), place })
    }

    /// The error of depending on a placeholder, if the value is one.
    pub(crate) fn placeholder_used(&mut self, value: Value) -> Option<Raise> {
        let placeholder = self.payload::<Placeholder>(value)?;
        let (name, module) = (&placeholder.name, &placeholder.module);
        let what = if name == module { String::new() } else { format!(", and {name} is needed here") };
        let place =
            if placeholder.place.is_empty() { String::new() } else { format!(" (imported at {})", placeholder.place) };
        let message = format!("No module named '{module}'{place}{what}");
        Some(self.error(classes::MODULE_NOT_FOUND_ERROR, &message))
    }

    pub(crate) fn attribute_of_placeholder(&mut self, value: Value, name: &str) -> Result<Flow, Raise> {
        let placeholder = self.payload::<Placeholder>(value).expect("a placeholder");
        let (name, module, place) =
            (format!("{}.{name}", placeholder.name), placeholder.module.clone(), placeholder.place.clone());
        Ok(self.instance(classes::PLACEHOLDER, Placeholder { name, module, place }).into())
    }
}

/// The methods of placeholders.
pub(crate) fn found(machine: &mut Machine) {
    let used: [&str; 28] = [
        "__bool__",
        "__len__",
        "__iter__",
        "__next__",
        "__contains__",
        "__add__",
        "__radd__",
        "__sub__",
        "__rsub__",
        "__mul__",
        "__rmul__",
        "__truediv__",
        "__mod__",
        "__lt__",
        "__le__",
        "__gt__",
        "__ge__",
        "__enter__",
        "__exit__",
        "__aenter__",
        "__aexit__",
        "__await__",
        "__aiter__",
        "__anext__",
        "__int__",
        "__float__",
        "__index__",
        "__str__",
    ];
    let mut builder = machine.extend(classes::PLACEHOLDER);
    for name in used {
        builder = builder.method(name, used_up);
    }
    builder
        .method("__getattr__", attribute)
        .method("__getitem__", item)
        .method("__or__", other)
        .method("__ror__", other)
        .method("__call__", call)
        .method("__setattr__", ignore)
        .method("__repr__", repr)
        .method("__mro_entries__", |machine, _| Ok(machine.heap.tuple(&[]).into()))
        .build();
}

fn used_up(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    Err(machine.placeholder_used(args[0]).expect("a placeholder"))
}

fn attribute(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let name = machine.heap.text(args[1]).unwrap_or_default().to_owned();
    if name.starts_with("__") && name.ends_with("__") {
        let name = machine.heap.intern(&name);
        return Err(machine.no_attribute(args[0], name));
    }
    machine.attribute_of_placeholder(args[0], &name)
}

fn item(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let _ = machine;
    Ok(args[0].into())
}

fn other(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    item(machine, args)
}

// As a decorator it gives back what it decorates.
fn call(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    if let (Some(only), 2, true) = (args.get(1), args.len(), args.keywords.is_empty())
        && let Some(Data::Function(_) | Data::Class(_) | Data::StaticMethod(_) | Data::ClassMethod(_)) =
            only.handle().map(|handle| machine.heap.data(handle))
    {
        return Ok((*only).into());
    }
    machine.attribute_of_placeholder(args[0], "()")
}

fn ignore(_: &mut Machine, _: Args) -> Result<Flow, Raise> {
    Ok(Value::None.into())
}

fn repr(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let name = machine.payload::<Placeholder>(args[0]).expect("a placeholder").name.clone();
    let _ = names::REPR;
    Ok(machine.heap.str(&format!("<{name}, which is not available here>")).into())
}
