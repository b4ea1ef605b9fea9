//! What annotations are made of: unions, generic aliases, names that are not known yet.

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Payload, Raise};
use crate::python::value::{Handle, Value};

/// `int | None`
pub(crate) struct Union(pub(crate) Vec<Value>);

/// `list[int]`
pub(crate) struct Alias {
    pub(crate) origin: Value,
    pub(crate) args: Value,
}

/// A name in an annotation that nothing is called yet.
pub(crate) struct ForwardRef(pub(crate) String);

impl Payload for Union {
    fn visit(&self, visit: &mut dyn FnMut(Value)) {
        self.0.iter().copied().for_each(visit);
    }
}

impl Payload for Alias {
    fn visit(&self, visit: &mut dyn FnMut(Value)) {
        [self.origin, self.args].into_iter().for_each(visit);
    }
}

impl Payload for ForwardRef {}

impl Machine {
    /// `left | right` of types.
    pub(crate) fn union(&mut self, parts: &[Value]) -> Result<Value, Raise> {
        let mut items: Vec<Value> = Vec::new();
        for part in parts {
            let own = match self.payload::<Union>(*part) {
                Some(union) => union.0.clone(),
                None if part.is_none() => vec![classes::NONE_TYPE.into()],
                // A text in a union is a name that is looked up later.
                None if let Some(name) = self.heap.text(*part).map(str::to_owned) => vec![self.forward(&name)],
                None => vec![*part],
            };
            for item in own {
                let mut known = false;
                for other in &items {
                    known |= self.equals(*other, item)?;
                }
                if !known {
                    items.push(item);
                }
            }
        }
        Ok(if items.len() == 1 { items[0] } else { self.instance(classes::UNION, Union(items)) })
    }

    /// The types of a union, or nothing where it is none.
    pub fn union_parts(&self, value: Value) -> Option<&[Value]> {
        self.payload::<Union>(value).map(|union| union.0.as_slice())
    }

    pub(crate) fn alias(&mut self, origin: Value, args: Value) -> Value {
        let args = match args.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Tuple(_)) => args,
            _ => self.heap.tuple(&[args]),
        };
        self.instance(classes::GENERIC_ALIAS, Alias { origin, args })
    }

    pub(crate) fn forward(&mut self, text: &str) -> Value {
        self.instance(classes::FORWARD_REF, ForwardRef(text.to_owned()))
    }

    /// A type as annotations are printed.
    pub(crate) fn type_text(&mut self, value: Value) -> Result<String, Raise> {
        match value.handle().map(|handle| (handle, self.heap.data(handle))) {
            _ if value == Value::Object(classes::NONE_TYPE) => Ok("None".to_owned()),
            _ if value == Value::Ellipsis => Ok("...".to_owned()),
            Some((handle, Data::Class(class))) => Ok(self.class_title(handle, &class.qualname)),
            _ => self.repr(value),
        }
    }

    fn type_texts(&mut self, values: &[Value], between: &str) -> Result<String, Raise> {
        let mut texts = Vec::new();
        for value in values {
            texts.push(self.type_text(*value)?);
        }
        Ok(texts.join(between))
    }

    pub(crate) fn load_lenient(&mut self, name: Handle) -> Result<(), Raise> {
        let value = self.lenient(name)?;
        self.stack.push(value);
        Ok(())
    }

    fn lenient(&mut self, name: Handle) -> Result<Value, Raise> {
        let namespace = self.frame().namespace;
        let found = namespace.and_then(|namespace| self.heap.get_name(namespace, name)).or_else(|| self.global(name));
        if let Some(value) = found {
            return Ok(value);
        }
        let globals = self.frame().globals;
        if let Some(late) = self.late(globals, name) {
            return self.settled(|machine| machine.import_late(late));
        }
        let text = self.heap.name(name).to_owned();
        Ok(self.forward(&text))
    }

    pub(crate) fn load_lenient_deref(&mut self, base: usize, slot: u16, name: Handle) -> Result<(), Raise> {
        let cell = self.stack[base + slot as usize].handle().expect("a cell");
        let namespace = self.frame().namespace;
        let value = match namespace.and_then(|namespace| self.heap.get_name(namespace, name)) {
            Some(value) => value,
            None => match self.heap.data(cell) {
                Data::Cell(value) if !value.is_unbound() => *value,
                _ => self.lenient(name)?,
            },
        };
        self.stack.push(value);
        Ok(())
    }

    /// `def f[T]`: the kinds are `TypeVar`, `TypeVarTuple`, `ParamSpec`.
    pub(crate) fn type_param(&mut self, kind: u16, name: Handle) -> Result<(), Raise> {
        let class = ["_type_var", "TypeVarTuple", "ParamSpec"][kind as usize];
        let flow = self.typing_call(class, &[name.into()])?;
        self.apply(flow)
    }

    // Stack: the function that computes the value.
    pub(crate) fn type_alias(&mut self, name: Handle) -> Result<(), Raise> {
        let thunk = self.pop();
        let flow = self.typing_call("_alias", &[name.into(), thunk])?;
        self.apply(flow)
    }

    fn typing_call(&mut self, function: &str, args: &[Value]) -> Result<Flow, Raise> {
        let module = self.heap.str("typing");
        let function = self.heap.intern(function);
        let mut keep = vec![function.into()];
        keep.extend_from_slice(args);
        self.push_continuation(
            crate::python::native::Then::Value(|machine, keep, module| {
                let function = machine.get_name(module, keep[0].handle().expect("a name"))?;
                Ok(Flow::call(function, Args::from(&keep[1..])))
            }),
            keep.into(),
        );
        self.import_module(module)
    }
}

/// The methods of these types, and `|` of classes.
pub(crate) fn found(machine: &mut Machine) {
    machine.extend(classes::TYPE).method("__or__", or).method("__ror__", ror).build();
    machine.extend(classes::NONE_TYPE).method("__or__", none_or).method("__ror__", none_ror).build();
    machine
        .extend(classes::UNION)
        .method("__or__", or)
        .method("__ror__", ror)
        .method("__repr__", union_repr)
        .method("__eq__", union_eq)
        .method("__hash__", union_hash)
        .method("__instancecheck__", |machine, args| union_check(machine, &args, Machine::instance_check))
        .method("__subclasscheck__", |machine, args| union_check(machine, &args, Machine::subclass_check))
        .getter("__args__", |machine, args| {
            let items = machine.payload::<Union>(args[0]).expect("a union").0.clone();
            Ok(machine.heap.tuple(&items).into())
        })
        .getter("__origin__", |_, _| Ok(Value::from(classes::UNION).into()))
        .getter("__parameters__", |machine, _| Ok(machine.heap.tuple(&[]).into()))
        .class_method("__class_getitem__", |machine, args| {
            let parts = match machine.items_of(args[1]) {
                Some(items) => items.to_vec(),
                None => vec![args[1]],
            };
            Ok(machine.union(&parts)?.into())
        })
        .attribute("__module__", names::MODULE.into())
        .build();
    let typing = machine.heap.str("typing");
    machine.extend(classes::UNION).attribute("__module__", typing).build();
    found_alias(machine);
    found_forward(machine);
}

fn found_alias(machine: &mut Machine) {
    let types = machine.heap.str("types");
    machine
        .extend(classes::GENERIC_ALIAS)
        .attribute("__module__", types)
        .constructor(|machine, args| Ok(machine.alias(args[1], args[2]).into()))
        .method("__or__", or)
        .method("__ror__", ror)
        .method("__repr__", alias_repr)
        .method("__eq__", alias_eq)
        .method("__hash__", |_, _| Ok(Value::Int(77).into()))
        .method("__call__", |machine, args| {
            let origin = machine.payload::<Alias>(args[0]).expect("an alias").origin;
            let rest = Args { positional: args[1..].into(), keywords: args.keywords.clone() };
            Ok(Flow::call(origin, rest))
        })
        .method("__getitem__", |machine, args| {
            let origin = machine.payload::<Alias>(args[0]).expect("an alias").origin;
            Ok(machine.alias(origin, args[1]).into())
        })
        .method("__mro_entries__", |machine, args| {
            let origin = machine.payload::<Alias>(args[0]).expect("an alias").origin;
            Ok(machine.heap.tuple(&[origin]).into())
        })
        .method("__getattr__", |machine, args| {
            let origin = machine.payload::<Alias>(args[0]).expect("an alias").origin;
            machine.attribute(origin, args[1].handle().expect("a name"))
        })
        .getter("__origin__", |machine, args| Ok(machine.payload::<Alias>(args[0]).expect("an alias").origin.into()))
        .getter("__args__", |machine, args| Ok(machine.payload::<Alias>(args[0]).expect("an alias").args.into()))
        .getter("__parameters__", |machine, _| Ok(machine.heap.tuple(&[]).into()))
        .build();
    for class in [classes::LIST, classes::DICT, classes::TUPLE, classes::SET, classes::FROZENSET, classes::TYPE] {
        machine
            .extend(class)
            .class_method("__class_getitem__", |machine, args| Ok(machine.alias(args[0], args[1]).into()))
            .build();
    }
}

fn found_forward(machine: &mut Machine) {
    let module = machine.heap.str("annotationlib");
    machine
        .extend(classes::FORWARD_REF)
        .attribute("__module__", module)
        .constructor(|machine, args| {
            let text = machine.heap.text(args[1]).unwrap_or_default().to_owned();
            Ok(machine.forward(&text).into())
        })
        .getter("__forward_arg__", |machine, args| {
            let text = forward_text(machine, args[0]);
            Ok(machine.heap.str(&text).into())
        })
        .method("__repr__", |machine, args| {
            let text = forward_text(machine, args[0]);
            let quoted = crate::python::text::quote::repr(&text);
            Ok(machine.heap.str(&format!("ForwardRef({quoted})")).into())
        })
        .method("__eq__", |machine, args| {
            let (a, b) = (machine.payload::<ForwardRef>(args[0]), machine.payload::<ForwardRef>(args[1]));
            Ok(match (a, b) {
                (Some(a), Some(b)) => Value::Bool(a.0 == b.0),
                _ => Value::NotImplemented,
            }
            .into())
        })
        .method("__hash__", |machine, args| {
            let text = forward_text(machine, args[0]);
            let text = machine.heap.str(&text);
            Ok(Value::Int(machine.hash(text)? as i64).into())
        })
        .method("__getattr__", |machine, args| {
            let name = machine.heap.text(args[1]).unwrap_or_default().to_owned();
            if name.starts_with("__") {
                return Err(machine.no_attribute(args[0], args[1].handle().expect("a name")));
            }
            let text = format!("{}.{name}", forward_text(machine, args[0]));
            Ok(machine.forward(&text).into())
        })
        .method("__getitem__", |machine, args| {
            let items = match machine.items_of(args[1]) {
                Some(items) => items.to_vec(),
                None => vec![args[1]],
            };
            let inside = machine.type_texts(&items, ", ")?;
            let text = format!("{}[{inside}]", forward_text(machine, args[0]));
            Ok(machine.forward(&text).into())
        })
        .method("__call__", |machine, args| {
            let text = format!("{}()", forward_text(machine, args[0]));
            Ok(machine.forward(&text).into())
        })
        .method("__or__", or)
        .method("__ror__", ror)
        .build();
}

fn forward_text(machine: &Machine, value: Value) -> String {
    machine.payload::<ForwardRef>(value).map_or_else(String::new, |forward| forward.0.clone())
}

fn is_type(machine: &Machine, value: Value) -> bool {
    value.is_none()
        || machine.class_handle(value).is_some()
        || matches!(value.handle().map(|handle| machine.heap.data(handle)), Some(Data::Payload(_) | Data::Plain))
}

fn or(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    if !is_type(machine, args[1]) {
        return Ok(Value::NotImplemented.into());
    }
    Ok(machine.union(&args)?.into())
}

fn ror(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    if !is_type(machine, args[1]) {
        return Ok(Value::NotImplemented.into());
    }
    Ok(machine.union(&[args[1], args[0]])?.into())
}

fn none_or(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    if args[1].is_none() { Ok(Value::NotImplemented.into()) } else { or(machine, args) }
}

fn none_ror(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    if args[1].is_none() { Ok(Value::NotImplemented.into()) } else { ror(machine, args) }
}

fn union_repr(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let items = machine.payload::<Union>(args[0]).expect("a union").0.clone();
    let text = machine.type_texts(&items, " | ")?;
    Ok(machine.heap.str(&text).into())
}

fn union_eq(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let (Some(a), Some(b)) = (machine.payload::<Union>(args[0]), machine.payload::<Union>(args[1])) else {
        return Ok(Value::NotImplemented.into());
    };
    let (a, b) = (a.0.clone(), b.0.clone());
    let same = a.len() == b.len() && a.iter().all(|item| b.contains(item));
    Ok(Value::Bool(same).into())
}

fn union_hash(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let items = machine.payload::<Union>(args[0]).expect("a union").0.clone();
    let mut hash = 0;
    for item in items {
        hash ^= machine.hash(item)?;
    }
    Ok(Value::Int(hash as i64 & i64::MAX).into())
}

fn union_check(
    machine: &mut Machine,
    args: &Args,
    check: fn(&mut Machine, Value, Value) -> Result<bool, Raise>,
) -> Result<Flow, Raise> {
    let items = machine.payload::<Union>(args[0]).expect("a union").0.clone();
    for item in items {
        if check(machine, args[1], item)? {
            return Ok(Value::Bool(true).into());
        }
    }
    Ok(Value::Bool(false).into())
}

fn alias_repr(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let alias = machine.payload::<Alias>(args[0]).expect("an alias");
    let (origin, inner) = (alias.origin, alias.args);
    let items = machine.items(inner)?;
    let text = format!("{}[{}]", machine.type_text(origin)?, machine.type_texts(&items, ", ")?);
    Ok(machine.heap.str(&text).into())
}

fn alias_eq(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let (Some(a), Some(b)) = (machine.payload::<Alias>(args[0]), machine.payload::<Alias>(args[1])) else {
        return Ok(Value::NotImplemented.into());
    };
    let (origins, left, right) = ((a.origin, b.origin), a.args, b.args);
    Ok(Value::Bool(origins.0 == origins.1 && machine.equals(left, right)?).into())
}
