//! A template as a Python program.

use super::{Value, Variables, Wrong, mako::Piece};
use crate::python::text::quote::repr;
use std::{collections::BTreeSet, fmt::Write};

/// What every program begins with: Mako's `UNDEFINED`, Alembic's filter `comma`, Mako's own filters.
const START: &str = r#"import datetime


class _Undefined:
    def __str__(self):
        raise NameError("Undefined")

    def __bool__(self):
        return False

    def __call__(self, *args, **kwargs):
        raise NameError("Undefined")


def comma(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else ", ".join(value)


def _h(text):
    for sign, entity in (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(sign, entity)
    return text


def _trim(text):
    return text.strip()


def _config(file, toml_file, section):
    from alembic.config import Config

    return Config(file, toml_file, ini_section=section)


class _Context(dict):
    """What Mako calls `context`: the variables by name."""

    def write(self, text):
        _write(text)


_parts = []
_write = _parts.append
"#;

/// The program; its global `_text` is the template's text.
pub(super) fn program(pieces: &[Piece], variables: &Variables) -> Result<String, Wrong> {
    let mut program = START.to_string();
    let names = names(pieces);
    let own = |name: &str| matches!(name, "comma" | "context");
    for name in names.iter().filter(|name| !variables.contains_key(*name) && !own(name)) {
        // Python's own names, and those that the template sets itself, stay what they are.
        let _ = writeln!(program, "try:\n    {name}\nexcept NameError:\n    {name} = _Undefined()");
    }
    let everything = names.contains("context");
    // An object takes a while to make.
    let wanted = |name: &str, value: &Value| names.contains(name) || !matches!(value, Value::Object { .. });
    for (name, value) in variables.iter().filter(|(name, value)| everything || wanted(name, value)) {
        let _ = writeln!(program, "{name} = {}", value.repr());
    }
    if everything {
        let all: Vec<String> = variables.keys().map(|name| format!("{name}={name}")).collect();
        let _ = writeln!(program, "context = _Context({})", all.join(", "));
    }
    for piece in pieces {
        if let Piece::Module { code, .. } = piece {
            let _ = writeln!(program, "{code}");
        }
    }
    let mut body = Body { out: program, depth: 0, empty: false };
    pieces.iter().try_for_each(|piece| body.piece(piece))?;
    body.end()?;
    Ok(body.out + "_text = \"\".join(_parts)\n")
}

struct Body {
    out: String,
    depth: usize,
    /// A block was opened, and nothing stands in it yet.
    empty: bool,
}

impl Body {
    fn line(&mut self, text: &str) {
        let indent = "    ".repeat(self.depth);
        for line in text.lines() {
            self.out += &format!("{indent}{line}\n");
        }
        self.empty = false;
    }

    fn piece(&mut self, piece: &Piece) -> Result<(), Wrong> {
        match piece {
            Piece::Text(text) => self.line(&format!("_write({})", repr(text))),
            Piece::Expression { code, filters, .. } => self.line(&format!("_write({})", filtered(code, filters))),
            Piece::Code { code, .. } => self.line(code),
            Piece::Control { code, line } => self.control(code, *line)?,
            Piece::Module { .. } => {}
        }
        Ok(())
    }

    fn control(&mut self, code: &str, line: usize) -> Result<(), Wrong> {
        let word: String = code.chars().take_while(|it| it.is_alphabetic()).collect();
        let ends = word.strip_prefix("end").is_some_and(|it| matches!(it, "if" | "for" | "while" | "try" | "with"));
        if ends || matches!(&word[..], "else" | "elif" | "except" | "finally") {
            if self.depth == 0 {
                return Err(Wrong { message: format!("{code:?} has no beginning"), line });
            }
            if self.empty {
                self.line("pass");
            }
            self.depth -= 1;
        }
        if !ends {
            if !code.ends_with(':') {
                return Err(Wrong { message: format!("{code:?} wants a colon at its end"), line });
            }
            self.line(code);
            self.depth += 1;
            self.empty = true;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Wrong> {
        if self.depth > 0 {
            return Err(Wrong { message: "a control line without its end".into(), line: 1 });
        }
        Ok(())
    }
}

/// The expression inside its filters: `str` comes first, unless `n` turns it off.
fn filtered(code: &str, filters: &[String]) -> String {
    // Parentheses, since an expression may go over several lines.
    let code = format!("({code})");
    let first = if filters.iter().any(|it| it == "n") { code } else { format!("str{code}") };
    let filters = filters.iter().filter(|it| *it != "n");
    filters.fold(first, |inner, filter| match &filter[..] {
        "h" => format!("_h({inner})"),
        "trim" => format!("_trim({inner})"),
        "unicode" => format!("str({inner})"),
        other => format!("{other}({inner})"),
    })
}

/// The plain names that a template's Python uses.
fn names(pieces: &[Piece]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for piece in pieces {
        match piece {
            Piece::Control { code, .. } if code.starts_with("end") => {}
            Piece::Expression { code, .. } | Piece::Control { code, .. } | Piece::Code { code, .. } => {
                words(code, &mut names);
            }
            Piece::Text(_) | Piece::Module { .. } => {}
        }
    }
    names
}

/// Words of keywords, of strings and after a dot name nothing.
fn words(code: &str, names: &mut BTreeSet<String>) {
    let tokens = ruff_python_parser::parse_unchecked(code, ruff_python_parser::Mode::Module.into());
    for token in tokens.tokens() {
        let range = ruff_text_size::Ranged::range(token);
        let before = code[..range.start().to_usize()].trim_end();
        if token.kind() == ruff_python_ast::token::TokenKind::Name && !before.ends_with('.') {
            names.insert(code[range.start().to_usize()..range.end().to_usize()].into());
        }
    }
}
