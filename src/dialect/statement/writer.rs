//! The writer of SQL with its parameters: it cannot fail, except where a value or a construct has no form.

use super::{Compiled, Mode};
use crate::dialect::{Dialect, features::Placeholder, identifier};
use crate::error::{Error, Result};
use crate::schema::{Expr, Literal, TableName, Type};
use std::collections::BTreeMap;

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
    given: &'a [(String, Literal)],
    parameters: Vec<Literal>,
    named: Vec<(String, Option<Literal>)>,
    result: Vec<(String, Option<Type>)>,
    counters: BTreeMap<String, u32>,
}

impl<'a> Writer<'a> {
    /// A writer without text; `given` are the values that come with the execution.
    pub fn new(dialect: &'a dyn Dialect, mode: Mode, given: &'a [(String, Literal)]) -> Self {
        Writer {
            dialect,
            text: String::new(),
            mode,
            with_tables: true,
            given,
            parameters: Vec::new(),
            named: Vec::new(),
            result: Vec::new(),
            counters: BTreeMap::new(),
        }
    }

    /// Everything that was written.
    pub fn finish(self) -> Compiled {
        Compiled { text: self.text, parameters: self.parameters, named: self.named, result: self.result }
    }

    /// Appends text as it is.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends a name, quoted where needed.
    pub fn name(&mut self, name: &str) {
        let text = identifier::quote(self.dialect.features(), name);
        self.text.push_str(&text);
    }

    /// Appends a table's name.
    pub fn table(&mut self, name: &TableName) {
        let text = identifier::table(self.dialect.features(), name);
        self.text.push_str(&text);
    }

    /// Appends an expression.
    pub fn expression(&mut self, expression: &Expr) -> Result<()> {
        self.dialect.expression(expression, self)
    }

    /// Appends what `one` writes for every item, with `separator` between them.
    pub fn joined<T>(
        &mut self,
        items: &[T],
        separator: &str,
        mut one: impl FnMut(&mut Self, &T) -> Result<()>,
    ) -> Result<()> {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(separator);
            }
            one(self, item)?;
        }
        Ok(())
    }

    /// Appends expressions with commas between them.
    pub fn expressions(&mut self, expressions: &[Expr]) -> Result<()> {
        self.joined(expressions, ", ", Writer::expression)
    }

    /// Appends something in which columns stand without their table.
    pub fn without_tables(&mut self, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let before = std::mem::replace(&mut self.with_tables, false);
        let result = write(self);
        self.with_tables = before;
        result
    }

    /// Says what a column of the result is called.
    pub(super) fn result_column(&mut self, name: impl Into<String>, ty: Option<&Type>) {
        self.result.push((name.into(), ty.cloned()));
    }

    /// A name that was not used before: `name_1`.
    pub fn anonymous(&mut self, base: &str) -> String {
        let counter = self.counters.entry(base.to_string()).or_insert(0);
        *counter += 1;
        format!("{base}_{counter}")
    }

    /// Takes note of a label, so that no parameter gets its name: after `count_1` comes `count_2`.
    pub(super) fn labelled(&mut self, label: &str) {
        if let Some((base, number)) = label.rsplit_once('_')
            && let Ok(number) = number.parse::<u32>()
        {
            let counter = self.counters.entry(base.to_string()).or_insert(0);
            *counter = number.max(*counter);
        }
    }

    /// The value given under this name.
    pub fn value(&self, name: &str) -> Option<&'a Literal> {
        self.given.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Appends a value without a name of its own; `base` is what its name is made of.
    pub fn literal(&mut self, base: &str, value: &Literal, ty: Option<&Type>) -> Result<()> {
        if self.mode == Mode::Literal {
            let text = self.dialect.literal(value, ty)?;
            self.push(&text);
            return Ok(());
        }
        let name = self.anonymous(base);
        self.placeholder(&name, Some(value), ty);
        Ok(())
    }

    /// Appends a parameter by name, with the value given for it or known beforehand.
    pub fn parameter(&mut self, name: &str, known: Option<&Literal>, ty: Option<&Type>) -> Result<()> {
        let value = self.value(name).or(known).cloned();
        match (self.mode, &value) {
            (Mode::Literal, Some(value)) => {
                let text = self.dialect.literal(value, ty)?;
                self.push(&text);
            }
            // SQLAlchemy's `literal_binds` writes NULL for what has no value.
            (Mode::Literal, None) => self.push("NULL"),
            (Mode::Execute, None) => return Err(required(name)),
            (Mode::Execute | Mode::Print, value) => self.placeholder(name, value.as_ref(), ty),
        }
        Ok(())
    }

    /// Appends the values of an IN, without parentheses around them.
    pub fn values(&mut self, base: &str, values: &[Literal], ty: Option<&Type>) -> Result<()> {
        if self.mode == Mode::Print {
            let name = self.anonymous(base);
            self.named.push((name.clone(), Some(Literal::List(values.to_vec()))));
            self.push(&format!("__[POSTCOMPILE_{name}]"));
            return Ok(());
        }
        self.joined(values, ", ", |out, value| match value {
            Literal::List(items) => {
                out.push("(");
                out.values(base, items, ty)?;
                out.push(")");
                Ok(())
            }
            value => out.literal(base, value, ty),
        })
    }

    fn placeholder(&mut self, name: &str, value: Option<&Literal>, ty: Option<&Type>) {
        self.named.push((name.to_string(), value.cloned()));
        self.parameters.push(value.map_or(Literal::Null, |value| self.dialect.bound(value, ty)));
        let text = match (self.dialect.features().placeholder, self.mode) {
            (Placeholder::Question, _) => "?".to_string(),
            (Placeholder::Dollar, Mode::Print) => format!("%({name})s"),
            (Placeholder::Dollar, _) => format!("${}", self.parameters.len()),
            (Placeholder::Colon, _) => format!(":{name}"),
        };
        self.push(&text);
    }
}

fn required(name: &str) -> Error {
    Error::exception("sqlalchemy.exc.InvalidRequestError", format!("A value is required for bind parameter '{name}'"))
}
