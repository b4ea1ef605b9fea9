//! The outside of a project in the page: files, databases, clock and randomness, all in memory.

use crate::looks::{Look, Looks};
use crate::server::{self, Project, Server, Session, Trial};
use crate::shell::paths;
use retort::database;
use retort::database::guard::Guard;
use retort::database::images::Image;
use retort::database::shelf::Shelf;
use retort::database::sqlite::Sqlite;
use retort::database::url::{self, Url};
use retort::error::{DatabaseError, DatabaseErrorClass};
use retort::host::memory::Memory;
use retort::host::{Clock, Connection, Entry, Environment, Files, Kept, Random};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::time::Duration;

/// How long one statement may take.
const STATEMENT: Duration = Duration::from_secs(2);
/// What stands in a database's file, for `ls` and for scripts that look whether it exists.
const MARKER: &[u8] = b"SQLite format 3\0";

/// A project's outside.
pub struct World {
    /// Files, environment, clock, randomness, console.
    pub host: Rc<Memory>,
    /// The databases that its URLs name.
    pub shelf: Rc<Shelf>,
    /// Ends statements that run too long, and those that the user stops.
    pub guard: Guard,
    /// What the project's randomness comes from.
    pub seed: u64,
    looks: Looks,
    kept: Rc<Kept>,
    postgresql: Rc<Project>,
    opened: Rc<RefCell<Option<String>>>,
}

impl World {
    /// An empty one, at a time, in microseconds since 1970 UTC, and with a seed for its randomness.
    pub fn new(clock: i64, seed: u64) -> Self {
        World::beside(&Rc::default(), clock, seed)
    }

    /// The same, where PostgreSQL may be asked of this server.
    pub fn beside(server: &Rc<Server>, clock: i64, seed: u64) -> Self {
        World::keeping(Rc::default(), Project::new(server), false, clock, seed)
    }

    // What was compiled and reflected in one world is so in its copies, and what those try in PostgreSQL is taken back.
    fn keeping(kept: Rc<Kept>, postgresql: Rc<Project>, tries: bool, clock: i64, seed: u64) -> Self {
        let guard = Guard::untrusted(STATEMENT);
        let shelf = Rc::new(Shelf::keeping(Rc::clone(&kept), guard.clone()));
        let opened = Rc::new(RefCell::new(None));
        let host = Rc::new_cyclic(|host: &Weak<Memory>| {
            let doors = Doors {
                host: host.clone(),
                shelf: shelf.clone(),
                opened: opened.clone(),
                postgresql: postgresql.clone(),
                tries,
                trial: RefCell::default(),
            };
            let open = Box::new(move |url: &str| doors.open(url));
            Memory::keeping(Rc::clone(&kept), open)
        });
        host.set_clock(clock);
        host.set_seed(seed);
        shelf.follow(nature(&host));
        World { host, shelf, guard, seed, looks: Looks::keeping(Rc::clone(&kept)), kept, opened, postgresql }
    }

    /// The same project once more, for what must not be seen: trying things out.
    pub fn fork(&self) -> World {
        let (kept, postgresql) = (Rc::clone(&self.kept), Rc::clone(&self.postgresql));
        let copy = World::keeping(kept, postgresql, true, self.host.now(), self.seed);
        copy.host.set_seed(self.host.seed());
        for (path, bytes) in self.host.all_files() {
            copy.host
                .create_folder(paths::parent(&path))
                .and_then(|()| copy.host.write(&path, &bytes))
                .expect("memory takes files");
        }
        for path in self.shelf.paths() {
            if let Some(image) = self.shelf.image(&path) {
                copy.put(&path, &image).expect("an image that was just made is a database");
            }
        }
        for (name, value) in self.host.variables() {
            copy.host.set_variable(&name, &value);
        }
        copy.host.set_working_directory(&self.host.working_directory());
        copy.opened.borrow_mut().clone_from(&self.opened.borrow());
        copy
    }

    /// The path of the database that was opened last: the project's own.
    pub fn database(&self) -> Option<String> {
        self.opened.borrow().clone()
    }

    /// Says which database is the project's own, before anything has opened it.
    pub fn expect_database(&self, path: &str) {
        *self.opened.borrow_mut() = Some(path.into());
    }

    /// Puts a database there, or replaces its contents.
    pub fn put(&self, path: &str, image: &[u8]) -> Result<(), DatabaseError> {
        if path == server::DATABASE {
            self.postgresql.put(image);
            return Ok(());
        }
        self.shelf.put(path, image)?;
        self.mark();
        Ok(())
    }

    /// Takes a database away, with its file.
    pub fn remove(&self, path: &str) -> retort::error::Result<()> {
        if path == server::DATABASE {
            self.postgresql.remove();
            return Ok(());
        }
        self.shelf.remove(path);
        if self.host.entry(path).is_some() { self.host.remove(path) } else { Ok(()) }
    }

    /// The paths of all databases, sorted; PostgreSQL's own name comes last.
    pub fn databases(&self) -> Vec<String> {
        let own = self.postgresql.is_used().then(|| server::DATABASE.to_string());
        self.shelf.paths().into_iter().chain(own).collect()
    }

    /// A database as bytes; `None` where there is none. As long as nothing was committed, the bytes are the same ones.
    pub fn image(&self, path: &str) -> Option<Rc<[u8]>> {
        if path == server::DATABASE { self.postgresql.image() } else { self.shelf.image(path) }
    }

    /// A connection to a database.
    pub fn connect(&self, path: &str) -> Result<Box<dyn Connection>, DatabaseError> {
        if path == server::DATABASE {
            return Ok(Box::new(self.postgresql.connect(None)?));
        }
        Ok(Box::new(self.shelf.open(path)?))
    }

    /// Whether the project's own database is PostgreSQL's.
    pub fn is_on_server(&self) -> bool {
        self.database().is_some_and(|path| path == server::DATABASE)
    }

    /// Whether a file of the project says that its database is PostgreSQL's.
    pub fn speaks_of_postgresql(&self) -> bool {
        let spoken = ["postgresql://", "postgresql+", "postgres://", "\"postgresql\"", "'postgresql'"];
        let settings = |path: &str| [".ini", ".env", ".toml", ".py"].iter().any(|end| path.ends_with(end));
        let texts =
            self.host.all_files().into_iter().filter(|(path, _)| settings(path) && !path.contains("/versions/"));
        let says = |line: &str| !line.trim_start().starts_with('#') && spoken.iter().any(|words| line.contains(words));
        texts.into_iter().any(|(_, bytes)| String::from_utf8_lossy(&bytes).lines().any(says))
    }

    /// Brings files and databases together: a database has a file, and whose file was removed is gone.
    pub fn settle(&self) {
        for path in self.shelf.paths() {
            if self.host.entry(&path).is_none() {
                self.shelf.remove(&path);
            }
        }
    }

    /// Gives every database its file.
    pub fn mark(&self) {
        self.shelf.paths().iter().for_each(|path| mark(&self.host, path));
    }

    /// The database at a moment, to be read. All images must have been kept in one place.
    pub fn at(&self, image: &Image) -> Result<Rc<Look>, DatabaseError> {
        self.looks.at(image, &self.guard)
    }

    /// A connection to nothing but an image, which may change its copy.
    pub fn look(&self, image: &[u8]) -> Result<Sqlite, DatabaseError> {
        let mut connection = Sqlite::memory(&self.guard)?;
        if !image.is_empty() {
            connection.load(image)?;
        }
        Ok(connection)
    }
}

/// Time and randomness as SQLite asks for them.
fn nature(host: &Rc<Memory>) -> database::world::World {
    let (clock, random) = (Rc::downgrade(host), Rc::downgrade(host));
    let now = move || clock.upgrade().map_or(0, |host| host.now());
    let fill = move |buffer: &mut [u8]| {
        if let Some(host) = random.upgrade() {
            host.fill(buffer);
        }
    };
    database::world::World { now: Box::new(now), fill: Box::new(fill) }
}

/// What opening a database needs.
struct Doors {
    host: Weak<Memory>,
    shelf: Rc<Shelf>,
    opened: Rc<RefCell<Option<String>>>,
    postgresql: Rc<Project>,
    /// Whether this is a copy.
    tries: bool,
    /// In a copy, from the first connection on.
    trial: RefCell<Option<Rc<Trial>>>,
}

impl Doors {
    fn open(&self, url: &str) -> Result<Box<dyn Connection>, DatabaseError> {
        let parsed = Url::parse(url).ok_or_else(|| not_here(url))?;
        match parsed.dialect.as_str() {
            "sqlite" => self.sqlite(&parsed),
            "postgresql" => {
                let session = self.session()?;
                *self.opened.borrow_mut() = Some(server::DATABASE.into());
                Ok(Box::new(session))
            }
            _ => Err(not_here(url)),
        }
    }

    fn session(&self) -> Result<Session, DatabaseError> {
        let mut trial = self.trial.borrow_mut();
        if self.tries && trial.is_none() {
            *trial = Some(self.postgresql.tried()?);
        }
        self.postgresql.connect(trial.as_ref())
    }

    fn sqlite(&self, parsed: &Url) -> Result<Box<dyn Connection>, DatabaseError> {
        let host = self.host.upgrade().expect("a host is alive while it opens databases");
        let path = match parsed.sqlite() {
            url::Sqlite::Memory => return Ok(Box::new(Sqlite::memory(&Guard::untrusted(STATEMENT))?)),
            url::Sqlite::File(path) => path,
            url::Sqlite::Address(address) => {
                let path = address.trim_start_matches("file:").split('?').next().unwrap_or_default();
                path.to_string()
            }
        };
        let path = paths::resolve(&host.working_directory(), &path);
        if host.entry(paths::parent(&path)) != Some(Entry::Folder) {
            return Err(refused("unable to open database file".into()));
        }
        let connection = self.shelf.open(&path)?;
        mark(&host, &path);
        *self.opened.borrow_mut() = Some(path);
        Ok(Box::new(connection))
    }
}

fn mark(host: &Memory, path: &str) {
    if host.entry(path).is_none() {
        host.write(path, MARKER).expect("the database's folder is there");
    }
}

fn not_here(url: &str) -> DatabaseError {
    let dialect = Url::parse(url).map_or_else(|| url.to_string(), |url| url.dialect);
    let message = format!("Retort runs SQLite and PostgreSQL here; for {dialect} it compares and writes SQL (--sql)");
    DatabaseError { class: DatabaseErrorClass::NotSupportedError, ..refused(message) }
}

fn refused(message: String) -> DatabaseError {
    DatabaseError { class: DatabaseErrorClass::OperationalError, message, code: None, sql: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use retort::host::Databases;

    fn count(world: &World) -> usize {
        let mut connection = world.host.open("sqlite:///./database.db").expect("opens");
        connection.execute("SELECT * FROM t", &[]).map_or(0, |found| found.rows.len())
    }

    #[test]
    fn a_database_has_a_file_and_goes_with_it() {
        let world = World::new(0, 1);
        let mut connection = world.host.open("sqlite:///./database.db").expect("opens");
        connection.execute("CREATE TABLE t AS SELECT 1", &[]).expect("made");
        drop(connection);
        assert_eq!((world.host.entry("/project/database.db"), count(&world)), (Some(Entry::File), 1));
        let copy = world.fork();
        world.host.remove("/project/database.db").expect("removed");
        world.settle();
        assert_eq!((count(&world), count(&copy)), (0, 1));
    }
}
