//! Code as bytes: numbers of seven bits a byte, the low ones first.

use crate::python::compile::code::Name;

/// What is written. Names are written by their place in an order that may differ from that in which they were found.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
    /// The place of each name; empty where they stay as they are.
    pub(crate) order: Vec<u32>,
    /// How often each name has been written.
    pub(crate) uses: Vec<u32>,
}

impl Writer {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn number(&mut self, number: impl Into<u64>) {
        let mut rest = number.into();
        while rest > 0x7F {
            self.byte(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.byte(rest as u8);
    }

    pub(crate) fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    /// A number with a sign: small ones are short on both sides of zero.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    pub(crate) fn name(&mut self, name: Name) {
        let at = name.0 as usize;
        self.uses.resize(self.uses.len().max(at + 1), 0);
        self.uses[at] += 1;
        let place = self.order.get(at).copied().unwrap_or(name.0);
        self.number(place);
    }
}

/// Reads what a [`Writer`] wrote.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> u8 {
        let byte = self.bytes[self.at];
        self.at += 1;
        byte
    }

    pub(crate) fn wide(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return number;
            }
            shift += 7;
        }
    }

    pub(crate) fn number(&mut self) -> u32 {
        self.wide() as u32
    }

    pub(crate) fn size(&mut self) -> usize {
        self.wide() as usize
    }

    pub(crate) fn signed(&mut self) -> i64 {
        let number = self.wide();
        (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
    }

    pub(crate) fn take(&mut self, size: usize) -> &'a [u8] {
        let taken = &self.bytes[self.at..self.at + size];
        self.at += size;
        taken
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
        to.name(self);
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
