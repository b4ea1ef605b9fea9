//! The terminal: a line is a command of Alembic's, of the shell, or SQL.

use super::going::Going;
use super::{Done, Goal, Work, Workbench};
use crate::console::{self, Format, complete, meta};
use crate::places;
use crate::server;
use crate::shell::line::{self, Builtin, Line};
use crate::shell::{Then, builtins, paths};
use retort::cli::{self, Parsed, print};
use retort::commands::{Command, Job, Outcome, Settings};
use retort::error::{Error, Kind};
use retort::host::{Environment as _, Stream};
use retort_protocol::Reply;
use retort_protocol::terminal::{Completion, Ink, Mode, Offer, Prompt, Tone};
use std::rc::Rc;

/// What the terminal remembers between two lines.
#[derive(Default)]
pub(super) struct Terminal {
    /// The database whose console is open.
    console: Option<String>,
    /// How results are printed.
    format: Format,
    /// A statement that has begun.
    begun: String,
    /// The run that waits at a step.
    pub(super) waiting: Option<Going>,
}

impl Terminal {
    /// Ctrl-C: what was begun is forgotten.
    pub(super) fn forget_line(&mut self) {
        self.begun.clear();
    }

    fn prompt(&self, folder: &str) -> Prompt {
        let place =
            |path: &str| path.strip_prefix(paths::ROOT).map_or(path, |rest| rest.trim_start_matches('/')).to_string();
        let (text, mode) = match (&self.console, self.begun.is_empty()) {
            (None, _) => ("$ ", Mode::Shell),
            (Some(path), true) if path == server::DATABASE => ("postgres=# ", Mode::Psql),
            (Some(path), false) if path == server::DATABASE => ("postgres-# ", Mode::More),
            (Some(_), true) => ("sqlite> ", Mode::Sqlite),
            (Some(_), false) => ("   ...> ", Mode::More),
        };
        Prompt { text: text.into(), mode, place: self.console.as_deref().map_or_else(|| place(folder), place) }
    }
}

impl Workbench {
    pub(super) fn prompt(&mut self, number: u32) {
        let prompt = self.terminal.prompt(&self.world.host.working_directory());
        self.say(number, Reply::Prompt(prompt));
    }

    pub(super) fn type_line(&mut self, number: u32, text: &str) -> Done {
        if self.terminal.console.is_some() {
            self.console_line(number, text);
            self.prompt(number);
            return Ok(());
        }
        match line::read(text) {
            Line::Empty => {}
            Line::Alembic(words) => return self.alembic(number, text, &words),
            Line::Builtin(builtin, words) => return self.builtin(number, builtin, &words),
            Line::Sql(sql) => self.sql(number, &sql),
            Line::Meta(command) => self.meta(number, &command),
            Line::Unfinished => self.print(number, Tone::Wrong, "a quote was opened and not closed\n".into()),
            Line::Unknown(name) => self.unknown(number, &name),
        }
        self.prompt(number);
        Ok(())
    }

    pub(super) fn print(&mut self, number: u32, tone: Tone, text: String) {
        if !text.is_empty() {
            self.say(number, Reply::Output(vec![Ink { tone, text }]));
        }
    }

    fn unknown(&mut self, number: u32, name: &str) {
        let names = line::NAMES.iter().map(|(name, _)| *name).chain(["alembic", "retort"]);
        let hint = line::nearest(name, names).map(|near| format!(". Did you mean {near}?")).unwrap_or_default();
        self.print(number, Tone::Wrong, format!("{name}: command not found{hint}\n"));
    }

    // Alembic

    fn alembic(&mut self, number: u32, text: &str, words: &[String]) -> Done {
        match cli::parse("alembic", words) {
            Parsed::Say(help) => self.print(number, Tone::Plain, help),
            Parsed::Wrong(message) => self.wrong_words(number, text, message),
            Parsed::Run(..) => return self.command(number, words, Goal::Typed),
        }
        self.prompt(number);
        Ok(())
    }

    // The slip of the tutorial, `downgrade -l`, is offered as it was meant.
    fn wrong_words(&mut self, number: u32, text: &str, message: String) {
        self.print(number, Tone::Wrong, message);
        let words: Vec<&str> = text.split_whitespace().collect();
        if let Some(at) = words.iter().position(|word| matches!(*word, "-l" | "-I" | "-L")) {
            let mut meant = words.clone();
            meant[at] = "-1";
            let command = meant.join(" ");
            let fix = retort_protocol::files::Fix {
                title: format!("Type {command}"),
                command: Some(command),
                ..retort_protocol::files::Fix::default()
            };
            self.say(number, Reply::Offer(Offer { fix }));
        }
    }

    /// Starts a command of Alembic's. What stands in the middle of a revision leaves it first, and says so.
    pub(super) fn command(&mut self, number: u32, words: &[String], goal: Goal) -> Done {
        let Parsed::Run(settings, command) = cli::parse("alembic", words) else {
            return Ok(());
        };
        self.start(number, &settings, &command, goal);
        Ok(())
    }

    pub(super) fn start(&mut self, number: u32, settings: &Settings, command: &Command, goal: Goal) {
        self.leave_first(number);
        self.failure = None;
        self.standing.failed = None;
        let image = self.image();
        self.tape.begin(image);
        let mut job = Job::start(Rc::clone(&self.world.host) as Rc<_>, settings, command);
        job.pause(retort::runtime::Pausing::EachStep);
        job.around(Box::new(self.around()));
        self.work = Some(Work { number, going: Going::Command(Box::new(job)), goal });
    }

    pub(super) fn leave_first(&mut self, number: u32) {
        let open = self.standing.open.as_ref().map(|open| open.revision.clone());
        if self.abandon() {
            let left = format!("Left {} first; what it had done was rolled back.\n", open.unwrap_or_default());
            self.print(number, Tone::Aside, left);
        }
    }

    /// What was written to the console since the last slice.
    pub(super) fn show_output(&mut self, number: u32) {
        let inks: Vec<Ink> =
            self.world.host.take_output().into_iter().map(|(stream, text)| ink(stream, text)).collect();
        if !inks.is_empty() {
            self.say(number, Reply::Output(inks));
        }
    }

    pub(super) fn show_outcome(&mut self, number: u32, outcome: &Outcome) {
        let printed = print::outcome(outcome, style());
        let inks: Vec<Ink> = printed.text.into_iter().map(|(stream, text)| ink(stream, text)).collect();
        if !inks.is_empty() {
            self.say(number, Reply::Output(inks));
        }
    }

    pub(super) fn show_error(&mut self, number: u32, error: &Error) {
        let printed = print::error(error, style());
        let inks: Vec<Ink> = printed.text.into_iter().map(|(_, text)| Ink { tone: Tone::Wrong, text }).collect();
        self.say(number, Reply::Output(inks));
    }

    // The shell

    fn builtin(&mut self, number: u32, builtin: Builtin, words: &[String]) -> Done {
        let said = builtins::run(builtin, words, &self.world.host);
        if !said.inks.is_empty() {
            self.say(number, Reply::Output(said.inks));
        }
        match said.then {
            Then::Nothing => self.files_changed(number),
            Then::Python(path) => return self.python(number, &path),
            Then::Console(path) => self.terminal.console = Some(path),
            Then::Psql => self.psql(number),
            Then::Clear => self.say(number, Reply::Output(vec![Ink { tone: Tone::Plain, text: "\u{c}".into() }])),
            Then::Undo => return self.undo_typed(number, Workbench::undo),
            Then::Redo => return self.undo_typed(number, Workbench::redo),
        }
        self.prompt(number);
        Ok(())
    }

    fn psql(&mut self, number: u32) {
        if self.world.is_on_server() {
            self.terminal.console = Some(server::DATABASE.into());
            return self.print(number, Tone::Aside, "Type \\? for help, \\q to leave.\n".into());
        }
        let why = "This project's database is SQLite's. SQL, \\d and \\dt work right here at the prompt.\n";
        self.print(number, Tone::Aside, why.into());
    }

    // What a button would be refused is said in words.
    fn undo_typed(&mut self, number: u32, undo: fn(&mut Self, u32) -> Done) -> Done {
        if let Err(trouble) = undo(self, number) {
            self.print(number, Tone::Aside, format!("{}.\n", trouble.title));
            self.prompt(number);
        }
        Ok(())
    }

    /// A command may have made, changed or removed files, databases among them.
    fn files_changed(&mut self, number: u32) {
        self.world.settle();
        let before = self.standing.heads.clone();
        self.survey();
        self.show_files(number);
        if before != self.standing.heads {
            self.tape.clear();
        }
        if self.note() {
            self.show_scene(number);
        }
        self.forecast.stale();
        self.checkpoint();
    }

    /// A file is run as Python would, in slices like a command of Alembic's.
    fn python(&mut self, number: u32, path: &str) -> Done {
        let environment = retort::commands::Environment::open(Rc::clone(&self.world.host) as Rc<_>, &super::settings());
        match environment.and_then(|environment| environment.script(path)) {
            Ok(run) => {
                self.leave_first(number);
                self.work = Some(Work { number, going: Going::Revision(Box::new(run)), goal: Goal::Typed });
            }
            Err(error) => {
                self.show_error(number, &error);
                self.prompt(number);
            }
        }
        Ok(())
    }

    // SQL

    fn console_line(&mut self, number: u32, text: &str) {
        if self.terminal.begun.is_empty() && (text.trim().starts_with('.') || text.trim().starts_with('\\')) {
            return self.meta(number, text.trim());
        }
        let begun = std::mem::take(&mut self.terminal.begun);
        let whole = if begun.is_empty() { text.to_string() } else { format!("{begun}\n{text}") };
        if complete::is_complete(&whole) { self.sql(number, &whole) } else { self.terminal.begun = whole }
    }

    // Inside a revision the console only reads: a change would be rolled back with it, or be committed with it.
    fn sql(&mut self, number: u32, sql: &str) {
        let inside = self.standing.open.is_some();
        let answer = match self.console_connection(inside) {
            Ok(mut connection) => console::run(connection.as_mut(), sql, self.terminal.format).map_err(Error::from),
            Err(error) => Err(error),
        };
        match answer {
            Ok(text) => self.print(number, Tone::Plain, text),
            Err(error) => self.print(number, Tone::Wrong, format!("Error: {error}\n")),
        }
        if inside && console::changes(sql) {
            let why = "Inside a revision the console works on a copy; nothing was changed.\n";
            self.print(number, Tone::Aside, why.into());
        } else if console::changes(sql) {
            self.rows_changed(number);
        }
    }

    fn console_connection(&mut self, copy: bool) -> Result<Box<dyn retort::host::Connection>, Error> {
        if copy {
            let image = self.image().bytes();
            return Ok(Box::new(self.world.look(&image)?));
        }
        let path = self.terminal.console.clone().or_else(|| self.world.database());
        let path = path.ok_or_else(|| Error::command("There is no database yet; `alembic upgrade head` makes one"))?;
        Ok(self.world.connect(&path)?)
    }

    fn meta(&mut self, number: u32, command: &str) {
        let format = self.terminal.format;
        let inside = self.standing.open.is_some();
        let done =
            self.console_connection(inside).and_then(|mut connection| meta::run(connection.as_mut(), command, format));
        match done {
            Ok(meta::Done::Text(text)) => self.print(number, Tone::Plain, text),
            Ok(meta::Done::Format(format)) => self.terminal.format = format,
            Ok(meta::Done::Quit) => self.terminal.console = None,
            Err(error) => self.print(number, Tone::Wrong, format!("Error: {error}\n")),
        }
    }

    // Tab

    pub(super) fn complete(&mut self, number: u32, text: &str) -> Done {
        let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = &text[start..];
        let mut candidates = if start == 0 { command_names(word) } else { self.words_for(&text[..start], word) };
        candidates.sort();
        candidates.dedup();
        let from = text[..start].encode_utf16().count() as u32;
        self.say(number, Reply::Completion(Completion { from, candidates }));
        Ok(())
    }

    fn words_for(&mut self, before: &str, word: &str) -> Vec<String> {
        let first: Vec<&str> = before.split_whitespace().collect();
        match first.as_slice() {
            ["alembic" | "retort"] => starting(word, cli::command_names()),
            ["alembic" | "retort", "upgrade" | "downgrade" | "stamp" | "show", ..] => {
                let ids = self.graph.revisions().map(|revision| revision.id.as_str());
                starting(word, ids.chain(["head", "heads", "base", "+1", "-1"]))
            }
            ["\\d" | ".schema", ..] => self.table_names(word),
            _ => self.file_names(word),
        }
    }

    fn table_names(&mut self, word: &str) -> Vec<String> {
        let Ok(schema) = self.schema_here() else {
            return Vec::new();
        };
        starting(word, schema.tables.iter().map(|table| table.name.name.as_str()))
    }

    fn file_names(&self, word: &str) -> Vec<String> {
        use retort::host::{Entry, Files};
        let (folder, name) = word.rsplit_once('/').map_or(("", word), |(folder, name)| (folder, name));
        let at = paths::resolve(&self.world.host.working_directory(), if folder.is_empty() { "." } else { folder });
        let names = self.world.host.list(&at).unwrap_or_default();
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let matching =
            names.iter().filter(|it| it.starts_with(name) && (!it.starts_with('.') || name.starts_with('.')));
        let whole = matching.map(|name| match self.world.host.entry(&format!("{at}/{name}")) {
            Some(Entry::Folder) => format!("{prefix}{name}/"),
            _ => format!("{prefix}{name}"),
        });
        whole.collect()
    }

    /// Corrections of what is known to be behind an error, as buttons under the output.
    pub(super) fn offer_fixes(&mut self, number: u32, error: &Error) {
        for fix in self.fixes(error) {
            self.say(number, Reply::Offer(Offer { fix }));
        }
    }

    /// Corrections of what is known to be behind an error.
    pub(super) fn fixes(&self, error: &Error) -> Vec<retort_protocol::files::Fix> {
        let found = self.corrections(error);
        let read = |path: &str| crate::files::text(&self.world.host, path);
        found.iter().filter_map(|it| places::fix(it.fix.as_ref()?, read)).collect()
    }

    /// What is known to be behind an error.
    pub(super) fn corrections(&self, error: &Error) -> Vec<retort::error::Diagnostic> {
        let host = Rc::clone(&self.world.host) as Rc<_>;
        match error.kind {
            Kind::Files { .. } => retort::commands::about_configuration(&host, &super::settings()),
            _ => retort::commands::corrections(error, &host, &super::settings()),
        }
    }
}

fn ink(stream: Stream, text: String) -> Ink {
    let tone = match stream {
        Stream::Out if text.starts_with("FAILED:") => Tone::Wrong,
        Stream::Out => Tone::Plain,
        Stream::Err if text.starts_with("ERROR") => Tone::Wrong,
        Stream::Err if text.contains("Warning:") || text.starts_with("WARN") => Tone::Care,
        Stream::Err => Tone::Quiet,
    };
    Ink { tone, text }
}

fn style() -> print::Style {
    print::Style { width: None, quiet: false, raise_errors: false }
}

fn command_names(word: &str) -> Vec<String> {
    let names = line::NAMES.iter().map(|(name, _)| *name).chain(["alembic", "retort"]);
    starting(word, names)
}

fn starting<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    names.into_iter().filter(|name| name.starts_with(word)).map(str::to_string).collect()
}
