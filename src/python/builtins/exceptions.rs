//! `BaseException` and its family.

use crate::python::builtins::none;
use crate::python::heap::object::{Data, Exception};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Raise};
use crate::python::value::{Handle, Value};

// A table: a line or two for each method.
pub(super) fn found(machine: &mut Machine) {
    machine
        .extend(classes::BASE_EXCEPTION)
        .constructor(new)
        .method("__init__", init)
        .method("__str__", |machine, args| {
            let text = machine.exception_text(args[0])?;
            Ok(machine.heap.str(&text).into())
        })
        .method("__repr__", |machine, args| {
            let text = machine.repr_of_data(args[0])?;
            Ok(machine.heap.str(&text).into())
        })
        .method("with_traceback", |machine, args| {
            if args.get(1).is_some_and(|traceback| traceback.is_none())
                && let Some(data) = machine.exception_data_mut(args[0])
            {
                data.trace.clear();
            }
            Ok(args[0].into())
        })
        .method("add_note", add_note)
        .build();
    machine
        .extend(classes::IMPORT_ERROR)
        .method("__init__", |machine, args| named_init(machine, args, &["name", "path", "name_from"]))
        .build();
    machine
        .extend(classes::ATTRIBUTE_ERROR)
        .method("__init__", |machine, args| named_init(machine, args, &["name", "obj"]))
        .build();
    machine
        .extend(classes::NAME_ERROR)
        .method("__init__", |machine, args| named_init(machine, args, &["name"]))
        .build();
    machine.extend(classes::OS_ERROR).constructor(os_new).method("__init__", os_init).build();
    machine
        .extend(classes::BASE_EXCEPTION_GROUP)
        .constructor(group_new)
        .getter("message", |machine, args| group_part(machine, args[0], 0))
        .getter("exceptions", |machine, args| group_part(machine, args[0], 1))
        .method("split", |machine, args| {
            let (yes, no) = split_by(machine, args[0], args[1])?;
            Ok(machine.heap.tuple(&[yes, no]).into())
        })
        .method("subgroup", |machine, args| Ok(split_by(machine, args[0], args[1])?.0.into()))
        .method("derive", |machine, args| {
            let Flow::Value(message) = group_part(machine, args[0], 0)? else { unreachable!("a part is a value") };
            Ok(Flow::call(classes::EXCEPTION_GROUP.into(), [message, args[1]]))
        })
        .class_method("__class_getitem__", |machine, args| Ok(machine.alias(args[0], args[1]).into()))
        .build();
    for (class, parts) in [
        (classes::UNICODE_DECODE_ERROR, ["encoding", "object", "start", "end", "reason"]),
        (classes::UNICODE_ENCODE_ERROR, ["encoding", "object", "start", "end", "reason"]),
    ] {
        let mut builder = machine.extend(class).method("__str__", unicode_str);
        for (at, part) in parts.into_iter().enumerate() {
            builder = builder.getter(part, [part_0, part_1, part_2, part_3, part_4][at]);
        }
        builder.build();
    }
}

fn new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = class_argument(machine, &args)?;
    Ok(machine.exception(class, &args[1..]).into())
}

fn class_argument(machine: &mut Machine, args: &Args) -> Result<Handle, Raise> {
    match args.first().and_then(|class| machine.class_handle(*class)) {
        Some(class) => Ok(class),
        None => Err(machine.type_error("BaseException.__new__(X): X is not a type object")),
    }
}

fn init(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    if !args.keywords.is_empty() {
        let message = format!("{}() takes no keyword arguments", machine.type_name(args[0]));
        return Err(machine.type_error(&message));
    }
    set_args(machine, &args);
    none()
}

fn set_args(machine: &mut Machine, args: &Args) {
    set_args_to(machine, args, &args[1..]);
}

fn set_args_to(machine: &mut Machine, args: &Args, items: &[Value]) {
    let tuple = machine.heap.tuple(items);
    if let Some(Exception { args, .. }) = machine.exception_data_mut(args[0]) {
        *args = tuple;
    }
}

fn named_init(machine: &mut Machine, args: Args, names: &[&str]) -> Result<Flow, Raise> {
    set_args(machine, &args);
    for (name, value) in &args.keywords {
        if !names.contains(&machine.heap.name(*name)) {
            let message = format!(
                "{}() got an unexpected keyword argument '{}'",
                machine.type_name(args[0]),
                machine.heap.name(*name)
            );
            return Err(machine.type_error(&message));
        }
        machine.note_attribute(args[0], *name, *value);
    }
    none()
}

fn add_note(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [exception, note] = args.exactly(machine, "BaseException.add_note")?;
    if machine.heap.text(note).is_none() {
        let message = format!("note must be a str, not '{}'", machine.type_name(note));
        return Err(machine.type_error(&message));
    }
    let handle = exception.handle().expect("an exception");
    match machine.own(handle, names::NOTES).and_then(Value::handle) {
        Some(list) => machine.list_extend(list, &[note]),
        None => {
            let list = machine.heap.list(vec![note]);
            machine.set_own(handle, names::NOTES, list);
        }
    }
    none()
}

// OSError(errno, text) is the subclass that the number stands for.
fn os_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let mut class = class_argument(machine, &args)?;
    if class == classes::OS_ERROR
        && let (Some(Value::Int(number)), true) = (args.get(1), args.len() > 2)
    {
        class = match number {
            1 | 13 => classes::PERMISSION_ERROR,
            2 => classes::FILE_NOT_FOUND_ERROR,
            17 => classes::FILE_EXISTS_ERROR,
            20 => classes::NOT_A_DIRECTORY_ERROR,
            21 => classes::IS_A_DIRECTORY_ERROR,
            111 => classes::CONNECTION_REFUSED_ERROR,
            110 => classes::TIMEOUT_ERROR,
            _ => class,
        };
    }
    let exception = machine.exception(class, os_args(&args[1..]));
    os_parts(machine, exception, &args[1..]);
    Ok(exception.into())
}

// The name of the file is an attribute, and no part of `args`.
fn os_args(args: &[Value]) -> &[Value] {
    if (3..=5).contains(&args.len()) { &args[..2] } else { args }
}

fn os_init(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    set_args_to(machine, &args, os_args(&args[1..]));
    os_parts(machine, args[0], &args[1..]);
    none()
}

fn os_parts(machine: &mut Machine, exception: Value, args: &[Value]) {
    if args.len() >= 2 {
        for (name, value) in [names::ERRNO, names::STRERROR, names::FILENAME].into_iter().zip(args) {
            machine.note_attribute(exception, name, *value);
        }
    }
}

fn group_new(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let class = class_argument(machine, &args)?;
    let [_, message, parts] = args.exactly(machine, "BaseExceptionGroup.__new__")?;
    let items = machine.items(parts)?;
    if items.is_empty() {
        return Err(machine.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    for (at, item) in items.iter().enumerate() {
        if !machine.is_instance(*item, classes::BASE_EXCEPTION) {
            let message = format!("Item {at} of second argument (exceptions) is not an exception");
            return Err(machine.value_error(&message));
        }
    }
    let plain = items.iter().all(|item| machine.is_instance(*item, classes::EXCEPTION));
    let class = if class == classes::BASE_EXCEPTION_GROUP && plain { classes::EXCEPTION_GROUP } else { class };
    if !plain && machine.heap.is_subclass(class, classes::EXCEPTION) {
        return Err(machine.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    }
    Ok(machine.exception(class, &[message, parts]).into())
}

fn group_part(machine: &mut Machine, group: Value, at: usize) -> Result<Flow, Raise> {
    let args = machine.exception_data(group).map_or(Value::None, |data| data.args);
    let part = machine.items_of(args).and_then(|items| items.get(at).copied()).unwrap_or(Value::None);
    if at == 0 {
        return Ok(part.into());
    }
    let items = machine.items(part)?;
    Ok(machine.heap.tuple(&items).into())
}

fn split_by(machine: &mut Machine, group: Value, wanted: Value) -> Result<(Value, Value), Raise> {
    machine.split_group(group, wanted)
}

fn unicode_str(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let parts = machine.exception_data(args[0]).map_or(Value::None, |data| data.args);
    let parts = machine.items(parts)?;
    let text = match parts[..] {
        [encoding, object, Value::Int(start), Value::Int(end), reason] => {
            let (encoding, reason) = (machine.str(encoding)?, machine.str(reason)?);
            match machine.bytes_of(object) {
                Some(bytes) if end == start + 1 => format!(
                    "'{encoding}' codec can't decode byte 0x{:02x} in position {start}: {reason}",
                    bytes.get(start as usize).copied().unwrap_or_default()
                ),
                Some(_) => format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", end - 1),
                None => {
                    let text = machine.str(object)?;
                    match text.chars().nth(start as usize) {
                        Some(c) if end == start + 1 => {
                            let code = c as u32;
                            let shown = if code < 256 {
                                format!("\\x{code:02x}")
                            } else if code < 65536 {
                                format!("\\u{code:04x}")
                            } else {
                                format!("\\U{code:08x}")
                            };
                            format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
                        }
                        _ => format!(
                            "'{encoding}' codec can't encode characters in position {start}-{}: {reason}",
                            end - 1
                        ),
                    }
                }
            }
        }
        _ => machine.exception_text(args[0])?,
    };
    let _ = Data::Plain;
    Ok(machine.heap.str(&text).into())
}

fn part(machine: &mut Machine, args: &Args, at: usize) -> Result<Flow, Raise> {
    let parts = machine.exception_data(args[0]).map_or(Value::None, |data| data.args);
    Ok(machine.items_of(parts).and_then(|items| items.get(at).copied()).unwrap_or(Value::None).into())
}

fn part_0(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    part(machine, &args, 0)
}

fn part_1(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    part(machine, &args, 1)
}

fn part_2(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    part(machine, &args, 2)
}

fn part_3(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    part(machine, &args, 3)
}

fn part_4(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    part(machine, &args, 4)
}
