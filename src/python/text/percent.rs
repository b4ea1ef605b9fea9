//! The operator `%` of strings.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{Wrong, float, int, pad};

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands; `%%` is one sign.
    Literal(String),
    /// `%…`
    Conversion(Conversion),
}

/// A width or precision as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Not written.
    Absent,
    /// `*`: taken from the arguments, see [`Conversion::set_width`] and [`Conversion::set_precision`].
    Argument,
    /// Digits.
    Given(usize),
}

/// `%[(key)][flags][width][.precision]kind`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The name between parentheses: the arguments are a mapping.
    pub key: Option<String>,
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// A blank.
    pub blank: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
    /// The least number of characters.
    pub width: Count,
    /// Decimals, digits, or characters of a text.
    pub precision: Count,
    /// One of `diuoxXeEfFgGcrsa`.
    pub kind: char,
}

/// Reads a template.
pub fn parse(text: &str) -> Result<Vec<Piece>, Wrong> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] != '%' {
            literal.push(chars[at]);
            at += 1;
            continue;
        }
        let mut reader = Reader { chars: &chars, at: at + 1 };
        let conversion = reader.conversion()?;
        at = reader.at;
        match conversion {
            None => literal.push('%'),
            Some(conversion) => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(Piece::Conversion(conversion));
            }
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Result<char, Wrong> {
        self.chars.get(self.at).copied().ok_or_else(|| Wrong::value("incomplete format"))
    }

    /// The conversion, or `None` for `%%`.
    fn conversion(&mut self) -> Result<Option<Conversion>, Wrong> {
        let mut conversion = Conversion {
            key: self.key()?,
            left: false,
            plus: false,
            blank: false,
            alternate: false,
            zero: false,
            width: Count::Absent,
            precision: Count::Absent,
            kind: '%',
        };
        self.flags(&mut conversion)?;
        conversion.width = self.count()?;
        if self.peek()? == '.' {
            self.at += 1;
            conversion.precision = match self.count()? {
                Count::Absent => Count::Given(0),
                count => count,
            };
        }
        while matches!(self.peek()?, 'h' | 'l' | 'L') {
            self.at += 1;
        }
        conversion.kind = self.peek()?;
        self.at += 1;
        match conversion.kind {
            '%' => Ok(None),
            kind if "diuoxXeEfFgGcrsa".contains(kind) => Ok(Some(conversion)),
            kind => Err(self.unsupported(kind)),
        }
    }

    fn unsupported(&self, kind: char) -> Wrong {
        let shown = if (' '..='~').contains(&kind) { kind } else { '?' };
        let (code, at) = (kind as u32, self.at - 1);
        Wrong::value(format!("unsupported format character '{shown}' (0x{code:x}) at index {at}"))
    }

    fn key(&mut self) -> Result<Option<String>, Wrong> {
        if self.peek()? != '(' {
            return Ok(None);
        }
        let start = self.at + 1;
        let mut depth = 0;
        while let Some(c) = self.chars.get(self.at) {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            self.at += 1;
            if depth == 0 {
                return Ok(Some(self.chars[start..self.at - 1].iter().collect()));
            }
        }
        Err(Wrong::value("incomplete format key"))
    }

    fn flags(&mut self, conversion: &mut Conversion) -> Result<(), Wrong> {
        loop {
            match self.peek()? {
                '-' => conversion.left = true,
                '+' => conversion.plus = true,
                ' ' => conversion.blank = true,
                '#' => conversion.alternate = true,
                '0' => conversion.zero = true,
                _ => return Ok(()),
            }
            self.at += 1;
        }
    }

    fn count(&mut self) -> Result<Count, Wrong> {
        if self.peek()? == '*' {
            self.at += 1;
            return Ok(Count::Argument);
        }
        let start = self.at;
        while self.peek()?.is_ascii_digit() {
            self.at += 1;
        }
        if start == self.at {
            return Ok(Count::Absent);
        }
        let digits: String = self.chars[start..self.at].iter().collect();
        let number: usize = digits.parse().unwrap_or(usize::MAX);
        if number > 1_000_000 { Err(Wrong::value("width too big")) } else { Ok(Count::Given(number)) }
    }
}

impl Conversion {
    /// A width that came as an argument for `*`: a negative one aligns left.
    pub fn set_width(&mut self, width: i64) {
        self.left |= width < 0;
        self.width = Count::Given(width.unsigned_abs().min(1_000_000) as usize);
    }

    /// A precision that came as an argument for `*`.
    pub fn set_precision(&mut self, precision: i64) {
        self.precision = Count::Given(precision.clamp(0, 1_000_000) as usize);
    }

    fn precision(&self) -> Option<usize> {
        if let Count::Given(precision) = self.precision { Some(precision) } else { None }
    }

    /// `%s`, `%r`, `%a` of a text that the caller has made.
    pub fn text(&self, value: &str) -> String {
        match self.precision() {
            Some(precision) => self.filled("", &value.chars().take(precision).collect::<String>(), false),
            None => self.filled("", value, false),
        }
    }

    /// `%c` of a code point; a string of one character goes through [`Conversion::text`].
    pub fn character(&self, code: &BigInt) -> Result<String, Wrong> {
        let c = code.to_u32().and_then(char::from_u32);
        let c = c.ok_or_else(|| Wrong::overflow("%c arg not in range(0x110000)"))?;
        Ok(self.filled("", &c.to_string(), false))
    }

    /// `%d`, `%i`, `%u`, `%o`, `%x`, `%X`.
    pub fn int(&self, value: &BigInt) -> String {
        let (base, prefix) = match self.kind {
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = int::to_base(value, base);
        if self.kind == 'X' {
            digits.make_ascii_uppercase();
        }
        let zeros = self.precision().unwrap_or(0).saturating_sub(digits.len());
        let digits = format!("{}{digits}", "0".repeat(zeros));
        let sign = self.sign(value.sign() == num_bigint::Sign::Minus);
        let prefix = if self.alternate { prefix } else { "" };
        self.filled(&format!("{sign}{prefix}"), &digits, true)
    }

    /// `%e`, `%f`, `%g` and their capitals.
    pub fn float(&self, x: f64) -> String {
        let notation = match self.kind.to_ascii_lowercase() {
            'f' => float::Notation::Fixed,
            'e' => float::Notation::Exponent,
            _ => float::Notation::General,
        };
        let mut body = match float::not_finite(x.abs()) {
            Some(word) => word.to_string(),
            None => float::digits(x.abs(), notation, self.precision().unwrap_or(6), self.alternate),
        };
        if self.kind.is_ascii_uppercase() {
            body.make_ascii_uppercase();
        }
        let sign = self.sign(x.is_sign_negative() && !x.is_nan());
        self.filled(sign, &body, true)
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.plus, self.blank) {
            (true, _, _) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        }
    }

    fn filled(&self, head: &str, body: &str, number: bool) -> String {
        let width = if let Count::Given(width) = self.width { width } else { 0 };
        let room = width.saturating_sub(head.chars().count() + body.chars().count());
        match (self.left, self.zero && number) {
            (true, _) => format!("{head}{}", pad::filled(body, 0, room, ' ')),
            (false, true) => format!("{head}{}", pad::filled(body, room, 0, '0')),
            (false, false) => pad::filled(&format!("{head}{body}"), room, 0, ' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str, value: &str) -> String {
        let pieces = match parse(template) {
            Ok(pieces) => pieces,
            Err(wrong) => return wrong.message,
        };
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Conversion(conversion) if "eEfFgG".contains(conversion.kind) => {
                    conversion.float(float::parse(value).expect("a float"))
                }
                Piece::Conversion(conversion) if "sra".contains(conversion.kind) => conversion.text(value),
                Piece::Conversion(conversion) => conversion.int(&value.parse().expect("an integer")),
            })
            .collect()
    }

    #[test]
    fn percents_format_as_in_cpython() {
        let cases = [
            ("a%%b", "", "a%b"),
            ("%5d|", "42", "   42|"),
            ("%-5d|", "42", "42   |"),
            ("%05d", "-42", "-0042"),
            ("%+d", "42", "+42"),
            ("% d", "42", " 42"),
            ("%x", "255", "ff"),
            ("%#X", "255", "0XFF"),
            ("%#o", "8", "0o10"),
            ("%.3d", "7", "007"),
            ("%-10s|", "abc", "abc       |"),
            ("%.2s", "abc", "ab"),
            ("%05s", "abc", "  abc"),
            ("%.2f", "3.14159", "3.14"),
            ("%08.2f", "-3.14159", "-0003.14"),
            ("%g", "1e10", "1e+10"),
            ("%e", "12345.678", "1.234568e+04"),
            ("%G", "1e-10", "1E-10"),
            ("%f", "inf", "inf"),
            ("%(name)s!", "x", "x!"),
            ("%", "", "incomplete format"),
            ("%y", "", "unsupported format character 'y' (0x79) at index 1"),
            ("%(a", "", "incomplete format key"),
        ];
        for (template, value, expected) in cases {
            assert_eq!(shown(template, value), expected, "{template}");
        }
    }
}
