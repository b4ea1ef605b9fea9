//! What the heap holds.

use crate::python::heap::{AttrMap, Attrs, Dict};
use crate::python::machine::Frame;
use crate::python::machine::code::Code;
use crate::python::native::{NativeFunction, Payload};
use crate::python::value::{Handle, Value};
use num_bigint::BigInt;
use std::cell::Cell;
use std::rc::Rc;

/// One object: its class, its attributes, and the data that its native base class gives it.
pub(crate) struct Object {
    pub(crate) class: Handle,
    pub(crate) marked: bool,
    /// Never collected: classes of ours, names, constants of code.
    pub(crate) pinned: bool,
    pub(crate) attrs: Attrs,
    pub(crate) data: Data,
}

/// The native part of an object. A subclass of `str` written in Python holds `Str` under a class of its own.
pub(crate) enum Data {
    /// A free place; the next free one.
    Free(Option<u32>),
    /// An instance without a native part.
    Plain,
    Str(Text),
    /// An `int` beyond 64 bits, or an instance of a subclass of `int`.
    Int(Box<BigInt>),
    /// An instance of a subclass of `float`.
    Float(f64),
    Bytes(Rc<[u8]>),
    ByteArray(Vec<u8>),
    List(Vec<Value>),
    Tuple(Rc<[Value]>),
    Dict(Box<Dict>),
    /// `set` and `frozenset`: a dict without values.
    Set(Box<Dict>),
    Range(Box<Range>),
    Slice(Box<[Value; 3]>),
    Function(Box<Function>),
    Native(NativeFunction),
    Method(Box<Method>),
    Class(Box<Class>),
    Module(Handle),
    Property(Box<Property>),
    StaticMethod(Value),
    ClassMethod(Value),
    Cell(Value),
    Super(Box<Super>),
    /// `mappingproxy`: a read-only view of a dict.
    Proxy(Handle),
    View(ViewKind, Handle),
    Generator(Box<Generator>),
    /// An awaitable of an async generator: what to do with it when it is awaited.
    AsyncStep(Box<AsyncStep>),
    Iterator(Box<Iterator>),
    Exception(Box<Exception>),
    Member(Box<Member>),
    /// `__globals__`-less code object: only its name is visible.
    Code(Rc<Code>),
    /// `traceback` object: the entries at the time it was asked for.
    Payload(Box<dyn Payload>),
}

/// A string with what is worth remembering about it.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) text: Rc<str>,
    /// 0 while unknown.
    pub(crate) hash: Cell<u32>,
    pub(crate) ascii: bool,
    pub(crate) interned: bool,
}

impl Text {
    pub(crate) fn new(text: Rc<str>) -> Text {
        let ascii = text.is_ascii();
        Text { text, hash: Cell::new(0), ascii, interned: false }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Range {
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) step: i64,
}

pub(crate) struct Function {
    pub(crate) code: Rc<Code>,
    pub(crate) globals: Handle,
    pub(crate) closure: Box<[Handle]>,
    /// For the last positional parameters.
    pub(crate) defaults: Vec<Value>,
    pub(crate) keyword_defaults: Vec<(Handle, Value)>,
    pub(crate) name: Value,
    pub(crate) qualname: Value,
    pub(crate) doc: Value,
    pub(crate) module: Value,
    /// The thunk, then the dict that it made.
    pub(crate) annotations: Value,
    /// The namespace of the class around an annotation thunk.
    pub(crate) namespace: Option<Handle>,
    pub(crate) type_params: Value,
}

pub(crate) struct Method {
    pub(crate) function: Value,
    pub(crate) receiver: Value,
}

/// What the instances of a class hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    Plain,
    Str,
    Int,
    Float,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Dict,
    Set,
    Exception,
    Class,
    Module,
    Property,
    StaticMethod,
    ClassMethod,
    /// A payload that only the class's own `__new__` can make.
    Payload,
    /// No subclass, no instance from Python.
    Closed,
}

pub(crate) struct Class {
    pub(crate) name: Rc<str>,
    pub(crate) qualname: Rc<str>,
    pub(crate) bases: Vec<Handle>,
    pub(crate) mro: Vec<Handle>,
    pub(crate) dict: Handle,
    pub(crate) layout: Layout,
    /// Made by us: no operator of it is written in Python.
    pub(crate) native: bool,
    /// Whether instances have a `__dict__`.
    pub(crate) open: bool,
    pub(crate) subclasses: Vec<Handle>,
    /// Whether it may have a `__getattribute__` or `__setattr__` that is not `object`'s.
    pub(crate) guarded: bool,
    /// The attributes that an instance had at most, up to a bound: as much room a new one gets.
    pub(crate) room: u8,
}

#[derive(Clone, Copy)]
pub(crate) struct Property {
    pub(crate) get: Value,
    pub(crate) set: Value,
    pub(crate) delete: Value,
    pub(crate) doc: Value,
    pub(crate) name: Value,
}

#[derive(Clone, Copy)]
pub(crate) struct Super {
    pub(crate) after: Handle,
    pub(crate) receiver: Value,
    /// The class in whose MRO the search goes on.
    pub(crate) start: Handle,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ViewKind {
    Keys,
    Values,
    Items,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum GeneratorKind {
    Generator,
    Coroutine,
    AsyncGenerator,
}

pub(crate) enum GeneratorState {
    /// The frame, and the part of the stack that belongs to it.
    Suspended(Box<Frame>, Vec<Value>),
    Running,
    Done,
}

pub(crate) struct Generator {
    pub(crate) kind: GeneratorKind,
    pub(crate) started: bool,
    pub(crate) state: GeneratorState,
    pub(crate) name: Value,
    pub(crate) qualname: Value,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AsyncStepKind {
    Send,
    Throw,
    Close,
}

pub(crate) struct AsyncStep {
    pub(crate) generator: Handle,
    pub(crate) kind: AsyncStepKind,
    pub(crate) value: Value,
    pub(crate) started: bool,
}

/// Iterators that never need a Python frame.
pub(crate) enum Iterator {
    /// Over a list, tuple, str or bytes: `at` counts items, or bytes of a str.
    Sequence {
        source: Value,
        at: usize,
    },
    Reversed {
        source: Value,
        left: usize,
    },
    Range {
        next: i64,
        left: u64,
        step: i64,
    },
    Table {
        dict: Handle,
        place: usize,
        size: usize,
        kind: ViewKind,
        backwards: bool,
    },
    Items {
        items: Vec<Value>,
        at: usize,
    },
    Zip {
        parts: Vec<Value>,
        strict: bool,
    },
    Enumerate {
        part: Value,
        count: i64,
    },
    Done,
}

pub(crate) struct Exception {
    pub(crate) args: Value,
    pub(crate) cause: Value,
    pub(crate) context: Value,
    pub(crate) suppress: bool,
    /// Innermost first.
    pub(crate) trace: Vec<TraceEntry>,
}

/// A place that an exception has passed.
#[derive(Clone)]
pub(crate) struct TraceEntry {
    pub(crate) code: Rc<Code>,
    pub(crate) at: u32,
}

/// A slot named in `__slots__`, or a native attribute of instances.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) name: Handle,
    pub(crate) owner: Handle,
}

impl Object {
    pub(crate) fn new(class: Handle, data: Data) -> Object {
        Object { class, marked: false, pinned: false, attrs: Attrs::Empty, data }
    }

    /// What the object weighs beyond its place.
    pub(crate) fn bytes(&self) -> usize {
        let attrs = if let Attrs::Own(map) = &self.attrs { AttrMap::bytes(map) } else { 0 };
        attrs + self.data.bytes()
    }
}

impl Data {
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Data::Str(text) => text.text.len() + 16,
            Data::Int(int) => int.bits() as usize / 8 + 32,
            Data::Bytes(bytes) => bytes.len() + 16,
            Data::ByteArray(bytes) => bytes.capacity(),
            Data::List(items) => items.capacity() * 16,
            Data::Tuple(items) => items.len() * 16 + 16,
            Data::Dict(dict) | Data::Set(dict) => dict.bytes(),
            Data::Function(function) => 200 + function.defaults.len() * 16,
            Data::Generator(_) => 300,
            Data::Iterator(_) => 64,
            Data::Exception(exception) => 100 + exception.trace.len() * 16,
            Data::Class(_) => 300,
            Data::Payload(payload) => payload.bytes(),
            _ => 0,
        }
    }
}
