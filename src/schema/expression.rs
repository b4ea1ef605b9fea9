//! SQL expressions as values: what SQLAlchemy's Core builds.

use super::{Literal, Statement, TableName, Type};
use serde::{Deserialize, Serialize};

/// An expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// `text("…")`: SQL as written; `:name` placeholders are [`Expr::Parameter`]s of the statement.
    Text(String),
    /// A value that becomes a bound parameter (or a literal under `literal_binds`).
    Literal {
        /// The value.
        value: Literal,
        /// Its type, where known.
        #[serde(default)]
        #[serde(rename = "type")]
        ty: Option<Box<Type>>,
    },
    /// `bindparam("name")`: a value that comes with the execution.
    Parameter {
        /// Its name.
        name: String,
        /// Its type, where known.
        #[serde(default)]
        #[serde(rename = "type")]
        ty: Option<Box<Type>>,
        /// It stands for several values, `IN (…)`.
        #[serde(default)]
        expanding: bool,
    },
    /// A column.
    Column {
        /// The table or alias it belongs to, where that is to be written.
        #[serde(default)]
        table: Option<TableName>,
        /// Its name.
        name: String,
        /// Its type, where known.
        #[serde(default)]
        #[serde(rename = "type")]
        ty: Option<Box<Type>>,
    },
    /// `literal_column("…")`: text that counts as a column.
    LiteralColumn(String),
    /// `null()`, `true()`, `false()`.
    Constant(Constant),
    /// `*`, or `table.*`.
    Star(Option<TableName>),
    /// An operator before its operand: `NOT`, `-`, `DISTINCT`, `EXISTS`, `ANY`, `ALL`.
    Prefix {
        /// The operator's text.
        operator: String,
        /// The operand.
        operand: Box<Expr>,
    },
    /// An operator after its operand: `IS NULL`, `DESC`, `ASC`, `NULLS LAST`.
    Suffix {
        /// The operand.
        operand: Box<Expr>,
        /// The operator's text.
        operator: String,
    },
    /// An operator between two operands.
    Binary {
        /// The left operand.
        left: Box<Expr>,
        /// The operator.
        operator: Operator,
        /// The right operand.
        right: Box<Expr>,
        /// `ESCAPE` of LIKE.
        #[serde(default)]
        escape: Option<String>,
    },
    /// `AND`, `OR` over any number of conditions.
    Junction {
        /// `AND` rather than `OR`.
        and: bool,
        /// The conditions.
        parts: Vec<Expr>,
    },
    /// `BETWEEN`.
    Between {
        /// The value.
        operand: Box<Expr>,
        /// The lower bound.
        low: Box<Expr>,
        /// The upper bound.
        high: Box<Expr>,
        /// `NOT BETWEEN`.
        negated: bool,
    },
    /// `func.name(…)`.
    Function {
        /// The name as written, with its packages: "`pg_catalog.lower`".
        name: String,
        /// The arguments.
        arguments: Vec<Expr>,
        /// What it gives, where known.
        #[serde(default)]
        #[serde(rename = "type")]
        ty: Option<Box<Type>>,
        /// FILTER (WHERE …).
        #[serde(default)]
        filter: Option<Box<Expr>>,
        /// OVER (PARTITION BY … ORDER BY …).
        #[serde(default)]
        over: Option<Box<Over>>,
    },
    /// `cast(…)`, `type_coerce` leaves no trace.
    Cast {
        /// What is cast.
        operand: Box<Expr>,
        /// To what.
        #[serde(rename = "type")]
        ty: Box<Type>,
    },
    /// `extract("year", …)`.
    Extract {
        /// The field.
        field: String,
        /// From what.
        operand: Box<Expr>,
    },
    /// `case(…)`.
    Case {
        /// `CASE value`.
        value: Option<Box<Expr>>,
        /// Conditions and results.
        whens: Vec<(Expr, Expr)>,
        /// ELSE.
        otherwise: Option<Box<Expr>>,
    },
    /// `a.collate("NOCASE")`.
    Collate {
        /// The operand.
        operand: Box<Expr>,
        /// The collation.
        collation: String,
    },
    /// `(a, b)`: a tuple, or the list of IN.
    List(Vec<Expr>),
    /// A SELECT where a value stands.
    Subquery(Box<Statement>),
    /// `expr.label("name")`.
    Label {
        /// The expression.
        operand: Box<Expr>,
        /// The name.
        name: String,
    },
    /// Parentheses that the user asked for.
    Group(Box<Expr>),
}

impl Expr {
    /// A column by its name alone.
    pub fn column(name: impl Into<String>) -> Self {
        Expr::Column { table: None, name: name.into(), ty: None }
    }

    /// A value whose type nobody said.
    pub fn literal(value: Literal) -> Self {
        Expr::Literal { value, ty: None }
    }
}

/// A constant that dialects write in their own ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constant {
    /// NULL.
    Null,
    /// `true`, or 1.
    True,
    /// `false`, or 0.
    False,
}

/// OVER (…).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Over {
    /// PARTITION BY.
    pub partition_by: Vec<Expr>,
    /// ORDER BY.
    pub order_by: Vec<Expr>,
    /// The frame as SQL writes it: `ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`.
    #[serde(default)]
    pub frame: Option<String>,
}

/// An operator between two operands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `||`
    Concat,
    /// `IS`
    Is,
    /// `IS NOT`
    IsNot,
    /// `IN`
    In,
    /// `NOT IN`
    NotIn,
    /// `LIKE`
    Like,
    /// `NOT LIKE`
    NotLike,
    /// `ILIKE`, or its dialect's stand-in
    Ilike,
    /// `NOT ILIKE`
    NotIlike,
    /// `REGEXP`, `~`
    Regexp,
    /// `IS DISTINCT FROM`
    IsDistinctFrom,
    /// `IS NOT DISTINCT FROM`
    IsNotDistinctFrom,
    /// `json[…]`: one step into a document
    JsonIndex,
    /// `json[(…)]`: a path into a document
    JsonPath,
    /// `.op("…")`
    Custom(String),
}
