//! Real files, environment, clock, randomness, terminal, databases.

use super::postgresql;
use retort::database::guard::Guard;
use retort::database::postgresql::{Address, Postgresql};
use retort::database::sqlite::Sqlite;
use retort::database::url::{self, Url};
use retort::error::{DatabaseError, DatabaseErrorClass, Error, Kind, Result};
use retort::host::{Clock, Connection, Console, Databases, Entry, Environment, Files, Random, Stream};
use retort::schema::Literal;
use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The machine that the program runs on.
pub(super) struct Native {
    guard: Guard,
    /// What the terminal, the pipe or the file behind standard output had against it, first.
    unsaid: RefCell<Option<String>>,
}

impl Native {
    pub(super) fn new() -> Self {
        Native { guard: Guard::default(), unsaid: RefCell::default() }
    }

    /// Why something could not be said on standard output: `upgrade --sql > file` on a full disk must not look done.
    pub(super) fn unsaid(&self) -> Option<String> {
        self.unsaid.borrow_mut().take()
    }

    /// What stops statements that run.
    pub(super) fn guard(&self) -> Guard {
        self.guard.clone()
    }
}

fn refused(path: &str, error: &std::io::Error) -> Error {
    Error::new(Kind::Files { path: path.into(), message: words(error) })
}

/// What went wrong, without the operating system's number.
fn words(error: &std::io::Error) -> String {
    let message = error.to_string();
    message.split(" (os error").next().unwrap_or_default().to_string()
}

impl Files for Native {
    fn entry(&self, path: &str) -> Option<Entry> {
        let found = std::fs::metadata(path).ok()?;
        Some(if found.is_dir() { Entry::Folder } else { Entry::File })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        std::fs::read(path).map_err(|error| refused(path, &error))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let before = std::fs::read(path);
        std::fs::write(path, bytes).map_err(|error| {
            // Half a file is worse than none: a full disk would leave a revision without a name in the middle of the others.
            let _ = match &before {
                Ok(bytes) => std::fs::write(path, bytes),
                Err(_) => std::fs::remove_file(path),
            };
            refused(path, &error)
        })
    }

    fn list(&self, path: &str) -> Result<Vec<String>> {
        let entries = std::fs::read_dir(path).map_err(|error| refused(path, &error))?;
        let mut names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    fn create_folder(&self, path: &str) -> Result<()> {
        std::fs::create_dir_all(path).map_err(|error| refused(path, &error))
    }

    fn remove(&self, path: &str) -> Result<()> {
        let removed = if Path::new(path).is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
        removed.map_err(|error| refused(path, &error))
    }
}

impl Environment for Native {
    fn variables(&self) -> Vec<(String, String)> {
        let texts =
            std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
        let mut variables: Vec<(String, String)> = texts.collect();
        variables.sort();
        variables
    }

    fn working_directory(&self) -> String {
        std::env::current_dir().map_or_else(|_| "/".into(), |path| path.to_string_lossy().replace('\\', "/"))
    }
}

impl Clock for Native {
    #[expect(clippy::disallowed_methods, reason = "this is the host's clock")]
    fn now(&self) -> i64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros() as i64)
    }

    fn utc_offset(&self) -> i32 {
        let sql = "SELECT CAST(strftime('%s', 'now', 'localtime') AS INTEGER) - CAST(strftime('%s', 'now') AS INTEGER)";
        let rows = Sqlite::memory(&self.guard).and_then(|mut database| database.execute(sql, &[]));
        match rows.ok().and_then(|rows| rows.rows.into_iter().next()?.into_iter().next()) {
            Some(Literal::Integer(seconds)) => seconds as i32,
            _ => 0,
        }
    }
}

impl Random for Native {
    // The standard library's hash keys come from the operating system's randomness.
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let bytes = RandomState::new().build_hasher().finish().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

impl Console for Native {
    fn write(&self, stream: Stream, text: &str) {
        let said = match stream {
            Stream::Out => std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()),
            // Where not even this can be said, there is nowhere to say it.
            Stream::Err => return drop(std::io::stderr().write_all(text.as_bytes())),
        };
        match said {
            // A reader that went away is no reason to fail.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.unsaid.borrow_mut().get_or_insert_with(|| words(&error));
            }
            _ => {}
        }
    }
}

impl Databases for Native {
    fn open(&self, text: &str) -> std::result::Result<Box<dyn Connection>, DatabaseError> {
        let url = Url::parse(text).ok_or_else(|| cannot_open(format!("{text} is no database URL")))?;
        match url.dialect.as_str() {
            "sqlite" => Ok(Box::new(self.sqlite(&url)?)),
            "postgresql" => Ok(Box::new(self.postgresql(&url)?)),
            other => Err(elsewhere(other)),
        }
    }
}

impl Native {
    fn sqlite(&self, url: &Url) -> std::result::Result<Sqlite, DatabaseError> {
        match url.sqlite() {
            url::Sqlite::Memory => Sqlite::memory(&self.guard),
            url::Sqlite::File(path) => Sqlite::file(&path, &self.guard),
            url::Sqlite::Address(address) => Sqlite::address(&address, &self.guard),
        }
    }

    fn postgresql(&self, url: &Url) -> std::result::Result<Postgresql, DatabaseError> {
        let variables = self.variables();
        let variable = |name: &str| variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let file = variable("PGPASSFILE").map(Into::into);
        let file = file.or_else(|| std::env::home_dir().map(|home| home.join(".pgpass")));
        let passwords = file.and_then(|file| std::fs::read_to_string(file).ok());
        let address = Address::of(url, &variable, passwords.as_deref())?;
        postgresql::connect(&address, &self.guard)
    }
}

fn elsewhere(dialect: &str) -> DatabaseError {
    cannot_open(format!(
        "Retort runs migrations on SQLite and PostgreSQL; for {dialect} it writes the SQL: `upgrade head --sql`"
    ))
}

fn cannot_open(message: String) -> DatabaseError {
    DatabaseError { class: DatabaseErrorClass::NotSupportedError, message, code: None, sql: None }
}
