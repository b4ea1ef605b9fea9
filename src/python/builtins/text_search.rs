//! Where one text stands in another: the methods of `str` that look for a part.

use crate::python::builtins::texts::{Result, given, part, text};
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow};
use crate::python::text::split;
use crate::python::value::Value;

/// The part of a text between two character places, as slices count them, and where it begins.
fn window<'t>(machine: &mut Machine, text: &'t str, start: Value, end: Value) -> Result<Option<(&'t str, usize)>> {
    let length = if text.is_ascii() { text.len() } else { text.chars().count() } as i64;
    let mut at = |value: Value, default: i64| -> Result<i64> {
        match value.given().filter(|value| !value.is_none()) {
            None => Ok(default),
            Some(value) => {
                let place = machine.small_index(value)?;
                Ok(if place < 0 { (place + length).max(0) } else { place })
            }
        }
    };
    let (start, end) = (at(start, 0)?, at(end, length)?.min(length));
    if start > end {
        return Ok(None);
    }
    let byte = |place: i64| text.char_indices().nth(place as usize).map_or(text.len(), |(at, _)| at);
    let (from, to) = if text.is_ascii() { (start as usize, end as usize) } else { (byte(start), byte(end)) };
    Ok(Some((&text[from..to], start as usize)))
}

pub(super) fn edge(machine: &mut Machine, args: Args, name: &str, fits: fn(&str, &str) -> bool) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, wanted, start, end] = args.take(machine, name, ["", "", "", ""], 2)?;
    let Some((window, _)) = window(machine, &text, start, end)? else {
        return Ok(Value::Bool(false).into());
    };
    let parts = match wanted.handle().map(|handle| machine.heap.data(handle)) {
        Some(Data::Tuple(parts)) => parts.to_vec(),
        _ => vec![wanted],
    };
    for part in parts {
        match machine.heap.text(part) {
            Some(part) if fits(window, part) => return Ok(Value::Bool(true).into()),
            Some(_) => {}
            None => {
                let message =
                    format!("{name} first arg must be str or a tuple of str, not {}", machine.type_name(part));
                return Err(machine.type_error(&message));
            }
        }
    }
    Ok(Value::Bool(false).into())
}

pub(super) fn removed(
    machine: &mut Machine,
    args: Args,
    name: &str,
    cut: for<'a> fn(&'a str, &str) -> Option<&'a str>,
) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, wanted] = args.exactly(machine, name)?;
    let wanted = part(machine, wanted, name)?;
    given(machine, cut(&text, &wanted).unwrap_or(&text))
}

pub(super) fn place(
    machine: &mut Machine,
    args: Args,
    name: &str,
    search: fn(&str, &str) -> Option<usize>,
) -> Result<Option<i64>> {
    let text = text(machine, &args)?;
    let [_, wanted, start, end] = args.take(machine, name, ["", "", "", ""], 2)?;
    let wanted = part(machine, wanted, name)?;
    let Some((window, from)) = window(machine, &text, start, end)? else {
        return Ok(None);
    };
    Ok(search(window, &wanted).map(|at| (from + window[..at].chars().count()) as i64))
}

pub(super) fn must_find(
    machine: &mut Machine,
    args: Args,
    name: &str,
    search: fn(&str, &str) -> Option<usize>,
) -> Result<Flow> {
    match place(machine, args, name, search)? {
        Some(at) => Ok(Value::Int(at).into()),
        None => Err(machine.value_error("substring not found")),
    }
}

pub(super) fn count(machine: &mut Machine, args: Args) -> Result<Flow> {
    let text = text(machine, &args)?;
    let [_, wanted, start, end] = args.take(machine, "count", ["", "", "", ""], 2)?;
    let wanted = part(machine, wanted, "count")?;
    let window = window(machine, &text, start, end)?;
    Ok(Value::from(window.map_or(0, |(window, _)| split::count(window, &wanted))).into())
}
