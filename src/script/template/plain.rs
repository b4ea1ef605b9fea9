//! Templates whose expressions are so simple that no machine is needed: names, texts, `repr(x)`, `a if b else c`.

use super::{Value, Variables, Wrong, mako::Piece};
use ruff_python_ast::{Expr, UnaryOp};

/// The text, or `None` where a piece asks for more.
pub(super) fn fill(pieces: &[Piece], variables: &Variables) -> Result<Option<String>, Wrong> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Expression { code, filters, line } => match expression(code, filters, variables) {
                Some(Some(text)) => out.push_str(&text),
                Some(None) => return Err(Wrong { message: format!("{code}: a name is Undefined"), line: *line }),
                None => return Ok(None),
            },
            Piece::Control { .. } | Piece::Code { .. } | Piece::Module { .. } => return Ok(None),
        }
    }
    Ok(Some(out))
}

/// The outer `None` asks for the machine; the inner one is a name without a value.
fn expression(code: &str, filters: &[String], variables: &Variables) -> Option<Option<String>> {
    let parsed = ruff_python_parser::parse_expression(code).ok()?.into_syntax();
    let value = value(&parsed.body, variables)?;
    let filters: Vec<&str> = filters.iter().map(String::as_str).collect();
    match (&filters[..], value) {
        (["comma", "n"] | ["n", "comma"], Some(value)) => comma(&value).map(Some),
        ([] | ["str"], value) => Some(value.map(|it| shown(&it))),
        (["n"], Some(Value::Text(text))) => Some(Some(text)),
        (["trim"], Some(value)) => Some(Some(shown(&value).trim().into())),
        _ => None,
    }
}

/// A value; the inner `None` is Mako's `UNDEFINED`.
fn value(expression: &Expr, variables: &Variables) -> Option<Option<Value>> {
    match expression {
        Expr::StringLiteral(text) => Some(Some(Value::Text(text.value.to_str().into()))),
        Expr::NoneLiteral(_) => Some(Some(Value::None)),
        Expr::BooleanLiteral(it) => Some(Some(Value::Boolean(it.value))),
        Expr::Name(name) => Some(variables.get(name.id.as_str()).cloned()),
        Expr::If(it) => {
            let chosen = if truth(value(&it.test, variables)?.as_ref()) { &it.body } else { &it.orelse };
            value(chosen, variables)
        }
        Expr::BoolOp(it) => {
            let stops_at = it.op.is_or();
            let mut last = None;
            for part in &it.values {
                last = value(part, variables)?;
                if truth(last.as_ref()) == stops_at {
                    break;
                }
            }
            Some(last)
        }
        Expr::UnaryOp(it) if it.op == UnaryOp::Not => {
            Some(Some(Value::Boolean(!truth(value(&it.operand, variables)?.as_ref()))))
        }
        Expr::Call(call) => {
            let is_repr = call.func.as_name_expr().is_some_and(|it| it.id == "repr");
            let [argument] = &call.arguments.args[..] else { return None };
            let plain = is_repr && call.arguments.keywords.is_empty() && !variables.contains_key("repr");
            match value(argument, variables)? {
                // An object's repr is not the expression that makes it.
                Some(Value::Object { .. }) => None,
                found if plain => Some(found.map(|it| Value::Text(it.repr()))),
                _ => None,
            }
        }
        _ => None,
    }
}

fn truth(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::None) => false,
        Some(Value::Boolean(value)) => *value,
        Some(Value::Integer(value)) => *value != 0,
        Some(Value::Float(value)) => *value != 0.0,
        Some(Value::Text(text)) => !text.is_empty(),
        Some(Value::List(items) | Value::Tuple(items)) => !items.is_empty(),
        Some(Value::Table(entries)) => !entries.is_empty(),
        Some(Value::Object { .. }) => true,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Object { shown, .. } => shown.clone(),
        other => other.repr(),
    }
}

/// Alembic's `format_as_comma`.
fn comma(value: &Value) -> Option<String> {
    match value {
        Value::None => Some(String::new()),
        Value::Text(text) => Some(text.clone()),
        Value::List(items) | Value::Tuple(items) => Some(items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}
