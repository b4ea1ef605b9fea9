//! What no project should hold: it is stopped with a sentence that names what is wrong, and the database is as it was.

use crate::session::Session;
use retort::{database::guard::Guard, runtime::Budget};
use std::time::Duration;

const INI: &str = "[alembic]\nscript_location = migrations\npath_separator = os\nprepend_sys_path = .\nsqlalchemy.url = sqlite:///app.db\n";

const ENV: &str = r#"
from alembic import context
from sqlalchemy import engine_from_config, pool
import models

engine = engine_from_config(context.config.get_section("alembic"), prefix="sqlalchemy.", poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=models.metadata)
    with context.begin_transaction():
        context.run_migrations()
"#;

const MODELS: &str = "import sqlalchemy as sa\nmetadata = sa.MetaData()\nsa.Table('one', metadata, sa.Column('id', sa.Integer, primary_key=True))\n";

const FIRST: &str = "from alembic import op\nimport sqlalchemy as sa\nrevision = 'first'\ndown_revision = None\n\n\ndef upgrade():\n    op.create_table('one', sa.Column('id', sa.Integer, primary_key=True))\n    op.execute('INSERT INTO one VALUES (1)')\n\n\ndef downgrade():\n    op.drop_table('one')\n";

/// A project at its first revision.
pub(crate) fn project() -> Session {
    filled(Session::new())
}

fn filled(session: Session) -> Session {
    session.write("alembic.ini", INI);
    session.write("migrations/env.py", ENV);
    session.write("migrations/script.py.mako", "${imports}\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n\n\ndef upgrade():\n    ${upgrades}\n\n\ndef downgrade():\n    ${downgrades}\n");
    session.write("migrations/versions/first.py", FIRST);
    session.write("models.py", MODELS);
    session.run("upgrade head").expect("the project is right");
    session
}

/// A revision behind the first, which makes a table and then does what is said.
fn second(body: &str) -> String {
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = 'second'\ndown_revision = 'first'\n\n\ndef upgrade():\n    op.create_table('two', sa.Column('id', sa.Integer))\n{body}\n\ndef downgrade():\n    pass\n"
    )
}

fn impatient() -> Budget {
    Budget { patience: Duration::from_secs(2), ..Budget::page() }
}

/// The command fails and says all of `words`; table, row and revision are as before.
fn refused(session: &Session, command: &str, words: &[&str]) {
    let said = session.run_within(command, impatient()).expect_err("it fails");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in:\n{said}");
    }
    assert_eq!(whole(session), "one; 1; first");
}

fn whole(session: &Session) -> String {
    let tables =
        session.query("SELECT name FROM sqlite_master WHERE name != 'alembic_version' AND type = 'table'").concat();
    let rows = session.query("SELECT id FROM one").concat();
    let revisions = session.query("SELECT version_num FROM alembic_version").concat();
    [tables.join(" "), rows.join(" "), revisions.join(" ")].join("; ")
}

fn revision_refused(body: &str, words: &[&str]) {
    let session = project();
    session.write("migrations/versions/second.py", second(body));
    refused(&session, "upgrade head", words);
}

fn models_refused(text: impl AsRef<[u8]>, words: &[&str]) {
    let session = project();
    session.write("models.py", text);
    refused(&session, "check", words);
}

#[test]
fn an_endless_loop_in_a_revision_is_stopped_at_its_line() {
    revision_refused("while True: pass", &["second.py", "line 9"]);
}

#[test]
fn an_endless_loop_in_the_models_is_stopped_at_its_line() {
    models_refused("x = 1\nwhile True:\n    x = x\n", &["models.py", "line "]);
}

/// A query without end is stopped by time, wherever it stands; without it the next run goes through.
#[test]
fn an_endless_query_is_stopped() {
    const QUERY: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
    let write = QUERY.replace("SELECT count(*)", "INSERT INTO two SELECT x");
    let asked = format!(
        "{MODELS}with sa.create_engine('sqlite:///app.db').connect() as connection:\n    connection.execute(sa.text({QUERY:?}))\n"
    );
    let env = ENV.replace(
        "    with context.begin",
        &format!("    connection.execute(models.sa.text({QUERY:?}))\n    with context.begin"),
    );
    for (file, text, whole_again) in [
        ("migrations/versions/second.py", second(&format!("op.execute({QUERY:?})")), second("pass")),
        ("migrations/versions/second.py", second(&format!("op.execute({write:?})")), second("pass")),
        (
            "migrations/versions/second.py",
            second(&format!("op.get_bind().execute(sa.text({QUERY:?})).all()")),
            second("pass"),
        ),
        ("models.py", asked, MODELS.into()),
        ("migrations/env.py", env, ENV.into()),
    ] {
        let session = filled(Session::guarded(&Guard::untrusted(Duration::from_millis(200))));
        if file != "migrations/versions/second.py" {
            session.write("migrations/versions/second.py", second("pass"));
        }
        session.write(file, text);
        let began = std::time::Instant::now();
        refused(&session, "upgrade head", &["interrupted: the statement ran longer than 0.2 s", "WITH RECURSIVE"]);
        assert!(began.elapsed() < Duration::from_secs(5), "{file}");
        session.write(file, whole_again);
        session.run("upgrade head").unwrap_or_else(|said| panic!("{file}: {said}"));
        assert_eq!(whole(&session), "one two; 1; second", "{file}");
    }
}

#[test]
fn memory_without_end_is_refused() {
    for bomb in [
        "kept = []\nwhile True: kept.append([0] * 1000)",
        "text = 'x'\nwhile True: text += text",
        "text = 'x' * (1 << 40)",
        "bytes(1 << 40)",
        "[0] * (1 << 40)",
        "list(range(1 << 40))",
        "1 << (1 << 40)",
        "'%1099511627776d' % 1",
        "format(1, '1099511627776d')",
        "'x'.ljust(1 << 40)",
        "'x'.zfill(1 << 40)",
        "','.join(['x' * (1 << 28)] * 64)",
        "number = 3\nwhile True: number *= number",
        "kept = {}\nwhile True: kept[len(kept)] = 'x' * 1000",
        "def deep(n): return deep(n + 1)\ndeep(0)",
        "nested = []\nfor _ in range(100000): nested = [nested]\nrepr(nested)",
        "nested = ()\nfor _ in range(100000): nested = (nested,)\nhash(nested)",
        "a = []\nfor _ in range(100000): a = [a]\nb = []\nfor _ in range(100000): b = [b]\na == b",
        "eval('(' * 100000)",
        "10 ** 10 ** 10",
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
        "import re\nre.match('(' * 100000, 'a')",
        "import json\njson.loads('[' * 100000)",
        "import itertools\nlist(itertools.count())",
        "int('9' * 5000)",
    ] {
        let session = project();
        session.write("migrations/versions/second.py", second(bomb));
        let said = session.run_within("upgrade head", impatient());
        assert!(said.is_err(), "{bomb}: {said:?}");
        assert_eq!(whole(&session), "one; 1; first", "{bomb}");
    }
}

#[test]
fn what_is_no_text_is_said_with_its_file() {
    models_refused(b"x = 1\0\n", &["models.py", "null bytes"]);
    models_refused(b"x = '\xff\xfe'\n", &["models.py", "utf-8"]);
    models_refused(b"x = '\xed\xa0\x80'\n", &["models.py", "utf-8"]);
    models_refused("if True:\n\tx = 1\n        y = 2\n", &["models.py", "line 3"]);
    models_refused(format!("x = {}{}", "(".repeat(300), ")".repeat(300)), &["too many nested parentheses"]);
}

/// A mark at the beginning and Windows' line ends are text.
#[test]
fn marks_and_line_ends_of_other_editors_are_read() {
    let session = project();
    session.write("models.py", format!("\u{feff}{}", MODELS.replace('\n', "\r\n")));
    session.write("migrations/versions/first.py", format!("\u{feff}{}", FIRST.replace('\n', "\r\n")));
    session.run("check").expect("nothing is to be done");
    session.run("downgrade base").expect("it goes down");
}

#[test]
fn lone_surrogates_do_not_reach_the_database() {
    revision_refused("op.execute(\"INSERT INTO one VALUES ('\" + chr(0xd800) + \"')\")", &["surrogates"]);
}

/// What SQLAlchemy's objects keep for themselves is a script's to replace; native code that reads it says what it found.
#[test]
fn replaced_attributes_are_errors() {
    for (line, word) in [
        ("metadata.tables = 5", "tables must be a dict, not 'int'"),
        ("metadata.tables = [1]", "tables must be a dict, not 'list'"),
        ("metadata.tables['one']._by_key = 'x'", "_by_key must be a dict, not 'str'"),
        ("sa.Column._instances = 5; sa.Column('a', sa.Integer)", "_instances must be a dict, not 'int'"),
        ("sa.Column._default_clause = 'x'; sa.Column('a', server_default='1')", "_default_clause must be a class"),
        ("from sqlalchemy.orm import Mapped; Mapped._annotation = 5; Mapped[int]", "_annotation must be a class"),
        ("import _columns; _columns.found(5)", "Column must be a class"),
        ("import _columns; _columns.annotates('x')", "Mapped must be a class"),
        ("import _columns; _columns.copy_said(metadata, metadata, 'x')", "names must be a set"),
        ("import _columns; _columns.collect(*'abcdefgh')", "what is mapped must be a class"),
        (
            "class Lower: _OBJECTS = 'x'; Lowered = 5\nimport _lowering; _lowering.models(Lower, sa.MetaData())",
            "Lowered must be a class",
        ),
    ] {
        models_refused(format!("{MODELS}{line}\n"), &["TypeError: ", word]);
    }
}

/// A module of the project may be called as one that only our own modules know.
#[test]
fn our_own_modules_are_not_taken_for_the_projects() {
    for name in ["_columns", "_lowering", "_abstract", "_timedelta", "_enum_flags"] {
        let session = project();
        session.write(&format!("{name}.py"), "raise SystemExit('mine')\n");
        session.run("check").unwrap_or_else(|said| panic!("{name}: {said}"));
    }
}
