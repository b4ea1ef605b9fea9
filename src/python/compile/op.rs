//! Instructions, in the compiler's names or in the machine's.

use crate::python::compile::bytes::{Read, Reader, Writer, Written, words};
use crate::python::compile::code::Name;

words! {
    /// Binary operators, in the order of their names among the names that the machine itself speaks.
    Binary { Add, Sub, Mul, MatMul, TrueDiv, FloorDiv, Mod, Pow, LShift, RShift, And, Or, Xor, DivMod }
}

words! {
    /// Comparisons that go through `__eq__` and friends.
    Compare { Eq, Ne, Lt, Le, Gt, Ge }
}

words! {
    /// Unary operators but `not`.
    Unary { Neg, Pos, Invert }
}

words! {
    /// How `{value!r:spec}` converts.
    Conversion { None, Str, Repr, Ascii }
}

/// The instructions: the enum, and how each is written and read.
macro_rules! instructions {
    ($(
        $(#[$meta:meta])*
        $op:ident $( ( $part:ident: $kind:ty ) )? $( { $($field:ident: $type:ty),* } )?
    ),* $(,)?) => {
        /// An instruction. Jumps hold the index of an op; names are `N`: places in a table, or handles of interned
        /// strings.
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub(crate) enum Op<N> {
            $( $(#[$meta])* $op $( ($kind) )? $( { $($field: $type),* } )? ),*
        }

        #[derive(Clone, Copy)]
        enum Code {
            $($op),*
        }

        impl Op<Name> {
            /// The instruction as bytes; the most frequent ones hold their number in the first.
            pub(crate) fn write(self, to: &mut Writer) {
                if let Some(short) = self.short() {
                    return to.op(short);
                }
                match self {
                    $(
                        Op::$op $( ($part) )? $( { $($field),* } )? => {
                            to.op(Code::$op as u8);
                            $( $part.write(to); )?
                            $( $($field.write(to);)* )?
                        }
                    )*
                }
            }
        }

        impl<N: Read<N>> Op<N> {
            /// An instruction from bytes.
            pub(crate) fn read(from: &mut Reader<'_>, name: &mut impl FnMut(u32) -> N) -> Op<N> {
                const CODES: &[Code] = &[$(Code::$op),*];
                let code = from.op();
                if code >= SHORT {
                    return Op::of_short(code);
                }
                match CODES[usize::from(code)] {
                    $(
                        Code::$op => Op::$op $( (<$kind>::read(from, name)) )? $( { $($field: <$type>::read(from, name)),* } )?,
                    )*
                }
            }
        }
    };
}

/// Bytes from here on are an instruction with its number.
const SHORT: u8 = 128;

impl<N> Op<N> {
    fn short(&self) -> Option<u8> {
        match self {
            Op::LoadFast(slot) if *slot < 32 => Some(SHORT + *slot as u8),
            Op::Const(at) if *at < 32 => Some(SHORT + 32 + *at as u8),
            Op::Call(count) if *count < 16 => Some(SHORT + 64 + *count as u8),
            Op::StoreFast(slot) if *slot < 16 => Some(SHORT + 80 + *slot as u8),
            Op::BuildTuple(count) if *count < 8 => Some(SHORT + 96 + *count as u8),
            Op::BuildList(count) if *count < 8 => Some(SHORT + 104 + *count as u8),
            Op::BuildDict(count) if *count < 8 => Some(SHORT + 112 + *count as u8),
            Op::LoadDeref(slot) if *slot < 8 => Some(SHORT + 120 + *slot as u8),
            _ => None,
        }
    }

    fn of_short(code: u8) -> Op<N> {
        let number = u32::from(code - SHORT);
        match number {
            0..32 => Op::LoadFast(number),
            32..64 => Op::Const(number - 32),
            64..80 => Op::Call(number - 64),
            80..96 => Op::StoreFast(number - 80),
            96..104 => Op::BuildTuple(number - 96),
            104..112 => Op::BuildList(number - 104),
            112..120 => Op::BuildDict(number - 112),
            _ => Op::LoadDeref(number - 120),
        }
    }
}

instructions! {
    Const(at: u32),
    PushNone,
    PushUnbound,
    Pop,
    /// The iterator of a loop that is left early.
    PopIterator,
    /// Copies the n-th value from the top; 1 is the top.
    Copy(depth: u32),
    /// Swaps the top with the n-th.
    Swap(depth: u32),
    LoadFast(slot: u32),
    StoreFast(slot: u32),
    DeleteFast(slot: u32),
    MakeCell(slot: u32),
    LoadDeref(slot: u32),
    StoreDeref(slot: u32),
    DeleteDeref(slot: u32),
    /// The namespace first, then the cell.
    LoadClassDeref { slot: u16, name: N },
    LoadName(name: N),
    StoreName(name: N),
    DeleteName(name: N),
    LoadGlobal(name: N),
    StoreGlobal(name: N),
    DeleteGlobal(name: N),
    LoadAttr(name: N),
    StoreAttr(name: N),
    DeleteAttr(name: N),
    /// Pushes a callable and its receiver, which may be unbound.
    LoadMethod(name: N),
    Subscript,
    StoreSubscript,
    DeleteSubscript,
    Binary(op: Binary),
    InPlace(op: Binary),
    Compare(op: Compare),
    Unary(op: Unary),
    Not,
    Is { not: bool },
    Contains { not: bool },
    BuildList(count: u32),
    BuildTuple(count: u32),
    BuildSet(count: u32),
    BuildDict(count: u32),
    BuildSlice(count: u32),
    BuildString(count: u32),
    /// Appends the top to the list at depth n.
    ListAppend(depth: u32),
    SetAdd(depth: u32),
    DictAdd(depth: u32),
    /// Extends the list under the top by the iterable on top.
    ListExtend,
    SetUpdate,
    DictUpdate,
    /// As `DictUpdate`, for `**kwargs`: a name twice is an error.
    DictMerge,
    ListToTuple,
    Unpack(count: u32),
    UnpackEx { before: u16, after: u32 },
    Jump(target: u32),
    JumpIfFalse(target: u32),
    JumpIfTrue(target: u32),
    /// Leave the value where they jump.
    JumpIfFalseOrPop(target: u32),
    JumpIfTrueOrPop(target: u32),
    JumpIfNone(target: u32),
    GetIter,
    ForIter(target: u32),
    GetAIter,
    GetANext,
    /// The exception on top ends an `async for`, or is raised again.
    EndAsyncFor,
    GetAwaitable,
    GetYieldFromIter,
    /// Sends the top to the iterator under it; jumps with its result when that ends.
    Send(target: u32),
    Yield,
    /// A `yield` in an async generator: ends the step that somebody awaits.
    YieldAsync,
    Call(count: u32),
    CallNames { count: u16, names: u32 },
    /// Calls with a list of arguments and, perhaps, a dict.
    CallSpread { names: bool },
    MakeFunction { flags: u16, code: u32 },
    BuildClass,
    Return,
    SetupTry(target: u32),
    /// As `SetupTry`, with the value on top above it.
    SetupWith(target: u32),
    PopBlock,
    /// Drops the exception on top and goes back to the one handled before, below it.
    PopHandled,
    /// Raises what is on top again.
    Reraise,
    Raise(count: u32),
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
    Format { conversion: Conversion, spec: bool },
    ImportName { level: u16, name: N },
    /// On top are names and what they are called here: each is imported when it is first read.
    ImportLater { level: u16, name: N },
    ImportFrom(name: N),
    ImportStar,
    GetLen,
    MatchSequence,
    MatchMapping,
    MatchKeys,
    MatchClass(count: u32),
    DictRest(count: u32),
    /// A `global`, as `LoadName`, that leaves an unknown name as text.
    LoadLenient(name: N),
    LoadLenientDeref { slot: u16, name: N },
    TypeParam { kind: u16, name: N },
    TypeAlias(name: N),
}
