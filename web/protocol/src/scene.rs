//! Where the database stands and all that is to be seen there. A step sends one scene, whole: four panes, one moment.

use serde::{Deserialize, Serialize};

use crate::{
    files::{Diagnostic, Fix},
    rows::{TableRows, Window},
    schema::Schema,
    timeline::Timeline,
    words::{Sign, Words},
};

/// Everything that is to be seen at a position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// The track.
    pub timeline: Timeline,
    /// The step in words.
    pub step: Step,
    /// What the four buttons may do.
    pub transport: Transport,
    /// The line of Python that did it.
    pub python: Option<Lit>,
    /// What was sent to the database in this run, and what will be.
    pub sql: Vec<SqlLine>,
    /// The schema here.
    pub schema: Schema,
    /// The tables with rows.
    pub tables: Vec<TableRows>,
    /// The first rows of what the step touched, so that a step needs no second question; 100 rows a table at most.
    pub windows: Vec<Window>,
    /// Why it stopped here, if it did.
    pub failure: Option<Failure>,
    /// What can be undone and done again.
    pub history: History,
    /// The database's name and version: "PostgreSQL 18.6".
    pub database: String,
    /// How migrations are run.
    pub discipline: Discipline,
    /// Revisions that are not applied. While there are any, Alembic makes no revision by autogenerate ("Target database
    /// is not up to date"): the way there is [`crate::request::Travel::Head`].
    pub behind: u32,
}

/// What can be undone and done again: commands, steps, edits of rows, SQL; and the files that commands wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// What [`crate::Request::Undo`] takes back, as a phrase to be put behind "Undo": "edit of 1 row in seller",
    /// "alembic upgrade head", "2 steps of add email to seller".
    pub undo: Option<String>,
    /// What [`crate::Request::Redo`] does again, as a phrase of the same kind.
    pub redo: Option<String>,
}

/// How migrations are run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Discipline {
    /// Wholly or not at all, and nothing lost. Where real Alembic would have stopped or lost rows, a fact says so.
    #[default]
    Safe,
    /// As Alembic does on this database, faults included.
    AsAlembic,
}

/// The step in words. The page reads `place`, `title` and `facts` out after each step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// "**Step 2 of 3** in add email to seller", "**At head**, nothing left to run".
    pub place: Words,
    /// The page's largest words: "Fill `email` from `contact`, for all 4 sellers".
    pub title: Words,
    /// "4 rows changed", "no column changed", "not committed yet: version is still `8c1f`". Times are in `micros`.
    pub facts: Vec<Fact>,
    /// How long the step took.
    pub micros: Option<u64>,
    /// What "Next step" would do.
    pub next: Option<Next>,
    /// Whether the database stands inside a revision, so that rows cannot be edited.
    pub inside: bool,
}

/// A few words about a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// A sign before them.
    pub sign: Option<Sign>,
    /// Whether they are bad news.
    pub bad: bool,
    /// The words.
    pub words: Words,
}

/// What "Next step" would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// "Next, step 3 of 3"
    pub place: Words,
    /// "Make `email` required and unique"
    pub title: Words,
    /// How it went on the copy.
    pub tried: Option<Tried>,
}

/// How something went on a copy of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Whether it passed.
    pub passes: bool,
    /// "Tried on a copy: passes, the 6 shipments stay"
    pub words: Words,
}

/// What the four buttons may do here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transport {
    /// One revision towards base.
    pub revision_back: bool,
    /// One step towards base.
    pub step_back: bool,
    /// One step towards head.
    pub step_forward: bool,
    /// One revision towards head.
    pub revision_forward: bool,
}

/// A piece of Python that a step came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lit {
    /// The file.
    pub path: String,
    /// What the pane's head calls it: "`upgrade()`".
    pub function: String,
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// A line in the pane of statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SqlLine {
    /// A few words between statements: "Step 3, still to come: SQLite rebuilds the table".
    Heading(Words),
    /// A statement.
    Statement(Statement),
}

/// A statement sent to the database, or to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its number in this run, from 1.
    pub number: u32,
    /// Its text with its parameters in it.
    pub sql: String,
    /// How far it is.
    pub state: StatementState,
    /// Rows that it touched.
    pub rows: Option<u64>,
    /// How long it took.
    pub micros: Option<u64>,
    /// A few words in the place of both: "undone", "failed at row 1".
    pub note: Option<String>,
}

/// How far a statement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatementState {
    /// Sent before this step.
    #[default]
    Done,
    /// This step sent it.
    Lit,
    /// The database refused it.
    Wrong,
    /// Sent, and then rolled back.
    Undone,
    /// Not sent yet, or never because of the failure.
    Ahead,
}

/// Why a run stopped, and what can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The revision's whole id.
    pub revision: String,
    /// The file and what stands beside the line, in the editor.
    pub place: Option<(String, Diagnostic)>,
    /// What happened: a paragraph each.
    pub says: Vec<Words>,
    /// The database's (or Python's) own words, as they came.
    pub verbatim: String,
    /// The rows it happened at.
    pub rows: Option<Report>,
    /// Corrections, the best one first.
    pub fixes: Vec<Fix>,
    /// What the revision had sent until then, and what was refused.
    pub sent: Vec<SqlLine>,
    /// Whether all of it was rolled back, so that the database is as it was before the revision.
    pub whole: bool,
}

/// A small table that explains a failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What is in it, for its caption: "seller: the first row was refused".
    pub says: String,
    /// Its columns.
    pub columns: Vec<crate::rows::Column>,
    /// Its rows.
    pub rows: Vec<ReportRow>,
    /// How many more there are.
    pub more: u64,
}

/// A row of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Whether this one was refused.
    pub bad: bool,
    /// Its cells.
    pub cells: Vec<ReportCell>,
}

/// A cell of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportCell {
    /// A value.
    Value(crate::rows::Value),
    /// The offender, in a few words: "nothing to put here".
    Bad(String),
    /// A few quiet words: "not reached".
    Quiet(String),
}
