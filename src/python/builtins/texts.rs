//! Methods of `str`, over the pure functions of [`crate::python::text`].

use crate::python::builtins::lists::{native_contains, native_item, native_iter, native_len};
use crate::python::builtins::numbers::{binaries, comparisons, format_of_data, hash_of_data, repr_of_data};
use crate::python::builtins::text_search::{count, edge, must_find, place, removed};
use crate::python::heap::classes;
use crate::python::heap::object::{Data, Text};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Native, Raise};
use crate::python::text::pad::{self, Side};
use crate::python::text::{case, codec, split, template};
use crate::python::value::Value;

pub(super) type Result<T> = std::result::Result<T, Raise>;

/// Methods that take nothing and give a text, or a truth.
const PLAIN: &[(&str, Native)] = &[
    ("lower", |m, a| mapped(m, &a, str::to_lowercase)),
    ("upper", |m, a| mapped(m, &a, str::to_uppercase)),
    ("casefold", |m, a| mapped(m, &a, case::casefold)),
    ("title", |m, a| mapped(m, &a, case::title)),
    ("capitalize", |m, a| mapped(m, &a, case::capitalize)),
    ("swapcase", |m, a| mapped(m, &a, case::swapcase)),
    ("isspace", |m, a| asked(m, &a, case::is_space)),
    ("isalpha", |m, a| asked(m, &a, case::is_alpha)),
    ("isalnum", |m, a| asked(m, &a, case::is_alnum)),
    ("isdecimal", |m, a| asked(m, &a, case::is_decimal)),
    ("isdigit", |m, a| asked(m, &a, case::is_digit)),
    ("isnumeric", |m, a| asked(m, &a, case::is_numeric)),
    ("isprintable", |m, a| asked(m, &a, case::is_printable)),
    ("isidentifier", |m, a| asked(m, &a, case::is_identifier)),
    ("islower", |m, a| asked(m, &a, case::is_lower)),
    ("isupper", |m, a| asked(m, &a, case::is_upper)),
    ("istitle", |m, a| asked(m, &a, case::is_title)),
    ("isascii", |m, a| asked(m, &a, str::is_ascii)),
];

/// The other methods.
const OTHER: &[(&str, Native)] = &[
    ("strip", |m, a| stripped(m, a, "strip", split::strip)),
    ("lstrip", |m, a| stripped(m, a, "lstrip", split::strip_left)),
    ("rstrip", |m, a| stripped(m, a, "rstrip", split::strip_right)),
    ("split", |m, a| split_by(m, a, "split", split::words, split::split)),
    ("rsplit", |m, a| split_by(m, a, "rsplit", split::words_from_right, split::split_from_right)),
    ("splitlines", splitlines),
    ("partition", |m, a| parted(m, a, "partition", split::partition)),
    ("rpartition", |m, a| parted(m, a, "rpartition", split::partition_from_right)),
    ("join", join),
    ("replace", replace),
    ("startswith", |m, a| edge(m, a, "startswith", |text, part| text.starts_with(part))),
    ("endswith", |m, a| edge(m, a, "endswith", |text, part| text.ends_with(part))),
    ("removeprefix", |m, a| removed(m, a, "removeprefix", |text, part| text.strip_prefix(part))),
    ("removesuffix", |m, a| removed(m, a, "removesuffix", |text, part| text.strip_suffix(part))),
    ("find", |m, a| Ok(Value::Int(place(m, a, "find", |text, part| text.find(part))?.unwrap_or(-1)).into())),
    ("rfind", |m, a| Ok(Value::Int(place(m, a, "rfind", |text, part| text.rfind(part))?.unwrap_or(-1)).into())),
    ("index", |m, a| must_find(m, a, "index", |text, part| text.find(part))),
    ("rindex", |m, a| must_find(m, a, "rindex", |text, part| text.rfind(part))),
    ("count", count),
    ("center", |m, a| justified(m, a, "center", Side::Center)),
    ("ljust", |m, a| justified(m, a, "ljust", Side::Left)),
    ("rjust", |m, a| justified(m, a, "rjust", Side::Right)),
    ("zfill", zfill),
    ("expandtabs", expandtabs),
    ("encode", encode),
    ("format", format),
    ("format_map", format_map),
    ("translate", translate),
];

/// Gives `str` its methods.
pub(super) fn found(machine: &mut Machine) {
    comparisons(binaries(machine.extend(classes::STR), &[0, 2, 6])).build();
    let mut class = machine.extend(classes::STR).constructor(construct).static_method("maketrans", maketrans);
    for (name, call) in PLAIN.iter().chain(OTHER) {
        class = class.method(name, *call);
    }
    class
        .method("__repr__", repr_of_data)
        .method("__str__", |machine, args| {
            Ok(machine.heap.text(args[0]).map(str::to_owned).map_or(args[0], |text| machine.heap.str(&text)).into())
        })
        .method("__format__", format_of_data)
        .method("__hash__", hash_of_data)
        .method("__len__", native_len)
        .method("__iter__", native_iter)
        .method("__contains__", native_contains)
        .method("__getitem__", native_item)
        .build();
}

/// The text of `self`, which a method of `str` is sure to have.
pub(super) fn text(machine: &mut Machine, args: &Args) -> Result<String> {
    let receiver = args.first().copied().unwrap_or(Value::None);
    match machine.heap.text(receiver) {
        Some(text) => Ok(text.to_owned()),
        None => {
            let message =
                format!("descriptor requires a 'str' object but received a '{}'", machine.type_name(receiver));
            Err(machine.type_error(&message))
        }
    }
}

/// A text that an argument must be.
pub(super) fn part(machine: &mut Machine, value: Value, function: &str) -> Result<String> {
    match machine.heap.text(value) {
        Some(text) => Ok(text.to_owned()),
        None => {
            let message = format!("{function}() argument 1 must be str, not {}", machine.type_name(value));
            Err(machine.type_error(&message))
        }
    }
}

pub(super) fn given(machine: &mut Machine, text: &str) -> Result<Flow> {
    machine.reserve(text.len())?;
    Ok(machine.heap.str(text).into())
}

fn texts(machine: &mut Machine, parts: &[&str]) -> Vec<Value> {
    parts.iter().map(|part| machine.heap.str(part)).collect()
}

fn mapped(machine: &mut Machine, args: &Args, map: fn(&str) -> String) -> Result<Flow> {
    let text = text(machine, args)?;
    given(machine, &map(&text))
}

fn asked(machine: &mut Machine, args: &Args, ask: fn(&str) -> bool) -> Result<Flow> {
    let text = text(machine, args)?;
    Ok(Value::Bool(ask(&text)).into())
}

fn construct(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [class, object, encoding, errors] = args.take(machine, "str", ["", "object", "encoding", "errors"], 1)?;
    let class = class.handle().expect("__new__ is called with a class");
    if class == classes::STR
        && encoding.is_unbound()
        && errors.is_unbound()
        && object.given().is_some_and(|it| !machine.is_native(it))
    {
        return by_method(machine, object);
    }
    let text = match object.given() {
        None => String::new(),
        Some(object) if encoding.is_unbound() && errors.is_unbound() => machine.str(object)?,
        Some(object) => decoded(machine, object, encoding, errors)?,
    };
    if class == classes::STR {
        return given(machine, &text);
    }
    Ok(Value::from(machine.heap.alloc(class, Data::Str(Text::new(text.into())))).into())
}

// `__str__` of somebody's own: it may suspend.
fn by_method(machine: &mut Machine, object: Value) -> Result<Flow> {
    let flow = machine.special(object, crate::python::heap::names::STR, [])?.expect("object has a __str__");
    flow.then(machine, &[], |machine, _, answer| match machine.heap.text(answer) {
        Some(_) => Ok(answer.into()),
        None => {
            let message = format!("__str__ returned non-string (type {})", machine.type_name(answer));
            Err(machine.type_error(&message))
        }
    })
}

/// Bytes as text, in the encoding that two arguments name.
pub(super) fn decoded(machine: &mut Machine, object: Value, encoding: Value, errors: Value) -> Result<String> {
    let Some(bytes) = machine.bytes_of(object) else {
        let message = format!("decoding to str: need a bytes-like object, {} found", machine.type_name(object));
        return Err(machine.type_error(&message));
    };
    let (encoding, errors) = codec_of(machine, encoding, errors)?;
    codec::decode(&bytes, encoding, &errors).map_err(|failure| {
        let message = failure.message.clone();
        machine.error(classes::UNICODE_DECODE_ERROR, &message)
    })
}

/// The encoding and the way of handling errors that two arguments name.
pub(super) fn codec_of(machine: &mut Machine, encoding: Value, errors: Value) -> Result<(codec::Encoding, String)> {
    let name = machine.heap.text(encoding).unwrap_or("utf-8").to_owned();
    let errors = machine.heap.text(errors).unwrap_or("strict").to_owned();
    match codec::named(&name) {
        Some(encoding) => Ok((encoding, errors)),
        None => Err(machine.error(classes::LOOKUP_ERROR, &format!("unknown encoding: {name}"))),
    }
}

fn stripped(
    machine: &mut Machine,
    args: Args,
    name: &str,
    strip: for<'a> fn(&'a str, Option<&str>) -> &'a str,
) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, chars] = args.take(machine, name, ["", ""], 1)?;
    let chars = match chars.given().filter(|chars| !chars.is_none()) {
        None => None,
        Some(chars) => match machine.heap.text(chars) {
            Some(chars) => Some(chars.to_owned()),
            None => return Err(machine.type_error(&format!("{name} arg must be None or str"))),
        },
    };
    given(machine, strip(&text, chars.as_deref()))
}

fn limit(machine: &mut Machine, value: Value) -> Result<Option<usize>> {
    match value.given() {
        None => Ok(None),
        Some(value) => Ok(usize::try_from(machine.small_index(value)?).ok()),
    }
}

type Words = for<'a> fn(&'a str, Option<usize>) -> Vec<&'a str>;
type Pieces = for<'a> fn(&'a str, &str, Option<usize>) -> Vec<&'a str>;

fn split_by(machine: &mut Machine, args: Args, name: &str, words: Words, pieces: Pieces) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, separator, most] = args.take(machine, name, ["", "sep", "maxsplit"], 1)?;
    let most = limit(machine, most)?;
    let found = match separator.given().filter(|separator| !separator.is_none()) {
        None => words(&text, most),
        Some(separator) => {
            let Some(separator) = machine.heap.text(separator).map(str::to_owned) else {
                let message = format!("must be str or None, not {}", machine.type_name(separator));
                return Err(machine.type_error(&message));
            };
            if separator.is_empty() {
                return Err(machine.value_error("empty separator"));
            }
            pieces(&text, &separator, most)
        }
    };
    let items = texts(machine, &found);
    Ok(machine.heap.list(items).into())
}

fn splitlines(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, keep] = args.take(machine, "splitlines", ["", "keepends"], 1)?;
    let keeps = keep.given().is_some() && machine.truth(keep)?;
    let ends = if keeps { split::Ends::Kept } else { split::Ends::Cut };
    let items = texts(machine, &split::lines(&text, ends));
    Ok(machine.heap.list(items).into())
}

fn parted(
    machine: &mut Machine,
    args: Args,
    name: &str,
    parts: for<'a> fn(&'a str, &'a str) -> (&'a str, &'a str, &'a str),
) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, separator] = args.exactly(machine, name)?;
    let separator = part(machine, separator, name)?;
    if separator.is_empty() {
        return Err(machine.value_error("empty separator"));
    }
    let (before, between, after) = parts(&text, &separator);
    let items = texts(machine, &[before, between, after]);
    Ok(machine.heap.tuple(&items).into())
}

fn join(machine: &mut Machine, args: Args) -> Result<Flow> {
    text(machine, &args)?;
    let [separator, iterable] = args.exactly(machine, "str.join")?;
    machine.collect_items(iterable, &[separator], joined)
}

fn joined(machine: &mut Machine, keep: crate::python::native::Keep, list: Value) -> Result<Flow> {
    let separator = machine.heap.text(keep[0]).expect("join's receiver is a text").to_owned();
    let items = machine.items(list)?;
    let mut out = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(&separator);
        }
        match machine.heap.text(*item) {
            Some(text) => {
                out.push_str(text);
                machine.reserve(out.len())?;
            }
            None => {
                let message = format!("sequence item {at}: expected str instance, {} found", machine.type_name(*item));
                return Err(machine.type_error(&message));
            }
        }
    }
    given(machine, &out)
}

fn replace(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, old, new, count] = args.take(machine, "replace", ["", "", "", "count"], 3)?;
    let (old, new) = (part(machine, old, "replace")?, part(machine, new, "replace")?);
    let most = limit(machine, count)?;
    machine.reserve(text.len().saturating_mul(new.len().max(1) / old.len().max(1) + 1))?;
    given(machine, &split::replace(&text, &old, &new, most))
}

fn width(machine: &mut Machine, value: Value) -> Result<usize> {
    let width = usize::try_from(machine.small_index(value)?).unwrap_or(0);
    machine.reserve(width)?;
    Ok(width)
}

fn justified(machine: &mut Machine, args: Args, name: &str, side: Side) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, size, fill] = args.take(machine, name, ["", "", ""], 2)?;
    let size = width(machine, size)?;
    let fill = fill.given().map_or(Ok(" ".to_owned()), |fill| part(machine, fill, name))?;
    let mut characters = fill.chars();
    match (characters.next(), characters.next()) {
        (Some(fill), None) => given(machine, &pad::justify(&text, size, fill, side)),
        _ => Err(machine.type_error("The fill character must be exactly one character long")),
    }
}

fn zfill(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, size] = args.exactly(machine, "zfill")?;
    let size = width(machine, size)?;
    given(machine, &pad::zfill(&text, size))
}

fn expandtabs(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, size] = args.take(machine, "expandtabs", ["", "tabsize"], 1)?;
    let size = size.given().map_or(Ok(8), |size| width(machine, size))?;
    given(machine, &pad::expandtabs(&text, size))
}

fn encode(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, encoding, errors] = args.take(machine, "encode", ["", "encoding", "errors"], 1)?;
    let (encoding, errors) = codec_of(machine, encoding, errors)?;
    match codec::encode(&text, encoding, &errors) {
        Ok(bytes) => Ok(Value::from(machine.heap.alloc(classes::BYTES, Data::Bytes(bytes.into()))).into()),
        Err(failure) => {
            let message = failure.message.clone();
            Err(machine.error(classes::UNICODE_ENCODE_ERROR, &message))
        }
    }
}

fn format(machine: &mut Machine, args: Args) -> Result<Flow> {
    let template = text(machine, &args)?;
    let rest = Args { positional: args.positional[1..].into(), keywords: args.keywords };
    let text = machine.str_format(&template, &rest)?;
    given(machine, &text)
}

fn format_map(machine: &mut Machine, args: Args) -> Result<Flow> {
    let template = text(machine, &args)?;
    let [_, mapping] = args.exactly(machine, "format_map")?;
    let pieces = template::parse(&template).map_err(|wrong| machine.wrong(&wrong))?;
    let mut wanted = Vec::new();
    names_in(&pieces, &mut wanted);
    let mut rest = Args::default();
    for name in wanted {
        let key = machine.heap.intern(&name);
        let value = machine.get_item(mapping, key.into())?;
        rest.keywords.push((key, value));
    }
    let text = machine.str_format(&template, &rest)?;
    given(machine, &text)
}

/// The names that a template asks for, each once.
fn names_in(pieces: &[template::Piece], names: &mut Vec<String>) {
    for piece in pieces {
        if let template::Piece::Field(field) = piece {
            if let template::First::Name(name) = &field.first
                && !names.contains(name)
            {
                names.push(name.clone());
            }
            names_in(&field.spec, names);
        }
    }
}

fn maketrans(machine: &mut Machine, args: Args) -> Result<Flow> {
    let [from, to, gone] = args.take(machine, "maketrans", ["", "", ""], 1)?;
    let table = machine.new_dict();
    if to.is_unbound() {
        for (key, value) in machine.mapping_entries(from)? {
            let key = character(machine, key)?;
            machine.dict_set(table, key, value)?;
        }
        return Ok(Value::from(table).into());
    }
    let (from, to) = (part(machine, from, "maketrans")?, part(machine, to, "maketrans")?);
    if from.chars().count() != to.chars().count() {
        return Err(machine.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in from.chars().zip(to.chars()) {
        machine.dict_set(table, Value::Int(from as i64), Value::Int(to as i64))?;
    }
    let gone = gone.given().map_or(Ok(String::new()), |gone| part(machine, gone, "maketrans"))?;
    for gone in gone.chars() {
        machine.dict_set(table, Value::Int(gone as i64), Value::None)?;
    }
    Ok(Value::from(table).into())
}

fn character(machine: &mut Machine, key: Value) -> Result<Value> {
    match machine.heap.text(key).map(|text| text.chars().collect::<Vec<_>>()) {
        Some(one) if one.len() == 1 => Ok(Value::Int(one[0] as i64)),
        Some(_) => Err(machine.value_error("string keys in translate table must be of length 1")),
        None => Ok(key),
    }
}

fn translate(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, table] = args.exactly(machine, "translate")?;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let found = match machine.get_item(table, Value::Int(c as i64)) {
            Ok(found) => found,
            Err(raise) if machine.is_instance(raise.0, classes::LOOKUP_ERROR) => Value::Unbound,
            Err(raise) => return Err(raise),
        };
        match found {
            Value::Unbound => out.push(c),
            Value::None => {}
            Value::Int(code) => out.extend(u32::try_from(code).ok().and_then(char::from_u32)),
            other => out.push_str(&part(machine, other, "translate")?),
        }
    }
    given(machine, &out)
}
