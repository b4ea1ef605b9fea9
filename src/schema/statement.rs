//! Statements as values: what a script executes that is not an operation.

use super::{Expr, Literal, TableName, Type};
use serde::{Deserialize, Serialize};

/// A statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Statement {
    /// SQL as written, with `:name` parameters where `text()` was used.
    Text {
        /// The SQL.
        sql: String,
        /// Whether `:name` stands for a parameter (`text()`); a plain string of `exec_driver_sql` has none.
        binds: bool,
        /// Values bound beforehand: `text(…).bindparams(…)`.
        parameters: Vec<(String, Bound)>,
    },
    /// SELECT.
    Select(Box<Select>),
    /// UNION, INTERSECT, EXCEPT.
    Compound {
        /// "UNION", "UNION ALL", …
        operator: String,
        /// The parts.
        parts: Vec<Statement>,
        /// ORDER BY.
        order_by: Vec<Expr>,
        /// LIMIT.
        limit: Option<Expr>,
        /// OFFSET.
        offset: Option<Expr>,
    },
    /// INSERT.
    Insert(Box<Insert>),
    /// UPDATE.
    Update(Box<Update>),
    /// DELETE.
    Delete(Box<Delete>),
}

/// A value bound to a name beforehand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The value, where there is one.
    pub value: Option<Literal>,
    /// Its type, where known.
    #[serde(rename = "type")]
    pub ty: Option<Type>,
    /// It stands for several values, `IN (…)`.
    #[serde(default)]
    pub expanding: bool,
}

/// SELECT.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Select {
    /// WITH.
    pub with: Vec<Cte>,
    /// DISTINCT.
    pub distinct: bool,
    /// What is selected.
    pub columns: Vec<Expr>,
    /// FROM, written out: the surface adds the tables that columns imply.
    pub from: Vec<From>,
    /// WHERE; several conditions are joined by AND.
    pub conditions: Vec<Expr>,
    /// GROUP BY.
    pub group_by: Vec<Expr>,
    /// HAVING.
    pub having: Vec<Expr>,
    /// ORDER BY.
    pub order_by: Vec<Expr>,
    /// LIMIT.
    pub limit: Option<Expr>,
    /// OFFSET.
    pub offset: Option<Expr>,
    /// FOR UPDATE.
    pub for_update: bool,
}

/// `name AS (…)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cte {
    /// The name.
    pub name: String,
    /// RECURSIVE.
    pub recursive: bool,
    /// The statement.
    pub statement: Statement,
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum From {
    /// A table, perhaps under another name.
    Table {
        /// The table.
        name: TableName,
        /// AS.
        alias: Option<String>,
    },
    /// A SELECT under a name.
    Subquery {
        /// The SELECT.
        statement: Box<Statement>,
        /// AS.
        alias: Option<String>,
        /// LATERAL.
        lateral: bool,
    },
    /// A join.
    Join {
        /// The left side.
        left: Box<From>,
        /// The right side.
        right: Box<From>,
        /// ON.
        on: Option<Expr>,
        /// LEFT OUTER.
        outer: bool,
        /// FULL OUTER.
        full: bool,
    },
    /// SQL as written.
    Text(String),
    /// A function that gives rows, under a name.
    Function {
        /// The call.
        call: Expr,
        /// AS.
        alias: Option<String>,
    },
}

/// INSERT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Insert {
    /// INTO.
    pub table: TableName,
    /// The columns written, in order.
    pub columns: Vec<String>,
    /// Where the rows come from.
    pub source: InsertSource,
    /// "OR IGNORE" and the like after INSERT.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// ON CONFLICT.
    #[serde(default)]
    pub on_conflict: Option<OnConflict>,
    /// RETURNING.
    #[serde(default)]
    pub returning: Vec<Expr>,
    /// WITH.
    #[serde(default)]
    pub with: Vec<Cte>,
}

/// Where the rows of an INSERT come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum InsertSource {
    /// VALUES, one or more rows.
    Values(Vec<Vec<Expr>>),
    /// `from_select`.
    Select(Box<Statement>),
    /// DEFAULT VALUES.
    Default,
}

/// ON CONFLICT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnConflict {
    /// The conflict's target.
    pub columns: Vec<Expr>,
    /// The target by constraint's name (PostgreSQL).
    pub constraint: Option<String>,
    /// The target's WHERE.
    pub target_condition: Option<Expr>,
    /// DO UPDATE SET; empty is DO NOTHING.
    pub set: Vec<(String, Expr)>,
    /// The update's WHERE.
    pub condition: Option<Expr>,
}

/// UPDATE.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// The table.
    pub table: TableName,
    /// SET, in order.
    pub set: Vec<(String, Expr)>,
    /// FROM.
    #[serde(default)]
    pub from: Vec<From>,
    /// WHERE; several conditions are joined by AND.
    #[serde(default)]
    pub conditions: Vec<Expr>,
    /// RETURNING.
    #[serde(default)]
    pub returning: Vec<Expr>,
    /// WITH.
    #[serde(default)]
    pub with: Vec<Cte>,
}

/// DELETE.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delete {
    /// The table.
    pub table: TableName,
    /// USING.
    #[serde(default)]
    pub using: Vec<From>,
    /// WHERE; several conditions are joined by AND.
    #[serde(default)]
    pub conditions: Vec<Expr>,
    /// RETURNING.
    #[serde(default)]
    pub returning: Vec<Expr>,
    /// WITH.
    #[serde(default)]
    pub with: Vec<Cte>,
}
