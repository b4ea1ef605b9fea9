//! Filling strings up to a width, counted in characters.

/// Where the text stands in its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `ljust`
    Left,
    /// `rjust`
    Right,
    /// `center`, as `str.center` rounds.
    Center,
}

/// `text.ljust(width, fill)` and its two sisters.
pub fn justify(text: &str, width: usize, fill: char, side: Side) -> String {
    let room = width.saturating_sub(text.chars().count());
    let left = match side {
        Side::Left => 0,
        Side::Right => room,
        // CPython's own rounding: the odd blank goes left when the width is odd.
        Side::Center => room / 2 + (room & width & 1),
    };
    filled(text, left, room - left, fill)
}

/// The text between two runs of a character.
pub fn filled(text: &str, left: usize, right: usize, fill: char) -> String {
    let mut out = String::with_capacity(text.len() + (left + right) * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}

/// `text.zfill(width)`: zeros after the sign.
pub fn zfill(text: &str, width: usize) -> String {
    let room = width.saturating_sub(text.chars().count());
    let sign = usize::from(text.starts_with(['+', '-']));
    format!("{}{}{}", &text[..sign], "0".repeat(room), &text[sign..])
}

/// `text.expandtabs(size)`
pub fn expandtabs(text: &str, size: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let blanks = size - column % size;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\t' => {}
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_as_in_cpython() {
        let cases = [
            (justify("ab", 5, '.', Side::Center), "..ab."),
            (justify("a", 4, '.', Side::Center), ".a.."),
            (justify("abc", 6, '.', Side::Center), ".abc.."),
            (justify("ab", 4, 'é', Side::Left), "abéé"),
            (justify("ab", 4, ' ', Side::Right), "  ab"),
            (justify("abc", 2, ' ', Side::Right), "abc"),
            (zfill("-42", 6), "-00042"),
            (zfill("abc", 2), "abc"),
            (expandtabs("a\tb\n\tc", 4), "a   b\n    c"),
            (expandtabs("a\tb", 0), "ab"),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
    }
}
