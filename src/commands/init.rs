//! `init`: a new folder for migrations.

use super::{Outcome, Said, Settings, write};
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::host::{Entry, Files, Host};
use crate::script::template::gallery as template;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// Where.
    pub directory: String,
    /// The template's name.
    pub template: String,
    /// `--package`: `__init__.py` files are written.
    pub package: bool,
}

pub(super) fn run(host: &Rc<dyn Host>, settings: &Settings, params: &Params) -> Result<Outcome> {
    let config = Config::read(host.as_ref(), &settings.configs, &settings.section)?;
    let folder = config.absolute(&params.directory);
    if host.entry(&folder) == Some(Entry::Folder) && !host.list(&folder)?.is_empty() {
        return Err(Error::command(format!("Directory {} already exists and is not empty", params.directory)));
    }
    if host.entry(&folder) == Some(Entry::File) {
        return Err(Error::command(format!("{} is a file; the migrations need a directory", params.directory)));
    }
    let template = template::by_name(&params.template)
        .ok_or_else(|| Error::command(format!("No such template {}", params.template)))?;
    let mut init = Init { host, config: &config, folder, outcome: Outcome::default() };
    init.folders()?;
    init.files(template, &params.directory)?;
    if params.package {
        init.packages()?;
    }
    init.last_words(template);
    Ok(init.outcome)
}

struct Init<'a> {
    host: &'a Rc<dyn Host>,
    config: &'a Config,
    folder: String,
    outcome: Outcome,
}

impl Init<'_> {
    fn folders(&mut self) -> Result<()> {
        let versions = format!("{}/versions", self.folder);
        for folder in [self.folder.clone(), versions] {
            if self.host.entry(&folder).is_none() {
                self.host.create_folder(&folder)?;
                self.outcome.said.push(Said::Status(format!("Creating directory {folder}")));
            }
        }
        Ok(())
    }

    fn files(&mut self, template: &template::Template, directory: &str) -> Result<()> {
        for (name, text) in template.files {
            match *name {
                "alembic.ini.mako" => self.ini(text, directory)?,
                "pyproject.toml.mako" => self.toml(text, directory)?,
                name => self.write(&format!("{}/{name}", self.folder), text)?,
            }
        }
        Ok(())
    }

    fn ini(&mut self, text: &str, directory: &str) -> Result<()> {
        let path = self.ini_path();
        if self.host.entry(&path).is_some() {
            self.outcome.said.push(Said::Message(format!("File {path} already exists, skipping")));
            return Ok(());
        }
        self.write(&path, &write::location(text, &here(&path, &self.folder, directory))?)
    }

    fn toml(&mut self, text: &str, directory: &str) -> Result<()> {
        let path = self.toml_path();
        let text = write::location(text, &here(&path, &self.folder, directory))?;
        match self.host.read(&path) {
            Ok(_) if !self.config.toml.is_empty() => {
                let words = "already exists and already has a [tool.alembic] section, skipping";
                self.outcome.said.push(Said::Message(format!("File {path} {words}")));
                Ok(())
            }
            Ok(bytes) => {
                let there = String::from_utf8_lossy(&bytes).into_owned();
                Files::write(self.host.as_ref(), &path, format!("{there}\n\n{text}").as_bytes())?;
                self.outcome.said.push(Said::LoudStatus(format!("Appending to {path}")));
                Ok(())
            }
            Err(_) => self.write(&path, &text),
        }
    }

    fn write(&mut self, path: &str, text: &str) -> Result<()> {
        Files::write(self.host.as_ref(), path, text.as_bytes())?;
        self.outcome.said.push(Said::LoudStatus(format!("Generating {path}")));
        self.outcome.files.push(path.into());
        Ok(())
    }

    fn packages(&mut self) -> Result<()> {
        for path in [format!("{}/__init__.py", self.folder), format!("{}/versions/__init__.py", self.folder)] {
            Files::write(self.host.as_ref(), &path, b"")?;
            self.outcome.said.push(Said::Status(format!("Adding {path}")));
            self.outcome.files.push(path);
        }
        Ok(())
    }

    fn last_words(&mut self, template: &template::Template) {
        let ini = self.ini_path();
        let toml = template.files.iter().any(|(name, _)| *name == "pyproject.toml.mako");
        let sentence = match toml {
            true => format!(
                "Please edit configuration settings in {} and configuration/connection/logging settings in {ini} before proceeding.",
                self.toml_path()
            ),
            false => format!("Please edit configuration/connection/logging settings in {ini} before proceeding."),
        };
        self.outcome.said.push(Said::Message(sentence));
    }

    fn ini_path(&self) -> String {
        self.config.absolute(self.config.ini_file.as_deref().unwrap_or("alembic.ini"))
    }

    fn toml_path(&self) -> String {
        self.config.absolute(self.config.toml_file.as_deref().unwrap_or("pyproject.toml"))
    }
}

/// The folder as the configuration names it: from its own place, unless it was given as an absolute path.
fn here(config: &str, folder: &str, directory: &str) -> String {
    if directory.starts_with('/') {
        return directory.into();
    }
    let base: Vec<&str> = config::parent(config).split('/').filter(|it| !it.is_empty()).collect();
    let to: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    let same = base.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", base.len() - same);
    let path: Vec<&str> = ["%(here)s"].into_iter().chain(up).chain(to[same..].iter().copied()).collect();
    path.join("/")
}
