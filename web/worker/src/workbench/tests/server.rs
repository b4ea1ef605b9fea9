//! A project on PostgreSQL: run where `RETORT_POSTGRESQL` names a folder with a server's socket.

use super::*;

/// The first sample, on PostgreSQL.
fn project() -> Vec<(String, Vec<u8>)> {
    let files = crate::samples::files("seller-shipment").expect("a sample");
    let on_server =
        |text: &str| text.replace("sqlite:///./database.db", "postgresql+psycopg2://me:secret@db.example/shop");
    files.iter().map(|(path, text)| ((*path).to_string(), on_server(text).into_bytes())).collect()
}

fn visitor() -> Option<Visitor> {
    let folder = socket::folder()?;
    let mut visitor = Visitor::new();
    visitor.ask(Request::Open(Source::Folder { name: "shop".into(), files: project() }));
    assert!(visitor.bench.wants_server());
    visitor.bench.server_came(Ok(socket::wire(&folder)));
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

#[test]
fn a_failing_revision_is_undone_and_says_what_postgresql_says() {
    let Some(mut visitor) = visitor() else { return };
    visitor.types("alembic upgrade head");
    visitor.types("alembic revision --rev-id e1e1e1e1e1e1 -m \"phone\"");
    let body = "    op.add_column(\"seller\", sa.Column(\"note\", sa.Text()))\n    \
                op.add_column(\"seller\", sa.Column(\"phone\", sa.String(20), nullable=False))";
    let text = format!(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = \"e1e1e1e1e1e1\"\ndown_revision = \"d4a96f13e8c0\"\n\n\
         def upgrade():\n{body}\n\ndef downgrade():\n    pass\n"
    );
    visitor.ask(Request::Write { path: "migrations/versions/e1e1e1e1e1e1_phone.py".into(), text });
    visitor.types("alembic upgrade head").shown("psycopg2.errors.NotNullViolation");
    let failure = visitor.scene.failure.as_ref().expect("it failed");
    let says = format!("{failure:?}");
    assert!(says.contains("would have nothing there") && !says.contains("Real Alembic"), "{says}");
    visitor.types("\\d seller").shown("email");
    assert!(!visitor.terminal.contains("note"));
}
