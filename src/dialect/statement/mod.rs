//! Statements to text and values: what SQLAlchemy's `SQLCompiler` does.

pub mod rows;
pub mod select;
pub mod text;
mod writer;

pub use self::writer::Writer;

use super::Dialect;
use crate::error::Result;
use crate::schema::statement::{Bound, Cte};
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
    /// The names and types of the result's columns, where the statement tells.
    pub result: Vec<(String, Option<Type>)>,
}

/// Compiles a statement; `parameters` are the values given with its execution.
pub fn compile(
    dialect: &dyn Dialect,
    statement: &Statement,
    parameters: &[(String, Literal)],
    mode: Mode,
) -> Result<Compiled> {
    let mut out = Writer::new(dialect, mode, parameters);
    write(statement, &mut out)?;
    Ok(out.finish())
}

/// Compiles one expression.
pub fn expression(dialect: &dyn Dialect, expression: &Expr, mode: Mode) -> Result<Compiled> {
    let mut out = Writer::new(dialect, mode, &[]);
    out.expression(expression)?;
    Ok(out.finish())
}

/// An expression inside DDL: values in the text, columns without their table.
pub fn ddl_expression(dialect: &dyn Dialect, expression: &Expr) -> Result<String> {
    let mut out = Writer::new(dialect, Mode::Literal, &[]);
    out.without_tables(|out| out.expression(expression))?;
    Ok(out.text)
}

/// Writes a statement inside another, or at the top.
pub fn write(statement: &Statement, out: &mut Writer<'_>) -> Result<()> {
    match statement {
        Statement::Text { sql, binds: false, .. } => {
            out.push(sql);
            Ok(())
        }
        Statement::Text { sql, binds: true, parameters } => textual(sql, parameters, out),
        Statement::Select(it) => select::write(it, out),
        Statement::Compound { .. } => select::compound(statement, out),
        Statement::Insert(it) => rows::insert(it, out),
        Statement::Update(it) => rows::update(it, out),
        Statement::Delete(it) => rows::delete(it, out),
    }
}

fn textual(sql: &str, parameters: &[(String, Bound)], out: &mut Writer<'_>) -> Result<()> {
    for piece in text::pieces(sql) {
        match piece {
            text::Piece::Sql(sql) => out.push(&sql),
            text::Piece::Parameter(name) => {
                let bound = parameters.iter().find(|(known, _)| known == name).map(|(_, bound)| bound);
                textual_parameter(name, bound, out)?;
            }
        }
    }
    Ok(())
}

fn textual_parameter(name: &str, bound: Option<&Bound>, out: &mut Writer<'_>) -> Result<()> {
    let value = out.value(name).or(bound.and_then(|bound| bound.value.as_ref())).cloned();
    let ty = bound.and_then(|bound| bound.ty.as_ref());
    match (&value, bound.is_some_and(|bound| bound.expanding)) {
        (Some(Literal::List(values)), true) => {
            out.push("(");
            out.values(name, values, ty)?;
            out.push(")");
            Ok(())
        }
        // `literal_binds` writes NULL for a parameter without a value, also where a colon was only meant as text.
        (None, _) if out.mode == Mode::Literal => {
            out.push("NULL");
            Ok(())
        }
        _ => out.parameter(name, value.as_ref(), ty),
    }
}

/// WITH, before the statement that it belongs to.
fn with(ctes: &[Cte], out: &mut Writer<'_>) -> Result<()> {
    if ctes.is_empty() {
        return Ok(());
    }
    out.push(if ctes.iter().any(|cte| cte.recursive) { "WITH RECURSIVE " } else { "WITH " });
    out.joined(ctes, ", \n", |out, cte| {
        out.name(&cte.name);
        if cte.recursive {
            select::column_list(&cte.statement, out);
        }
        out.push(" AS \n(");
        write(&cte.statement, out)?;
        out.push(")");
        Ok(())
    })?;
    out.push("\n ");
    Ok(())
}
