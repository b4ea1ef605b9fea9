//! A wire to a real server for tests, here and in the page's worker: the folder with its socket is `RETORT_POSTGRESQL`'s.

use bytes::BytesMut;
use retort::database::guard::Guard;
use retort::database::postgresql::{Address, Postgresql, Received, Wire};
use retort::database::url::Url;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

/// The folder with the server's socket, if there is one.
#[expect(clippy::disallowed_methods, reason = "a test's own setting, which no host has")]
pub(crate) fn folder() -> Option<String> {
    std::env::var("RETORT_POSTGRESQL").ok()
}

/// A wire to the server on which nothing was said yet.
pub(crate) fn wire(folder: &str) -> Box<dyn Wire> {
    Box::new(Socket(UnixStream::connect(format!("{folder}/.s.PGSQL.5432")).expect("a server listens there")))
}

/// A session with one of its databases.
pub(crate) fn session(folder: &str, database: &str) -> Postgresql {
    let url = Url::parse(&format!("postgresql://postgres@/{database}?host={folder}")).expect("a URL");
    let address = Address::of(&url, &|_| None, None).expect("an address");
    Postgresql::over(wire(folder), &address, &Guard::default()).expect("a session")
}

/// A session with a database of this name, made anew.
pub(crate) fn empty(folder: &str, name: &str) -> Postgresql {
    let mut server = session(folder, "postgres");
    for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        retort::host::Connection::execute(&mut server, &sql, &[]).expect("made anew");
    }
    session(folder, name)
}

struct Socket(UnixStream);

impl Wire for Socket {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn receive(&mut self, into: &mut BytesMut) -> io::Result<Received> {
        let mut buffer = [0; 4096];
        let count = self.0.read(&mut buffer)?;
        into.extend_from_slice(&buffer[..count]);
        Ok(if count == 0 { Received::Closed } else { Received::Bytes })
    }

    fn cancel(&mut self, _: (i32, i32)) -> io::Result<()> {
        Ok(())
    }
}
