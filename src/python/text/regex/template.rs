//! The second argument of `re.sub`: `\1`, `\g<name>` and escapes.

use super::{Found, Regex, Unreadable};
use crate::python::text::quote;

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands.
    Literal(String),
    /// What a group matched.
    Group(usize),
}

/// A template that fits a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The parts, in order.
    pub parts: Vec<Part>,
}

impl Template {
    /// Reads a template; groups that the pattern doesn't have are refused, an unknown name with `Err(name)`'s message.
    pub fn new(text: &str, regex: &Regex) -> Result<Template, Unreadable> {
        let chars: Vec<char> = text.chars().collect();
        let mut reader = Reader { chars: &chars, at: 0, regex, parts: Vec::new(), literal: String::new() };
        while let Some(c) = chars.get(reader.at) {
            reader.at += 1;
            if *c == '\\' { reader.escape()? } else { reader.literal.push(*c) }
        }
        reader.flush();
        Ok(Template { parts: reader.parts })
    }

    /// The text for one match; a group that did not match is empty.
    pub fn expand(&self, found: &Found, text: &[char], out: &mut String) {
        for part in &self.parts {
            match part {
                Part::Literal(literal) => out.push_str(literal),
                Part::Group(group) => {
                    if let Some((from, to)) = found.group(*group) {
                        out.extend(&text[from..to]);
                    }
                }
            }
        }
    }
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    regex: &'a Regex,
    parts: Vec<Part>,
    literal: String,
}

impl Reader<'_> {
    fn flush(&mut self) {
        if !self.literal.is_empty() {
            self.parts.push(Part::Literal(std::mem::take(&mut self.literal)));
        }
    }

    fn group(&mut self, group: usize, at: usize) -> Result<(), Unreadable> {
        if group > self.regex.groups {
            return Err(Unreadable::at(at, format!("invalid group reference {group}")));
        }
        self.flush();
        self.parts.push(Part::Group(group));
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Unreadable> {
        let start = self.at - 1;
        let Some(c) = self.chars.get(self.at).copied() else {
            return Err(Unreadable::at(start, "bad escape (end of pattern)"));
        };
        self.at += 1;
        let plain = match c {
            'g' => return self.named(),
            '0' => self.octal(0, 2),
            '1'..='9' => return self.numbered(c, start),
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            '\\' => '\\',
            c if c.is_ascii_alphabetic() => return Err(Unreadable::at(start, format!("bad escape \\{c}"))),
            c => {
                self.literal.push('\\');
                c
            }
        };
        self.literal.push(plain);
        Ok(())
    }

    fn octal(&mut self, code: u32, most: usize) -> char {
        let mut code = code;
        for _ in 0..most {
            let Some(digit) = self.chars.get(self.at).and_then(|c| c.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.at += 1;
        }
        char::from_u32(code & 0xff).expect("a code below 256")
    }

    fn numbered(&mut self, first: char, start: usize) -> Result<(), Unreadable> {
        let digits: Vec<u32> = self.chars[self.at - 1..].iter().take(3).map_while(|c| c.to_digit(10)).collect();
        if let [a @ 0..=7, 0..=7, 0..=7] = digits[..] {
            let c = self.octal(a, 2);
            self.literal.push(c);
            return Ok(());
        }
        let mut group = first.to_digit(10).expect("the caller saw a digit") as usize;
        if let Some(second) = digits.get(1) {
            group = group * 10 + *second as usize;
            self.at += 1;
        }
        self.group(group, start + 1)
    }

    fn named(&mut self) -> Result<(), Unreadable> {
        if self.chars.get(self.at) != Some(&'<') {
            return Err(Unreadable::at(self.at, "missing <"));
        }
        let start = self.at + 1;
        let Some(length) = self.chars[start..].iter().position(|c| *c == '>') else {
            return Err(Unreadable::at(start, "missing >, unterminated name"));
        };
        let name: String = self.chars[start..start + length].iter().collect();
        self.at = start + length + 1;
        if name.is_empty() {
            return Err(Unreadable::at(start, "missing group name"));
        }
        if name.bytes().all(|b| b.is_ascii_digit()) {
            return self.group(name.parse().unwrap_or(usize::MAX), start);
        }
        match self.regex.group_named(&name) {
            Some(group) => self.group(group, start),
            None => Err(Unreadable { message: format!("unknown group name {}", quote::repr(&name)), position: None }),
        }
    }
}
