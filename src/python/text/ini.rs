//! Files as Python's `ConfigParser` reads them, `%(name)s` interpolation included.

use crate::{
    error::{Error, Kind, Result, Traceback},
    python::text::quote::repr,
};

/// The sections of an ini file, with their keys in lower case and their values as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ini {
    defaults: Keys,
    sections: Vec<(String, Keys)>,
}

/// Keys and values in the order of the file.
pub type Keys = Vec<(String, String)>;

/// How deep `%(name)s` may refer on.
const DEPTH: usize = 10;

impl Ini {
    /// Reads a file's text; `file` is its name for messages.
    ///
    /// Fails as `ConfigParser` does: on lines before the first section, on lines that are no key, on doubles.
    pub fn read(text: &str, file: &str) -> Result<Ini> {
        let mut reader =
            Reader { ini: Ini::default(), file, section: None, option: None, indent: 0, wrong: Vec::new() };
        for (index, line) in text.lines().enumerate() {
            reader.line(index + 1, line)?;
        }
        reader.finish()
    }

    /// Whether there is a section of this name.
    pub fn has_section(&self, section: &str) -> bool {
        self.sections.iter().any(|(name, _)| name == section)
    }

    /// The sections' names, in order.
    pub fn section_names(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|(name, _)| &name[..])
    }

    /// What `[DEFAULT]` says, as written.
    pub fn defaults(&self) -> &Keys {
        &self.defaults
    }

    /// The sections as written, in order.
    pub fn sections(&self) -> &[(String, Keys)] {
        &self.sections
    }

    /// Makes sure that there is a section of this name.
    pub fn add_section(&mut self, section: &str) {
        if !self.has_section(section) {
            self.sections.push((section.into(), Vec::new()));
        }
    }

    /// Sets a key that every section has.
    pub fn set_default(&mut self, key: &str, value: &str) {
        put(&mut self.defaults, key, value);
    }

    /// Sets a key; a lone `%` is refused, as in Python.
    pub fn set(&mut self, section: &str, key: &str, value: &str) -> Result<()> {
        let mut rest = value;
        while let Some(at) = rest.find('%') {
            let after = &rest[at..];
            let skip = if after.starts_with("%%") { Some(2) } else { reference(after).map(|name| name.len() + 4) };
            let Some(skip) = skip else {
                let position = value.len() - after.len();
                let words = format!("invalid interpolation syntax in {} at position {position}", repr(value));
                return Err(raised("ValueError", words));
            };
            rest = &after[skip..];
        }
        self.add_section(section);
        let (_, keys) = self.sections.iter_mut().find(|(name, _)| name == section).expect("it was added above");
        put(keys, &key.to_lowercase(), value);
        Ok(())
    }

    /// A key's value with its references filled in.
    pub fn get(&self, section: &str, key: &str) -> Result<Option<String>> {
        let key = key.to_lowercase();
        self.raw(section, &key).map(|raw| self.interpolate(section, &key, raw)).transpose()
    }

    /// All keys of a section with their values, the defaults first, as `dict(parser.items(section))`.
    pub fn items(&self, section: &str) -> Result<Option<Vec<(String, String)>>> {
        let Some((_, keys)) = self.sections.iter().find(|(name, _)| name == section) else { return Ok(None) };
        let mut all = self.defaults.clone();
        keys.iter().for_each(|(key, value)| put(&mut all, key, value));
        let filled = |(key, raw): (String, String)| {
            let value = self.interpolate(section, &key, &raw)?;
            Ok((key, value))
        };
        all.into_iter().map(filled).collect::<Result<Vec<_>>>().map(Some)
    }

    fn raw(&self, section: &str, key: &str) -> Option<&str> {
        let (_, keys) = self.sections.iter().find(|(name, _)| name == section)?;
        find(keys, key).or_else(|| find(&self.defaults, key))
    }

    fn interpolate(&self, section: &str, key: &str, raw: &str) -> Result<String> {
        let mut out = String::new();
        self.fill(&mut out, raw, &Reference { section, key, raw }, 1)?;
        Ok(out)
    }

    fn fill(&self, out: &mut String, text: &str, at: &Reference<'_>, depth: usize) -> Result<()> {
        if depth > DEPTH {
            return Err(at.too_deep());
        }
        let mut rest = text;
        while let Some(percent) = rest.find('%') {
            out.push_str(&rest[..percent]);
            rest = &rest[percent..];
            if let Some(after) = rest.strip_prefix("%%") {
                out.push('%');
                rest = after;
                continue;
            }
            if !rest.starts_with("%(") {
                let words = format!("'%' must be followed by '%' or '(', found: {}", repr(rest));
                return Err(raised("configparser.InterpolationSyntaxError", words));
            }
            let name = reference(rest).ok_or_else(|| {
                let words = format!("bad interpolation variable reference {}", repr(rest));
                raised("configparser.InterpolationSyntaxError", words)
            })?;
            let value = self.raw(at.section, &name.to_lowercase()).ok_or_else(|| at.missing(name))?;
            rest = &rest[name.len() + 4..];
            if value.contains('%') { self.fill(out, value, at, depth + 1)? } else { out.push_str(value) }
        }
        out.push_str(rest);
        Ok(())
    }
}

/// Where an interpolation started, for messages.
struct Reference<'a> {
    section: &'a str,
    key: &'a str,
    raw: &'a str,
}

impl Reference<'_> {
    fn missing(&self, name: &str) -> Error {
        let words = format!(
            "Bad value substitution: option {} in section {} contains an interpolation key {} which is not a valid option \
             name. Raw value: {}",
            repr(self.key),
            repr(self.section),
            repr(&name.to_lowercase()),
            repr(self.raw)
        );
        raised("configparser.InterpolationMissingOptionError", words)
    }

    fn too_deep(&self) -> Error {
        let words = format!(
            "Recursion limit exceeded in value substitution: option {} in section {} contains an interpolation key which \
             cannot be substituted in {DEPTH} steps. Raw value: {}",
            repr(self.key),
            repr(self.section),
            repr(self.raw)
        );
        raised("configparser.InterpolationDepthError", words)
    }
}

struct Reader<'a> {
    ini: Ini,
    file: &'a str,
    /// The section's place; the defaults' is past the end.
    section: Option<usize>,
    option: Option<String>,
    indent: usize,
    wrong: Vec<(usize, String)>,
}

/// The place that stands for `[DEFAULT]`.
const DEFAULTS: usize = usize::MAX;

impl Reader<'_> {
    fn line(&mut self, number: usize, line: &str) -> Result<()> {
        let value = line.trim();
        let comment = value.starts_with(['#', ';']);
        if value.is_empty() || comment {
            if !comment {
                self.go_on("");
            }
            return Ok(());
        }
        let indent = line.chars().take_while(|it| it.is_whitespace()).count();
        if self.option.is_some() && indent > self.indent {
            self.go_on(value);
            return Ok(());
        }
        self.indent = indent;
        match value.strip_prefix('[').and_then(|it| it.rfind(']').filter(|at| *at > 0).map(|at| &it[..at])) {
            Some(section) => self.start(number, section),
            None if self.section.is_none() => Err(self.no_section(number, line)),
            None => self.key(number, value, line),
        }
    }

    fn start(&mut self, number: usize, section: &str) -> Result<()> {
        self.option = None;
        if section == "DEFAULT" {
            self.section = Some(DEFAULTS);
            return Ok(());
        }
        if self.ini.has_section(section) {
            let words = format!(
                "While reading from {} [line {number:2}]: section {} already exists",
                repr(self.file),
                repr(section)
            );
            return Err(raised("configparser.DuplicateSectionError", words));
        }
        self.section = Some(self.ini.sections.len());
        self.ini.sections.push((section.into(), Vec::new()));
        Ok(())
    }

    fn key(&mut self, number: usize, value: &str, line: &str) -> Result<()> {
        let Some(at) = value.find(['=', ':']).filter(|at| *at > 0) else {
            self.wrong.push((number, format!("{line}\n")));
            return Ok(());
        };
        let key = value[..at].trim_end().to_lowercase();
        if find(self.keys(), &key).is_some() {
            let section = self.section.and_then(|at| self.ini.sections.get(at)).map_or("DEFAULT", |(name, _)| name);
            let words = format!(
                "While reading from {} [line {number:2}]: option {} in section {} already exists",
                repr(self.file),
                repr(&key),
                repr(section)
            );
            return Err(raised("configparser.DuplicateOptionError", words));
        }
        let value = value[at + 1..].trim().to_string();
        self.keys().push((key.clone(), value));
        self.option = Some(key);
        Ok(())
    }

    /// Adds a line to the value of the key before it.
    fn go_on(&mut self, line: &str) {
        let Some(option) = self.option.clone() else { return };
        if let Some((_, value)) = self.keys().iter_mut().find(|(key, _)| *key == option) {
            value.push('\n');
            value.push_str(line);
        }
    }

    fn keys(&mut self) -> &mut Keys {
        match self.section {
            Some(at) if at < self.ini.sections.len() => &mut self.ini.sections[at].1,
            _ => &mut self.ini.defaults,
        }
    }

    fn no_section(&self, number: usize, line: &str) -> Error {
        let line = repr(&format!("{line}\n"));
        let words = format!("File contains no section headers.\nfile: {}, line: {number}\n{line}", repr(self.file));
        raised("configparser.MissingSectionHeaderError", words)
    }

    fn finish(mut self) -> Result<Ini> {
        if !self.wrong.is_empty() {
            let lines = self.wrong.iter().map(|(number, line)| format!("\n\t[line {number:2}]: {}", repr(line)));
            let words = format!("Source contains parsing errors: {}{}", repr(self.file), lines.collect::<String>());
            return Err(raised("configparser.ParsingError", words));
        }
        let all = self.ini.sections.iter_mut().map(|(_, keys)| keys).chain([&mut self.ini.defaults]);
        for (_, value) in all.flatten() {
            value.truncate(value.trim_end().len());
        }
        Ok(self.ini)
    }
}

/// The name in `%(name)s` at the start of a text.
fn reference(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("%(")?;
    let end = inside.find(')').filter(|end| *end > 0)?;
    inside[end..].starts_with(")s").then(|| &inside[..end])
}

fn find<'a>(keys: &'a Keys, key: &str) -> Option<&'a str> {
    keys.iter().find(|(name, _)| name == key).map(|(_, value)| &value[..])
}

fn put(keys: &mut Keys, key: &str, value: &str) {
    match keys.iter_mut().find(|(name, _)| name == key) {
        Some((_, old)) => *old = value.into(),
        None => keys.push((key.into(), value.into())),
    }
}

/// An exception as Python's own libraries raise it, with no frame of the user's.
pub(crate) fn raised(class: &str, message: String) -> Error {
    let text = format!("{class}: {message}\n");
    Error::new(Kind::Python(Traceback { class: class.into(), message, frames: Vec::new(), text }))
}
