//! The pages of tests/spec/autogenerate, end to end: both models are loaded, the current one is made in SQLite, the
//! revision is written, run up and down, and after each way there is nothing left to do. What is written, what the tables
//! are afterwards and what their rows hold is compared with what real Alembic left behind.

use crate::session::Session;
use retort::{dialect, ops::Operation, runtime::trace::Step, script::render};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const ENV: &str = r#"
import tomllib
from logging.config import fileConfig
from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config
if context.get_x_argument():
    import current as models
else:
    import models
target_metadata = models.metadata if hasattr(models, "metadata") else models.Base.metadata
with engine_from_config(config.get_section("alembic"), prefix="sqlalchemy.", poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata, OPTIONS)
    with context.begin_transaction():
        context.run_migrations()
"#;

const FIRST: &str = r#"
"""the current models"""
from alembic import op

revision = "current"
down_revision = None


def metadata():
    # SQLModel has one MetaData for all modules, and the target is in it already.
    import sqlmodel
    sqlmodel.SQLModel.metadata.clear()
    import current
    return current.metadata if hasattr(current, "metadata") else current.Base.metadata


def upgrade():
    metadata().create_all(op.get_bind())
    for statement in ROWS:
        op.execute(statement)


def downgrade():
    metadata().drop_all(op.get_bind())
"#;

const SCRIPT: &str = "${imports}\nfrom alembic import op\nimport sqlalchemy as sa\nimport sqlmodel\n\nrevision = ${repr(up_revision)}\n\
down_revision = ${repr(down_revision)}\n\n\ndef upgrade():\n    ${upgrades}\n\n\ndef downgrade():\n    ${downgrades}\n";

// A test for each page: together they take half a minute where nothing is optimised, side by side half of that.

#[test]
fn columns_end_to_end() {
    end_to_end("columns");
}

#[test]
fn constraints_end_to_end() {
    end_to_end("constraints");
}

#[test]
fn defaults_end_to_end() {
    end_to_end("defaults");
}

#[test]
fn orm_end_to_end() {
    end_to_end("orm");
}

#[test]
fn tables_end_to_end() {
    end_to_end("tables");
}

#[test]
fn types_end_to_end() {
    end_to_end("types");
}

fn end_to_end(page: &str) {
    let text = std::fs::read_to_string(format!("tests/spec/autogenerate/{page}.md")).expect("the pages are there");
    let facts = std::fs::read_to_string(format!("tests/conformance/vectors/autogenerate/{page}.json"));
    let facts: Map<String, Value> =
        serde_json::from_str(&facts.expect("the vectors are there")).expect("the vectors are JSON");
    let cases = text.split("\n## ").skip(1).filter_map(|part| part.split_once('\n'));
    let failures = cases.filter_map(|(heading, body)| {
        let case = Case { body, facts: &facts[heading.trim()] };
        case.run().err().map(|error| format!("=== {heading}\n{error}"))
    });
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{} cases:\n{}", failures.len(), failures.join("\n"));
}

struct Case<'a> {
    body: &'a str,
    facts: &'a Value,
}

impl Case<'_> {
    fn block(&self, info: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("```{info}\n"))?;
        rest.split_once("```").map(|(text, _)| text)
    }

    fn run(&self) -> Result<(), String> {
        let session = self.project();
        session.run("upgrade head")?;
        self.same_schema(&session, "current")?;
        session.run("revision --autogenerate --rev-id target -m target")?;
        let text = session.read("migrations/versions/target_target.py");
        self.same_text(&text, "upgrade")?;
        self.same_text(&text, "downgrade")?;
        self.walk(&session, "upgrade", "upgrade head", "check")?;
        if self.facts["errors"]["upgrade"].is_null() {
            self.walk(&session, "downgrade", "downgrade current", "-x current check")?;
        }
        Ok(())
    }

    fn project(&self) -> Session {
        let nothing = "import sqlalchemy as sa\nmetadata = sa.MetaData()\n";
        let options = self.block("toml configure").unwrap_or_default().replace("true", "True").replace('\n', ", ");
        let rows: Vec<&str> =
            self.block("sql rows").unwrap_or_default().split(';').map(str::trim).filter(|it| !it.is_empty()).collect();
        let session = Session::new();
        session.write("alembic.ini", "[alembic]\nscript_location = migrations\npath_separator = os\nprepend_sys_path = .\nsqlalchemy.url = sqlite:///app.db\n");
        session.write("migrations/env.py", ENV.replace("OPTIONS", &options));
        session.write("migrations/script.py.mako", SCRIPT);
        session.write("migrations/versions/current.py", FIRST.replace("ROWS", &json!(rows).to_string()));
        session.write("current.py", self.block("python current").unwrap_or(nothing));
        session.write("models.py", self.block("python target").expect("a case has a target"));
        session
    }

    /// Goes one way; then the tables and rows are as Alembic left them, and what is left to do is what it left.
    fn walk(&self, session: &Session, way: &str, command: &str, check: &str) -> Result<(), String> {
        let ran = session.run(command);
        if way == "downgrade" {
            // Otherwise the database would not be up to date for `check`.
            session.remove("migrations/versions/target_target.py");
        }
        if let Some(error) = self.facts["errors"][way].as_str() {
            // What Alembic cannot do on SQLite, ours may: it rebuilds the table.
            let Err(given) = ran else { return Ok(()) };
            let first = error.lines().next().unwrap_or_default();
            let same = given.contains(first.split(": ").last().unwrap_or(first));
            return if same { Ok(()) } else { Err(format!("{way}: Alembic fails with {error}, ours says {given:?}")) };
        }
        ran.map_err(|error| format!("{way}: {error}"))?;
        if way == "upgrade" {
            self.read_back(session, &session.read("migrations/versions/target_target.py"))?;
        }
        self.same_schema(session, way)?;
        let nothing_left = self.facts["residue"][way].as_array().is_none_or(Vec::is_empty);
        match session.run(check) {
            Ok(_) if nothing_left => Ok(()),
            Err(error) if nothing_left => Err(format!("after the {way} there is more to do: {error}")),
            _ => Ok(()),
        }
    }

    fn same_text(&self, revision: &str, way: &str) -> Result<(), String> {
        let (_, rest) = revision.split_once(&format!("def {way}():\n")).ok_or("the revision has no such function")?;
        let ours = rest.split("\n\n\ndef ").next().unwrap_or_default().trim_end();
        let theirs =
            self.facts[way].as_str().unwrap_or_default().replace("astext_type=Text()", "astext_type=sa.Text()");
        let theirs = theirs.trim_end();
        let plain = |line: &str| line.strip_prefix("    ").unwrap_or(line).to_string();
        let (mut ours, mut theirs): (Vec<String>, Vec<String>) =
            (ours.lines().map(plain).collect(), theirs.lines().map(String::from).collect());
        if self.facts["order_stable"] != true {
            ours.sort();
            theirs.sort();
        }
        if ours == theirs { Ok(()) } else { Err(format!("{way}\n{}\ntheirs:\n{}", ours.join("\n"), theirs.join("\n"))) }
    }

    /// Law 1, `run(render(ops)) == ops`: what a revision's text did, written down again, is that text.
    fn read_back(&self, session: &Session, revision: &str) -> Result<(), String> {
        let steps = session.steps();
        let operations: Vec<Operation> =
            steps.iter().filter(|step| step.revision == "target").flat_map(Step::operations).cloned().collect();
        let sqlite = dialect::by_name("sqlite").expect("SQLite is known");
        let options = render::Options {
            as_batch: self.block("toml configure").is_some_and(|it| it.contains("render_as_batch = true")),
            ..render::Options::default()
        };
        let again = render::body(&operations, sqlite, &options, &mut render::Plain).map_err(|it| it.to_string())?;
        let (_, rest) = revision.split_once("def upgrade():\n").ok_or("the revision upgrades")?;
        let code = |text: &str| {
            let lines = text.lines().map(|line| line.trim().to_string());
            lines.filter(|line| !line.is_empty() && !line.starts_with('#') && line != "pass").collect::<Vec<_>>()
        };
        let (before, after) = (code(rest.split("\n\n\ndef ").next().unwrap_or_default()), code(&again));
        if before == after {
            Ok(())
        } else {
            Err(format!("{}\nread and written again:\n{}", before.join("\n"), after.join("\n")))
        }
    }

    fn same_schema(&self, session: &Session, when: &str) -> Result<(), String> {
        let tables = self.facts["schema"][when]["tables"].as_object().cloned().unwrap_or_default();
        let ours: Vec<String> = session
            .query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version' ORDER BY name")
            .concat();
        let mut theirs: Vec<&String> = tables.keys().collect();
        theirs.sort();
        if ours.iter().collect::<Vec<_>>() != theirs {
            return Err(format!("{when}: tables {ours:?}, theirs {theirs:?}"));
        }
        for (name, facts) in &tables {
            same(
                when,
                name,
                "columns",
                &self.ordered(columns(session, name)),
                &self.ordered(facts["columns"].clone()),
            )?;
            same(when, name, "indexes", &indexes(session, name), &facts["indexes"])?;
            same(when, name, "foreign_keys", &foreign_keys(session, name), &facts["foreign_keys"])?;
            if let Some(rows) = self.facts["rows"][when].get(name) {
                self.same_rows(session, when, name, rows)?;
            }
        }
        Ok(())
    }

    /// Columns that come back in an order that Alembic leaves to chance are sorted.
    fn ordered(&self, columns: Value) -> Value {
        let Value::Array(mut list) = columns else { return columns };
        if self.facts["order_stable"] != true {
            list.sort_by_key(|column| column["name"].to_string());
        }
        Value::Array(list)
    }

    fn same_rows(&self, session: &Session, when: &str, table: &str, theirs: &Value) -> Result<(), String> {
        let shown = |value: &Value| match value {
            Value::Null => "NULL".into(),
            Value::String(text) => text.clone(),
            Value::Number(number) => number
                .as_i64()
                .map_or_else(|| format!("{:?}", number.as_f64().unwrap_or_default()), |it| it.to_string()),
            other => other.to_string(),
        };
        let row = |row: &Value| row.as_array().into_iter().flatten().map(shown).collect::<Vec<String>>();
        let mut theirs: Vec<Vec<String>> = theirs.as_array().into_iter().flatten().map(row).collect();
        let mut ours = session.query(&format!("SELECT * FROM \"{table}\""));
        ours.sort();
        theirs.sort();
        let now = theirs.iter().flatten().any(|cell| cell == "<now>");
        if now || ours == theirs {
            Ok(())
        } else {
            Err(format!("{when}: rows of {table}: {ours:?}, theirs {theirs:?}"))
        }
    }
}

fn same(when: &str, table: &str, what: &str, ours: &Value, theirs: &Value) -> Result<(), String> {
    if ours == theirs { Ok(()) } else { Err(format!("{when}: {what} of {table}:\n  ours   {ours}\n  theirs {theirs}")) }
}

fn number(text: &str) -> Value {
    json!(text.parse::<i64>().unwrap_or_default())
}

fn columns(session: &Session, table: &str) -> Value {
    let rows = session.query(&format!("PRAGMA table_xinfo(\"{table}\")"));
    let column = |row: Vec<String>| {
        let default = if row[4] == "NULL" { Value::Null } else { json!(row[4]) };
        json!({"name": row[1], "type": row[2], "notnull": number(&row[3]), "default": default, "pk": number(&row[5]), "hidden": number(&row[6])})
    };
    rows.into_iter().map(column).collect()
}

fn indexes(session: &Session, table: &str) -> Value {
    let mut indexes: Vec<(String, String, String, Value)> = Vec::new();
    for row in session.query(&format!("PRAGMA index_list(\"{table}\")")) {
        let columns = session.query(&format!("PRAGMA index_xinfo(\"{}\")", row[1]));
        let columns = columns.into_iter().filter(|it| it[5] == "1").map(|it| {
            let name = if it[2] == "NULL" { "<expression>" } else { &it[2] };
            format!("{name} {}{}", it[4], if it[3] == "1" { " DESC" } else { "" })
        });
        let columns: Vec<String> = columns.collect();
        let name = if row[1].starts_with("sqlite_autoindex_") { "<auto>" } else { &row[1] };
        let facts = json!({"name": name, "unique": number(&row[2]), "origin": row[3], "partial": number(&row[4]), "columns": columns});
        indexes.push((row[3].clone(), name.into(), format!("{columns:?}"), facts));
    }
    indexes.sort_by(|a, b| (&a.0, &a.1, &a.2).cmp(&(&b.0, &b.1, &b.2)));
    indexes.into_iter().map(|(_, _, _, facts)| facts).collect()
}

/// A row of a key, its columns, and those that it refers to.
type Key = (Vec<String>, Vec<String>, Vec<String>);

fn foreign_keys(session: &Session, table: &str) -> Value {
    let mut keys: BTreeMap<String, Key> = BTreeMap::new();
    for row in session.query(&format!("PRAGMA foreign_key_list(\"{table}\")")) {
        let key = keys.entry(row[0].clone()).or_insert_with(|| (row.clone(), Vec::new(), Vec::new()));
        key.1.push(row[3].clone());
        key.2.push(row[4].clone());
    }
    let fact = |(row, from, to): Key| json!({"table": row[2], "from": from, "to": to, "on_update": row[5], "on_delete": row[6], "match": row[7]});
    let mut facts: Vec<Value> = keys.into_values().map(fact).collect();
    facts.sort_by_key(|it| format!("{} {} {}", it["table"], it["from"], it["to"]));
    Value::Array(facts)
}
