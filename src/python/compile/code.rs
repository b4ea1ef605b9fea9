//! Code: what the compiler makes of a tree. It knows no heap: the machine links it when it first runs.

use crate::python::compile::bytes::words;
use crate::python::compile::op;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// A text of Python with its path; the spans of code point into it.
#[derive(Debug)]
pub struct Source {
    /// As shown in tracebacks.
    pub path: Rc<str>,
    /// The whole text.
    pub text: Rc<str>,
    /// Frames of embedded sources are not shown.
    pub hidden: bool,
    /// Where they start, from the first question on.
    lines: OnceCell<Box<[u32]>>,
}

impl Source {
    /// A source.
    pub fn new(path: &str, text: &str, hidden: bool) -> Source {
        let text = universal_newlines(text);
        Source { path: path.into(), text: Rc::from(&*text), hidden, lines: OnceCell::new() }
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// Line (from 1) and column (from 0, in characters) of a byte offset.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.lines().partition_point(|start| *start <= offset);
        let start = self.lines()[line - 1] as usize;
        let column = self.text.get(start..offset as usize).map_or(0, |text| text.chars().count());
        (line as u32, column as u32)
    }

    /// The text of a line (from 1), without its end.
    pub fn line(&self, line: u32) -> &str {
        let start = self.lines().get(line as usize - 1).map_or(self.text.len(), |at| *at as usize);
        let end = self.lines().get(line as usize).map_or(self.text.len(), |at| *at as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}

/// A source's text as Python reads it, whatever system wrote it: every line ends in `\n` alone.
fn universal_newlines(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

/// A part of a source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A name or text, by its place among the [`Names`] of a compilation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Name(pub(crate) u32);

/// An instruction whose names are places.
pub(crate) type Op = op::Op<Name>;

/// The names and texts of one compilation, each once.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) texts: Vec<Rc<str>>,
    places: FxHashMap<Rc<str>, Name>,
}

impl Names {
    pub(crate) fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.places.get(text) {
            return *name;
        }
        let (name, text) = (Name(self.texts.len() as u32), Rc::<str>::from(text));
        self.texts.push(text.clone());
        self.places.insert(text, name);
        name
    }

    pub(crate) fn text(&self, name: Name) -> &str {
        &self.texts[name.0 as usize]
    }
}

/// A constant.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Const {
    None,
    Bool(bool),
    Int(i64),
    /// An integer of more than 64 bits, as it is written.
    Big(Name),
    /// The bits of a float.
    Float(u64),
    /// A text of which there is one object.
    Name(Name),
    Text(Name),
    Bytes(Vec<u8>),
    Ellipsis,
    /// The qualified name of the code itself.
    Qualname,
    /// A tuple of names.
    Names(Vec<Name>),
}

/// What lies on the stack for `MakeFunction`.
pub(crate) mod flags {
    pub(crate) const DEFAULTS: u16 = 1;
    pub(crate) const KEYWORD_DEFAULTS: u16 = 2;
    pub(crate) const CLOSURE: u16 = 4;
    pub(crate) const ANNOTATIONS: u16 = 8;
    pub(crate) const TYPE_PARAMS: u16 = 16;
    /// The function sees the class's namespace around it.
    pub(crate) const NAMESPACE: u16 = 32;
}

words! {
    /// What a code object is for.
    CodeKind { Module, Class, Function, Generator, Coroutine, AsyncGenerator }
}

/// Compiled code of one scope, and of those inside it.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: Name,
    /// What stands before the name in the qualified name, dots included.
    pub(crate) prefix: Name,
    pub(crate) kind: CodeKind,
    pub(crate) ops: Vec<Op>,
    /// One per op; none where frames are not shown.
    pub(crate) spans: Vec<Span>,
    pub(crate) consts: Vec<Const>,
    pub(crate) codes: Vec<Draft>,
    /// Names of the local slots: parameters, other locals, cells, then free variables.
    pub(crate) locals: Vec<Name>,
    pub(crate) params: Params,
    /// How many slots at the end hold the closure's cells.
    pub(crate) free: u32,
    pub(crate) doc: Option<Name>,
    pub(crate) first_line: u32,
}

/// The shape of a signature. Slots: positional, then keyword-only, then `*args`, then `**kwargs`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Params {
    pub(crate) positional_only: u16,
    pub(crate) positional: u16,
    pub(crate) keyword_only: u16,
    pub(crate) args: bool,
    pub(crate) kwargs: bool,
}
