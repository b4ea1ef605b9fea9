//! The arguments of single dialects: `sqlite_where=…`, `postgresql_include=[…]`.

use crate::schema::{Expr, Literal, table::Options};

/// Whether a flag is set.
pub fn flag(options: &Options, name: &str) -> bool {
    tristate(options, name) == Some(true)
}

/// A flag that may be left unsaid.
pub fn tristate(options: &Options, name: &str) -> Option<bool> {
    match options.get(name)? {
        Expr::Literal { value: Literal::Boolean(value), .. } => Some(*value),
        Expr::Literal { value: Literal::Integer(value), .. } => Some(*value != 0),
        _ => None,
    }
}

/// An option's text.
pub fn text<'a>(options: &'a Options, name: &str) -> Option<&'a str> {
    match options.get(name)? {
        Expr::Literal { value: Literal::Text(text), .. } | Expr::Text(text) | Expr::LiteralColumn(text) => Some(text),
        Expr::Column { name, .. } => Some(name),
        _ => None,
    }
}

/// An option that is one name or a list of names.
pub fn names(options: &Options, name: &str) -> Vec<String> {
    match options.get(name) {
        Some(Expr::Literal { value: Literal::List(items), .. }) => items.iter().filter_map(as_text).collect(),
        Some(Expr::List(items)) => items.iter().filter_map(expression_name).collect(),
        _ => text(options, name).map(str::to_string).into_iter().collect(),
    }
}

/// An option that was a dict: pairs of key and value.
pub fn pairs(options: &Options, name: &str) -> Vec<(String, String)> {
    match options.get(name) {
        Some(Expr::Literal { value: Literal::List(items), .. }) => items.iter().filter_map(pair).collect(),
        Some(Expr::List(items)) => items.iter().filter_map(expression_pair).collect(),
        Some(Expr::Literal { value: Literal::Json(document), .. }) => document_pairs(document),
        _ => Vec::new(),
    }
}

fn as_text(value: &Literal) -> Option<String> {
    match value {
        Literal::Text(text) | Literal::Decimal(text) => Some(text.clone()),
        Literal::Integer(number) => Some(number.to_string()),
        Literal::Float(number) => Some(super::super::literal::float(*number)),
        Literal::Boolean(value) => Some(if *value { "True".into() } else { "False".into() }),
        _ => None,
    }
}

/// A dict crosses Python's border as a document.
fn document_pairs(document: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(members)) = serde_json::from_str(document) else { return Vec::new() };
    let shown = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Bool(value) => {
            if value {
                "True".into()
            } else {
                "False".into()
            }
        }
        other => other.to_string(),
    };
    members.into_iter().map(|(name, value)| (name, shown(value))).collect()
}

fn expression_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Literal { value, .. } => as_text(value),
        Expr::Column { name, .. } => Some(name.clone()),
        Expr::Text(text) | Expr::LiteralColumn(text) => Some(text.clone()),
        _ => None,
    }
}

fn pair(value: &Literal) -> Option<(String, String)> {
    match value {
        Literal::List(pair) => Some((as_text(pair.first()?)?, as_text(pair.get(1)?)?)),
        _ => None,
    }
}

fn expression_pair(expression: &Expr) -> Option<(String, String)> {
    match expression {
        Expr::List(pair) => Some((expression_name(pair.first()?)?, expression_name(pair.get(1)?)?)),
        Expr::Literal { value, .. } => pair(value),
        _ => None,
    }
}
