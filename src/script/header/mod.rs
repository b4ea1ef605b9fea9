//! What a revision file says about itself, read without running it.

mod skim;

use crate::{
    error::{Diagnostic, Severity, Span},
    host::Kept,
    python::{Source, text::split},
};
use ruff_python_ast::{Expr, Stmt};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The names at the head of a revision file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// `revision`; `None` where the file does not define it.
    pub revision: Option<String>,
    /// `down_revision`; `None` where the file does not define it, which Alembic refuses.
    pub down_revision: Option<Vec<String>>,
    /// `depends_on`.
    pub depends_on: Vec<String>,
    /// `branch_labels`.
    pub branch_labels: Vec<String>,
    /// The docstring.
    pub doc: String,
}

/// What reading a file's head without running it gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// All that there is to know.
    Known(Header),
    /// A name is computed: only running the module tells.
    Computed,
    /// The file is no Python.
    Broken(Diagnostic),
}

/// The names that count.
const NAMES: [&str; 4] = ["revision", "down_revision", "depends_on", "branch_labels"];

/// Deeper brackets are left to the machine, which refuses them with a diagnostic; the parser would overflow the stack.
const DEPTH: usize = 100;

/// Reads the head of a file, or has it from those that are kept.
pub fn known(source: &str, file: &str, kept: Option<&Kept>) -> Reading {
    if let Some(header) = kept.and_then(|kept| kept.get::<Header>(source)) {
        return Reading::Known((*header).clone());
    }
    let reading = read(source, file);
    if let (Reading::Known(header), Some(kept)) = (&reading, kept) {
        kept.keep(source, header.clone());
    }
    reading
}

/// Reads the head of a file.
pub fn read(source: &str, file: &str) -> Reading {
    if let Some((constants, doc)) = skim::read(source) {
        return Reading::Known(header(constants, doc));
    }
    read_whole(source, file)
}

// As `read`, by the parser.
fn read_whole(source: &str, file: &str) -> Reading {
    let source = &*Source::new(file, source, false).text;
    if deepest_bracket(source) > DEPTH {
        return Reading::Computed;
    }
    let module = match ruff_python_parser::parse_module(source) {
        Ok(parsed) => parsed.into_syntax(),
        Err(error) => return Reading::Broken(diagnostic(source, file, &error)),
    };
    let mut constants = FxHashMap::default();
    for statement in &module.body {
        if constant(statement, source, &mut constants).is_none() {
            return Reading::Computed;
        }
    }
    Reading::Known(header(constants, docstring(&module.body)))
}

fn header(mut constants: Constants, doc: &str) -> Header {
    let mut list = |name: &str| constants.remove(name).map(Constant::list);
    Header {
        down_revision: list("down_revision"),
        depends_on: list("depends_on").unwrap_or_default(),
        branch_labels: list("branch_labels").unwrap_or_default(),
        revision: list("revision").and_then(|ids| ids.into_iter().next()),
        doc: split::strip(doc, None).into(),
    }
}

/// A value that can be told without running anything.
#[derive(Debug, Clone)]
enum Constant {
    None,
    Text(String),
    List(Vec<String>),
}

impl Constant {
    fn list(self) -> Vec<String> {
        match self {
            Constant::Text(text) if !text.is_empty() => vec![text],
            Constant::None | Constant::Text(_) => Vec::new(),
            Constant::List(list) => list,
        }
    }
}

type Constants = FxHashMap<String, Constant>;

/// Remembers what a statement assigns; `None` where it assigns one of the names something that is not constant.
fn constant(statement: &Stmt, source: &str, constants: &mut Constants) -> Option<()> {
    match statement {
        Stmt::Assign(assign) => {
            let value = value(&assign.value, constants);
            assign.targets.iter().try_for_each(|target| remember(target, value.clone(), constants))
        }
        Stmt::AnnAssign(assign) => match &assign.value {
            Some(given) => {
                let value = value(given, constants);
                remember(&assign.target, value, constants)
            }
            None => Some(()),
        },
        Stmt::AugAssign(assign) => remember(&assign.target, None, constants),
        Stmt::Delete(delete) => delete.targets.iter().try_for_each(|target| remember(target, None, constants)),
        Stmt::If(_) | Stmt::Try(_) | Stmt::With(_) | Stmt::For(_) | Stmt::While(_) | Stmt::Match(_) => {
            // What runs only perhaps may set a name, also through `global` or `globals()`; the words tell enough.
            let range = ruff_text_size::Ranged::range(statement);
            let text = &source[range.start().to_usize()..range.end().to_usize()];
            (!NAMES.iter().any(|name| text.contains(name))).then_some(())
        }
        _ => Some(()),
    }
}

fn remember(target: &Expr, value: Option<Constant>, constants: &mut Constants) -> Option<()> {
    let names: Vec<&str> = match target {
        Expr::Name(name) => vec![name.id.as_str()],
        Expr::Tuple(tuple) => tuple.elts.iter().filter_map(|it| it.as_name_expr()).map(|it| it.id.as_str()).collect(),
        _ => Vec::new(),
    };
    let value = value.filter(|_| target.is_name_expr());
    for name in names {
        match &value {
            Some(value) => drop(constants.insert(name.into(), value.clone())),
            None if NAMES.contains(&name) => return None,
            None => drop(constants.remove(name)),
        }
    }
    Some(())
}

fn value(expression: &Expr, constants: &Constants) -> Option<Constant> {
    match expression {
        Expr::NoneLiteral(_) => Some(Constant::None),
        Expr::StringLiteral(text) => Some(Constant::Text(text.value.to_str().into())),
        Expr::Name(name) => constants.get(name.id.as_str()).cloned(),
        Expr::Tuple(tuple) => texts(&tuple.elts, constants),
        Expr::List(list) => texts(&list.elts, constants),
        Expr::Set(set) => texts(&set.elts, constants),
        _ => None,
    }
}

fn texts(items: &[Expr], constants: &Constants) -> Option<Constant> {
    let text = |item: &Expr| match value(item, constants) {
        Some(Constant::Text(text)) => Some(text),
        _ => None,
    };
    items.iter().map(text).collect::<Option<_>>().map(Constant::List)
}

fn docstring(body: &[Stmt]) -> &str {
    let first = body.first().and_then(Stmt::as_expr_stmt).and_then(|it| it.value.as_string_literal_expr());
    first.map_or("", |text| text.value.to_str())
}

fn deepest_bracket(source: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn diagnostic(source: &str, file: &str, error: &ruff_python_parser::ParseError) -> Diagnostic {
    let (line, column) = place(source, error.location.start().to_usize());
    let (end_line, end_column) = place(source, error.location.end().to_usize());
    Diagnostic {
        file: file.into(),
        span: Span { line, column, end_line, end_column },
        severity: Severity::Error,
        message: error.error.to_string(),
        fix: None,
    }
}

fn place(source: &str, offset: usize) -> (u32, u32) {
    let before = &source[..offset.min(source.len())];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() as u32 + 1, before[line_start..].chars().count() as u32)
}

#[cfg(test)]
mod tests {
    use super::{Reading, header, read_whole, skim};

    const FILE: &str = include_str!("sample.txt");

    /// What the skim says is what the parser says; true if it says something.
    fn check(source: &str) -> bool {
        let Some((constants, doc)) = skim::read(source) else { return false };
        assert_eq!(Reading::Known(header(constants, doc)), read_whole(source, "a.py"), "{source}");
        true
    }

    #[test]
    fn a_usual_file_needs_no_parser() {
        assert!(check(FILE));
    }

    #[test]
    fn what_was_skimmed_is_what_was_parsed() {
        let places: Vec<usize> = FILE.char_indices().map(|(at, _)| at).collect();
        for (at, end) in places.iter().zip(places.iter().skip(1)) {
            check(&format!("{}{}", &FILE[..*at], &FILE[*end..]));
            for more in [" ", "(", ")", ",", "=", "'", "\"", "#", "0", "\u{e9}"] {
                check(&format!("{}{more}{}", &FILE[..*at], &FILE[*at..]));
            }
        }
        let lines: Vec<&str> = FILE.split_inclusive('\n').collect();
        for (at, line) in lines.iter().enumerate() {
            let without = [&lines[..at], &lines[at + 1..]].concat().concat();
            check(&without);
            check(&[&lines[..at], &[*line, *line], &lines[at + 1..]].concat().concat());
            check(&lines[..at].concat());
        }
    }
}
