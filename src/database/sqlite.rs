//! SQLite by rusqlite: the same API over the bundled library natively and over sqlite-wasm-rs in the browser.

use super::guard::Guard;
use super::world::{self, World};
use crate::error::{DatabaseError, DatabaseErrorClass};
use crate::host::{self, Kept, Rows, Server, Status};
use crate::schema::Literal;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, MAIN_DB, OpenFlags, ffi};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use web_time::Instant;

/// How many of SQLite's instructions run between two looks at the clock.
const INSTRUCTIONS: std::ffi::c_int = 1000;
/// How long Python's driver waits for a lock.
const BUSY: Duration = Duration::from_secs(5);

/// A connection to a SQLite database.
pub struct Sqlite {
    connection: Connection,
    guard: Guard,
    timed_out: Arc<AtomicBool>,
    started: Arc<std::sync::Mutex<Option<Instant>>>,
    world: Option<Rc<World>>,
    kept: Option<Rc<Kept>>,
}

type Answer<T> = Result<T, DatabaseError>;

impl Sqlite {
    /// A database in memory, gone with the connection.
    pub fn memory(guard: &Guard) -> Answer<Self> {
        Sqlite::set_up(Connection::open_in_memory(), guard)
    }

    /// A database in a file, which is made with the first table.
    pub fn file(path: &str, guard: &Guard) -> Answer<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Sqlite::set_up(Connection::open_with_flags(path, flags), guard)
    }

    /// A database at an address of SQLite's own: `file:a.db?mode=ro`.
    pub fn address(address: &str, guard: &Guard) -> Answer<Self> {
        Sqlite::set_up(Connection::open(address), guard)
    }

    // Python's sqlite3 leaves foreign keys off, and the two builds differ: so it is said.
    fn set_up(opened: rusqlite::Result<Connection>, guard: &Guard) -> Answer<Self> {
        let connection = opened.map_err(|error| failure(&error, None))?;
        let (timed_out, started) = (Arc::default(), Arc::default());
        let mut sqlite = Sqlite { connection, guard: guard.clone(), timed_out, started, world: None, kept: None };
        sqlite.configure().map_err(|error| failure(&error, None))?;
        Ok(sqlite)
    }

    /// A database that is these bytes, only to be read; none is an empty one. Nothing is copied but the bytes themselves.
    pub fn look(image: &[u8], guard: &Guard) -> Answer<Self> {
        // SQLite attaches what it deserialises, which a guarded connection may not.
        let opened = Connection::open_in_memory().and_then(|mut connection| {
            if !image.is_empty() {
                let image = without_wal(image);
                connection.deserialize_read_exact(MAIN_DB, image.as_slice(), image.len(), true)?;
            }
            Ok(connection)
        });
        Sqlite::set_up(opened, guard)
    }

    /// Takes time and randomness from this world from now on.
    pub fn follow(&mut self, world: Rc<World>) {
        world::draw(&self.connection).expect("a connection without statements takes functions");
        self.world = Some(world);
    }

    /// Leaves what is reflected for other connections, and takes what they have left.
    pub fn keep(&mut self, kept: Rc<Kept>) {
        self.kept = Some(kept);
    }

    fn configure(&mut self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(BUSY)?;
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        if self.guard.is_untrusted() {
            self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
            self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            self.connection.authorizer(Some(authorize))?;
            self.connection.set_limit(rusqlite::limits::Limit::SQLITE_LIMIT_LENGTH, 64 << 20)?;
        }
        let (guard, timed_out, started) = (self.guard.clone(), self.timed_out.clone(), self.started.clone());
        self.connection.progress_handler(INSTRUCTIONS, Some(move || stops(&guard, &timed_out, &started)))
    }

    fn run(&mut self, sql: &str, parameters: &[Literal]) -> rusqlite::Result<Rows> {
        let before = self.connection.total_changes();
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = Rows {
            types: statement.columns().map(|column| column.decl_type().map(str::to_string)).collect(),
            columns: statement.columns().map(|column| column.name().to_string()).collect(),
            ..Rows::default()
        };
        for (at, parameter) in parameters.iter().enumerate() {
            statement.raw_bind_parameter(at + 1, value(parameter))?;
        }
        let width = rows.columns.len();
        let mut cursor = statement.raw_query();
        while let Some(row) = cursor.next()? {
            rows.rows.push((0..width).map(|at| row.get_ref(at).map(literal)).collect::<rusqlite::Result<_>>()?);
        }
        drop(cursor);
        drop(statement);
        if self.connection.total_changes() != before {
            rows.affected = self.connection.changes();
            rows.last_id = Some(self.connection.last_insert_rowid());
        }
        Ok(rows)
    }

    /// Runs a query and shows each of its rows to `each`; nothing is kept.
    pub(super) fn visit(
        &mut self,
        sql: &str,
        numbers: &[i64],
        mut each: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
    ) -> Answer<()> {
        let _following = self.world.as_ref().map(world::follow);
        let mut visit = || {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(numbers))?;
            while let Some(row) = rows.next()? {
                each(row)?;
            }
            Ok(())
        };
        visit().map_err(|error| failure(&error, Some(sql)))
    }

    fn set_clock(&self, at: Option<Instant>) {
        *self.started.lock().expect("one thread") = at;
    }

    /// The same database as bytes, also inside a transaction.
    pub fn serialize(&mut self) -> Answer<Vec<u8>> {
        let bytes = self.connection.serialize(MAIN_DB).map(|data| data.to_vec());
        bytes.map_err(|error| failure(&error, None))
    }

    /// Puts other contents into the database; no transaction may be open. Bytes that are no database are refused.
    pub fn load(&mut self, image: &[u8]) -> Answer<()> {
        let mut source = Connection::open_in_memory().map_err(|error| failure(&error, None))?;
        let image = without_wal(image);
        let loaded = source.deserialize_read_exact(MAIN_DB, image.as_slice(), image.len(), true);
        let copied = loaded.and_then(|()| {
            let backup = rusqlite::backup::Backup::new(&source, &mut self.connection)?;
            backup.step(-1).map(drop)
        });
        copied.map_err(|error| failure(&error, None))
    }
}

/// An image of a database in WAL mode cannot be opened in memory; bytes 18 and 19 hold the mode.
fn without_wal(image: &[u8]) -> Vec<u8> {
    let mut image = image.to_vec();
    if let Some(mode) = image.get_mut(18..20) {
        mode.fill(1);
    }
    image
}

/// Nothing outside the database can be attached; VACUUM attaches a nameless one, which is its own.
fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Attach { filename } if !filename.is_empty() => Authorization::Deny,
        _ => Authorization::Allow,
    }
}

fn stops(guard: &Guard, timed_out: &AtomicBool, started: &std::sync::Mutex<Option<Instant>>) -> bool {
    if guard.is_interrupted() {
        return true;
    }
    let started = *started.lock().expect("one thread");
    let late = started.zip(guard.statement_limit()).is_some_and(|(start, limit)| start.elapsed() > limit);
    timed_out.fetch_or(late, Ordering::Relaxed);
    late
}

impl host::Connection for Sqlite {
    fn server(&self) -> Server {
        let version = rusqlite::version().split('.').filter_map(|part| part.parse().ok()).collect();
        Server { dialect: "sqlite".into(), version }
    }

    fn execute(&mut self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        let _following = self.world.as_ref().map(world::follow);
        self.timed_out.store(false, Ordering::Relaxed);
        self.set_clock(Some(Instant::now()));
        let answer = self.run(sql, parameters);
        self.set_clock(None);
        answer.map_err(|error| {
            let mut failure = failure(&error, Some(sql));
            if self.timed_out.load(Ordering::Relaxed) {
                let seconds = self.guard.statement_limit().unwrap_or_default().as_secs_f64();
                failure.message = format!("interrupted: the statement ran longer than {seconds} s");
            }
            failure
        })
    }

    fn status(&self) -> Status {
        if self.connection.is_autocommit() { Status::Idle } else { Status::Transaction }
    }

    fn enforce_foreign_keys(&mut self, on: bool) -> Option<bool> {
        let before = self.connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY).ok()?;
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, on).ok()?;
        Some(before)
    }

    fn image(&mut self) -> Option<Vec<u8>> {
        self.serialize().ok()
    }

    fn restore(&mut self, image: &[u8]) -> Answer<()> {
        self.load(image)
    }

    fn kept(&self) -> Option<Rc<Kept>> {
        self.kept.clone()
    }
}

/// A literal as SQLAlchemy's SQLite dialect hands it to the driver.
fn value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(truth) => Value::Integer(i64::from(*truth)),
        Literal::Integer(number) | Literal::Interval(number) => Value::Integer(*number),
        Literal::Float(number) => Value::Real(*number),
        Literal::Bytes(bytes) => Value::Blob(bytes.clone()),
        Literal::List(items) => Value::Text(format!("{items:?}")),
        Literal::Text(text)
        | Literal::Decimal(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text)
        | Literal::Uuid(text)
        | Literal::Json(text) => Value::Text(text.clone()),
    }
}

pub(super) fn literal(value: ValueRef<'_>) -> Literal {
    match value {
        ValueRef::Null => Literal::Null,
        ValueRef::Integer(number) => Literal::Integer(number),
        ValueRef::Real(number) => Literal::Float(number),
        ValueRef::Text(bytes) => Literal::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Literal::Bytes(bytes.to_vec()),
    }
}

/// SQLite's error with the exception class that Python's sqlite3 module gives it.
fn failure(error: &Error, sql: Option<&str>) -> DatabaseError {
    let (code, message) = match error {
        Error::SqliteFailure(code, message) => (Some(*code), message.clone().unwrap_or_else(|| code.to_string())),
        Error::SqlInputError { error, msg, .. } => (Some(*error), msg.clone()),
        Error::MultipleStatement => (None, "You can only execute one statement at a time.".into()),
        Error::InvalidParameterCount(given, wanted) => (
            None,
            format!(
                "Incorrect number of bindings supplied. The current statement uses {wanted}, and there are {given} supplied."
            ),
        ),
        other => (None, other.to_string()),
    };
    DatabaseError {
        class: code.map_or(DatabaseErrorClass::ProgrammingError, class),
        message,
        code: code.map(|code| code.extended_code.to_string()),
        sql: sql.map(str::to_string),
    }
}

// CPython's Modules/_sqlite/util.c has the same table.
fn class(code: ffi::Error) -> DatabaseErrorClass {
    match code.extended_code & 0xff {
        ffi::SQLITE_INTERNAL | ffi::SQLITE_NOTFOUND => DatabaseErrorClass::InternalError,
        ffi::SQLITE_CONSTRAINT | ffi::SQLITE_MISMATCH => DatabaseErrorClass::IntegrityError,
        ffi::SQLITE_TOOBIG => DatabaseErrorClass::DataError,
        ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB | ffi::SQLITE_AUTH => DatabaseErrorClass::DatabaseError,
        ffi::SQLITE_MISUSE | ffi::SQLITE_RANGE => DatabaseErrorClass::ProgrammingError,
        _ => DatabaseErrorClass::OperationalError,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use host::Connection as _;

    fn open() -> Sqlite {
        Sqlite::memory(&Guard::default()).expect("memory opens")
    }

    fn refused(sql: &str) -> DatabaseError {
        let mut database = open();
        database.execute("CREATE TABLE a (b INTEGER NOT NULL UNIQUE)", &[]).expect("made");
        database.execute("INSERT INTO a VALUES (1)", &[]).expect("filled");
        database.execute(sql, &[]).expect_err("refused")
    }

    #[test]
    fn errors_have_the_words_and_classes_of_pythons_driver() {
        let check = |sql: &str, class: DatabaseErrorClass, message: &str| {
            let error = refused(sql);
            assert_eq!((error.class, error.message.as_str()), (class, message), "{sql}");
        };
        check("INSERT INTO a VALUES (1)", DatabaseErrorClass::IntegrityError, "UNIQUE constraint failed: a.b");
        check("INSERT INTO a VALUES (NULL)", DatabaseErrorClass::IntegrityError, "NOT NULL constraint failed: a.b");
        check("SELECT * FROM c", DatabaseErrorClass::OperationalError, "no such table: c");
        check("SELEC", DatabaseErrorClass::OperationalError, "near \"SELEC\": syntax error");
        check(
            "SELECT 1; SELECT 2",
            DatabaseErrorClass::ProgrammingError,
            "You can only execute one statement at a time.",
        );
    }

    #[test]
    fn an_image_holds_what_a_transaction_has_done_so_far() {
        let mut database = open();
        database.execute("CREATE TABLE a (b)", &[]).expect("made");
        database.execute("BEGIN", &[]).expect("begun");
        assert_eq!(
            database
                .execute("INSERT INTO a VALUES (?), (?)", &[Literal::Integer(1), Literal::Null])
                .expect("filled")
                .affected,
            2
        );
        let image = database.image().expect("an image");
        database.execute("ROLLBACK", &[]).expect("rolled back");
        let mut copy = open();
        copy.restore(&image).expect("restored");
        assert_eq!(
            copy.execute("SELECT count(*), count(b) FROM a", &[]).expect("read").rows,
            [[Literal::Integer(2), Literal::Integer(1)]]
        );
    }

    #[test]
    fn foreign_keys_are_switched_inside_a_transaction() {
        let mut database = open();
        assert_eq!(database.execute("PRAGMA foreign_keys", &[]).expect("read").rows, [[Literal::Integer(0)]]);
        database.execute("BEGIN", &[]).expect("begun");
        assert_eq!(database.enforce_foreign_keys(true), Some(false));
        assert_eq!(database.enforce_foreign_keys(true), Some(true));
    }

    #[test]
    fn an_endless_query_is_stopped() {
        let mut database = Sqlite::memory(&Guard::untrusted(Duration::from_millis(50))).expect("memory opens");
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let error = database.execute(endless, &[]).expect_err("stopped");
        assert!(error.message.contains("longer than 0.05 s"), "{}", error.message);
        assert_eq!(database.execute("SELECT 1", &[]).expect("goes on").rows, [[Literal::Integer(1)]]);
    }

    #[test]
    fn strangers_cannot_attach_files() {
        let mut database = Sqlite::memory(&Guard::untrusted(Duration::from_secs(2))).expect("memory opens");
        assert!(database.execute("ATTACH 'elsewhere.db' AS other", &[]).is_err());
        assert!(database.execute("VACUUM INTO 'elsewhere.db'", &[]).is_err());
        database.execute("VACUUM", &[]).expect("VACUUM needs nothing outside");
    }

    #[test]
    fn what_is_no_database_is_refused() {
        let error = open().load(&[b'x'; 600]).expect_err("refused");
        assert_eq!(error.class, DatabaseErrorClass::DatabaseError, "{}", error.message);
    }
}
