//! The mini-language behind `format(value, spec)` and f-strings.
//!
//! `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{Wrong, float, int, pad, quote};

/// A parsed specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// What fills the width.
    pub fill: char,
    /// `<`, `>`, `^` or `=`, if one was written (a `0` before the width writes `=`).
    pub align: Option<char>,
    /// `+`, `-` or a blank.
    pub sign: char,
    /// `z`: a zero that rounding made loses its minus.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least number of characters.
    pub width: usize,
    /// `,` or `_` between groups.
    pub grouping: Option<char>,
    /// Digits after the point, or characters of a text.
    pub precision: Option<usize>,
    /// The letter at the end.
    pub kind: Option<char>,
}

/// Widths and precisions beyond this are refused, so that a spec cannot ask for all the memory.
const WIDEST: usize = 1_000_000;

impl Spec {
    /// Reads a specification; `type_name` is the value's, for the message.
    pub fn parse(text: &str, type_name: &str) -> Result<Spec, Wrong> {
        let mut reader = Reader { rest: text.chars().collect(), at: 0 };
        let (fill, align) = reader.alignment();
        let sign = reader.one_of("+- ").unwrap_or('-');
        let no_negative_zero = reader.one_of("z").is_some();
        let alternate = reader.one_of("#").is_some();
        let zero = fill.is_none() && reader.one_of("0").is_some();
        let width = reader.number()?.unwrap_or(0);
        let grouping = reader.grouping()?;
        let precision = reader.precision()?;
        let kind = reader.last(text, type_name)?;
        let fill = fill.unwrap_or(if zero { '0' } else { ' ' });
        let align = align.or((zero && type_name != "str").then_some('='));
        Ok(Spec { fill, align, sign, no_negative_zero, alternate, width, grouping, precision, kind })
    }

    fn refuse_sign_and_group(&self, type_name: &str) -> Result<(), Wrong> {
        if self.sign != '-' {
            let what = if self.sign == ' ' { "Space" } else { "Sign" };
            return Err(Wrong::value(format!("{what} not allowed in string format specifier")));
        }
        if self.alternate {
            return Err(Wrong::value("Alternate form (#) not allowed in string format specifier"));
        }
        if self.align == Some('=') {
            return Err(Wrong::value("'=' alignment not allowed in string format specifier"));
        }
        match (self.grouping, self.kind) {
            (Some(group), _) => Err(Wrong::value(format!("Cannot specify '{group}' with 's'."))),
            (None, None | Some('s')) => Ok(()),
            (None, Some(kind)) => Err(unknown(kind, type_name)),
        }
    }

    fn aligned(&self, text: &str, default: char) -> String {
        let room = self.width.saturating_sub(text.chars().count());
        let left = match self.align.unwrap_or(default) {
            '<' => 0,
            '^' => room / 2,
            _ => room,
        };
        pad::filled(text, left, room - left, self.fill)
    }
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn alignment(&mut self) -> (Option<char>, Option<char>) {
        let is_align = |c: &char| "<>=^".contains(*c);
        if let (Some(fill), Some(align)) = (self.peek(0), self.peek(1).filter(is_align)) {
            self.at += 2;
            return (Some(fill), Some(align));
        }
        let align = self.peek(0).filter(is_align);
        self.at += usize::from(align.is_some());
        // `=` alone still leaves the zero before the width to be read.
        (None, align)
    }

    fn one_of(&mut self, choice: &str) -> Option<char> {
        let found = self.peek(0).filter(|c| choice.contains(*c));
        self.at += usize::from(found.is_some());
        found
    }

    fn number(&mut self) -> Result<Option<usize>, Wrong> {
        let mut value = None;
        while let Some(digit) = self.peek(0).and_then(|c| c.to_digit(10)) {
            let sum = value.unwrap_or(0usize).saturating_mul(10).saturating_add(digit as usize);
            value = Some(sum);
            self.at += 1;
        }
        match value {
            Some(value) if value > WIDEST => Err(Wrong::value("Too many decimal digits in format string")),
            value => Ok(value),
        }
    }

    fn grouping(&mut self) -> Result<Option<char>, Wrong> {
        let group = self.one_of(",_");
        match (group, self.one_of(",_")) {
            (Some(a), Some(b)) if a == b => Err(Wrong::value(format!("Cannot specify '{a}' with '{b}'."))),
            (Some(_), Some(_)) => Err(Wrong::value("Cannot specify both ',' and '_'.")),
            (group, _) => Ok(group),
        }
    }

    fn precision(&mut self) -> Result<Option<usize>, Wrong> {
        if self.one_of(".").is_none() {
            return Ok(None);
        }
        self.number()?.map(Some).ok_or_else(|| Wrong::value("Format specifier missing precision"))
    }

    fn last(&mut self, text: &str, type_name: &str) -> Result<Option<char>, Wrong> {
        if self.rest.len() > self.at + 1 {
            let quoted = quote::repr(text);
            return Err(Wrong::value(format!("Invalid format specifier {quoted} for object of type '{type_name}'")));
        }
        Ok(self.peek(0))
    }
}

fn unknown(kind: char, type_name: &str) -> Wrong {
    Wrong::value(format!("Unknown format code '{kind}' for object of type '{type_name}'"))
}

/// `format(text, spec)`
pub fn text(value: &str, spec: &Spec) -> Result<String, Wrong> {
    spec.refuse_sign_and_group("str")?;
    let cut: String = match spec.precision {
        Some(precision) => value.chars().take(precision).collect(),
        None => value.to_string(),
    };
    Ok(spec.aligned(&cut, '<'))
}

/// `format(integer, spec)`
pub fn int(value: &BigInt, spec: &Spec) -> Result<String, Wrong> {
    match spec.kind {
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {
            let x = value.to_f64().filter(|x| x.is_finite());
            return float(x.ok_or_else(|| Wrong::overflow("int too large to convert to float"))?, spec);
        }
        _ if spec.precision.is_some() => return Err(Wrong::value("Precision not allowed in integer format specifier")),
        _ if spec.no_negative_zero => {
            return Err(Wrong::value("Negative zero coercion (z) not allowed in integer format specifier"));
        }
        Some('c') => return character(value, spec),
        _ => {}
    }
    let (base, group_size) = match spec.kind {
        None | Some('d' | 'n') => (10, 3),
        Some('x' | 'X') => (16, 4),
        Some('o') => (8, 4),
        Some('b') => (2, 4),
        Some(kind) => return Err(unknown(kind, "int")),
    };
    if let (Some(','), false, Some(kind)) = (spec.grouping, base == 10, spec.kind) {
        return Err(Wrong::value(format!("Cannot specify ',' with '{kind}'.")));
    }
    let negative = value.sign() == num_bigint::Sign::Minus;
    Ok(based(value, spec, base, group_size, negative))
}

fn based(value: &BigInt, spec: &Spec, base: u32, group_size: usize, negative: bool) -> String {
    let digits = int::to_base(value, base);
    let prefix = match (spec.alternate, base) {
        (true, 16) => "0x",
        (true, 8) => "0o",
        (true, 2) => "0b",
        _ => "",
    };
    let upper = spec.kind == Some('X');
    let cased = |text: &str| if upper { text.to_uppercase() } else { text.to_string() };
    number(&Parts { negative, prefix: &cased(prefix), whole: &cased(&digits), rest: "", group_size }, spec)
}

fn character(value: &BigInt, spec: &Spec) -> Result<String, Wrong> {
    if spec.sign != '-' {
        return Err(Wrong::value("Sign not allowed with integer format specifier 'c'"));
    }
    let c = value.to_u32().and_then(char::from_u32);
    let c = c.ok_or_else(|| Wrong::overflow("%c arg not in range(0x110000)"))?;
    Ok(spec.aligned(&c.to_string(), '<'))
}

/// `format(x, spec)` of a float.
pub fn float(x: f64, spec: &Spec) -> Result<String, Wrong> {
    let kind = match spec.kind {
        None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => spec.kind,
        Some(kind) => return Err(unknown(kind, "float")),
    };
    let scaled = if kind == Some('%') { x * 100.0 } else { x };
    let body = float_body(scaled.abs(), kind, spec);
    let zero = !body.contains(|c: char| c.is_ascii_digit() && c != '0') && scaled.is_finite();
    let negative = scaled.is_sign_negative() && !scaled.is_nan() && !(zero && spec.no_negative_zero);
    let body = if kind.is_some_and(|kind| kind.is_ascii_uppercase()) { body.to_uppercase() } else { body };
    let whole_len = body.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = body.split_at(whole_len);
    Ok(number(&Parts { negative, prefix: "", whole, rest, group_size: 3 }, spec))
}

fn float_body(x: f64, kind: Option<char>, spec: &Spec) -> String {
    let percent = if kind == Some('%') { "%" } else { "" };
    if let Some(word) = float::not_finite(x) {
        return format!("{word}{percent}");
    }
    let precision = spec.precision.unwrap_or(6);
    let notation = match kind.map(|kind| kind.to_ascii_lowercase()) {
        Some('f' | '%') => float::Notation::Fixed,
        Some('e') => float::Notation::Exponent,
        Some(_) => float::Notation::General,
        None if spec.precision.is_none() => return float::repr(x),
        None => float::Notation::Bare,
    };
    float::digits(x, notation, precision, spec.alternate) + percent
}

/// The parts of a number before it is aligned; Decimal builds them too.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// `0x` and its like.
    pub prefix: &'a str,
    /// The digits before the point, which are grouped; empty for `inf` and `nan`.
    pub whole: &'a str,
    /// Point, decimals, exponent, percent sign; or a word.
    pub rest: &'a str,
    /// How many digits make a group.
    pub group_size: usize,
}

/// Sign, grouping, filling: the end of every number's formatting.
pub fn number(parts: &Parts, spec: &Spec) -> String {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (false, '+') => "+",
        (false, ' ') => " ",
        _ => "",
    };
    let head = format!("{sign}{}", parts.prefix);
    let inside = spec.align == Some('=');
    let taken = head.chars().count() + parts.rest.chars().count();
    let zeros =
        if inside && spec.fill == '0' && !parts.whole.is_empty() { spec.width.saturating_sub(taken) } else { 0 };
    let whole = grouped(parts.whole, spec.grouping, parts.group_size, zeros);
    if inside {
        let room = spec.width.saturating_sub(taken + whole.chars().count());
        return format!("{head}{}{}", pad::filled(&whole, room, 0, spec.fill), parts.rest);
    }
    spec.aligned(&format!("{head}{whole}{}", parts.rest), '>')
}

/// Digits in groups, with leading zeros up to `least` characters, separators counted; never a separator first.
fn grouped(digits: &str, separator: Option<char>, size: usize, least: usize) -> String {
    let Some(separator) = separator else {
        return format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
    };
    let mut reversed = String::with_capacity(least.max(digits.len() * 4 / 3) + 1);
    let mut source = digits.bytes().rev();
    for count in 0.. {
        let next = source.next();
        if next.is_none() && reversed.len() >= least {
            break;
        }
        if count > 0 && count % size == 0 {
            reversed.push(separator);
        }
        reversed.push(char::from(next.unwrap_or(b'0')));
    }
    reversed.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values are read as CPython's literals: quoted is text, with a point is a float.
    fn shown(value: &str, spec: &str) -> String {
        let result = if let Some(body) = value.strip_prefix('\'') {
            Spec::parse(spec, "str").and_then(|spec| text(body.trim_end_matches('\''), &spec))
        } else if value.contains(['.', 'e', 'n', 'i']) {
            let x = float::parse(value).expect("a float of the table");
            Spec::parse(spec, "float").and_then(|spec| float(x, &spec))
        } else {
            let value = value.parse().expect("an integer of the table");
            Spec::parse(spec, "int").and_then(|spec| int(&value, &spec))
        };
        result.unwrap_or_else(|wrong| wrong.message)
    }

    #[test]
    fn values_format_as_in_cpython() {
        for line in include_str!("spec_cases.txt").lines() {
            let [value, spec, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three fields in {line:?}");
            };
            assert_eq!(shown(value, spec), expected, "format({value}, {spec:?})");
        }
    }
}
