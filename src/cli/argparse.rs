//! Reading words as Python's argparse reads them: abbreviations, `--opt=value`, `-mvalue`, `-vi`, `--`, and `-1` as a value.

use super::grammar::{Grammar, HELP, Takes, Word};
use std::collections::BTreeMap;

/// What was said, by key.
#[derive(Debug, Default)]
pub(super) struct Said {
    values: BTreeMap<&'static str, Vec<String>>,
    /// Words that nobody asked for.
    pub(super) unknown: Vec<String>,
    /// What follows the first positional, for the program's own grammar.
    pub(super) rest: Vec<String>,
}

impl Said {
    /// Whether a flag was given.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// The last value.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        self.values.get(key).and_then(|values| values.last().cloned())
    }

    /// All values.
    pub(super) fn values(&self, key: &str) -> Vec<String> {
        self.values.get(key).cloned().unwrap_or_default()
    }
}

/// Reads `words`; the error is argparse's sentence.
pub(super) fn read(grammar: &Grammar, words: &[String]) -> Result<Said, String> {
    let mut reader = Reader { grammar, words, at: 0, said: Said::default(), positional: 0, only_values: false };
    reader.run()?;
    if !reader.said.flag("help") {
        reader.missing()?;
    }
    Ok(reader.said)
}

/// What a word is.
enum Kind<'a> {
    Value,
    Separator,
    Known { word: &'static Word, name: &'a str, attached: Option<&'a str> },
    Unknown,
}

struct Reader<'a> {
    grammar: &'a Grammar,
    words: &'a [String],
    at: usize,
    said: Said,
    positional: usize,
    only_values: bool,
}

impl<'a> Reader<'a> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(text) = self.words.get(self.at) {
            match self.kind(text)? {
                Kind::Separator => self.separator(),
                Kind::Value if self.takes_a_command() => {
                    self.said.rest = self.words[self.at..].to_vec();
                    return Ok(());
                }
                Kind::Value => self.positional(),
                Kind::Unknown => self.unexpected(),
                Kind::Known { word, name, attached } => self.option(word, name, attached)?,
            }
            if self.said.flag("help") || self.said.flag("version") {
                return Ok(());
            }
        }
        Ok(())
    }

    fn takes_a_command(&self) -> bool {
        self.grammar.name.is_empty()
    }

    fn separator(&mut self) {
        self.only_values = true;
        // A separator with nothing to separate is a word too many.
        if self.positional >= self.grammar.positionals.len() && !self.takes_a_command() {
            self.said.unknown.push("--".into());
        }
        self.at += 1;
    }

    fn unexpected(&mut self) {
        self.said.unknown.push(self.words[self.at].clone());
        self.at += 1;
    }

    fn positional(&mut self) {
        let Some(positional) = self.grammar.positionals.get(self.positional) else {
            return self.unexpected();
        };
        self.positional += 1;
        let mut values = vec![self.words[self.at].clone()];
        self.at += 1;
        while positional.many && self.words.get(self.at).is_some_and(|text| self.is_value(text)) {
            values.push(self.words[self.at].clone());
            self.at += 1;
        }
        self.said.values.insert(positional.key, values);
    }

    fn is_value(&self, text: &'a str) -> bool {
        matches!(self.kind(text), Ok(Kind::Value))
    }

    fn option(&mut self, word: &'static Word, name: &'a str, attached: Option<&'a str>) -> Result<(), String> {
        self.at += 1;
        match (word.takes, attached) {
            (Takes::Flag, None) => self.keep(word, String::new()),
            (Takes::Flag, Some(more)) => return self.joined_flags(word, name, more),
            (_, Some(value)) => self.checked(word, value.into())?,
            (_, None) => {
                let value = self.words.get(self.at).filter(|text| self.is_value(text)).cloned();
                let value = value.ok_or_else(|| format!("argument {}: expected one argument", word.names.join("/")))?;
                self.at += 1;
                self.checked(word, value)?;
            }
        }
        Ok(())
    }

    /// `-vi` is `-v -i`; `--verbose=1` is nothing.
    fn joined_flags(&mut self, word: &'static Word, name: &str, more: &str) -> Result<(), String> {
        let refused = || format!("argument {}: ignored explicit argument {}", word.names.join("/"), quoted(more));
        let first = more.chars().next().filter(|_| !name.starts_with("--")).ok_or_else(refused)?;
        let next = format!("-{first}");
        let (next_word, next_name) = self.exact(&next).ok_or_else(refused)?;
        self.keep(word, String::new());
        let rest = &more[first.len_utf8()..];
        match (next_word.takes, rest) {
            (Takes::Flag, "") => self.keep(next_word, String::new()),
            (Takes::Flag, _) => self.joined_flags(next_word, next_name, rest)?,
            (_, "") => {
                self.at -= 1;
                return self.option(next_word, next_name, None);
            }
            _ => self.checked(next_word, rest.into())?,
        }
        Ok(())
    }

    fn checked(&mut self, word: &'static Word, value: String) -> Result<(), String> {
        if let Takes::Choice(choices) = word.takes
            && !choices.contains(&value.as_str())
        {
            let choices: Vec<String> = choices.iter().map(|choice| quoted(choice)).collect();
            return Err(format!(
                "argument {}: invalid choice: {} (choose from {})",
                word.names.join("/"),
                quoted(&value),
                choices.join(", ")
            ));
        }
        self.keep(word, value);
        Ok(())
    }

    fn keep(&mut self, word: &'static Word, value: String) {
        self.said.values.entry(word.key).or_default().push(value);
    }

    fn missing(&self) -> Result<(), String> {
        let missing: Vec<&str> = self.grammar.positionals[self.positional..].iter().map(|it| it.key).collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("the following arguments are required: {}", missing.join(", ")))
        }
    }

    fn options(&self) -> impl Iterator<Item = &'static Word> {
        std::iter::once(&HELP).chain(self.grammar.options.iter().copied())
    }

    fn exact(&self, name: &str) -> Option<(&'static Word, &'static str)> {
        self.options().find_map(|word| word.names.iter().find(|known| **known == name).map(|known| (word, *known)))
    }

    fn kind(&self, text: &'a str) -> Result<Kind<'a>, String> {
        if self.only_values || !text.starts_with('-') || text == "-" {
            return Ok(Kind::Value);
        }
        if text == "--" {
            return Ok(Kind::Separator);
        }
        if let Some((word, name)) = self.exact(text) {
            return Ok(Kind::Known { word, name, attached: None });
        }
        if let Some((name, value)) = text.split_once('=')
            && let Some((word, name)) = self.exact(name)
        {
            return Ok(Kind::Known { word, name, attached: Some(value) });
        }
        self.abbreviated(text)
    }

    fn abbreviated(&self, text: &'a str) -> Result<Kind<'a>, String> {
        let found = if text.starts_with("--") { self.long(text) } else { self.short(text) };
        match found.as_slice() {
            [] if is_negative_number(text) || text.contains(' ') => Ok(Kind::Value),
            [] => Ok(Kind::Unknown),
            [(word, name, attached)] => Ok(Kind::Known { word, name, attached: *attached }),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name, _)| *name).collect();
                Err(format!("ambiguous option: {text} could match {}", names.join(", ")))
            }
        }
    }

    fn long(&self, text: &'a str) -> Vec<(&'static Word, &'static str, Option<&'a str>)> {
        let (prefix, attached) = match text.split_once('=') {
            Some((prefix, value)) => (prefix, Some(value)),
            None => (text, None),
        };
        self.starting_with(prefix).map(|(word, name)| (word, name, attached)).collect()
    }

    fn short(&self, text: &'a str) -> Vec<(&'static Word, &'static str, Option<&'a str>)> {
        let letter = text.char_indices().nth(2).map_or(text, |(at, _)| &text[..at]);
        let attached = self.exact(letter).map(|(word, name)| (word, name, Some(&text[letter.len()..])));
        attached.into_iter().chain(self.starting_with(text).map(|(word, name)| (word, name, None))).collect()
    }

    fn starting_with(&self, prefix: &'a str) -> impl Iterator<Item = (&'static Word, &'static str)> {
        self.options()
            .flat_map(|word| word.names.iter().map(move |name| (word, *name)))
            .filter(move |(_, name)| name.starts_with(prefix))
    }
}

/// `-1`, `-.5`: a value, since no option looks like that.
fn is_negative_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(part) && !part.is_empty() && (!whole.is_empty() || digits.contains('.'))
}

/// A word in quotes, as Python's `repr` chooses them.
pub(super) fn quoted(text: &str) -> String {
    if text.contains('\'') && !text.contains('"') {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "\\'"))
    }
}
