//! Code as bytes: numbers of seven bits a byte, the low ones first. Instructions, names and everything else lie apart,
//! because like beside like is what compresses.

use crate::python::compile::code::Name;

/// What is written.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) ops: Vec<u8>,
    pub(crate) names: Vec<u8>,
    pub(crate) rest: Vec<u8>,
    /// The name of the code that was made last, and that in the instruction before: the two that are likely to follow.
    pub(crate) likely: [Option<Name>; 2],
}

impl Writer {
    pub(crate) fn op(&mut self, op: u8) {
        self.ops.push(op);
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.rest.push(byte);
    }

    pub(crate) fn number(&mut self, number: impl Into<u64>) {
        push(number.into(), &mut self.rest);
    }

    pub(crate) fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    /// A number with a sign: small ones are short on both sides of zero.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    pub(crate) fn name(&mut self, name: Name) {
        push(u64::from(name.0), &mut self.names);
    }

    /// A name in an instruction: 0 and 1 are the likely ones.
    fn name_of_op(&mut self, name: Name) {
        let known = self.likely.iter().position(|likely| *likely == Some(name));
        push(known.map_or(u64::from(name.0) + 2, |at| at as u64), &mut self.names);
        self.likely[1] = Some(name);
    }

    /// Where each of the three stands.
    pub(crate) fn place(&self) -> Place {
        Place { ops: self.ops.len(), names: self.names.len(), rest: self.rest.len() }
    }
}

/// A number in as many bytes as it needs.
pub(crate) fn push(number: u64, to: &mut Vec<u8>) {
    let mut rest = number;
    while rest > 0x7F {
        to.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    to.push(rest as u8);
}

/// Where instructions, names and the rest begin.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Place {
    pub(crate) ops: usize,
    pub(crate) names: usize,
    pub(crate) rest: usize,
}

/// Reads what a [`Writer`] wrote.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: Place,
}

impl<'a> Reader<'a> {
    pub(crate) fn op(&mut self) -> u8 {
        let op = self.bytes[self.at.ops];
        self.at.ops += 1;
        op
    }

    pub(crate) fn name(&mut self) -> u32 {
        pulled(self.bytes, &mut self.at.names) as u32
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let byte = self.bytes[self.at.rest];
        self.at.rest += 1;
        byte
    }

    pub(crate) fn number(&mut self) -> u32 {
        pulled(self.bytes, &mut self.at.rest) as u32
    }

    pub(crate) fn size(&mut self) -> usize {
        pulled(self.bytes, &mut self.at.rest) as usize
    }

    pub(crate) fn signed(&mut self) -> i64 {
        let number = pulled(self.bytes, &mut self.at.rest);
        (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
    }

    pub(crate) fn take(&mut self, size: usize) -> &'a [u8] {
        let taken = &self.bytes[self.at.rest..self.at.rest + size];
        self.at.rest += size;
        taken
    }
}

/// The number that [`push`] wrote here; `at` is behind it afterwards.
#[inline]
pub(crate) fn pulled(bytes: &[u8], at: &mut usize) -> u64 {
    let first = bytes[*at];
    if first < 0x80 {
        *at += 1;
        return u64::from(first);
    }
    pulled_long(bytes, at)
}

fn pulled_long(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return number;
        }
        shift += 7;
    }
}

/// A part of an instruction that can be written.
pub(crate) trait Written {
    fn write(self, to: &mut Writer);
}

/// A part of an instruction that can be read, where names become `N`.
pub(crate) trait Read<N> {
    fn read(from: &mut Reader<'_>, name: &mut impl FnMut(u32) -> N) -> Self;
}

impl Written for u32 {
    fn write(self, to: &mut Writer) {
        to.number(self);
    }
}

impl<N> Read<N> for u32 {
    fn read(from: &mut Reader<'_>, _: &mut impl FnMut(u32) -> N) -> u32 {
        from.number()
    }
}

impl Written for u16 {
    fn write(self, to: &mut Writer) {
        to.number(self);
    }
}

impl<N> Read<N> for u16 {
    fn read(from: &mut Reader<'_>, _: &mut impl FnMut(u32) -> N) -> u16 {
        from.number() as u16
    }
}

impl Written for bool {
    fn write(self, to: &mut Writer) {
        to.byte(u8::from(self));
    }
}

impl<N> Read<N> for bool {
    fn read(from: &mut Reader<'_>, _: &mut impl FnMut(u32) -> N) -> bool {
        from.byte() != 0
    }
}

impl Written for Name {
    fn write(self, to: &mut Writer) {
        to.name_of_op(self);
    }
}

/// An enum of words, each a byte.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($word:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum $name {
            $($word),*
        }

        impl $crate::python::compile::bytes::Written for $name {
            fn write(self, to: &mut $crate::python::compile::bytes::Writer) {
                to.byte(self as u8);
            }
        }

        impl $name {
            pub(crate) fn of(byte: u8) -> $name {
                const WORDS: &[$name] = &[$($name::$word),*];
                WORDS[usize::from(byte)]
            }
        }

        impl<N> $crate::python::compile::bytes::Read<N> for $name {
            fn read(from: &mut $crate::python::compile::bytes::Reader<'_>, _: &mut impl FnMut(u32) -> N) -> $name {
                $name::of(from.byte())
            }
        }
    };
}

pub(crate) use words;
