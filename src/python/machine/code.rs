//! Code as the machine runs it: taken from an image, function by function, when it is first called.

use crate::error::Diagnostic;
use crate::python::compile::{CodeKind, Instruction, Params, Place, Read, Reader, Source, Span, pulled, tag};
use crate::python::compiled::compiled;
use crate::python::heap::object::Data;
use crate::python::heap::{Heap, classes};
use crate::python::machine::Machine;
use crate::python::value::{Handle, Value};
use num_bigint::BigInt;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

/// An instruction whose names are handles of interned strings.
pub(crate) type Op = Instruction<Handle>;

/// Compiled modules as [`compile`](crate::python::compile) writes them, and which of their names are in the heap.
pub(crate) struct Image {
    bytes: Cow<'static, [u8]>,
    /// Where each code begins in the three streams, and where the last ends.
    codes: Box<[[u32; 3]]>,
    /// Where each text begins, after its length.
    texts: Box<[u32]>,
    modules_at: usize,
    /// The handles of the texts that have been interned; [`NOT_YET`] for the others.
    names: Box<[Cell<u32>]>,
}

/// Bytes at the end of an image that say where its parts begin.
const ENDS: usize = 24;

/// No heap has so many objects.
const NOT_YET: u32 = u32::MAX;

/// Code of one scope: what making a function needs, and the rest from the first call on.
pub(crate) struct Code {
    pub(crate) name: Handle,
    pub(crate) qualname: Handle,
    pub(crate) kind: CodeKind,
    pub(crate) params: Params,
    /// How many slots at the end hold the closure's cells.
    pub(crate) free: usize,
    pub(crate) doc: Value,
    pub(crate) first_line: u32,
    pub(crate) source: Rc<Source>,
    image: Rc<Image>,
    number: usize,
    body_at: Place,
    op_count: usize,
    body: OnceCell<Body>,
}

/// What running a code needs.
pub(crate) struct Body {
    pub(crate) ops: Box<[Op]>,
    /// Pinned in the heap.
    pub(crate) consts: Box<[Value]>,
    pub(crate) codes: Box<[Rc<Code>]>,
    /// Names of the local slots: parameters, other locals, cells, then free variables.
    pub(crate) locals: Box<[Handle]>,
    spans_at: Place,
    /// One per op, from the first question on.
    spans: OnceCell<Box<[Span]>>,
}

impl Machine {
    /// Compiles a source.
    pub(crate) fn compiled(&mut self, source: &Rc<Source>) -> Result<Rc<Code>, Diagnostic> {
        let compiled = compiled(source, self.host.kept()).map_err(|mut wrong| wrong.swap_remove(0))?;
        let image = Rc::new(Image::new(Rc::unwrap_or_clone(compiled).0.into()));
        Ok(Code::of_module(&image, source, 0, &mut self.heap))
    }

    /// Makes a code ready to run.
    #[inline]
    pub(crate) fn link(&mut self, code: &Code) {
        if code.body.get().is_none() {
            let _ = code.body.set(code.read_body(&mut self.heap));
        }
    }
}

impl Image {
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Image {
        let ends: [usize; 6] = std::array::from_fn(|at| word_at(&bytes, bytes.len() - ENDS + at * 4));
        let [ops, names, rest, lengths_at, texts_at, modules_at] = ends;
        let mut codes = vec![[ops, names, rest].map(|start| start as u32)];
        let mut at = lengths_at;
        while at < texts_at {
            let before = codes[codes.len() - 1];
            codes.push(before.map(|start| start + pulled(&bytes, &mut at) as u32));
        }
        let mut texts = Vec::new();
        while at < modules_at {
            texts.push(at as u32);
            let size = pulled(&bytes, &mut at) as usize;
            at += size;
        }
        let names = vec![Cell::new(NOT_YET); texts.len()].into_boxed_slice();
        Image { codes: codes.into(), texts: texts.into(), modules_at, names, bytes }
    }

    /// The code of a module; its frames are not shown.
    pub(crate) fn code_of(self: &Rc<Image>, name: &str, heap: &mut Heap) -> Option<Rc<Code>> {
        let at = self.place_of(name)?;
        let source = Rc::new(Source::new(&format!("<{name}>"), "", true));
        Some(Code::of_module(self, &source, at, heap))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.place_of(name).is_some()
    }

    /// Whether a module has submodules.
    pub(crate) fn is_package(&self, name: &str) -> bool {
        let prefix = format!("{name}.");
        let after = self.first_from(&prefix);
        after < self.len() && self.module(after).starts_with(&prefix)
    }

    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.module(at))
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        let at = self.first_from(name);
        (at < self.len() && self.module(at) == name).then_some(at)
    }

    // The place of the first module whose name does not come before this one.
    fn first_from(&self, name: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.module(middle) < name { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn len(&self) -> usize {
        (self.bytes.len() - ENDS - self.modules_at) / 4
    }

    // A module's name. Its code has the same number.
    fn module(&self, at: usize) -> &str {
        self.text(word_at(&self.bytes, self.modules_at + at * 4))
    }

    fn text(&self, name: usize) -> &str {
        let mut at = self.texts[name] as usize;
        let size = pulled(&self.bytes, &mut at) as usize;
        std::str::from_utf8(&self.bytes[at..at + size]).expect("the compiler writes text")
    }

    // Where a code begins, and how many instructions it has.
    fn code(&self, number: usize) -> (Place, usize) {
        let [start, end] = [self.codes[number], self.codes[number + 1]];
        let [ops, names, rest] = start.map(|start| start as usize);
        (Place { ops, names, rest }, (end[0] - start[0]) as usize)
    }

    fn intern(&self, name: u32, heap: &mut Heap) -> Handle {
        let known = &self.names[name as usize];
        if known.get() == NOT_YET {
            known.set(heap.intern(self.text(name as usize)).0);
        }
        Handle(known.get())
    }

    fn reader(&self, at: Place) -> Reader<'_> {
        Reader { bytes: &self.bytes, at }
    }

    fn constant(&self, from: &mut Reader<'_>, qualname: Handle, heap: &mut Heap) -> Value {
        match from.byte() {
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::INT => Value::Int(from.signed()),
            tag::BIG => big(self.text(from.name() as usize), heap),
            tag::FLOAT => Value::Float(f64::from_le_bytes(from.take(8).try_into().expect("eight bytes"))),
            tag::NAME => self.intern(from.name(), heap).into(),
            tag::TEXT => heap.str(self.text(from.name() as usize)),
            tag::BYTES => {
                let size = from.size();
                heap.alloc(classes::BYTES, Data::Bytes(from.take(size).into())).into()
            }
            tag::ELLIPSIS => Value::Ellipsis,
            tag::NAMES => {
                let names: Vec<Value> = (0..from.size()).map(|_| self.intern(from.name(), heap).into()).collect();
                heap.tuple(&names)
            }
            tag::QUALNAME => qualname.into(),
            _ => Value::None,
        }
    }
}

fn word_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
}

fn big(text: &str, heap: &mut Heap) -> Value {
    let clean = text.replace('_', "").to_lowercase();
    let (digits, base) = match clean.get(..2) {
        Some("0x") => (&clean[2..], 16),
        Some("0o") => (&clean[2..], 8),
        Some("0b") => (&clean[2..], 2),
        _ => (&clean[..], 10),
    };
    let big = BigInt::parse_bytes(digits.as_bytes(), base).unwrap_or_default();
    match i64::try_from(&big) {
        Ok(small) => Value::Int(small),
        Err(_) => heap.alloc(classes::INT, Data::Int(Box::new(big))).into(),
    }
}

fn pinned(value: Value, heap: &mut Heap) -> Value {
    if let Value::Object(handle) = value {
        heap.pin(handle);
    }
    value
}

impl Code {
    fn of_module(image: &Rc<Image>, source: &Rc<Source>, number: usize, heap: &mut Heap) -> Rc<Code> {
        let (place, op_count) = image.code(number);
        Code::new(image, source, number, place, op_count, heap)
    }

    // Reads the head.
    fn new(
        image: &Rc<Image>,
        source: &Rc<Source>,
        number: usize,
        place: Place,
        op_count: usize,
        heap: &mut Heap,
    ) -> Rc<Code> {
        let mut from = image.reader(place);
        let name = image.intern(from.name(), heap);
        let qualname = match image.text(from.name() as usize) {
            "" => name,
            prefix => {
                let qualname = format!("{prefix}{}", heap.name(name));
                heap.intern(&qualname)
            }
        };
        let bits = from.byte();
        let params = Params {
            positional_only: from.number() as u16,
            positional: from.number() as u16,
            keyword_only: from.number() as u16,
            args: bits & 8 != 0,
            kwargs: bits & 16 != 0,
        };
        let (free, first_line) = (from.size(), from.number());
        let doc = if bits & 32 != 0 { pinned(heap.str(image.text(from.name() as usize)), heap) } else { Value::None };
        Rc::new(Code {
            name,
            qualname,
            kind: CodeKind::of(bits & 7),
            params,
            free,
            doc,
            first_line,
            source: source.clone(),
            image: image.clone(),
            number,
            body_at: from.at,
            op_count,
            body: OnceCell::new(),
        })
    }

    fn read_body(&self, heap: &mut Heap) -> Body {
        let image = &self.image;
        let mut from = image.reader(self.body_at);
        let locals = (0..from.size()).map(|_| image.intern(from.name(), heap)).collect();
        let consts = (0..from.size()).map(|_| {
            let value = image.constant(&mut from, self.qualname, heap);
            pinned(value, heap)
        });
        let consts = consts.collect();
        let inside = from.size();
        let first = if inside > 0 { self.number + from.size() } else { 0 };
        let codes: Box<[Rc<Code>]> = (first..first + inside)
            .map(|number| {
                let (place, op_count) = image.code(number);
                Code::new(image, &self.source, number, place, op_count, heap)
            })
            .collect();
        let ops = self.read_ops(&mut from, &codes, heap);
        Body { ops, consts, codes, locals, spans_at: from.at, spans: OnceCell::new() }
    }

    // The names that are likely to follow are written short, as `compile::bytes` says.
    fn read_ops(&self, from: &mut Reader<'_>, codes: &[Rc<Code>], heap: &mut Heap) -> Box<[Op]> {
        let (mut made, mut before) = (self.name, self.name);
        let mut ops = Vec::with_capacity(self.op_count);
        for _ in 0..self.op_count {
            let op = Op::read(from, &mut |name| {
                before = match name {
                    0 => made,
                    1 => before,
                    name => self.image.intern(name - 2, heap),
                };
                before
            });
            if let Op::MakeFunction { code, .. } = op {
                made = codes[code as usize].name;
            }
            ops.push(op);
        }
        ops.into()
    }

    /// What running the code needs; the code is linked when it is first called.
    #[inline]
    pub(crate) fn body(&self) -> &Body {
        self.body.get().expect("a code is linked before it runs")
    }

    /// The part of the source that an op comes from.
    pub(crate) fn span(&self, at: u32) -> Span {
        let Some(body) = self.body.get() else { return Span::default() };
        let spans = body.spans.get_or_init(|| self.read_spans(body));
        spans.get(at as usize).copied().unwrap_or_default()
    }

    fn read_spans(&self, body: &Body) -> Box<[Span]> {
        let mut from = self.image.reader(body.spans_at);
        let (mut spans, mut start) = (Vec::with_capacity(body.ops.len()), 0);
        while !self.source.hidden && spans.len() < body.ops.len() {
            let same = from.size();
            start += from.signed();
            let span = Span { start: start as u32, end: start as u32 + from.number() };
            spans.resize(spans.len() + same, span);
        }
        spans.into()
    }
}

impl Read<Handle> for Handle {
    fn read(from: &mut Reader<'_>, name: &mut impl FnMut(u32) -> Handle) -> Handle {
        name(from.name())
    }
}
