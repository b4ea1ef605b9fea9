//! Templates: Mako, as far as `script.py.mako` and the files of `init` use it.
//!
//! A template of text and simple expressions is filled in at once; any other becomes a Python program ([`program`]),
//! which the machine runs.

pub mod gallery;
mod mako;
mod plain;
mod python;

use super::{
    draft::{Draft, Names},
    render::python as literal,
};
use crate::config::Config;
use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// What a template's names stand for.
pub type Variables = BTreeMap<String, Value>;

/// A value that a template is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// A truth value.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A dictionary with strings as keys.
    Table(Vec<(String, Value)>),
    /// An object of Python's, as its text and as the expression that makes it.
    Object {
        /// `str(object)`.
        shown: String,
        /// `datetime.datetime.fromisoformat('…')`.
        expression: String,
    },
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Value::None,
            serde_json::Value::Bool(value) => Value::Boolean(*value),
            serde_json::Value::Number(number) => {
                number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap_or_default()), Value::Integer)
            }
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(items) => Value::List(items.iter().map(Value::from).collect()),
            serde_json::Value::Object(entries) => {
                Value::Table(entries.iter().map(|(key, value)| (key.clone(), value.into())).collect())
            }
        }
    }
}

impl From<&Names> for Value {
    fn from(names: &Names) -> Self {
        let texts = |names: &[String]| names.iter().map(|it| Value::Text(it.clone())).collect();
        match names {
            Names::None => Value::None,
            Names::One(name) => Value::Text(name.clone()),
            Names::Tuple(names) => Value::Tuple(texts(names)),
            Names::List(names) => Value::List(texts(names)),
        }
    }
}

impl Value {
    /// `repr(value)`, which is also Python that makes it.
    pub fn repr(&self) -> String {
        let joined = |items: &[Value]| items.iter().map(Value::repr).collect::<Vec<_>>().join(", ");
        match self {
            Value::None => "None".into(),
            Value::Boolean(value) => literal::boolean(*value).into(),
            Value::Integer(value) => value.to_string(),
            Value::Float(value) => crate::python::text::float::repr(*value),
            Value::Text(text) => literal::text(text),
            Value::List(items) => format!("[{}]", joined(items)),
            Value::Tuple(items) if items.len() == 1 => format!("({},)", joined(items)),
            Value::Tuple(items) => format!("({})", joined(items)),
            Value::Table(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{}: {}", literal::text(key), value.repr()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            Value::Object { expression, .. } => expression.clone(),
        }
    }
}

/// The variables of a new revision, before autogenerate adds `upgrades`, `downgrades` and `imports`.
pub fn variables(draft: &Draft, config: &Config) -> Variables {
    let shown = draft.date.to_string();
    let expression = format!("datetime.datetime.fromisoformat({})", literal::text(&shown));
    Variables::from([
        ("message".into(), draft.message.clone().into()),
        ("up_revision".into(), draft.id.clone().into()),
        ("down_revision".into(), (&draft.down).into()),
        ("branch_labels".into(), (&draft.branch_labels).into()),
        ("depends_on".into(), (&draft.depends_on).into()),
        ("create_date".into(), Value::Object { shown, expression }),
        ("config".into(), self::config(config)),
    ])
}

/// `config`: what env.py knows under this name.
fn config(config: &Config) -> Value {
    let path = |file: &Option<String>| file.as_deref().map_or("None".into(), |it| literal::text(&config.absolute(it)));
    let files = format!("{}, {}", path(&config.ini_file), path(&config.toml_file));
    let expression = format!("_config({files}, {})", literal::text(&config.section));
    Value::Object { shown: "<alembic.config.Config object>".into(), expression }
}

/// Fills a template that needs no machine; `None` for one that does.
pub fn fill(source: &str, variables: &Variables) -> Result<Option<String>> {
    plain::fill(&mako::read(source).map_err(failed)?, variables).map_err(failed)
}

/// A Python program that fills a template: afterwards its global `_text` is the result.
pub fn program(source: &str, variables: &Variables) -> Result<String> {
    python::program(&mako::read(source).map_err(failed)?, variables).map_err(failed)
}

/// Fills a template; `run` is given a Python program where one is needed, and answers its global `_text`.
pub fn render(source: &str, variables: &Variables, run: &mut dyn FnMut(&str) -> Result<String>) -> Result<String> {
    match fill(source, variables)? {
        Some(text) => Ok(text),
        None => run(&program(source, variables)?),
    }
}

/// What is wrong with a template, as a noun phrase, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    message: String,
    line: usize,
}

fn failed(Wrong { message, line }: Wrong) -> Error {
    Error::command(format!("Template rendering failed in line {line}: {message}"))
}
