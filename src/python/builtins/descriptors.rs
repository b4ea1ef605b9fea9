//! `property`, `classmethod`, `staticmethod`, `super`, functions and methods as objects.

use crate::python::builtins::none;
use crate::python::builtins::numbers::{comparisons, hash_of_data, repr_of_data};
use crate::python::heap::object::{Data, Method, Property, Super};
use crate::python::heap::{classes, names};
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};

pub(super) fn found(machine: &mut Machine) {
    machine
        .extend(classes::PROPERTY)
        .constructor(property_new)
        .method("__init__", property_init)
        .method("getter", |machine, args| copied(machine, &args, |property, value| property.get = value))
        .method("setter", |machine, args| copied(machine, &args, |property, value| property.set = value))
        .method("deleter", |machine, args| copied(machine, &args, |property, value| property.delete = value))
        .method("__get__", |machine, args| {
            if args[1].is_none() {
                return Ok(args[0].into());
            }
            let class = machine.heap.class_of(args[1]);
            machine.bind_descriptor(args[0], args[1], class)
        })
        .build();
    machine
        .extend(classes::STATICMETHOD)
        .constructor(static_new)
        .method("__init__", |_, _| none())
        .method("__get__", bound_get)
        .build();
    machine
        .extend(classes::CLASSMETHOD)
        .constructor(class_new)
        .method("__init__", |_, _| none())
        .method("__get__", bound_get)
        .build();
    machine.extend(classes::SUPER).constructor(super_new).method("__repr__", repr_of_data).build();
    for class in [classes::FUNCTION, classes::METHOD_DESCRIPTOR] {
        machine.extend(class).method("__get__", bound_get).build();
    }
    for class in [classes::FUNCTION, classes::METHOD_DESCRIPTOR, classes::NATIVE_FUNCTION, classes::METHOD] {
        machine
            .extend(class)
            .method("__call__", |_, args| {
                let rest = Args { positional: args[1..].into(), keywords: args.keywords.clone() };
                Ok(Flow::call(args[0], rest))
            })
            .method("__repr__", repr_of_data)
            .build();
    }
    comparisons(machine.extend(classes::METHOD).method("__hash__", hash_of_data)).constructor(method_new).build();
    machine
        .extend(classes::MODULE)
        .constructor(module_new)
        .method("__init__", |_, _| none())
        .method("__repr__", repr_of_data)
        .build();
}

// An instance of `property` or of a subclass, empty until `__init__`.
fn property_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = machine.class_handle(args[0]).unwrap_or(classes::PROPERTY);
    let empty =
        Property { get: Value::None, set: Value::None, delete: Value::None, doc: Value::None, name: Value::None };
    Ok(Value::from(machine.heap.alloc(class, Data::Property(Box::new(empty)))).into())
}

fn property_init(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [own, get, set, delete, doc] = args.take(machine, "property", ["", "fget", "fset", "fdel", "doc"], 1)?;
    let [get, set, delete, mut doc] = [get, set, delete, doc].map(|part| part.or(Value::None));
    if doc.is_none() && !get.is_none() {
        doc = machine.find_attr(get, "__doc__")?.unwrap_or(Value::None);
    }
    if let Some(Data::Property(property)) = own.handle().map(|handle| machine.heap.data_mut(handle)) {
        (property.get, property.set, property.delete, property.doc) = (get, set, delete, doc);
    }
    none()
}

fn copied(machine: &mut Machine, args: &Args, change: fn(&mut Property, Value)) -> Result<Flow, Raise> {
    let handle = args[0].handle().expect("a property");
    let class = machine.heap.object(handle).class;
    let Data::Property(property) = machine.heap.data(handle) else { return none() };
    let mut property = **property;
    change(&mut property, args[1]);
    Ok(Value::from(machine.heap.alloc(class, Data::Property(Box::new(property)))).into())
}

fn static_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [class, function] = args.exactly(machine, "staticmethod")?;
    let class = machine.class_handle(class).unwrap_or(classes::STATICMETHOD);
    Ok(Value::from(machine.heap.alloc(class, Data::StaticMethod(function))).into())
}

fn class_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [class, function] = args.exactly(machine, "classmethod")?;
    let class = machine.class_handle(class).unwrap_or(classes::CLASSMETHOD);
    Ok(Value::from(machine.heap.alloc(class, Data::ClassMethod(function))).into())
}

// `descriptor.__get__(object, class)`
fn bound_get(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [own, object, class] = args.take(machine, "__get__", ["", "", ""], 2)?;
    if object.is_none() && machine.class_handle(class).is_some() {
        return match own.handle().map(|handle| machine.heap.data(handle)) {
            Some(Data::ClassMethod(function)) => {
                let function = *function;
                Ok(machine.new_method(function, class).into())
            }
            Some(Data::StaticMethod(function)) => Ok((*function).into()),
            _ => Ok(own.into()),
        };
    }
    let class = machine.class_handle(class).unwrap_or_else(|| machine.heap.class_of(object));
    machine.bind_descriptor(own, object, class)
}

fn method_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [_, function, receiver] = args.exactly(machine, "method")?;
    Ok(Value::from(machine.heap.alloc(classes::METHOD, Data::Method(Box::new(Method { function, receiver })))).into())
}

fn module_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let name = args.get(1).and_then(|name| machine.heap.text(*name)).unwrap_or_default().to_owned();
    let module = machine.new_module(&name);
    machine.heap.object_mut(module).class = machine.class_handle(args[0]).unwrap_or(classes::MODULE);
    if let Some(doc) = args.get(2) {
        let dict = machine.module_dict(module);
        machine.heap.set_name(dict, names::DOC, *doc);
    }
    Ok(Value::from(module).into())
}

// `super(class, object)`; the compiler gives both where none is written.
fn super_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [_, class, receiver] = args.take(machine, "super", ["", "", ""], 1)?;
    let (class, receiver) = if class.is_unbound() { from_frame(machine)? } else { (class, receiver) };
    let Some(after) = machine.class_handle(class) else {
        let message = format!("super() argument 1 must be a type, not {}", machine.type_name(class));
        return Err(machine.type_error(&message));
    };
    let start = match machine.class_handle(receiver).filter(|own| machine.heap.is_subclass(*own, after)) {
        Some(own) => own,
        None if machine.is_instance(receiver, after) => machine.heap.class_of(receiver),
        None => {
            return Err(
                machine.type_error("super(type, obj): obj (instance of object) is not an instance or subtype of type")
            );
        }
    };
    let parts = Super { after, receiver, start };
    Ok(Value::from(machine.heap.alloc(classes::SUPER, Data::Super(Box::new(parts)))).into())
}

// `super` was reached by another name: the class and the first argument are in the frame.
fn from_frame(machine: &mut Machine) -> Result<(Value, Value), Raise> {
    let frame = machine.frames.iter().rev().find_map(|activation| match activation {
        Activation::Python(frame) => Some(frame),
        _ => None,
    });
    let found = frame.and_then(|frame| {
        let class: Handle = machine.heap.interned("__class__")?;
        let at = frame.code.body().locals.iter().position(|local| *local == class)?;
        let cell = machine.stack.get(frame.base as usize + at)?.handle()?;
        let Data::Cell(class) = machine.heap.data(cell) else { return None };
        let first = *machine.stack.get(frame.base as usize)?;
        let first = match first.handle().map(|handle| machine.heap.data(handle)) {
            Some(Data::Cell(value)) => *value,
            _ => first,
        };
        Some((*class, first))
    });
    found.ok_or_else(|| machine.runtime_error("super(): no arguments"))
}
