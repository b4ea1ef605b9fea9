//! Attributes that are parts of native objects: `__name__`, `args`, `start`, ...

use crate::python::compile::CodeKind;
use crate::python::heap::object::{Data, Function, GeneratorState};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::machine::code::Code;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};
use num_bigint::BigInt;

/// CPython's bits of a code object.
fn flags(code: &Code) -> i64 {
    let kind = match code.kind {
        CodeKind::Generator => 0x20,
        CodeKind::Coroutine => 0x80,
        CodeKind::AsyncGenerator => 0x200,
        _ => 0,
    };
    3 + kind + i64::from(code.params.args) * 4 + i64::from(code.params.kwargs) * 8
}

impl Machine {
    pub(crate) fn computed_attribute(&mut self, object: Value, name: Handle) -> Result<Option<Value>, Raise> {
        if name == names::CLASS {
            return Ok(Some(self.heap.class_of(object).into()));
        }
        let Value::Object(handle) = object else { return Ok(self.number_part(object, name)) };
        let class = self.heap.class_of(object);
        let found = match self.heap.data(handle) {
            Data::Function(_) => self.function_part(handle, name),
            Data::Method(_) => return self.method_part(handle, name),
            Data::Native(_) => self.native_part(handle, name),
            Data::Class(_) => self.class_part(handle, name),
            Data::Exception(_) => self.exception_part(handle, name),
            Data::Int(_) => self.number_part(object, name),
            _ => self.other_part(handle, name),
        };
        if found.is_none() && name == names::DICT && self.heap.class(class).open {
            return Ok(Some(self.own_dict(handle).into()));
        }
        if found.is_none() && name == names::DOC && self.heap.class(class).native {
            return Ok(Some(Value::None));
        }
        Ok(found)
    }

    fn number_part(&mut self, object: Value, name: Handle) -> Option<Value> {
        let whole = matches!(object, Value::Int(_) | Value::Bool(_) | Value::Object(_));
        let own = if let Value::Bool(x) = object { Value::Int(i64::from(x)) } else { object };
        match (self.heap.name(name), object) {
            (_, Value::None | Value::NotImplemented | Value::Ellipsis) => (name == names::DOC).then_some(Value::None),
            ("real", _) => Some(own),
            ("imag", Value::Float(_)) => Some(Value::Float(0.0)),
            ("imag", _) => Some(Value::Int(0)),
            ("numerator", _) if whole => Some(own),
            ("denominator", _) if whole => Some(Value::Int(1)),
            ("__doc__", _) => Some(Value::None),
            _ => None,
        }
    }

    fn function_part(&mut self, handle: Handle, name: Handle) -> Option<Value> {
        let function: &Function = self.function(handle);
        Some(match name {
            names::NAME => function.name,
            names::QUALNAME => function.qualname,
            names::DOC => function.doc,
            names::MODULE => function.module,
            names::GLOBALS => function.globals.into(),
            names::TYPE_PARAMS => function.type_params,
            names::DEFAULTS if function.defaults.is_empty() => Value::None,
            names::DEFAULTS => {
                let defaults = function.defaults.clone();
                self.heap.tuple(&defaults)
            }
            names::KWDEFAULTS if function.keyword_defaults.is_empty() => Value::None,
            names::KWDEFAULTS => {
                let defaults = function.keyword_defaults.clone();
                let dict = self.new_dict();
                defaults.into_iter().for_each(|(name, value)| self.heap.set_name(dict, name, value));
                dict.into()
            }
            names::CLOSURE if function.closure.is_empty() => Value::None,
            names::CLOSURE => {
                let cells: Vec<Value> = function.closure.iter().map(|cell| (*cell).into()).collect();
                self.heap.tuple(&cells)
            }
            names::CODE => {
                let code = function.code.clone();
                self.heap.alloc(classes::CODE, Data::Code(code)).into()
            }
            names::DICT => self.own_dict(handle).into(),
            _ => return None,
        })
    }

    fn method_part(&mut self, handle: Handle, name: Handle) -> Result<Option<Value>, Raise> {
        let Data::Method(method) = self.heap.data(handle) else { unreachable!("a method") };
        match name {
            names::FUNC => Ok(Some(method.function)),
            names::SELF => Ok(Some(method.receiver)),
            _ => {
                let function = method.function;
                match self.get_name(function, name) {
                    Ok(value) => Ok(Some(value)),
                    Err(_) => Ok(None),
                }
            }
        }
    }

    fn native_part(&mut self, handle: Handle, name: Handle) -> Option<Value> {
        let Data::Native(native) = self.heap.data(handle) else { unreachable!("a native function") };
        let native = *native;
        match name {
            names::NAME => Some(native.name.into()),
            names::QUALNAME => Some(match native.owner {
                Some(owner) => {
                    let text = format!("{}.{}", self.heap.class(owner.class()).name, self.heap.name(native.name));
                    self.heap.str(&text)
                }
                None => native.name.into(),
            }),
            names::MODULE => Some(names::BUILTINS_MODULE.into()),
            names::OBJCLASS => native.owner.map(|owner| owner.class().into()),
            names::DOC => Some(Value::None),
            _ => None,
        }
    }

    fn class_part(&mut self, handle: Handle, name: Handle) -> Option<Value> {
        let class = self.heap.class(handle);
        match name {
            names::NAME => {
                let text = class.name.clone();
                Some(self.heap.str(&text))
            }
            names::QUALNAME => {
                let text = class.qualname.clone();
                Some(self.heap.str(&text))
            }
            names::MODULE => {
                Some(self.heap.get_name(class.dict, names::MODULE).unwrap_or(names::BUILTINS_MODULE.into()))
            }
            names::BASES => {
                let bases: Vec<Value> = class.bases.iter().map(|base| (*base).into()).collect();
                Some(self.heap.tuple(&bases))
            }
            names::BASE => Some(class.bases.first().map_or(Value::None, |base| (*base).into())),
            names::MRO => {
                let mro: Vec<Value> = class.mro.iter().map(|base| (*base).into()).collect();
                Some(self.heap.tuple(&mro))
            }
            names::DICT => {
                let dict = class.dict;
                Some(self.heap.alloc(classes::MAPPINGPROXY, Data::Proxy(dict)).into())
            }
            names::TYPE_PARAMS => Some(self.heap.tuple(&[])),
            names::DOC => Some(Value::None),
            _ => None,
        }
    }

    fn exception_part(&mut self, handle: Handle, name: Handle) -> Option<Value> {
        let class = self.heap.object(handle).class;
        let data = self.exception_data(handle.into()).expect("an exception");
        let first = |machine: &Machine| {
            machine.items_of(data.args).and_then(|items| items.first().copied()).unwrap_or(Value::None)
        };
        match name {
            names::ARGS => Some(data.args),
            names::CAUSE => Some(data.cause),
            names::CONTEXT => Some(data.context),
            names::SUPPRESS => Some(Value::Bool(data.suppress)),
            names::TRACEBACK if data.trace.is_empty() => Some(Value::None),
            names::TRACEBACK => {
                let trace = self.heap.tuple(&[handle.into()]);
                let Value::Object(tuple) = trace else { unreachable!("a tuple of one is an object") };
                self.heap.object_mut(tuple).class = classes::TRACEBACK;
                Some(trace)
            }
            names::VALUE if self.heap.is_subclass(class, classes::STOP_ITERATION) => Some(first(self)),
            names::EXIT_CODE if self.heap.is_subclass(class, classes::SYSTEM_EXIT) => Some(first(self)),
            names::MSG
                if self.heap.is_subclass(class, classes::IMPORT_ERROR)
                    || self.heap.is_subclass(class, classes::SYNTAX_ERROR) =>
            {
                Some(first(self))
            }
            names::ATTR_NAME | names::PATH_ATTR if self.heap.is_subclass(class, classes::IMPORT_ERROR) => {
                Some(Value::None)
            }
            names::ATTR_NAME | names::OBJ
                if self.heap.is_subclass(class, classes::ATTRIBUTE_ERROR)
                    || self.heap.is_subclass(class, classes::NAME_ERROR) =>
            {
                Some(Value::None)
            }
            names::ERRNO | names::STRERROR | names::FILENAME if self.heap.is_subclass(class, classes::OS_ERROR) => {
                Some(Value::None)
            }
            _ => None,
        }
    }

    fn other_part(&mut self, handle: Handle, name: Handle) -> Option<Value> {
        let word = self.heap.name(name).to_owned();
        match (self.heap.data(handle), word.as_str()) {
            (Data::Property(property), "fget") => Some(property.get),
            (Data::Property(property), "fset") => Some(property.set),
            (Data::Property(property), "fdel") => Some(property.delete),
            (Data::Property(property), "__doc__") => Some(property.doc),
            (Data::Property(property), "__name__") if !property.name.is_none() => Some(property.name),
            (Data::StaticMethod(function) | Data::ClassMethod(function), "__func__" | "__wrapped__") => Some(*function),
            (
                Data::StaticMethod(function) | Data::ClassMethod(function),
                "__name__" | "__doc__" | "__module__" | "__qualname__",
            ) => {
                let function = *function;
                self.get_name(function, name).ok()
            }
            (Data::Slice(parts), "start") => Some(parts[0]),
            (Data::Slice(parts), "stop") => Some(parts[1]),
            (Data::Slice(parts), "step") => Some(parts[2]),
            (Data::Range(range), "start") => Some(Value::Int(range.start)),
            (Data::Range(range), "stop") => Some(Value::Int(range.stop)),
            (Data::Range(range), "step") => Some(Value::Int(range.step)),
            (Data::Generator(generator), "__name__") => Some(generator.name),
            (Data::Generator(generator), "__qualname__") => Some(generator.qualname),
            (Data::Generator(generator), "gi_running" | "cr_running" | "ag_running") => {
                Some(Value::Bool(matches!(generator.state, GeneratorState::Running)))
            }
            (Data::Generator(generator), "gi_suspended" | "cr_suspended" | "ag_suspended") => {
                Some(Value::Bool(generator.started && matches!(generator.state, GeneratorState::Suspended(..))))
            }
            (Data::Generator(_), "gi_frame" | "cr_frame" | "gi_yieldfrom" | "cr_await") => Some(Value::None),
            (Data::Cell(value), "cell_contents") => value.given(),
            (Data::Super(parts), "__self__") => Some(parts.receiver),
            (Data::Super(parts), "__thisclass__") => Some(parts.after.into()),
            (Data::Member(member), "__name__") => Some(member.name.into()),
            (Data::Member(member), "__objclass__") => Some(member.owner.into()),
            (Data::Code(code), "co_firstlineno") => Some(Value::Int(i64::from(code.first_line))),
            (Data::Code(code), "co_argcount") => Some(Value::Int(i64::from(code.params.positional))),
            (Data::Code(code), "co_kwonlyargcount") => Some(Value::Int(i64::from(code.params.keyword_only))),
            (Data::Code(code), "co_posonlyargcount") => Some(Value::Int(i64::from(code.params.positional_only))),
            (Data::Code(code), "co_flags") => Some(Value::Int(flags(code))),
            (Data::Code(code), "co_name") => Some(code.name.into()),
            (Data::Code(code), "co_qualname") => Some(code.qualname.into()),
            (Data::Code(code), "co_filename") => {
                let path = code.source.path.clone();
                Some(self.heap.str_of(path))
            }
            (Data::Code(code), "co_freevars") => {
                let code = code.clone();
                self.link(&code);
                let locals = &code.body().locals;
                let names: Vec<Value> = locals[locals.len() - code.free..].iter().map(|name| (*name).into()).collect();
                Some(self.heap.tuple(&names))
            }
            (Data::Code(code), "co_varnames") => {
                let code = code.clone();
                self.link(&code);
                let names: Vec<Value> = code.body().locals.iter().map(|name| (*name).into()).collect();
                Some(self.heap.tuple(&names))
            }
            (Data::Tuple(items), "tb_lineno") if self.heap.object(handle).class == classes::TRACEBACK => {
                let exception = items[0];
                let trace = &self.exception_data(exception)?.trace;
                trace
                    .last()
                    .map(|entry| Value::Int(i64::from(entry.code.source.position(entry.code.span(entry.at).start).0)))
            }
            (Data::Tuple(_), "tb_next" | "tb_frame") if self.heap.object(handle).class == classes::TRACEBACK => {
                Some(Value::None)
            }
            _ => None,
        }
    }

    /// Assigns to a part of a native object; false if it is none.
    pub(crate) fn assign_computed(&mut self, handle: Handle, name: Handle, value: Value) -> Result<bool, Raise> {
        match self.heap.data(handle) {
            Data::Function(_) => self.assign_function_part(handle, name, value),
            Data::Exception(_) => self.assign_exception_part(handle, name, value),
            Data::Property(_) if name == names::DOC => {
                if let Data::Property(property) = self.heap.data_mut(handle) {
                    property.doc = value;
                }
                Ok(true)
            }
            Data::Cell(_) => {
                *self.heap.data_mut(handle) = Data::Cell(value);
                Ok(true)
            }
            _ if name == names::CLASS => {
                if let Some(class) = self.class_handle(value) {
                    self.heap.object_mut(handle).class = class;
                }
                Ok(true)
            }
            _ if name == names::DICT => self.assign_dict(handle, value),
            _ => Ok(false),
        }
    }

    fn assign_dict(&mut self, handle: Handle, value: Value) -> Result<bool, Raise> {
        match value.handle().filter(|dict| matches!(self.heap.data(*dict), Data::Dict(_))) {
            Some(dict) => {
                self.set_own_dict(handle, dict);
                Ok(true)
            }
            None => {
                let message = format!("__dict__ must be set to a dictionary, not a '{}'", self.type_name(value));
                Err(self.type_error(&message))
            }
        }
    }

    fn assign_function_part(&mut self, handle: Handle, name: Handle, value: Value) -> Result<bool, Raise> {
        let items = self.items_of(value).map(<[Value]>::to_vec);
        let entries =
            value.handle().filter(|h| matches!(self.heap.data(*h), Data::Dict(_))).map(|h| self.dict_entries(h));
        let Data::Function(function) = self.heap.data_mut(handle) else { unreachable!("a function") };
        match name {
            names::NAME => function.name = value,
            names::QUALNAME => function.qualname = value,
            names::DOC => function.doc = value,
            names::MODULE => function.module = value,
            names::ANNOTATIONS => function.annotations = value,
            names::TYPE_PARAMS => function.type_params = value,
            names::DEFAULTS => function.defaults = items.unwrap_or_default(),
            names::KWDEFAULTS => {
                let entries = entries.unwrap_or_default();
                function.keyword_defaults = entries.into_iter().filter_map(|(k, v)| Some((k.handle()?, v))).collect();
            }
            names::DICT => return self.assign_dict(handle, value),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn assign_exception_part(&mut self, handle: Handle, name: Handle, value: Value) -> Result<bool, Raise> {
        let args = if name == names::ARGS { Some(self.items(value)?) } else { None };
        let args = args.map(|items| self.heap.tuple(&items));
        let exception = self.exception_data_mut(handle.into()).expect("an exception");
        match name {
            names::ARGS => exception.args = args.expect("the items were taken"),
            names::CAUSE => (exception.cause, exception.suppress) = (value, true),
            names::CONTEXT => exception.context = value,
            names::SUPPRESS => exception.suppress = value == Value::Bool(true),
            names::TRACEBACK => {
                if value.is_none() {
                    exception.trace.clear();
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `object.__annotations__`: the thunk is called when they are first asked for.
    pub(crate) fn annotations_of(&mut self, object: Value) -> Result<Flow, Raise> {
        let handle = object.handle().expect("functions, classes and modules are objects");
        let thunk = match self.heap.data(handle) {
            Data::Function(function) => function.annotations,
            Data::Class(class) => {
                let dict = class.dict;
                let known = self.heap.get_name(dict, names::ANNOTATIONS);
                known.or_else(|| self.heap.get_name(dict, names::ANNOTATE_FUNC)).unwrap_or(Value::None)
            }
            _ => {
                let dict = self.module_dict(handle);
                self.heap.get_name(dict, names::ANNOTATE).unwrap_or(Value::None)
            }
        };
        match thunk.handle().map(|thunk| self.heap.data(thunk)) {
            Some(Data::Function(_)) => {
                self.push_continuation(Then::Value(keep_annotations), Keep::from_slice(&[object]));
                Ok(Flow::call(thunk, []))
            }
            Some(_) => Ok(thunk.into()),
            None => {
                let dict = self.new_dict().into();
                keep_annotations(self, Keep::from_slice(&[object]), dict)
            }
        }
    }

    /// The value of an int, of whatever size.
    pub fn big(&self, value: Value) -> Option<BigInt> {
        match value {
            Value::Int(x) => Some(x.into()),
            Value::Bool(x) => Some(i64::from(x).into()),
            Value::Object(handle) => match self.heap.data(handle) {
                Data::Int(int) => Some((**int).clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

fn keep_annotations(machine: &mut Machine, keep: Keep, dict: Value) -> Result<Flow, Raise> {
    let handle = keep[0].handle().expect("an object");
    match machine.heap.data_mut(handle) {
        Data::Function(function) => function.annotations = dict,
        Data::Class(class) => {
            let namespace = class.dict;
            machine.heap.set_name(namespace, names::ANNOTATIONS, dict);
        }
        _ => {
            let namespace = machine.module_dict(handle);
            machine.heap.set_name(namespace, names::ANNOTATIONS, dict);
        }
    }
    Ok(dict.into())
}
