//! What was shared comes out the same elsewhere: clock and randomness are the project's.

use super::Visitor;
use retort_protocol::Request;
use retort_protocol::request::{Source, Travel};
use retort_protocol::share::Carry;

const CHANCE: &str = "\"\"\"chance\"\"\"
import uuid
from alembic import op

revision = '2b7e41c09d35'
down_revision = '8c1f4e2a90b7'


def upgrade():
    op.execute(\"UPDATE seller SET name = random() || CURRENT_TIMESTAMP\")
    op.execute(f\"UPDATE seller SET contact = '{uuid.uuid4()}' || random()\")
    op.execute(\"UPDATE seller SET name = name\")


def downgrade():
    pass
";
const ROWS: &str = "SELECT group_concat(name || contact) FROM seller";

fn with_chance() -> Visitor {
    let mut visitor = Visitor::opened("seller-shipment");
    let path = "migrations/versions/2b7e41c09d35_add_email_to_seller.py";
    visitor.ask(Request::Write { path: path.into(), text: CHANCE.into() });
    visitor
}

fn rows(visitor: &mut Visitor) -> String {
    visitor.types(ROWS).terminal.lines().next().unwrap_or_default().to_string()
}

fn opened(link: &str) -> Visitor {
    let mut other = Visitor::new();
    other.bench = super::Workbench::new(super::Now { clock: 1, seed: 99, server: std::rc::Rc::default() });
    other.ask(Request::Open(Source::Link(link.into())));
    assert_eq!(other.refused, None);
    other
}

#[test]
fn time_and_chance_in_sql_and_python_are_repeated_behind_a_link() {
    let mut visitor = with_chance();
    visitor.go(Travel::StepForward).go(Travel::StepForward);
    let first = rows(&mut visitor);
    assert!(first.contains("2026-11-"), "{first}");
    visitor.ask(Request::Link(Carry { position: true, rows: true, terminal: Vec::new(), secrets: false }));
    let mut other = opened(&visitor.link.clone());
    assert_eq!(rows(&mut other), first);
    assert!(!other.terminal.contains("otherwise"), "{}", other.terminal);
    visitor.go(Travel::RevisionBack).types("alembic upgrade +1");
    assert_eq!(rows(&mut visitor), first);
}

#[test]
fn a_history_without_its_rows_is_compared_with_what_was_shared() {
    let carry = Carry { position: true, rows: false, terminal: Vec::new(), secrets: false };
    let mut visitor = with_chance();
    visitor.types("alembic upgrade 2b7e").ask(Request::Link(carry.clone()));
    let same = opened(&visitor.link.clone());
    assert!(!same.terminal.contains("otherwise"), "{}", same.terminal);
    visitor.types("DELETE FROM shipment").ask(Request::Link(carry));
    opened(&visitor.link.clone()).shown("came out otherwise");
}

#[test]
fn two_revisions_have_two_ids_behind_a_link_too() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.types("alembic revision -m one");
    visitor.ask(Request::Link(Carry { position: true, rows: true, terminal: Vec::new(), secrets: false }));
    let mut other = opened(&visitor.link.clone());
    other.types("alembic revision -m two");
    assert_eq!(other.scene.timeline.revisions.len(), 5);
}
