//! The parameters inside `text("… :name …")`.

use std::borrow::Cow;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// SQL as it goes to the database.
    Sql(Cow<'a, str>),
    /// `:name`.
    Parameter(&'a str),
}

/// The pieces of a text, by SQLAlchemy's rule `(?<![:\w\\]):(\w+)(?!:)`; `\:name` is a colon that stays.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(colon) = text[at..].find(':').map(|offset| at + offset) {
        let end = colon + 1 + name_length(&text[colon + 1..]);
        if end > colon + 1 && may_start(text[..colon].chars().next_back()) && !text[end..].starts_with(':') {
            push_sql(&text[from..colon], &mut pieces);
            pieces.push(Piece::Parameter(&text[colon + 1..end]));
            from = end;
        }
        at = end;
    }
    push_sql(&text[from..], &mut pieces);
    pieces
}

/// A text in which nothing stands for a parameter: what a database gave, to be compiled again as it is.
pub fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Sql(sql) => result.push_str(&sql),
            Piece::Parameter(name) => {
                result.push_str("\\:");
                result.push_str(name);
            }
        }
    }
    result
}

/// The names of the parameters, each once, in order.
pub fn parameter_names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Parameter(name) = piece
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_string());
        }
    }
    names
}

fn name_length(text: &str) -> usize {
    text.find(|it: char| !is_word(it)).unwrap_or(text.len())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn may_start(before: Option<char>) -> bool {
    !before.is_some_and(|it| it == ':' || it == '\\' || is_word(it))
}

fn push_sql<'a>(sql: &'a str, pieces: &mut Vec<Piece<'a>>) {
    if !sql.is_empty() {
        pieces.push(Piece::Sql(if sql.contains("\\:") { sql.replace("\\:", ":").into() } else { sql.into() }));
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Sql(sql) => sql.into_owned(),
                Piece::Parameter(name) => format!("<{name}>"),
            })
            .collect();
        assert_eq!(shown.concat(), expected, "{text}");
    }

    #[test]
    fn parameters_are_found_where_sqlalchemy_finds_them() {
        check("a = :x AND b = :y", "a = <x> AND b = <y>");
        check("a::int = :x", "a::int = <x>");
        check("time '10:30' :z", "time '10:30' <z>");
        check(r"a \:b", "a :b");
        check("(:a,:b)", "(<a>,<b>)");
        check("'é :ü'", "'é <ü>'");
    }
}
