//! Values as Python writes them.

use crate::{
    python::text::{float, quote},
    schema::Literal,
};

/// `repr` of a string.
pub fn text(text: &str) -> String {
    quote::repr(text)
}

/// `repr` of a list of strings.
pub fn list(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|it| text(it)).collect::<Vec<_>>().join(", "))
}

/// `True` or `False`.
pub fn boolean(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// `repr` of a value.
pub fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "None".into(),
        Literal::Boolean(value) => boolean(*value).into(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => float::repr(*value),
        Literal::Text(value) => text(value),
        Literal::Bytes(value) => bytes(value),
        Literal::Decimal(digits) => format!("Decimal({})", text(digits)),
        Literal::Date(value) => format!("datetime.date.fromisoformat({})", text(value)),
        Literal::Time(value) => format!("datetime.time.fromisoformat({})", text(value)),
        Literal::DateTime(value) => format!("datetime.datetime.fromisoformat({})", text(value)),
        Literal::Interval(microseconds) => format!("datetime.timedelta(microseconds={microseconds})"),
        Literal::Uuid(value) => format!("UUID({})", text(value)),
        Literal::Json(document) => json(document),
        Literal::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
    }
}

fn bytes(value: &[u8]) -> String {
    let escape = |byte: &u8| match byte {
        b'\\' => "\\\\".into(),
        b'\'' => "\\'".into(),
        b'\n' => "\\n".into(),
        b'\r' => "\\r".into(),
        b'\t' => "\\t".into(),
        b' '..=b'~' => (*byte as char).to_string(),
        byte => format!("\\x{byte:02x}"),
    };
    format!("b'{}'", value.iter().map(escape).collect::<String>())
}

/// A JSON document as the Python value that it stands for; what is no JSON stays text.
fn json(document: &str) -> String {
    serde_json::from_str(document).map_or_else(|_| text(document), |value| json_value(&value))
}

fn json_value(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "None".into(),
        serde_json::Value::Bool(value) => boolean(*value).into(),
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(value) => text(value),
        serde_json::Value::Array(items) => format!("[{}]", items.iter().map(json_value).collect::<Vec<_>>().join(", ")),
        serde_json::Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", text(key), json_value(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}
