//! Floats as Python prints and reads them.

/// `repr(x)`: the shortest digits that read back as `x`, an exponent from 1e16 up and below 1e-4.
pub fn repr(x: f64) -> String {
    if let Some(word) = not_finite(x) {
        return word.to_string();
    }
    let (digits, exponent) = shortest(x.abs());
    let body =
        if (-4..16).contains(&exponent) { plain(&digits, exponent, true) } else { scientific(&digits, exponent) };
    if x.is_sign_negative() { format!("-{body}") } else { body }
}

/// `nan`, `inf` or `-inf`, if `x` is one of these.
pub fn not_finite(x: f64) -> Option<&'static str> {
    match x {
        x if x.is_nan() => Some("nan"),
        f64::INFINITY => Some("inf"),
        f64::NEG_INFINITY => Some("-inf"),
        _ => None,
    }
}

/// `float(text)`: blanks around it, underscores between digits, `inf`, `infinity` and `nan` in any case.
pub fn parse(text: &str) -> Option<f64> {
    let text = super::split::strip(text, None);
    let ascii = ascii_digits(text)?;
    let body = ascii.strip_prefix(['+', '-']).unwrap_or(&ascii);
    match body.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(signed(&ascii, f64::INFINITY)),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    if !body.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    ascii.parse().ok()
}

fn signed(text: &str, x: f64) -> f64 {
    if text.starts_with('-') { -x } else { x }
}

/// The text with decimal digits of any script as ASCII, and without the underscores that stand between digits.
fn ascii_digits(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '_' {
            let before = out.ends_with(|c: char| c.is_ascii_digit());
            let after = chars.peek().is_some_and(|c| super::case::decimal(*c).is_some());
            if !(before && after) {
                return None;
            }
        } else if let Some(digit) = super::case::decimal(c) {
            out.push(char::from(b'0' + digit));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// The shortest digits of a finite `x >= 0` and the exponent of the first of them.
pub fn shortest(x: f64) -> (String, i32) {
    split_exponent(&format!("{x:e}"))
}

/// `precision` digits after the first, rounded exactly, and the exponent of the first.
pub fn rounded(x: f64, precision: usize) -> (String, i32) {
    let exact = precision.min(MOST_DECIMALS);
    let (mut digits, exponent) = split_exponent(&format!("{x:.exact$e}"));
    digits.push_str(&"0".repeat(precision - exact));
    (digits, exponent)
}

/// No float has more decimals that are not zero; Rust's own formatting panics far above.
const MOST_DECIMALS: usize = 1100;

fn fixed(x: f64, precision: usize) -> String {
    let exact = precision.min(MOST_DECIMALS);
    format!("{x:.exact$}") + &"0".repeat(precision - exact)
}

fn split_exponent(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').expect("the e of Rust's LowerExp");
    (mantissa.replace('.', ""), exponent.parse().expect("an exponent that Rust wrote"))
}

/// Digits as plain decimals; `dot_zero` writes `1.0` for `1`.
pub fn plain(digits: &str, exponent: i32, dot_zero: bool) -> String {
    let count = digits.len() as i32;
    let body = if exponent < 0 {
        format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize))
    } else if exponent + 1 >= count {
        format!("{digits}{}", "0".repeat((exponent + 1 - count) as usize))
    } else {
        let (whole, rest) = digits.split_at((exponent + 1) as usize);
        format!("{whole}.{rest}")
    };
    if dot_zero && !body.contains('.') { body + ".0" } else { body }
}

/// Digits with an exponent of at least two figures: `1e+16`.
pub fn scientific(digits: &str, exponent: i32) -> String {
    let (first, rest) = digits.split_at(1);
    let dot = if rest.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{dot}{rest}e{sign}{:02}", exponent.abs())
}

/// The three ways of `%f`, `%e` and `%g`, each for a finite `x >= 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `f`: that many decimals.
    Fixed,
    /// `e`: that many decimals and an exponent.
    Exponent,
    /// `g`: that many significant digits, zeros cut off, in whichever notation is shorter.
    General,
    /// No letter but a precision: as `g`, with `.0` at whole numbers.
    Bare,
}

/// The digits of a finite `x >= 0`; `alternate` is `#`, which keeps the point and `g`'s zeros.
pub fn digits(x: f64, notation: Notation, precision: usize, alternate: bool) -> String {
    match notation {
        Notation::Fixed => with_point(fixed(x, precision), alternate),
        Notation::Exponent => {
            let (digits, exponent) = rounded(x, precision);
            pointed_exponent(scientific(&digits, exponent), alternate)
        }
        Notation::General => general(x, precision, alternate, false),
        Notation::Bare => general(x, precision, alternate, true),
    }
}

fn with_point(text: String, alternate: bool) -> String {
    if alternate && !text.contains('.') { text + "." } else { text }
}

fn pointed_exponent(text: String, alternate: bool) -> String {
    match text.split_once('e') {
        Some((mantissa, exponent)) if alternate && !mantissa.contains('.') => format!("{mantissa}.e{exponent}"),
        _ => text,
    }
}

fn general(x: f64, precision: usize, alternate: bool, dot_zero: bool) -> String {
    let precision = precision.max(1);
    let (mut digits, exponent) = rounded(x, precision - 1);
    if !alternate {
        let kept = digits.trim_end_matches('0').len().max(1);
        digits.truncate(kept);
    }
    let limit = precision as i32 - i32::from(dot_zero);
    if exponent < -4 || exponent >= limit {
        return pointed_exponent(scientific(&digits, exponent), alternate);
    }
    with_point(plain(&digits, exponent, dot_zero), alternate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_cpython() {
        let cases = [
            (0.1, "0.1"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (9_007_199_254_740_993.0, "9007199254740992.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e300, "1.5e+300"),
            (5e-324, "5e-324"),
            (123.456, "123.456"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (x, expected) in cases {
            assert_eq!(repr(x), expected);
        }
    }

    #[test]
    fn floats_read_as_in_cpython() {
        let cases = [
            (" 1_000.5 ", Some(1000.5)),
            ("-inf", Some(f64::NEG_INFINITY)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1e3", Some(1000.0)),
            ("٣.٥", Some(3.5)),
            ("1__0", None),
            ("_1", None),
            ("", None),
            ("infi", None),
            ("0x10", None),
            ("e5", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
