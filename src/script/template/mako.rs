//! A template's text in pieces: Mako's lexer.

use super::Wrong;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it stands.
    Text(String),
    /// `${expression | filter, filter}`.
    Expression { code: String, filters: Vec<String>, line: usize },
    /// `% if …:`, `% endif`.
    Control { code: String, line: usize },
    /// `<% … %>`.
    Code { code: String, line: usize },
    /// `<%! … %>`: runs before everything else.
    Module { code: String, line: usize },
}

/// Cuts a template into pieces.
pub(super) fn read(source: &str) -> Result<Vec<Piece>, Wrong> {
    let mut lexer = Lexer { source, at: 0, pieces: Vec::new(), text: String::new() };
    while lexer.at < source.len() {
        if !(lexer.at_line_start() && lexer.line()?) {
            lexer.rest_of_line()?;
        }
    }
    lexer.flush();
    Ok(lexer.pieces)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    pieces: Vec<Piece>,
    text: String,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn number(&self) -> usize {
        self.source[..self.at].matches('\n').count() + 1
    }

    fn wrong(&self, message: &str) -> Wrong {
        Wrong { message: message.into(), line: self.number() }
    }

    fn at_line_start(&self) -> bool {
        self.at == 0 || self.source[..self.at].ends_with('\n')
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.text)));
        }
    }

    fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Reads a line that is a comment or a control line.
    fn line(&mut self) -> Result<bool, Wrong> {
        let rest = self.rest();
        let inner = rest.trim_start_matches([' ', '\t']);
        if inner.starts_with("%%") {
            // A doubled percent sign is a plain one.
            let indent = &rest[..rest.len() - inner.len()];
            self.text.push_str(indent);
            self.at += indent.len() + 1;
            self.text.push('%');
            self.at += 1;
            return Ok(false);
        }
        if !inner.starts_with('%') && !inner.starts_with("##") {
            return Ok(false);
        }
        let (line, number) = (self.number(), rest.len() - inner.len());
        let end = logical_end(inner);
        if let Some(code) = inner[..end].strip_prefix('%') {
            let code = code.replace("\\\n", "\n").trim().to_string();
            self.push(Piece::Control { code, line });
        }
        self.at += number + end;
        self.at += usize::from(self.rest().starts_with('\r'));
        self.at += usize::from(self.rest().starts_with('\n'));
        Ok(true)
    }

    /// Reads up to the next line's start.
    fn rest_of_line(&mut self) -> Result<(), Wrong> {
        while let Some(c) = self.rest().chars().next() {
            if self.rest().starts_with("${") {
                self.expression()?;
            } else if self.rest().starts_with("<%") || self.rest().starts_with("</%") {
                self.tag()?;
            } else if let Some(skipped) = ["\\\n", "\\\r\n"].iter().find(|it| self.rest().starts_with(**it)) {
                self.at += skipped.len();
                return Ok(());
            } else {
                self.at += c.len_utf8();
                self.text.push(c);
                if c == '\n' {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn expression(&mut self) -> Result<(), Wrong> {
        let line = self.number();
        self.at += 2;
        let code = self.python_until(&['|', '}'])?.trim().to_string();
        let mut filters = Vec::new();
        if self.rest().starts_with('|') {
            self.at += 1;
            let list = self.python_until(&['}'])?;
            filters = list.split(',').map(|it| it.trim().to_string()).filter(|it| !it.is_empty()).collect();
        }
        self.at += 1;
        self.push(Piece::Expression { code, filters, line });
        Ok(())
    }

    /// Python up to one of `ends`, brackets and strings skipped over.
    fn python_until(&mut self, ends: &[char]) -> Result<&'a str, Wrong> {
        let (start, mut depth) = (self.at, 0usize);
        while let Some(c) = self.rest().chars().next() {
            if depth == 0 && ends.contains(&c) && !self.rest().starts_with("||") {
                return Ok(&self.source[start..self.at]);
            }
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                '"' | '\'' => {
                    self.string(c)?;
                    continue;
                }
                _ => {}
            }
            self.at += c.len_utf8();
        }
        Err(Wrong { message: "an expression without its closing brace".into(), line: self.number() })
    }

    fn string(&mut self, quote: char) -> Result<(), Wrong> {
        let triple = quote.to_string().repeat(3);
        let end = if self.rest().starts_with(&triple) { triple } else { quote.to_string() };
        self.at += end.len();
        while !self.rest().starts_with(&end) {
            let Some(c) = self.rest().chars().next() else { return Err(self.wrong("a string without its end")) };
            self.at += c.len_utf8();
            if c == '\\' {
                self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            }
        }
        self.at += end.len();
        Ok(())
    }

    fn tag(&mut self) -> Result<(), Wrong> {
        let line = self.number();
        if let Some(text) = self.between("<%doc>", "</%doc>")? {
            let _ = text;
        } else if let Some(text) = self.between("<%text>", "</%text>")? {
            self.text.push_str(text);
        } else if let Some(code) = self.between("<%!", "%>")? {
            self.push(Piece::Module { code: dedented(code), line });
        } else if self.rest().starts_with("<%") && self.rest()[2..].starts_with(char::is_whitespace) {
            let code = self.between("<%", "%>")?.unwrap_or_default();
            self.push(Piece::Code { code: dedented(code), line });
        } else {
            let end = self.rest().find('>').map_or(self.rest().len(), |at| at + 1);
            return Err(self.wrong(&format!("the tag {} is not supported", &self.rest()[..end])));
        }
        Ok(())
    }

    fn between(&mut self, start: &str, end: &str) -> Result<Option<&'a str>, Wrong> {
        let Some(inside) = self.rest().strip_prefix(start) else { return Ok(None) };
        let length = inside.find(end).ok_or_else(|| self.wrong(&format!("{start} without {end}")))?;
        self.at += start.len() + length + end.len();
        Ok(Some(&inside[..length]))
    }
}

/// Where a control line ends: a backslash before its end goes on in the next.
fn logical_end(text: &str) -> usize {
    let mut from = 0;
    loop {
        let end = text[from..].find('\n').map_or(text.len(), |at| from + at);
        if end == text.len() || !text[..end].trim_end_matches('\r').ends_with('\\') {
            return text[..end].trim_end_matches('\r').len();
        }
        from = end + 1;
    }
}

/// A block of code without the indentation that it has in common.
fn dedented(code: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let says = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let first = code.lines().find(says).map_or("", |line| &line[..indent(line)]);
    code.lines().map(|line| line.strip_prefix(first).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
