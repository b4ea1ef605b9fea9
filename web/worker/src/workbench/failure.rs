//! A revision that failed: what happened, in whose words, at which rows; everything is as before it.

use super::{Goal, Workbench, report};
use crate::places;
use crate::view::scene::sent;
use retort::database::images::Image;
use retort::error::{self, DatabaseError, Error, Kind, Place};
use retort::runtime::trace::{Sent, Step};
use retort::schema::Table;
use retort_protocol::Reply;
use retort_protocol::files::Trouble;
use retort_protocol::scene::{Discipline, Failure, Report};
use retort_protocol::words::Words;

/// What the name of a table's copy begins with while it is rebuilt.
const REBUILT: &str = "_alembic_tmp_";

/// Why real Alembic leaves something behind on SQLite.
const DRIVER: &str = ": SQLite's driver opens no transaction for changes of the schema.";

impl Workbench {
    pub(super) fn failed(&mut self, number: u32, goal: &Goal, error: &Error) {
        if *goal == Goal::Typed {
            self.show_error(number, error);
            self.offer_fixes(number, error);
        }
        self.tell_failure(error);
        self.show_files(number);
        self.show_scene(number);
        if *goal == Goal::Typed {
            self.prompt(number);
        }
        self.forecast.stale();
        self.checkpoint();
        match (goal, &self.failure) {
            (Goal::Typed, _) | (_, Some(_)) => self.say(number, Reply::Finished),
            (_, None) => {
                let fixes = self.fixes(error);
                self.say(number, Reply::Refused(Trouble { fixes, ..super::trouble(error) }));
            }
        }
    }

    // What failed before any revision began, or was stopped by hand, is no revision's failure.
    fn tell_failure(&mut self, error: &Error) {
        let place = failing_place(error);
        let in_revision = place.and_then(|place| self.graph.revisions().find(|it| it.path == place.file));
        let running = in_revision.map(|revision| revision.id.clone());
        let Some(revision) = running.or_else(|| self.tape.lit().map(|lit| lit.revision.clone())) else {
            self.tape.clear();
            return;
        };
        if error.kind == Kind::Interrupted {
            self.tape.clear();
            return;
        }
        let steps: Vec<Step> = self.tape.steps().filter(|step| step.revision == revision).cloned().collect();
        let done = steps.len() as u32;
        let [base, _, before] = self.tape.images().unwrap_or_default();
        // Where the revision had no step yet, the tape still holds the one before it.
        let now = self.image();
        let whole = self.same_but_for_version(if done == 0 { &before } else { &base }, &now);
        let report = self.report(error, &before);
        let rows = report.as_ref().map_or(0, |report| report.rows.len() as u64 + report.more);
        let failure = Failure {
            revision: revision.clone(),
            place: place.and_then(|place| self.place_of(place, error, rows)),
            says: [says(error, rows), self.what_became(error, done, whole)].concat(),
            verbatim: verbatim(error),
            rows: report,
            fixes: Vec::new(),
            sent: sent(&steps, failing_sql(error), whole),
            whole,
        };
        self.know_failing_step(&revision, done);
        self.failure = Some(failure);
        self.standing.failed = Some((revision, done + 1));
        self.standing.open = None;
        self.tape.clear();
    }

    /// What became of the steps before the one that failed, here and under real Alembic.
    fn what_became(&self, error: &Error, done: u32, whole: bool) -> Vec<Words> {
        if whole && done == 0 {
            return vec![Words::plain("It was the first step, and all of it was undone.")]
                .into_iter()
                .chain(self.left_by_alembic(error))
                .collect();
        }
        if !whole {
            let why = if self.undoes_schema() { "." } else { DRIVER };
            return vec![Words::plain(format!(
                "What was committed before it stays in the database, as with real Alembic{why} Undo brings back the database as it was."
            ))];
        }
        let undone =
            format!("{} rolled back with it: the database is as it was before this revision.", steps_before(done));
        let steps: Vec<&Step> = self.tape.steps().collect();
        let kept = match (self.discipline, committed_by_the_driver(&steps)) {
            (Discipline::AsAlembic, _) | (_, 0) => None,
            _ if self.undoes_schema() => None,
            (_, 1) => Some("Real Alembic would have left the first step in the database.".to_string()),
            (_, kept) => Some(format!("Real Alembic would have left the first {kept} steps in the database.")),
        };
        [undone].into_iter().chain(kept).map(Words::plain).collect()
    }

    /// Whether Alembic's own transactions hold changes of the schema on this database.
    fn undoes_schema(&self) -> bool {
        self.dialect().features().transactional_ddl
    }

    /// The copy of a rebuild, which real Alembic leaves in the database.
    fn left_by_alembic(&self, error: &Error) -> Option<Words> {
        let words = database_words(error).filter(|_| self.discipline == Discipline::Safe)?;
        let (copy, _) = words[words.find(REBUILT)?..].split_once('.')?;
        Some(Words::plain("Alembic alone would leave ").code(copy).and(" behind."))
    }

    // The track shows the step that failed, also where the copy had not come so far.
    fn know_failing_step(&mut self, revision: &str, done: u32) {
        let known = self.steps.entry((revision.to_string(), true)).or_default();
        if known.len() as u32 <= done {
            let kind = retort_protocol::timeline::BeadKind::Operation;
            known.push(crate::view::timeline::Known { kind, label: "failed".into(), finding: None });
        }
    }

    /// Whether two images hold the same tables with the same rows, the version's own table aside.
    fn same_but_for_version(&self, one: &Image, other: &Image) -> bool {
        one.same(other) || self.differ_in_nothing(one, other).unwrap_or(false)
    }

    fn differ_in_nothing(&self, one: &Image, other: &Image) -> error::Result<bool> {
        let (one, other) = (self.world.at(one)?, self.world.at(other)?);
        let (was, is) = (one.schema()?, other.schema()?);
        let theirs = |table: &&Table| table.name.name != "alembic_version";
        if was.tables.iter().filter(theirs).ne(is.tables.iter().filter(theirs)) {
            return Ok(false);
        }
        let sides = crate::view::scene::sides(&one, &other, &[])?;
        Ok(sides.iter().all(|(name, sides)| name == "alembic_version" || sides.is_still()))
    }

    fn place_of(
        &self,
        place: &Place,
        error: &Error,
        rows: u64,
    ) -> Option<(String, retort_protocol::files::Diagnostic)> {
        let path = crate::shell::paths::relative(&place.file)?.to_string();
        let text = crate::files::text(&self.world.host, &place.file)?;
        let found = error::Diagnostic {
            file: place.file.clone(),
            span: place.span,
            severity: error::Severity::Error,
            message: says(error, rows).first().map(Words::text).unwrap_or_default(),
            fix: None,
        };
        Some((path, places::diagnostic(&found, &text, |_| None)))
    }

    fn report(&self, error: &Error, image: &Image) -> Option<Report> {
        let broken = broken(error)?;
        let look = self.world.at(image).ok()?;
        let schema = look.schema().ok()?;
        let definition = schema.tables.iter().find(|it| it.name.name == broken.table)?;
        let report = look.read(|database| match broken.rule {
            Rule::NotNull => report::nothing_in(database, definition, broken.columns.first()?),
            Rule::Unique => report::doubles(database, definition, &broken.columns),
        })?;
        // The statement itself brought what was refused: no row that is there explains it.
        Some(report).filter(|report| !report.rows.is_empty())
    }
}

/// The innermost place in the user's own files.
fn failing_place(error: &Error) -> Option<&Place> {
    match &error.kind {
        Kind::Python(traceback) => {
            traceback.frames.iter().rev().find(|place| crate::shell::paths::relative(&place.file).is_some())
        }
        _ => None,
    }
}

fn steps_before(done: u32) -> String {
    if done == 1 { "The step before it was".into() } else { format!("The {done} steps before it were") }
}

/// How many steps from the first on Python's driver has committed by then: it opens a transaction for the first change
/// of rows, and none for changes of the schema.
fn committed_by_the_driver(steps: &[&Step]) -> usize {
    let changes_rows = |sent: &&Sent| {
        let word = sent.sql.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        matches!(word.as_str(), "INSERT" | "UPDATE" | "DELETE" | "REPLACE")
    };
    steps.iter().take_while(|step| !step.statements().iter().any(changes_rows)).count()
}

/// A constraint that rows do not keep.
#[derive(Debug, PartialEq, Eq)]
struct Broken {
    rule: Rule,
    table: String,
    columns: Vec<String>,
    /// Whether it was the table's copy that was refused, while it was rebuilt.
    copied: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Rule {
    NotNull,
    Unique,
}

/// The constraint that an error is about, from the database's words.
fn broken(error: &Error) -> Option<Broken> {
    let words = database_words(error)?;
    if words.starts_with("Cannot add a NOT NULL column") {
        let (table, column) = added(&failing_sql(error)?)?;
        return Some(Broken { rule: Rule::NotNull, table, columns: vec![column], copied: false });
    }
    if let Some((table, column)) = null_in_relation(&words) {
        return Some(Broken { rule: Rule::NotNull, table, columns: vec![column], copied: false });
    }
    let (rule, names) = words.split_once(" constraint failed: ")?;
    let rule = match rule {
        "NOT NULL" => Rule::NotNull,
        "UNIQUE" => Rule::Unique,
        _ => return None,
    };
    let (table, columns) = named(names)?;
    Some(Broken { rule, table, columns, copied: names.starts_with(REBUILT) })
}

/// The table and the column of PostgreSQL's `column "c" of relation "t" contains null values`, and of a row's refusal.
fn null_in_relation(words: &str) -> Option<(String, String)> {
    let (column, rest) = words
        .strip_prefix("null value in ")
        .unwrap_or(words)
        .strip_prefix("column \"")?
        .split_once("\" of relation \"")?;
    let (table, rest) = rest.split_once('"')?;
    let is_null = rest == " contains null values" || rest == " violates not-null constraint";
    is_null.then(|| (table.into(), column.into()))
}

/// The table and the column of `ALTER TABLE … ADD COLUMN …`.
fn added(sql: &str) -> Option<(String, String)> {
    let (table, column) = sql.trim().strip_prefix("ALTER TABLE ")?.split_once(" ADD COLUMN ")?;
    let column = match column.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => column.split_whitespace().next()?,
    };
    Some((table.trim_matches('"').into(), column.into()))
}

/// What happened, in our words where a constraint says enough, otherwise in the database's.
fn says(error: &Error, rows: u64) -> Vec<Words> {
    let Some(broken) = broken(error) else {
        return vec![match database_words(error) {
            Some(words) => Words::plain("The database refused: ").code(words),
            None => Words::plain(first_line(&error.to_string())),
        }];
    };
    let (columns, table) = (Words::default().code(broken.columns.join(", ")), broken.table.clone());
    let many = report::counted(rows, "row", "rows");
    let what = match (&broken.rule, rows) {
        (Rule::NotNull, 0) => columns.and(" may not be NULL in ").code(table),
        (Rule::NotNull, _) => {
            columns.and(format!(" may not be NULL, and {many} of ")).code(table).and(" would have nothing there")
        }
        (Rule::Unique, 0) => columns.and(" must be unique in ").code(table),
        (Rule::Unique, _) => columns.and(" must be unique in ").code(table).and(format!(", and {many} share a value")),
    };
    let copied = broken.copied.then(|| {
        let why = " into a new one. The copy was refused at the first row that does not fit.";
        Words::plain("To change a table so, SQLite copies ").code(broken.table).and(why)
    });
    [what].into_iter().chain(copied).collect()
}

/// The statement that was refused.
fn failing_sql(error: &Error) -> Option<String> {
    match &error.kind {
        Kind::Database(error) => error.sql.clone(),
        Kind::Python(traceback) => {
            let (_, rest) = traceback.message.split_once("[SQL: ")?;
            let end =
                rest.find("]\n[parameters:").or_else(|| rest.find("]\n(Background")).or_else(|| rest.rfind(']'))?;
            Some(rest[..end].to_string())
        }
        _ => None,
    }
}

/// An error in one line: the database's words where it has some.
pub(super) fn short(error: &Error) -> String {
    database_words(error).unwrap_or_else(|| first_line(&error.to_string()))
}

fn verbatim(error: &Error) -> String {
    match &error.kind {
        Kind::Python(traceback) => traceback.text.trim_end().to_string(),
        Kind::Database(DatabaseError { message, sql: Some(sql), .. }) => format!("{message}\n[SQL: {sql}]"),
        _ => error.to_string(),
    }
}

/// The database's own words, also where SQLAlchemy's exception carries them.
fn database_words(error: &Error) -> Option<String> {
    match &error.kind {
        Kind::Database(error) => Some(error.message.clone()),
        Kind::Python(traceback) => {
            let line = first_line(&traceback.message);
            line.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map(|(_, words)| words.to_string())
        }
        _ => None,
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_string()
}

/// `seller.email, seller.name`, and the temporary table of a rebuild under its own name.
fn named(names: &str) -> Option<(String, Vec<String>)> {
    let pairs: Vec<(&str, &str)> = names.split(", ").filter_map(|name| name.rsplit_once('.')).collect();
    let table = pairs.first()?.0.trim_start_matches(REBUILT).to_string();
    Some((table, pairs.iter().map(|(_, column)| (*column).to_string()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_databases_words_name_table_and_columns() {
        assert_eq!(named("seller.email, seller.name"), Some(("seller".into(), vec!["email".into(), "name".into()])));
        assert_eq!(named("_alembic_tmp_seller.email").map(|(table, _)| table), Some("seller".into()));
    }

    #[test]
    fn postgresql_names_table_and_column() {
        let found = |words: &str| null_in_relation(words).map(|(table, column)| format!("{table}|{column}"));
        let refused = "null value in column \"email\" of relation \"seller\" violates not-null constraint";
        assert_eq!(found(refused).as_deref(), Some("seller|email"));
        assert_eq!(found("column \"a b\" of relation \"t\" contains null values").as_deref(), Some("t|a b"));
        assert_eq!(found("column \"a\" of relation \"t\" does not exist"), None);
    }

    #[test]
    fn an_added_column_is_named_by_its_statement() {
        let found = |sql: &str| added(sql).map(|(table, column)| format!("{table}|{column}"));
        assert_eq!(found("ALTER TABLE seller ADD COLUMN email VARCHAR(120) NOT NULL").as_deref(), Some("seller|email"));
        assert_eq!(found("ALTER TABLE \"a b\" ADD COLUMN \"c d\" INTEGER NOT NULL").as_deref(), Some("a b|c d"));
        assert_eq!(found("DROP TABLE seller"), None);
    }
}
