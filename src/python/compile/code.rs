//! Code: what the compiler makes of a tree and the machine runs.

use crate::python::value::{Handle, Value};
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
    lines: Vec<u32>,
}

impl Source {
    /// A source; the starts of its lines are found once.
    pub fn new(path: &str, text: &str, hidden: bool) -> Source {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        Source { path: path.into(), text: text.into(), hidden, lines: std::iter::once(0).chain(ends).collect() }
    }

    /// Line (from 1) and column (from 0, in characters) of a byte offset.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[line - 1] as usize;
        let column = self.text.get(start..offset as usize).map_or(0, |text| text.chars().count());
        (line as u32, column as u32)
    }

    /// The text of a line (from 1), without its end.
    pub fn line(&self, line: u32) -> &str {
        let start = self.lines.get(line as usize - 1).map_or(self.text.len(), |at| *at as usize);
        let end = self.lines.get(line as usize).map_or(self.text.len(), |at| *at as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
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

/// What a code object is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CodeKind {
    Module,
    Class,
    Function,
    Generator,
    Coroutine,
    AsyncGenerator,
}

/// Compiled code of one scope.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) name: Rc<str>,
    pub(crate) qualname: Rc<str>,
    pub(crate) kind: CodeKind,
    pub(crate) source: Rc<Source>,
    pub(crate) ops: Vec<Op>,
    /// One per op.
    pub(crate) spans: Vec<Span>,
    /// Pinned in the heap.
    pub(crate) consts: Vec<Value>,
    pub(crate) codes: Vec<Rc<Code>>,
    /// Names of the local slots: parameters, other locals, cells, then free variables.
    pub(crate) locals: Vec<Handle>,
    pub(crate) params: Params,
    /// How many slots at the end hold the closure's cells.
    pub(crate) free: usize,
    pub(crate) doc: Value,
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

/// Binary operators, in the order of their names in [`crate::python::heap::names`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Binary {
    Add,
    Sub,
    Mul,
    MatMul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    And,
    Or,
    Xor,
    DivMod,
}

/// Comparisons that go through `__eq__` and friends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Compare {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// Unary operators but `not`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unary {
    Neg,
    Pos,
    Invert,
}

/// How `{value!r:spec}` converts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

/// An instruction. Jumps hold the index of an op; names are handles of interned strings.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Op {
    Const(u32),
    PushNone,
    PushUnbound,
    Pop,
    /// Copies the n-th value from the top; 1 is the top.
    Copy(u32),
    /// Swaps the top with the n-th.
    Swap(u32),
    LoadFast(u32),
    StoreFast(u32),
    DeleteFast(u32),
    MakeCell(u32),
    LoadDeref(u32),
    StoreDeref(u32),
    DeleteDeref(u32),
    /// The namespace first, then the cell.
    LoadClassDeref {
        slot: u16,
        name: Handle,
    },
    LoadName(Handle),
    StoreName(Handle),
    DeleteName(Handle),
    LoadGlobal(Handle),
    StoreGlobal(Handle),
    DeleteGlobal(Handle),
    LoadAttr(Handle),
    StoreAttr(Handle),
    DeleteAttr(Handle),
    /// Pushes a callable and its receiver, which may be unbound.
    LoadMethod(Handle),
    Subscript,
    StoreSubscript,
    DeleteSubscript,
    Binary(Binary),
    InPlace(Binary),
    Compare(Compare),
    Unary(Unary),
    Not,
    Is {
        not: bool,
    },
    Contains {
        not: bool,
    },
    BuildList(u32),
    BuildTuple(u32),
    BuildSet(u32),
    BuildDict(u32),
    BuildSlice(u32),
    BuildString(u32),
    /// Appends the top to the list at depth n.
    ListAppend(u32),
    SetAdd(u32),
    DictAdd(u32),
    /// Extends the list under the top by the iterable on top.
    ListExtend,
    SetUpdate,
    DictUpdate,
    /// As `DictUpdate`, for `**kwargs`: a name twice is an error.
    DictMerge,
    ListToTuple,
    Unpack(u32),
    UnpackEx {
        before: u16,
        after: u32,
    },
    Jump(u32),
    JumpIfFalse(u32),
    JumpIfTrue(u32),
    /// Leave the value where they jump.
    JumpIfFalseOrPop(u32),
    JumpIfTrueOrPop(u32),
    JumpIfNone(u32),
    GetIter,
    ForIter(u32),
    GetAIter,
    GetANext,
    /// The exception on top ends an `async for`, or is raised again.
    EndAsyncFor,
    GetAwaitable,
    GetYieldFromIter,
    /// Sends the top to the iterator under it; jumps with its result when that ends.
    Send(u32),
    Yield,
    /// A `yield` in an async generator: ends the step that somebody awaits.
    YieldAsync,
    Call(u32),
    CallNames {
        count: u16,
        names: u32,
    },
    /// Calls with a list of arguments and, perhaps, a dict.
    CallSpread {
        names: bool,
    },
    MakeFunction {
        flags: u16,
        code: u32,
    },
    BuildClass,
    Return,
    SetupTry(u32),
    /// As `SetupTry`, with the value on top above it.
    SetupWith(u32),
    PopBlock,
    /// Drops the exception on top and goes back to the one handled before, below it.
    PopHandled,
    /// Raises what is on top again.
    Reraise,
    Raise(u32),
    /// Whether the exception under the top matches the class on top.
    MatchException,
    /// Splits the group under the class on top: leaves the rest, and the part that matches or None.
    MatchStar,
    /// Raises what is left of the exceptions in the list on top; the original is under it.
    RaiseStar,
    AssertionError,
    BeforeWith,
    BeforeAsyncWith,
    /// Calls the exit under the handled exception with it.
    WithExcept,
    /// Calls the exit under the top with three Nones.
    WithExit,
    Format {
        conversion: Conversion,
        spec: bool,
    },
    ImportName {
        level: u16,
        name: Handle,
    },
    ImportFrom(Handle),
    ImportStar,
    /// The last part of a dotted module with `as`: from `sys.modules`.
    GetLen,
    MatchSequence,
    MatchMapping,
    MatchKeys,
    MatchClass(u32),
    DictRest(u32),
    /// A `global`, as `LoadName`, that leaves an unknown name as text.
    LoadLenient(Handle),
    LoadLenientDeref {
        slot: u16,
        name: Handle,
    },
    TypeParam {
        kind: u16,
        name: Handle,
    },
    TypeAlias(Handle),
    /// Syntax the machine does not run; the text is a constant.
    Unsupported(u32),
}

impl Code {
    pub(crate) fn span(&self, at: u32) -> Span {
        self.spans.get(at as usize).copied().unwrap_or_default()
    }
}
