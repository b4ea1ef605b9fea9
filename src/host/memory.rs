//! A host without an outside: files in a map, a clock that stands, randomness from a seed, output in a string.

use super::{Clock, Connection, Console, Databases, Entry, Environment, Files, Kept, Random, Stream};
use crate::error::{DatabaseError, Error, Kind, Result};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How a memory host opens a database.
pub type Open = Box<dyn Fn(&str) -> std::result::Result<Box<dyn Connection>, DatabaseError>>;

/// A host in memory, for the page's worker and for tests.
pub struct Memory {
    files: RefCell<BTreeMap<String, Vec<u8>>>,
    folders: RefCell<BTreeSet<String>>,
    variables: RefCell<BTreeMap<String, String>>,
    working_directory: RefCell<String>,
    now: Cell<i64>,
    random: Cell<u64>,
    console: RefCell<Vec<(Stream, String)>>,
    kept: Rc<Kept>,
    open: Open,
}

impl Memory {
    /// An empty host in the folder `/project`, whose databases are opened by `open`.
    pub fn new(open: Open) -> Self {
        Memory::keeping(Rc::default(), open)
    }

    /// The same, with what other hosts have kept already.
    pub fn keeping(kept: Rc<Kept>, open: Open) -> Self {
        Memory {
            files: RefCell::default(),
            folders: RefCell::new(BTreeSet::from(["/".into(), "/project".into()])),
            variables: RefCell::default(),
            working_directory: RefCell::new("/project".into()),
            now: Cell::new(0),
            random: Cell::new(0x9e37_79b9_7f4a_7c15),
            console: RefCell::default(),
            kept,
            open,
        }
    }

    /// A host whose databases cannot be opened: enough for the language.
    pub fn without_databases() -> Self {
        Memory::new(Box::new(|url| {
            Err(DatabaseError {
                class: crate::error::DatabaseErrorClass::OperationalError,
                message: format!("no database can be opened here: {url}"),
                code: None,
                sql: None,
            })
        }))
    }

    /// Sets the clock, in microseconds since 1970-01-01 UTC.
    pub fn set_clock(&self, now: i64) {
        self.now.set(now);
    }

    /// Sets the state of the random numbers.
    pub fn set_seed(&self, seed: u64) {
        self.random.set(seed);
    }

    /// The state of the random numbers, so that a run can be repeated from here.
    pub fn seed(&self) -> u64 {
        self.random.get()
    }

    /// Sets an environment variable.
    pub fn set_variable(&self, name: &str, value: &str) {
        self.variables.borrow_mut().insert(name.into(), value.into());
    }

    /// Changes the working directory, which must exist.
    pub fn set_working_directory(&self, path: &str) {
        *self.working_directory.borrow_mut() = path.into();
    }

    /// Takes what was written to the console since the last call, in order.
    pub fn take_output(&self) -> Vec<(Stream, String)> {
        self.console.take()
    }

    /// Every file with its path, sorted.
    pub fn all_files(&self) -> Vec<(String, Vec<u8>)> {
        self.files.borrow().iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    /// Removes everything below a folder, and the folder.
    pub fn remove_tree(&self, path: &str) {
        let below = format!("{}/", path.trim_end_matches('/'));
        self.files.borrow_mut().retain(|file, _| file != path && !file.starts_with(&below));
        self.folders.borrow_mut().retain(|folder| folder != path && !folder.starts_with(&below));
    }
}

fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(at) => &path[..at],
    }
}

fn refused(path: &str, message: &str) -> Error {
    Error::new(Kind::Files { path: path.into(), message: message.into() })
}

impl Files for Memory {
    fn kept(&self) -> Option<&Kept> {
        Some(&self.kept)
    }

    fn entry(&self, path: &str) -> Option<Entry> {
        if self.files.borrow().contains_key(path) {
            Some(Entry::File)
        } else {
            self.folders.borrow().contains(path).then_some(Entry::Folder)
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        self.files.borrow().get(path).cloned().ok_or_else(|| refused(path, "No such file or directory"))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        match self.entry(parent(path)) {
            Some(Entry::Folder) if !self.folders.borrow().contains(path) => {
                self.files.borrow_mut().insert(path.into(), bytes.into());
                Ok(())
            }
            Some(Entry::Folder) => Err(refused(path, "Is a directory")),
            _ => Err(refused(path, "No such file or directory")),
        }
    }

    fn list(&self, path: &str) -> Result<Vec<String>> {
        if self.entry(path) != Some(Entry::Folder) {
            return Err(refused(path, "No such file or directory"));
        }
        let (files, folders) = (self.files.borrow(), self.folders.borrow());
        let inside = files.keys().chain(folders.iter()).filter(|it| it.as_str() != "/" && parent(it) == path);
        let names: BTreeSet<String> = inside.map(|it| it[it.rfind('/').map_or(0, |at| at + 1)..].to_string()).collect();
        Ok(names.into_iter().collect())
    }

    fn create_folder(&self, path: &str) -> Result<()> {
        match self.entry(path) {
            Some(Entry::Folder) => Ok(()),
            Some(Entry::File) => Err(refused(path, "File exists")),
            None => {
                self.create_folder(parent(path))?;
                self.folders.borrow_mut().insert(path.into());
                Ok(())
            }
        }
    }

    fn remove(&self, path: &str) -> Result<()> {
        match self.entry(path) {
            Some(Entry::File) => drop(self.files.borrow_mut().remove(path)),
            Some(Entry::Folder) if self.list(path)?.is_empty() => drop(self.folders.borrow_mut().remove(path)),
            Some(Entry::Folder) => return Err(refused(path, "Directory not empty")),
            None => return Err(refused(path, "No such file or directory")),
        }
        Ok(())
    }
}

impl Environment for Memory {
    fn variables(&self) -> Vec<(String, String)> {
        self.variables.borrow().clone().into_iter().collect()
    }

    fn working_directory(&self) -> String {
        self.working_directory.borrow().clone()
    }
}

impl Clock for Memory {
    fn now(&self) -> i64 {
        self.now.get()
    }
}

impl Random for Memory {
    // SplitMix64: short, and the same bytes everywhere for the same seed.
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let state = self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.random.set(state);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (mixed ^ (mixed >> 31)).to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

impl Console for Memory {
    fn write(&self, stream: Stream, text: &str) {
        self.console.borrow_mut().push((stream, text.into()));
    }
}

impl Databases for Memory {
    fn open(&self, url: &str) -> std::result::Result<Box<dyn Connection>, DatabaseError> {
        (self.open)(url)
    }
}
