//! Values as SQL text, and values as drivers take them.

use super::Dialect;
use crate::error::{Error, Result};
use crate::schema::{Literal, Type};

/// Text in single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value as SQLAlchemy's literal processors write it for most databases.
pub fn write(dialect: &dyn Dialect, value: &Literal, ty: Option<&Type>) -> Result<String> {
    let text = match value {
        Literal::Null => "NULL".into(),
        Literal::Boolean(value) => boolean(dialect, *value).into(),
        Literal::Integer(value) if matches!(ty, Some(Type::Boolean { .. })) => boolean(dialect, *value != 0).into(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => float(*value),
        Literal::Decimal(digits) => digits.clone(),
        Literal::Text(text) if is_number(ty) && text.parse::<f64>().is_ok() => text.clone(),
        Literal::Text(text) | Literal::Json(text) => quoted(text),
        Literal::Date(text) | Literal::Time(text) | Literal::DateTime(text) => quoted(text),
        Literal::Uuid(text) => quoted(&uuid(dialect, text, ty)),
        Literal::Bytes(bytes) => hexadecimal(bytes),
        Literal::Interval(_) | Literal::List(_) => return Err(cannot(value)),
    };
    Ok(text)
}

/// A number may arrive as text: `cast("5", Integer)`.
fn is_number(ty: Option<&Type>) -> bool {
    matches!(ty, Some(Type::Integer { .. } | Type::Numeric { .. }))
}

fn boolean(dialect: &dyn Dialect, value: bool) -> &'static str {
    match (dialect.features().native_boolean, value) {
        (true, true) => "true",
        (true, false) => "false",
        (false, true) => "1",
        (false, false) => "0",
    }
}

/// A float as Python's `repr` writes it, near enough for SQL: shortest digits, with a point.
pub fn float(value: f64) -> String {
    let text = format!("{value:?}");
    text.replace("inf", "Infinity").replace("NaN", "nan")
}

/// A UUID as text of the type that holds it: 32 digits unless the type is the database's own.
pub fn uuid(dialect: &dyn Dialect, text: &str, ty: Option<&Type>) -> String {
    match ty {
        Some(Type::Uuid { class, native_uuid, .. })
            if dialect.features().native_uuid && (class == "UUID" || *native_uuid) =>
        {
            text.into()
        }
        _ => text.replace('-', ""),
    }
}

/// Bytes as SQL's `X'0A'`.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("X'{digits}'")
}

fn cannot(value: &Literal) -> Error {
    Error::command(format!("Could not render literal value {value:?} inline"))
}
