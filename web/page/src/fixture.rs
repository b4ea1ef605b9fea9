//! A scripted engine that tells the story of the visual reference, for tests and for looking at the page without one.
//! No part of the page that is shipped.

use retort_protocol::{
    Reply, Request,
    files::{Autogenerate, Change, File, Kind},
    reply::{Checkpoint, Opened},
    request::{Source, Travel},
    rows::{Asked, Cell, Column as RowColumn, Row, Show, TableRows, Value, Window},
    scene::{Fact, Lit, Next, Scene, SqlLine, Statement, StatementState, Step, Transport, Tried},
    schema::{Column, Edge, Marks, Part, PartKind, Schema, Table},
    share::{Link, Packing, Secret},
    terminal::{Completion, Ink, Mode, Prompt, Tone},
    timeline::{Bead, BeadKind, BeadState, Revision, State, Timeline},
    words::{Sign, Words},
};

mod scenes;

pub(crate) use scenes::failed;
use scenes::shop;

const REVISION: &str = include_str!("fixture/2b7e.txt");
const MODELS: &str = include_str!("fixture/models.txt");
const OPEN: &str = "versions/2b7e41c09d35_add_email_to_seller.py";

/// What the engine would answer.
pub(crate) fn answer(request: &Request) -> Vec<Reply> {
    let mut replies = match request {
        Request::Open(Source::Sample(name)) if name == "failing" => open(failed()),
        Request::Open(Source::Sample(name)) if name == "shop" => open(shop()),
        Request::Open(_) => open(scene()),
        Request::Move(Travel::StepForward) => vec![Reply::Scene(Box::new(failed()))],
        Request::Move(Travel::RevisionForward) => vec![Reply::Scene(Box::new(rest()))],
        Request::Move(_) => vec![Reply::Scene(Box::new(scene()))],
        Request::Rows(asked) => vec![Reply::Rows(window(asked.clone()))],
        Request::Type { line } => vec![Reply::Output(vec![ink(Tone::Plain, &format!("you typed {line}\n"))])],
        Request::Complete { .. } => {
            vec![Reply::Completion(Completion { from: 8, candidates: vec!["upgrade".into(), "uplift".into()] })]
        }
        Request::Link(carry) => vec![Reply::Link(Link {
            fragment: format!(
                "r1.nVPBjtMwEL3nK6xeaKUmTdJt2uZWEAgOe2BXcEEoGido18SxI8fZ3bLaf2fspG1Q4YTIJR7PvDfz3ow{}",
                "x".repeat(if carry.rows { 680 } else { 300 })
            ),
            too_long: false,
            files: 11,
            revisions: 3,
            position: "at step 2 of 3".into(),
            rows: 10,
            tables: 2,
            warnings: vec![],
            secrets: vec![Secret { path: ".env".into(), line: 0, what: "an environment file, left out".into() }],
        })],
        Request::Packing => vec![Reply::Packing(Packing {
            files: 11,
            database_bytes: 20_480,
            database_name: "database.db".into(),
            secrets: vec![],
        })],
        _ => vec![],
    };
    replies.push(Reply::Finished);
    replies
}

fn open(scene: Scene) -> Vec<Reply> {
    let opened = Opened {
        title: "Seller and shipment".into(),
        database: "SQLite 3.54".into(),
        show: Some("models.py".into()),
        ..Opened::default()
    };
    vec![
        Reply::Opened(opened),
        Reply::Files { changed: files(), removed: vec![] },
        Reply::Autogenerate(autogenerate()),
        Reply::Output(session()),
        Reply::Prompt(Prompt { text: "$ ".into(), mode: Mode::Shell, place: "database.db".into() }),
        Reply::Scene(Box::new(scene)),
        Reply::Checkpoint(Checkpoint {
            bytes: vec![1],
            title: "Seller and shipment".into(),
            revisions: 3,
            position: "step 2 of 3".into(),
        }),
    ]
}

fn ink(tone: Tone, text: &str) -> Ink {
    Ink { tone, text: text.into() }
}

fn session() -> Vec<Ink> {
    vec![
        ink(
            Tone::Plain,
            "2b7e41c09d35 -> d4a96f13e8c0 (head), weight in kilograms\n8c1f4e2a90b7 -> 2b7e41c09d35, add email to seller\n",
        ),
        ink(Tone::Plain, "<base> -> 8c1f4e2a90b7 (current), create seller and shipment\n"),
        ink(Tone::Quiet, "INFO  [alembic.runtime.migration] Context impl SQLiteImpl.\n"),
    ]
}

fn files() -> Vec<File> {
    let file =
        |path: &str, kind, text: &str| File { path: path.into(), text: text.into(), opaque: false, kind, sign: None };
    let revision = |id: &str| Kind::Revision { id: id.into() };
    vec![
        File { sign: Some(Sign::Changed), ..file("models.py", Kind::Model, MODELS) },
        file("versions/8c1f4e2a90b7_create.py", revision("8c1f4e2a90b7"), "# first\n"),
        file(OPEN, revision("2b7e41c09d35"), REVISION),
        file("versions/d4a96f13e8c0_weight.py", revision("d4a96f13e8c0"), "# third\n"),
        file("env.py", Kind::Project, "# env\n"),
        file("script.py.mako", Kind::Project, "${message}\n"),
        file("alembic.ini", Kind::Project, "[alembic]\n"),
        file("seed.sql", Kind::Project, "-- after: 8c1f4e2a90b7\n"),
    ]
}

fn autogenerate() -> Autogenerate {
    Autogenerate {
        fresh: true,
        trouble: None,
        changes: vec![Change {
            sign: Sign::Added,
            words: Words::marked("add `shipment.tracking`"),
            bead: BeadKind::Operation,
            label: "add tracking".into(),
        }],
        python: "def upgrade() -> None:\n    op.add_column('shipment', sa.Column('tracking', sa.String(length=40), nullable=True))\n".into(),
        sql: Some(vec!["ALTER TABLE shipment ADD COLUMN tracking VARCHAR(40)".into()]),
        message: "add tracking".into(),
    }
}

fn bead(step: u32, kind: BeadKind, label: &str, state: BeadState) -> Bead {
    Bead { step, kind, label: label.into(), state, here: false, finding: None }
}

fn revision(id: &str, message: &str, state: State, beads: Vec<Bead>) -> Revision {
    Revision {
        id: id.into(),
        message: message.into(),
        path: String::new(),
        parents: vec![],
        labels: vec![],
        lane: 0,
        state,
        head: false,
        edited: false,
        beads,
    }
}

fn first(last_here: bool) -> Revision {
    let one = |step, label| bead(step, BeadKind::Operation, label, BeadState::Done);
    let mut beads =
        vec![one(1, "create seller"), one(2, "index contact"), one(3, "create shipment"), one(4, "index seller_id")];
    beads[3].here = last_here;
    revision("8c1f4e2a90b7", "create seller and shipment", State::Applied, beads)
}

/// The middle of a revision.
pub(crate) fn scene() -> Scene {
    let second = vec![
        bead(1, BeadKind::Batch, "add email", BeadState::Done),
        Bead { here: true, ..bead(2, BeadKind::Data, "fill email", BeadState::Done) },
        bead(3, BeadKind::Batch, "require email", BeadState::Ahead),
    ];
    let third = vec![
        bead(1, BeadKind::Batch, "weight → weight_kg", BeadState::Ahead),
        Bead { finding: Some("loses decimals".into()), ..bead(2, BeadKind::Data, "grams → kg", BeadState::Ahead) },
    ];
    let open = State::Upgrading { done: 2, of: 3 };
    let revisions = vec![
        first(false),
        revision("2b7e41c09d35", "add email to seller", open, second),
        Revision { head: true, ..revision("d4a96f13e8c0", "weight in kilograms", State::Pending, third) },
    ];
    let fact = |sign, text: &str| Fact { sign, bad: false, words: Words::marked(text) };
    Scene {
        timeline: Timeline { revisions, at_base: false },
        step: Step {
            place: Words::default().strong("Step 2 of 3").and(" in add email to seller"),
            title: Words::marked("Fill `email` from `contact`, for all 4 sellers"),
            facts: vec![
                fact(Some(Sign::Changed), "4 rows changed"),
                fact(None, "no column changed"),
                fact(None, "not committed yet: version is still `8c1f4e2a90b7`"),
            ],
            micros: Some(312),
            next: Some(Next {
                place: Words::plain("Next, step 3 of 3"),
                title: Words::marked("Make `email` required and unique"),
                tried: Some(Tried {
                    passes: true,
                    words: Words::plain("Tried on a copy: passes, the 6 shipments stay"),
                }),
            }),
            inside: true,
        },
        transport: Transport { revision_back: true, step_back: true, step_forward: true, revision_forward: true },
        python: Some(Lit { path: OPEN.into(), function: "upgrade()".into(), first: 26, last: 26 }),
        sql: sql(),
        schema: schema(true),
        tables: tables(4),
        windows: vec![window(Asked { table: "seller".into(), show: Show::Changes, offset: 0, limit: 100 })],
        ..Scene::default()
    }
}

/// The end of a revision, where rows may be edited.
fn rest() -> Scene {
    let step = Step { inside: false, title: Words::plain("At the end"), ..Step::default() };
    Scene { step, tables: tables(0), windows: vec![], python: None, ..scene() }
}

fn statement(number: u32, sql: &str, state: StatementState) -> SqlLine {
    SqlLine::Statement(Statement { number, sql: sql.into(), state, ..Statement::default() })
}

fn sql() -> Vec<SqlLine> {
    let done = |number, sql: &str| Statement { number, sql: sql.into(), ..Statement::default() };
    let ahead = |number, sql| statement(number, sql, StatementState::Ahead);
    vec![
        SqlLine::Statement(done(1, "BEGIN")),
        SqlLine::Statement(Statement {
            micros: Some(204),
            ..done(2, "ALTER TABLE seller ADD COLUMN email VARCHAR(120)")
        }),
        SqlLine::Statement(Statement {
            state: StatementState::Lit,
            rows: Some(4),
            micros: Some(312),
            ..done(3, "UPDATE seller SET email = lower(trim(contact))")
        }),
        SqlLine::Heading(Words::plain("Step 3, still to come: SQLite rebuilds the table, foreign keys off meanwhile")),
        ahead(
            4,
            "CREATE TABLE _alembic_tmp_seller ( id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, contact VARCHAR(120) NOT NULL, email VARCHAR(120) NOT NULL)",
        ),
        ahead(
            5,
            "INSERT INTO _alembic_tmp_seller (id, name, contact, email) SELECT seller.id, seller.name, seller.contact FROM seller",
        ),
        ahead(6, "DROP TABLE seller"),
        ahead(7, "ALTER TABLE _alembic_tmp_seller RENAME TO seller"),
        ahead(8, "COMMIT"),
    ]
}

fn marks(sign: Option<Sign>, lit: bool, later: bool, said: &str) -> Marks {
    Marks { sign, lit, later, said: said.into() }
}

fn schema(inside: bool) -> Schema {
    let column =
        |name: &str, type_name: &str| Column { name: name.into(), type_name: type_name.into(), ..Column::default() };
    let part = |name: &str, kind, marks| Part { name: name.into(), kind, detail: "contact".into(), marks };
    let id = || Column { primary: true, ..column("id", "INTEGER") };
    let mut seller = Table {
        name: "seller".into(),
        rows: 4,
        columns: vec![id(), column("name", "VARCHAR(80)"), column("contact", "VARCHAR(120)")],
        parts: vec![part("ix_seller_contact", PartKind::Index, Marks::default())],
        ..Table::default()
    };
    if inside {
        let lit = marks(Some(Sign::Added), true, false, "added in this revision, filled in this step");
        seller.columns.push(Column { nullable: true, marks: lit, ..column("email", "VARCHAR(120)") });
        seller.parts = vec![
            part("ix_seller_contact", PartKind::Index, marks(Some(Sign::Removed), false, true, "will be dropped")),
            part("uq_seller_email", PartKind::Unique, marks(Some(Sign::Added), false, true, "will be added")),
        ];
    }
    let shipment = Table {
        name: "shipment".into(),
        rows: 6,
        columns: vec![
            id(),
            column("content", "VARCHAR(120)"),
            Column { nullable: true, ..column("weight", "INTEGER") },
            column("destination", "VARCHAR(60)"),
            Column { foreign: true, ..column("seller_id", "INTEGER") },
        ],
        parts: vec![part("ix_shipment_seller_id", PartKind::Index, Marks::default())],
        ..Table::default()
    };
    let edge = Edge {
        from: "shipment".into(),
        columns: vec!["seller_id".into()],
        to: "seller".into(),
        targets: vec!["id".into()],
        on_delete: Some("cascade".into()),
        optional: false,
        single: false,
        marks: Marks::default(),
    };
    Schema { tables: vec![seller, shipment], edges: vec![edge] }
}

fn tables(changed: u64) -> Vec<TableRows> {
    let table =
        |table: &str, total, changed| TableRows { table: table.into(), total, changed, says: None, editable: true };
    vec![
        TableRows { editable: changed == 0, ..table("seller", 4, changed) },
        table("shipment", 100_000, 0),
        TableRows { says: Some("8c1f4e2a90b7".into()), editable: false, ..table("alembic_version", 1, 0) },
    ]
}

const SELLERS: [(&str, &str); 4] = [
    ("Harbour Pottery", "Orders@Harbour.example"),
    ("Olive & Rye", "hello@oliverye.example"),
    ("Kettle Works", "Sales@KettleWorks.example"),
    ("<img src=x onerror=alert(1)>", "post@lantern.example"),
];

/// A piece of a table.
pub(crate) fn window(asked: Asked) -> Window {
    let column = |name: &str, number| RowColumn { name: name.into(), number, ..RowColumn::default() };
    let cell = |now| Cell { now, was: None };
    let text = |text: &str| Value::Text(text.into());
    if asked.table == "seller" {
        let row = |(at, (name, contact)): (usize, &(&str, &str))| Row {
            key: at.to_string(),
            sign: Some(Sign::Changed),
            cells: vec![
                cell(Value::Number((at + 1).to_string())),
                cell(text(name)),
                cell(text(contact)),
                Cell { now: text(&contact.to_lowercase()), was: Some(Value::Null) },
            ],
        };
        let columns = vec![
            column("id", true),
            column("name", false),
            column("contact", false),
            RowColumn { lit: true, ..column("email", false) },
        ];
        return Window { asked, total: 4, columns, rows: SELLERS.iter().enumerate().map(row).collect() };
    }
    let total = if asked.table == "shipment" { 100_000 } else { 1 };
    let rows = (asked.offset..(asked.offset + u64::from(asked.limit)).min(total)).map(|at| Row {
        key: at.to_string(),
        sign: None,
        cells: vec![
            cell(Value::Number((at + 1).to_string())),
            cell(text(if at % 7 == 0 { "" } else { "Stoneware bowls" })),
            cell(if at % 5 == 4 { Value::Null } else { Value::Number((at * 37 % 25_000).to_string()) }),
        ],
    });
    let weight = RowColumn { nullable: true, ..column("weight", true) };
    Window { columns: vec![column("id", true), column("content", false), weight], rows: rows.collect(), asked, total }
}
