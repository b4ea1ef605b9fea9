//! Statements to text and values.

use super::Dialect;
use crate::error::{Error, Result};
use crate::schema::{Expr, Literal, Statement, Type};

/// What the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The driver executes it: its placeholders, values beside them, IN written out.
    Execute,
    /// Everything is in the text: `literal_binds`.
    Literal,
    /// Somebody reads it: `str(statement)`, with names like `:name_1`.
    Print,
}

/// A statement as text and values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compiled {
    /// The text.
    pub text: String,
    /// The values in the order of the placeholders, as the driver takes them.
    pub parameters: Vec<Literal>,
    /// The names and values of the parameters before the driver's conversion, as `compiled.params` and SQLAlchemy's
    /// messages show them.
    pub named: Vec<(String, Option<Literal>)>,
    /// The types of the result's columns, where the statement tells.
    pub result: Vec<(String, Option<Type>)>,
}

/// Writes SQL with its parameters.
pub struct Writer<'a> {
    /// The dialect.
    pub dialect: &'a dyn Dialect,
    /// The text so far.
    pub text: String,
    /// What the text is for.
    pub mode: Mode,
    /// Whether columns are written with their table.
    pub with_tables: bool,
}

/// Compiles a statement.
pub fn compile(
    dialect: &dyn Dialect,
    statement: &Statement,
    parameters: &[(String, Literal)],
    mode: Mode,
) -> Result<Compiled> {
    let _ = (statement, parameters, mode);
    Err(Error::unsupported(dialect.name(), "this statement"))
}

/// Compiles one expression.
pub fn expression(dialect: &dyn Dialect, expression: &Expr, mode: Mode) -> Result<Compiled> {
    let _ = (expression, mode);
    Err(Error::unsupported(dialect.name(), "this expression"))
}
