//! As much of TOML as `pyproject.toml` files use.

use std::collections::BTreeMap;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// Anything else that is one word: floats, dates.
    Other(String),
    /// An array, or an array of tables.
    List(Vec<Value>),
    /// A table.
    Table(BTreeMap<String, Value>),
}

impl Value {
    /// A table's value.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Table(table) => table.get(key),
            _ => None,
        }
    }
}

/// What is wrong, with the line.
type Wrong = String;

/// Reads a document into one table.
pub fn read(text: &str) -> Result<Value, Wrong> {
    let mut reader = Reader { text, at: 0 };
    let mut root = BTreeMap::new();
    let mut here: Vec<String> = Vec::new();
    loop {
        reader.skip_blank();
        match reader.peek() {
            None => return Ok(Value::Table(root)),
            Some('[') => here = reader.header(&mut root)?,
            Some(_) => {
                let (keys, value) = reader.pair()?;
                let path: Vec<String> = here.iter().cloned().chain(keys).collect();
                let (last, folder) = path.split_last().ok_or_else(|| reader.wrong("Invalid key"))?;
                table(&mut root, folder)
                    .ok_or_else(|| reader.wrong("Cannot overwrite a value"))?
                    .insert(last.clone(), value);
            }
        }
    }
}

/// The table at a path, made where it is missing; of an array of tables the last one.
fn table<'a>(root: &'a mut BTreeMap<String, Value>, path: &[String]) -> Option<&'a mut BTreeMap<String, Value>> {
    let Some((first, rest)) = path.split_first() else { return Some(root) };
    let mut value = root.entry(first.clone()).or_insert_with(|| Value::Table(BTreeMap::new()));
    if let Value::List(list) = value {
        value = list.last_mut()?;
    }
    match value {
        Value::Table(inner) => table(inner, rest),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn wrong(&self, what: &str) -> Wrong {
        format!("{what} (at line {})", self.text[..self.at].matches('\n').count() + 1)
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// Skips white space, newlines and comments.
    fn skip_blank(&mut self) {
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if self.peek() != Some('#') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn header(&mut self, root: &mut BTreeMap<String, Value>) -> Result<Vec<String>, Wrong> {
        let many = self.eat("[[");
        if !many {
            self.eat("[");
        }
        let keys = self.keys()?;
        if !self.eat(if many { "]]" } else { "]" }) {
            return Err(self.wrong("Expected ']' at the end of a table declaration"));
        }
        let path = if many { &keys[..keys.len() - 1] } else { &keys[..] };
        let folder = table(root, path).ok_or_else(|| self.wrong("Cannot overwrite a value"))?;
        if many {
            let last = keys.last().ok_or_else(|| self.wrong("Invalid key"))?;
            let list = folder.entry(last.clone()).or_insert_with(|| Value::List(Vec::new()));
            let Value::List(list) = list else { return Err(self.wrong("Cannot overwrite a value")) };
            list.push(Value::Table(BTreeMap::new()));
        }
        Ok(keys)
    }

    fn pair(&mut self) -> Result<(Vec<String>, Value), Wrong> {
        let keys = self.keys()?;
        if !self.eat("=") {
            return Err(self.wrong("Expected '=' after a key in a key/value pair"));
        }
        self.skip_spaces();
        Ok((keys, self.value()?))
    }

    fn keys(&mut self) -> Result<Vec<String>, Wrong> {
        let mut keys = Vec::new();
        loop {
            self.skip_spaces();
            keys.push(match self.peek() {
                Some('"' | '\'') => self.string()?,
                _ => self.word(|it| it.is_alphanumeric() || it == '_' || it == '-').to_string(),
            });
            if keys.last().is_some_and(String::is_empty) {
                return Err(self.wrong("Invalid initial character for a key part"));
            }
            self.skip_spaces();
            if !self.eat(".") {
                return Ok(keys);
            }
        }
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let word = &rest[..rest.find(|it| !belongs(it)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn value(&mut self) -> Result<Value, Wrong> {
        match self.peek() {
            Some('"' | '\'') => self.string().map(Value::Text),
            Some('[') => self.list(),
            Some('{') => self.inline_table(),
            _ => match self.word(|it| !it.is_whitespace() && !matches!(it, ',' | ']' | '}' | '#')) {
                "" => Err(self.wrong("Invalid value")),
                "true" => Ok(Value::Boolean(true)),
                "false" => Ok(Value::Boolean(false)),
                word => Ok(word.replace('_', "").parse().map_or_else(|_| Value::Other(word.into()), Value::Integer)),
            },
        }
    }

    fn list(&mut self) -> Result<Value, Wrong> {
        self.eat("[");
        let mut items = Vec::new();
        loop {
            self.skip_blank();
            if self.eat("]") {
                return Ok(Value::List(items));
            }
            items.push(self.value()?);
            self.skip_blank();
            if !self.eat(",") && self.peek() != Some(']') {
                return Err(self.wrong("Unclosed array"));
            }
        }
    }

    fn inline_table(&mut self) -> Result<Value, Wrong> {
        self.eat("{");
        let mut root = BTreeMap::new();
        loop {
            self.skip_blank();
            if self.eat("}") {
                return Ok(Value::Table(root));
            }
            let (keys, value) = self.pair()?;
            let (last, folder) = keys.split_last().ok_or_else(|| self.wrong("Invalid key"))?;
            table(&mut root, folder).ok_or_else(|| self.wrong("Cannot overwrite a value"))?.insert(last.clone(), value);
            self.skip_blank();
            if !self.eat(",") && self.peek() != Some('}') {
                return Err(self.wrong("Unclosed inline table"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Wrong> {
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| self.eat(quote)).unwrap_or("\"");
        if quote.len() == 3 {
            self.eat("\n");
        }
        let mut out = String::new();
        while !self.eat(quote) {
            match self.peek() {
                None => return Err(self.wrong("Unterminated string")),
                Some('\n') if quote.len() == 1 => return Err(self.wrong("Illegal character '\\n'")),
                Some('\\') if quote.starts_with('"') => self.escape(&mut out)?,
                Some(c) => {
                    self.at += c.len_utf8();
                    out.push(c);
                }
            }
        }
        Ok(out)
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Wrong> {
        self.eat("\\");
        let Some(c) = self.peek() else { return Err(self.wrong("Unterminated string")) };
        self.at += c.len_utf8();
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            '"' | '\\' => out.push(c),
            'u' | 'U' => {
                let digits = self.rest().get(..if c == 'u' { 4 } else { 8 }).unwrap_or_default();
                let found = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                out.push(found.ok_or_else(|| self.wrong("Invalid hex value"))?);
                self.at += digits.len();
            }
            c if c.is_whitespace() => self.at += self.rest().len() - self.rest().trim_start().len(),
            _ => return Err(self.wrong("Unescaped '\\' in a string")),
        }
        Ok(())
    }
}
