//! The native part of `json`: reading without hooks, and the scanning of strings and numbers.

use crate::python::text::{float, int};
use crate::python::{Args, Flow, Machine, Module, Raise, Value, classes};
use std::fmt::Write;

/// Values inside values beyond this are refused.
const DEEPEST: usize = 500;

/// Fills the module `_json`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module
        .function(machine, "loads", loads)
        .function(machine, "string", string)
        .function(machine, "number_end", number_end)
        .function(machine, "quote", quote);
}

fn characters(machine: &Machine, text: Value) -> Vec<char> {
    machine.heap.text(text).unwrap_or_default().chars().collect()
}

/// Text that is no JSON: what was expected, and where.
struct Broken {
    message: &'static str,
    at: usize,
}

/// Why reading ended early.
enum Stop {
    Broken(Broken),
    Raise(Raise),
}

impl From<Raise> for Stop {
    fn from(raise: Raise) -> Stop {
        Stop::Raise(raise)
    }
}

fn broken<T>(message: &'static str, at: usize) -> Result<T, Stop> {
    Err(Stop::Broken(Broken { message, at }))
}

/// `loads(text)`: the value, None, 0; or None, the message, the place.
fn loads(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text] = args.exactly(machine, "loads")?;
    let text = characters(machine, text);
    let mut reader = Reader { machine, text: &text, at: 0 };
    let parts = match reader.document() {
        Ok(value) => [value, Value::None, 0usize.into()],
        Err(Stop::Broken(Broken { message, at })) => [Value::None, machine.heap.str(message), at.into()],
        Err(Stop::Raise(raise)) => return Err(raise),
    };
    Ok(machine.heap.tuple(&parts).into())
}

struct Reader<'a> {
    machine: &'a mut Machine,
    text: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Stop> {
        self.blanks();
        let value = self.value(0)?;
        self.blanks();
        if self.at == self.text.len() { Ok(value) } else { broken("Extra data", self.at) }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Stop> {
        if depth > DEEPEST {
            let message = "maximum recursion depth exceeded while decoding a JSON document";
            return Err(self.machine.error(classes::RECURSION_ERROR, message).into());
        }
        match self.peek() {
            Some('"') => {
                self.at += 1;
                let text = self.string()?;
                Ok(self.machine.heap.str(&text))
            }
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            _ => self.word().map_or_else(|| self.number(), Ok),
        }
    }

    fn word(&mut self) -> Option<Value> {
        let words = [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ];
        let rest = &self.text[self.at..];
        let begins = |word: &str| word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(a, b)| a == *b);
        let (word, value) = words.into_iter().find(|(word, _)| begins(word))?;
        self.at += word.len();
        Some(value)
    }

    fn number(&mut self) -> Result<Value, Stop> {
        let end = number_length(&self.text[self.at..]) + self.at;
        if end == self.at {
            return broken("Expecting value", self.at);
        }
        let text: String = self.text[self.at..end].iter().collect();
        self.at = end;
        if text.contains(['.', 'e', 'E']) {
            return Ok(Value::Float(float::parse(&text).expect("a number of JSON is a number of Python")));
        }
        let value = int::parse(&text, 10).map_err(|wrong| self.machine.wrong(&wrong))?;
        Ok(self.machine.int(value))
    }

    fn string(&mut self) -> Result<String, Stop> {
        let (text, end) = scan_string(self.text, self.at, true).map_err(Stop::Broken)?;
        self.at = end;
        Ok(text)
    }

    fn array(&mut self, depth: usize) -> Result<Value, Stop> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(self.machine.heap.list(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blanks();
            match self.peek() {
                Some(']') => break,
                Some(',') => {}
                _ => return broken("Expecting ',' delimiter", self.at),
            }
            let comma = self.at;
            self.at += 1;
            self.blanks();
            if self.peek() == Some(']') {
                return broken("Illegal trailing comma before end of array", comma);
            }
        }
        self.at += 1;
        Ok(self.machine.heap.list(items))
    }

    fn object(&mut self, depth: usize) -> Result<Value, Stop> {
        let dict = self.machine.new_dict();
        self.at += 1;
        self.blanks();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(dict.into());
        }
        loop {
            let (key, value) = self.pair(depth)?;
            self.machine.dict_set(dict, key, value)?;
            self.blanks();
            match self.peek() {
                Some('}') => break,
                Some(',') => {}
                _ => return broken("Expecting ',' delimiter", self.at),
            }
            let comma = self.at;
            self.at += 1;
            self.blanks();
            if self.peek() == Some('}') {
                return broken("Illegal trailing comma before end of object", comma);
            }
        }
        self.at += 1;
        Ok(dict.into())
    }

    fn pair(&mut self, depth: usize) -> Result<(Value, Value), Stop> {
        if self.peek() != Some('"') {
            return broken("Expecting property name enclosed in double quotes", self.at);
        }
        self.at += 1;
        let key = self.string()?;
        let key = self.machine.heap.str(&key);
        self.blanks();
        if self.peek() != Some(':') {
            return broken("Expecting ':' delimiter", self.at);
        }
        self.at += 1;
        self.blanks();
        Ok((key, self.value(depth + 1)?))
    }
}

/// `string(text, at, strict)`: the text from behind a quote, where it ends, None; or the message in the third place.
fn string(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, at, strict] = args.exactly(machine, "string")?;
    let text = characters(machine, text);
    let at = machine.small_index(at)? as usize;
    let parts = match scan_string(&text, at, strict == Value::Bool(true)) {
        Ok((text, end)) => [machine.heap.str(&text), end.into(), Value::None],
        Err(Broken { message, at }) => [machine.heap.str(""), at.into(), machine.heap.str(message)],
    };
    Ok(machine.heap.tuple(&parts).into())
}

/// The text of a string whose opening quote is before `start`, and the place behind its closing quote.
fn scan_string(text: &[char], start: usize, strict: bool) -> Result<(String, usize), Broken> {
    let mut out = String::new();
    let mut at = start;
    loop {
        let Some(c) = text.get(at) else {
            return Err(Broken { message: "Unterminated string starting at", at: start - 1 });
        };
        match c {
            '"' => return Ok((out, at + 1)),
            '\\' => at = escape(text, at, start, &mut out)?,
            c if strict && *c < ' ' => return Err(Broken { message: "Invalid control character at", at }),
            c => {
                out.push(*c);
                at += 1;
            }
        }
    }
}

fn escape(text: &[char], at: usize, start: usize, out: &mut String) -> Result<usize, Broken> {
    let plain = match text.get(at + 1) {
        None => return Err(Broken { message: "Unterminated string starting at", at: start - 1 }),
        Some('u') => return unicode_escape(text, at, out),
        Some(c @ ('"' | '\\' | '/')) => *c,
        Some('b') => '\x08',
        Some('f') => '\x0c',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some(_) => return Err(Broken { message: "Invalid \\escape", at }),
    };
    out.push(plain);
    Ok(at + 2)
}

fn unicode_escape(text: &[char], at: usize, out: &mut String) -> Result<usize, Broken> {
    let unit = four_digits(text, at).ok_or(Broken { message: "Invalid \\uXXXX escape", at: at + 1 })?;
    let next = at + 6;
    if (0xd800..0xdc00).contains(&unit)
        && text.get(next) == Some(&'\\')
        && text.get(next + 1) == Some(&'u')
        && let Some(low @ 0xdc00..0xe000) = four_digits(text, next)
    {
        let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        out.push(char::from_u32(code).expect("two surrogates make a character"));
        return Ok(next + 6);
    }
    // Half a pair stands for nothing; our strings cannot hold it.
    out.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
    Ok(next)
}

/// The number behind `\u` at a place.
fn four_digits(text: &[char], at: usize) -> Option<u32> {
    let digits = text.get(at + 2..at + 6)?;
    digits.iter().try_fold(0, |sum, c| Some(sum * 16 + c.to_digit(16)?))
}

/// `number_end(text, at)`: where the number that begins here ends.
fn number_end(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, at] = args.exactly(machine, "number_end")?;
    let text = characters(machine, text);
    let at = machine.small_index(at)? as usize;
    let rest = text.get(at..).unwrap_or_default();
    Ok(Value::from(at + number_length(rest)).into())
}

fn number_length(text: &[char]) -> usize {
    let digits = |from: usize| text[from.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let sign = usize::from(text.first() == Some(&'-'));
    let whole = if text.get(sign) == Some(&'0') { 1 } else { digits(sign) };
    if whole == 0 {
        return 0;
    }
    let mut end = sign + whole;
    if text.get(end) == Some(&'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if matches!(text.get(end), Some('e' | 'E')) {
        let signed = usize::from(matches!(text.get(end + 1), Some('+' | '-')));
        let exponent = digits(end + 1 + signed);
        if exponent > 0 {
            end += 1 + signed + exponent;
        }
    }
    end
}

/// `quote(text, ensure_ascii)`: the text as JSON writes it.
fn quote(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [text, ascii] = args.exactly(machine, "quote")?;
    let quoted = quoted(machine.heap.text(text).unwrap_or_default(), ascii == Value::Bool(true));
    Ok(machine.heap.str(&quoted).into())
}

fn quoted(text: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0c' => out.push_str("\\f"),
            '\x08' => out.push_str("\\b"),
            c if c < ' ' || (ascii && (!c.is_ascii() || c == '\x7f')) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("a String takes everything");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> String {
        let text: Vec<char> = text.chars().collect();
        match scan_string(&text, 1, true) {
            Ok((text, end)) => format!("{text} to {end}"),
            Err(Broken { message, at }) => format!("{message} at {at}"),
        }
    }

    #[test]
    fn strings_are_scanned_as_in_cpython() {
        let cases = [
            (r#""abc" x"#, "abc to 5"),
            (r#""a\n\u20ac\/""#, "a\n€/ to 13"),
            (r#""\ud83d\ude00""#, "😀 to 14"),
            (r#""\ud83d""#, "\u{fffd} to 8"),
            (r#""abc"#, "Unterminated string starting at at 0"),
            (r#""\q""#, "Invalid \\escape at 1"),
            (r#""\u12""#, "Invalid \\uXXXX escape at 2"),
            ("\"a\nb\"", "Invalid control character at at 2"),
        ];
        for (text, expected) in cases {
            assert_eq!(scanned(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_end_where_json_says() {
        let cases = [("12,", 2), ("-1.5e+3]", 7), ("01", 1), ("1.", 1), ("1e", 1), ("-", 0), ("x", 0)];
        for (text, expected) in cases {
            assert_eq!(number_length(&text.chars().collect::<Vec<_>>()), expected, "{text}");
        }
    }

    #[test]
    fn texts_are_quoted_as_in_cpython() {
        assert_eq!(quoted("é\"\\\n\x01😀", true), r#""\u00e9\"\\\n\u0001\ud83d\ude00""#);
        assert_eq!(quoted("é\x7f", false), "\"é\x7f\"");
    }
}
