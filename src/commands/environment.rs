//! What commands share: the configuration, the folder of migrations, the graph of revisions.

use super::Settings;
use crate::config::Config;
use crate::dialect::Discipline;
use crate::error::{Error, Kind, Result};
use crate::host::Host;
use crate::runtime::{self, Run, Setup, Task};
use crate::script::{Directory, Graph};
use std::rc::Rc;

/// A project that a command works in.
#[derive(Clone)]
pub struct Environment {
    /// The outside.
    pub host: Rc<dyn Host>,
    /// What was said before the command.
    pub settings: Settings,
    /// alembic.ini and pyproject.toml.
    pub config: Config,
    /// The folder of env.py.
    pub directory: Directory,
}

impl Environment {
    /// Reads the configuration and finds the folder.
    pub fn open(host: Rc<dyn Host>, settings: &Settings) -> Result<Self> {
        let config = Config::read(host.as_ref(), &settings.configs, &settings.section)?;
        let directory = Directory::open(host.as_ref(), &config)?;
        Ok(Environment { host, settings: settings.clone(), config, directory })
    }

    /// The project's revisions; heads of files that only running tells are run for.
    pub fn graph(&self) -> Result<Graph> {
        let compute = &mut |path: &str, source: &str| runtime::aside::header(&self.host, path, source);
        self.directory.graph(self.host.as_ref(), compute).map_err(|error| self.with_line(error))
    }

    /// A syntax error with the line and the caret that Python shows.
    fn with_line(&self, mut error: Error) -> Error {
        let Kind::Python(traceback) = &mut error.kind else { return error };
        let Some(place) = traceback.frames.first_mut().filter(|place| place.line_text.is_empty()) else { return error };
        let Ok(bytes) = self.host.read(&place.file) else { return error };
        let source = String::from_utf8_lossy(&bytes);
        let line = source.lines().nth(place.span.line.saturating_sub(1) as usize).unwrap_or_default();
        place.line_text = line.trim().into();
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let caret = " ".repeat((place.span.column as usize).saturating_sub(indent));
        let shown = format!("    {}\n    {caret}^\n{}", place.line_text, traceback.class);
        traceback.text = traceback.text.replacen(&traceback.class, &shown, 1);
        error
    }

    /// Safe or as Alembic: by the option, the environment, the ini file.
    pub fn discipline(&self) -> Result<Discipline> {
        let variable = || {
            let found = self.host.variables().into_iter().find(|(name, _)| name == "RETORT_DISCIPLINE");
            found.map(|(_, value)| value)
        };
        let said = self.settings.discipline.clone().or_else(variable);
        match said.map_or_else(|| self.config.option("discipline"), |said| Ok(Some(said)))?.as_deref() {
            None | Some("" | "safe") => Ok(Discipline::Safe),
            Some("as-alembic") => Ok(Discipline::AsAlembic),
            Some(other) => {
                Err(Error::new(Kind::Usage(format!("the discipline is \"safe\" or \"as-alembic\", not {other:?}"))))
            }
        }
    }

    /// `revision_environment`: env.py is run for every new revision.
    pub fn wants_environment(&self) -> bool {
        self.directory.revision_environment
    }

    /// Starts env.py for a task.
    pub fn run(&self, command: &str, opts: runtime::Opts, task: Box<dyn Task>) -> Result<Run> {
        Run::new(self.setup(command, opts)?, task)
    }

    /// Starts a file of the project: `python models.py`.
    pub fn script(&self, path: &str) -> Result<Run> {
        Run::script(self.setup("python", runtime::Opts::default())?, path)
    }

    fn setup(&self, command: &str, opts: runtime::Opts) -> Result<Setup> {
        Ok(Setup {
            host: Rc::clone(&self.host),
            config: self.config.clone(),
            directory: self.directory.clone(),
            graph: self.graph()?,
            discipline: self.discipline()?,
            command: command.into(),
            x: self.settings.x.clone(),
            quiet: self.settings.quiet,
            raise_errors: self.settings.raise_errors,
            opts,
        })
    }
}
