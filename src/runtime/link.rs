//! One connection as a script sees it: transactions as SQLAlchemy and the driver make them, and ours around a revision.

use crate::dialect::{Dialect, Discipline, Memo};
use crate::error::DatabaseError;
use crate::host::{Connection, Rows, Status};
use crate::schema::Literal;

/// A connection and what is going on in it.
pub(super) struct Link {
    /// The real connection.
    pub(super) connection: Box<dyn Connection>,
    /// Its dialect.
    pub(super) dialect: &'static dyn Dialect,
    /// The URL that it was opened with.
    pub(super) url: String,
    /// Types created already.
    pub(super) memo: Memo,
    discipline: Discipline,
    unit: Unit,
    autocommit: bool,
    committed: bool,
}

/// The atomic unit of [`Discipline::Safe`]: a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// None is running.
    Outside,
    /// Every statement is inside a transaction.
    Inside,
}

type Answer<T> = std::result::Result<T, DatabaseError>;

impl Link {
    /// A connection that was just opened.
    pub(super) fn new(
        connection: Box<dyn Connection>,
        dialect: &'static dyn Dialect,
        url: &str,
        discipline: Discipline,
    ) -> Self {
        let memo = Memo::default();
        let (url, unit) = (url.into(), Unit::Outside);
        Link { connection, dialect, url, memo, discipline, unit, autocommit: false, committed: false }
    }

    /// Sends a statement, opening a transaction before it where the driver would.
    pub(super) fn execute(&mut self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        if let Some(on) = foreign_keys_pragma(sql).filter(|_| self.unit == Unit::Inside) {
            // Inside a transaction the PRAGMA does nothing, and Alembic's scripts are not in one when they send it.
            self.connection.enforce_foreign_keys(on);
            return Ok(Rows::default());
        }
        if !self.autocommit && changes_rows(sql) && self.connection.status() == Status::Idle {
            self.connection.execute("BEGIN", &[])?;
        }
        let rows = self.connection.execute(sql, parameters);
        // A script's own COMMIT, or a statement sent without a transaction.
        self.committed |= self.unit == Unit::Inside && self.connection.status() == Status::Idle;
        rows
    }

    /// Ends the transaction with what it did; inside a revision the next one begins at once.
    pub(super) fn commit(&mut self) -> Answer<()> {
        self.committed |= self.in_transaction();
        self.finish("COMMIT")?;
        if self.unit == Unit::Inside { self.open() } else { Ok(()) }
    }

    /// Ends the transaction without what it did.
    pub(super) fn rollback(&mut self) -> Answer<()> {
        self.unit = Unit::Outside;
        self.finish("ROLLBACK")
    }

    /// Begins a revision: under [`Discipline::Safe`] everything until its end happens wholly or not at all.
    pub(super) fn begin_unit(&mut self) -> Answer<()> {
        if self.discipline == Discipline::AsAlembic || !self.dialect.features().atomic_ddl {
            return Ok(());
        }
        self.unit = Unit::Inside;
        self.open()
    }

    /// Ends a revision; the transaction is the script's to commit.
    pub(super) fn end_unit(&mut self) {
        self.unit = Unit::Outside;
    }

    /// Whether anything was committed since this was asked last.
    pub(super) fn take_committed(&mut self) -> bool {
        std::mem::take(&mut self.committed)
    }

    /// Whether a revision is running that happens wholly or not at all.
    pub(super) fn is_atomic(&self) -> bool {
        self.unit == Unit::Inside
    }

    /// Whether a transaction is open.
    pub(super) fn in_transaction(&self) -> bool {
        self.connection.status() != Status::Idle
    }

    /// Turns the driver's own BEGINs off, as `isolation_level="AUTOCOMMIT"` does.
    pub(super) fn set_autocommit(&mut self, on: bool) -> Answer<()> {
        if on {
            self.committed |= self.in_transaction();
            self.finish("COMMIT")?;
        }
        self.autocommit = on;
        let reopen = !on && self.unit == Unit::Inside;
        if reopen { self.open() } else { Ok(()) }
    }

    fn open(&mut self) -> Answer<()> {
        if self.connection.status() == Status::Idle && !self.autocommit {
            self.connection.execute("BEGIN", &[])?;
        }
        Ok(())
    }

    fn finish(&mut self, word: &str) -> Answer<()> {
        if self.connection.status() != Status::Idle {
            self.connection.execute(word, &[])?;
        }
        Ok(())
    }
}

/// Python's `sqlite3` opens a transaction before these statements only, never before DDL.
fn changes_rows(sql: &str) -> bool {
    let word = first_word(sql);
    ["INSERT", "UPDATE", "DELETE", "REPLACE"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Whether a statement only reads.
pub(super) fn reads(sql: &str) -> bool {
    let word = first_word(sql);
    let reads = ["SELECT", "PRAGMA", "EXPLAIN", "VALUES"].iter().any(|it| word.eq_ignore_ascii_case(it));
    reads || (word.eq_ignore_ascii_case("WITH") && !contains_change(sql))
}

/// Whether a statement only moves a transaction.
pub(super) fn moves_transaction(sql: &str) -> bool {
    let word = first_word(sql);
    ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "END"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

fn contains_change(sql: &str) -> bool {
    let upper = sql.to_ascii_uppercase();
    ["INSERT ", "UPDATE ", "DELETE "].iter().any(|word| upper.contains(word))
}

/// The first word after white space and comments.
fn first_word(sql: &str) -> &str {
    let mut rest = sql.trim_start();
    loop {
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
        } else {
            break;
        }
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    &rest[..end]
}

/// `PRAGMA foreign_keys=OFF` says false.
fn foreign_keys_pragma(sql: &str) -> Option<bool> {
    let text = sql.trim().trim_end_matches(';').to_ascii_lowercase();
    let rest = text.strip_prefix("pragma")?.trim_start().strip_prefix("foreign_keys")?.trim_start();
    let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix('('))?.trim().trim_end_matches(')').trim();
    match value {
        "on" | "1" | "true" | "yes" => Some(true),
        "off" | "0" | "false" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{changes_rows, foreign_keys_pragma, reads};

    #[test]
    fn the_driver_begins_before_changes_of_rows_only() {
        for sql in ["INSERT INTO t VALUES (1)", "  -- why\n update t set a=1", "/* x */DELETE FROM t"] {
            assert!(changes_rows(sql), "{sql}");
        }
        for sql in ["CREATE TABLE t (a)", "SELECT 1", "insertion", ""] {
            assert!(!changes_rows(sql), "{sql}");
        }
    }

    #[test]
    fn a_with_may_change_rows() {
        assert!(reads("WITH a AS (SELECT 1) SELECT * FROM a"));
        assert!(!reads("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a"));
    }

    #[test]
    fn the_foreign_keys_pragma_is_understood() {
        assert_eq!(foreign_keys_pragma("PRAGMA foreign_keys = OFF;"), Some(false));
        assert_eq!(foreign_keys_pragma("pragma foreign_keys(1)"), Some(true));
        assert_eq!(foreign_keys_pragma("PRAGMA foreign_keys"), None);
    }
}
