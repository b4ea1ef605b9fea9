//! The workbench as the page uses it: requests in, replies out, told as a person would see them.

mod history;
mod limits;
#[cfg(unix)]
mod psql;
mod repeat;
mod seeds;
#[cfg(unix)]
mod server;
#[cfg(unix)]
#[path = "../../../../../tests/socket.rs"]
mod socket;
mod terminal;

use super::Workbench;
use super::source::Now;
use retort_protocol::request::{Source, Travel};
use retort_protocol::scene::Scene;
use retort_protocol::share::Carry;
use retort_protocol::timeline::State;
use retort_protocol::{Reply, Request};

/// Turns that a request may take before the test gives up on it.
const TURNS: usize = 20_000;

/// A visitor: asks one thing after the other, and remembers what was said.
struct Visitor {
    bench: Workbench,
    number: u32,
    scene: Scene,
    terminal: String,
    checkpoint: Vec<u8>,
    link: String,
    files: Vec<String>,
    autogenerate: retort_protocol::files::Autogenerate,
    refused: Option<String>,
    offers: Vec<retort_protocol::files::Fix>,
}

impl Visitor {
    fn new() -> Self {
        let bench = Workbench::new(Now { clock: 1_795_000_000_000_000, seed: 7, server: std::rc::Rc::default() });
        Visitor {
            bench,
            number: 0,
            scene: Scene::default(),
            terminal: String::new(),
            checkpoint: Vec::new(),
            link: String::new(),
            files: Vec::new(),
            autogenerate: retort_protocol::files::Autogenerate::default(),
            refused: None,
            offers: Vec::new(),
        }
    }

    fn opened(sample: &str) -> Self {
        let mut visitor = Visitor::new();
        visitor.ask(Request::Open(Source::Sample(sample.into())));
        assert_eq!(visitor.refused, None);
        visitor
    }

    fn ask(&mut self, request: Request) -> &mut Self {
        self.number += 1;
        self.refused = None;
        self.bench.ask(self.number, request);
        self.wait()
    }

    /// Waits until nothing is left to do.
    fn wait(&mut self) -> &mut Self {
        for _ in 0..TURNS {
            let more = self.bench.turn();
            let said = self.bench.take_said();
            said.into_iter().for_each(|(_, reply)| self.hear(reply));
            if !more {
                return self;
            }
        }
        panic!("the request does not end");
    }

    /// The same without waiting for what nobody asked for.
    fn hurry(&mut self, travel: Travel) {
        self.number += 1;
        self.bench.ask(self.number, Request::Move(travel));
        for _ in 0..TURNS {
            self.bench.turn();
            let said = self.bench.take_said();
            let done = said.iter().any(|(number, reply)| *number == self.number && *reply == Reply::Finished);
            said.into_iter().for_each(|(_, reply)| self.hear(reply));
            if done {
                return;
            }
        }
        panic!("the request does not end");
    }

    fn hear(&mut self, reply: Reply) {
        match reply {
            Reply::Scene(scene) => self.scene = *scene,
            Reply::Output(inks) => inks.iter().for_each(|ink| self.terminal.push_str(&ink.text)),
            Reply::Checkpoint(checkpoint) => self.checkpoint = checkpoint.bytes,
            Reply::Link(link) => self.link = link.fragment,
            Reply::Files { changed, .. } => self.files.extend(changed.into_iter().map(|file| file.path)),
            Reply::Autogenerate(answer) => self.autogenerate = answer,
            Reply::Offer(offer) => self.offers.push(offer.fix),
            Reply::Refused(trouble) => self.refused = Some(trouble.title),
            _ => {}
        }
    }

    fn go(&mut self, travel: Travel) -> &mut Self {
        self.ask(Request::Move(travel))
    }

    fn types(&mut self, line: &str) -> &mut Self {
        self.terminal.clear();
        self.offers.clear();
        self.ask(Request::Type { line: line.into() })
    }

    /// Where it stands: the words, and what each table holds.
    fn stands(&self, place: &str) -> &Self {
        assert_eq!(self.scene.step.place.text(), place);
        self
    }

    fn titled(&self, title: &str) -> &Self {
        assert_eq!(self.scene.step.title.text(), title);
        self
    }

    fn rows(&self, table: &str, total: u64, changed: u64) -> &Self {
        let found = self.scene.tables.iter().find(|it| it.table == table).map(|it| (it.total, it.changed));
        assert_eq!(found, Some((total, changed)), "{table}");
        self
    }

    fn shown(&self, text: &str) -> &Self {
        assert!(self.terminal.contains(text), "{text:?} is not in\n{}", self.terminal);
        self
    }
}

#[test]
fn the_first_sample_opens_with_rows_and_its_future() {
    let visitor = Visitor::opened("seller-shipment");
    visitor.rows("seller", 4, 0).rows("shipment", 6, 0);
    let states: Vec<State> = visitor.scene.timeline.revisions.iter().map(|it| it.state).collect();
    assert_eq!(states, [State::Applied, State::Pending, State::Pending]);
    let beads: Vec<usize> = visitor.scene.timeline.revisions.iter().map(|it| it.beads.len()).collect();
    assert_eq!(beads, [4, 3, 2]);
    assert!(visitor.autogenerate.fresh, "{:?}", visitor.autogenerate.trouble);
    assert_eq!(visitor.autogenerate.message, "add shipment.tracking");
    assert!(visitor.autogenerate.python.contains("tracking"), "{}", visitor.autogenerate.python);
    assert_eq!(visitor.autogenerate.sql.as_ref().map(Vec::len), Some(1), "{:?}", visitor.autogenerate.sql);
}

#[test]
fn a_revision_is_walked_step_by_step_and_back_again() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.go(Travel::StepForward).stands("Step 1 of 3 in add email to seller").rows("seller", 4, 0);
    visitor.go(Travel::StepForward).stands("Step 2 of 3 in add email to seller").rows("seller", 4, 4);
    visitor.titled("Fill email in seller");
    assert!(visitor.scene.step.inside);
    visitor.go(Travel::StepBack).stands("Step 1 of 3 in add email to seller").rows("seller", 4, 0);
    visitor.go(Travel::StepForward).rows("seller", 4, 4);
    visitor
        .go(Travel::StepForward)
        .stands("Step 3 of 3 in add email to seller, which is applied")
        .rows("shipment", 6, 0);
    assert!(!visitor.scene.step.inside);
    visitor.go(Travel::StepBack).stands("Undone: add email to seller is no longer applied");
}

#[test]
fn the_first_rows_come_back_after_their_revision() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.go(Travel::Base).go(Travel::RevisionForward).rows("seller", 4, 4).rows("shipment", 6, 6);
}

#[test]
fn commands_are_typed_and_leave_an_open_revision_first() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.types("alembic current").shown("8c1f4e2a90b7");
    visitor.go(Travel::StepForward);
    visitor
        .types("alembic upgrade head")
        .shown("Left 2b7e41c09d35 first")
        .shown("Running upgrade 2b7e41c09d35 -> d4a96f13e8c0");
    visitor.types("SELECT count(*), count(email) FROM seller").shown("4|4");
    visitor.types("alembic downgrade -l").shown("-1");
    visitor.types("alembic downgrade -1").shown("Running downgrade d4a96f13e8c0 -> 2b7e41c09d35");
    visitor.types("\\d seller").shown("Table \"seller\"").shown("uq_seller_email");
    visitor.types("alembic downgrade base");
    assert!(visitor.scene.timeline.at_base);
}

#[test]
fn a_link_and_a_checkpoint_bring_back_the_exact_step() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.go(Travel::StepForward).go(Travel::StepForward);
    let carry = Carry { position: true, rows: true, terminal: Vec::new(), secrets: false };
    visitor.ask(Request::Link(carry));
    let (link, checkpoint) = (visitor.link.clone(), visitor.checkpoint.clone());
    for source in [Source::Link(link), Source::Checkpoint(checkpoint)] {
        let mut other = Visitor::new();
        other.ask(Request::Open(source));
        assert_eq!(other.refused, None);
        other.stands("Step 2 of 3 in add email to seller").rows("seller", 4, 4);
        assert_eq!(other.scene.step.title, visitor.scene.step.title);
    }
}

#[test]
fn a_failing_revision_is_rolled_back_and_told() {
    let mut visitor = Visitor::opened("seller-shipment");
    let path = "migrations/versions/2b7e41c09d35_add_email_to_seller.py";
    let text = "revision = '2b7e41c09d35'\ndown_revision = '8c1f4e2a90b7'\nfrom alembic import op\nimport sqlalchemy as sa\n\
                def upgrade():\n    op.execute(\"UPDATE seller SET contact = 'x'\")\n    op.execute(\"UPDATE seller SET name = NULL\")\n\
                def downgrade():\n    pass\n";
    visitor.ask(Request::Write { path: path.into(), text: text.into() });
    visitor.types("alembic upgrade head");
    let failure = visitor.scene.failure.clone().expect("it failed");
    assert_eq!(failure.revision, "2b7e41c09d35");
    assert_eq!(failure.place.map(|(path, found)| (path, found.span.start.line)), Some((path.to_string(), 7)));
    visitor.shown("NOT NULL constraint failed: seller.name");
    visitor.types("SELECT DISTINCT contact = 'x' FROM seller").shown("0\n");
}

#[test]
fn rows_are_edited_between_revisions_and_refused_inside() {
    use retort_protocol::rows::Edit;
    let mut visitor = Visitor::opened("seller-shipment");
    let edit = |column: &str, value: Option<&str>| {
        let (table, key, column) = ("seller".into(), "1".into(), column.into());
        Request::EditRows(Edit::Set { table, key, column, value: value.map(str::to_string) })
    };
    visitor.ask(edit("name", Some("New")));
    assert_eq!(visitor.refused, None);
    visitor.types("SELECT name FROM seller WHERE id = 1").shown("New");
    visitor.ask(edit("name", None));
    assert_eq!(visitor.refused.as_deref(), Some("NOT NULL constraint failed: seller.name"));
    visitor.go(Travel::StepForward).ask(edit("name", Some("Other")));
    assert!(visitor.refused.is_some());
}

#[test]
fn every_sample_goes_up_and_down_by_steps() {
    for sample in retort_protocol::samples::ALL {
        let mut visitor = Visitor::opened(sample.name);
        visitor.go(Travel::Base);
        let mut steps = 0;
        while visitor.scene.transport.step_forward {
            visitor.hurry(Travel::StepForward);
            assert_eq!(visitor.scene.failure, None, "{}", sample.name);
            steps += 1;
            assert!(steps < 200, "{} does not end", sample.name);
        }
        while visitor.scene.transport.step_back {
            visitor.hurry(Travel::StepBack);
            assert_eq!(visitor.scene.failure, None, "{}", sample.name);
            steps += 1;
            assert!(steps < 400, "{} does not end", sample.name);
        }
        assert!(visitor.scene.timeline.at_base, "{}", sample.name);
    }
}
