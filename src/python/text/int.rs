//! Integers as Python reads and prints them.

use num_bigint::BigInt;
use num_traits::Zero;

use super::{Wrong, quote, split};

/// Decimal digits that are read or written, as in CPython: more take quadratic time.
pub const MOST_DIGITS: usize = 4300;

/// `int(text, base)`: blanks around it, a sign, a prefix that fits the base, underscores between digits.
/// Base 0 takes the base from the prefix.
pub fn parse(text: &str, base: u32) -> Result<BigInt, Wrong> {
    if base == 1 || base > 36 {
        return Err(Wrong::value("int() base must be >= 2 and <= 36, or 0"));
    }
    value(text, base).unwrap_or_else(|| {
        Err(Wrong::value(format!("invalid literal for int() with base {base}: {}", quote::repr(text))))
    })
}

fn too_many(digits: usize) -> Wrong {
    Wrong::value(format!(
        "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion: value has {digits} digits; use \
         sys.set_int_max_str_digits() to increase the limit"
    ))
}

fn value(text: &str, base: u32) -> Option<Result<BigInt, Wrong>> {
    let text = split::strip(text, None);
    let (negative, body) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, body, prefixed) = prefix(body, base);
    let digits = clean(body, base, prefixed)?;
    if digits.len() > MOST_DIGITS && !base.is_power_of_two() {
        return Some(Err(too_many(digits.len())));
    }
    let value = BigInt::parse_bytes(digits.as_bytes(), base)?;
    Some(Ok(if negative { -value } else { value }))
}

/// The base that a prefix names, the rest, and whether there was a prefix.
fn prefix(body: &str, base: u32) -> (u32, &str, bool) {
    let named = match body.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if named != 0 && (base == 0 || base == named) {
        return (named, &body[2..], true);
    }
    if base != 0 {
        return (base, body, false);
    }
    // In base 0 a leading zero is an old octal, which Python 3 refuses, unless it is all zeros.
    let old_octal = body.len() > 1 && body.starts_with('0') && body.chars().any(|c| c != '0' && c != '_');
    if old_octal { (10, "", false) } else { (10, body, false) }
}

fn clean(body: &str, base: u32, prefixed: bool) -> Option<String> {
    let mut out = String::with_capacity(body.len());
    let mut gap = !prefixed;
    for c in body.chars() {
        if c == '_' {
            if gap {
                return None;
            }
            gap = true;
            continue;
        }
        let digit = super::case::decimal(c).map(u32::from).or_else(|| c.to_digit(36))?;
        if digit >= base {
            return None;
        }
        out.push(char::from_digit(digit, 36).expect("a digit below 36"));
        gap = false;
    }
    (!gap && !out.is_empty()).then_some(out)
}

/// The digits of `|value|` in a base, without sign and prefix.
pub fn to_base(value: &BigInt, base: u32) -> String {
    if value.is_zero() { "0".to_string() } else { value.magnitude().to_str_radix(base) }
}

/// `hex`, `oct` and `bin`: sign, prefix, digits.
pub fn prefixed(value: &BigInt, base: u32) -> String {
    let sign = if value.sign() == num_bigint::Sign::Minus { "-" } else { "" };
    let prefix = match base {
        16 => "0x",
        8 => "0o",
        2 => "0b",
        _ => "",
    };
    format!("{sign}{prefix}{}", to_base(value, base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_read_as_in_cpython() {
        let cases = [
            ("42", 10, Some("42")),
            (" -1_000 ", 10, Some("-1000")),
            ("ff", 16, Some("255")),
            ("0xff", 16, Some("255")),
            ("0x_ff", 0, Some("255")),
            ("0b101", 0, Some("5")),
            ("0b101", 16, Some("45313")),
            ("010", 10, Some("10")),
            ("010", 0, None),
            ("00", 0, Some("0")),
            ("z", 36, Some("35")),
            ("٣٤", 10, Some("34")),
            ("1__0", 10, None),
            ("_1", 10, None),
            ("1_", 10, None),
            ("", 10, None),
            ("-", 10, None),
            ("0x", 16, None),
            ("1.5", 10, None),
            ("123456789012345678901234567890", 10, Some("123456789012345678901234567890")),
        ];
        for (text, base, expected) in cases {
            assert_eq!(parse(text, base).ok().map(|v| v.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_bad_literal_is_quoted() {
        let wrong = parse("x'", 10).expect_err("no number");
        assert_eq!(wrong.message, "invalid literal for int() with base 10: \"x'\"");
    }
}
