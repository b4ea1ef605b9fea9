//! `set`, `frozenset` and the sets that views are: constructors and methods.

use super::lists::{native_contains, native_iter, native_len};
use super::mappings::{clear, receiver};
use super::numbers::{binaries, comparisons, hash_of_data, repr_of_data};
use crate::python::compile::Binary;
use crate::python::heap::classes;
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Keep, Native, Raise};
use crate::python::value::Value;

type Result<T> = std::result::Result<T, Raise>;

/// Methods that `set` and `frozenset` have.
const BOTH: &[(&str, Native)] = &[
    ("copy", copy_set),
    ("union", |m, a| combined(m, &a, Binary::Or)),
    ("intersection", |m, a| combined(m, &a, Binary::And)),
    ("difference", |m, a| combined(m, &a, Binary::Sub)),
    ("symmetric_difference", |m, a| combined(m, &a, Binary::Xor)),
    ("issubset", |m, a| compared(m, a, super::super::machine::Machine::is_subset)),
    ("issuperset", |m, a| compared(m, a, |m, own, other| m.is_subset(other, own))),
    ("isdisjoint", |m, a| compared(m, a, disjoint)),
];

const SET: &[(&str, Native)] = &[
    ("__init__", init_set),
    ("add", add),
    ("discard", |m, a| {
        discarded(m, a)?;
        Ok(Value::None.into())
    }),
    ("remove", remove),
    ("pop", pop_set),
    ("clear", clear),
    ("update", |m, a| changed(m, &a, Binary::Or)),
    ("intersection_update", |m, a| changed(m, &a, Binary::And)),
    ("difference_update", |m, a| changed(m, &a, Binary::Sub)),
    ("symmetric_difference_update", |m, a| changed(m, &a, Binary::Xor)),
];

/// Gives `set` and `frozenset` their constructors and methods.
pub(super) fn found(machine: &mut Machine) {
    for view in [classes::DICT_KEYS, classes::DICT_ITEMS] {
        machine.extend(view).method("isdisjoint", |m, a| compared(m, a, disjoint)).build();
    }
    for set in [classes::SET, classes::FROZENSET] {
        let mut class = machine.extend(set);
        for (name, call) in BOTH {
            class = class.method(name, *call);
        }
        class
            .method("__repr__", repr_of_data)
            .method("__len__", native_len)
            .method("__iter__", native_iter)
            .method("__contains__", native_contains)
            .build();
        comparisons(binaries(machine.extend(set), &[1, 10, 11, 12])).build();
    }
    let mut class = machine.extend(classes::SET);
    for (name, call) in SET {
        class = class.method(name, *call);
    }
    class.build();
    machine.extend(classes::SET).attribute("__hash__", Value::None).build();
    machine.extend(classes::FROZENSET).constructor(new_frozenset).method("__hash__", hash_of_data).build();
}

fn init_set(machine: &mut Machine, args: Args) -> Result<Flow> {
    let set = receiver(machine, &args)?;
    let [_, iterable] = args.take(machine, "set", ["", ""], 1)?;
    match iterable.given() {
        None => Ok(Value::None.into()),
        Some(iterable) => machine.collect_items(iterable, &[set.into()], taken_in),
    }
}

fn taken_in(machine: &mut Machine, keep: Keep, list: Value) -> Result<Flow> {
    let set = keep[0].handle().expect("a set was kept");
    for item in machine.items(list)? {
        machine.dict_set(set, item, Value::None)?;
    }
    Ok(Value::None.into())
}

fn new_frozenset(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [class, iterable] = args.take(machine, "frozenset", ["", ""], 1)?;
    let empty = machine.heap.list(Vec::new());
    machine.collect_items(iterable.or(empty), &[class], frozen)
}

fn frozen(machine: &mut Machine, keep: Keep, list: Value) -> Result<Flow> {
    let class = keep[0].handle().expect("__new__ is called with a class");
    let items = machine.items(list)?;
    Ok(machine.new_set(class, &items)?.into())
}

fn copy_set(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [receiver] = args.exactly(machine, "copy")?;
    let class = machine.heap.class_of(receiver);
    let items = machine.items(receiver)?;
    Ok(machine.new_set(class, &items)?.into())
}

fn combined(machine: &mut Machine, args: &Args, operator: Binary) -> Result<Flow> {
    let mut result = args[0];
    let frozen = machine.is_instance(result, classes::FROZENSET);
    let class = if frozen { classes::FROZENSET } else { classes::SET };
    if args.len() == 1 {
        let items = machine.items(result)?;
        return Ok(machine.new_set(class, &items)?.into());
    }
    for other in &args[1..] {
        result = machine.combined(operator, result, *other, class)?;
    }
    Ok(result.into())
}

fn compared(machine: &mut Machine, args: Args, ask: fn(&mut Machine, Value, Value) -> Result<bool>) -> Result<Flow> {
    let [own, mut other] = args.exactly(machine, "issubset")?;
    let class = machine.heap.class_of(other);
    if !matches!(class, classes::SET | classes::FROZENSET | classes::DICT) {
        let items = machine.items(other)?;
        other = machine.new_set(classes::SET, &items)?;
    }
    Ok(Value::Bool(ask(machine, own, other)?).into())
}

fn disjoint(machine: &mut Machine, own: Value, other: Value) -> Result<bool> {
    let other = other.handle().expect("a set");
    for item in machine.items(own)? {
        if machine.dict_get(other, item)?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn add(machine: &mut Machine, args: Args) -> Result<Flow> {
    let set = receiver(machine, &args)?;
    let [_, item] = args.exactly(machine, "set.add")?;
    machine.dict_set(set, item, Value::None)?;
    Ok(Value::None.into())
}

fn discarded(machine: &mut Machine, args: Args) -> Result<Option<Value>> {
    let set = receiver(machine, &args)?;
    let [_, item] = args.exactly(machine, "set.discard")?;
    machine.dict_remove(set, item)
}

fn remove(machine: &mut Machine, args: Args) -> Result<Flow> {
    let item = args.get(1).copied().unwrap_or(Value::None);
    match discarded(machine, args)? {
        Some(_) => Ok(Value::None.into()),
        None => Err(machine.key_error(item)),
    }
}

fn pop_set(machine: &mut Machine, args: Args) -> Result<Flow> {
    let set = receiver(machine, &args)?;
    let first = machine.heap.dict(set).iter().next();
    match first {
        Some(entry) => {
            machine.dict_remove(set, entry.key)?;
            Ok(entry.key.into())
        }
        None => {
            let message = machine.heap.str("pop from an empty set");
            Err(machine.key_error(message))
        }
    }
}

fn changed(machine: &mut Machine, args: &Args, operator: Binary) -> Result<Flow> {
    let set = receiver(machine, args)?;
    let mut result = Value::from(set);
    for other in &args[1..] {
        result = machine.combined(operator, result, *other, classes::SET)?;
    }
    if let Some(result) = result.handle().filter(|result| *result != set) {
        let table = machine.heap.dict(result).clone();
        *machine.heap.dict_mut(set) = table;
    }
    Ok(Value::None.into())
}
