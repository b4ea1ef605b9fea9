//! A project in memory, and commands typed into it.

use retort::{
    cli::{self, Parsed, print},
    commands::{Job, Progress},
    config,
    database::{
        guard::Guard,
        shelf::Shelf,
        sqlite::Sqlite,
        url::{self, Url},
    },
    host::{Connection, Files, Host, memory::Memory},
    runtime::{Budget, trace::Step},
    schema::Literal,
};
use std::{cell::RefCell, rc::Rc};

/// A project in `/project`, with its database `app.db` and what was printed.
pub(crate) struct Session {
    host: Rc<Memory>,
    shelf: Rc<Shelf>,
    steps: RefCell<Vec<Step>>,
}

impl Session {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Session::guarded(&Guard::default())
    }

    /// The same, with databases that keep to a guard.
    pub(crate) fn guarded(guard: &Guard) -> Self {
        let shelf = Rc::new(Shelf::new(guard.clone()));
        let guard = guard.clone();
        let opened = Rc::clone(&shelf);
        let host = Memory::new(Box::new(move |address| {
            let path = Url::parse(address).map(|url| url.sqlite());
            match path {
                Some(url::Sqlite::File(path)) => {
                    Ok(Box::new(opened.open(&config::join("/project", &path))?) as Box<dyn Connection>)
                }
                Some(url::Sqlite::Memory) => Ok(Box::new(Sqlite::memory(&guard)?) as Box<dyn Connection>),
                _ => unreachable!("the tests open files and memory only: {address}"),
            }
        }));
        host.set_clock(1_795_000_000_000_000);
        Session { host: Rc::new(host), shelf, steps: RefCell::default() }
    }

    /// Makes a file and the folders above it.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = config::join("/project", path);
        self.host.create_folder(config::parent(&path)).expect("memory makes folders");
        Files::write(self.host.as_ref(), &path, text.as_ref()).expect("memory takes files");
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        self.host.remove(&config::join("/project", path)).expect("the file is there");
    }

    /// A file's text.
    pub(crate) fn read(&self, path: &str) -> String {
        let bytes = self.host.read(&config::join("/project", path)).expect("the file is there");
        String::from_utf8(bytes).expect("the file is text")
    }

    /// Runs a command; what it printed on both streams, or the same as an error.
    pub(crate) fn run(&self, words: &str) -> Result<String, String> {
        self.run_within(words, Budget::terminal())
    }

    /// The same, with so much time and patience.
    pub(crate) fn run_within(&self, words: &str, budget: Budget) -> Result<String, String> {
        let words: Vec<String> = words.split(' ').map(String::from).collect();
        let Parsed::Run(settings, command) = cli::parse("retort", &words) else { return Err(format!("{words:?}?")) };
        let mut job = Job::start(Rc::clone(&self.host) as Rc<dyn Host>, &settings, &command);
        let result = loop {
            if let Progress::Done(result) = job.resume(budget) {
                break result;
            }
        };
        self.steps.replace(job.environment().map(|run| run.steps().to_vec()).unwrap_or_default());
        drop(job);
        let style = print::Style { width: None, quiet: false, raise_errors: false };
        let printed = result.as_ref().map_or_else(|it| print::error(it, style), |it| print::outcome(it, style));
        let told = self.host.take_output().into_iter().map(|(_, text)| text);
        let text: String = told.chain(printed.text.into_iter().map(|(_, text)| text)).collect();
        if printed.code == 0 { Ok(text) } else { Err(text) }
    }

    /// The steps of the last command.
    pub(crate) fn steps(&self) -> Vec<Step> {
        self.steps.borrow().clone()
    }

    /// The rows of a query on `app.db`, each cell as text.
    pub(crate) fn query(&self, sql: &str) -> Vec<Vec<String>> {
        let mut database = self.shelf.open("/project/app.db").expect("the database opens");
        let rows = database.execute(sql, &[]).expect("the query is right").rows;
        rows.into_iter().map(|row| row.iter().map(cell).collect()).collect()
    }
}

fn cell(value: &Literal) -> String {
    match value {
        Literal::Null => "NULL".into(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => format!("{number:?}"),
        Literal::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}
