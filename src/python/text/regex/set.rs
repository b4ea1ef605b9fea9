//! Classes of characters, and characters compared without case.

use crate::python::text::case;

/// `\d`, `\s` or `\w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Digit,
    Space,
    Word,
}

/// How characters are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mode {
    pub(super) ignore_case: bool,
    pub(super) ascii: bool,
}

/// `[…]`, or one class alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Set {
    pub(super) negated: bool,
    pub(super) ranges: Vec<(char, char)>,
    /// Classes, and whether each is negated.
    pub(super) classes: Vec<(Class, bool)>,
    pub(super) mode: Mode,
}

impl Set {
    pub(super) fn has(&self, c: char) -> bool {
        self.listed(c) != self.negated
    }

    fn listed(&self, c: char) -> bool {
        if self.plainly(c) {
            return true;
        }
        if !self.mode.ignore_case || (self.mode.ascii && !c.is_ascii()) {
            return false;
        }
        self.plainly(lower(c)) || self.plainly(upper(c))
    }

    fn plainly(&self, c: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
            || self.classes.iter().any(|(class, negated)| class.has(c, self.mode.ascii) != *negated)
    }
}

impl Class {
    pub(super) fn has(self, c: char, ascii: bool) -> bool {
        if c.is_ascii() || ascii {
            return match self {
                Class::Digit => c.is_ascii_digit(),
                Class::Space => matches!(c, ' ' | '\t'..='\r') || (!ascii && matches!(c, '\x1c'..='\x1f')),
                Class::Word => c.is_ascii_alphanumeric() || c == '_',
            };
        }
        match self {
            Class::Digit => case::decimal(c).is_some(),
            Class::Space => case::is_space_char(c),
            Class::Word => c.is_alphanumeric(),
        }
    }
}

/// Whether two characters are the same to the pattern.
pub(super) fn same(a: char, b: char, mode: Mode) -> bool {
    if a == b {
        return true;
    }
    if !mode.ignore_case {
        return false;
    }
    if mode.ascii {
        return a.eq_ignore_ascii_case(&b);
    }
    lower(a) == lower(b) || upper(a) == upper(b)
}

/// The lower case of a character where that is one character.
pub(super) fn lower(c: char) -> char {
    single(c, c.to_lowercase())
}

fn upper(c: char) -> char {
    single(c, c.to_uppercase())
}

fn single(c: char, mut cased: impl Iterator<Item = char>) -> char {
    match (cased.next(), cased.next()) {
        (Some(cased), None) => cased,
        _ => c,
    }
}
