//! `dict` and its views: constructors and methods.

use crate::python::builtins::lists::{del_item, native_contains, native_item, native_iter, native_len, set_item};
use crate::python::builtins::numbers::{binaries, comparisons, repr_of_data};
use crate::python::heap::classes;
use crate::python::heap::object::{Data, Iterator, ViewKind};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Native, Raise};
use crate::python::value::{Handle, Value};

type Result<T> = std::result::Result<T, Raise>;

const DICT: &[(&str, Native)] = &[
    ("__init__", init_dict),
    ("get", get),
    ("setdefault", setdefault),
    ("pop", pop),
    ("popitem", popitem),
    ("update", update),
    ("clear", clear),
    ("copy", copy_dict),
    ("keys", |m, a| view(m, &a, ViewKind::Keys, classes::DICT_KEYS)),
    ("values", |m, a| view(m, &a, ViewKind::Values, classes::DICT_VALUES)),
    ("items", |m, a| view(m, &a, ViewKind::Items, classes::DICT_ITEMS)),
];

/// Gives `dict` its constructors and methods.
pub(super) fn found(machine: &mut Machine) {
    let mut class = machine.extend(classes::DICT).class_method("fromkeys", fromkeys);
    for (name, call) in DICT {
        class = class.method(name, *call);
    }
    class
        .attribute("__hash__", Value::None)
        .method("__reversed__", reversed)
        .method("__repr__", repr_of_data)
        .method("__len__", native_len)
        .method("__iter__", native_iter)
        .method("__contains__", native_contains)
        .method("__getitem__", native_item)
        .method("__setitem__", set_item)
        .method("__delitem__", del_item)
        .build();
    comparisons(binaries(machine.extend(classes::DICT), &[11])).build();
    for view in [classes::DICT_KEYS, classes::DICT_VALUES, classes::DICT_ITEMS] {
        machine
            .extend(view)
            .method("__reversed__", reversed)
            .method("__repr__", repr_of_data)
            .method("__len__", native_len)
            .method("__iter__", native_iter)
            .method("__contains__", native_contains)
            .build();
        comparisons(binaries(machine.extend(view), &[1, 10, 11, 12])).build();
    }
    // A read-only view answers as its dict does.
    machine
        .extend(classes::MAPPINGPROXY)
        .constructor(new_proxy)
        .method("__repr__", repr_of_data)
        .method("__len__", |m, a| forwarded(m, a, native_len))
        .method("__iter__", |m, a| forwarded(m, a, native_iter))
        .method("__contains__", |m, a| forwarded(m, a, native_contains))
        .method("__getitem__", |m, a| forwarded(m, a, native_item))
        .method("get", |m, a| forwarded(m, a, get))
        .method("keys", |m, a| forwarded(m, a, |m, a| view(m, &a, ViewKind::Keys, classes::DICT_KEYS)))
        .method("values", |m, a| forwarded(m, a, |m, a| view(m, &a, ViewKind::Values, classes::DICT_VALUES)))
        .method("items", |m, a| forwarded(m, a, |m, a| view(m, &a, ViewKind::Items, classes::DICT_ITEMS)))
        .method("copy", |m, a| forwarded(m, a, copy_dict))
        .build();
}

pub(super) fn receiver(machine: &mut Machine, args: &Args) -> Result<Handle> {
    let value = args.first().copied().unwrap_or(Value::None);
    match value.handle().filter(|handle| matches!(machine.heap.data(*handle), Data::Dict(_) | Data::Set(_))) {
        Some(table) => Ok(table),
        None => {
            let message = format!("descriptor requires a 'dict' object but received a '{}'", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

fn new_proxy(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [_, mapping] = args.exactly(machine, "mappingproxy")?;
    let dict = receiver(machine, &Args::from([mapping]))?;
    Ok(Value::from(machine.heap.alloc(classes::MAPPINGPROXY, Data::Proxy(dict))).into())
}

fn forwarded(machine: &mut Machine, mut args: Args, call: Native) -> Result<Flow> {
    if let Some(Data::Proxy(dict)) =
        args.first().and_then(|value| value.handle()).map(|handle| machine.heap.data(handle))
    {
        args.positional[0] = (*dict).into();
    }
    call(machine, args)
}

fn init_dict(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    if args.len() > 2 {
        return Err(machine.type_error(&format!("dict expected at most 1 argument, got {}", args.len() - 1)));
    }
    filled(machine, dict, &args)
}

fn update(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    if args.len() > 2 {
        return Err(machine.type_error(&format!("update expected at most 1 argument, got {}", args.len() - 1)));
    }
    filled(machine, dict, &args)
}

// A mapping has keys(); anything else is a series of pairs.
fn filled(machine: &mut Machine, dict: Handle, args: &Args) -> Result<Flow> {
    if let Some(source) = args.get(1).copied() {
        if matches!(source.handle().map(|handle| machine.heap.data(handle)), Some(Data::Generator(_))) {
            return filled_later(machine, dict, source, args);
        }
        for (key, value) in entries(machine, source)? {
            machine.dict_set(dict, key, value)?;
        }
    }
    for (name, value) in &args.keywords {
        machine.dict_set(dict, (*name).into(), *value)?;
    }
    Ok(Value::None.into())
}

// A generator may suspend while it gives its pairs.
fn filled_later(machine: &mut Machine, dict: Handle, source: Value, args: &Args) -> Result<Flow> {
    let named = machine.new_dict();
    for (name, value) in &args.keywords {
        machine.dict_set(named, (*name).into(), *value)?;
    }
    machine.collect_items(source, &[dict.into(), named.into()], |machine, keep, pairs| {
        let (dict, named) = (keep[0].handle().expect("a dict"), keep[1].handle().expect("a dict"));
        let named = machine.dict_entries(named);
        for (key, value) in entries(machine, pairs)?.into_iter().chain(named) {
            machine.dict_set(dict, key, value)?;
        }
        Ok(Value::None.into())
    })
}

fn entries(machine: &mut Machine, source: Value) -> Result<Vec<(Value, Value)>> {
    let is_dict = source.handle().is_some_and(|handle| matches!(machine.heap.data(handle), Data::Dict(_)));
    if is_dict || machine.find_attr(source, "keys")?.is_some() {
        return machine.mapping_entries(source);
    }
    let pairs = machine.items(source)?;
    let mut found = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.into_iter().enumerate() {
        match machine.items(pair)?.as_slice() {
            [key, value] => found.push((*key, *value)),
            other => {
                let message =
                    format!("dictionary update sequence element #{at} has length {}; 2 is required", other.len());
                return Err(machine.value_error(&message));
            }
        }
    }
    Ok(found)
}

fn fromkeys(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [class, keys, value] = args.take(machine, "fromkeys", ["", "", ""], 2)?;
    let class = class.handle().expect("a class method is called with a class");
    let dict = machine.heap.alloc(class, Data::Dict(Box::default()));
    for key in machine.items(keys)? {
        machine.dict_set(dict, key, value.or(Value::None))?;
    }
    Ok(Value::from(dict).into())
}

fn get(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    let [_, key, default] = args.take(machine, "get", ["", "", ""], 2)?;
    Ok(machine.dict_get(dict, key)?.unwrap_or(default.or(Value::None)).into())
}

fn setdefault(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    let [_, key, default] = args.take(machine, "setdefault", ["", "", ""], 2)?;
    if let Some(value) = machine.dict_get(dict, key)? {
        return Ok(value.into());
    }
    let value = default.or(Value::None);
    machine.dict_set(dict, key, value)?;
    Ok(value.into())
}

fn pop(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    let [_, key, default] = args.take(machine, "pop", ["", "", ""], 2)?;
    match machine.dict_remove(dict, key)? {
        Some(value) => Ok(value.into()),
        None => default.given().map(Flow::from).ok_or_else(|| machine.key_error(key)),
    }
}

fn popitem(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    let Some(place) = machine.heap.dict(dict).last_place() else {
        let message = machine.heap.str("popitem(): dictionary is empty");
        return Err(machine.key_error(message));
    };
    let entry = machine.heap.dict_mut(dict).remove_at(place);
    Ok(machine.heap.tuple(&[entry.key, entry.value]).into())
}

pub(super) fn clear(machine: &mut Machine, args: Args) -> Result<Flow> {
    let table = receiver(machine, &args)?;
    match machine.heap.data_mut(table) {
        Data::Dict(dict) | Data::Set(dict) => dict.clear(),
        _ => unreachable!("the receiver is a table"),
    }
    Ok(Value::None.into())
}

fn copy_dict(machine: &mut Machine, args: Args) -> Result<Flow> {
    let dict = receiver(machine, &args)?;
    let copy = machine.new_dict();
    machine.dict_update(copy, dict)?;
    Ok(Value::from(copy).into())
}

fn view(machine: &mut Machine, args: &Args, kind: ViewKind, class: Handle) -> Result<Flow> {
    let dict = receiver(machine, args)?;
    Ok(Value::from(machine.heap.alloc(class, Data::View(kind, dict))).into())
}

fn reversed(machine: &mut Machine, args: Args) -> Result<Flow> {
    let own = args.first().and_then(|own| own.handle()).map(|handle| (handle, machine.heap.data(handle)));
    let (kind, dict) = match own {
        Some((_, Data::View(kind, dict))) => (*kind, *dict),
        Some((handle, Data::Dict(_))) => (ViewKind::Keys, handle),
        _ => return Err(machine.type_error("__reversed__ needs a dict or a view of one")),
    };
    let size = machine.heap.dict(dict).len();
    let class = [classes::DICT_KEY_ITERATOR, classes::DICT_VALUE_ITERATOR, classes::DICT_ITEM_ITERATOR][kind as usize];
    let iterator = Iterator::Table { dict, place: 0, size, kind, backwards: true };
    Ok(machine.new_iterator(class, iterator).into())
}
