//! The scene of a step: words, track, Python, SQL, schema and rows at one moment.

use super::rows::{Side, Sides};
use super::schema::{Counts, Moments};
use super::timeline::{Standing, Steps, timeline};
use super::words::telling;
use crate::looks::Look;
use retort::dialect::Dialect;
use retort::error::Result;
use retort::runtime::trace::{Sent, Step};
use retort::script::{Direction, Graph};
use retort_protocol::rows::{Asked, Show, TableRows};
use retort_protocol::scene::{
    Discipline, Fact, Failure, History, Lit, Next, Scene, SqlLine, Statement, StatementState, Step as Said, Transport,
    Tried,
};
use retort_protocol::words::{Sign, Words};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Rows that come with a step, for each table that it touched.
const FIRST_ROWS: u32 = 100;

/// Everything that a scene is made of.
pub struct Moment<'a> {
    /// All revisions.
    pub graph: &'a Graph,
    /// Where the database stands.
    pub standing: &'a Standing,
    /// What is known of every revision's steps.
    pub steps: &'a Steps,
    /// The steps of the open run, or of the one that was run last, up to here; the last one is lit.
    pub taken: &'a [Step],
    /// The steps that follow in the open run, from what was run before or on a copy.
    pub ahead: &'a [Step],
    /// The first step that follows in the next revision, where none is open, with that revision's message.
    pub next_revision: Option<(&'a str, &'a Step, usize)>,
    /// The step of the revision ahead that did not pass on the copy, and why.
    pub trouble_ahead: Option<(u32, String)>,
    /// The schema at four moments.
    pub moments: Moments<'a>,
    /// The tables at two moments.
    pub tables: &'a BTreeMap<String, Sides>,
    /// The dialect.
    pub dialect: &'a dyn Dialect,
    /// The database's name and version.
    pub database: String,
    /// Why it stopped here.
    pub failure: Option<Failure>,
    /// What can be undone and done again.
    pub history: History,
    /// How migrations are run.
    pub discipline: Discipline,
    /// Whether what was shared came out otherwise here.
    pub differs: bool,
}

/// The scene.
pub fn scene(moment: &Moment<'_>) -> Result<Scene> {
    let touched: Vec<Touched<'_>> = moment.tables.iter().map(|(name, sides)| Touched::of(name, sides)).collect();
    let counts = Counts {
        rows: touched.iter().map(|it| (it.name.to_string(), it.total)).collect(),
        filled: touched.iter().map(|it| (it.name.to_string(), it.lit.clone())).collect(),
    };
    Ok(Scene {
        timeline: timeline(moment.graph, moment.standing, moment.steps),
        step: words(moment, &touched),
        transport: transport(moment),
        python: moment.taken.last().and_then(lit),
        sql: sql(moment),
        schema: super::schema::schema(moment.moments, &counts, moment.dialect),
        tables: table_rows(moment, &touched),
        windows: windows(&touched)?,
        failure: moment.failure.clone(),
        history: moment.history.clone(),
        database: moment.database.clone(),
        discipline: moment.discipline,
        behind: behind(moment),
    })
}

fn behind(moment: &Moment<'_>) -> u32 {
    let applied = super::timeline::applied(moment.graph, &moment.standing.heads);
    moment.graph.revisions().filter(|revision| !applied.contains(&revision.id)).count() as u32
}

/// What a step did to one table's rows.
struct Touched<'a> {
    name: &'a str,
    sides: &'a Sides,
    total: u64,
    changed: u64,
    added: u64,
    removed: u64,
    lit: Vec<String>,
}

impl<'a> Touched<'a> {
    fn of(name: &'a str, sides: &'a Sides) -> Self {
        Touched {
            name,
            sides,
            total: sides.total(),
            changed: sides.count(Sign::Changed),
            added: sides.count(Sign::Added),
            removed: sides.count(Sign::Removed),
            lit: sides.lit_columns(),
        }
    }

    fn any(&self) -> u64 {
        self.changed + self.added + self.removed
    }
}

fn words(moment: &Moment<'_>, touched: &[Touched<'_>]) -> Said {
    let open = moment.standing.open.as_ref();
    let lit = moment.taken.last();
    let title = match (&moment.failure, lit) {
        (Some(failure), _) => failure_title(moment, failure),
        (None, Some(step)) => telling(step).title,
        (None, None) => standing_title(moment),
    };
    let facts = match (&moment.failure, lit) {
        (Some(failure), _) => failure_facts(moment, failure),
        (None, Some(_)) => facts(moment, touched),
        (None, None) => standing_facts(moment),
    };
    Said {
        place: place(moment),
        title,
        facts: facts.into_iter().chain(moment.differs.then(differs)).collect(),
        micros: lit.map(|step| step.micros),
        next: next(moment),
        inside: open.is_some(),
    }
}

fn message<'a>(moment: &'a Moment<'_>, id: &'a str) -> &'a str {
    moment.graph.revision(id).map(retort::script::Revision::doc).filter(|doc| !doc.is_empty()).unwrap_or(id)
}

fn failure_title(moment: &Moment<'_>, failure: &Failure) -> Words {
    let step = moment.standing.failed.as_ref().map_or(0, |(_, step)| *step);
    let undone = if failure.whole { ", and all of it was undone" } else { "" };
    Words::plain(format!("Step {step} failed{undone}"))
}

fn failure_facts(moment: &Moment<'_>, failure: &Failure) -> Vec<Fact> {
    let why = failure.place.as_ref().map(|(_, found)| found.message.clone());
    let why = why.unwrap_or_else(|| failure.verbatim.lines().last().unwrap_or_default().into());
    let undone = failure.whole.then(|| Words::plain("rolled back: every row is as it was"));
    let version = match moment.standing.heads.as_slice() {
        [] => Words::plain("still at base"),
        heads => Words::plain("version is still ").code(heads.join(", ")),
    };
    let fact = |words| Fact { words, ..Fact::default() };
    let bad = Fact { bad: true, words: Words::plain(why), ..Fact::default() };
    std::iter::once(bad).chain(undone.into_iter().chain([version]).map(fact)).collect()
}

/// Nothing is lit: where the database stands, and how much is to come.
fn standing_facts(moment: &Moment<'_>) -> Vec<Fact> {
    let done = super::timeline::applied(moment.graph, &moment.standing.heads).len();
    let ahead = moment.graph.revisions().count().saturating_sub(done);
    let ahead = match ahead {
        0 => None,
        1 => Some("1 revision to come".to_string()),
        many => Some(format!("{many} revisions to come")),
    };
    let version = match moment.standing.heads.as_slice() {
        [] => None,
        heads => Some(Words::plain("version is ").code(heads.join(", "))),
    };
    version.into_iter().chain(ahead.map(Words::plain)).map(|words| Fact { words, ..Fact::default() }).collect()
}

fn place(moment: &Moment<'_>) -> Words {
    if let Some(failure) = &moment.failure {
        return Words::default().strong("Stopped").and(format!(" in {}", message(moment, &failure.revision)));
    }
    let (open, lit) = (moment.standing.open.as_ref(), moment.taken.last());
    match (open, lit) {
        (Some(open), _) => {
            let undoing = if open.upgrade { "" } else { "undoing " };
            let number = format!("Step {} of {}", open.done, open.of);
            Words::default().strong(number).and(format!(" in {undoing}{}", message(moment, &open.revision)))
        }
        (None, Some(step)) if step.direction == Direction::Up => {
            let number = format!("Step {0} of {0}", step.number);
            Words::default().strong(number).and(format!(" in {}, which is applied", message(moment, &step.revision)))
        }
        (None, Some(step)) => {
            Words::default().strong("Undone").and(format!(": {} is no longer applied", message(moment, &step.revision)))
        }
        (None, None) => standing_place(moment),
    }
}

fn standing_place(moment: &Moment<'_>) -> Words {
    let pending = moment.graph.heads().iter().any(|head| !moment.standing.heads.contains(&head.id));
    match (moment.standing.heads.as_slice(), pending) {
        ([], true) => Words::default().strong("At base").and(", nothing has been run"),
        ([], false) => Words::default().strong("No revisions").and(" yet"),
        (_, true) => Words::default().strong("Between revisions"),
        (_, false) => Words::default().strong("At head").and(", nothing left to run"),
    }
}

fn standing_title(moment: &Moment<'_>) -> Words {
    let tables = moment.moments.now.tables.iter().filter(|table| table.name.name != "alembic_version").count();
    match (moment.standing.heads.as_slice(), tables) {
        ([], 0) => Words::plain("The database is empty"),
        ([one], _) => Words::plain(format!("After “{}”", message(moment, one))),
        (_, 1) => Words::plain("The database holds one table"),
        (_, many) => Words::plain(format!("The database holds {many} tables")),
    }
}

fn facts(moment: &Moment<'_>, touched: &[Touched<'_>]) -> Vec<Fact> {
    // The row that says the version is told in words below, and is none of the user's.
    let theirs = || touched.iter().filter(|it| it.name != "alembic_version");
    let sum = |count: fn(&Touched<'_>) -> u64| theirs().map(count).sum::<u64>();
    let mut facts = Vec::new();
    let mut rows = |sign: Sign, count: u64, verb: &str| {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            facts.push(Fact {
                sign: Some(sign),
                bad: false,
                words: Words::plain(format!("{count} row{plural} {verb}")),
            });
        }
    };
    rows(Sign::Added, sum(|it| it.added), "added");
    rows(Sign::Changed, sum(|it| it.changed), "changed");
    rows(Sign::Removed, sum(|it| it.removed), "removed");
    if facts.is_empty() {
        facts.push(Fact { words: Words::plain("no row changed"), ..Fact::default() });
    }
    facts.push(Fact { words: version(moment), ..Fact::default() });
    facts.extend(moment.taken.last().into_iter().flat_map(Step::otherwise).map(|it| bad(super::words::otherwise(it))));
    facts
}

fn differs() -> Fact {
    bad(Words::plain("the replay differs: schema or rows are not those that were shared"))
}

fn bad(words: Words) -> Fact {
    Fact { sign: None, bad: true, words }
}

fn version(moment: &Moment<'_>) -> Words {
    let heads = moment.standing.heads.join(", ");
    let inside = moment.standing.open.is_some();
    match (inside, heads.is_empty()) {
        (true, true) => Words::plain("not committed yet: there is no version"),
        (true, false) => Words::plain("not committed yet: version is still ").code(heads),
        (false, true) => Words::plain("committed: at base again"),
        (false, false) => Words::plain("committed: version is now ").code(heads),
    }
}

fn next(moment: &Moment<'_>) -> Option<Next> {
    let (place, number, step) = match (moment.standing.open.as_ref(), moment.ahead.first()) {
        (Some(open), Some(step)) => (format!("Next, step {} of {}", open.done + 1, open.of), open.done + 1, step),
        (Some(_), None) => return None,
        (None, _) => {
            let (message, step, of) = moment.next_revision?;
            (format!("Next, step 1 of {of} in {message}"), 1, step)
        }
    };
    let tried = match &moment.trouble_ahead {
        None => Tried { passes: true, words: Words::plain("Tried on a copy: passes") },
        Some((step, why)) => {
            let which = if *step == number { "it fails".into() } else { format!("step {step} fails") };
            Tried { passes: false, words: Words::plain(format!("Tried on a copy: {which}, {why}")) }
        }
    };
    Some(Next { place: Words::plain(place), title: telling(step).title, tried: Some(tried) })
}

fn transport(moment: &Moment<'_>) -> Transport {
    let open = moment.standing.open.is_some();
    let back = open || !moment.standing.heads.is_empty();
    let forward = open || moment.graph.heads().iter().any(|head| !moment.standing.heads.contains(&head.id));
    Transport { revision_back: back, step_back: back, step_forward: forward, revision_forward: forward }
}

fn lit(step: &Step) -> Option<Lit> {
    let place = step.place.as_ref()?;
    Some(Lit {
        path: crate::shell::paths::relative(&place.file)?.into(),
        function: format!("{}()", place.function),
        first: place.span.line,
        last: place.span.end_line,
    })
}

fn sql(moment: &Moment<'_>) -> Vec<SqlLine> {
    if let Some(failure) = &moment.failure {
        return failure.sent.clone();
    }
    let mut lines = Vec::new();
    let mut number = 0;
    let lit = moment.taken.len();
    for (at, step) in moment.taken.iter().enumerate() {
        let state = if at + 1 == lit { StatementState::Lit } else { StatementState::Done };
        add_statements(step, state, &mut number, &mut lines);
    }
    for (at, step) in moment.ahead.iter().enumerate() {
        let words = format!("Step {}, still to come: ", lit + at + 1);
        let title = telling(step).title;
        lines.push(SqlLine::Heading(Words([Words::plain(words).0, title.0].concat())));
        add_statements(step, StatementState::Ahead, &mut number, &mut lines);
    }
    lines
}

/// What a run that failed had sent: its steps' statements, which are undone if `whole`, and the one that was refused.
pub fn sent(steps: &[Step], refused: Option<String>, whole: bool) -> Vec<SqlLine> {
    let (mut lines, mut number) = (Vec::new(), 0);
    let state = if whole { StatementState::Undone } else { StatementState::Done };
    for step in steps {
        add_statements(step, state, &mut number, &mut lines);
    }
    let wrong = refused.map(|sql| Statement {
        number: number + 1,
        sql,
        state: StatementState::Wrong,
        note: Some("refused".into()),
        ..Statement::default()
    });
    lines.extend(wrong.map(SqlLine::Statement));
    lines
}

fn add_statements(step: &Step, state: StatementState, number: &mut u32, lines: &mut Vec<SqlLine>) {
    for sent in step.statements() {
        *number += 1;
        lines.push(SqlLine::Statement(statement(sent, *number, state)));
    }
}

/// A statement for the pane, its values written into its text.
pub fn statement(sent: &Sent, number: u32, state: StatementState) -> Statement {
    let ran = matches!(state, StatementState::Done | StatementState::Lit);
    let times = (sent.executions > 1).then(|| format!("{} times", sent.executions));
    Statement {
        number,
        sql: with_values(sent),
        state,
        rows: (ran && sent.affected > 0).then_some(sent.affected),
        micros: ran.then_some(sent.micros),
        note: if state == StatementState::Undone { Some("undone".into()) } else { times },
    }
}

// `?` outside of quotes takes the next value, as SQLite numbers them.
fn with_values(sent: &Sent) -> String {
    let mut values = sent.parameters.iter();
    let mut out = String::with_capacity(sent.sql.len());
    let mut quote = None;
    for c in sent.sql.trim().chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '?') => {
                out.push_str(&values.next().map_or("?".into(), retort::dialect::sqlite::dump::literal));
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

fn table_rows(moment: &Moment<'_>, touched: &[Touched<'_>]) -> Vec<TableRows> {
    let inside = moment.standing.open.is_some();
    let mut all: Vec<TableRows> = touched
        .iter()
        .filter(|it| it.sides.is_there() || it.any() > 0)
        .map(|it| {
            let is_version = it.name == "alembic_version";
            TableRows {
                table: it.name.into(),
                total: it.total,
                changed: if is_version { 0 } else { it.any() },
                says: is_version.then(|| moment.standing.heads.join(", ")),
                editable: !inside && !is_version && it.sides.is_there(),
            }
        })
        .collect();
    all.sort_by_key(|it| (it.says.is_some(), it.changed == 0, it.table.clone()));
    all
}

fn windows(touched: &[Touched<'_>]) -> Result<Vec<retort_protocol::rows::Window>> {
    let shown = touched.iter().filter(|it| it.any() > 0 && it.name != "alembic_version");
    let first = |it: &Touched<'_>| {
        let asked = Asked { table: it.name.into(), show: Show::Changes, offset: 0, limit: FIRST_ROWS };
        it.sides.window(&asked)
    };
    shown.map(first).collect()
}

/// The tables of two moments; where both are one, nothing is compared. Renamed columns: table, old name, new name.
pub fn sides(
    before: &Rc<Look>,
    now: &Rc<Look>,
    renamed: &[(String, String, String)],
) -> Result<BTreeMap<String, Sides>> {
    let tables = |look: &Rc<Look>| -> Result<BTreeMap<String, Side>> {
        let schema = look.schema()?;
        Ok(schema.tables.iter().map(|table| (table.name.name.clone(), Side::new(look, table))).collect())
    };
    let mut is = tables(now)?;
    if Rc::ptr_eq(before, now) {
        return is.into_iter().map(|(name, side)| Ok((name, Sides::still(side)?))).collect();
    }
    let mut was = tables(before)?;
    let names: Vec<String> = is.keys().chain(was.keys().filter(|name| !is.contains_key(*name))).cloned().collect();
    let sides = names.into_iter().map(|name| {
        let renamed = renamed.iter().filter(|(table, _, _)| *table == name);
        let renamed: HashMap<String, String> = renamed.map(|(_, old, new)| (old.clone(), new.clone())).collect();
        let sides = Sides::between(was.remove(&name), is.remove(&name), &renamed)?;
        Ok((name, sides))
    });
    sides.collect()
}
