//! Colours for a line of SQL or Python: quiet ones, so that the lit line is the loudest thing.

use yew::{Html, html};

/// A language to colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// SQL, words in any case.
    Sql,
    /// Python, line by line.
    Python,
}

const SQL: &str = " ADD ALTER AND AS ASC BEGIN BY CASCADE CASE CHECK COLLATE COLUMN COMMIT CONSTRAINT CREATE CROSS DEFAULT \
    DELETE DESC DISTINCT DROP ELSE END EXISTS FOREIGN FROM GROUP HAVING IF IN INDEX INSERT INTO IS JOIN KEY LEFT LIKE LIMIT \
    NOT NULL ON OR ORDER OUTER PRAGMA PRIMARY REFERENCES RELEASE RENAME ROLLBACK SAVEPOINT SELECT SET TABLE THEN TO TRANSACTION \
    TRIGGER UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH ";
const PYTHON: &str = " False None True and as assert async await break class continue def del elif else except finally for \
    from global if import in is lambda match nonlocal not or pass raise return try while with yield ";

/// A text in colours.
pub(crate) fn coloured(text: &str, language: Language) -> Html {
    html! { { for pieces(text, language).into_iter().map(|(class, piece)| span(class, piece)) } }
}

fn span(class: &'static str, piece: &str) -> Html {
    let piece = piece.to_owned();
    if class.is_empty() {
        html! { { piece } }
    } else {
        html! { <span {class}>{ piece }</span> }
    }
}

/// The text cut into pieces, each with its class; put together they are the text.
fn pieces(text: &str, language: Language) -> Vec<(&'static str, &str)> {
    let mut found: Vec<(&'static str, &str)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (class, length) = token(rest, first, language);
        let (piece, behind) = rest.split_at(length);
        found.push((class, piece));
        rest = behind;
    }
    found
}

fn token(rest: &str, first: char, language: Language) -> (&'static str, usize) {
    let until = |stop: fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
    match first {
        '\'' | '"' => (quote_class(first, language), quoted(rest, first)),
        '#' if language == Language::Python => ("c", rest.len()),
        '-' if rest.starts_with("--") && language == Language::Sql => ("c", until(|c| c == '\n')),
        _ if first.is_ascii_digit() => ("n", until(|c| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'))),
        _ if first.is_alphabetic() || first == '_' => {
            let length = until(|c| !(c.is_alphanumeric() || c == '_'));
            (word(&rest[..length], &rest[length..], language), length)
        }
        _ => ("", first.len_utf8()),
    }
}

/// In SQL a double quote encloses a name.
fn quote_class(quote: char, language: Language) -> &'static str {
    if quote == '"' && language == Language::Sql { "" } else { "s" }
}

fn quoted(rest: &str, quote: char) -> usize {
    rest[1..].find(quote).map_or(rest.len(), |end| end + 2)
}

fn word(word: &str, behind: &str, language: Language) -> &'static str {
    let known = match language {
        Language::Sql => SQL.contains(&format!(" {} ", word.to_ascii_uppercase())),
        Language::Python => PYTHON.contains(&format!(" {word} ")),
    };
    match known {
        true => "k",
        false if behind.starts_with('(') => "f",
        false => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: Language, expected: &str) {
        let found = pieces(text, language);
        assert_eq!(found.iter().map(|(_, piece)| *piece).collect::<String>(), text);
        let said: Vec<_> =
            found.iter().filter(|(class, _)| !class.is_empty()).map(|(c, p)| format!("{c}:{p}")).collect();
        assert_eq!(said.join(" "), expected);
    }

    #[test]
    fn colours_lose_nothing() {
        check("UPDATE seller SET email = lower(trim(contact))", Language::Sql, "k:UPDATE k:SET f:lower f:trim");
        check("VALUES ('it''s', 1.5) -- é", Language::Sql, "k:VALUES s:'it' s:'s' n:1.5 c:-- é");
        check("    op.drop_table('é')  # gone", Language::Python, "f:drop_table s:'é' c:# gone");
        check("'open", Language::Sql, "s:'open");
    }
}
