//! The native part of `string.Formatter` and of Decimal's format: specifications and templates.

use crate::python::text::ini::{Ini, Keys};
use crate::python::text::spec::{self, Spec};
use crate::python::text::template::{self, First, Piece, Step};
use crate::python::{Args, Flow, Machine, Module, Raise, Value};

/// Fills the module `_text`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module
        .function(machine, "spec", parse)
        .function(machine, "number", number)
        .function(machine, "fields", fields)
        .function(machine, "path", path)
        .function(machine, "ini", ini);
}

fn read(machine: &mut Machine, spec: Value, type_name: Value) -> Result<Spec, Raise> {
    let text = machine.heap.text(spec).unwrap_or_default().to_owned();
    let type_name = machine.heap.text(type_name).unwrap_or_default().to_owned();
    Spec::parse(&text, &type_name).map_err(|wrong| machine.wrong(&wrong))
}

/// `spec(text, type_name)`: fill, align, sign, z, #, width, grouping, precision (-1 for none), kind.
fn parse(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, type_name] = args.exactly(machine, "spec")?;
    let spec = read(machine, text, type_name)?;
    let mut letter = |c: Option<char>| machine.heap.str(&c.map(String::from).unwrap_or_default());
    let (fill, align, sign) = (letter(Some(spec.fill)), letter(spec.align), letter(Some(spec.sign)));
    let (grouping, kind) = (letter(spec.grouping), letter(spec.kind));
    let precision = spec.precision.map_or(-1, |precision| precision as i64);
    let zero = spec.no_negative_zero.into();
    let parts = [fill, align, sign, zero, spec.alternate.into(), spec.width.into(), grouping, precision.into(), kind];
    Ok(machine.heap.tuple(&parts).into())
}

/// `number(spec, type_name, negative, whole, rest)`: the parts of a number, signed, grouped and filled.
fn number(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, type_name, negative, whole, rest] = args.exactly(machine, "number")?;
    let spec = read(machine, text, type_name)?;
    let whole = machine.heap.text(whole).unwrap_or_default();
    let rest = machine.heap.text(rest).unwrap_or_default();
    let parts = spec::Parts { negative: negative == Value::Bool(true), prefix: "", whole, rest, group_size: 3 };
    let shown = spec::number(&parts, &spec);
    Ok(machine.heap.str(&shown).into())
}

/// `ini(text)`: the defaults and the sections of an ini file, or None where something is wrong with it.
fn ini(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text] = args.exactly(machine, "ini")?;
    let Ok(read) = Ini::read(machine.heap.text(text).unwrap_or_default(), "") else { return Ok(Value::None.into()) };
    let defaults = dict(machine, read.defaults())?;
    let sections = machine.new_dict();
    for (name, keys) in read.sections() {
        let (name, keys) = (machine.heap.str(name), dict(machine, keys)?);
        machine.dict_set(sections, name, keys)?;
    }
    Ok(machine.heap.tuple(&[defaults, sections.into()]).into())
}

fn dict(machine: &mut Machine, keys: &Keys) -> Result<Value, Raise> {
    let dict = machine.new_dict();
    for (key, value) in keys {
        let (key, value) = (machine.heap.str(key), machine.heap.str(value));
        machine.dict_set(dict, key, value)?;
    }
    Ok(dict.into())
}

/// `fields(template)`: literal, name, specification and conversion of each part, as `Formatter.parse` has them.
fn fields(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text] = args.exactly(machine, "fields")?;
    let text = machine.heap.text(text).unwrap_or_default().to_owned();
    let pieces = template::parse(&text).map_err(|wrong| machine.wrong(&wrong))?;
    let mut rows = Vec::new();
    let mut literal = String::new();
    for piece in &pieces {
        match piece {
            Piece::Literal(text) => literal.push_str(text),
            Piece::Field(field) => {
                let before = machine.heap.str(&std::mem::take(&mut literal));
                let name = machine.heap.str(&written(&field.first, &field.path));
                let spec = machine.heap.str(&written_pieces(&field.spec));
                let conversion = match field.conversion {
                    Some(c) => machine.heap.str(&c.to_string()),
                    None => Value::None,
                };
                rows.push(machine.heap.tuple(&[before, name, spec, conversion]));
            }
        }
    }
    if !literal.is_empty() {
        let literal = machine.heap.str(&literal);
        rows.push(machine.heap.tuple(&[literal, Value::None, Value::None, Value::None]));
    }
    Ok(machine.heap.list(rows).into())
}

fn written(first: &First, path: &[Step]) -> String {
    let mut text = match first {
        First::Auto => String::new(),
        First::Index(index) => index.to_string(),
        First::Name(name) => name.clone(),
    };
    for step in path {
        text += &match step {
            Step::Attribute(name) => format!(".{name}"),
            Step::Index(index) => format!("[{index}]"),
            Step::Key(key) => format!("[{key}]"),
        };
    }
    text
}

fn written_pieces(pieces: &[Piece]) -> String {
    let written_piece = |piece: &Piece| match piece {
        Piece::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
        Piece::Field(field) => {
            let conversion = field.conversion.map(|c| format!("!{c}")).unwrap_or_default();
            format!("{{{}{conversion}}}", written(&field.first, &field.path))
        }
    };
    pieces.iter().map(written_piece).collect()
}

/// `path(name)`: the argument, and pairs of (is an attribute, name or index).
fn path(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text] = args.exactly(machine, "path")?;
    let text = machine.heap.text(text).unwrap_or_default().to_owned();
    let (first, steps) = template::path(&text).map_err(|wrong| machine.wrong(&wrong))?;
    let first = match first {
        First::Auto => machine.heap.str(""),
        First::Index(index) => index.into(),
        First::Name(name) => machine.heap.str(&name),
    };
    let mut rows = Vec::with_capacity(steps.len());
    for step in steps {
        let (attribute, value) = match step {
            Step::Attribute(name) => (true, machine.heap.str(&name)),
            Step::Index(index) => (false, index.into()),
            Step::Key(key) => (false, machine.heap.str(&key)),
        };
        rows.push(machine.heap.tuple(&[attribute.into(), value]));
    }
    let rows = machine.heap.list(rows);
    Ok(machine.heap.tuple(&[first, rows]).into())
}
