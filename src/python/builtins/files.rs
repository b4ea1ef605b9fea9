//! `open`, over the host's files: a file is read whole, and written when it is flushed or closed.

use crate::host::Entry;
use crate::python::builtins::{module, none};
use crate::python::heap::classes;
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Payload, Raise};
use crate::python::value::Value;

/// An open file.
struct File {
    path: String,
    bytes: Vec<u8>,
    at: usize,
    binary: bool,
    writes: bool,
    reads: bool,
    closed: bool,
}

impl Payload for File {
    fn bytes(&self) -> usize {
        self.bytes.len() + 128
    }
}

// A table: a line or two for each method.
pub(super) fn found(machine: &mut Machine) {
    module(machine).add("open", open);
    machine
        .extend(classes::FILE)
        .method("read", |machine, args| {
            let [own, size] = args.take(machine, "read", ["", "size"], 1)?;
            let most = match size.given().filter(|size| !size.is_none()) {
                Some(size) => usize::try_from(machine.small_index(size)?).ok(),
                None => None,
            };
            let taken = taken(machine, own, |rest, binary| match most {
                None => rest.len(),
                Some(most) if binary => most.min(rest.len()),
                Some(most) => String::from_utf8_lossy(rest).chars().take(most).map(char::len_utf8).sum(),
            })?;
            content(machine, own, &taken)
        })
        .method("readline", |machine, args| {
            let line = line(machine, args[0])?;
            content(machine, args[0], &line)
        })
        .method("readlines", |machine, args| {
            let mut lines = Vec::new();
            loop {
                let found = line(machine, args[0])?;
                if found.is_empty() {
                    return Ok(machine.heap.list(lines).into());
                }
                lines.push(machine.file_value(args[0], &found));
            }
        })
        .method("__iter__", |_, args| Ok(args[0].into()))
        .method("__next__", |machine, args| {
            let found = line(machine, args[0])?;
            if found.is_empty() {
                return Err(Raise(machine.exception(classes::STOP_ITERATION, &[])));
            }
            content(machine, args[0], &found)
        })
        .method("write", write)
        .method("writelines", |machine, args| {
            for item in machine.items(args[1])? {
                write(machine, Args::from([args[0], item]))?;
            }
            none()
        })
        .method("flush", |machine, args| {
            save(machine, args[0])?;
            none()
        })
        .method("close", |machine, args| close(machine, args[0]))
        .method("__enter__", |_, args| Ok(args[0].into()))
        .method("__exit__", |machine, args| close(machine, args[0]))
        .method("seek", |machine, args| {
            let at = machine.small_index(args[1])?.max(0) as usize;
            let file = file(machine, args[0])?;
            file.at = at.min(file.bytes.len());
            Ok(Value::from(at).into())
        })
        .method("tell", |machine, args| Ok(Value::from(file(machine, args[0])?.at).into()))
        .method("readable", |machine, args| Ok(Value::Bool(file(machine, args[0])?.reads).into()))
        .method("writable", |machine, args| Ok(Value::Bool(file(machine, args[0])?.writes).into()))
        .getter("name", |machine, args| {
            let path = machine.payload::<File>(args[0]).map_or_else(String::new, |file| file.path.clone());
            Ok(machine.heap.str(&path).into())
        })
        .getter("closed", |machine, args| {
            Ok(Value::Bool(machine.payload::<File>(args[0]).is_none_or(|file| file.closed)).into())
        })
        .build();
}

impl Machine {
    /// A path given as text, bytes or an object with `__fspath__`.
    pub fn path_argument(&mut self, value: Value) -> Result<String, Raise> {
        if let Some(text) = self.heap.text(value) {
            return Ok(text.to_owned());
        }
        match self.call_special(value, crate::python::heap::names::FSPATH, [])? {
            Some(path) => Ok(self.heap.text(path).unwrap_or_default().to_owned()),
            None => {
                let message = format!("expected str, bytes or os.PathLike object, not {}", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// The exception of an operating system's error number.
    pub fn os_error(&mut self, number: i64, text: &str, path: &str) -> Raise {
        let (text, path) = (self.heap.str(text), self.heap.str(path));
        match self.call_leaf(classes::OS_ERROR.into(), [Value::Int(number), text, path]) {
            Ok(exception) => Raise(exception),
            Err(raise) => raise,
        }
    }

    fn file_value(&mut self, own: Value, bytes: &[u8]) -> Value {
        if self.payload::<File>(own).is_some_and(|file| file.binary) {
            return self.new_bytes(bytes);
        }
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        self.heap.str(&text)
    }
}

fn open(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let names = ["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"];
    let [path, mode, ..] = args.take(machine, "open", names, 1)?;
    let shown = machine.path_argument(path)?;
    let mode = machine.heap.text(mode).unwrap_or("r").to_owned();
    if mode.chars().any(|c| !"rwxabt+".contains(c)) {
        return Err(machine.value_error(&format!("invalid mode: '{mode}'")));
    }
    let main: Vec<char> = mode.chars().filter(|c| "rwxa".contains(*c)).collect();
    let [main] = main[..] else {
        return Err(machine.value_error("must have exactly one of create/read/write/append mode"));
    };
    let absolute = machine.absolute(&shown);
    let entry = machine.host.entry(&absolute);
    let folder =
        absolute.rsplit_once('/').map_or("/", |(folder, _)| if folder.is_empty() { "/" } else { folder }).to_owned();
    match (entry, main) {
        (Some(Entry::Folder), _) => return Err(machine.os_error(21, "Is a directory", &shown)),
        (None, 'r') => return Err(machine.os_error(2, "No such file or directory", &shown)),
        (Some(_), 'x') => return Err(machine.os_error(17, "File exists", &shown)),
        (None, _) if machine.host.entry(&folder) != Some(Entry::Folder) => {
            return Err(machine.os_error(2, "No such file or directory", &shown));
        }
        _ => {}
    }
    let keeps = matches!(main, 'r' | 'a') && entry.is_some();
    let bytes = if keeps {
        machine.host.read(&absolute).map_err(|error| machine.error(classes::OS_ERROR, &error.to_string()))?
    } else {
        Vec::new()
    };
    let plus = mode.contains('+');
    let at = if main == 'a' { bytes.len() } else { 0 };
    let file = File {
        path: shown,
        bytes,
        at,
        binary: mode.contains('b'),
        writes: main != 'r' || plus,
        reads: main == 'r' || plus,
        closed: false,
    };
    if !file.binary && file.reads && std::str::from_utf8(&file.bytes).is_err() {
        let object = machine.new_bytes(&file.bytes);
        let (encoding, reason) = (machine.heap.str("utf-8"), machine.heap.str("invalid start byte"));
        let at = std::str::from_utf8(&file.bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
        let args = [encoding, object, Value::from(at), Value::from(at + 1), reason];
        return Err(Raise(machine.exception(classes::UNICODE_DECODE_ERROR, &args)));
    }
    let value = machine.instance(classes::FILE, file);
    if main != 'r' {
        save(machine, value)?;
    }
    Ok(value.into())
}

fn file(machine: &mut Machine, value: Value) -> Result<&mut File, Raise> {
    if machine.payload::<File>(value).is_none_or(|file| file.closed) {
        return Err(machine.value_error("I/O operation on closed file."));
    }
    Ok(machine.payload_mut::<File>(value).expect("a file"))
}

fn taken(machine: &mut Machine, value: Value, size: impl Fn(&[u8], bool) -> usize) -> Result<Vec<u8>, Raise> {
    let own = file(machine, value)?;
    if !own.reads {
        return Err(machine.error(classes::OS_ERROR, "not readable"));
    }
    let rest = &own.bytes[own.at..];
    let taken = rest[..size(rest, own.binary)].to_vec();
    own.at += taken.len();
    Ok(taken)
}

fn line(machine: &mut Machine, value: Value) -> Result<Vec<u8>, Raise> {
    taken(machine, value, |rest, _| rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1))
}

fn content(machine: &mut Machine, own: Value, bytes: &[u8]) -> Result<Flow, Raise> {
    Ok(machine.file_value(own, bytes).into())
}

fn write(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [own, data] = args.exactly(machine, "write")?;
    let binary = file(machine, own)?.binary;
    let bytes = match (binary, machine.heap.text(data), machine.bytes_of(data)) {
        (false, Some(text), _) => text.as_bytes().to_vec(),
        (true, _, Some(bytes)) => bytes,
        (false, ..) => {
            let message = format!("write() argument must be str, not {}", machine.type_name(data));
            return Err(machine.type_error(&message));
        }
        (true, ..) => {
            let message = format!("a bytes-like object is required, not '{}'", machine.type_name(data));
            return Err(machine.type_error(&message));
        }
    };
    let count = machine.len(data)?;
    let own = file(machine, own)?;
    if !own.writes {
        return Err(machine.error(classes::OS_ERROR, "not writable"));
    }
    let end = (own.at + bytes.len()).min(own.bytes.len());
    own.bytes.splice(own.at..end, bytes.iter().copied());
    own.at += bytes.len();
    machine.heap.charge(bytes.len());
    Ok(Value::from(count).into())
}

fn save(machine: &mut Machine, value: Value) -> Result<(), Raise> {
    let own = file(machine, value)?;
    if !own.writes {
        return Ok(());
    }
    let (path, bytes) = (own.path.clone(), own.bytes.clone());
    let absolute = machine.absolute(&path);
    crate::host::Files::write(&*machine.host, &absolute, &bytes)
        .map_err(|error| machine.error(classes::OS_ERROR, &error.to_string()))
}

fn close(machine: &mut Machine, value: Value) -> Result<Flow, Raise> {
    if machine.payload::<File>(value).is_some_and(|file| !file.closed) {
        save(machine, value)?;
        file(machine, value)?.closed = true;
    }
    none()
}
