//! The functions of `builtins`.

use crate::host::Stream;
use crate::python::builtins::lists::sort_options;
use crate::python::builtins::object::name_argument;
use crate::python::builtins::{module, none, numbers};
use crate::python::compile::{Binary, CodeKind};
use crate::python::heap::object::{Data, Iterator};
use crate::python::heap::{classes, names};
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::text::{int, quote};
use crate::python::value::Value;

// A table: a line or two for each function.
pub(super) fn found(machine: &mut Machine) {
    module(machine)
        .add("print", print)
        .add("len", |machine, args| {
            let [value] = args.exactly(machine, "len")?;
            Ok(Value::from(machine.len(value)?).into())
        })
        .add("repr", |machine, args| text_of(machine, args, "repr", Machine::repr))
        .add("ascii", |machine, args| {
            text_of(machine, args, "ascii", |machine, value| Ok(quote::escape_non_ascii(&machine.repr(value)?)))
        })
        .add("format", |machine, args| {
            let [value, spec] = args.take(machine, "format", ["", ""], 1)?;
            let spec = machine.heap.text(spec).unwrap_or_default().to_owned();
            let text = machine.format(value, &spec)?;
            Ok(machine.heap.str(&text).into())
        })
        .add("hash", |machine, args| {
            let [value] = args.exactly(machine, "hash")?;
            Ok(Value::Int(machine.hash(value)? as i64).into())
        })
        .add("id", |machine, args| {
            let [value] = args.exactly(machine, "id")?;
            Ok(Value::Int(machine.identity_hash(value) as i64 + 0x7f00_0000_0000).into())
        })
        .add("callable", |machine, args| {
            let [value] = args.exactly(machine, "callable")?;
            let class = machine.heap.class_of(value);
            let is = machine.class_handle(value).is_some() || machine.lookup(class, names::CALL).is_some();
            Ok(Value::Bool(is).into())
        })
        .add("isinstance", |machine, args| {
            let [value, class] = args.exactly(machine, "isinstance")?;
            Ok(Value::Bool(machine.instance_check(value, class)?).into())
        })
        .add("issubclass", |machine, args| {
            let [value, class] = args.exactly(machine, "issubclass")?;
            Ok(Value::Bool(machine.subclass_check(value, class)?).into())
        })
        .add("getattr", getattr)
        .add("hasattr", hasattr)
        .add("setattr", |machine, args| {
            let [object, name, value] = args.exactly(machine, "setattr")?;
            let name = name_argument(machine, name)?;
            machine.assign_attribute(object, name, value)?.then(machine, &[], |_, _, _| none())
        })
        .add("delattr", |machine, args| {
            let [object, name] = args.exactly(machine, "delattr")?;
            let name = name_argument(machine, name)?;
            machine.delete_attribute(object, name)?.then(machine, &[], |_, _, _| none())
        })
        .add("dir", dir)
        .add("vars", vars)
        .add("globals", |machine, _| {
            let Some(frame) = python_frame(machine) else { return none() };
            Ok(Value::from(frame.0).into())
        })
        .add("locals", locals)
        .add("__import__", |machine, args| {
            let [name, _, _, _, _] =
                args.take(machine, "__import__", ["name", "globals", "locals", "fromlist", "level"], 1)?;
            machine.import_module(name)
        })
        .add("input", |machine, _| {
            Err(machine.error(classes::EOF_ERROR, "input() is not available: nobody can type here"))
        })
        .add("exec", refused)
        .add("eval", refused)
        .add("compile", refused)
        .add("breakpoint", refused);
    iteration(machine);
    arithmetic(machine);
}

fn refused(machine: &mut Machine, _: Args) -> Result<Flow, Raise> {
    Err(machine.error(classes::NOT_IMPLEMENTED_ERROR, "exec, eval, compile and breakpoint are not available here"))
}

fn text_of(
    machine: &mut Machine,
    args: Args,
    name: &str,
    make: fn(&mut Machine, Value) -> Result<String, Raise>,
) -> Result<Flow, Raise> {
    let [value] = args.exactly(machine, name)?;
    let text = make(machine, value)?;
    Ok(machine.heap.str(&text).into())
}

fn print(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let option = |machine: &Machine, name: &str| {
        machine.heap.interned(name).and_then(|name| args.keyword(name)).filter(|value| !value.is_none())
    };
    let (sep, end, file) = (option(machine, "sep"), option(machine, "end"), option(machine, "file"));
    let sep = sep.and_then(|sep| machine.heap.text(sep)).unwrap_or(" ").to_owned();
    let end = end.and_then(|end| machine.heap.text(end)).unwrap_or("\n").to_owned();
    let mut out = String::new();
    for (at, value) in args.iter().enumerate() {
        if at > 0 {
            out.push_str(&sep);
        }
        out.push_str(&machine.str(*value)?);
    }
    out.push_str(&end);
    let stream = file.or_else(|| machine.system_value("stdout"));
    match stream {
        Some(stream) => {
            let text = machine.heap.str(&out);
            let name = machine.heap.intern("write");
            let write = machine.get_name(stream, name)?;
            Ok(Flow::call_then(write, [text], &[], |_, _, _| none()))
        }
        None => {
            crate::host::Console::write(&*machine.host, Stream::Out, &out);
            none()
        }
    }
}

fn getattr(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [object, name, default] = args.take(machine, "getattr", ["", "", ""], 2)?;
    let name = name_argument(machine, name)?;
    if default.is_unbound() {
        return machine.attribute(object, name);
    }
    if let Some(value) = machine.quick_attribute(object, name) {
        return Ok(value.into());
    }
    if machine.surely_lacks(object, name)? {
        return Ok(default.into());
    }
    machine.push_continuation(Then::Outcome(or_default), Keep::from_slice(&[default]));
    machine.attribute(object, name)
}

fn or_default(machine: &mut Machine, keep: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(value) => Ok(value.into()),
        Err(exception) if machine.is_instance(exception, classes::ATTRIBUTE_ERROR) => Ok(keep[0].into()),
        Err(exception) => Err(Raise(exception)),
    }
}

fn hasattr(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [object, name] = args.exactly(machine, "hasattr")?;
    let name = name_argument(machine, name)?;
    if machine.quick_attribute(object, name).is_some() {
        return Ok(Value::Bool(true).into());
    }
    if machine.surely_lacks(object, name)? {
        return Ok(Value::Bool(false).into());
    }
    machine.push_continuation(Then::Outcome(there_or_not), Keep::new());
    machine.attribute(object, name)
}

fn there_or_not(machine: &mut Machine, _: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(_) => Ok(Value::Bool(true).into()),
        Err(exception) if machine.is_instance(exception, classes::ATTRIBUTE_ERROR) => Ok(Value::Bool(false).into()),
        Err(exception) => Err(Raise(exception)),
    }
}

fn dir(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let found = match args.first() {
        None => match locals(machine, args)? {
            Flow::Value(dict) => {
                let mut names = machine.items(dict)?;
                names = machine.sorted(names, Value::None, false)?;
                return Ok(machine.heap.list(names).into());
            }
            flow => return Ok(flow),
        },
        Some(value) => {
            let class = machine.heap.class_of(*value);
            if !machine.heap.class(class).native && machine.class_handle(*value).is_none() {
                let listed = machine.call_special(*value, names::DIR, [])?.unwrap_or(Value::None);
                let items = machine.items(listed)?;
                let items = machine.sorted(items, Value::None, false)?;
                return Ok(machine.heap.list(items).into());
            }
            machine.dir(*value)?
        }
    };
    let found = found.iter().map(|name| machine.heap.str(name)).collect();
    Ok(machine.heap.list(found).into())
}

fn vars(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    match args.first() {
        None => locals(machine, args),
        Some(value) => match machine.get_name(*value, names::DICT) {
            Ok(dict) => Ok(dict.into()),
            Err(_) => Err(machine.type_error("vars() argument must have __dict__ attribute")),
        },
    }
}

fn python_frame(machine: &Machine) -> Option<(crate::python::value::Handle, usize)> {
    machine.frames.iter().enumerate().rev().find_map(|(at, activation)| match activation {
        Activation::Python(frame) => Some((frame.globals, at)),
        _ => None,
    })
}

fn locals(machine: &mut Machine, _: Args) -> Result<Flow, Raise> {
    let Some((globals, at)) = python_frame(machine) else { return none() };
    let Activation::Python(frame) = &machine.frames[at] else { return none() };
    if matches!(frame.code.kind, CodeKind::Module | CodeKind::Class) {
        return Ok(Value::from(frame.namespace.unwrap_or(globals)).into());
    }
    let (code, base) = (frame.code.clone(), frame.base as usize);
    let dict = machine.new_dict();
    for (at, name) in code.body().locals.iter().enumerate() {
        let mut value = machine.stack[base + at];
        if let Some(Data::Cell(inside)) = value.handle().map(|handle| machine.heap.data(handle)) {
            value = *inside;
        }
        if !value.is_unbound() && !machine.heap.name(*name).starts_with('.') {
            machine.heap.set_name(dict, *name, value);
        }
    }
    Ok(Value::from(dict).into())
}

fn iteration(machine: &mut Machine) {
    machine.extend(classes::ZIP).constructor(zip).build();
    machine.extend(classes::ENUMERATE).constructor(enumerate).build();
    machine.extend(classes::REVERSED).constructor(reversed).build();
    for (name, class) in [("zip", classes::ZIP), ("enumerate", classes::ENUMERATE), ("reversed", classes::REVERSED)] {
        let name = machine.heap.intern(name);
        let builtins = machine.builtins;
        machine.heap.set_name(builtins, name, class.into());
    }
    module(machine)
        .add("iter", |machine, args| {
            let [value, sentinel] = args.take(machine, "iter", ["", ""], 1)?;
            if sentinel.is_unbound() {
                machine.iter(value)
            } else {
                machine.prelude_call("_iterate_call", &[value, sentinel])
            }
        })
        .add("next", |machine, args| {
            let [iterator, default] = args.take(machine, "next", ["", ""], 1)?;
            if !default.is_unbound() {
                machine.push_continuation(Then::Outcome(or_end), Keep::from_slice(&[default]));
            }
            machine.next_of(iterator)
        })
        .add("sorted", |machine, args| {
            if args.len() != 1 {
                let message = format!("sorted expected 1 argument, got {}", args.len());
                return Err(machine.type_error(&message));
            }
            let (key, reverse) = sort_options(machine, &args, "sort")?;
            machine.collect_items(args[0], &[key, Value::Bool(reverse)], |machine, keep, items| {
                let items = machine.items(items)?;
                let sorted = machine.sorted(items, keep[0], keep[1] == Value::Bool(true))?;
                Ok(machine.heap.list(sorted).into())
            })
        })
        .add("sum", sum)
        .add("min", |machine, args| best(machine, args, "min"))
        .add("max", |machine, args| best(machine, args, "max"));
}

fn or_end(machine: &mut Machine, keep: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(value) => Ok(value.into()),
        Err(exception) if machine.is_instance(exception, classes::STOP_ITERATION) => Ok(keep[0].into()),
        Err(exception) => Err(Raise(exception)),
    }
}

// A native iterator over an iterable, if it never needs a Python frame.
fn native_part(machine: &mut Machine, iterable: Value) -> Option<Value> {
    let class = machine.heap.class_of(iterable);
    let iterator = machine.native_iter(iterable).filter(|_| machine.heap.class(class).native)?;
    matches!(machine.heap.data(iterator.handle()?), Data::Iterator(_)).then_some(iterator)
}

fn zip(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let strict = match machine.heap.interned("strict").and_then(|name| args.keyword(name)) {
        Some(strict) => machine.truth(strict)?,
        None => false,
    };
    let parts: Option<Vec<Value>> = args[1..].iter().map(|part| native_part(machine, *part)).collect();
    match parts {
        Some(parts) => Ok(machine.new_iterator(classes::ZIP, Iterator::Zip { parts, strict }).into()),
        None => {
            let all = machine.heap.tuple(&args[1..]);
            machine.prelude_call("_zip", &[all, Value::Bool(strict)])
        }
    }
}

fn enumerate(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [_, iterable, start] = args.take(machine, "enumerate", ["", "iterable", "start"], 2)?;
    let count = if start.is_unbound() { 0 } else { machine.small_index(start)? };
    match native_part(machine, iterable) {
        Some(part) => Ok(machine.new_iterator(classes::ENUMERATE, Iterator::Enumerate { part, count }).into()),
        None => machine.prelude_call("_enumerate", &[iterable, count.into()]),
    }
}

fn reversed(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [_, value] = args.exactly(machine, "reversed")?;
    if let Some(flow) = machine.special(value, names::REVERSED, [])? {
        return Ok(flow);
    }
    if value.handle().is_some_and(|handle| matches!(machine.heap.data(handle), Data::Dict(_) | Data::View(..))) {
        let mut items = machine.items(value)?;
        items.reverse();
        return Ok(machine.iterator(items).into());
    }
    let class = machine.heap.class_of(value);
    let size =
        value.handle().filter(|_| machine.heap.class(class).native).and_then(|handle| machine.native_len(handle));
    let table = value.handle().is_some_and(|handle| matches!(machine.heap.data(handle), Data::Set(_) | Data::Proxy(_)));
    match size {
        Some(left) if !table => {
            Ok(machine.new_iterator(classes::REVERSED, Iterator::Reversed { source: value, left }).into())
        }
        None if machine.lookup(class, names::LEN).is_some() && machine.lookup(class, names::GETITEM).is_some() => {
            machine.prelude_call("_reversed", &[value])
        }
        _ => {
            let message = format!("'{}' object is not reversible", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

fn sum(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [iterable, start] = args.take(machine, "sum", ["", "start"], 1)?;
    let start = start.or(Value::Int(0));
    if machine.heap.text(start).is_some() {
        return Err(machine.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    let Some(items) = machine.native_items(iterable)? else { return machine.prelude_call("_sum", &[iterable, start]) };
    // Floats are added with a running compensation, as CPython does since 3.12.
    let floats = items.iter().all(|item| matches!(item, Value::Float(_) | Value::Int(_)))
        && items.iter().any(|item| matches!(item, Value::Float(_)));
    if floats && matches!(start, Value::Int(_) | Value::Float(_)) {
        let mut total = machine.number(start).unwrap_or_default();
        let mut lost = 0.0;
        for item in items {
            let x = machine.number(item).unwrap_or_default();
            let next = total + x;
            lost += if total.abs() >= x.abs() { (total - next) + x } else { (x - next) + total };
            total = next;
        }
        return Ok(Value::Float(if lost != 0.0 && lost.is_finite() { total + lost } else { total }).into());
    }
    let mut total = start;
    for item in items {
        total = machine.settled(|machine| machine.binary(Binary::Add, total, item))?;
    }
    Ok(total.into())
}

fn best(machine: &mut Machine, args: Args, name: &str) -> Result<Flow, Raise> {
    let key = args.keyword(names::KEY).unwrap_or(Value::None);
    let default = args.keyword(names::DEFAULT);
    let least = Value::Bool(name == "min");
    match args.len() {
        0 => {
            let message = format!("{name} expected at least 1 argument, got 0");
            Err(machine.type_error(&message))
        }
        1 => {
            machine.collect_items(args[0], &[key, default.unwrap_or(Value::Unbound), least], |machine, keep, items| {
                if machine.len(items)? > 0 {
                    return machine.prelude_call("_best", &[items, keep[0], keep[2]]);
                }
                match keep[1].given() {
                    Some(default) => Ok(default.into()),
                    None => {
                        let name = if keep[2] == Value::Bool(true) { "min" } else { "max" };
                        Err(machine.value_error(&format!("{name}() iterable argument is empty")))
                    }
                }
            })
        }
        _ => {
            let items = machine.heap.tuple(&args);
            machine.prelude_call("_best", &[items, key, least])
        }
    }
}

fn arithmetic(machine: &mut Machine) {
    module(machine)
        .add("abs", |machine, args| {
            let [value] = args.exactly(machine, "abs")?;
            special_or(machine, value, names::ABS, "bad operand type for abs()")
        })
        .add("round", |machine, args| {
            let [value, digits] = args.take(machine, "round", ["number", "ndigits"], 1)?;
            if machine.number(value).is_some() && machine.is_native(value) {
                let rest = if digits.is_unbound() { Args::from([value]) } else { Args::from([value, digits]) };
                return numbers::round(machine, rest);
            }
            let rest: Args = if digits.is_unbound() { Args::default() } else { Args::from([digits]) };
            match machine.special(value, names::ROUND, rest)? {
                Some(flow) => Ok(flow),
                None => {
                    let message = format!("type {} doesn't define __round__ method", machine.type_name(value));
                    Err(machine.type_error(&message))
                }
            }
        })
        .add("pow", |machine, args| {
            let [base, exponent, modulus] = args.take(machine, "pow", ["base", "exp", "mod"], 2)?;
            match modulus.given().filter(|modulus| !modulus.is_none()) {
                Some(modulus) => numbers::pow_mod(machine, base, exponent, modulus),
                None => machine.binary(Binary::Pow, base, exponent),
            }
        })
        .add("divmod", |machine, args| {
            let [a, b] = args.exactly(machine, "divmod")?;
            machine.binary(Binary::DivMod, a, b)
        })
        .add("hex", |machine, args| based(machine, args, "hex", 16))
        .add("oct", |machine, args| based(machine, args, "oct", 8))
        .add("bin", |machine, args| based(machine, args, "bin", 2))
        .add("ord", ord)
        .add("chr", |machine, args| {
            let [code] = args.exactly(machine, "chr")?;
            let code = machine.small_index(code)?;
            match u32::try_from(code).ok().and_then(char::from_u32) {
                Some(c) => Ok(machine.heap.str(c.encode_utf8(&mut [0; 4])).into()),
                // Text is UTF-8 here, which has no half of a pair.
                None if (0xd800..0xe000).contains(&code) => Err(machine.value_error("surrogates not allowed")),
                None => Err(machine.value_error("chr() arg not in range(0x110000)")),
            }
        });
}

fn special_or(
    machine: &mut Machine,
    value: Value,
    name: crate::python::value::Handle,
    refusal: &str,
) -> Result<Flow, Raise> {
    match machine.special(value, name, [])? {
        Some(flow) => Ok(flow),
        None => {
            let message = format!("{refusal}: '{}'", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

fn based(machine: &mut Machine, args: Args, name: &str, base: u32) -> Result<Flow, Raise> {
    let [value] = args.exactly(machine, name)?;
    let value = machine.index(value)?;
    let text = int::prefixed(&value, base);
    Ok(machine.heap.str(&text).into())
}

fn ord(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [value] = args.exactly(machine, "ord")?;
    let found = match machine.heap.text(value) {
        Some(text) => text.chars().map(|c| i64::from(c as u32)).collect::<Vec<_>>(),
        None => machine.bytes_of(value).unwrap_or_default().into_iter().map(i64::from).collect(),
    };
    match found[..] {
        [one] => Ok(Value::Int(one).into()),
        ref many if machine.heap.text(value).is_some() => {
            let message = format!("ord() expected a character, but string of length {} found", many.len());
            Err(machine.type_error(&message))
        }
        _ => {
            let message = format!("ord() expected string of length 1, but {} found", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}
