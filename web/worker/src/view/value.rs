//! Values as a grid shows them.

use retort::schema::Literal;
use retort_protocol::rows::Value;

/// Characters of a text that a cell shows.
const SHOWN: usize = 400;
/// Bytes of a blob that a cell shows.
const SHOWN_BYTES: usize = 16;

/// A value for a cell.
pub fn value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Integer(_) | Literal::Float(_) | Literal::Decimal(_) | Literal::Boolean(_) | Literal::Interval(_) => {
            Value::Number(crate::console::plain(literal))
        }
        Literal::Bytes(bytes) => Value::Blob {
            start: bytes.iter().take(SHOWN_BYTES).map(|byte| format!("{byte:02x}")).collect(),
            bytes: bytes.len() as u64,
        },
        other => text(&crate::console::plain(other)),
    }
}

fn text(text: &str) -> Value {
    match text.char_indices().nth(SHOWN) {
        None => Value::Text(text.into()),
        Some((end, _)) => Value::Long { start: text[..end].into(), characters: text.chars().count() as u64 },
    }
}

/// What a person typed into a cell, as the column's declared type asks: SQLite's own affinities.
pub fn typed(text: Option<&str>, declared: &str) -> Literal {
    let Some(text) = text else {
        return Literal::Null;
    };
    let declared = declared.to_ascii_uppercase();
    let has = |part: &str| declared.contains(part);
    if has("CHAR") || has("CLOB") || has("TEXT") {
        return Literal::Text(text.into());
    }
    if has("BOOL") && ["true", "false"].contains(&text.to_ascii_lowercase().as_str()) {
        return Literal::Integer(i64::from(text.eq_ignore_ascii_case("true")));
    }
    let whole = text.trim().parse().map(Literal::Integer);
    let number = || text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(Literal::Float);
    whole.ok().or_else(number).unwrap_or_else(|| Literal::Text(text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_what_the_column_holds() {
        assert_eq!(typed(Some("007"), "VARCHAR(10)"), Literal::Text("007".into()));
        assert_eq!(typed(Some("7"), "INTEGER"), Literal::Integer(7));
        assert_eq!(typed(Some("7.5"), "NUMERIC(10, 2)"), Literal::Float(7.5));
        assert_eq!(typed(Some("true"), "BOOLEAN"), Literal::Integer(1));
        assert_eq!(typed(None, "TEXT"), Literal::Null);
        assert_eq!(typed(Some(""), "TEXT"), Literal::Text(String::new()));
    }
}
