//! Operations to SQL: the pages of `tests/spec/dialect`, whose SQL real SQLAlchemy and Alembic wrote.

use retort::dialect::{self, Discipline, Memo, Mode, Script, recreate};
use retort::error::Result;
use retort::ops::Operation;
use std::fmt::Write;

/// One heading of a page with its blocks by their words.
pub(crate) struct Case {
    pub(crate) heading: String,
    blocks: Vec<(String, String)>,
}

pub(crate) fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { heading: heading.into(), blocks: Vec::new() });
        } else if let (Some(words), Some(case)) = (line.strip_prefix("```"), cases.last_mut()) {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            case.blocks.push((words.into(), body.join("\n")));
        }
    }
    cases
}

impl Case {
    pub(crate) fn block(&self, words: &str) -> Option<&str> {
        self.blocks.iter().find(|(known, _)| known == words).map(|(_, body)| body.as_str())
    }

    pub(crate) fn operations(&self, dialect: &str) -> Vec<Operation> {
        let own = self.block(&format!("json {dialect}"));
        let text = own.or_else(|| self.block("json")).expect("a case has operations");
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", self.heading)))
            .collect()
    }

    fn check(&self, dialect: &str) -> std::result::Result<(), String> {
        let expected = self.block(&format!("sql {dialect}")).expect("a case has SQL");
        let found = offline(dialect, &self.operations(dialect));
        if orderly(expected) == orderly(&found) {
            return Ok(());
        }
        Err(format!("{} on {dialect}\n--- Alembic\n{expected}\n--- ours\n{found}\n", self.heading))
    }
}

/// The script that offline mode writes, an error or a warning as a comment.
fn offline(dialect: &str, operations: &[Operation]) -> String {
    let (mut text, mut memo) = (String::new(), Memo::default());
    let mut warnings = Vec::new();
    for operation in operations {
        let (statements, done) = statements(dialect, operation, &mut memo, &mut warnings);
        statements.iter().for_each(|it| writeln!(text, "{it};").expect("a String takes all"));
        if let Err(error) = done {
            writeln!(text, "-- {}", error_text(&error)).expect("a String takes all");
            break;
        }
    }
    for warning in warnings {
        writeln!(text, "-- warning: {warning}").expect("a String takes all");
    }
    text.trim_end().to_string()
}

pub(crate) fn error_text(error: &retort::error::Error) -> String {
    match &error.kind {
        retort::error::Kind::Python(it) => {
            format!("{}: {}", it.class.rsplit('.').next().unwrap_or_default(), it.message)
        }
        retort::error::Kind::Command(message) => format!("CommandError: {message}"),
        other => format!("{other:?}"),
    }
}

/// What is written until the end or until an error.
fn statements(
    dialect: &str,
    operation: &Operation,
    memo: &mut Memo,
    warnings: &mut Vec<String>,
) -> (Vec<String>, Result<()>) {
    let dialect = dialect::by_name(dialect).expect("a dialect");
    if let Operation::ModifyTable(batch) = operation {
        let plan = match recreate::plan(dialect, batch, None, Discipline::AsAlembic, memo) {
            Ok(plan) => plan,
            Err(error) => return (Vec::new(), Err(error)),
        };
        warnings.extend(plan.warnings);
        let run = |step: &recreate::Step| match step {
            recreate::Step::Run(sql) => Some(sql.offline()),
            _ => None,
        };
        return (plan.steps.iter().filter_map(run).collect(), Ok(()));
    }
    let mut script = Script::default();
    let done = dialect.compile(operation, memo, &mut script);
    warnings.extend(script.warnings);
    (script.statements.iter().map(dialect::Sql::offline).collect(), done)
}

/// Alembic leaves the order of a rebuilt table's constraints to chance, so their lines are compared sorted.
pub(crate) fn orderly(text: &str) -> Vec<String> {
    let mut lines: Vec<String> =
        text.lines().map(|line| line.trim().trim_end_matches([',', ' ']).to_string()).collect();
    if text.contains("_alembic_tmp_") {
        lines.sort();
    }
    lines
}

fn check(page: &str) {
    let mut failures = Vec::new();
    for case in cases(page) {
        for dialect in ["sqlite", "postgresql"] {
            failures.extend(case.check(dialect).err());
        }
    }
    assert!(failures.is_empty(), "{} cases differ\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn operations_become_the_sql_that_alembic_writes() {
    check(include_str!("spec/dialect/operations.md"));
}

#[test]
fn batches_are_asked_for_in_every_way() {
    check(include_str!("spec/dialect/batches.md"));
}

#[test]
fn conventions_name_what_has_no_name() {
    check(include_str!("spec/dialect/named.md"));
}

/// Statements as SQLAlchemy prints them; its spaces at line ends are left out.
fn check_statement(case: &Case) -> Vec<String> {
    let text = case.block("json").expect("a case has a statement");
    let statement: retort::schema::Statement =
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", case.heading));
    let ways = [
        ("default", "default", Mode::Print),
        ("sqlite", "sqlite", Mode::Print),
        ("postgresql", "postgresql", Mode::Print),
        ("literal", "sqlite", Mode::Literal),
    ];
    let mut failures = Vec::new();
    for (words, dialect, mode) in ways {
        let Some(expected) = case.block(&format!("sql {words}")) else { continue };
        let dialect = dialect::by_name(dialect).expect("a dialect");
        let found = match dialect.statement(&statement, &[], mode) {
            Ok(compiled) => compiled.text,
            Err(error) => error.to_string(),
        };
        if orderly(expected) != orderly(&found) {
            failures.push(format!("{} ({words})\n--- SQLAlchemy\n{expected}\n--- ours\n{found}\n", case.heading));
        }
    }
    failures
}

#[test]
fn statements_are_written_as_sqlalchemy_writes_them() {
    let failures: Vec<String> =
        cases(include_str!("spec/dialect/statements.md")).iter().flat_map(check_statement).collect();
    assert!(failures.is_empty(), "{} cases differ\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn types_are_written_as_sqlalchemy_writes_them() {
    let mut failures = Vec::new();
    for case in cases(include_str!("spec/dialect/types.md")) {
        let text = case.block("json").expect("a case has a type");
        let ty: retort::schema::Type =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", case.heading));
        let written = |name| {
            let sql = dialect::by_name(name).and_then(|dialect| dialect.type_sql(&ty));
            format!("{name}: {}", sql.unwrap_or_else(|_| "(refused)".into()))
        };
        let found = ["default", "sqlite", "postgresql"].map(written).join("\n");
        let expected = case.block("sql").expect("a case has SQL");
        if expected != found {
            failures.push(format!("{}\n--- SQLAlchemy\n{expected}\n--- ours\n{found}\n", case.heading));
        }
    }
    assert!(failures.is_empty(), "{} types differ\n\n{}", failures.len(), failures.join("\n"));
}
