//! SQLite's clock and randomness, taken from a host, so that `CURRENT_TIMESTAMP` and `random()` can be repeated.
//!
//! The clock: SQLite asks its default VFS, also for databases in memory, whose own VFS passes the question on. Its functions
//! are exchanged once; on threads that follow no host they do what they did before. Randomness: SQLite's own state is
//! the whole process's, so a connection that follows a world has `random` and `randomblob` of its own.

use rusqlite::ffi;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};
use std::cell::RefCell;
use std::ffi::c_int;
use std::rc::Rc;
use std::sync::OnceLock;

/// What a host gives to SQLite.
pub struct World {
    /// Microseconds since 1970-01-01 UTC.
    pub now: Box<dyn Fn() -> i64>,
    /// Fills a buffer with random bytes.
    pub fill: Box<dyn Fn(&mut [u8])>,
}

thread_local! {
    static WORLD: RefCell<Option<Rc<World>>> = const { RefCell::new(None) };
}

/// As long as this lives, SQLite on this thread follows a world.
#[derive(Debug)]
pub(super) struct Following {
    before: Option<Rc<World>>,
}

/// From now on SQLite on this thread takes the time from this world, and [`draw`]ing connections their random numbers.
pub(super) fn follow(world: &Rc<World>) -> Following {
    exchange();
    Following { before: WORLD.with_borrow_mut(|current| current.replace(Rc::clone(world))) }
}

/// Gives a connection the functions `random` and `randomblob`, as SQLite defines them, which draw from the world that
/// this thread follows.
pub(super) fn draw(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    let most = connection.limit(Limit::SQLITE_LIMIT_LENGTH)?;
    connection.create_scalar_function("random", 0, flags, |_| random())?;
    connection.create_scalar_function("randomblob", 1, flags, move |arguments| blob(arguments, most))
}

/// Any integer but the smallest, of which there is no absolute value.
fn random() -> Result<i64> {
    let mut bytes = [0; 8];
    fill(&mut bytes)?;
    Ok(i64::from_le_bytes(bytes).max(-i64::MAX))
}

/// As many bytes as are asked for, but at least one.
fn blob(arguments: &Context<'_>, most: i32) -> Result<Vec<u8>> {
    let length = number(arguments.get_raw(0)).max(1);
    if length > i64::from(most) {
        let toobig = ffi::Error::new(ffi::SQLITE_TOOBIG);
        return Err(Error::SqliteFailure(toobig, Some("string or blob too big".into())));
    }
    let mut bytes = vec![0; length as usize];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// A value as SQLite reads it where it wants an integer.
fn number(value: ValueRef<'_>) -> i64 {
    match value {
        ValueRef::Integer(number) => number,
        ValueRef::Real(number) => number as i64,
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            let text = String::from_utf8_lossy(text);
            let text = text.trim_start();
            let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            text[..end].parse().unwrap_or(0)
        }
        ValueRef::Null => 0,
    }
}

fn fill(buffer: &mut [u8]) -> Result<()> {
    let world = current().ok_or_else(|| Error::UserFunctionError("no world to draw from".into()))?;
    (world.fill)(buffer);
    Ok(())
}

impl Drop for Following {
    fn drop(&mut self) {
        WORLD.with_borrow_mut(|current| *current = self.before.take());
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

type Time = unsafe extern "C" fn(*mut ffi::sqlite3_vfs, *mut ffi::sqlite3_int64) -> c_int;
type Days = unsafe extern "C" fn(*mut ffi::sqlite3_vfs, *mut f64) -> c_int;

/// Milliseconds from SQLite's Julian epoch to 1970.
const EPOCH: i64 = 210_866_760_000_000;
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// The functions that were there before.
static BEFORE: OnceLock<Before> = OnceLock::new();

struct Before {
    time: Option<Time>,
    days: Option<Days>,
}

#[expect(unsafe_code, reason = "the VFS is a C structure of function pointers")]
fn exchange() {
    BEFORE.get_or_init(|| {
        // SAFETY: the default VFS is registered for the life of the process, and is a structure that may be written.
        unsafe {
            let vfs = ffi::sqlite3_vfs_find(std::ptr::null());
            if vfs.is_null() {
                return Before { time: None, days: None };
            }
            let modern = (*vfs).iVersion >= 2;
            let time = if modern { (*vfs).xCurrentTimeInt64 } else { None };
            let before = Before { time, days: (*vfs).xCurrentTime };
            // A VFS of the first version, or without the exact clock, is asked for days.
            (*vfs).xCurrentTime = Some(days);
            if time.is_some() {
                (*vfs).xCurrentTimeInt64 = Some(milliseconds);
            }
            before
        }
    });
}

fn current() -> Option<Rc<World>> {
    WORLD.with_borrow(Clone::clone)
}

fn julian(world: &World) -> i64 {
    EPOCH + (world.now)() / 1000
}

#[expect(unsafe_code, reason = "SQLite calls it with a place for the answer")]
unsafe extern "C" fn milliseconds(vfs: *mut ffi::sqlite3_vfs, answer: *mut ffi::sqlite3_int64) -> c_int {
    match (current(), BEFORE.get().and_then(|before| before.time)) {
        (Some(world), _) => {
            // SAFETY: SQLite promises a place for one number.
            unsafe { *answer = julian(&world) };
            ffi::SQLITE_OK
        }
        // SAFETY: the VFS and its arguments are handed on as they came.
        (None, Some(before)) => unsafe { before(vfs, answer) },
        (None, None) => ffi::SQLITE_ERROR,
    }
}

#[expect(unsafe_code, reason = "SQLite calls it with a place for the answer")]
unsafe extern "C" fn days(vfs: *mut ffi::sqlite3_vfs, answer: *mut f64) -> c_int {
    match (current(), BEFORE.get().and_then(|before| before.days)) {
        (Some(world), _) => {
            // SAFETY: SQLite promises a place for one number.
            unsafe { *answer = julian(&world) as f64 / DAY };
            ffi::SQLITE_OK
        }
        // SAFETY: the VFS and its arguments are handed on as they came.
        (None, Some(before)) => unsafe { before(vfs, answer) },
        (None, None) => ffi::SQLITE_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{guard::Guard, sqlite::Sqlite};
    use crate::host::Connection;
    use crate::schema::Literal;

    fn followed() -> Sqlite {
        let mut database = Sqlite::memory(&Guard::default()).expect("memory opens");
        let world = World { now: Box::new(|| 1_795_464_000_000_000), fill: Box::new(|buffer| buffer.fill(7)) };
        database.follow(Rc::new(world));
        database
    }

    fn read(database: &mut Sqlite, sql: &str) -> Vec<Literal> {
        database.execute(sql, &[]).expect("read").rows.remove(0)
    }

    #[test]
    fn time_and_random_numbers_can_be_repeated_whoever_else_draws() {
        let others = std::thread::spawn(|| {
            let mut database = Sqlite::memory(&Guard::default()).expect("memory opens");
            let drawn: std::collections::HashSet<_> =
                (0..5_000).map(|_| format!("{:?}", read(&mut database, "SELECT random()"))).collect();
            drawn.len()
        });
        let answers = || read(&mut followed(), "SELECT CURRENT_TIMESTAMP, random(), randomblob(3)");
        let first = answers();
        assert_eq!(first[0], Literal::Text("2026-11-23 20:00:00".into()));
        assert_eq!(first[2], Literal::Bytes(vec![7; 3]));
        assert!((0..500).all(|_| answers() == first));
        assert!(others.join().expect("it only draws") > 4_000, "who follows nobody has chance");
    }

    #[test]
    fn random_bytes_are_as_many_as_sqlite_gives() {
        let mut database = followed();
        for (asked, length) in [("5", 5), ("0", 1), ("-3", 1), ("NULL", 1), ("'4x'", 4), ("2.9", 2)] {
            let sql = format!("SELECT length(randomblob({asked}))");
            assert_eq!(read(&mut database, &sql), [Literal::Integer(length)], "{asked}");
            let mut plain = Sqlite::memory(&Guard::default()).expect("memory opens");
            assert_eq!(read(&mut plain, &sql), [Literal::Integer(length)], "SQLite's own: {asked}");
        }
        let refused = database.execute("SELECT randomblob(9000000000)", &[]).expect_err("too many");
        assert!(refused.message.contains("string or blob too big"), "{}", refused.message);
    }
}
