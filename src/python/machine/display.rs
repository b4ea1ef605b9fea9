//! Truth, hash, repr, str, format.

use crate::python::heap::object::{Data, GeneratorKind, ViewKind};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::text::{self, spec};
use crate::python::value::{Handle, Value};
use num_bigint::BigInt;

impl Machine {
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
                    format!(
                        "<method '{}' of '{}' objects>",
                        self.heap.name(native.name),
                        self.heap.class(owner.class()).name
                    )
                }
                None => format!("<built-in function {}>", self.heap.name(native.name)),
            },
            Data::Class(class) => format!("<class '{}'>", self.class_title(handle, &class.qualname)),
            Data::Module(dict) => self.repr_module(*dict),
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
                self.heap.name(code.name),
                code.source.path,
                code.first_line
            ),
            Data::Cell(_) => format!("<cell at {address}>"),
            Data::Method(method) => {
                let (function, receiver) = (method.function, method.receiver);
                self.repr_method(function, receiver, class, &address)
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

    fn repr_module(&self, dict: Handle) -> String {
        let name = self.heap.get_name(dict, names::NAME).and_then(|name| self.heap.text(name)).unwrap_or("?");
        match self.heap.get_name(dict, names::FILE).and_then(|file| self.heap.text(file)) {
            Some(file) => format!("<module '{name}' from '{file}'>"),
            None => format!("<module '{name}' (built-in)>"),
        }
    }

    fn repr_method(&mut self, function: Value, receiver: Value, class: Handle, address: &str) -> String {
        let name = self.get_name(function, names::QUALNAME).ok();
        let name = name.and_then(|name| self.heap.text(name)).unwrap_or_default().to_owned();
        let receiver = self.repr(receiver).unwrap_or_default();
        if matches!(function.handle().map(|handle| self.heap.data(handle)), Some(Data::Native(_))) {
            let name = name.rsplit('.').next().unwrap_or_default();
            return format!("<built-in method {name} of {} object at {address}>", self.type_name_of(class));
        }
        format!("<bound method {name} of {receiver}>")
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
            self.reserve(text.len())?;
        }
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
            self.reserve(text.len())?;
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
            let file = self.find_attr(value, "filename")?;
            return Ok(match &file {
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
