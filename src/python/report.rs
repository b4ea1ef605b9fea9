//! Exceptions as the outside sees them: CPython's text, and the places as data.

use crate::error;
use crate::python::heap::Heap;
use crate::python::heap::{classes, names};
use crate::python::machine::code::Code;
use crate::python::machine::{Machine, suggest};
use crate::python::native::Raise;
use crate::python::value::Value;
use std::fmt::Write;

/// An exception that ended a run.
#[derive(Debug)]
pub struct Raised {
    /// The exception object; alive until something else is scheduled.
    pub exception: Value,
    /// What there is to print and to show.
    pub traceback: error::Traceback,
}

/// One line of a traceback.
struct Line {
    place: error::Place,
    text: String,
}

impl Machine {
    /// The report of an exception.
    pub fn report(&mut self, raise: Raise) -> Raised {
        let exception = raise.0;
        let class = self.exception_class(exception);
        let message = self.exception_message(exception);
        let frames = self.trace_lines(exception).into_iter().map(|line| line.place).collect();
        let text = self.traceback_text(exception);
        Raised { exception, traceback: error::Traceback { class, message, frames, text } }
    }

    /// What CPython prints for an exception, with its causes and contexts.
    pub fn traceback_text(&mut self, exception: Value) -> String {
        let mut text = String::new();
        let mut seen = Vec::new();
        self.write_chain(exception, &mut seen, &mut text);
        text
    }

    fn write_chain(&mut self, exception: Value, seen: &mut Vec<Value>, out: &mut String) {
        seen.push(exception);
        let Some(data) = self.exception_data(exception) else { return };
        let (cause, context, suppress) = (data.cause, data.context, data.suppress);
        if !cause.is_none() && !seen.contains(&cause) && seen.len() < 20 {
            self.write_chain(cause, seen, out);
            out.push_str("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if !context.is_none() && !suppress && !seen.contains(&context) && seen.len() < 20 {
            self.write_chain(context, seen, out);
            out.push_str("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
        if self.is_instance(exception, classes::BASE_EXCEPTION_GROUP) {
            self.write_group(exception, "", out);
        } else {
            self.write_one(exception, "", out);
        }
    }

    fn write_one(&mut self, exception: Value, indent: &str, out: &mut String) {
        let lines = self.trace_lines(exception);
        if !lines.is_empty() {
            let _ = writeln!(out, "{indent}Traceback (most recent call last):");
        }
        write_lines(&lines, indent, out);
        self.write_last(exception, indent, out);
    }

    fn write_last(&mut self, exception: Value, indent: &str, out: &mut String) {
        if self.is_instance(exception, classes::SYNTAX_ERROR) {
            self.write_syntax_place(exception, indent, out);
        }
        let (class, message) = (self.exception_class(exception), self.exception_message(exception));
        let hint = self.hint(exception);
        let text = if message.is_empty() { class } else { format!("{class}: {message}") };
        for line in format!("{text}{hint}").split('\n') {
            let _ = writeln!(out, "{indent}{line}");
        }
        if let Ok(Some(notes)) = self.find_attr(exception, "__notes__") {
            for note in self.items(notes).unwrap_or_default() {
                let note = self.str(note).unwrap_or_default();
                for line in note.split('\n') {
                    let _ = writeln!(out, "{indent}{line}");
                }
            }
        }
    }

    fn write_group(&mut self, group: Value, indent: &str, out: &mut String) {
        let lines = self.trace_lines(group);
        let inner = format!("{indent}  ");
        let bar = format!("{inner}| ");
        if !lines.is_empty() {
            let margin = if indent.is_empty() { '+' } else { '|' };
            let _ = writeln!(out, "{inner}{margin} Exception Group Traceback (most recent call last):");
        }
        write_lines(&lines, &bar, out);
        self.write_last(group, &bar, out);
        let parts = self.group_parts(group).unwrap_or_default();
        let last = parts.len();
        for (at, part) in parts.into_iter().enumerate() {
            let rule = if at == 0 {
                format!("{inner}+-+---------------- 1 ----------------\n")
            } else {
                format!("{inner}  +---------------- {} ----------------\n", at + 1)
            };
            out.push_str(&rule);
            let nested = self.is_instance(part, classes::BASE_EXCEPTION_GROUP) && indent.len() < 40;
            if nested {
                self.write_group(part, &inner, out);
            } else {
                self.write_one(part, &format!("{inner}  | "), out);
            }
            // A group at the end has drawn its own closing line.
            if at + 1 == last && !nested {
                let _ = writeln!(out, "{inner}  +------------------------------------");
            }
        }
    }

    fn write_syntax_place(&mut self, exception: Value, indent: &str, out: &mut String) {
        let mut part = |name: &str| self.find_attr(exception, name).ok().flatten();
        let (file, line, offset, end, text) =
            (part("filename"), part("lineno"), part("offset"), part("end_offset"), part("text"));
        let (Some(file), Some(Value::Int(line)), Some(Value::Int(offset)), Some(text)) = (file, line, offset, text)
        else {
            return;
        };
        let file = self.heap.text(file).unwrap_or_default().to_owned();
        let text = self.heap.text(text).unwrap_or_default().trim_end().to_owned();
        let shift = text.chars().take_while(|c| c.is_whitespace()).count();
        let width = if let Some(Value::Int(end)) = end { (end - offset).max(1) as usize } else { 1 };
        let _ = writeln!(out, "{indent}  File \"{file}\", line {line}");
        let _ = writeln!(out, "{indent}    {}", text.trim_start());
        let column = (offset as usize).saturating_sub(1 + shift);
        let _ = writeln!(out, "{indent}    {}{}", " ".repeat(column), "^".repeat(width));
    }

    /// `module.Qualname`, as the last line of a traceback begins.
    pub fn exception_class(&self, exception: Value) -> String {
        let class = self.heap.class_of(exception);
        let title = self.class_title(class, &self.heap.class(class).qualname);
        title.strip_prefix("__main__.").map(str::to_owned).unwrap_or(title)
    }

    /// `str(exception)`; what goes wrong there is said instead.
    pub fn exception_message(&mut self, exception: Value) -> String {
        self.str(exception).unwrap_or_else(|_| "<exception str() failed>".to_owned())
    }

    fn hint(&mut self, exception: Value) -> String {
        let Ok(Some(name)) = self.find_attr(exception, "name") else { return String::new() };
        let Some(name) = self.heap.text(name).map(str::to_owned) else { return String::new() };
        if self.is_instance(exception, classes::NAME_ERROR) {
            return self.name_hint(exception, &name);
        }
        if self.is_instance(exception, classes::ATTRIBUTE_ERROR) {
            let Ok(Some(object)) = self.find_attr(exception, "obj") else { return String::new() };
            let known = self.dir(object).unwrap_or_default();
            return did_you_mean(suggest::nearest(&name, known.iter().map(String::as_str)));
        }
        String::new()
    }

    fn name_hint(&mut self, exception: Value, name: &str) -> String {
        let Some(entry) = self.exception_data(exception).and_then(|data| data.trace.first()) else {
            return String::new();
        };
        let code = entry.code.clone();
        let globals = self.globals_of(&code);
        let mut known: Vec<String> = code.body().locals.iter().map(|name| self.heap.name(*name).to_owned()).collect();
        for dict in globals.into_iter().chain([self.builtins]) {
            known.extend(
                self.dict_entries(dict).into_iter().filter_map(|(key, _)| self.heap.text(key).map(str::to_owned)),
            );
        }
        let hint = suggest::nearest(name, known.iter().map(String::as_str));
        let embedded =
            self.images.iter().any(|image| image.has(name)) || self.unfetched.iter().any(|later| later.has(name));
        let module = embedded || self.native_modules.contains_key(name);
        match (hint, module) {
            (Some(hint), false) => format!(". Did you mean: '{hint}'?"),
            (Some(hint), true) => format!(". Did you mean: '{hint}'? Or did you forget to import '{name}'?"),
            (None, true) => format!(". Did you forget to import '{name}'?"),
            (None, false) => String::new(),
        }
    }

    // The namespace of the module whose source a code belongs to.
    fn globals_of(&self, code: &Code) -> Option<crate::python::value::Handle> {
        let modules = self.dict_entries(self.modules);
        let dicts =
            modules.into_iter().filter_map(|(_, module)| module.handle()).map(|module| self.module_dict_of(module));
        dicts.flatten().find(|dict| {
            self.heap.get_name(*dict, names::FILE).and_then(|file| self.heap.text(file)) == Some(&*code.source.path)
        })
    }

    fn trace_lines(&self, exception: Value) -> Vec<Line> {
        let Some(data) = self.exception_data(exception) else { return Vec::new() };
        let visible = data.trace.iter().rev().filter(|entry| !entry.code.source.hidden);
        visible.map(|entry| line(&entry.code, entry.at, &self.heap)).collect()
    }
}

fn did_you_mean(name: Option<String>) -> String {
    name.map(|name| format!(". Did you mean: '{name}'?")).unwrap_or_default()
}

/// The place of an instruction, as data.
pub(crate) fn place(code: &Code, at: u32, heap: &Heap) -> error::Place {
    let (source, span) = (&code.source, code.span(at));
    let (first, last) = (source.position(span.start), source.position(span.end));
    error::Place {
        file: source.path.to_string(),
        span: error::Span { line: first.0, column: first.1, end_line: last.0, end_column: last.1 },
        function: heap.name(code.name).to_owned(),
        line_text: source.line(first.0).trim().to_owned(),
    }
}

fn line(code: &Code, at: u32, heap: &Heap) -> Line {
    let place = place(code, at, heap);
    let whole = code.source.line(place.span.line);
    let shift = whole.chars().take_while(|c| c.is_whitespace()).count();
    let stripped: Vec<char> = whole.trim().chars().collect();
    let mut text = format!("    {}\n", whole.trim());
    let start = (place.span.column as usize).saturating_sub(shift);
    let end = if place.span.end_line == place.span.line {
        (place.span.end_column as usize).saturating_sub(shift)
    } else {
        stripped.len()
    };
    if end > start && start < stripped.len() {
        let end = end.min(stripped.len());
        if let Some(marks) = marks(&stripped[..start], &stripped[start..end], &stripped[end..]) {
            let _ = writeln!(text, "    {}{marks}", " ".repeat(start));
        }
    }
    Line { place, text }
}

// As `traceback._should_show_carets` decides: a call is marked under its arguments, a subscript likewise, an operator
// under its sign; what is the whole line, or the whole value of a simple assignment, is not marked.
fn marks(before: &[char], part: &[char], after: &[char]) -> Option<String> {
    let width = part.len();
    let text: String = part.iter().collect();
    let statement = before.is_empty()
        && ["raise ", "assert ", "import ", "from ", "del ", "return ", "async "]
            .iter()
            .any(|word| text.starts_with(word));
    if statement {
        return (!after.is_empty()).then(|| "^".repeat(width));
    }
    let opening = match part.last() {
        Some(')') => matching(part, '(', ')'),
        Some(']') => matching(part, '[', ']'),
        _ => None,
    };
    let lead: String = before.iter().collect();
    let call = part.last() == Some(&')') && opening.is_some_and(|at| at > 0);
    let named = opening.is_some_and(|at| part[..at].iter().all(|c| c.is_alphanumeric() || *c == '_'));
    let assigned = lead.trim_end().ends_with('=') && !lead.trim_end().ends_with("==") && !lead.contains('(');
    if call && after.is_empty() && (assigned || lead == "return " && named) {
        return None;
    }
    match (opening.filter(|at| *at > 0), operator(part)) {
        (_, Some((at, size))) => {
            Some(format!("{}{}{}", "~".repeat(at), "^".repeat(size), "~".repeat(width - at - size)))
        }
        (Some(at), None) => Some(format!("{}{}", "~".repeat(at), "^".repeat(width - at))),
        (None, None) if before.is_empty() && after.is_empty() => None,
        (None, None) => Some("^".repeat(width)),
    }
}

fn matching(chars: &[char], open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in chars.iter().enumerate().rev() {
        if *c == close {
            depth += 1;
        } else if *c == open {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

// `a + b`: one operator between blanks, outside brackets and quotes.
fn operator(chars: &[char]) -> Option<(usize, usize)> {
    let (mut depth, mut quote, mut found) = (0, None, None);
    for (at, c) in chars.iter().enumerate() {
        match (quote, c) {
            (Some(open), c) if open == *c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(*c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, '+' | '-' | '*' | '/' | '%' | '@' | '&' | '|' | '^')
                if depth == 0 && at > 0 && chars[at - 1] == ' ' =>
            {
                let size = if chars.get(at + 1) == Some(c) { 2 } else { 1 };
                if chars.get(at + size) == Some(&' ') {
                    found = Some((at, size));
                }
            }
            _ => {}
        }
    }
    found
}

fn write_lines(lines: &[Line], indent: &str, out: &mut String) {
    let mut repeated = 0;
    for (at, line) in lines.iter().enumerate() {
        let same = |other: &Line| {
            (&other.place.file, other.place.span.line, &other.place.function)
                == (&line.place.file, line.place.span.line, &line.place.function)
        };
        repeated = if at > 0 && same(&lines[at - 1]) { repeated + 1 } else { 0 };
        let next_same = lines.get(at + 1).is_some_and(same);
        if repeated < 3 {
            let _ = writeln!(
                out,
                "{indent}  File \"{}\", line {}, in {}",
                line.place.file, line.place.span.line, line.place.function
            );
            for text in line.text.lines().filter(|text| !text.trim().is_empty()) {
                let _ = writeln!(out, "{indent}{text}");
            }
        } else if !next_same {
            let times = repeated - 2;
            let _ = writeln!(
                out,
                "{indent}  [Previous line repeated {times} more time{}]",
                if times == 1 { "" } else { "s" }
            );
        }
    }
}
