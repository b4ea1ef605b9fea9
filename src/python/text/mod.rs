//! Python's texts as pure functions: no heap, no machine, only `&str`, numbers and enums of this room.
//!
//! - [`float`]: `repr`, `parse`, and the digits behind `f`, `e`, `g`.
//! - [`int`]: `parse` with bases and underscores, `to_base`.
//! - [`spec`]: the mini-language of `format()`: `Spec::parse`, then `text`, `int`, `float`.
//! - [`template`]: `str.format`: `parse` to literals and fields.
//! - [`percent`]: the operator `%`: `parse`, then `Conversion::text`, `int`, `float`, `character`.
//! - [`quote`]: `repr` of str and bytes, `ascii`.
//! - [`split`]: `split`, `rsplit`, `splitlines`, `partition`, `strip`.
//! - [`case`]: `title`, `capitalize`, `swapcase`, `casefold` and the `is…` questions.
//! - [`pad`]: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`.
//! - [`regex`]: the engine behind `re`.
//! - [`codec`]: `encode` and `decode` of utf-8, ascii, latin-1, utf-16.

pub mod case;
pub mod codec;
pub mod float;
pub mod ini;
pub mod int;
pub mod pad;
pub mod percent;
pub mod quote;
pub mod regex;
pub mod spec;
pub mod split;
pub mod template;

/// What went wrong with a text, in the words of CPython; the kind is the exception to raise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Which exception carries the message.
    pub kind: Kind,
    /// CPython's message.
    pub message: String,
}

/// The exceptions that this room asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
    /// `OverflowError`
    Overflow,
}

impl Wrong {
    /// A `ValueError`.
    pub fn value(message: impl Into<String>) -> Wrong {
        Wrong { kind: Kind::Value, message: message.into() }
    }

    /// A `TypeError`.
    pub fn of_type(message: impl Into<String>) -> Wrong {
        Wrong { kind: Kind::Type, message: message.into() }
    }

    /// An `OverflowError`.
    pub fn overflow(message: impl Into<String>) -> Wrong {
        Wrong { kind: Kind::Overflow, message: message.into() }
    }
}
