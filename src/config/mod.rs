//! The configuration: `alembic.ini`, `pyproject.toml`, and what the command line sets over them.

pub mod toml;

use crate::{
    error::{Error, Result},
    host::{Entry, Environment, Files},
    python::text::ini,
};
use std::collections::BTreeMap;

/// A run's configuration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// The ini file as it was named (`-c`), whether or not it is there.
    pub ini_file: Option<String>,
    /// The `pyproject.toml` as it was named, whether or not it is there.
    pub toml_file: Option<String>,
    /// The main section, `alembic` unless `-n` says otherwise.
    pub section: String,
    /// The ini file's contents.
    pub ini: ini::Ini,
    /// `[tool.alembic]` of `pyproject.toml`.
    pub toml: BTreeMap<String, toml::Value>,
    toml_here: String,
    working_directory: String,
    warnings: std::cell::RefCell<Vec<String>>,
}

/// One entry of `[post_write_hooks]`: its name, and its options without their prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// The hook's name.
    pub name: String,
    /// `type`, `entrypoint`, `options` and the like.
    pub options: Vec<(String, String)>,
}

impl Config {
    /// The configuration of a project:
    ///
    /// ```
    /// use retort::config::Config;
    /// use retort::host::{Files, memory::Memory};
    ///
    /// let host = Memory::without_databases();
    /// Files::write(&host, "/project/alembic.ini", b"[alembic]\nscript_location = %(here)s/migrations\n")?;
    /// let config = Config::read(&host, &[], "alembic")?;
    /// assert_eq!(config.script_location()?, "/project/migrations");
    /// # Ok::<(), retort::error::Error>(())
    /// ```
    ///
    /// Reads the files that `-c` names, at most one ini file and one `pyproject.toml`; without any, `ALEMBIC_CONFIG`
    /// or `alembic.ini`, and `pyproject.toml` beside it. A file that is missing counts as empty, as in Alembic.
    pub fn read<H: Files + Environment + ?Sized>(host: &H, named: &[String], section: &str) -> Result<Config> {
        let (ini_file, toml_file) = chosen_files(host, named)?;
        let working_directory = host.working_directory();
        let mut config = Config { section: section.into(), working_directory, ..Config::default() };
        let ini_path = ini_file.as_deref().map(|file| config.absolute(file));
        let here = ini_path.as_deref().map_or(config.working_directory.clone(), |path| parent(path).into());
        let text = ini_path.as_deref().map(|path| text(host, path)).transpose()?.flatten();
        config.ini = ini::Ini::read(&text.unwrap_or_default(), ini_file.as_deref().unwrap_or_default())?;
        config.ini.set_default("here", &here);
        if let Some(path) = toml_file.as_deref().map(|file| config.absolute(file)) {
            config.toml = tool_alembic(&text_or_empty(host, &path)?, &path)?;
            config.toml_here = parent(&path).into();
        }
        (config.ini_file, config.toml_file) = (ini_file, toml_file);
        Ok(config)
    }

    /// A configuration without files, whose paths are relative to `working_directory`.
    pub fn in_memory(working_directory: &str) -> Config {
        let mut config =
            Config { section: "alembic".into(), working_directory: working_directory.into(), ..Config::default() };
        config.ini.add_section("alembic");
        config.ini.set_default("here", working_directory);
        config
    }

    /// Alembic's `get_alembic_option`: the ini file's main section first, then `[tool.alembic]`.
    pub fn option(&self, name: &str) -> Result<Option<String>> {
        match self.ini.get(&self.section, name)? {
            Some(value) => Ok(Some(value)),
            None => self.toml.get(name).map(|value| self.toml_text(name, value)).transpose(),
        }
    }

    /// Alembic's `get_main_option`: the ini file's main section alone, which must be there.
    pub fn main_option(&self, name: &str) -> Result<Option<String>> {
        if !self.ini.has_section(&self.section) {
            let file = self.ini_file.as_deref().map_or("None".into(), crate::python::text::quote::repr);
            return Err(Error::command(format!(
                "No config file {file} found, or file has no '[{}]' section",
                self.section
            )));
        }
        self.ini.get(&self.section, name)
    }

    /// A key that is on or off; in an ini file exactly `true` is on.
    pub fn flag(&self, name: &str) -> Result<bool> {
        if let Some(value) = self.ini.get(&self.section, name)? {
            return Ok(value == "true");
        }
        match self.toml.get(name) {
            None => Ok(false),
            Some(toml::Value::Boolean(value)) => Ok(*value),
            Some(_) => Err(Error::command(format!("boolean value expected for TOML parameter '{name}'"))),
        }
    }

    /// Sets a key of the main section, as `config.set_main_option` does.
    pub fn set_main_option(&mut self, name: &str, value: &str) -> Result<()> {
        self.ini.add_section(&self.section);
        let section = self.section.clone();
        self.ini.set(&section, name, value)
    }

    /// The folder of env.py, absolute, or Alembic's error where nothing names one.
    pub fn script_location(&self) -> Result<String> {
        let location = self.option("script_location")?;
        let location = location.ok_or_else(|| Error::command("No 'script_location' key found in configuration."))?;
        Ok(self.absolute(&location))
    }

    /// `version_locations`, absolute; `None` where the folder `versions` is meant.
    pub fn version_locations(&self) -> Result<Option<Vec<String>>> {
        let found = self.path_list("version_locations", &["path_separator", "version_path_separator"], &[' ', ','])?;
        Ok(found.map(|list| list.iter().map(|it| self.absolute(it)).collect()))
    }

    /// `prepend_sys_path`, as written.
    pub fn prepend_sys_path(&self) -> Result<Vec<String>> {
        Ok(self.path_list("prepend_sys_path", &["path_separator"], &[' ', ',', ':'])?.unwrap_or_default())
    }

    /// The hooks that run on new files.
    pub fn post_write_hooks(&self) -> Result<Vec<Hook>> {
        let Some(section) = self.ini.items("post_write_hooks")? else { return self.toml_hooks() };
        let names = section.iter().find(|(key, _)| key == "hooks").map_or("", |(_, value)| value);
        let hook = |name: &str| {
            let strip = |(key, value): &(String, String)| {
                Some((key.strip_prefix(name)?.strip_prefix('.')?.into(), value.clone()))
            };
            Hook { name: name.into(), options: section.iter().filter_map(strip).collect() }
        };
        Ok(names.split([',', ' ']).filter(|name| !name.is_empty()).map(hook).collect())
    }

    /// A path of the configuration as an absolute, normalised one; `package:folder` stays as it is.
    pub fn absolute(&self, path: &str) -> String {
        join(&self.working_directory, path)
    }

    /// What Alembic warns of about the keys read so far; taking them clears the list.
    pub fn take_warnings(&self) -> Vec<String> {
        self.warnings.take()
    }

    fn path_list(&self, name: &str, separators: &[&str], legacy: &[char]) -> Result<Option<Vec<String>>> {
        let Some(text) = self.ini.get(&self.section, name)?.filter(|it| !it.is_empty()) else {
            return self.toml.get(name).map(|value| self.toml_list(name, value)).transpose();
        };
        let list: Vec<&str> = if let Some(separator) = self.separator(separators)? {
            text.split(separator).filter(|it| !it.is_empty()).map(str::trim).collect()
        } else {
            self.warnings.borrow_mut().push(legacy_warning(name));
            text.split(legacy).filter(|it| !it.is_empty()).collect()
        };
        Ok(Some(list.into_iter().map(String::from).collect()))
    }

    fn separator(&self, names: &[&str]) -> Result<Option<char>> {
        for name in names {
            let Some(word) = self.main_option(name)? else { continue };
            if *name == "version_path_separator" {
                let words =
                    "The version_path_separator configuration parameter is deprecated; please use path_separator";
                self.warnings.borrow_mut().push(words.into());
            }
            return match &word[..] {
                "space" => Ok(Some(' ')),
                "newline" => Ok(Some('\n')),
                "os" | ":" => Ok(Some(':')),
                ";" => Ok(Some(';')),
                _ => Err(ini::raised(
                    "ValueError",
                    format!("'{word}' is not a valid value for {name}; expected 'space', 'newline', 'os', ':', ';'"),
                )),
            };
        }
        Ok(None)
    }

    fn toml_text(&self, name: &str, value: &toml::Value) -> Result<String> {
        match value {
            toml::Value::Text(text) => Ok(self.filled(text)),
            toml::Value::Integer(number) => Ok(number.to_string()),
            toml::Value::Boolean(value) => Ok(value.to_string()),
            _ => Err(Error::command(format!("unsupported TOML value type for key: '{name}'"))),
        }
    }

    fn toml_list(&self, name: &str, value: &toml::Value) -> Result<Vec<String>> {
        match value {
            toml::Value::List(items) => items.iter().map(|item| self.toml_text(name, item)).collect(),
            other => Ok(vec![self.toml_text(name, other)?]),
        }
    }

    fn toml_hooks(&self) -> Result<Vec<Hook>> {
        let Some(toml::Value::List(items)) = self.toml.get("post_write_hooks") else { return Ok(Vec::new()) };
        let mut hooks = Vec::new();
        for item in items {
            let toml::Value::Table(table) = item else { continue };
            let mut hook = Hook { name: String::new(), options: Vec::new() };
            for (key, value) in table {
                let text = self.toml_text(key, value)?;
                if key == "name" { hook.name = text } else { hook.options.push((key.clone(), text)) }
            }
            hooks.push(hook);
        }
        Ok(hooks)
    }

    /// `%(here)s` and `%%` of a TOML value.
    fn filled(&self, text: &str) -> String {
        text.replace("%(here)s", &self.toml_here).replace("%%", "%")
    }
}

fn chosen_files<H: Files + Environment + ?Sized>(
    host: &H,
    named: &[String],
) -> Result<(Option<String>, Option<String>)> {
    let is_toml = |file: &String| file.rsplit('/').next() == Some("pyproject.toml");
    let (toml, ini): (Vec<String>, Vec<String>) = named.iter().cloned().partition(is_toml);
    if ini.len() > 1 {
        return Err(Error::command("only one ini file may be indicated"));
    }
    if toml.len() > 1 {
        return Err(Error::command("pyproject.toml indicated more than once"));
    }
    let (ini, toml) = (ini.into_iter().next(), toml.into_iter().next());
    let variables = host.variables();
    let variable = variables.into_iter().find(|(name, _)| name == "ALEMBIC_CONFIG").map(|(_, value)| value);
    let (default_toml, default_ini): (Option<String>, Option<String>) = match variable {
        Some(file) if is_toml(&file) => (Some(file), None),
        file => (None, file),
    };
    Ok((
        ini.or(default_ini).or_else(|| Some("alembic.ini".into())),
        toml.or(default_toml).or_else(|| Some("pyproject.toml".into())),
    ))
}

fn text<H: Files + ?Sized>(host: &H, path: &str) -> Result<Option<String>> {
    if host.entry(path) != Some(Entry::File) {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&host.read(path)?).into_owned()))
}

fn text_or_empty<H: Files + ?Sized>(host: &H, path: &str) -> Result<String> {
    Ok(text(host, path)?.unwrap_or_default())
}

fn tool_alembic(text: &str, path: &str) -> Result<BTreeMap<String, toml::Value>> {
    let document =
        toml::read(text).map_err(|wrong| ini::raised("tomllib.TOMLDecodeError", format!("{wrong} in {path}")))?;
    match document.get("tool").and_then(|tool| tool.get("alembic")) {
        None => Ok(BTreeMap::new()),
        Some(toml::Value::Table(table)) => Ok(table.clone()),
        Some(_) => Err(Error::command("Incorrect TOML format")),
    }
}

fn legacy_warning(name: &str) -> String {
    let on = if name == "prepend_sys_path" { "spaces, commas, and colons" } else { "spaces/commas" };
    format!(
        "No path_separator found in configuration; falling back to legacy splitting on {on} for {name}.  Consider adding \
         path_separator=os to Alembic config."
    )
}

/// The folder that a path lies in.
pub fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) => "/",
        Some(at) => &path[..at],
        None => "",
    }
}

/// `path` seen from `folder`, absolute and without `.` and `..`.
pub fn join(folder: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_string() } else { format!("{folder}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests;
