//! The outside, as the modules in Python ask for it: clock, randomness, variables, files, console.

use crate::host::{Clock, Console, Entry, Environment, Files, Random, Stream};
use crate::python::{Args, Flow, Machine, Module, Raise, Value, classes};

/// Fills the module `_host`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module
        .function(machine, "now", now)
        .function(machine, "utc_offset", utc_offset)
        .function(machine, "random", random)
        .function(machine, "variables", variables)
        .function(machine, "cwd", cwd)
        .function(machine, "entry", entry)
        .function(machine, "read", read)
        .function(machine, "write", write)
        .function(machine, "list", list)
        .function(machine, "create_folder", create_folder)
        .function(machine, "remove", remove)
        .function(machine, "console", console);
}

/// Microseconds since 1970 in UTC.
fn now(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [] = args.exactly(machine, "now")?;
    Ok(Value::Int(Clock::now(&*machine.host)).into())
}

/// Seconds east of UTC.
fn utc_offset(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [] = args.exactly(machine, "utc_offset")?;
    Ok(Value::Int(Clock::utc_offset(&*machine.host).into()).into())
}

/// `random(count)`: so many bytes.
fn random(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [count] = args.exactly(machine, "random")?;
    let count = machine.small_index(count)?;
    if !(0..=1 << 24).contains(&count) {
        return Err(machine.value_error("negative argument not allowed"));
    }
    let mut bytes = vec![0; count as usize];
    Random::fill(&*machine.host, &mut bytes);
    Ok(super::bytes(machine, &bytes).into())
}

/// A dict of the environment.
fn variables(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [] = args.exactly(machine, "variables")?;
    let dict = machine.new_dict();
    for (name, value) in Environment::variables(&*machine.host) {
        let (name, value) = (machine.heap.str(&name), machine.heap.str(&value));
        machine.dict_set(dict, name, value)?;
    }
    Ok(Value::from(dict).into())
}

fn cwd(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [] = args.exactly(machine, "cwd")?;
    let folder = Environment::working_directory(&*machine.host);
    Ok(machine.heap.str(&folder).into())
}

/// The one argument of a function over paths.
fn path(machine: &mut Machine, args: Args, function: &str) -> Result<String, Raise> {
    let [path] = args.exactly(machine, function)?;
    Ok(machine.heap.text(path).unwrap_or_default().to_owned())
}

fn refused(machine: &mut Machine, error: &crate::error::Error) -> Raise {
    machine.error(classes::OS_ERROR, &error.to_string())
}

/// `entry(path)`: `"file"`, `"folder"` or None.
fn entry(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let path = path(machine, args, "entry")?;
    let kind = match Files::entry(&*machine.host, &path) {
        Some(Entry::File) => "file",
        Some(Entry::Folder) => "folder",
        None => return Ok(Value::None.into()),
    };
    Ok(machine.heap.str(kind).into())
}

/// `read(path)`: bytes.
fn read(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let path = path(machine, args, "read")?;
    match Files::read(&*machine.host, &path) {
        Ok(bytes) => {
            machine.reserve(bytes.len())?;
            Ok(super::bytes(machine, &bytes).into())
        }
        Err(error) => Err(refused(machine, &error)),
    }
}

/// `write(path, bytes)`
fn write(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [path, bytes] = args.exactly(machine, "write")?;
    let path = machine.heap.text(path).unwrap_or_default().to_owned();
    let bytes = machine.bytes_of(bytes).unwrap_or_default();
    Files::write(&*machine.host, &path, &bytes).map_err(|error| refused(machine, &error))?;
    Ok(Value::None.into())
}

/// `list(path)`: names, sorted.
fn list(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let path = path(machine, args, "list")?;
    let names = Files::list(&*machine.host, &path).map_err(|error| refused(machine, &error))?;
    let names = names.iter().map(|name| machine.heap.str(name)).collect();
    Ok(machine.heap.list(names).into())
}

fn create_folder(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let path = path(machine, args, "create_folder")?;
    Files::create_folder(&*machine.host, &path).map_err(|error| refused(machine, &error))?;
    Ok(Value::None.into())
}

fn remove(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let path = path(machine, args, "remove")?;
    Files::remove(&*machine.host, &path).map_err(|error| refused(machine, &error))?;
    Ok(Value::None.into())
}

/// `console(stream, text)`: 1 is standard output, 2 is standard error.
fn console(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [stream, text] = args.exactly(machine, "console")?;
    let stream = if stream == Value::Int(2) { Stream::Err } else { Stream::Out };
    let text = machine.heap.text(text).unwrap_or_default().to_owned();
    Console::write(&*machine.host, stream, &text);
    Ok(Value::None.into())
}
