//! `str(statement)`, `print(CreateTable(table))`: values as SQL, answered at once, since a text is often wanted where
//! nothing may suspend.

use crate::dialect::{self, Mode};
use crate::error::{Error, Kind, Result};
use crate::ops::Operation;
use crate::python::{Machine, Raise, Value, classes, data};
use crate::schema::{Expr, Statement, Type};
use serde::Deserialize;

/// What can be compiled.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Compilable {
    Type(Type),
    Expression(Expr),
    Ddl(Box<Operation>),
    Statement(Statement),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Options {
    literal_binds: bool,
}

/// The SQL of `ask("compile", dialect, what, options)`; what a dialect cannot do is a `NotImplementedError`.
pub fn compile(machine: &mut Machine, arguments: &[Value]) -> std::result::Result<Value, Raise> {
    match text(machine, arguments) {
        Ok(text) => Ok(machine.heap.str(&text)),
        Err(error) => Err(exception(machine, &error)),
    }
}

/// The exception that an error names, or a `NotImplementedError`.
pub fn exception(machine: &mut Machine, error: &Error) -> Raise {
    if let Kind::Python(traceback) = &error.kind
        && let Some((module, class)) = traceback.class.rsplit_once('.')
        && let Ok(module) = machine.import_now(module)
        && let Ok(class) = machine.get_attr(module, class)
    {
        let message = machine.heap.str(&traceback.message);
        return match machine.call_leaf(class, [message]) {
            Ok(exception) => Raise(exception),
            Err(raise) => raise,
        };
    }
    machine.error(classes::NOT_IMPLEMENTED_ERROR, &error.to_string())
}

fn text(machine: &Machine, arguments: &[Value]) -> Result<String> {
    let argument = |at: usize| arguments.get(at).copied().unwrap_or(Value::None);
    let dialect = dialect::by_name(&load::<String>(machine, argument(0))?)?;
    let options: Options = load::<Option<Options>>(machine, argument(2))?.unwrap_or_default();
    let mode = if options.literal_binds { Mode::Literal } else { Mode::Print };
    Ok(match load(machine, argument(1))? {
        Compilable::Type(ty) => dialect.type_sql(&ty)?,
        Compilable::Expression(expression) => dialect.expression_text(&expression, mode)?.text,
        Compilable::Statement(statement) => dialect.statement(&statement, &[], mode)?.text,
        Compilable::Ddl(ddl) => {
            let statements =
                dialect.operations(&[*ddl], &mut dialect::Memo::default())?.into_iter().map(|sql| sql.text);
            let mut texts: Vec<String> = statements.collect();
            // The types before a table and the comments after it are statements of their own.
            let creates = |text: &String| text.trim_start().split(' ').take(3).any(|word| word == "TABLE");
            if let Some(table) = texts.iter().position(creates).filter(|_| texts.len() > 1) {
                texts = vec![texts.swap_remove(table)];
            }
            texts.join("\n")
        }
    })
}

fn load<T: serde::de::DeserializeOwned>(machine: &Machine, value: Value) -> Result<T> {
    data::load(machine, value).map_err(|mismatch| Error::unsupported("Retort", mismatch.to_string()))
}
