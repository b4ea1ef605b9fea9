//! The programs of tests/conformance/programs and tests/spec/sqlalchemy: they print what they print under real SQLAlchemy
//! and SQLModel.

use crate::{session::Session, spec};
use serde_json::Value;

/// Runs each program as a module of its own, and says what it printed as JSON, line by line.
const ENV: &str = r#"
import importlib
import io
import json
from contextlib import redirect_stdout

import sqlmodel

for name in NAMES:
    sqlmodel.SQLModel.metadata.clear()
    sqlmodel.main.default_registry.dispose()
    out, end = io.StringIO(), ""
    with redirect_stdout(out):
        try:
            importlib.import_module("program_" + name)
        except Exception as error:
            end = f"{type(error).__name__}: {error}".split("\n(Background")[0]
    print(json.dumps([name, (out.getvalue() + end).rstrip("\n").split("\n")]))
"#;

#[test]
fn models_are_what_they_are_under_sqlalchemy() {
    check("models");
}

#[test]
fn statements_give_what_they_give_under_sqlalchemy() {
    check("statements");
}

/// Lines are compared without blanks at their ends, which SQLAlchemy writes and no editor keeps.
#[test]
fn pages_print_what_they_print_under_sqlalchemy() {
    let mut pages: Vec<_> =
        std::fs::read_dir("tests/spec/sqlalchemy").expect("the pages are there").flatten().collect();
    pages.sort_by_key(std::fs::DirEntry::path);
    let mut differing = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(page.path()).expect("a page can be read");
        for case in spec::cases(&text) {
            let printed = trimmed(&alone(&case.program));
            if printed != trimmed(&case.output) {
                let page = page.file_name();
                differing.push(format!("--- {}: {}\n{printed}\n", page.display(), case.name));
            }
        }
    }
    assert!(differing.is_empty(), "{} programs:\n{}", differing.len(), differing.concat());
}

fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_string()
}

/// What a program prints as a project's env.py: whatever it asks of a database is answered.
fn alone(program: &str) -> String {
    let session = Session::new();
    session
        .write("alembic.ini", "[alembic]\nscript_location = migrations\npath_separator = os\nprepend_sys_path = .\n");
    session.write("migrations/versions/empty.txt", "");
    session.write("migrations/env.py", program);
    session.run("current").unwrap_or_else(|printed| printed)
}

fn check(page: &str) {
    let facts = std::fs::read_to_string(format!("tests/conformance/vectors/programs/{page}.json"));
    let facts: Value = serde_json::from_str(&facts.expect("the vectors are there")).expect("the vectors are JSON");
    let printed = printed(page);
    assert_eq!(printed.len(), facts.as_object().map_or(0, serde_json::Map::len), "every program has its vector");
    let differing = printed.iter().filter(|(name, lines)| facts[name] != *lines);
    let differing: Vec<String> =
        differing.map(|(name, lines)| format!("{name}\nours {lines:#}\ntheirs {:#}", facts[name])).collect();
    assert!(differing.is_empty(), "{} programs:\n{}", differing.len(), differing.join("\n"));
}

/// What each program of a page prints.
fn printed(page: &str) -> Vec<(String, Value)> {
    let text = std::fs::read_to_string(format!("tests/conformance/programs/{page}.txt")).expect("the page is there");
    let (before, rest) = text.split_once("### ").expect("a page has programs");
    let programs: Vec<(&str, &str)> = rest.split("\n### ").filter_map(|part| part.split_once('\n')).collect();
    let after = programs.iter().find(|(name, _)| *name == "after").map_or("", |(_, text)| text);
    let session = Session::new();
    let mut names = Vec::new();
    for (name, program) in programs.iter().filter(|(name, _)| *name != "after") {
        session.write(&format!("program_{name}.py"), format!("{before}{program}\n{after}"));
        names.push(*name);
    }
    let ini = "[alembic]\nscript_location = migrations\npath_separator = os\nprepend_sys_path = .\n";
    session.write("alembic.ini", ini);
    session.write("migrations/versions/empty.txt", "");
    session.write("migrations/env.py", ENV.replace("NAMES", &format!("{names:?}")));
    let said = session.run("current").expect("no program ends the run");
    let lines = said.lines().filter(|line| line.starts_with("[\""));
    lines.map(|line| serde_json::from_str(line).expect("it is JSON")).collect()
}
