//! `list`, `tuple`, `range`, `slice`.

use crate::python::builtins::none;
use crate::python::builtins::numbers::{binaries, comparisons, hash_of_data, repr_of_data};
use crate::python::heap::classes;
use crate::python::heap::names;
use crate::python::heap::object::{Data, Iterator, Range};
use crate::python::machine::Machine;
use crate::python::native::{Args, ClassBuilder, Flow, Keep, Raise};
use crate::python::value::{Handle, Value};

pub(super) fn found(machine: &mut Machine) {
    for class in [classes::LIST, classes::TUPLE] {
        comparisons(binaries(machine.extend(class), &[0, 2])).build();
        sequence(machine.extend(class)).build();
    }
    machine
        .extend(classes::LIST)
        .attribute("__hash__", Value::None)
        .method("__init__", init)
        .method("__setitem__", set_item)
        .method("__delitem__", del_item)
        .method("__iadd__", |machine, args| {
            extend_list(machine, Args::from([args[0], args[1]]))?
                .then(machine, &[args[0]], |_, keep, _| Ok(keep[0].into()))
        })
        .method("append", append)
        .method("extend", extend_list)
        .method("insert", insert)
        .method("remove", remove)
        .method("pop", pop)
        .method("clear", |machine, args| {
            list_mut(machine, args[0])?.clear();
            none()
        })
        .method("copy", |machine, args| {
            let items = machine.items(args[0])?;
            Ok(machine.heap.list(items).into())
        })
        .method("reverse", |machine, args| {
            list_mut(machine, args[0])?.reverse();
            none()
        })
        .method("sort", sort)
        .method("__reversed__", reversed)
        .build();
    machine.extend(classes::TUPLE).constructor(tuple_new).method("__hash__", hash_of_data).build();
    ranges(machine);
}

fn sequence(builder: ClassBuilder<'_>) -> ClassBuilder<'_> {
    builder
        .method("__repr__", repr_of_data)
        .method("__len__", native_len)
        .method("__iter__", native_iter)
        .method("__contains__", native_contains)
        .method("__getitem__", native_item)
        .method("index", index)
        .method("count", count)
}

pub(crate) fn native_len(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let size = args[0].handle().and_then(|handle| machine.heap_len(handle)).unwrap_or(0);
    Ok(Value::from(size).into())
}

pub(crate) fn native_iter(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    Ok(machine.native_iter(args[0]).unwrap_or(Value::None).into())
}

pub(crate) fn native_contains(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [container, item] = args.exactly(machine, "__contains__")?;
    Ok(Value::Bool(machine.native_contains(container, item)?.unwrap_or(false)).into())
}

pub(crate) fn native_item(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [container, key] = args.exactly(machine, "__getitem__")?;
    Ok(machine.native_item(container, key)?.unwrap_or(Value::None).into())
}

pub(crate) fn set_item(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [container, key, value] = args.exactly(machine, "__setitem__")?;
    machine.native_assign_item(container, key, value)?;
    none()
}

pub(crate) fn del_item(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [container, key] = args.exactly(machine, "__delitem__")?;
    machine.native_delete_item(container, key)?;
    none()
}

impl Machine {
    pub(crate) fn heap_len(&self, handle: Handle) -> Option<usize> {
        self.native_len(handle)
    }
}

fn list_mut(machine: &mut Machine, value: Value) -> Result<&mut Vec<Value>, Raise> {
    let handle = value.handle().filter(|handle| matches!(machine.heap.data(*handle), Data::List(_)));
    match handle {
        Some(handle) => match machine.heap.data_mut(handle) {
            Data::List(items) => Ok(items),
            _ => unreachable!("a list"),
        },
        None => {
            let message = format!("descriptor requires a 'list' object but received a '{}'", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

fn init(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [list, iterable] = args.take(machine, "list", ["", ""], 1)?;
    list_mut(machine, list)?.clear();
    if iterable.is_unbound() { none() } else { extend_list(machine, Args::from([list, iterable])) }
}

fn append(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [list, item] = args.exactly(machine, "list.append")?;
    list_mut(machine, list)?.push(item);
    machine.heap.charge(16);
    none()
}

fn extend_list(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [list, iterable] = args.exactly(machine, "list.extend")?;
    list_mut(machine, list)?;
    machine.collect_items(iterable, &[list], |machine, keep, items| {
        let items = machine.items(items)?;
        machine.list_extend(keep[0].handle().expect("a list"), &items);
        none()
    })
}

fn insert(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [list, at, item] = args.exactly(machine, "insert")?;
    let at = machine.small_index(at)?;
    let items = list_mut(machine, list)?;
    let place = if at < 0 { (at + items.len() as i64).max(0) } else { at.min(items.len() as i64) };
    items.insert(place as usize, item);
    machine.heap.charge(16);
    none()
}

fn place_of(machine: &mut Machine, value: Value, item: Value, from: usize, to: usize) -> Result<Option<usize>, Raise> {
    let items = machine.items(value)?;
    for (at, known) in items.iter().enumerate().take(to).skip(from) {
        if machine.equals(*known, item)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn remove(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [list, item] = args.exactly(machine, "list.remove")?;
    match place_of(machine, list, item, 0, usize::MAX)? {
        Some(at) => {
            list_mut(machine, list)?.remove(at);
            none()
        }
        None => Err(machine.value_error("list.remove(x): x not in list")),
    }
}

fn pop(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [list, at] = args.take(machine, "pop", ["", ""], 1)?;
    let at = if at.is_unbound() { -1 } else { machine.small_index(at)? };
    let size = list_mut(machine, list)?.len() as i64;
    if size == 0 {
        return Err(machine.index_error("pop from empty list"));
    }
    let place = if at < 0 { at + size } else { at };
    if !(0..size).contains(&place) {
        return Err(machine.index_error("pop index out of range"));
    }
    Ok(list_mut(machine, list)?.remove(place as usize).into())
}

fn index(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [value, item, from, to] = args.take(machine, "index", ["", "", "", ""], 2)?;
    let size = value.handle().and_then(|handle| machine.native_len(handle)).unwrap_or(0) as i64;
    let bound = |machine: &mut Machine, value: Value, default: i64| -> Result<usize, Raise> {
        let at = if value.is_unbound() { default } else { machine.small_index(value)? };
        Ok(if at < 0 { (at + size).max(0) } else { at.min(size) } as usize)
    };
    let (from, to) = (bound(machine, from, 0)?, bound(machine, to, size)?);
    match place_of(machine, value, item, from, to)? {
        Some(at) => Ok(Value::from(at).into()),
        None => {
            let message = match machine.is_instance(value, classes::TUPLE) {
                true => "tuple.index(x): x not in tuple".to_owned(),
                false => "list.index(x): x not in list".to_owned(),
            };
            Err(machine.value_error(&message))
        }
    }
}

fn count(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [value, item] = args.exactly(machine, "count")?;
    let mut total = 0;
    for known in machine.items(value)? {
        total += i64::from(machine.equals(known, item)?);
    }
    Ok(Value::Int(total).into())
}

fn reversed(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let left = args[0].handle().and_then(|handle| machine.native_len(handle)).unwrap_or(0);
    Ok(machine.new_iterator(classes::REVERSED, Iterator::Reversed { source: args[0], left }).into())
}

fn sort(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let (key, reverse) = sort_options(machine, &args, "sort")?;
    let items = std::mem::take(list_mut(machine, args[0])?);
    let backup = items.clone();
    match machine.sorted(items, key, reverse) {
        Ok(sorted) => {
            *list_mut(machine, args[0])? = sorted;
            none()
        }
        Err(raise) => {
            *list_mut(machine, args[0])? = backup;
            Err(raise)
        }
    }
}

/// `key` and `reverse`.
pub(crate) fn sort_options(machine: &mut Machine, args: &Args, function: &str) -> Result<(Value, bool), Raise> {
    if let Some((name, _)) = args.keywords.iter().find(|(name, _)| *name != names::KEY && *name != names::REVERSE) {
        let message = format!("{function}() got an unexpected keyword argument '{}'", machine.heap.name(*name));
        return Err(machine.type_error(&message));
    }
    let reverse = match args.keyword(names::REVERSE) {
        Some(reverse) => machine.truth(reverse)?,
        None => false,
    };
    Ok((args.keyword(names::KEY).unwrap_or(Value::None), reverse))
}

impl Machine {
    /// Values in order: stable, by `<` alone.
    pub fn sorted(&mut self, items: Vec<Value>, key: Value, reverse: bool) -> Result<Vec<Value>, Raise> {
        let mut keyed = Vec::with_capacity(items.len());
        for item in items {
            let mark = if key.is_none() { item } else { self.call_leaf(key, [item])? };
            keyed.push((mark, item));
        }
        if reverse {
            keyed.reverse();
        }
        let mut sorted = self.merge_sorted(keyed)?;
        if reverse {
            sorted.reverse();
        }
        Ok(sorted.into_iter().map(|(_, item)| item).collect())
    }

    // A merge sort of our own: comparisons may raise, and must not see an inconsistent order.
    fn merge_sorted(&mut self, items: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>, Raise> {
        if items.len() < 2 {
            return Ok(items);
        }
        let mut left = items;
        let right = left.split_off(left.len() / 2);
        let (left, right) = (self.merge_sorted(left)?, self.merge_sorted(right)?);
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut i, mut j) = (0, 0);
        while i < left.len() && j < right.len() {
            if self.less(right[j].0, left[i].0)? {
                merged.push(right[j]);
                j += 1;
            } else {
                merged.push(left[i]);
                i += 1;
            }
        }
        merged.extend_from_slice(&left[i..]);
        merged.extend_from_slice(&right[j..]);
        Ok(merged)
    }
}

fn tuple_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [class, iterable] = args.take(machine, "tuple", ["", ""], 1)?;
    if iterable.is_unbound() {
        return made_tuple(machine, Keep::from_slice(&[class]), Value::None);
    }
    if class == Value::Object(classes::TUPLE) && machine.heap.class_of(iterable) == classes::TUPLE {
        return Ok(iterable.into());
    }
    machine.collect_items(iterable, &[class], made_tuple)
}

fn made_tuple(machine: &mut Machine, keep: Keep, items: Value) -> Result<Flow, Raise> {
    let items = machine.items_of(items).map(<[Value]>::to_vec).unwrap_or_default();
    let class = machine.class_handle(keep[0]).unwrap_or(classes::TUPLE);
    if class == classes::TUPLE {
        return Ok(machine.heap.tuple(&items).into());
    }
    Ok(Value::from(machine.heap.alloc(class, Data::Tuple(items.into()))).into())
}

fn ranges(machine: &mut Machine) {
    machine
        .extend(classes::RANGE)
        .constructor(range_new)
        .method("__repr__", repr_of_data)
        .method("__len__", native_len)
        .method("__iter__", native_iter)
        .method("__contains__", native_contains)
        .method("__getitem__", native_item)
        .method("__reversed__", reversed)
        .method("index", index)
        .method("count", count)
        .method("__hash__", |_, args| Ok(Value::Int(args.len() as i64).into()))
        .build();
    machine
        .extend(classes::SLICE)
        .constructor(|machine, args| {
            let [_, a, b, c] = args.take(machine, "slice", ["", "", "", ""], 2)?;
            let parts = if b.is_unbound() { [Value::None, a, Value::None] } else { [a, b, c.or(Value::None)] };
            Ok(Value::from(machine.heap.alloc(classes::SLICE, Data::Slice(Box::new(parts)))).into())
        })
        .method("__repr__", repr_of_data)
        .method("indices", |machine, args| {
            let [slice, size] = args.exactly(machine, "indices")?;
            let size = machine.small_index(size)?.max(0) as usize;
            let Some(Data::Slice(parts)) = slice.handle().map(|handle| machine.heap.data(handle)) else {
                return none();
            };
            let parts = **parts;
            let cut = machine.cut(parts, size)?;
            let stop = match parts[1] {
                Value::None => {
                    if cut.step > 0 {
                        size as i64
                    } else {
                        -1
                    }
                }
                stop => {
                    let at = machine.small_index(stop)?;
                    let at = if at < 0 { at + size as i64 } else { at };
                    if cut.step > 0 { at.clamp(0, size as i64) } else { at.clamp(-1, size as i64 - 1) }
                }
            };
            Ok(machine.heap.tuple(&[cut.start.into(), stop.into(), cut.step.into()]).into())
        })
        .build();
    comparisons(machine.extend(classes::RANGE)).build();
    comparisons(machine.extend(classes::SLICE)).build();
}

fn range_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [_, a, b, c] = args.take(machine, "range", ["", "", "", ""], 2)?;
    let (start, stop) = if b.is_unbound() { (Value::Int(0), a) } else { (a, b) };
    let (start, stop, step) = (
        machine.small_index(start)?,
        machine.small_index(stop)?,
        if c.is_unbound() { 1 } else { machine.small_index(c)? },
    );
    if step == 0 {
        return Err(machine.value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::from(machine.heap.alloc(classes::RANGE, Data::Range(Box::new(Range { start, stop, step })))).into())
}
