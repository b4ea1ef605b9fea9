//! Upper, lower and title case, and the questions a string answers about its characters.
//!
//! Rust knows the Unicode properties Alphabetic and Numeric, not Python's categories one by one; where the two
//! differ (combining marks, letter-like numbers) the nearest answer is given.

/// The value of a decimal digit of any script.
pub fn decimal(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|digit| digit as u8);
    }
    let code = c as u32;
    let after = DECIMAL_ZEROS.partition_point(|zero| *zero <= code);
    let zero = DECIMAL_ZEROS.get(after.checked_sub(1)?)?;
    (code - zero < 10).then_some((code - zero) as u8)
}

/// The zeros of Unicode's category Nd outside ASCII; nine more digits follow each.
const DECIMAL_ZEROS: [u32; 67] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0,
    0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60,
    0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e950, 0x1fbf0,
];

/// What `str.isspace` and `str.split` hold for a blank.
pub fn is_space_char(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// What `repr` writes as it is: no control, format, private, unassigned or separator characters but the blank.
pub fn is_printable_char(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    // Rust escapes exactly Python's unprintable categories; a combining mark only at the start of a text.
    let mut text = String::from("a");
    text.push(c);
    text.escape_debug().nth(1) == Some(c)
}

fn is_alpha_char(c: char) -> bool {
    c.is_alphabetic() && !c.is_numeric()
}

fn is_digit_char(c: char) -> bool {
    decimal(c).is_some()
        || matches!(c, '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '①'..='⑨')
}

fn is_numeric_char(c: char) -> bool {
    c.is_numeric() || "零一二三四五六七八九十百千万億兆".contains(c)
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title_char(c)
}

fn is_title_char(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

fn all(text: &str, question: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(question)
}

/// `text.isspace()`
pub fn is_space(text: &str) -> bool {
    all(text, is_space_char)
}

/// `text.isalpha()`
pub fn is_alpha(text: &str) -> bool {
    all(text, is_alpha_char)
}

/// `text.isalnum()`
pub fn is_alnum(text: &str) -> bool {
    all(text, |c| is_alpha_char(c) || is_numeric_char(c))
}

/// `text.isdecimal()`
pub fn is_decimal(text: &str) -> bool {
    all(text, |c| decimal(c).is_some())
}

/// `text.isdigit()`
pub fn is_digit(text: &str) -> bool {
    all(text, is_digit_char)
}

/// `text.isnumeric()`
pub fn is_numeric(text: &str) -> bool {
    all(text, is_numeric_char)
}

/// `text.isprintable()`, which the empty string is.
pub fn is_printable(text: &str) -> bool {
    text.chars().all(is_printable_char)
}

/// `text.isidentifier()`; keywords are identifiers too.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || is_alpha_char(c));
    starts && chars.all(|c| c == '_' || c.is_alphanumeric() || decimal(c).is_some())
}

/// `text.islower()`
pub fn is_lower(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && !text.chars().any(|c| c.is_uppercase() || is_title_char(c))
}

/// `text.isupper()`
pub fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(|c| c.is_lowercase() || is_title_char(c))
}

/// `text.istitle()`: upper case only after what has no case, lower case only after what has.
pub fn is_title(text: &str) -> bool {
    let mut inside = false;
    let mut any = false;
    for c in text.chars() {
        if (c.is_uppercase() || is_title_char(c)) && inside || c.is_lowercase() && !inside {
            return false;
        }
        inside = is_cased(c);
        any |= inside;
    }
    any
}

/// `text.title()`
pub fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            push_title(c, &mut out);
        }
        inside = is_cased(c);
    }
    out
}

/// `text.capitalize()`
pub fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    let mut out = String::with_capacity(text.len());
    if let Some(first) = chars.next() {
        push_title(first, &mut out);
    }
    out + &chars.as_str().to_lowercase()
}

/// The title case of a character: its upper case, of which only the first letter stays big (`ß` is `Ss`).
fn push_title(c: char, out: &mut String) {
    match c {
        'ǆ' | 'ǅ' | 'Ǆ' => out.push('ǅ'),
        c => {
            let mut upper = c.to_uppercase();
            out.extend(upper.next());
            out.extend(upper.flat_map(char::to_lowercase));
        }
    }
}

/// `text.swapcase()`
pub fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() { out.extend(c.to_lowercase()) } else { out.extend(c.to_uppercase()) }
    }
    out
}

/// `text.casefold()`: lower case, with the full folds that people meet (`ß`, the final sigma, ligatures).
pub fn casefold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ς' => out.push('σ'),
            'ſ' => out.push('s'),
            'µ' => out.push('μ'),
            'ŉ' => out.push_str("ʼn"),
            '\u{fb00}'..='\u{fb06}' => out.extend(c.to_uppercase().flat_map(char::to_lowercase)),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_change_as_in_cpython() {
        assert_eq!(title("hello wORLD it's x2y"), "Hello World It'S X2Y");
        assert_eq!(capitalize("hELLO World"), "Hello world");
        assert_eq!(capitalize("ßa"), "Ssa");
        assert_eq!(swapcase("aBc"), "AbC");
        assert_eq!(casefold("Straße"), "strasse");
    }

    #[test]
    fn questions_are_answered_as_in_cpython() {
        let cases: [(fn(&str) -> bool, &str, bool); 20] = [
            (is_identifier, "a1_", true),
            (is_identifier, "1a", false),
            (is_identifier, "", false),
            (is_identifier, "é", true),
            (is_decimal, "٣4", true),
            (is_decimal, "²", false),
            (is_digit, "²", true),
            (is_numeric, "½", true),
            (is_alpha, "aé", true),
            (is_alpha, "a1", false),
            (is_alnum, "a1", true),
            (is_space, " \t\x1f", true),
            (is_space, "", false),
            (is_lower, "a1", true),
            (is_lower, "1", false),
            (is_upper, "A1", true),
            (is_title, "Hello World", true),
            (is_title, "Hello world", false),
            (is_printable, "a\n", false),
            (is_printable, "", true),
        ];
        for (question, text, expected) in cases {
            assert_eq!(question(text), expected, "{text}");
        }
    }
}
