//! A project on PostgreSQL: run where `RETORT_POSTGRESQL` names a folder with a server's socket.

use super::*;
use bytes::BytesMut;
use retort::database::guard::Guard;
use retort::database::postgresql::{Address, Postgresql, Received, Wire};
use retort::database::url::Url;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

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

/// A session with a database of the server whose socket lies in this folder.
pub(super) fn session(folder: &str, database: &str) -> Postgresql {
    let url = Url::parse(&format!("postgresql://postgres@/{database}?host={folder}")).expect("a URL");
    let address = Address::of(&url, &|_| None, None).expect("an address");
    let socket = UnixStream::connect(format!("{folder}/.s.PGSQL.5432")).expect("a server listens there");
    Postgresql::over(Box::new(Socket(socket)), &address, &Guard::default()).expect("a session")
}

/// The first sample, on PostgreSQL.
fn project() -> Vec<(String, Vec<u8>)> {
    let files = crate::samples::files("seller-shipment").expect("a sample");
    let on_server =
        |text: &str| text.replace("sqlite:///./database.db", "postgresql+psycopg2://me:secret@db.example/shop");
    files.iter().map(|(path, text)| ((*path).to_string(), on_server(text).into_bytes())).collect()
}

/// The folder with the server's socket, if there is one.
#[expect(clippy::disallowed_methods, reason = "a test's own setting, which no host has")]
pub(super) fn folder() -> Option<String> {
    std::env::var("RETORT_POSTGRESQL").ok()
}

fn visitor() -> Option<Visitor> {
    let folder = folder()?;
    let mut visitor = Visitor::new();
    visitor.ask(Request::Open(Source::Folder { name: "shop".into(), files: project() }));
    assert!(visitor.bench.wants_server());
    let socket = UnixStream::connect(format!("{folder}/.s.PGSQL.5432")).expect("a server listens there");
    visitor.bench.server_came(Ok(Box::new(Socket(socket))));
    visitor.wait();
    assert_eq!(visitor.refused, None);
    Some(visitor)
}

const ONE_MORE: &str = "INSERT INTO seller (id, name, contact, email) VALUES (5, 'Fifth', 'five', 'five@five.example')";

#[test]
fn a_project_on_postgresql_runs_and_goes_back() {
    let Some(mut visitor) = visitor() else { return };
    visitor.types("alembic upgrade head").shown("Context impl PostgresqlImpl.").shown("Running upgrade");
    visitor.types(ONE_MORE).rows("seller", 5, 0);
    visitor.types("SELECT id, name FROM seller ORDER BY id").shown("Fifth");
    let downs = visitor.scene.timeline.revisions.len();
    visitor.go(Travel::StepBack);
    assert_eq!(visitor.refused, None);
    assert!(visitor.scene.step.title.text() != "", "{:?}", visitor.scene.step);
    // Leaving the revision rolls it back.
    visitor.go(Travel::RevisionForward).rows("seller", 5, 0);
    for _ in 0..downs {
        visitor.types("alembic downgrade -1").shown("Running downgrade");
    }
    assert!(visitor.scene.timeline.at_base);
    visitor.ask(Request::Undo);
    assert!(!visitor.scene.timeline.at_base);
    visitor.types("alembic upgrade head").shown("Running upgrade");
    visitor.types("alembic check").shown("Detected added column 'shipment.tracking'");
}

#[test]
fn rows_are_edited_by_their_key() {
    let Some(mut visitor) = visitor() else { return };
    visitor.types("alembic upgrade head");
    visitor.ask(Request::EditRows(retort_protocol::rows::Edit::Set {
        table: "seller".into(),
        key: "2".into(),
        column: "name".into(),
        value: Some("deux".into()),
    }));
    assert_eq!(visitor.refused, None);
    visitor.types("SELECT name FROM seller ORDER BY id").shown("deux");
}

#[test]
fn a_reload_brings_the_database_back() {
    let Some(mut visitor) = visitor() else { return };
    visitor.types("alembic upgrade head");
    let (checkpoint, server) = (visitor.checkpoint.clone(), visitor.bench.now.server.clone());
    let mut again = Visitor::new();
    again.bench = Workbench::new(Now { clock: 1, seed: 1, server });
    again.ask(Request::Open(Source::Checkpoint(checkpoint)));
    assert_eq!(again.refused, None);
    again.rows("seller", 4, 0);
    again.types(ONE_MORE).rows("seller", 5, 0);
}

#[test]
fn a_link_carries_the_database() {
    let Some(mut visitor) = visitor() else { return };
    visitor.types("alembic upgrade head");
    visitor.types(ONE_MORE).rows("seller", 5, 0);
    visitor.ask(Request::Link(Carry { rows: true, position: true, terminal: Vec::new(), secrets: false }));
    let (link, server) = (visitor.link.clone(), visitor.bench.now.server.clone());
    let mut other = Visitor::new();
    other.bench = Workbench::new(Now { clock: 1, seed: 1, server });
    other.ask(Request::Open(Source::Link(link)));
    assert_eq!(other.refused, None);
    other.rows("seller", 5, 0);
    other.types("alembic current").shown("d4a96f13e8c0 (head)");
    assert!(!other.bench.differs);
}
