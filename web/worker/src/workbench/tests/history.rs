//! Undo, redo, and the switch between the disciplines.

use super::Visitor;
use retort_protocol::Request;
use retort_protocol::request::Travel;
use retort_protocol::rows::Edit;
use retort_protocol::scene::Discipline;

impl Visitor {
    fn may_undo(&self, label: &str) -> &Self {
        assert_eq!(self.scene.history.undo.as_deref(), Some(label));
        self
    }

    fn may_redo(&self, label: &str) -> &Self {
        assert_eq!(self.scene.history.redo.as_deref(), Some(label));
        self
    }
}

#[test]
fn edits_sql_commands_and_files_are_undone_and_done_again() {
    let mut visitor = Visitor::opened("seller-shipment");
    assert_eq!(visitor.scene.history, retort_protocol::scene::History::default());
    let (table, key, column) = ("seller".into(), "1".into(), "name".into());
    visitor.ask(Request::EditRows(Edit::Set { table, key, column, value: Some("New".into()) }));
    visitor.may_undo("edit of 1 row in seller");
    visitor.types("DELETE FROM shipment").may_undo("DELETE FROM shipment");
    visitor.types("alembic upgrade head").may_undo("alembic upgrade head");
    visitor.types("mkdir notes").types("touch notes/a.txt").may_undo("touch notes/a.txt");
    visitor.ask(Request::Undo).may_undo("alembic upgrade head").may_redo("touch notes/a.txt");
    visitor.types("ls notes");
    assert_eq!(visitor.terminal, "");
    visitor.ask(Request::Undo).may_undo("DELETE FROM shipment").rows("shipment", 0, 0);
    assert_eq!(visitor.scene.behind, 2);
    visitor
        .types("undo")
        .may_undo("edit of 1 row in seller")
        .rows("shipment", 6, 0)
        .shown("Undone: DELETE FROM shipment");
    visitor.types("SELECT name FROM seller WHERE id = 1").shown("New");
    visitor.ask(Request::Undo).ask(Request::Undo);
    assert_eq!(visitor.refused.as_deref(), Some("There is nothing that could be undone"));
    visitor.types("SELECT name = 'New' FROM seller WHERE id = 1").shown("0");
    for _ in 0..4 {
        visitor.ask(Request::Redo);
    }
    assert_eq!((visitor.scene.behind, visitor.scene.history.redo.clone()), (0, None));
    visitor.rows("shipment", 0, 0);
    visitor.types("ls notes").shown("a.txt");
}

#[test]
fn a_new_deed_forgets_what_was_undone() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.types("DELETE FROM shipment").ask(Request::Undo).may_redo("DELETE FROM shipment");
    visitor.types("DELETE FROM shipment WHERE id = 1");
    assert_eq!(visitor.scene.history.redo, None);
}

#[test]
fn steps_are_undone_by_leaving_and_a_revision_as_a_whole() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.go(Travel::StepForward).go(Travel::StepForward).may_undo("2 steps of add email to seller");
    visitor.ask(Request::Undo).stands("Between revisions").rows("seller", 4, 0);
    visitor.go(Travel::RevisionForward).may_undo("upgrade of add email to seller");
    visitor.ask(Request::Undo).may_redo("upgrade of add email to seller");
    assert_eq!(visitor.scene.behind, 2);
    visitor.go(Travel::Head).may_undo("alembic upgrade heads");
}

#[test]
fn a_made_revision_is_undone_with_its_file() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.go(Travel::Head).ask(Request::MakeRevision { message: "add tracking".into() });
    visitor.may_undo("new revision add tracking");
    assert_eq!(visitor.scene.timeline.revisions.len(), 4);
    visitor.ask(Request::Undo);
    assert_eq!(visitor.scene.timeline.revisions.len(), 3);
}

#[test]
fn the_switch_is_kept_and_half_a_revision_stays_as_alembic_leaves_it() {
    let mut visitor = Visitor::opened("seller-shipment");
    let path = "migrations/versions/2b7e41c09d35_add_email_to_seller.py";
    let text = "revision = '2b7e41c09d35'\ndown_revision = '8c1f4e2a90b7'\nfrom alembic import op\nimport sqlalchemy as sa\n\
                def upgrade():\n    op.add_column('seller', sa.Column('one', sa.Integer()))\n    op.execute(\"UPDATE seller SET name = NULL\")\n\
                def downgrade():\n    pass\n";
    visitor.ask(Request::Write { path: path.into(), text: text.into() });
    let count = "SELECT count(*) FROM pragma_table_info('seller') WHERE name = 'one'";
    visitor.types("alembic upgrade head").types(count).shown("0");
    visitor.ask(Request::Discipline(Discipline::AsAlembic));
    assert_eq!(visitor.scene.discipline, Discipline::AsAlembic);
    visitor.go(Travel::StepForward).go(Travel::StepBack);
    visitor.types(count).shown("0");
    visitor.types("alembic upgrade head");
    let says: Vec<String> =
        visitor.scene.failure.iter().flat_map(|it| &it.says).map(retort_protocol::words::Words::text).collect();
    assert!(says.iter().any(|words| words.contains("stays in the database")), "{says:?}");
    visitor.types(count).shown("1");
    let mut other = Visitor::new();
    other.ask(Request::Open(retort_protocol::request::Source::Checkpoint(visitor.checkpoint.clone())));
    assert_eq!(other.scene.discipline, Discipline::AsAlembic);
}
