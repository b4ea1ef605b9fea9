//! Rebuilds carried out on a real SQLite: the page `tests/spec/dialect/rebuilds.md`.
//!
//! `BLESS=1 cargo test rebuilds` writes the `sql safe` blocks anew; read the difference.

use crate::dialect::{Case, cases, error_text, orderly};
use retort::database::guard::Guard;
use retort::database::sqlite::Sqlite;
use retort::dialect::{self, Discipline, Memo, Names, Wanted, recreate};
use retort::error::{Error, Result};
use retort::host::Connection;
use retort::ops::{ModifyTable, Operation};
use retort::schema::Literal;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spec/dialect/rebuilds.md");

fn database(case: &Case) -> Sqlite {
    let mut database = Sqlite::memory(&Guard::default()).expect("memory opens");
    for statement in split(case.block("sql before").expect("a case has a database")) {
        database.execute(&statement, &[]).unwrap_or_else(|error| panic!("{}: {error}: {statement}", case.heading));
    }
    database.enforce_foreign_keys(true);
    database
}

/// Statements end at the end of a line; those of a trigger stand in one line.
fn split(script: &str) -> Vec<String> {
    script.split(";\n").map(|it| it.trim_end_matches(';').to_string()).filter(|it| !it.trim().is_empty()).collect()
}

fn batch(case: &Case) -> ModifyTable {
    match case.operations("sqlite").into_iter().next() {
        Some(Operation::ModifyTable(batch)) => batch,
        other => panic!("{} is no batch: {other:?}", case.heading),
    }
}

fn plan(case: &Case, database: &mut Sqlite, discipline: Discipline) -> Result<recreate::Plan> {
    let (dialect, batch) = (dialect::by_name("sqlite")?, batch(case));
    let around = match recreate::rebuilds(dialect, &batch) {
        true => Some(recreate::surroundings(dialect, database, &batch)?),
        false => None,
    };
    recreate::plan(dialect, &batch, around.as_ref(), discipline, &mut Memo::default())
}

/// Runs a plan as the runtime does, inside a transaction; gives what was sent.
fn run(plan: &recreate::Plan, database: &mut Sqlite) -> (Vec<String>, Result<()>) {
    let (mut sent, mut enforced) = (Vec::new(), None);
    for step in &plan.steps {
        let done = match step {
            recreate::Step::Run(sql) => {
                sent.push(sql.offline());
                database.execute(&sql.text, &[]).map(drop).map_err(Error::from)
            }
            recreate::Step::SuspendForeignKeys => {
                enforced = database.enforce_foreign_keys(false);
                Ok(())
            }
            recreate::Step::ResumeForeignKeys => {
                database.enforce_foreign_keys(enforced == Some(true));
                Ok(())
            }
            recreate::Step::CheckForeignKeys(_) | recreate::Step::OnFailure(_) | recreate::Step::Guarded => Ok(()),
        };
        if done.is_err() {
            return (sent, done);
        }
    }
    (sent, Ok(()))
}

/// Alembic's statements, in as far as it sent any before it failed.
fn as_alembic(case: &Case) -> String {
    let mut database = database(case);
    database.enforce_foreign_keys(false);
    let plan = match plan(case, &mut database, Discipline::AsAlembic) {
        Ok(plan) => plan,
        Err(error) => return format!("-- {}", error_text(&error)),
    };
    let (sent, done) = run(&plan, &mut database);
    let mut text: String = sent.iter().map(|sql| format!("{sql};\n")).collect();
    if let (Err(error), Some(undo)) = (&done, undone(&plan, sent.len())) {
        text.push_str(&format!("{undo};\n"));
        text.push_str(&format!("-- OperationalError: (sqlite3.OperationalError) {error}\n"));
    } else if let Err(error) = done {
        text.push_str(&format!("-- OperationalError: (sqlite3.OperationalError) {error}\n"));
    }
    text.trim_end().to_string()
}

/// The DROP of the copy, if the step that failed stands between it and the next mark.
fn undone(plan: &recreate::Plan, sent: usize) -> Option<String> {
    let (mut undo, mut count) = (None, 0);
    for step in &plan.steps {
        match step {
            recreate::Step::Run(_) => count += 1,
            recreate::Step::OnFailure(sql) => undo = Some(sql.offline()),
            recreate::Step::Guarded => undo = None,
            _ => {}
        }
        if count == sent {
            break;
        }
    }
    undo
}

/// The schema and the rows after a safe rebuild.
fn safe(case: &Case) -> String {
    let mut database = database(case);
    database.execute("BEGIN", &[]).expect("a transaction");
    let done = plan(case, &mut database, Discipline::Safe).and_then(|plan| run(&plan, &mut database).1);
    if let Err(error) = done {
        return format!("-- {}", error_text(&error));
    }
    database.execute("COMMIT", &[]).expect("committed");
    let on = database.execute("PRAGMA foreign_keys", &[]).expect("read").rows;
    assert_eq!(on, [[Literal::Integer(1)]], "{}: foreign keys are enforced again", case.heading);
    shown(&mut database)
}

fn shown(database: &mut Sqlite) -> String {
    let schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    let rows = database.execute(schema, &[]).expect("read").rows;
    let mut text: String = rows.iter().map(|row| format!("{};\n", value(&row[0]).trim())).collect();
    let sqlite = dialect::by_name("sqlite").expect("a dialect");
    for names in [Names::Tables, Names::Views] {
        for name in sqlite.names(database, names, None).expect("names") {
            let sql = format!("SELECT * FROM \"{}\"", name.replace('"', "\"\""));
            let rows = database.execute(&sql, &[]).map(|found| found.rows);
            let rows = rows.unwrap_or_else(|error| vec![vec![Literal::Text(error.message)]]);
            let rows: Vec<String> =
                rows.iter().map(|row| row.iter().map(value).collect::<Vec<_>>().join(", ")).collect();
            text.push_str(&format!("-- {name}: {}\n", rows.join(" | ")));
        }
    }
    let broken = database.execute("PRAGMA foreign_key_check", &[]).expect("checked").rows.len();
    let counters = database.execute("SELECT name || ' ' || seq FROM sqlite_sequence", &[]).map(|found| found.rows);
    counters.iter().flatten().for_each(|row| text.push_str(&format!("-- counter: {}\n", value(&row[0]))));
    text + &format!("-- broken foreign keys: {broken}")
}

fn value(literal: &Literal) -> String {
    match literal {
        Literal::Null => "NULL".into(),
        Literal::Integer(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

fn failures(check: impl Fn(&Case) -> Option<String>) {
    let page = std::fs::read_to_string(PAGE).expect("the page is there");
    let failures: Vec<String> = cases(&page).iter().filter_map(check).collect();
    assert!(failures.is_empty(), "{} cases differ\n\n{}", failures.len(), failures.join("\n"));
}

fn compare(case: &Case, words: &str, found: &str) -> Option<String> {
    let expected = case.block(words).expect("a case has both disciplines");
    let same = orderly(expected) == orderly(found);
    (!same).then(|| format!("{} ({words})\n--- expected\n{expected}\n--- found\n{found}\n", case.heading))
}

#[test]
fn a_rebuild_as_alembic_sends_alembics_statements() {
    failures(|case| compare(case, "sql as-alembic", &as_alembic(case)));
}

#[test]
fn a_safe_rebuild_keeps_everything() {
    if std::env::var_os("BLESS").is_some() {
        bless();
    }
    failures(|case| compare(case, "sql safe", &safe(case)));
}

fn bless() {
    let mut page = std::fs::read_to_string(PAGE).expect("the page is there");
    for case in cases(&page.clone()) {
        let from = page.find(&format!("## {}\n", case.heading)).expect("the heading is there");
        let open = from + page[from..].find("```sql safe\n").expect("the block is there") + "```sql safe\n".len();
        let close = open + page[open..].find("```").expect("the block ends");
        page.replace_range(open..close, &format!("{}\n", safe(&case)));
    }
    std::fs::write(PAGE, page).expect("the page can be written");
}

/// What a rebuild makes is what reflection sees: the law that creating and reflecting agree.
#[test]
fn a_reflected_table_creates_itself_again() {
    failures(|case| {
        let mut before = database(case);
        let sqlite = dialect::by_name("sqlite").expect("a dialect");
        let wanted = Wanted::default();
        let mut reflected = sqlite.reflect(&mut before, &wanted).expect("reflected");
        reflected.tables.iter_mut().map(|table| sqlite.correct_reflected(table)).for_each(drop);
        let mut after = Sqlite::memory(&Guard::default()).expect("memory opens");
        for table in &reflected.tables {
            let op = retort::ops::CreateTable { table: table.clone(), if_not_exists: false };
            let created = sqlite.operations(&[Operation::CreateTable(op)], &mut Memo::default()).expect("compiled");
            for sql in created {
                after.execute(&sql.text, &[]).unwrap_or_else(|error| panic!("{}: {error}\n{}", case.heading, sql.text));
            }
        }
        let mut again = sqlite.reflect(&mut after, &wanted).expect("reflected");
        again.tables.iter_mut().map(|table| sqlite.correct_reflected(table)).for_each(drop);
        [&mut reflected, &mut again].into_iter().for_each(forget_places);
        let same = reflected.tables == again.tables;
        (!same).then(|| format!("{}\n{:#?}\n{:#?}", case.heading, reflected.tables, again.tables))
    });
}

/// Where a constraint is written does not matter to what it demands.
fn forget_places(metadata: &mut retort::schema::MetaData) {
    for table in &mut metadata.tables {
        for constraint in &mut table.constraints {
            constraint.column = None;
            constraint.source = retort::schema::table::Source::Table;
        }
        table.constraints.sort_by_key(|it| format!("{it:?}"));
    }
}
