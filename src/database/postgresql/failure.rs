//! The server's errors in the words of libpq, and with the classes of psycopg2.

use crate::error::{DatabaseError, DatabaseErrorClass};
use fallible_iterator::FallibleIterator;
use postgres_protocol::message::backend::ErrorResponseBody;
use std::fmt::Write;
use std::io;

/// SQLSTATE of a connection that could not be made.
pub(super) const UNREACHABLE: &str = "08001";
/// SQLSTATE of a connection that broke.
const BROKEN: &str = "08006";
/// How much of a long line libpq shows, and how much it leaves to the right of the fault.
const SHOWN: usize = 60;
const RIGHT: usize = 10;

/// What the server said of a statement.
pub(super) fn said(body: &ErrorResponseBody, sql: Option<&str>) -> DatabaseError {
    let (mut code, mut message, mut rest, mut position) = (None, String::new(), String::new(), None);
    let mut fields = body.fields();
    while let Ok(Some(field)) = fields.next() {
        let text = || String::from_utf8_lossy(field.value_bytes()).into_owned();
        match field.type_() {
            b'C' => code = Some(text()),
            b'M' => message = text(),
            b'D' => rest += &format!("\nDETAIL:  {}", text()),
            b'H' => rest += &format!("\nHINT:  {}", text()),
            b'W' => rest += &format!("\nCONTEXT:  {}", text()),
            b'P' => position = text().parse::<usize>().ok(),
            _ => {}
        }
    }
    if let Some((sql, position)) = sql.zip(position) {
        message += &pointed(sql, position);
    }
    let class = code.as_deref().map_or(DatabaseErrorClass::DatabaseError, class);
    DatabaseError { class, message: message + &rest, code, sql: sql.map(str::to_string) }
}

/// A request that never reached the server.
pub(super) fn refused(message: &str) -> DatabaseError {
    DatabaseError { class: DatabaseErrorClass::OperationalError, message: message.into(), code: None, sql: None }
}

/// A connection that could not be made.
pub(super) fn unreachable(message: String) -> DatabaseError {
    DatabaseError { class: DatabaseErrorClass::OperationalError, message, code: Some(UNREACHABLE.into()), sql: None }
}

/// A connection that broke.
pub(super) fn lost(error: &io::Error) -> DatabaseError {
    broken(format!("the connection to the server broke: {error}"))
}

/// The server went away in the middle.
pub(super) fn closed() -> DatabaseError {
    broken(
        "server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or \
         while processing the request."
            .into(),
    )
}

#[cfg(not(target_family = "wasm"))]
/// A message that does not belong where it came.
pub(super) fn out_of_turn() -> DatabaseError {
    broken("the server said something that does not belong here: is it a PostgreSQL?".into())
}

fn broken(message: String) -> DatabaseError {
    DatabaseError { class: DatabaseErrorClass::OperationalError, message, code: Some(BROKEN.into()), sql: None }
}

/// psycopg2's class of a SQLSTATE, by its first two characters (`psycopg/error_type.c`'s base classes).
fn class(code: &str) -> DatabaseErrorClass {
    match code.get(..2).unwrap_or_default() {
        "0A" => DatabaseErrorClass::NotSupportedError,
        "20" | "21" | "3D" | "3F" | "42" | "44" => DatabaseErrorClass::ProgrammingError,
        "22" => DatabaseErrorClass::DataError,
        "23" => DatabaseErrorClass::IntegrityError,
        "24" | "25" | "2B" | "2D" | "2F" | "38" | "39" | "3B" | "F0" | "P0" | "XX" => DatabaseErrorClass::InternalError,
        "08" | "26" | "27" | "28" | "34" | "40" | "53" | "54" | "55" | "57" | "58" | "HV" => {
            DatabaseErrorClass::OperationalError
        }
        _ => DatabaseErrorClass::DatabaseError,
    }
}

/// The line of the fault with a caret under it, cut as libpq cuts it (`fe-protocol3.c`, `reportErrorPosition`).
/// `position` counts characters from 1.
fn pointed(sql: &str, position: usize) -> String {
    let characters: Vec<char> = sql.chars().collect();
    let at = position.saturating_sub(1).min(characters.len());
    let start = characters[..at].iter().rposition(|c| *c == '\n').map_or(0, |newline| newline + 1);
    let end = characters[at..].iter().position(|c| *c == '\n').map_or(characters.len(), |newline| at + newline);
    let number = characters[..at].iter().filter(|c| **c == '\n').count() + 1;
    let (from, to) = window(start, end, at);
    let mut line = format!("LINE {number}: ");
    if from > start {
        line += "...";
    }
    let indent = line.chars().count() + at - from;
    line.extend(characters[from..to].iter().map(|c| if c.is_control() { ' ' } else { *c }));
    if to < end {
        line += "...";
    }
    let mut text = String::from("\n");
    write!(text, "{line}\n{}^", " ".repeat(indent)).expect("a String takes all");
    text
}

/// The part of a line that is shown.
fn window(start: usize, end: usize, at: usize) -> (usize, usize) {
    if end - start <= SHOWN {
        (start, end)
    } else if start + SHOWN >= at + RIGHT {
        (start, start + SHOWN)
    } else {
        let end = end.min(at + RIGHT);
        (start.max(end.saturating_sub(SHOWN)), end)
    }
}

#[cfg(test)]
mod tests {
    use super::{class, pointed};
    use crate::error::DatabaseErrorClass;

    #[test]
    fn a_fault_is_pointed_at_as_libpq_does() {
        let check = |sql: &str, position: usize, shown: &str| assert_eq!(pointed(sql, position), shown, "{sql}");
        check("SELECT * FROM x", 15, "\nLINE 1: SELECT * FROM x\n                      ^");
        check("SELECT 1,\n  y", 13, "\nLINE 2:   y\n          ^");
        let long = format!("SELECT {} FROM x", "a, ".repeat(40));
        check(&long, 8, &format!("\nLINE 1: {}...\n               ^", &long[..60]));
    }

    #[test]
    fn a_state_has_a_class() {
        for (code, expected) in [
            ("23505", DatabaseErrorClass::IntegrityError),
            ("42P01", DatabaseErrorClass::ProgrammingError),
            ("57014", DatabaseErrorClass::OperationalError),
            ("22001", DatabaseErrorClass::DataError),
        ] {
            assert_eq!(class(code), expected, "{code}");
        }
    }
}
