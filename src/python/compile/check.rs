//! What can be said about a source before it runs: its syntax, its depth.

use crate::error::{Diagnostic, Severity, Span};
use crate::python::compile::code::Source;
use ruff_python_ast::ModModule;
use ruff_python_parser::{Mode, ParseError, ParseOptions, Parsed};
use ruff_text_size::Ranged;

/// How deep brackets, blocks and chains of operators may nest: deeper ones trap the browser's stack.
const DEEPEST: usize = 200;

/// The tree of a source, or its errors: one for its depth, or one for each line whose syntax is wrong.
pub(crate) fn parsed(source: &Source) -> Result<Parsed<ModModule>, Vec<Diagnostic>> {
    if let Some(never) = unparsable(source) {
        return Err(vec![never]);
    }
    let parsed = ruff_python_parser::parse_unchecked(&source.text, ParseOptions::from(Mode::Module));
    let mut found: Vec<Diagnostic> = parsed.errors().iter().map(|error| wrong(source, error)).collect();
    found.dedup_by_key(|diagnostic| diagnostic.span.line);
    if !found.is_empty() {
        return Err(found);
    }
    Ok(parsed.try_into_module().expect("a module was asked for"))
}

// What the parser is not even asked about.
fn unparsable(source: &Source) -> Option<Diagnostic> {
    let null = source.text.find('\0').map(|at| at as u32);
    let null = null.map(|at| diagnostic(source, at, at + 1, "source code string cannot contain null bytes"));
    null.or_else(|| too_deep(source))
}

fn wrong(source: &Source, error: &ParseError) -> Diagnostic {
    let range = error.range();
    let message = error.error.to_string();
    diagnostic(source, range.start().to_u32(), range.end().to_u32(), &in_our_words(&message))
}

// ruff's sentences, where CPython's are better known.
fn in_our_words(message: &str) -> String {
    match message {
        "Expected an expression" => "invalid syntax".to_owned(),
        "Expected ':', found newline" => "expected ':'".to_owned(),
        "Got unexpected unicode" => {
            "characters cannot be named by \\N{...} here: write them as they are, or as \\u....".to_owned()
        }
        _ => message.to_owned(),
    }
}

pub(crate) fn diagnostic(source: &Source, start: u32, end: u32, message: &str) -> Diagnostic {
    let (first, last) = (source.position(start), source.position(end));
    Diagnostic {
        file: source.path.to_string(),
        span: Span { line: first.0, column: first.1, end_line: last.0, end_column: last.1 },
        severity: Severity::Error,
        message: message.to_owned(),
        fix: None,
    }
}

// Brackets, indentation, and operators in one expression; strings and comments are skipped roughly, which may only
// count too much inside an odd string.
fn too_deep(source: &Source) -> Option<Diagnostic> {
    let bytes = source.text.as_bytes();
    let (mut depth, mut run, mut at) = (0usize, 0usize, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'#' => at += bytes[at..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - at) - 1,
            b'"' | b'\'' => at = after_string(bytes, at) - 1,
            b'\n' if depth == 0 => run = 0,
            // Unary and power operators nest to the right: each is a level.
            // A chain of operators, calls or attributes nests to the left.
            b'-' | b'+' | b'~' | b'*' | b'/' | b'|' | b'&' | b'^' | b'%' | b'@' | b'.' => run += 1,
            b'n' if bytes[at..].starts_with(b"not ") => run += 1,
            b'l' if bytes[at..].starts_with(b"lambda") => run += 1,
            b'i' if bytes[at..].starts_with(b"if ") => run += 1,
            b'\t' | b' ' | b'\n' | b'\r' => {}
            b',' | b':' if depth > 0 => run = 0,
            _ => {}
        }
        if depth > DEEPEST || run > DEEPEST * 2 {
            return Some(diagnostic(source, at as u32, at as u32 + 1, "too many nested parentheses"));
        }
        at += 1;
    }
    deep_indentation(source)
}

/// Levels of indentation, as in CPython.
const LEVELS: usize = 100;

// Lines inside brackets and strings count, too; they cannot open a hundred levels by themselves.
fn deep_indentation(source: &Source) -> Option<Diagnostic> {
    let (mut offset, mut levels) = (0, vec![0]);
    for line in source.text.split_inclusive('\n') {
        let blanks = line.len() - line.trim_start().len();
        if !line.trim().is_empty() {
            levels.retain(|level| *level < blanks);
            levels.push(blanks);
        }
        if levels.len() > LEVELS {
            return Some(diagnostic(source, offset, offset + blanks as u32, "too many levels of indentation"));
        }
        offset += line.len() as u32;
    }
    None
}

fn after_string(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let triple = bytes[start..].starts_with(&[quote, quote, quote]);
    let mut at = start + if triple { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if !triple => return at + 1,
            byte if byte == quote && (!triple || bytes[at..].starts_with(&[quote, quote, quote])) => {
                return (at + if triple { 3 } else { 1 }).min(bytes.len());
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
