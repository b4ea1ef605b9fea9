//! The native part of `re`: compiled patterns as objects, matches as tuples of places.

use crate::python::text::regex::{self, Anchor, Exhausted, Flags, Found, Part, Regex, Request, Template};
use crate::python::{Args, Flow, Handle, Machine, Module, Payload, Raise, Value};

/// The steps one call may take; beyond them the pattern explodes over the text.
const STEPS: u64 = 30_000_000;

/// A compiled pattern, as Python holds it.
struct Compiled {
    regex: Regex,
}

impl Payload for Compiled {
    fn bytes(&self) -> usize {
        1024
    }
}

/// Fills the module `_re`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    let class = machine.class("_re", "Compiled", &[]).build();
    module
        .set(machine, "Compiled", class.into())
        .function(machine, "compile", compile)
        .function(machine, "find", find)
        .function(machine, "find_all", find_all)
        .function(machine, "template", template)
        .function(machine, "escape", escape);
}

fn class(machine: &mut Machine) -> Result<Handle, Raise> {
    let module = machine.module("_re").expect("a function of the module runs");
    let compiled = machine.get_attr(module, "Compiled")?;
    Ok(compiled.handle().expect("a class is an object"))
}

/// `compile(pattern, flags)`: the handle, all flags, the number of groups, pairs of names and numbers; or None, the
/// message, the place, None.
fn compile(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [pattern, flags] = args.exactly(machine, "compile")?;
    let is_bytes = machine.heap.text(pattern).is_none();
    let source: String = characters(machine, pattern).into_iter().collect();
    let given = Flags(machine.small_index(flags)? as u32);
    let regex = match Regex::new(&source, if is_bytes { given.with(Flags::ASCII) } else { given }) {
        Ok(regex) => regex,
        Err(wrong) => {
            let message = machine.heap.str(&wrong.message);
            let place = wrong.position.map_or(Value::None, Value::from);
            return Ok(machine.heap.tuple(&[Value::None, message, place, Value::None]).into());
        }
    };
    let flags = if is_bytes { regex.flags.without(Flags::ASCII) } else { regex.flags };
    let groups = regex.groups;
    let mut names = Vec::with_capacity(regex.names.len());
    for (name, index) in &regex.names {
        let name = machine.heap.str(name);
        names.push(machine.heap.tuple(&[name, (*index).into()]));
    }
    let class = class(machine)?;
    let names = machine.heap.list(names);
    let handle = machine.instance(class, Compiled { regex });
    Ok(machine.heap.tuple(&[handle, i64::from(flags.0).into(), groups.into(), names]).into())
}

/// The characters of a str, or the bytes of bytes as characters.
fn characters(machine: &Machine, value: Value) -> Vec<char> {
    match machine.heap.text(value) {
        Some(text) => text.chars().collect(),
        None => machine.bytes_of(value).unwrap_or_default().into_iter().map(char::from).collect(),
    }
}

fn regex(machine: &Machine, value: Value) -> &Regex {
    &machine.payload::<Compiled>(value).expect("`re` passes what `compile` gave").regex
}

fn exhausted(machine: &mut Machine) -> Raise {
    machine.runtime_error("the regular expression takes too many steps on this text")
}

/// `find(handle, text, start, end, anchor)`: a match or None.
fn find(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [handle, text, start, end, anchor] = args.exactly(machine, "find")?;
    let anchor = match machine.small_index(anchor)? {
        0 => Anchor::Search,
        1 => Anchor::Start,
        _ => Anchor::Full,
    };
    let (start, end) = (machine.small_index(start)? as usize, machine.small_index(end)? as usize);
    let text = characters(machine, text);
    let request = Request { start, end, anchor, must_advance: false };
    let (groups, found) = {
        let regex = regex(machine, handle);
        (regex.groups, regex.find(&text, request, &mut { STEPS }))
    };
    match found {
        Err(Exhausted) => Err(exhausted(machine)),
        Ok(None) => Ok(Value::None.into()),
        Ok(Some(found)) => Ok(lifted(machine, &found, groups).into()),
    }
}

/// `find_all(handle, text, start, end, limit)`: a list of matches; 0 is no limit.
fn find_all(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [handle, text, start, end, limit] = args.exactly(machine, "find_all")?;
    let (start, end) = (machine.small_index(start)? as usize, machine.small_index(end)? as usize);
    let limit = match machine.small_index(limit)? {
        0 => usize::MAX,
        limit => limit as usize,
    };
    let text = characters(machine, text);
    let (groups, found) = {
        let regex = regex(machine, handle);
        (regex.groups, regex.find_all(&text, start, end, limit, &mut { STEPS }))
    };
    let found = found.map_err(|Exhausted| exhausted(machine))?;
    let matches = found.iter().map(|found| lifted(machine, found, groups)).collect();
    Ok(machine.heap.list(matches).into())
}

/// A match as `(places, lastindex)`; a group that did not match is at (-1, -1).
fn lifted(machine: &mut Machine, found: &Found, groups: usize) -> Value {
    let mut places = Vec::with_capacity(groups + 1);
    for group in 0..=groups {
        let (start, end) = found.group(group).map_or((-1, -1), |(start, end)| (start as i64, end as i64));
        places.push(machine.heap.tuple(&[start.into(), end.into()]));
    }
    let places = machine.heap.list(places);
    let last = found.last_group.map_or(Value::None, Value::from);
    machine.heap.tuple(&[places, last])
}

/// `template(handle, text)`: parts (texts and group numbers), None, None; or None, the message, the place.
fn template(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [handle, text] = args.exactly(machine, "template")?;
    let is_bytes = machine.heap.text(text).is_none();
    let source: String = characters(machine, text).into_iter().collect();
    let template = match Template::new(&source, regex(machine, handle)) {
        Ok(template) => template,
        Err(wrong) => {
            let message = machine.heap.str(&wrong.message);
            let place = wrong.position.map_or(Value::None, Value::from);
            return Ok(machine.heap.tuple(&[Value::None, message, place]).into());
        }
    };
    let mut parts = Vec::with_capacity(template.parts.len());
    for part in template.parts {
        parts.push(match part {
            Part::Group(group) => group.into(),
            Part::Literal(text) if is_bytes => {
                super::bytes(machine, &text.chars().map(|c| c as u8).collect::<Vec<u8>>())
            }
            Part::Literal(text) => machine.heap.str(&text),
        });
    }
    let parts = machine.heap.list(parts);
    Ok(machine.heap.tuple(&[parts, Value::None, Value::None]).into())
}

/// `escape(text)`
fn escape(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text] = args.exactly(machine, "escape")?;
    let escaped = regex::escape(machine.heap.text(text).unwrap_or_default());
    Ok(machine.heap.str(&escaped).into())
}
