//! The PostgreSQL of the page. There is one session, and every connection of a project is a view of it; what is only to be
//! tried happens in a transaction that is taken back.

use retort::database::guard::Guard;
use retort::database::picture;
use retort::database::postgresql::{Address, Postgresql, Wire};
use retort::database::url::Url;
use retort::error::{DatabaseError, DatabaseErrorClass, Error};
use retort::host::{self, Connection, Rows, Status};
use retort::schema::Literal;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Stands for the project's database where others have a path.
pub const DATABASE: &str = "postgresql";
/// As whom the page's own PostgreSQL is spoken to, whatever a project's URL says.
const OWN: &str = "postgresql://postgres@localhost/postgres";

/// By sequence: the statement that sets it to where it stands.
const COUNTERS: &str = "SELECT format('SELECT pg_catalog.setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename), \
                        coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_catalog.pg_sequences";

type Answer<T> = Result<T, DatabaseError>;

/// The server, once it is there.
#[derive(Default)]
pub struct Server {
    session: RefCell<Option<Postgresql>>,
    /// Why it did not come.
    refused: RefCell<Option<String>>,
    /// The project whose tables stand in it.
    holder: Cell<u64>,
    projects: Cell<u64>,
}

impl Server {
    /// Whether it has come, or is known not to come.
    pub fn is_settled(&self) -> bool {
        self.session.borrow().is_some() || self.refused.borrow().is_some()
    }

    /// It came: a wire to it on which nothing was said yet. Or it did not, and why.
    pub fn came(&self, wire: Result<Box<dyn Wire>, String>, guard: &Guard) {
        let url = Url::parse(OWN).expect("a URL of our own");
        let opened = wire.and_then(|wire| {
            let address = Address::of(&url, &|_| None, None).map_err(|error| error.message)?;
            Postgresql::over(wire, &address, guard).map_err(|error| error.message)
        });
        match opened {
            Ok(session) => *self.session.borrow_mut() = Some(session),
            Err(why) => *self.refused.borrow_mut() = Some(why),
        }
    }

    /// Its version: "18.6".
    pub fn version(&self) -> Option<String> {
        let version = self.session.borrow().as_ref().map(|session| session.server().version)?;
        Some(version.iter().map(ToString::to_string).collect::<Vec<_>>().join("."))
    }

    fn with<T>(&self, run: impl FnOnce(&mut Postgresql) -> Answer<T>) -> Answer<T> {
        match self.session.borrow_mut().as_mut() {
            Some(session) => run(session),
            None => Err(self.absent()),
        }
    }

    fn absent(&self) -> DatabaseError {
        let why = self.refused.borrow().clone().unwrap_or_else(|| "it has not been fetched".into());
        let why = why.trim_end_matches('.');
        let message = format!("PostgreSQL is not here: {why}. Loading the page again tries once more");
        DatabaseError { class: DatabaseErrorClass::NotSupportedError, ..refused(message) }
    }
}

/// What a project has in the server.
pub struct Project {
    server: Rc<Server>,
    number: u64,
    /// What it had before anybody connected, or where it is to go back to.
    waiting: RefCell<Option<Rc<[u8]>>>,
    /// The last picture, as long as nothing was sent.
    picture: RefCell<Option<Rc<[u8]>>>,
    used: Cell<bool>,
}

impl Project {
    /// One that has nothing yet.
    pub fn new(server: &Rc<Server>) -> Rc<Self> {
        server.projects.set(server.projects.get() + 1);
        let (server, number) = (Rc::clone(server), server.projects.get());
        Rc::new(Project {
            server,
            number,
            waiting: RefCell::default(),
            picture: RefCell::default(),
            used: Cell::new(false),
        })
    }

    /// Whether it has a database.
    pub fn is_used(&self) -> bool {
        self.used.get()
    }

    /// A connection to its database.
    pub fn connect(self: &Rc<Self>, trial: Option<&Rc<Trial>>) -> Answer<Session> {
        self.stand()?;
        self.used.set(self.used.get() || trial.is_none());
        Ok(Session { project: Rc::clone(self), trial: trial.cloned(), inside: Cell::new(false) })
    }

    /// Its database as a picture; `None` where there is none.
    pub fn image(&self) -> Option<Rc<[u8]>> {
        if !self.used.get() {
            return None;
        }
        let waiting = self.waiting.borrow().clone().filter(|image| is_seen(image));
        let known = waiting.or_else(|| self.picture.borrow().clone());
        if known.is_some() {
            return known;
        }
        self.stand().ok()?;
        let taken: Rc<[u8]> = self.server.session.borrow_mut().as_mut().and_then(|it| picture::take(it).ok())?.into();
        *self.picture.borrow_mut() = Some(Rc::clone(&taken));
        Some(taken)
    }

    /// Makes the database of a picture, when it is wanted next.
    pub fn put(&self, image: &[u8]) {
        *self.waiting.borrow_mut() = Some(image.into());
        self.used.set(true);
    }

    /// Takes the database away.
    pub fn remove(&self) {
        *self.waiting.borrow_mut() = None;
        *self.picture.borrow_mut() = None;
        self.used.set(false);
        if self.server.holder.get() == self.number {
            self.server.holder.set(0);
        }
    }

    /// Tries something out: nothing of it stays.
    pub fn tried(self: &Rc<Self>) -> Answer<Rc<Trial>> {
        self.stand()?;
        let counters = self.server.with(|session| {
            let counters = session.execute(COUNTERS, &[])?.rows;
            session.execute("BEGIN", &[]).map(|_| counters)
        })?;
        let counters = counters.into_iter().flatten().filter_map(|it| match it {
            Literal::Text(sql) => Some(sql),
            _ => None,
        });
        Ok(Rc::new(Trial { project: Rc::clone(self), counters: counters.collect() }))
    }

    // Before the first word, the server holds what this project has, and nothing of another one's.
    fn stand(&self) -> Answer<()> {
        let waiting = self.waiting.borrow().clone();
        if waiting.is_none() && self.server.holder.get() == self.number {
            return Ok(());
        }
        self.server.with(|session| {
            if session.status() != Status::Idle {
                session.execute("ROLLBACK", &[])?;
            }
            picture::restore(session, waiting.as_deref().unwrap_or_default()).map_err(told)
        })?;
        *self.waiting.borrow_mut() = None;
        *self.picture.borrow_mut() = waiting.filter(|image| is_seen(image));
        self.server.holder.set(self.number);
        Ok(())
    }
}

/// A transaction around everything that is only tried.
pub struct Trial {
    project: Rc<Project>,
    /// What sets the sequences back, which no ROLLBACK does.
    counters: Vec<String>,
}

impl Drop for Trial {
    fn drop(&mut self) {
        // A server that is gone has taken it back already.
        let _ = self.project.server.with(|session| {
            session.execute("ROLLBACK", &[])?;
            self.counters.iter().try_for_each(|sql| session.execute(sql, &[]).map(drop))
        });
    }
}

/// A connection to the page's PostgreSQL.
pub struct Session {
    project: Rc<Project>,
    trial: Option<Rc<Trial>>,
    /// In a trial: whether a transaction of its own is open, which is a savepoint there.
    inside: Cell<bool>,
}

impl Session {
    fn send(&self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        if self.trial.is_none() {
            *self.project.picture.borrow_mut() = None;
        }
        self.project.server.with(|session| session.execute(sql, parameters))
    }

    fn tried(&self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        match sql {
            "BEGIN" => self.inside.set(true),
            "COMMIT" | "ROLLBACK" => self.inside.set(false),
            _ => {}
        }
        match sql {
            "BEGIN" => self.send("SAVEPOINT retort_unit", &[]),
            "COMMIT" => self.send("RELEASE SAVEPOINT retort_unit", &[]),
            "ROLLBACK" => self.send("ROLLBACK TO SAVEPOINT retort_unit", &[]),
            _ if self.inside.get() => self.send(sql, parameters),
            _ => self.alone(sql, parameters),
        }
    }

    // A statement that fails by itself must not take the whole trial with it.
    fn alone(&self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        self.send("SAVEPOINT retort_alone", &[])?;
        let answer = self.send(sql, parameters);
        if answer.is_err() {
            self.send("ROLLBACK TO SAVEPOINT retort_alone", &[])?;
        }
        self.send("RELEASE SAVEPOINT retort_alone", &[])?;
        answer
    }
}

impl host::Connection for Session {
    fn server(&self) -> host::Server {
        let known = self.project.server.session.borrow().as_ref().map(Connection::server);
        known.unwrap_or(host::Server { dialect: "postgresql".into(), version: Vec::new() })
    }

    fn execute(&mut self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        if self.trial.is_some() { self.tried(sql, parameters) } else { self.send(sql, parameters) }
    }

    fn status(&self) -> Status {
        let status = self.project.server.session.borrow().as_ref().map_or(Status::Idle, Connection::status);
        if self.trial.is_some() && !self.inside.get() { Status::Idle } else { status }
    }

    fn enforce_foreign_keys(&mut self, _: bool) -> Option<bool> {
        None
    }

    fn image(&mut self) -> Option<Vec<u8>> {
        picture::take(self).ok()
    }

    fn restore(&mut self, image: &[u8]) -> Answer<()> {
        self.project.server.with(|session| picture::restore(session, image).map_err(told))
    }
}

impl Drop for Session {
    // A connection that is left takes its open transaction with it.
    fn drop(&mut self) {
        if self.status() != Status::Idle {
            let _ = self.execute("ROLLBACK", &[]);
        }
    }
}

// Whether there is more in a picture than what makes the database.
fn is_seen(image: &[u8]) -> bool {
    let look = retort::database::sqlite::Sqlite::look(image, &Guard::default());
    look.is_ok_and(|mut look| matches!(picture::schema(&mut look), Ok(Some(_))))
}

fn told(error: Error) -> DatabaseError {
    match error.kind {
        retort::error::Kind::Database(error) => error,
        _ => refused(error.to_string()),
    }
}

fn refused(message: String) -> DatabaseError {
    DatabaseError { class: DatabaseErrorClass::OperationalError, message, code: None, sql: None }
}
