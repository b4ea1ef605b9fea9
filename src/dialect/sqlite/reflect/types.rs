//! Declared types to SQLAlchemy's, by its names and by SQLite's rules of affinity.

use crate::schema::Type;

/// The type that SQLAlchemy's `_resolve_type_affinity` makes of a declared one.
pub(super) fn resolve(declared: &str) -> Type {
    let declared = declared.to_uppercase();
    let end = declared.find(|it: char| !(it.is_alphanumeric() || it == '_' || it == ' ')).unwrap_or(declared.len());
    let name = &declared[..end];
    let arguments =
        declared[end..].strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(inside, _)| inside);
    let numbers: Vec<u32> = arguments.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect();
    known(name, &numbers).unwrap_or_else(|| by_affinity(name, &numbers))
}

fn known(name: &str, numbers: &[u32]) -> Option<Type> {
    let class = |class: &str| class.to_string();
    Some(match name {
        "BIGINT" | "INTEGER" | "SMALLINT" => Type::Integer { class: class(name) },
        "INT" => Type::Integer { class: class("INTEGER") },
        "BLOB" => Type::Binary { class: class(name), length: numbers.first().copied() },
        "BOOL" | "BOOLEAN" => Type::Boolean { class: class("BOOLEAN"), create_constraint: false, name: None },
        "CHAR" | "TEXT" | "VARCHAR" | "NVARCHAR" | "NCHAR" => text(name, numbers),
        "DATE" | "DATE_CHAR" => temporal("DATE"),
        "DATETIME" | "DATETIME_CHAR" => temporal("DATETIME"),
        "TIME" | "TIME_CHAR" => temporal("TIME"),
        "TIMESTAMP" => temporal("TIMESTAMP"),
        "DECIMAL" | "NUMERIC" => number(name, numbers, true),
        "DOUBLE" | "FLOAT" | "REAL" => number(name, &numbers[..numbers.len().min(1)], false),
        "JSON" => Type::Dialect { dialect: "sqlite".into(), class: class(name), arguments: Vec::new() },
        _ => return None,
    })
}

fn by_affinity(name: &str, numbers: &[u32]) -> Type {
    let has = |word: &str| name.contains(word);
    if has("INT") {
        Type::Integer { class: "INTEGER".into() }
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
        text("TEXT", numbers)
    } else if has("BLOB") || name.is_empty() {
        Type::Null
    } else if has("REAL") || has("FLOA") || has("DOUB") {
        number("REAL", &numbers[..numbers.len().min(1)], false)
    } else {
        number("NUMERIC", numbers, true)
    }
}

fn text(class: &str, numbers: &[u32]) -> Type {
    Type::String { class: class.into(), length: numbers.first().copied(), collation: None }
}

fn temporal(class: &str) -> Type {
    Type::Temporal { class: class.into(), timezone: false }
}

fn number(class: &str, numbers: &[u32], asdecimal: bool) -> Type {
    Type::Numeric {
        class: class.into(),
        precision: numbers.first().copied(),
        scale: numbers.get(1).map(|it| *it as i32),
        asdecimal,
        decimal_return_scale: None,
    }
}
