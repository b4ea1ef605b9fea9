//! Cutting strings as Python's methods do.

use super::case::is_space_char;

/// `text.split(None, limit)`: runs of blanks divide; no empty parts.
pub fn words(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space_char);
    while !rest.is_empty() {
        if limit == Some(parts.len()) {
            parts.push(rest);
            break;
        }
        let end = rest.find(is_space_char).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(is_space_char);
    }
    parts
}

/// `text.rsplit(None, limit)`.
pub fn words_from_right(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space_char);
    while !rest.is_empty() {
        if limit == Some(parts.len()) {
            parts.push(rest);
            break;
        }
        let start = rest.char_indices().rev().find(|(_, c)| is_space_char(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        parts.push(&rest[start..]);
        rest = rest[..start].trim_end_matches(is_space_char);
    }
    parts.reverse();
    parts
}

/// `text.split(separator, limit)`; the separator is not empty.
pub fn split<'a>(text: &'a str, separator: &str, limit: Option<usize>) -> Vec<&'a str> {
    match limit {
        Some(limit) => text.splitn(limit + 1, separator).collect(),
        None => text.split(separator).collect(),
    }
}

/// `text.rsplit(separator, limit)`; the separator is not empty.
pub fn split_from_right<'a>(text: &'a str, separator: &str, limit: Option<usize>) -> Vec<&'a str> {
    let mut parts: Vec<&str> = match limit {
        Some(limit) => text.rsplitn(limit + 1, separator).collect(),
        None => text.rsplit(separator).collect(),
    };
    parts.reverse();
    parts
}

/// `text.partition(separator)`.
pub fn partition<'a>(text: &'a str, separator: &'a str) -> (&'a str, &'a str, &'a str) {
    text.split_once(separator).map_or((text, "", ""), |(before, after)| (before, separator, after))
}

/// `text.rpartition(separator)`.
pub fn partition_from_right<'a>(text: &'a str, separator: &'a str) -> (&'a str, &'a str, &'a str) {
    text.rsplit_once(separator).map_or(("", "", text), |(before, after)| (before, separator, after))
}

/// Whether the ends of lines stay at the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// `splitlines(keepends=True)`
    Kept,
    /// `splitlines()`
    Cut,
}

/// `text.splitlines()`: every line boundary that Python knows, `\r\n` as one.
pub fn lines(text: &str, ends: Ends) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, end) = match rest.char_indices().find(|(_, c)| is_line_end(*c)) {
            Some((at, '\r')) if rest[at + 1..].starts_with('\n') => (at, at + 2),
            Some((at, c)) => (at, at + c.len_utf8()),
            None => (rest.len(), rest.len()),
        };
        lines.push(if ends == Ends::Kept { &rest[..end] } else { &rest[..line] });
        rest = &rest[end..];
    }
    lines
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `text.strip(chars)`; `None` strips blanks.
pub fn strip<'a>(text: &'a str, chars: Option<&str>) -> &'a str {
    strip_left(strip_right(text, chars), chars)
}

/// `text.lstrip(chars)`.
pub fn strip_left<'a>(text: &'a str, chars: Option<&str>) -> &'a str {
    match chars {
        Some(chars) => text.trim_start_matches(|c| chars.contains(c)),
        None => text.trim_start_matches(is_space_char),
    }
}

/// `text.rstrip(chars)`.
pub fn strip_right<'a>(text: &'a str, chars: Option<&str>) -> &'a str {
    match chars {
        Some(chars) => text.trim_end_matches(|c| chars.contains(c)),
        None => text.trim_end_matches(is_space_char),
    }
}

/// `text.replace(old, new, limit)`; an empty `old` stands between all characters.
pub fn replace(text: &str, old: &str, new: &str, limit: Option<usize>) -> String {
    text.replacen(old, new, limit.unwrap_or(usize::MAX))
}

/// `text.count(part)`; an empty part is counted between all characters.
pub fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[&str], expected: &str) {
        assert_eq!(parts.join("|"), expected);
    }

    #[test]
    fn strings_are_cut_as_in_cpython() {
        check(&words("  a b  c ", None), "a|b|c");
        check(&words("  a b  c ", Some(1)), "a|b  c ");
        check(&words("  ", None), "");
        check(&words_from_right("  a b  c ", Some(1)), "  a b|c");
        check(&words_from_right(" a b c", Some(0)), " a b c");
        check(&split("a,b,c", ",", Some(1)), "a|b,c");
        check(&split("", ",", None), "");
        check(&split_from_right("a,b,c", ",", Some(1)), "a,b|c");
        check(&lines("a\r\nb\rc\n\nd", Ends::Cut), "a|b|c||d");
        check(&lines("a\r\nb\n", Ends::Kept), "a\r\n|b\n");
    }

    #[test]
    fn parts_strips_and_replacements() {
        assert_eq!(partition("a=b=c", "="), ("a", "=", "b=c"));
        assert_eq!(partition_from_right("a=b=c", "="), ("a=b", "=", "c"));
        assert_eq!(partition_from_right("abc", "="), ("", "", "abc"));
        assert_eq!(strip("xxaxx", Some("x")), "a");
        assert_eq!(strip("\x1c a \u{a0}", None), "a");
        assert_eq!(replace("aaa", "a", "b", Some(2)), "bba");
        assert_eq!(replace("ab", "", "-", None), "-a-b-");
        assert_eq!(count("aaaa", "aa"), 2);
        assert_eq!(count("ab", ""), 3);
    }
}
