//! `bytes` and `bytearray`: constructors and methods. Their operators are the machine's.

use super::texts;
use crate::python::builtins::lists::{del_item, native_contains, native_item, native_iter, native_len, set_item};
use crate::python::builtins::numbers::{binaries, comparisons, hash_of_data, repr_of_data};
use crate::python::heap::classes;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Keep, Native, Raise};
use crate::python::value::{Handle, Value};

type Result<T> = std::result::Result<T, Raise>;

/// Methods that both have.
const BOTH: &[(&str, Native)] = &[
    ("decode", decode),
    ("hex", hex),
    ("upper", |m, a| mapped(m, &a, <[u8]>::to_ascii_uppercase)),
    ("lower", |m, a| mapped(m, &a, <[u8]>::to_ascii_lowercase)),
    ("strip", |m, a| stripped(m, a, true, true)),
    ("lstrip", |m, a| stripped(m, a, true, false)),
    ("rstrip", |m, a| stripped(m, a, false, true)),
    ("startswith", |m, a| edge(m, a, <[u8]>::starts_with)),
    ("endswith", |m, a| edge(m, a, <[u8]>::ends_with)),
    ("removeprefix", |m, a| cut(m, a, <[u8]>::strip_prefix)),
    ("removesuffix", |m, a| cut(m, a, <[u8]>::strip_suffix)),
    ("find", |m, a| Ok(Value::Int(place(m, a)?.map_or(-1, |at| at as i64)).into())),
    ("index", index),
    ("count", count),
    ("rfind", |m, a| Ok(Value::Int(last_place(m, a)?.map_or(-1, |at| at as i64)).into())),
    ("ljust", |m, a| justified(m, a, false)),
    ("rjust", |m, a| justified(m, a, true)),
    ("partition", partition),
    ("split", split),
    ("splitlines", splitlines),
    ("join", join),
    ("replace", replace),
    ("isdigit", |m, a| asked(m, &a, |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit))),
    ("isalpha", |m, a| asked(m, &a, |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphabetic))),
    ("isalnum", |m, a| asked(m, &a, |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphanumeric))),
    ("isspace", |m, a| asked(m, &a, |bytes| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_whitespace))),
    ("isascii", |m, a| asked(m, &a, <[u8]>::is_ascii)),
];

/// Gives `bytes` and `bytearray` their constructors and methods.
pub(super) fn found(machine: &mut Machine) {
    for class in [classes::BYTES, classes::BYTEARRAY] {
        let mut builder = machine.extend(class).constructor(construct).class_method("fromhex", fromhex);
        for (name, call) in BOTH {
            builder = builder.method(name, *call);
        }
        builder
            .method("__repr__", repr_of_data)
            .method("__len__", native_len)
            .method("__iter__", native_iter)
            .method("__contains__", native_contains)
            .method("__getitem__", native_item)
            .build();
        comparisons(binaries(machine.extend(class), &[0, 2, 6])).build();
    }
    machine.extend(classes::BYTES).method("__hash__", hash_of_data).build();
    machine
        .extend(classes::BYTEARRAY)
        .attribute("__hash__", Value::None)
        .method("__setitem__", set_item)
        .method("__delitem__", del_item)
        .method("append", append)
        .method("extend", extend)
        .method("clear", clear)
        .method("copy", |m, a| mapped(m, &a, <[u8]>::to_vec))
        .build();
}

fn receiver(machine: &mut Machine, args: &Args) -> Result<Vec<u8>> {
    bytes_like(machine, args.first().copied().unwrap_or(Value::None))
}

fn bytes_like(machine: &mut Machine, value: Value) -> Result<Vec<u8>> {
    match machine.bytes_of(value) {
        Some(bytes) => Ok(bytes),
        None => {
            let message = format!("a bytes-like object is required, not '{}'", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

/// Bytes of the same kind as the receiver.
fn alike(machine: &mut Machine, args: &Args, bytes: Vec<u8>) -> Value {
    let array = args.first().is_some_and(|value| machine.is_instance(*value, classes::BYTEARRAY));
    let class = if array { classes::BYTEARRAY } else { classes::BYTES };
    made(machine, class, bytes)
}

fn made(machine: &mut Machine, class: Handle, bytes: Vec<u8>) -> Value {
    let array = machine.heap.is_subclass(class, classes::BYTEARRAY);
    let data = if array { Data::ByteArray(bytes) } else { Data::Bytes(bytes.into()) };
    machine.heap.alloc(class, data).into()
}

fn construct(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [class, source, encoding, errors] = args.take(machine, "bytes", ["", "source", "encoding", "errors"], 1)?;
    let class = class.handle().expect("__new__ is called with a class");
    let bytes = match source.given() {
        None => Vec::new(),
        Some(source) => match machine.heap.text(source).map(str::to_owned) {
            Some(_) if encoding.is_unbound() => return Err(machine.type_error("string argument without an encoding")),
            Some(text) => {
                let (encoding, errors) = texts::codec_of(machine, encoding, errors)?;
                crate::python::text::codec::encode(&text, encoding, &errors).map_err(|failure| {
                    let message = failure.message.clone();
                    machine.error(classes::UNICODE_ENCODE_ERROR, &message)
                })?
            }
            None => bytes_from(machine, source)?,
        },
    };
    Ok(made(machine, class, bytes).into())
}

/// What `bytes(source)` holds: bytes, so many zeros, or the numbers of an iterable.
pub(super) fn bytes_from(machine: &mut Machine, source: Value) -> Result<Vec<u8>> {
    if let Some(bytes) = machine.bytes_of(source) {
        return Ok(bytes);
    }
    if machine.big(source).is_some() {
        let size = machine.small_index(source)?;
        let size = usize::try_from(size).map_err(|_| machine.value_error("negative count"))?;
        machine.reserve(size)?;
        return Ok(vec![0; size]);
    }
    if let Some(answer) = machine.call_special(source, crate::python::heap::names::BYTES, [])? {
        return bytes_like(machine, answer);
    }
    let items = machine.items(source)?;
    items.into_iter().map(|item| byte(machine, item)).collect()
}

fn byte(machine: &mut Machine, item: Value) -> Result<u8> {
    let number = machine.small_index(item)?;
    u8::try_from(number).map_err(|_| machine.value_error("bytes must be in range(0, 256)"))
}

fn mapped(machine: &mut Machine, args: &Args, map: fn(&[u8]) -> Vec<u8>) -> Result<Flow> {
    let bytes = receiver(machine, args)?;
    Ok(alike(machine, args, map(&bytes)).into())
}

fn asked(machine: &mut Machine, args: &Args, ask: fn(&[u8]) -> bool) -> Result<Flow> {
    let bytes = receiver(machine, args)?;
    Ok(Value::Bool(ask(&bytes)).into())
}

fn decode(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [receiver, encoding, errors] = args.take(machine, "decode", ["", "encoding", "errors"], 1)?;
    let text = texts::decoded(machine, receiver, encoding, errors)?;
    Ok(machine.heap.str(&text).into())
}

fn hex(machine: &mut Machine, args: Args) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, separator, _] = args.take(machine, "hex", ["", "sep", "bytes_per_sep"], 1)?;
    let separator = machine.heap.text(separator).unwrap_or_default().to_owned();
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(machine.heap.str(&pairs.join(&separator)).into())
}

fn fromhex(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [class, text] = args.exactly(machine, "fromhex")?;
    let class = class.handle().expect("a class method is called with a class");
    let text: Vec<char> = machine.heap.text(text).unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let pairs: Option<Vec<u8>> = text
        .chunks(2)
        .map(|pair| match pair {
            [a, b] => Some((a.to_digit(16)? * 16 + b.to_digit(16)?) as u8),
            _ => None,
        })
        .collect();
    match pairs {
        Some(bytes) => Ok(made(machine, class, bytes).into()),
        None => Err(machine.value_error("non-hexadecimal number found in fromhex() arg at position 0")),
    }
}

fn stripped(machine: &mut Machine, args: Args, left: bool, right: bool) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let chars = match args.get(1).copied().filter(|chars| !chars.is_none()) {
        Some(chars) => bytes_like(machine, chars)?,
        None => b" \t\n\r\x0b\x0c".to_vec(),
    };
    let is_in = |byte: &u8| chars.contains(byte);
    let start = if left { bytes.iter().take_while(|byte| is_in(byte)).count() } else { 0 };
    let rest = &bytes[start..];
    let end = if right { rest.iter().rev().take_while(|byte| is_in(byte)).count() } else { 0 };
    let kept = rest[..rest.len() - end].to_vec();
    Ok(alike(machine, &args, kept).into())
}

fn edge(machine: &mut Machine, args: Args, fits: fn(&[u8], &[u8]) -> bool) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, wanted] = args.exactly(machine, "startswith")?;
    let parts = match wanted.handle().map(|handle| machine.heap.data(handle)) {
        Some(Data::Tuple(parts)) => parts.to_vec(),
        _ => vec![wanted],
    };
    for part in parts {
        let part = bytes_like(machine, part)?;
        if fits(&bytes, &part) {
            return Ok(Value::Bool(true).into());
        }
    }
    Ok(Value::Bool(false).into())
}

fn cut(machine: &mut Machine, args: Args, cut: for<'a> fn(&'a [u8], &[u8]) -> Option<&'a [u8]>) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, wanted] = args.clone().exactly(machine, "removeprefix")?;
    let wanted = bytes_like(machine, wanted)?;
    let kept = cut(&bytes, &wanted).unwrap_or(&bytes).to_vec();
    Ok(alike(machine, &args, kept).into())
}

fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() { Some(0) } else { bytes.windows(part.len()).position(|window| window == part) }
}

// What is looked for may be a part or the number of one byte.
fn wanted(machine: &mut Machine, value: Value) -> Result<Vec<u8>> {
    if machine.big(value).is_some() { Ok(vec![byte(machine, value)?]) } else { bytes_like(machine, value) }
}

fn place(machine: &mut Machine, args: Args) -> Result<Option<usize>> {
    let bytes = receiver(machine, &args)?;
    let [_, part, start, end] = args.take(machine, "find", ["", "", "", ""], 2)?;
    let part = wanted(machine, part)?;
    let (start, end) = (bound(machine, start, 0, bytes.len())?, bound(machine, end, bytes.len(), bytes.len())?);
    Ok(bytes.get(start..end).and_then(|bytes| position(bytes, &part)).map(|at| at + start))
}

/// A bound as slices have it: negative ones count from the end.
fn bound(machine: &mut Machine, value: Value, absent: usize, size: usize) -> Result<usize> {
    if value.is_unbound() || value.is_none() {
        return Ok(absent);
    }
    let at = machine.small_index(value)?;
    Ok(if at < 0 { size.saturating_sub(at.unsigned_abs() as usize) } else { (at as usize).min(size) })
}

fn last_place(machine: &mut Machine, args: Args) -> Result<Option<usize>> {
    let bytes = receiver(machine, &args)?;
    let [_, part] = args.exactly(machine, "rfind")?;
    let part = wanted(machine, part)?;
    if part.is_empty() {
        return Ok(Some(bytes.len()));
    }
    Ok(bytes.windows(part.len()).rposition(|window| window == part))
}

fn justified(machine: &mut Machine, args: Args, right: bool) -> Result<Flow> {
    let mut bytes = receiver(machine, &args)?;
    let [_, width, fill] = args.clone().take(machine, "ljust", ["", "", ""], 2)?;
    let width = machine.small_index(width)?.clamp(0, 1 << 24) as usize;
    let fill = if fill.is_unbound() { b' ' } else { bytes_like(machine, fill)?.first().copied().unwrap_or(b' ') };
    let room = vec![fill; width.saturating_sub(bytes.len())];
    let at = if right { 0 } else { bytes.len() };
    bytes.splice(at..at, room);
    Ok(alike(machine, &args, bytes).into())
}

fn partition(machine: &mut Machine, args: Args) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, separator] = args.clone().exactly(machine, "partition")?;
    let separator = bytes_like(machine, separator)?;
    let (before, middle, after) = match position(&bytes, &separator) {
        Some(at) => (bytes[..at].to_vec(), separator.clone(), bytes[at + separator.len()..].to_vec()),
        None => (bytes, Vec::new(), Vec::new()),
    };
    let parts = [before, middle, after].map(|part| alike(machine, &args, part));
    Ok(machine.heap.tuple(&parts).into())
}

fn index(machine: &mut Machine, args: Args) -> Result<Flow> {
    match place(machine, args)? {
        Some(at) => Ok(Value::from(at).into()),
        None => Err(machine.value_error("subsection not found")),
    }
}

fn count(machine: &mut Machine, args: Args) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, part] = args.exactly(machine, "count")?;
    let part = wanted(machine, part)?;
    Ok(Value::from(pieces(&bytes, &part, usize::MAX).len() - 1).into())
}

fn pieces(bytes: &[u8], part: &[u8], most: usize) -> Vec<Vec<u8>> {
    let (mut found, mut rest) = (Vec::new(), bytes);
    while found.len() < most
        && let Some(at) = position(rest, part).filter(|_| !part.is_empty())
    {
        found.push(rest[..at].to_vec());
        rest = &rest[at + part.len()..];
    }
    found.push(rest.to_vec());
    found
}

fn split(machine: &mut Machine, args: Args) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, separator, most] = args.clone().take(machine, "split", ["", "sep", "maxsplit"], 1)?;
    let most = most.given().map_or(Ok(-1), |most| machine.small_index(most))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let found = match separator.given().filter(|separator| !separator.is_none()) {
        Some(separator) => {
            let separator = bytes_like(machine, separator)?;
            pieces(&bytes, &separator, most)
        }
        None => bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).map(<[u8]>::to_vec).collect(),
    };
    let items: Vec<Value> = found.into_iter().map(|piece| alike(machine, &args, piece)).collect();
    Ok(machine.heap.list(items).into())
}

fn splitlines(machine: &mut Machine, args: Args) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\n").unwrap_or(line));
    let lines: Vec<Vec<u8>> = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line).to_vec()).collect();
    let items = lines.into_iter().map(|line| alike(machine, &args, line)).collect();
    Ok(machine.heap.list(items).into())
}

fn join(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [separator, iterable] = args.exactly(machine, "join")?;
    machine.collect_items(iterable, &[separator], joined)
}

fn joined(machine: &mut Machine, keep: Keep, list: Value) -> Result<Flow> {
    let separator = bytes_like(machine, keep[0])?;
    let items = machine.items(list)?;
    let mut parts = Vec::with_capacity(items.len());
    let mut size = 0;
    for item in items {
        let part = bytes_like(machine, item)?;
        size += part.len() + separator.len();
        machine.reserve(size)?;
        parts.push(part);
    }
    Ok(alike(machine, &Args::from([keep[0]]), parts.join(separator.as_slice())).into())
}

fn replace(machine: &mut Machine, args: Args) -> Result<Flow> {
    let bytes = receiver(machine, &args)?;
    let [_, old, new, most] = args.clone().take(machine, "replace", ["", "", "", "count"], 3)?;
    let (old, new) = (bytes_like(machine, old)?, bytes_like(machine, new)?);
    let most = most.given().map_or(Ok(-1), |most| machine.small_index(most))?;
    let replaced = pieces(&bytes, &old, usize::try_from(most).unwrap_or(usize::MAX)).join(new.as_slice());
    Ok(alike(machine, &args, replaced).into())
}

fn changed(machine: &mut Machine, value: Value, change: impl FnOnce(&mut Vec<u8>)) -> Flow {
    if let Some(Data::ByteArray(bytes)) = value.handle().map(|handle| machine.heap.data_mut(handle)) {
        change(bytes);
    }
    Value::None.into()
}

fn append(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [receiver, item] = args.exactly(machine, "append")?;
    let item = byte(machine, item)?;
    Ok(changed(machine, receiver, |bytes| bytes.push(item)))
}

fn extend(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [receiver, source] = args.exactly(machine, "extend")?;
    let more = bytes_from(machine, source)?;
    machine.reserve(more.len())?;
    Ok(changed(machine, receiver, |bytes| bytes.extend(more)))
}

fn clear(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [receiver] = args.exactly(machine, "clear")?;
    Ok(changed(machine, receiver, Vec::clear))
}
