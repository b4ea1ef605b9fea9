//! PostgreSQL by its wire protocol: one client over whatever carries bytes: natively a socket, which is the
//! program's to open.

mod address;
pub mod dump;
mod failure;
mod greeting;
mod parameters;
mod values;
mod wire;

pub use address::{Address, Tls};
pub use wire::{Received, Wire};

use super::guard::Guard;
use crate::error::DatabaseError;
use crate::host::{self, Rows, Server, Status};
use crate::schema::Literal;
use bytes::BytesMut;
use fallible_iterator::FallibleIterator;
use postgres_protocol::message::backend::{DataRowBody, Message, RowDescriptionBody};
use postgres_protocol::message::frontend;

type Answer<T> = Result<T, DatabaseError>;

/// A session with a PostgreSQL server.
pub struct Postgresql {
    wire: Box<dyn Wire>,
    incoming: BytesMut,
    guard: Guard,
    status: Status,
    /// `server_version_num`, as its parts: 15.4 is 15, 4.
    version: Vec<u32>,
    /// What the server wants to hear from whoever cancels a statement.
    key: (i32, i32),
    cancelled: bool,
}

/// One column of an answer.
struct Column {
    name: String,
    oid: u32,
}

impl Postgresql {
    /// A session over a wire on which nothing has been said yet.
    pub fn over(wire: Box<dyn Wire>, address: &Address, guard: &Guard) -> Answer<Self> {
        let mut session = Postgresql {
            wire,
            incoming: BytesMut::new(),
            guard: guard.clone(),
            status: Status::Idle,
            version: Vec::new(),
            key: (0, 0),
            cancelled: false,
        };
        session.greet(address)?;
        Ok(session)
    }

    fn send(&mut self, bytes: &[u8]) -> Answer<()> {
        self.wire.send(bytes).map_err(|error| failure::lost(&error))
    }

    /// The next message; what the server says unasked is taken note of on the way.
    fn next(&mut self) -> Answer<Message> {
        loop {
            match Message::parse(&mut self.incoming).map_err(|error| failure::lost(&error))? {
                None => self.receive()?,
                Some(Message::ParameterStatus(it)) => self.parameter_changed(&it),
                Some(Message::NoticeResponse(_) | Message::NotificationResponse(_)) => {}
                Some(message) => return Ok(message),
            }
        }
    }

    /// Waits for bytes; a statement that is told to stop is cancelled, and its error comes as its answer.
    fn receive(&mut self) -> Answer<()> {
        let received = self.wire.receive(&mut self.incoming).map_err(|error| failure::lost(&error))?;
        match received {
            Received::Bytes => Ok(()),
            Received::Closed => Err(failure::closed()),
            Received::Nothing => {
                if self.guard.is_interrupted() && !self.cancelled {
                    self.cancelled = true;
                    // Without a second connection the statement goes on to its end.
                    let _ = self.wire.cancel(self.key);
                }
                Ok(())
            }
        }
    }

    /// Sends a request and gathers its answer, up to the server's word that it is ready again.
    fn exchange(&mut self, request: &[u8], sql: &str) -> Answer<Rows> {
        self.cancelled = false;
        self.send(request)?;
        let mut gathered = Gathered::default();
        loop {
            match self.next()? {
                Message::RowDescription(it) => gathered.described(&it)?,
                Message::DataRow(it) => gathered.row(&it)?,
                Message::CommandComplete(it) => gathered.done(it.tag().unwrap_or_default()),
                Message::ErrorResponse(it) => gathered.failure = Some(failure::said(&it, Some(sql))),
                Message::CopyInResponse(_) => self.refuse_copy()?,
                Message::ReadyForQuery(it) => {
                    self.status = status(it.status());
                    return gathered.finish();
                }
                _ => {}
            }
        }
    }

    /// COPY … FROM STDIN has nothing to read from here.
    fn refuse_copy(&mut self) -> Answer<()> {
        let mut refusal = BytesMut::new();
        written(frontend::copy_fail("there is no standard input to copy from", &mut refusal))?;
        self.send(&refusal)
    }
}

/// What has come of an answer so far. Of several statements in one text, the last one's rows count.
#[derive(Default)]
struct Gathered {
    columns: Vec<Column>,
    rows: Rows,
    failure: Option<DatabaseError>,
}

impl Gathered {
    fn described(&mut self, body: &RowDescriptionBody) -> Answer<()> {
        let columns = body.fields().map(|it| Ok(Column { name: it.name().into(), oid: it.type_oid() })).collect();
        self.columns = columns.map_err(|error| failure::lost(&error))?;
        self.rows = Rows {
            columns: self.columns.iter().map(|column| column.name.clone()).collect(),
            types: self.columns.iter().map(|column| values::type_name(column.oid).map(str::to_string)).collect(),
            ..Rows::default()
        };
        Ok(())
    }

    fn row(&mut self, body: &DataRowBody) -> Answer<()> {
        let ranges: Vec<_> = body.ranges().collect().map_err(|error| failure::lost(&error))?;
        let cells = self.columns.iter().zip(ranges).map(|(column, range)| match range {
            Some(range) => values::read(&String::from_utf8_lossy(&body.buffer()[range]), column.oid),
            None => Literal::Null,
        });
        self.rows.rows.push(cells.collect());
        Ok(())
    }

    /// A tag names the statement and, last, how many rows it touched: `INSERT 0 5`.
    fn done(&mut self, tag: &str) {
        let gives_rows = tag.starts_with("SELECT") || self.columns.iter().any(|column| !column.name.is_empty());
        if !gives_rows {
            self.rows = Rows::default();
        }
        let changes = ["INSERT", "UPDATE", "DELETE", "MERGE"].iter().any(|word| tag.starts_with(word));
        if changes {
            self.rows.affected = tag.rsplit(' ').next().and_then(|count| count.parse().ok()).unwrap_or_default();
        }
        self.columns.clear();
    }

    fn finish(self) -> Answer<Rows> {
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok(self.rows),
        }
    }
}

/// The server's own word for where the session stands.
fn status(byte: u8) -> Status {
    match byte {
        b'T' => Status::Transaction,
        b'E' => Status::Failed,
        _ => Status::Idle,
    }
}

/// A request of ours that can only fail by a NUL inside a text.
fn written<T>(result: std::io::Result<T>) -> Answer<T> {
    result.map_err(|_| failure::refused("A string literal cannot contain NUL (0x00) characters."))
}

impl host::Connection for Postgresql {
    fn server(&self) -> Server {
        Server { dialect: "postgresql".into(), version: self.version.clone() }
    }

    fn execute(&mut self, sql: &str, parameters: &[Literal]) -> Answer<Rows> {
        let request = if parameters.is_empty() { plain(sql)? } else { parameters::bound(sql, parameters)? };
        self.exchange(&request, sql)
    }

    fn status(&self) -> Status {
        self.status
    }

    fn enforce_foreign_keys(&mut self, _: bool) -> Option<bool> {
        None
    }

    fn image(&mut self) -> Option<Vec<u8>> {
        None
    }

    fn restore(&mut self, _: &[u8]) -> Answer<()> {
        Err(failure::refused("a PostgreSQL database cannot be put back from an image"))
    }
}

impl Drop for Postgresql {
    fn drop(&mut self) {
        let mut farewell = BytesMut::new();
        frontend::terminate(&mut farewell);
        // Whoever is gone already needs no farewell.
        let _ = self.wire.send(&farewell);
    }
}

fn plain(sql: &str) -> Answer<BytesMut> {
    let mut request = BytesMut::new();
    written(frontend::query(sql, &mut request))?;
    Ok(request)
}
