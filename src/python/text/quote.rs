//! How Python writes strings and bytes as literals.

use std::fmt::Write;

/// `repr(text)`: single quotes, unless there are only single ones inside; what cannot be printed is escaped.
pub fn repr(text: &str) -> String {
    quoted(text, super::case::is_printable_char)
}

/// `ascii(text)`: as `repr`, with everything outside ASCII escaped.
pub fn ascii(text: &str) -> String {
    quoted(text, |c| c.is_ascii() && !c.is_ascii_control())
}

/// The escapes of `ascii()` over an existing text, without quotes: what `%a` does to a repr.
pub fn escape_non_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() { out.push(c) } else { escape(c, &mut out) }
    }
    out
}

fn quoted(text: &str, printable: impl Fn(char) -> bool) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if printable(c) => out.push(c),
            c => escape(c, &mut out),
        }
    }
    out.push(quote);
    out
}

fn escape(c: char, out: &mut String) {
    let code = c as u32;
    let written = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
    written.expect("a String takes everything");
}

/// `repr(bytes)`: `b'…'`.
pub fn bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if char::from(byte) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(byte)),
            byte => escape(char::from(byte), &mut out),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_in_cpython() {
        let cases = [
            ("it", "'it'"),
            ("it's", "\"it's\""),
            ("it's \"so\"", "'it\\'s \"so\"'"),
            ("a\\b\n\t\r", "'a\\\\b\\n\\t\\r'"),
            ("\x00\x7f\u{a0}é", "'\\x00\\x7f\\xa0é'"),
            ("\u{200b}\u{1f600}", "'\\u200b\u{1f600}'"),
            ("e\u{301}", "'e\u{301}'"),
        ];
        for (text, expected) in cases {
            assert_eq!(repr(text), expected);
        }
        assert_eq!(ascii("é\u{1f600}"), "'\\xe9\\U0001f600'");
        assert_eq!(bytes(b"a'\xff\n"), "b\"a'\\xff\\n\"");
    }
}
