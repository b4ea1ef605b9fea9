//! Sentences, signs, times and counts as the page sets them.

use retort_protocol::words::{Sign, Word, Words};
use yew::{Html, html};

/// A sentence.
pub(crate) fn words(words: &Words) -> Html {
    let piece = |word: &Word| match word {
        Word::Plain(text) => html! { { text.clone() } },
        Word::Code(text) => html! { <code>{ text.clone() }</code> },
        Word::Strong(text) => html! { <strong>{ text.clone() }</strong> },
    };
    html! { { for words.0.iter().map(piece) } }
}

/// The character of a sign.
pub(crate) fn character(sign: Sign) -> &'static str {
    match sign {
        Sign::Added => "+",
        Sign::Changed => "~",
        Sign::Removed => "−",
    }
}

/// The class of a sign.
pub(crate) fn class(sign: Sign) -> &'static str {
    match sign {
        Sign::Added => "sign sign--add",
        Sign::Changed => "sign sign--change",
        Sign::Removed => "sign sign--remove",
    }
}

/// A sign's word.
pub(crate) fn word(sign: Sign) -> &'static str {
    match sign {
        Sign::Added => "added",
        Sign::Changed => "changed",
        Sign::Removed => "removed",
    }
}

/// A sign, for those who see it; its words stand beside it.
pub(crate) fn sign(sign: Option<Sign>) -> Html {
    match sign {
        Some(sign) => html! { <span class={class(sign)} aria-hidden="true">{ character(sign) }</span> },
        None => html! { <span class="sign"></span> },
    }
}

/// "0.3 ms", "12 ms", "1.4 s".
pub(crate) fn time(micros: u64) -> String {
    match micros {
        0..10_000 => format!("{} ms", tenths(micros, 1000)),
        10_000..1_000_000 => format!("{} ms", micros / 1000),
        _ => format!("{} s", tenths(micros, 1_000_000)),
    }
}

/// So many units with one digit behind the point. Whole numbers only: printing a float would bring 20 KB of code along.
fn tenths(number: u64, unit: u64) -> String {
    let tenths = (number * 10 + unit / 2) / unit;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// "1 row", "4 rows", "100,000 rows".
pub(crate) fn count(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(number))
}

/// "100,000"
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// "20 KB", "1.5 MB".
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{} MB", tenths(bytes, 1_048_576)),
    }
}

/// The beginning of a revision's id that the page shows where there is little room.
pub(crate) fn short(id: &str) -> &str {
    let end = id.char_indices().nth(4).map_or(id.len(), |(at, _)| at);
    // Ids that people chose, as "0001_initial", say nothing in four letters.
    if id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) { &id[..end] } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!(count(1, "row"), "1 row");
        assert_eq!(count(100_000, "row"), "100,000 rows");
        assert_eq!(time(312), "0.3 ms");
        assert_eq!(time(12_400), "12 ms");
        assert_eq!(size(20_480), "20 KB");
        assert_eq!(short("2b7e41c09d35"), "2b7e");
        assert_eq!(short("0001_initial"), "0001_initial");
    }
}
