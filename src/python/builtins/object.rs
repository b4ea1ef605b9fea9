//! `object` and `type`.

use crate::python::builtins::{method_of, none};
use crate::python::compile::Compare;
use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};

pub(super) fn found(machine: &mut Machine) {
    machine
        .extend(classes::OBJECT)
        .constructor(new)
        .method("__init__", init)
        .method("__repr__", |machine, args| {
            let text = machine.repr_of_data(args[0])?;
            Ok(machine.heap.str(&text).into())
        })
        .method("__str__", str)
        .method("__format__", format)
        .method("__hash__", |machine, args| Ok(Value::Int(machine.identity_hash(args[0]) as i64).into()))
        .method("__eq__", |_, args| {
            Ok(if args[0] == args[1] { Value::Bool(true) } else { Value::NotImplemented }.into())
        })
        .method("__ne__", ne)
        .method("__lt__", |_, _| Ok(Value::NotImplemented.into()))
        .method("__le__", |_, _| Ok(Value::NotImplemented.into()))
        .method("__gt__", |_, _| Ok(Value::NotImplemented.into()))
        .method("__ge__", |_, _| Ok(Value::NotImplemented.into()))
        .method("__getattribute__", |machine, args| {
            let name = name_argument(machine, args[1])?;
            machine.plain_attribute(args[0], name)
        })
        .method("__setattr__", |machine, args| {
            let name = name_argument(machine, args[1])?;
            machine.plain_assign(args[0], name, args[2])
        })
        .method("__delattr__", |machine, args| {
            let name = name_argument(machine, args[1])?;
            machine.plain_delete(args[0], name)
        })
        .method("__dir__", |machine, args| {
            let names = machine.dir(args[0])?;
            let names = names.iter().map(|name| machine.heap.str(name)).collect();
            Ok(machine.heap.list(names).into())
        })
        .method("__sizeof__", |_, _| Ok(Value::Int(56).into()))
        .method("__reduce_ex__", |machine, args| {
            let message = format!("cannot pickle '{}' object", machine.type_name(args[0]));
            Err(machine.type_error(&message))
        })
        .class_method("__init_subclass__", |machine, args| {
            if args.keywords.is_empty() {
                return none();
            }
            let message = format!("{}.__init_subclass__() takes no keyword arguments", machine.class_name(args[0]));
            Err(machine.type_error(&message))
        })
        .class_method("__subclasshook__", |_, _| Ok(Value::NotImplemented.into()))
        .build();
    type_methods(machine);
    remember(machine);
}

fn remember(machine: &mut Machine) {
    let known = [names::GETATTRIBUTE, names::SETATTR, names::DELATTR, names::NE, names::HASH, names::INIT];
    let [getattribute, setattr, delattr, ne, hash, init] = known.map(|name| method_of(machine, classes::OBJECT, name));
    let unwrap = |machine: &Machine, value: Value| match value.handle().map(|handle| machine.heap.data(handle)) {
        Some(Data::StaticMethod(function) | Data::ClassMethod(function)) => *function,
        _ => value,
    };
    machine.known.getattribute = getattribute;
    machine.known.setattr = setattr;
    machine.known.delattr = delattr;
    machine.known.ne = ne;
    machine.known.hash = hash;
    machine.known.init = init;
    machine.known.new = unwrap(machine, method_of(machine, classes::OBJECT, names::NEW));
    machine.known.init_subclass = unwrap(machine, method_of(machine, classes::OBJECT, names::INIT_SUBCLASS));
    machine.known.type_call = method_of(machine, classes::TYPE, names::CALL);
}

/// A name given as a string.
pub(crate) fn name_argument(machine: &mut Machine, value: Value) -> Result<Handle, Raise> {
    match machine.heap.text(value) {
        Some(_) => Ok(machine.heap.name_of(value)),
        None => {
            let message = format!("attribute name must be string, not '{}'", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

fn new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let Some(class) = args.first().and_then(|class| machine.class_handle(*class)) else {
        return Err(machine.type_error("object.__new__(X): X is not a type object"));
    };
    let own_init = machine.lookup(class, names::INIT) != Some(machine.known.init);
    if args.len() > 1 && !own_init {
        let message = format!("{}() takes no arguments", machine.heap.class(class).name);
        return Err(machine.type_error(&message));
    }
    Ok(machine.empty_instance(class)?.into())
}

fn init(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = machine.heap.class_of(args[0]);
    let own_new =
        machine.lookup(class, names::NEW).is_some_and(|new| new != method_of(machine, classes::OBJECT, names::NEW));
    if (args.len() > 1 || !args.keywords.is_empty()) && !own_new {
        let message = format!(
            "{}.__init__() takes exactly one argument (the instance to initialize)",
            machine.heap.class(class).name
        );
        return Err(machine.type_error(&message));
    }
    none()
}

fn str(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = machine.heap.class_of(args[0]);
    let repr = machine.lookup(class, names::REPR).expect("object has a __repr__");
    let (callable, args) = machine.receiver_first(repr, args[0], Args::default())?;
    Ok(Flow::call(callable, args))
}

fn format(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let spec = args.get(1).and_then(|spec| machine.heap.text(*spec)).unwrap_or_default().to_owned();
    if !spec.is_empty() {
        let message = format!("unsupported format string passed to {}.__format__", machine.type_name(args[0]));
        return Err(machine.type_error(&message));
    }
    let text = machine.str(args[0])?;
    Ok(machine.heap.str(&text).into())
}

fn ne(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let answer = machine.call_special(args[0], names::EQ, [args[1]])?.expect("object has an __eq__");
    if answer == Value::NotImplemented {
        return Ok(answer.into());
    }
    let _ = Compare::Ne;
    Ok(Value::Bool(!machine.truth(answer)?).into())
}

fn type_methods(machine: &mut Machine) {
    machine
        .extend(classes::TYPE)
        .constructor(type_new)
        .method("__init__", |_, _| none())
        .method("__call__", |machine, args| {
            let class = machine.class_handle(args[0]).expect("type.__call__ has a class");
            let rest = Args { positional: args[1..].into(), keywords: args.keywords.clone() };
            machine.construct(class, rest)
        })
        .method("mro", |machine, args| {
            let class = machine.class_handle(args[0]).expect("a class");
            let mro = machine.heap.class(class).mro.iter().map(|base| (*base).into()).collect();
            Ok(machine.heap.list(mro).into())
        })
        .method("__subclasses__", |machine, args| {
            let class = machine.class_handle(args[0]).expect("a class");
            let all = machine.heap.class(class).subclasses.iter().map(|class| (*class).into()).collect();
            Ok(machine.heap.list(all).into())
        })
        .method("__instancecheck__", |machine, args| {
            let class = machine.class_handle(args[0]).expect("a class");
            Ok(Value::Bool(machine.is_instance(args[1], class)).into())
        })
        .method("__subclasscheck__", |machine, args| {
            let class = machine.class_handle(args[0]).expect("a class");
            match machine.class_handle(args[1]) {
                Some(other) => Ok(Value::Bool(machine.heap.is_subclass(other, class)).into()),
                None => Err(machine.type_error("issubclass() arg 1 must be a class")),
            }
        })
        .class_method("__prepare__", |machine, _| Ok(Value::from(machine.new_dict()).into()))
        .build();
}

fn type_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let metaclass = args.first().and_then(|class| machine.class_handle(*class)).unwrap_or(classes::TYPE);
    let [_, name, bases, namespace] = args[..] else {
        return Err(machine.type_error("type() takes 1 or 3 arguments"));
    };
    if machine.heap.text(name).is_none() {
        let message = format!("type.__new__() argument 1 must be str, not {}", machine.type_name(name));
        return Err(machine.type_error(&message));
    }
    let base_values = bases;
    let bases = machine.items(bases)?;
    // A more derived metaclass of a base makes the class.
    let mut winner = metaclass;
    for base in &bases {
        let candidate = machine.heap.class_of(*base);
        if machine.heap.is_subclass(candidate, winner) {
            winner = candidate;
        }
    }
    if winner != metaclass {
        let (own, new) =
            (machine.get_name(metaclass.into(), names::NEW)?, machine.get_name(winner.into(), names::NEW)?);
        if own != new {
            let positional = Args::from([winner.into(), name, base_values, namespace]).positional;
            return Ok(Flow::call(new, Args { positional, keywords: args.keywords }));
        }
    }
    machine.new_class(winner, name, &bases, namespace, &args.keywords)
}

impl Machine {
    /// The names that `dir(value)` gives, sorted.
    pub fn dir(&mut self, value: Value) -> Result<Vec<String>, Raise> {
        let mut found: Vec<Value> = Vec::new();
        if let Value::Object(handle) = value {
            match self.heap.data(handle) {
                Data::Module(dict) => {
                    found.extend(self.dict_entries(*dict).into_iter().map(|(name, _)| name));
                    found.extend(self.late_names(*dict));
                }
                Data::Class(class) => {
                    for base in class.mro.clone() {
                        let dict = self.heap.class(base).dict;
                        found.extend(self.dict_entries(dict).into_iter().map(|(name, _)| name));
                    }
                }
                _ => found.extend(self.own_entries(handle).into_iter().map(|(name, _)| name)),
            }
        }
        let module = value.handle().is_some_and(|handle| matches!(self.heap.data(handle), Data::Module(_)));
        if !module && self.class_handle(value).is_none() {
            for base in self.heap.class(self.heap.class_of(value)).mro.clone() {
                let dict = self.heap.class(base).dict;
                found.extend(self.dict_entries(dict).into_iter().map(|(name, _)| name));
            }
        }
        let mut names: Vec<String> =
            found.into_iter().filter_map(|name| self.heap.text(name).map(str::to_owned)).collect();
        if !module {
            names.push("__class__".to_owned());
        }
        names.sort();
        names.dedup();
        Ok(names)
    }
}
