//! The templates of `str.format`: literals and replacement fields.

use super::Wrong;

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands, with doubled braces made single.
    Literal(String),
    /// `{…}`
    Field(Field),
}

/// A replacement field: `{first.attr[item]!r:spec}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The argument.
    pub first: First,
    /// Attributes and items, in their order.
    pub path: Vec<Step>,
    /// `r`, `s` or `a`.
    pub conversion: Option<char>,
    /// The specification, which may hold fields itself.
    pub spec: Vec<Piece>,
}

/// Which argument a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// `{}`: the next one.
    Auto,
    /// `{0}`
    Index(usize),
    /// `{name}`
    Name(String),
}

/// A step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `.name`
    Attribute(String),
    /// `[3]`
    Index(usize),
    /// `[key]`
    Key(String),
}

/// Reads a template. Specifications may nest fields once, as in CPython.
pub fn parse(text: &str) -> Result<Vec<Piece>, Wrong> {
    pieces(text, 2)
}

fn pieces(text: &str, depth: usize) -> Result<Vec<Piece>, Wrong> {
    if depth == 0 {
        return Err(Wrong::value("Max string recursion exceeded"));
    }
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if after.starts_with(brace) {
            literal.push_str(brace);
            rest = &after[1..];
        } else if brace == "}" {
            return Err(Wrong::value("Single '}' encountered in format string"));
        } else {
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            let (inside, remaining) = field_text(after)?;
            pieces.push(Piece::Field(field(inside, depth)?));
            rest = remaining;
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

/// The text up to the brace that closes the field, and what follows it.
fn field_text(text: &str) -> Result<(&str, &str), Wrong> {
    if text.is_empty() {
        return Err(Wrong::value("Single '{' encountered in format string"));
    }
    let mut depth = 1;
    let mut bracket = false;
    for (at, c) in text.char_indices() {
        match c {
            '[' if depth == 1 && !bracket => bracket = true,
            ']' => bracket = false,
            '{' if !bracket => depth += 1,
            '}' if !bracket && depth == 1 => return Ok((&text[..at], &text[at + 1..])),
            '}' if !bracket => depth -= 1,
            _ => {}
        }
    }
    Err(Wrong::value("expected '}' before end of string"))
}

fn field(text: &str, depth: usize) -> Result<Field, Wrong> {
    let (name, conversion, spec) = divide(text)?;
    let (first, path) = path(name)?;
    let spec = if spec.contains(['{', '}']) {
        pieces(spec, depth - 1)?
    } else if spec.is_empty() {
        Vec::new()
    } else {
        vec![Piece::Literal(spec.to_string())]
    };
    Ok(Field { first, path, conversion, spec })
}

/// The name, the letter after `!`, the text after `:`.
fn divide(text: &str) -> Result<(&str, Option<char>, &str), Wrong> {
    let mut bracket = false;
    let end = text.find(|c| {
        bracket = (bracket || c == '[') && c != ']';
        !bracket && (c == ':' || c == '!')
    });
    let Some(end) = end else { return Ok((text, None, "")) };
    let (name, tail) = text.split_at(end);
    if let Some(spec) = tail.strip_prefix(':') {
        return Ok((name, None, spec));
    }
    let mut chars = tail[1..].chars();
    let conversion =
        chars.next().ok_or_else(|| Wrong::value("end of string while looking for conversion specifier"))?;
    match chars.next() {
        None => Ok((name, Some(conversion), "")),
        Some(':') => Ok((name, Some(conversion), chars.as_str())),
        Some(_) => Err(Wrong::value("expected ':' after conversion specifier")),
    }
}

/// The argument and the steps of `name.attr[item]`; `string.Formatter` uses it too.
pub fn path(name: &str) -> Result<(First, Vec<Step>), Wrong> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let first = match first {
        "" => First::Auto,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => First::Index(number(digits)?),
        name => First::Name(name.to_string()),
    };
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, remaining) = step(rest)?;
        steps.push(step);
        rest = remaining;
    }
    Ok((first, steps))
}

fn step(rest: &str) -> Result<(Step, &str), Wrong> {
    if let Some(tail) = rest.strip_prefix('.') {
        let end = tail.find(['.', '[']).unwrap_or(tail.len());
        if end == 0 {
            return Err(Wrong::value("Empty attribute in format string"));
        }
        return Ok((Step::Attribute(tail[..end].to_string()), &tail[end..]));
    }
    let Some(tail) = rest.strip_prefix('[') else {
        return Err(Wrong::value("Only '.' or '[' may follow ']' in format field specifier"));
    };
    let end = tail.find(']').ok_or_else(|| Wrong::value("Missing ']' in format string"))?;
    let key = &tail[..end];
    if key.is_empty() {
        return Err(Wrong::value("Empty attribute in format string"));
    }
    let numeric = key.bytes().all(|b| b.is_ascii_digit());
    let step = if numeric { Step::Index(number(key)?) } else { Step::Key(key.to_string()) };
    Ok((step, &tail[end + 1..]))
}

fn number(digits: &str) -> Result<usize, Wrong> {
    digits.parse().map_err(|_| Wrong::value("Too many decimal digits in format string"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Field(field) => {
                    let conversion = field.conversion.map(|c| format!("!{c}")).unwrap_or_default();
                    format!("<{:?} {:?}{conversion}:{}>", field.first, field.path, shown(&field.spec))
                }
            })
            .collect()
    }

    #[test]
    fn templates_are_read_as_in_cpython() {
        let cases = [
            ("a{{b}}", "a{b}"),
            ("{}", "<Auto []:>"),
            ("{0!r:>{w}}", "<Index(0) []!r:><Name(\"w\") []:>>"),
            ("{a.b[c][0]}", "<Name(\"a\") [Attribute(\"b\"), Key(\"c\"), Index(0)]:>"),
            ("{:%Y-%m-%d %H:%M}", "<Auto []:%Y-%m-%d %H:%M>"),
            ("{x", "expected '}' before end of string"),
            ("{", "Single '{' encountered in format string"),
            ("}", "Single '}' encountered in format string"),
            ("{a!}", "end of string while looking for conversion specifier"),
            ("{a[}", "expected '}' before end of string"),
            ("{a.}", "Empty attribute in format string"),
        ];
        for (text, expected) in cases {
            let found = parse(text).map_or_else(|wrong| wrong.message, |pieces| shown(&pieces));
            assert_eq!(found, expected, "{text}");
        }
    }
}
