//! SQLite's clock and randomness, taken from a host, so that `CURRENT_TIMESTAMP` and `random()` can be repeated.
//!
//! SQLite asks its default VFS for both, also for databases in memory, whose own VFS passes the question on. The two
//! functions of that VFS are exchanged once; on threads that follow no host they do what they did before.

use rusqlite::ffi;
use std::cell::RefCell;
use std::ffi::{c_char, c_int};
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

/// From now on SQLite on this thread takes time and randomness from this world; its random numbers start anew, so that
/// what it draws is the world's alone.
pub(super) fn follow(world: &Rc<World>) -> Following {
    exchange();
    let before = WORLD.with_borrow_mut(|current| current.replace(Rc::clone(world)));
    start_anew();
    Following { before }
}

impl Drop for Following {
    fn drop(&mut self) {
        WORLD.with_borrow_mut(|current| *current = self.before.take());
        start_anew();
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

type Randomness = unsafe extern "C" fn(*mut ffi::sqlite3_vfs, c_int, *mut c_char) -> c_int;
type Time = unsafe extern "C" fn(*mut ffi::sqlite3_vfs, *mut ffi::sqlite3_int64) -> c_int;
type Days = unsafe extern "C" fn(*mut ffi::sqlite3_vfs, *mut f64) -> c_int;

/// Milliseconds from SQLite's Julian epoch to 1970.
const EPOCH: i64 = 210_866_760_000_000;
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// The functions that were there before.
static BEFORE: OnceLock<Before> = OnceLock::new();

struct Before {
    randomness: Option<Randomness>,
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
                return Before { randomness: None, time: None, days: None };
            }
            let modern = (*vfs).iVersion >= 2;
            let time = if modern { (*vfs).xCurrentTimeInt64 } else { None };
            let before = Before { randomness: (*vfs).xRandomness, time, days: (*vfs).xCurrentTime };
            (*vfs).xRandomness = Some(randomness);
            // A VFS of the first version, or without the exact clock, is asked for days.
            (*vfs).xCurrentTime = Some(days);
            if time.is_some() {
                (*vfs).xCurrentTimeInt64 = Some(milliseconds);
            }
            before
        }
    });
}

#[expect(unsafe_code, reason = "a call into SQLite")]
fn start_anew() {
    // SAFETY: no bytes are asked for; SQLite forgets its state and asks the VFS for a seed at the next number.
    unsafe { ffi::sqlite3_randomness(0, std::ptr::null_mut()) }
}

#[expect(unsafe_code, reason = "SQLite calls it with a buffer of its own")]
unsafe extern "C" fn randomness(vfs: *mut ffi::sqlite3_vfs, length: c_int, buffer: *mut c_char) -> c_int {
    match (current(), BEFORE.get().and_then(|before| before.randomness)) {
        (Some(world), _) => {
            // SAFETY: SQLite promises `length` bytes at `buffer`.
            (world.fill)(unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), length as usize) });
            length
        }
        // SAFETY: the VFS and its arguments are handed on as they came.
        (None, Some(before)) => unsafe { before(vfs, length, buffer) },
        (None, None) => 0,
    }
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

    #[test]
    fn time_and_random_numbers_can_be_repeated() {
        let answers = || {
            let mut database = Sqlite::memory(&Guard::default()).expect("memory opens");
            let world = World { now: Box::new(|| 1_795_464_000_000_000), fill: Box::new(|buffer| buffer.fill(7)) };
            database.follow(Rc::new(world));
            database.execute("SELECT CURRENT_TIMESTAMP, random()", &[]).expect("read").rows
        };
        let first = answers();
        assert_eq!(first[0][0], crate::schema::Literal::Text("2026-11-23 20:00:00".into()));
        // The state of the random numbers is the process's: another test's thread may take one in between.
        assert!((0..20).any(|_| answers() == answers()));
    }
}
