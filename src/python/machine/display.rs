//! Truth, hash, repr, str, format.

use crate::python::heap::lookup;
use crate::python::heap::object::{Data, GeneratorKind, ViewKind};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::text::{self, spec};
use crate::python::value::{Handle, Value};
use num_bigint::BigInt;

impl Machine {
    /// The truth of a value that no method decides.
    pub(crate) fn quick_truth(&mut self, value: Value) -> Option<bool> {
        let handle = match value {
            Value::Bool(truth) => return Some(truth),
            Value::None => return Some(false),
            Value::Int(x) => return Some(x != 0),
            Value::Float(x) => return Some(x != 0.0),
            Value::Object(handle) => handle,
            _ => return Some(true),
        };
        let object = self.heap.object(handle);
        let class = object.class;
        if self.heap.class(class).native
            && let Some(size) = self.native_len(handle)
        {
            return Some(size != 0);
        }
        if matches!(self.heap.data(handle), Data::Function(_) | Data::Native(_) | Data::Method(_)) {
            return Some(true);
        }
        if self.lookup(class, names::BOOL).is_none() && self.lookup(class, names::LEN).is_none() {
            Some(true)
        } else {
            None
        }
    }

    /// The length of what a native value holds.
    pub(crate) fn native_len(&self, handle: Handle) -> Option<usize> {
        Some(match self.heap.data(handle) {
            Data::Str(text) if text.ascii => text.text.len(),
            Data::Str(text) => text.text.chars().count(),
            Data::Bytes(bytes) => bytes.len(),
            Data::ByteArray(bytes) => bytes.len(),
            Data::List(items) => items.len(),
            Data::Tuple(items) => items.len(),
            Data::Dict(dict) | Data::Set(dict) => dict.len(),
            Data::Range(range) => range.len() as usize,
            Data::View(_, dict) | Data::Proxy(dict) => self.heap.dict(*dict).len(),
            _ => return None,
        })
    }

    /// Replaces the top by something whose truth is known.
    pub(crate) fn replace_by_truth(&mut self) -> Result<(), Raise> {
        let value = self.pop();
        let flow = self.truth_flow(value)?;
        self.apply(flow)
    }

    pub(crate) fn truth_flow(&mut self, value: Value) -> Result<Flow, Raise> {
        if let Some(truth) = self.quick_truth(value) {
            return Ok(Value::Bool(truth).into());
        }
        if self.lookup(self.heap.class_of(value), names::BOOL).is_some() {
            self.push_continuation(Then::Value(bool_answered), Keep::new());
            return Ok(self.special(value, names::BOOL, [])?.expect("it was found"));
        }
        self.push_continuation(Then::Value(len_answered), Keep::new());
        Ok(self.special(value, names::LEN, [])?.expect("it was found"))
    }

    /// `bool(value)`, at once.
    pub fn truth(&mut self, value: Value) -> Result<bool, Raise> {
        if let Some(truth) = self.quick_truth(value) {
            return Ok(truth);
        }
        Ok(self.settled(|machine| machine.truth_flow(value))? == Value::Bool(true))
    }

    /// `len(value)`, at once.
    pub fn len(&mut self, value: Value) -> Result<usize, Raise> {
        if self.is_native(value)
            && let Some(size) = value.handle().and_then(|handle| self.native_len(handle))
        {
            return Ok(size);
        }
        match self.call_special(value, names::LEN, [])? {
            Some(Value::Int(size)) if size >= 0 => Ok(size as usize),
            Some(Value::Int(_)) => Err(self.value_error("__len__() should return >= 0")),
            Some(other) => {
                let message = format!("'{}' object cannot be interpreted as an integer", self.type_name(other));
                Err(self.type_error(&message))
            }
            None => {
                if let Some(raise) = self.placeholder_used(value) {
                    return Err(raise);
                }
                let message = format!("object of type '{}' has no len()", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    /// `hash(value)` as dicts use it, at once.
    pub fn hash(&mut self, value: Value) -> Result<u64, Raise> {
        if let Some(hash) = self.heap.quick_hash(value) {
            return Ok(hash);
        }
        let class = self.heap.class_of(value);
        if let Some(Data::Tuple(items)) = value.handle().map(|handle| self.heap.data(handle))
            && class == classes::TUPLE
        {
            let items = items.clone();
            return self.guarded(|machine| {
                let mut hash = 0x345_678;
                for item in items.iter() {
                    hash = lookup::combine(hash, machine.hash(*item)?);
                }
                Ok(hash)
            });
        }
        match self.lookup(class, names::HASH) {
            Some(method) if Some(method) == self.known.hash.given() => Ok(self.identity_hash(value)),
            None | Some(Value::None) => {
                let message = format!("unhashable type: '{}'", self.type_name(value));
                Err(self.type_error(&message))
            }
            Some(_) => {
                let answer = self.call_special(value, names::HASH, [])?.expect("it was found");
                match self.big(answer) {
                    Some(_) if let Value::Int(hash) = answer => Ok(hash as u64),
                    Some(_) => Ok(self.heap.quick_hash(answer).unwrap_or_default()),
                    None => Err(self.type_error("__hash__ method should return an integer")),
                }
            }
        }
    }

    pub(crate) fn identity_hash(&self, value: Value) -> u64 {
        value.handle().map_or(7, |handle| u64::from(handle.0) * 16)
    }

    /// The hash of what a native value holds, whatever its class.
    pub(crate) fn hash_of_data(&mut self, value: Value) -> Result<u64, Raise> {
        let Value::Object(handle) = value else { return Ok(self.heap.quick_hash(value).unwrap_or_default()) };
        match self.heap.data(handle) {
            Data::Str(text) => Ok(lookup::hash_text(text)),
            Data::Int(int) => Ok(lookup::hash_big(int)),
            Data::Float(x) => Ok(lookup::hash_float(*x)),
            Data::Bytes(bytes) => Ok(lookup::hash_bytes(bytes)),
            Data::Tuple(items) => {
                let items = items.clone();
                let mut hash = 0x345_678;
                for item in items.iter() {
                    hash = lookup::combine(hash, self.hash(*item)?);
                }
                Ok(hash)
            }
            Data::Set(dict) => {
                Ok(dict.iter().fold(dict.len() as u64, |sum, entry| sum ^ entry.hash.wrapping_mul(0x9e37_79b9)))
            }
            Data::Method(method) => {
                Ok(lookup::combine(self.identity_hash(method.function), self.identity_hash(method.receiver)))
            }
            _ => Ok(self.identity_hash(value)),
        }
    }

    /// `repr(value)`, at once.
    pub fn repr(&mut self, value: Value) -> Result<String, Raise> {
        self.text_by(value, names::REPR, "__repr__")
    }

    /// `str(value)`, at once.
    pub fn str(&mut self, value: Value) -> Result<String, Raise> {
        if let Some(text) = self.heap.text(value).filter(|_| self.is_native(value)) {
            return Ok(text.to_owned());
        }
        if let Some(Data::Proxy(dict)) = value.handle().map(|handle| self.heap.data(handle)) {
            return self.repr_entries(*dict);
        }
        if self.is_native(value)
            && !matches!(value.handle().map(|handle| self.heap.data(handle)), Some(Data::Exception(_)))
        {
            return self.repr(value);
        }
        self.text_by(value, names::STR, "__str__")
    }

    fn text_by(&mut self, value: Value, name: Handle, what: &str) -> Result<String, Raise> {
        if self.is_native(value) && name == names::REPR {
            return self.repr_of_data(value);
        }
        let answer = self.guarded(|machine| machine.call_special(value, name, []))?;
        let Some(answer) = answer else { return self.repr_of_data(value) };
        match self.heap.text(answer) {
            Some(text) => Ok(text.to_owned()),
            None => {
                let message = format!("{what} returned non-string (type {})", self.type_name(answer));
                Err(self.type_error(&message))
            }
        }
    }

    /// The repr of what a native value holds.
    pub(crate) fn repr_of_data(&mut self, value: Value) -> Result<String, Raise> {
        let handle = match value {
            Value::None => return Ok("None".into()),
            Value::Bool(true) => return Ok("True".into()),
            Value::Bool(false) => return Ok("False".into()),
            Value::NotImplemented => return Ok("NotImplemented".into()),
            Value::Ellipsis => return Ok("Ellipsis".into()),
            Value::Unbound => return Ok("<NULL>".into()),
            Value::Int(x) => return Ok(x.to_string()),
            Value::Float(x) => return Ok(text::float::repr(x)),
            Value::Object(handle) => handle,
        };
        match self.heap.data(handle) {
            Data::Str(text) => Ok(text::quote::repr(&text.text)),
            Data::Int(int) => self.int_text(&int.clone()),
            Data::Float(x) => Ok(text::float::repr(*x)),
            Data::Bytes(bytes) => Ok(text::quote::bytes(bytes)),
            Data::ByteArray(bytes) => Ok(format!("bytearray({})", text::quote::bytes(bytes))),
            Data::List(_) | Data::Tuple(_) | Data::Dict(_) | Data::Set(_) | Data::View(..) | Data::Proxy(_) => {
                self.repr_container(handle)
            }
            Data::Range(range) if range.step == 1 => Ok(format!("range({}, {})", range.start, range.stop)),
            Data::Range(range) => Ok(format!("range({}, {}, {})", range.start, range.stop, range.step)),
            Data::Slice(parts) => {
                let parts = **parts;
                let [a, b, c] = [self.repr(parts[0])?, self.repr(parts[1])?, self.repr(parts[2])?];
                Ok(format!("slice({a}, {b}, {c})"))
            }
            Data::Exception(_) => self.repr_exception(handle),
            _ => Ok(self.repr_opaque(handle)),
        }
    }

    fn int_text(&mut self, int: &BigInt) -> Result<String, Raise> {
        if int.bits() > 14_280 {
            return Err(self.value_error(
                "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
            ));
        }
        Ok(int.to_string())
    }

    fn repr_opaque(&mut self, handle: Handle) -> String {
        let address = format!("0x{:012x}", 0x7f00_0000_0000u64 + u64::from(handle.0) * 64);
        let class = self.heap.object(handle).class;
        match self.heap.data(handle) {
            Data::Function(function) => {
                let name = self.heap.text(function.qualname).unwrap_or("?");
                format!("<function {name} at {address}>")
            }
            Data::Native(native) => match native.owner {
                Some(owner) => {
                    format!("<method '{}' of '{}' objects>", self.heap.name(native.name), self.heap.class(owner).name)
                }
                None => format!("<built-in function {}>", self.heap.name(native.name)),
            },
            Data::Class(class) => format!("<class '{}'>", self.class_title(handle, &class.qualname)),
            Data::Module(dict) => {
                let name = self
                    .heap
                    .get_name(*dict, names::NAME)
                    .and_then(|name| self.heap.text(name))
                    .unwrap_or("?")
                    .to_owned();
                match self.heap.get_name(*dict, names::FILE).and_then(|file| self.heap.text(file)) {
                    Some(file) => format!("<module '{name}' from '{file}'>"),
                    None => format!("<module '{name}' (built-in)>"),
                }
            }
            Data::Generator(generator) => {
                let kind = match generator.kind {
                    GeneratorKind::Generator => "generator",
                    GeneratorKind::Coroutine => "coroutine",
                    GeneratorKind::AsyncGenerator => "async_generator",
                };
                format!("<{kind} object {} at {address}>", self.heap.text(generator.qualname).unwrap_or("?"))
            }
            Data::Code(code) => format!(
                "<code object {} at {address}, file \"{}\", line {}>",
                code.name, code.source.path, code.first_line
            ),
            Data::Cell(_) => format!("<cell at {address}>"),
            Data::Method(method) => {
                let (function, receiver) = (method.function, method.receiver);
                let name = self
                    .get_name(function, names::QUALNAME)
                    .ok()
                    .and_then(|name| self.heap.text(name).map(str::to_owned));
                let receiver = self.repr(receiver).unwrap_or_default();
                if matches!(function.handle().map(|handle| self.heap.data(handle)), Some(Data::Native(_))) {
                    let name =
                        name.as_deref().and_then(|name| name.rsplit('.').next().map(str::to_owned)).unwrap_or_default();
                    return format!("<built-in method {name} of {} object at {address}>", self.type_name_of(class));
                }
                format!("<bound method {} of {receiver}>", name.unwrap_or_default())
            }
            Data::Super(parts) => {
                let (after, start) = (parts.after, parts.start);
                format!("<super: <class '{}'>, <{} object>>", self.heap.class(after).name, self.heap.class(start).name)
            }
            _ => {
                let qualname = self.heap.class(class).qualname.clone();
                let title = self.class_title(class, &qualname);
                let title = title.strip_prefix("builtins.").unwrap_or(&title).to_owned();
                format!("<{title} object at {address}>")
            }
        }
    }

    fn type_name_of(&self, class: Handle) -> String {
        self.heap.class(class).name.to_string()
    }

    /// `module.Qualname`, without `builtins`.
    pub(crate) fn class_title(&self, class: Handle, qualname: &str) -> String {
        let module =
            self.heap.get_name(self.heap.class(class).dict, names::MODULE).and_then(|module| self.heap.text(module));
        match module {
            Some(module) if module != "builtins" => format!("{module}.{qualname}"),
            _ => qualname.to_owned(),
        }
    }

    fn repr_container(&mut self, handle: Handle) -> Result<String, Raise> {
        if self.printing.contains(&handle) {
            return Ok(match self.heap.data(handle) {
                Data::List(_) => "[...]",
                Data::Tuple(_) => "(...)",
                Data::Dict(_) => "{...}",
                _ => "set(...)",
            }
            .to_owned());
        }
        self.printing.push(handle);
        let result = self.guarded(|machine| machine.repr_items(handle));
        self.printing.pop();
        result
    }

    fn repr_items(&mut self, handle: Handle) -> Result<String, Raise> {
        let class = self.heap.object(handle).class;
        match self.heap.data(handle) {
            Data::List(items) => {
                let items = items.clone();
                Ok(format!("[{}]", self.joined(&items)?))
            }
            Data::Tuple(items) if items.len() == 1 => {
                let items = items.clone();
                Ok(format!("({},)", self.joined(&items)?))
            }
            Data::Tuple(items) => {
                let items = items.clone();
                Ok(format!("({})", self.joined(&items)?))
            }
            Data::Dict(_) => self.repr_entries(handle),
            Data::Proxy(dict) => {
                let dict = *dict;
                Ok(format!("mappingproxy({})", self.repr_entries(dict)?))
            }
            Data::Set(dict) => {
                let items: Vec<Value> = dict.iter().map(|entry| entry.key).collect();
                let name = self.heap.class(class).name.clone();
                Ok(match (items.is_empty(), class == classes::SET) {
                    (true, _) => format!("{name}()"),
                    (false, true) => format!("{{{}}}", self.joined(&items)?),
                    (false, false) => format!("{name}({{{}}})", self.joined(&items)?),
                })
            }
            Data::View(kind, dict) => {
                let (kind, dict) = (*kind, *dict);
                let entries = self.dict_entries(dict);
                let name = ["dict_keys", "dict_values", "dict_items"][kind as usize];
                let items = entries.iter().map(|(key, value)| match kind {
                    ViewKind::Keys => *key,
                    ViewKind::Values => *value,
                    ViewKind::Items => self.heap.tuple(&[*key, *value]),
                });
                let items: Vec<Value> = items.collect();
                Ok(format!("{name}([{}])", self.joined(&items)?))
            }
            _ => unreachable!("a container"),
        }
    }

    fn joined(&mut self, items: &[Value]) -> Result<String, Raise> {
        let mut text = String::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            text.push_str(&self.repr(*item)?);
        }
        self.reserve(text.len())?;
        Ok(text)
    }

    fn repr_entries(&mut self, dict: Handle) -> Result<String, Raise> {
        let mut text = String::from("{");
        for (at, (key, value)) in self.dict_entries(dict).into_iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            text.push_str(&self.repr(key)?);
            text.push_str(": ");
            text.push_str(&self.repr(value)?);
        }
        text.push('}');
        Ok(text)
    }

    fn repr_exception(&mut self, handle: Handle) -> Result<String, Raise> {
        let class = self.heap.object(handle).class;
        let name = self.heap.class(class).name.clone();
        let args = self.exception_data(handle.into()).expect("an exception").args;
        let items = self.items(args)?;
        Ok(format!("{name}({})", self.joined(&items)?))
    }

    /// The text of an exception as `str` gives it, by what it holds.
    pub(crate) fn exception_text(&mut self, value: Value) -> Result<String, Raise> {
        let class = self.heap.class_of(value);
        let args = self.exception_data(value).map_or(Value::None, |data| data.args);
        let items = self.items(args)?;
        if self.heap.is_subclass(class, classes::BASE_EXCEPTION_GROUP) {
            let count = items.get(1).map_or(Ok(0), |group| self.len(*group))?;
            let message = items.first().map_or(Ok(String::new()), |message| self.str(*message))?;
            return Ok(format!("{message} ({count} sub-exception{})", if count == 1 { "" } else { "s" }));
        }
        if self.heap.is_subclass(class, classes::OS_ERROR) && items.len() >= 2 {
            let (number, text) = (self.str(items[0])?, self.str(items[1])?);
            return Ok(match items.get(2) {
                Some(file) if !file.is_none() => format!("[Errno {number}] {text}: {}", self.repr(*file)?),
                _ => format!("[Errno {number}] {text}"),
            });
        }
        match items.as_slice() {
            [] => Ok(String::new()),
            [key] if self.heap.is_subclass(class, classes::KEY_ERROR) => self.repr(*key),
            [one] => self.str(*one),
            _ => self.repr(args),
        }
    }

    /// `format(value, spec)`, at once.
    pub fn format(&mut self, value: Value, spec_text: &str) -> Result<String, Raise> {
        if let Some(Data::Proxy(dict)) = value.handle().map(|handle| self.heap.data(handle)) {
            return self.repr_entries(*dict);
        }
        if self.is_native(value) && !matches!(value.handle().map(|handle| self.heap.data(handle)), Some(Data::Plain)) {
            return self.format_of_data(value, spec_text);
        }
        let spec_value = self.heap.str(spec_text);
        let answer = self.call_special(value, names::FORMAT, [spec_value])?.expect("object has a __format__");
        match self.heap.text(answer) {
            Some(text) => Ok(text.to_owned()),
            None => {
                let message = format!("__format__ must return a str, not {}", self.type_name(answer));
                Err(self.type_error(&message))
            }
        }
    }

    /// Formats what a native value holds.
    pub(crate) fn format_of_data(&mut self, value: Value, spec_text: &str) -> Result<String, Raise> {
        if spec_text.is_empty() {
            return self.str(value);
        }
        let name = self.type_name(value);
        let result = match value {
            Value::Float(x) => spec::Spec::parse(spec_text, &name).and_then(|spec| spec::float(x, &spec)),
            _ if self.big(value).is_some() => {
                let int = self.big(value).expect("an int");
                spec::Spec::parse(spec_text, &name).and_then(|spec| spec::int(&int, &spec))
            }
            _ => match (self.heap.text(value), self.number(value)) {
                (Some(text), _) => spec::Spec::parse(spec_text, &name).and_then(|spec| spec::text(text, &spec)),
                (_, Some(x)) => spec::Spec::parse(spec_text, &name).and_then(|spec| spec::float(x, &spec)),
                _ => {
                    let message = format!("unsupported format string passed to {name}.__format__");
                    return Err(self.type_error(&message));
                }
            },
        };
        result.map_err(|wrong| self.wrong(&wrong))
    }
}

fn bool_answered(machine: &mut Machine, _: Keep, answer: Value) -> Result<Flow, Raise> {
    match answer {
        Value::Bool(_) => Ok(answer.into()),
        _ => {
            let message = format!("__bool__ should return bool, returned {}", machine.type_name(answer));
            Err(machine.type_error(&message))
        }
    }
}

fn len_answered(machine: &mut Machine, _: Keep, answer: Value) -> Result<Flow, Raise> {
    match answer {
        Value::Int(size) if size >= 0 => Ok(Value::Bool(size > 0).into()),
        Value::Int(_) => Err(machine.value_error("__len__() should return >= 0")),
        _ => {
            let message = format!("'{}' object cannot be interpreted as an integer", machine.type_name(answer));
            Err(machine.type_error(&message))
        }
    }
}
