//! The pairs of tests/spec/autogenerate as values: what is found between them and how it is written, against what real
//! Alembic found and wrote; and the laws that hold for every comparison.

use retort::{
    autogenerate::{self, Everything, Found, Options, Pair},
    database::{guard::Guard, sqlite::Sqlite},
    dialect::{self, Dialect, Memo, Wanted},
    host::Connection,
    ops::{self, Operation},
    schema::{self, MetaData, Table},
    script::render,
};
use serde_json::{Map, Value};

/// A pair of models, and what Alembic made of it.
struct Case {
    title: String,
    current: MetaData,
    target: MetaData,
    facts: Value,
    as_batch: bool,
    options: Options,
}

#[test]
fn comparisons_are_alembics() {
    each(|case| {
        let found = case.found(&case.reflected(), &case.target);
        let undone = ops::reverse(&found.operations).expect("what diff made can be undone");
        let rendering = render::Options { as_batch: case.as_batch, ..render::Options::default() };
        let body =
            |it: &[Operation]| render::body(it, sqlite(), &rendering, &mut render::Plain).expect("it can be written");
        let both = render::revision(&found.operations, &undone, sqlite(), &rendering, &mut render::Plain);
        let log = found.log.iter().map(|line| format!("INFO  [{}] {}", line.logger, line.message)).collect::<Vec<_>>();
        case.same("upgrade", &body(&found.operations))?;
        case.same("downgrade", &body(&undone))?;
        case.same("log", &log.join("\n"))?;
        case.same("warnings", &found.warnings.join("\n"))?;
        case.same("imports", &both.expect("it can be written").imports.join("\n"))
    });
}

#[test]
fn a_migration_arrives() {
    each(|case| {
        let reflected = case.reflected();
        let found = case.found(&reflected, &case.target);
        let arrived = ops::apply(&found.operations, &reflected).map_err(|error| error.to_string())?;
        let left = case.found(&arrived, &case.target).operations;
        if left.is_empty() { Ok(()) } else { Err(format!("still to do: {left:#?}")) }
    });
}

#[test]
fn a_downgrade_undoes_its_upgrade() {
    each(|case| {
        let reflected = case.reflected();
        let found = case.found(&reflected, &case.target);
        let undone = ops::reverse(&found.operations).expect("what diff made can be undone");
        let there = ops::apply(&found.operations, &reflected).map_err(|error| error.to_string())?;
        let back = ops::apply(&undone, &there).map_err(|error| error.to_string())?;
        let (before, after) = (plain(&reflected), plain(&back));
        if before == after { Ok(()) } else { Err(format!("before {before:#?}\nafter {after:#?}")) }
    });
}

#[test]
fn nothing_is_found_between_a_schema_and_itself() {
    each(|case| {
        let reflected = case.reflected();
        let left = case.found(&reflected, &reflected).operations;
        if left.is_empty() { Ok(()) } else { Err(format!("{left:#?}")) }
    });
}

/// PostgreSQL is not at hand, but values are: the models' own take the place of the reflected ones.
#[test]
fn a_migration_arrives_and_returns_on_postgresql() {
    let postgresql = dialect::by_name("postgresql").expect("PostgreSQL is known");
    each(|case| {
        let found = |current: &MetaData, target: &MetaData| {
            let pair = Pair { current, target };
            autogenerate::diff(pair, postgresql, &Options::default(), &mut Everything)
                .map_err(|error| error.to_string())
        };
        let operations = found(&case.current, &case.target)?.operations;
        let arrived = ops::apply(&operations, &case.current).map_err(|error| error.to_string())?;
        let undone = ops::reverse(&operations).map_err(|error| error.to_string())?;
        let back = ops::apply(&undone, &arrived).map_err(|error| error.to_string())?;
        let left = [found(&arrived, &case.target)?.operations, found(&back, &case.current)?.operations].concat();
        if left.is_empty() { Ok(()) } else { Err(format!("still to do: {left:#?}")) }
    });
}

fn each(check: impl Fn(&Case) -> Result<(), String>) {
    let failures: Vec<String> =
        cases().iter().filter_map(|case| check(case).err().map(|error| format!("{}: {error}", case.title))).collect();
    assert!(failures.is_empty(), "{} cases:\n{}", failures.len(), failures.join("\n"));
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for page in ["columns", "constraints", "defaults", "orm", "tables", "types"] {
        let (facts, models) = (vectors("autogenerate", page), vectors("models", page));
        let configured = configured(page);
        for (heading, pair) in models {
            let side =
                |name: &str| serde_json::from_value(pair[name].clone()).expect("the models have the schema's form");
            let has =
                |text: &str| configured.iter().any(|(title, options)| *title == heading && options.contains(text));
            let options = Options { server_defaults: has("compare_server_default = true"), ..Options::default() };
            cases.push(Case {
                title: format!("{page}: {heading}"),
                current: side("current"),
                target: side("target"),
                facts: facts[&heading].clone(),
                as_batch: has("render_as_batch = true"),
                options,
            });
        }
    }
    cases
}

fn vectors(kind: &str, page: &str) -> Map<String, Value> {
    let path = format!("tests/conformance/vectors/{kind}/{page}.json");
    let text = std::fs::read_to_string(path).expect("the vectors are there");
    serde_json::from_str(&text).expect("the vectors are JSON")
}

/// The headings of a page with their `toml configure` blocks.
fn configured(page: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(format!("tests/spec/autogenerate/{page}.md")).expect("the pages are there");
    let parts = text.split("\n## ").skip(1).filter_map(|part| {
        let (heading, body) = part.split_once('\n')?;
        let (_, options) = body.split_once("```toml configure\n")?;
        Some((heading.trim().to_string(), options.split("```").next()?.to_string()))
    });
    parts.collect()
}

impl Case {
    /// The current models, made in a database and read back.
    fn reflected(&self) -> MetaData {
        let mut database = Sqlite::memory(&Guard::default()).expect("SQLite opens");
        let operations: Vec<Operation> =
            schema::order::sorted(&self.current.tables).tables.into_iter().flat_map(creation).collect();
        for sql in sqlite().operations(&operations, &mut Memo::default()).expect("SQLite can make it") {
            database.execute(&sql.text, &[]).expect("SQLite makes it");
        }
        let mut found = sqlite().reflect(&mut database, &Wanted::default()).expect("SQLite can be read");
        found.tables.iter_mut().for_each(finish);
        found
    }

    fn found(&self, current: &MetaData, target: &MetaData) -> Found {
        let pair = Pair { current, target };
        autogenerate::diff(pair, sqlite(), &self.options, &mut Everything).expect("the comparison works")
    }

    /// Whether Alembic said the same, in another order where it iterates over sets.
    fn same(&self, what: &str, ours: &str) -> Result<(), String> {
        let theirs = match &self.facts[what] {
            Value::String(text) => text.clone(),
            list => list.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        };
        // Alembic forgets this prefix where the database is not PostgreSQL; its text does not run.
        let theirs = theirs.replace("astext_type=Text()", "astext_type=sa.Text()");
        let same = match self.facts["order_stable"] == true {
            true => ours.trim_end() == theirs.trim_end(),
            false => sorted(ours) == sorted(&theirs),
        };
        if same { Ok(()) } else { Err(format!("{what}\nours:\n{ours}\ntheirs:\n{theirs}")) }
    }
}

fn sqlite() -> &'static dyn Dialect {
    dialect::by_name("sqlite").expect("SQLite is known")
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    lines.sort_unstable();
    lines
}

fn creation(table: &Table) -> Vec<Operation> {
    let bare = Table { indexes: Vec::new(), ..table.clone() };
    let indexes = table.indexes.iter().map(|index| {
        let (table, index) = (table.name.clone(), index.clone());
        Operation::CreateIndex(ops::CreateIndex { table, index, if_not_exists: false })
    });
    [Operation::CreateTable(ops::CreateTable { table: bare, if_not_exists: false })]
        .into_iter()
        .chain(indexes)
        .collect()
}

/// What autogenerate does with a reflected table before it compares.
fn finish(table: &mut Table) {
    sqlite().correct_reflected(table);
    let names = table.constraints.iter_mut().filter_map(|it| it.name.as_mut());
    names.chain(table.indexes.iter_mut().filter_map(|it| it.name.as_mut())).for_each(|name| name.conv = true);
}

/// The tables without the orders that say nothing.
fn plain(metadata: &MetaData) -> Vec<Table> {
    let mut tables = metadata.tables.clone();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut tables {
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
        table.constraints.sort_by_key(|it| format!("{it:?}"));
        table.indexes.sort_by_key(|it| format!("{:?}", it.name));
    }
    tables
}
