//! Places in texts, from the engine's way of counting to the page's: columns from 1, in UTF-16 code units.

use retort::error;
use retort_protocol::files::{Diagnostic, Edit, Fix, Place, Severity, Span};
use retort_protocol::words::Words;

/// The engine's span in a text, as the page counts.
pub fn span(span: error::Span, text: &str) -> Span {
    Span { start: place(span.line, span.column, text), end: place(span.end_line, span.end_column, text) }
}

fn place(line: u32, column: u32, text: &str) -> Place {
    let content = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let units: usize = content.chars().take(column as usize).map(char::len_utf16).sum();
    Place { line: line.max(1), column: units as u32 + 1 }
}

/// A diagnostic for the page; `read` gives the text of a file that a correction changes.
pub fn diagnostic(found: &error::Diagnostic, text: &str, read: impl Fn(&str) -> Option<String>) -> Diagnostic {
    let (message, help) = match found.message.split_once('\n') {
        Some((message, help)) => (message.to_string(), Some(help.to_string())),
        None => (found.message.clone(), None),
    };
    Diagnostic {
        span: span(found.span, text),
        severity: match found.severity {
            error::Severity::Error => Severity::Error,
            error::Severity::Warning => Severity::Warning,
            error::Severity::Note => Severity::Hint,
        },
        message,
        help,
        fix: found.fix.as_ref().and_then(|it| fix(it, read)),
    }
}

/// A correction for the page; `None` where its file is not the project's.
pub fn fix(fix: &error::Fix, read: impl Fn(&str) -> Option<String>) -> Option<Fix> {
    let path = crate::shell::paths::relative(&fix.file)?.to_string();
    let text = read(&fix.file)?;
    let edit = Edit { path, span: span(fix.span, &text), text: fix.text.clone() };
    Some(Fix { title: fix.label.clone(), says: Words::default(), edits: vec![edit], command: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let span = span(error::Span { line: 2, column: 2, end_line: 2, end_column: 3 }, "a\n😀é=1");
        assert_eq!((span.start.line, span.start.column, span.end.column), (2, 4, 5));
    }
}
