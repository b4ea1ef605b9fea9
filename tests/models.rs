//! Models in Python become values: both sides of every pair of tests/spec/autogenerate, loaded by our Python and our
//! SQLAlchemy, are what real SQLAlchemy's objects say.

use retort::{
    host::{Files, memory::Memory},
    library,
    python::{Limits, Machine, Turn},
    schema::{
        MetaData, Origin, Table,
        table::{ConstraintKind, Source},
    },
};
use serde_json::{Map, Value};
use std::rc::Rc;

/// Each module's `metadata`, or its `Base`'s, as a line of JSON; or the error.
const SHOW: &str = "
import json
import sqlmodel
from sqlalchemy import _lower


def show(name):
    sqlmodel.SQLModel.metadata.clear()
    models = __import__(name)
    found = models.metadata if hasattr(models, 'metadata') else models.Base.metadata
    return _lower.metadata(found)


for number in range(COUNT):
    try:
        print(json.dumps(show(f'models{number}')))
    except Exception as error:
        print(json.dumps(f'{type(error).__name__}: {error}'))
";

const NOTHING: &str = "import sqlalchemy as sa\nmetadata = sa.MetaData()\n";

/// A side of a pair: its place, its source, and what real SQLAlchemy says of it.
struct Side {
    title: String,
    source: String,
    expected: MetaData,
}

#[test]
fn models_are_read_as_sqlalchemy_reads_them() {
    let sides: Vec<Side> =
        ["columns", "constraints", "defaults", "orm", "tables", "types"].map(sides).into_iter().flatten().collect();
    let loaded = loaded(&sides);
    assert_eq!(loaded.len(), sides.len(), "{loaded:?}");
    let differs = |(side, ours): (&Side, &Value)| match serde_json::from_value(ours.clone()) {
        Ok(ours) => same(&ours, &side.expected).err().map(|error| format!("=== {}\n{error}", side.title)),
        Err(error) => Some(format!("=== {}\n{error}: {ours}", side.title)),
    };
    let wrong: Vec<String> = sides.iter().zip(&loaded).filter_map(differs).collect();
    assert!(wrong.is_empty(), "{} models:\n{}", wrong.len(), wrong.join("\n"));
}

fn sides(page: &str) -> Vec<Side> {
    let text = std::fs::read_to_string(format!("tests/spec/autogenerate/{page}.md")).expect("the pages are there");
    let facts = std::fs::read_to_string(format!("tests/conformance/vectors/models/{page}.json"));
    let facts: Map<String, Value> =
        serde_json::from_str(&facts.expect("the vectors are there")).expect("the vectors are JSON");
    let cases = text.split("\n## ").skip(1).filter_map(|part| part.split_once('\n'));
    let both = cases.flat_map(|(heading, body)| ["current", "target"].map(|side| (heading.trim(), body, side)));
    let side = |(heading, body, side): (&str, &str, &str)| Side {
        title: format!("{page}: {heading}, {side}"),
        source: block(body, &format!("python {side}")).unwrap_or(NOTHING).into(),
        expected: serde_json::from_value(facts[heading][side].clone()).expect("it is a schema"),
    };
    both.map(side).collect()
}

fn block<'a>(body: &'a str, info: &str) -> Option<&'a str> {
    let (_, rest) = body.split_once(&format!("```{info}\n"))?;
    rest.split_once("```").map(|(text, _)| text)
}

/// One machine loads them all, since reading the surface takes longer than any model.
fn loaded(sides: &[Side]) -> Vec<Value> {
    let host = Rc::new(Memory::without_databases());
    for (number, side) in sides.iter().enumerate() {
        let path = format!("/project/models{number}.py");
        host.write(&path, side.source.as_bytes()).expect("memory takes files");
    }
    let mut machine = Machine::new(host.clone(), Limits::default());
    library::install(&mut machine);
    machine.add_path("/project");
    machine.run_file("/project/main.py", &SHOW.replace("COUNT", &sides.len().to_string()));
    match machine.resume(2_000_000_000) {
        Turn::Done(_) => {}
        Turn::Raised(raised) => panic!("{}", raised.traceback.text),
        Turn::Request(request) => panic!("it asks for {}", request.name),
        Turn::Budget => panic!("it does not come to an end"),
    }
    let printed: String = host.take_output().into_iter().map(|(_, text)| text).collect();
    printed.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// The same but for the order of what has none.
fn same(ours: &MetaData, theirs: &MetaData) -> Result<(), String> {
    let (ours, theirs) = (plain(ours), plain(theirs));
    if ours == theirs {
        return Ok(());
    }
    let differing = ours.iter().zip(&theirs).find(|(a, b)| a != b);
    Err(match differing {
        Some((ours, theirs)) => difference(ours, theirs),
        None => format!("{} tables, not {}", ours.len(), theirs.len()),
    })
}

fn difference(ours: &Table, theirs: &Table) -> String {
    let lines = |table: &Table| {
        let parts = table.columns.iter().map(|it| format!("{it:?}"));
        let parts = parts.chain(table.constraints.iter().map(|it| format!("{it:?}")));
        parts.chain(table.indexes.iter().map(|it| format!("{it:?}"))).collect::<Vec<_>>()
    };
    let (ours, theirs) = (lines(ours), lines(theirs));
    let only = |some: &[String], others: &[String], mark: &str| {
        some.iter().filter(|it| !others.contains(it)).map(|it| format!("{mark} {it}\n")).collect::<String>()
    };
    only(&ours, &theirs, "ours  ") + &only(&theirs, &ours, "theirs")
}

/// Without the surface's numbers, what only Python knows, and where a shorthand was written, which says nothing about
/// the tables: only for a CHECK does it matter.
fn plain(metadata: &MetaData) -> Vec<Table> {
    let mut tables = metadata.tables.clone();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut tables {
        for column in &mut table.columns {
            column.info.clear();
            column.origin = Origin::default();
        }
        for constraint in &mut table.constraints {
            constraint.origin = Origin::default();
            constraint.column = None;
            if !matches!(constraint.kind, ConstraintKind::Check { .. }) {
                constraint.source = Source::Table;
            }
        }
        table.indexes.iter_mut().for_each(|index| index.origin = Origin::default());
        table.constraints.sort_by_key(|it| format!("{:?} {:?}", it.kind, it.name));
        table.indexes.sort_by_key(|it| format!("{:?}", it.name));
    }
    tables
}
