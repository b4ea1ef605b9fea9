//! The head of a file as nearly everybody writes it, read without a tree: a history of ten thousand revisions is read at
//! every command.
//!
//! Only what is surely Python is recognised: names, plain texts and numbers, calls, brackets, `with` and `pass`. At
//! anything else, and at anything wrong, the parser is asked.

use super::{Constant, Constants, NAMES};

/// Deeper ones are left to the parser.
const DEPTH: usize = 24;

/// Whether a word of Python's own stands where a name could.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "as"
            | "assert"
            | "async"
            | "await"
            | "break"
            | "class"
            | "continue"
            | "def"
            | "del"
            | "elif"
            | "else"
            | "except"
            | "finally"
            | "for"
            | "from"
            | "global"
            | "if"
            | "import"
            | "in"
            | "is"
            | "lambda"
            | "nonlocal"
            | "not"
            | "or"
            | "pass"
            | "raise"
            | "return"
            | "try"
            | "while"
            | "with"
            | "yield"
    )
}

/// The constants of a file and its docstring, as written.
pub(super) fn read(source: &str) -> Option<(Constants, &str)> {
    let mut skim = Skim { text: source, at: 0, depth: 0 };
    let (mut constants, mut doc) = (Constants::default(), "");
    skim.margin()?;
    if let Some(text) = skim.string() {
        doc = text.filter(|text| !text.contains('\\'))?;
        skim.end()?;
    }
    loop {
        skim.margin()?;
        if skim.rest().is_empty() {
            return Some((constants, doc));
        }
        skim.top_level(&mut constants)?;
    }
}

struct Skim<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Skim<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        self.take(byte).then_some(())
    }

    fn blanks(&mut self) {
        while self.peek() == b' ' {
            self.at += 1;
        }
    }

    fn comment(&mut self) -> Option<()> {
        if self.peek() != b'#' {
            return Some(());
        }
        let comment = self.rest().split('\n').next()?;
        self.at += comment.len();
        printable(comment).then_some(())
    }

    // Empty lines and comments up to a statement, which stands at the left.
    fn margin(&mut self) -> Option<()> {
        (self.indent()? == 0).then_some(())
    }

    // As `margin`, for a statement that stands further to the right: its indentation, which is not taken.
    fn indent(&mut self) -> Option<usize> {
        loop {
            let start = self.at;
            self.blanks();
            self.comment()?;
            match self.peek() {
                b'\n' => self.at += 1,
                0 if self.rest().is_empty() => return Some(0),
                _ => {
                    let indent = self.at - start;
                    self.at = start;
                    return Some(indent);
                }
            }
        }
    }

    // The end of a statement's line.
    fn end(&mut self) -> Option<()> {
        self.blanks();
        self.comment()?;
        (self.take(b'\n') || self.rest().is_empty()).then_some(())
    }

    fn word(&mut self) -> Option<&'a str> {
        let bytes = self.rest().bytes();
        let size = bytes.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let word = &self.rest()[..size];
        self.at += size;
        word.bytes().next().filter(|first| !first.is_ascii_digit()).map(|_| word)
    }

    fn name(&mut self) -> Option<&'a str> {
        self.word().filter(|word| !is_keyword(word) && !matches!(*word, "None" | "True" | "False"))
    }

    // A plain text, if one begins here: what is between its quotes, unless it is not plain.
    fn string(&mut self) -> Option<Option<&'a str>> {
        if !matches!(self.peek(), b'"' | b'\'') {
            return None;
        }
        let rest = self.rest();
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote))?;
        let inside = &rest[quote.len()..];
        let mut size = 0;
        let bytes = inside.as_bytes();
        let mark = quote.as_bytes()[0];
        while size < bytes.len() && !(bytes[size] == mark && bytes[size..].starts_with(quote.as_bytes())) {
            match bytes[size] {
                b'\n' if quote.len() == 1 => return Some(None),
                b'\\' if !matches!(bytes.get(size + 1), Some(b'\\' | b'\'' | b'"' | b'n')) => return Some(None),
                b'\\' => size += 2,
                b'\n' => size += 1,
                byte if byte < b' ' => return Some(None),
                _ => size += 1,
            }
        }
        self.at += 2 * quote.len() + size;
        Some((size < bytes.len()).then(|| &inside[..size]))
    }
}

/// Statements.
impl Skim<'_> {
    fn top_level(&mut self, constants: &mut Constants) -> Option<()> {
        let start = self.at;
        match self.word()? {
            "import" => self.imports(Skim::dotted),
            "from" => {
                self.take(b' ').then_some(())?;
                self.dotted()?;
                (self.take(b' ') && self.word()? == "import").then_some(())?;
                self.imports(|skim| skim.name().map(drop))
            }
            "def" => self.function(),
            "with" | "pass" => None,
            word => {
                self.at = start;
                if NAMES.contains(&word) { self.constant(constants) } else { self.simple() }
            }
        }
    }

    fn dotted(&mut self) -> Option<()> {
        self.name()?;
        while self.take(b'.') {
            self.name()?;
        }
        Some(())
    }

    // `a as b, c`, behind the word.
    fn imports(&mut self, one: fn(&mut Self) -> Option<()>) -> Option<()> {
        loop {
            self.take(b' ').then_some(())?;
            one(self)?;
            if self.rest().starts_with(" as ") {
                self.at += 4;
                self.name()?;
            }
            if !self.take(b',') {
                return self.end();
            }
        }
    }

    // One of the names that count, with or without an annotation.
    fn constant(&mut self, constants: &mut Constants) -> Option<()> {
        let name = self.name()?;
        self.blanks();
        if self.take(b':') {
            self.expression()?;
        }
        self.expect(b'=')?;
        self.blanks();
        let value = self.value()?;
        self.end()?;
        constants.insert(name.into(), value);
        Some(())
    }

    fn value(&mut self) -> Option<Constant> {
        if self.rest().starts_with("None") {
            return (self.word()? == "None").then_some(Constant::None);
        }
        if let Some(text) = self.string() {
            return Some(Constant::Text(plain(text)?));
        }
        let close = if self.take(b'(') { b')' } else { self.take(b'[').then_some(b']')? };
        let mut list = Vec::new();
        loop {
            self.blanks();
            if self.take(close) {
                break;
            }
            list.push(plain(self.string()?)?);
            self.blanks();
            if !self.take(b',') {
                self.take(close).then_some(())?;
                // One text in parentheses is a text.
                if close == b')' && list.len() == 1 {
                    return list.pop().map(Constant::Text);
                }
                break;
            }
        }
        Some(Constant::List(list))
    }

    // `def name() -> …:` and its body.
    fn function(&mut self) -> Option<()> {
        self.take(b' ').then_some(())?;
        self.name()?;
        self.expect(b'(')?;
        self.expect(b')')?;
        self.blanks();
        if self.rest().starts_with("->") {
            self.at += 2;
            self.expression()?;
        }
        self.expect(b':')?;
        self.end()?;
        self.block(0)
    }

    // The statements that stand further to the right than `outer`.
    fn block(&mut self, outer: usize) -> Option<()> {
        let indent = self.indent()?;
        (indent > outer && self.depth < DEPTH).then_some(())?;
        self.depth += 1;
        loop {
            self.at += indent;
            self.inside(indent)?;
            match self.indent()? {
                next if next == indent && !self.rest().is_empty() => {}
                next => {
                    self.depth -= 1;
                    return (next <= outer || self.rest().is_empty()).then_some(());
                }
            }
        }
    }

    fn inside(&mut self, indent: usize) -> Option<()> {
        let start = self.at;
        match self.word() {
            Some("pass") => self.end(),
            Some("with") => {
                self.take(b' ').then_some(())?;
                self.expression()?;
                self.blanks();
                if self.rest().starts_with("as ") {
                    self.at += 3;
                    self.name()?;
                }
                self.expect(b':')?;
                self.end()?;
                self.block(indent)
            }
            _ => {
                self.at = start;
                self.simple()
            }
        }
    }

    // An expression, or an assignment to a name.
    fn simple(&mut self) -> Option<()> {
        let start = self.at;
        if self.name().is_some() {
            self.blanks();
            if self.take(b'=') && self.peek() != b'=' {
                self.expression()?;
                return self.end();
            }
        }
        self.at = start;
        self.expression()?;
        self.end()
    }
}

/// Expressions; inside brackets they go over lines.
impl Skim<'_> {
    fn expression(&mut self) -> Option<()> {
        (self.depth < DEPTH).then_some(())?;
        self.blanks();
        self.unit()?;
        loop {
            match self.peek() {
                b'.' => {
                    self.at += 1;
                    self.name()?;
                }
                b'(' => self.arguments()?,
                b'[' => {
                    self.at += 1;
                    self.items(b']', 1)?;
                }
                _ => {
                    let before = self.at;
                    self.blanks();
                    if !self.take(b'|') || self.peek() == b'=' {
                        self.at = before;
                        return Some(());
                    }
                    self.blanks();
                    self.unit()?;
                }
            }
        }
    }

    fn unit(&mut self) -> Option<()> {
        match self.peek() {
            b'"' | b'\'' => {
                while let Some(text) = self.string() {
                    text?;
                    self.blanks();
                }
                Some(())
            }
            b'(' => {
                self.at += 1;
                self.items(b')', 0)
            }
            b'[' => {
                self.at += 1;
                self.items(b']', 0)
            }
            b'0'..=b'9' => {
                let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
                let plain = digits == 1 || self.peek() != b'0';
                self.at += digits;
                (plain && !matches!(self.peek(), b'.' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..)).then_some(())
            }
            _ => self.word().filter(|word| !is_keyword(word) && self.peek() < 0x80).map(drop),
        }
    }

    // Behind an opening bracket: expressions with commas between them, at least so many.
    fn items(&mut self, close: u8, least: usize) -> Option<()> {
        self.depth += 1;
        let mut count = 0;
        loop {
            self.within()?;
            if self.take(close) {
                break;
            }
            self.expression()?;
            count += 1;
            self.within()?;
            if !self.take(b',') {
                self.take(close).then_some(())?;
                break;
            }
        }
        self.depth -= 1;
        (count >= least).then_some(())
    }

    // Spaces, line ends and comments inside brackets.
    fn within(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                b' ' | b'\n' => self.at += 1,
                b'#' => self.comment()?,
                _ => return Some(()),
            }
        }
    }

    fn arguments(&mut self) -> Option<()> {
        (self.depth < DEPTH).then_some(())?;
        self.at += 1;
        self.depth += 1;
        let mut named: Vec<&str> = Vec::new();
        loop {
            self.within()?;
            if self.take(b')') {
                break;
            }
            let start = self.at;
            match self.name().filter(|_| self.peek() == b'=') {
                Some(name) if self.rest().as_bytes().get(1) != Some(&b'=') && !named.contains(&name) => {
                    self.at += 1;
                    named.push(name);
                }
                Some(_) => return None,
                None if named.is_empty() => self.at = start,
                None => return None,
            }
            self.expression()?;
            self.within()?;
            if !self.take(b',') {
                self.take(b')').then_some(())?;
                break;
            }
        }
        self.depth -= 1;
        Some(())
    }
}

fn plain(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.contains('\\')).map(str::to_owned)
}

fn printable(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ')
}
