//! Escapes and sets of characters in patterns.

use super::set::{Class, Mode, Set};
use super::syntax::{Node, Parser, Place, Result};
use super::{Flags, Unreadable};

impl Parser<'_> {
    pub(super) fn escape(&mut self, start: usize) -> Result<Node> {
        let Some(c) = self.peek() else { return Err(Unreadable::at(start, "bad escape (end of pattern)")) };
        let ascii = self.flags.has(Flags::ASCII);
        if let Some((class, negated)) = class(c) {
            self.at += 1;
            let set =
                Set { classes: vec![(class, negated)], mode: Mode { ignore_case: false, ascii }, ..Set::default() };
            return Ok(Node::Set(set));
        }
        let place = match c {
            'A' => Some(Place::TextStart),
            'Z' | 'z' => Some(Place::TextEnd),
            'b' => Some(Place::Boundary { ascii }),
            'B' => Some(Place::NoBoundary { ascii }),
            _ => None,
        };
        if let Some(place) = place {
            self.at += 1;
            return Ok(Node::At(place));
        }
        match c {
            '1'..='9' => self.numbered(start),
            _ => Ok(Node::Char(self.escaped_char(start)?, self.mode())),
        }
    }

    /// `\1` to `\99` are groups, three octal digits are a character.
    fn numbered(&mut self, start: usize) -> Result<Node> {
        let digits: Vec<u32> = self.pattern[self.at..].iter().take(3).map_while(|c| c.to_digit(10)).collect();
        if let [a @ 0..=7, b @ 0..=7, c @ 0..=7] = digits[..] {
            let code = a * 64 + b * 8 + c;
            self.at += 3;
            if code > 0o377 {
                let message = format!("octal escape value \\{a}{b}{c} outside of range 0-0o377");
                return Err(Unreadable::at(start, message));
            }
            return Ok(Node::Char(char::from_u32(code).expect("a code below 256"), self.mode()));
        }
        let group = digits.iter().take(2).fold(0, |sum, digit| sum * 10 + *digit as usize);
        self.at += digits.len().min(2);
        self.backreference(group, start + 1)
    }

    /// The character of an escape that stands for one; `at` is behind the backslash.
    fn escaped_char(&mut self, start: usize) -> Result<char> {
        let c = self.next().ok_or_else(|| Unreadable::at(start, "bad escape (end of pattern)"))?;
        Ok(match c {
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'x' => self.hex(start, 2)?,
            'u' => self.hex(start, 4)?,
            'U' => self.hex(start, 8)?,
            '0' => self.octal(),
            c if c.is_ascii_alphanumeric() => return Err(Unreadable::at(start, format!("bad escape \\{c}"))),
            c => c,
        })
    }

    fn hex(&mut self, start: usize, count: usize) -> Result<char> {
        let digits: String = self.pattern[self.at..].iter().take(count).take_while(|c| c.is_ascii_hexdigit()).collect();
        self.at += digits.len();
        let complete = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == count);
        complete.and_then(char::from_u32).ok_or_else(|| {
            let written: String = self.pattern[start..self.at].iter().collect();
            Unreadable::at(start, format!("incomplete escape {written}"))
        })
    }

    fn octal(&mut self) -> char {
        let mut code = 0;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.at += 1;
        }
        char::from_u32(code).expect("two octal digits are a character")
    }

    pub(super) fn set(&mut self, start: usize) -> Result<Node> {
        let mut set = Set { negated: self.take('^'), mode: self.mode(), ..Set::default() };
        let first = self.at;
        loop {
            let at = self.at;
            let c = self.peek().ok_or_else(|| Unreadable::at(start, "unterminated character set"))?;
            if c == ']' && at > first {
                self.at += 1;
                return Ok(Node::Set(set));
            }
            let from = self.member(start, &mut set)?;
            let range = self.peek() == Some('-') && self.pattern.get(self.at + 1).is_some_and(|c| *c != ']');
            if !range {
                set.ranges.extend(from.map(|c| (c, c)));
                continue;
            }
            self.at += 1;
            let to = self.member(start, &mut set)?;
            match (from, to) {
                (Some(from), Some(to)) if from <= to => set.ranges.push((from, to)),
                _ => {
                    let written: String = self.pattern[at..self.at].iter().collect();
                    return Err(Unreadable::at(at, format!("bad character range {written}")));
                }
            }
        }
    }

    /// A character of a set; a class is put into the set at once.
    fn member(&mut self, start: usize, set: &mut Set) -> Result<Option<char>> {
        let at = self.at;
        let c = self.next().ok_or_else(|| Unreadable::at(start, "unterminated character set"))?;
        if c != '\\' {
            return Ok(Some(c));
        }
        match self.peek() {
            Some('b') => {
                self.at += 1;
                Ok(Some('\x08'))
            }
            Some(c) if class(c).is_some() => {
                self.at += 1;
                set.classes.extend(class(c));
                Ok(None)
            }
            Some('1'..='7') => Ok(Some(self.octal())),
            _ => self.escaped_char(at).map(Some),
        }
    }
}

fn class(c: char) -> Option<(Class, bool)> {
    let class = match c.to_ascii_lowercase() {
        'd' => Class::Digit,
        's' => Class::Space,
        'w' => Class::Word,
        _ => return None,
    };
    Some((class, c.is_ascii_uppercase()))
}
