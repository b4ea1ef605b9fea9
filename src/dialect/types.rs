//! Types to DDL, as most databases have them (SQLAlchemy's `GenericTypeCompiler`).

use super::Dialect;
use crate::error::{Error, Result};
use crate::schema::{Literal, Type, types};

/// The type that `dialect` sees: variants chosen, custom types replaced by what they store.
pub fn resolve<'a>(ty: &'a Type, dialect: &dyn Dialect) -> &'a Type {
    match ty {
        Type::Variant { base, variants } => resolve(variants.get(dialect.name()).unwrap_or(base), dialect),
        Type::Custom { stores, .. } => match &**stores {
            types::Stored::Type { base, by_dialect } => {
                resolve(by_dialect.get(dialect.name()).unwrap_or(base), dialect)
            }
            types::Stored::Spec(_) => ty,
        },
        _ => ty,
    }
}

/// A type as SQLAlchemy's generic compiler writes it.
pub fn write(dialect: &dyn Dialect, ty: &Type) -> Result<String> {
    Ok(match resolve(ty, dialect) {
        Type::Null => return Err(no_type()),
        Type::String { class, length, collation } => string(class, *length, collation.as_deref()),
        Type::Integer { class } => integer(class).into(),
        Type::Numeric { class, precision, scale, .. } => numeric(class, *precision, *scale),
        Type::Boolean { .. } => "BOOLEAN".into(),
        Type::Temporal { class, .. } => class.to_uppercase(),
        Type::Interval { .. } | Type::Variant { .. } => "DATETIME".into(),
        Type::Binary { class, length } => binary(class, *length),
        Type::Enum(it) => with_length("VARCHAR", Some(enum_length(it))),
        Type::Json { .. } => "JSON".into(),
        Type::Uuid { class, .. } => uuid(class).into(),
        Type::Pickle => dialect.type_sql(&blob())?,
        Type::Array { .. } => return Err(cannot_render(dialect, "ARRAY")),
        Type::Dialect { class, arguments, .. } if is_standard(class) => standard(class, arguments),
        Type::Dialect { class, .. } => return Err(cannot_render(dialect, class)),
        Type::Custom { class, stores, .. } => match &**stores {
            types::Stored::Spec(spec) => spec.clone(),
            types::Stored::Type { .. } => class.to_uppercase(),
        },
    })
}

fn no_type() -> Error {
    super::ddl::compile_error("Can't generate DDL for NullType(); did you forget to specify a type on this Column?")
}

/// What `PickleType` and large objects are made of.
pub fn blob() -> Type {
    Type::Binary { class: "LargeBinary".into(), length: None }
}

/// The text's SQL name by class, its length and its collation.
pub fn string(class: &str, length: Option<u32>, collation: Option<&str>) -> String {
    let name = match class {
        "String" | "Unicode" | "AutoString" => "VARCHAR",
        "Text" | "UnicodeText" => "TEXT",
        upper => upper,
    };
    let mut text = with_length(name, length.filter(|_| name != "CLOB"));
    if let Some(collation) = collation {
        text.push_str(&format!(" COLLATE \"{collation}\""));
    }
    text
}

/// `NAME(length)`; a length of zero is none, as SQLAlchemy has it.
pub fn with_length(name: &str, length: Option<u32>) -> String {
    match length {
        None | Some(0) => name.to_string(),
        Some(length) => format!("{name}({length})"),
    }
}

fn integer(class: &str) -> &str {
    match class {
        "Integer" => "INTEGER",
        "SmallInteger" => "SMALLINT",
        "BigInteger" => "BIGINT",
        upper => upper,
    }
}

/// Exact numbers with their digits, floating ones without.
pub fn numeric(class: &str, precision: Option<u32>, scale: Option<i32>) -> String {
    let name = match class {
        "Float" | "FLOAT" => return "FLOAT".into(),
        "Double" | "DOUBLE" => return "DOUBLE".into(),
        "DOUBLE_PRECISION" => return "DOUBLE PRECISION".into(),
        "REAL" => return "REAL".into(),
        "DECIMAL" => "DECIMAL",
        _ => "NUMERIC",
    };
    match (precision, scale) {
        (Some(precision), Some(scale)) => format!("{name}({precision}, {scale})"),
        (precision, _) => with_length(name, precision),
    }
}

fn binary(class: &str, length: Option<u32>) -> String {
    match class {
        "BINARY" | "VARBINARY" => with_length(class, length.filter(|length| *length > 0)),
        _ => "BLOB".into(),
    }
}

/// The length of the VARCHAR that stands for an enumeration: as said, or the longest label's.
pub fn enum_length(it: &types::Enum) -> u32 {
    let longest = it.labels.iter().map(|label| label.chars().count()).max();
    it.length.unwrap_or_else(|| longest.unwrap_or(0) as u32)
}

fn uuid(class: &str) -> &'static str {
    if class == "UUID" { "UUID" } else { "CHAR(32)" }
}

/// A dialect's class that carries a standard name, so that every dialect can write it.
pub fn is_standard(class: &str) -> bool {
    const KNOWN: &[&str] = &[
        "BIGINT",
        "BINARY",
        "BLOB",
        "BOOLEAN",
        "CHAR",
        "DATE",
        "DATETIME",
        "DECIMAL",
        "DOUBLE",
        "DOUBLE_PRECISION",
        "FLOAT",
        "INTEGER",
        "JSON",
        "NCHAR",
        "NUMERIC",
        "NVARCHAR",
        "REAL",
        "SMALLINT",
        "TEXT",
        "TIME",
        "TIMESTAMP",
        "UUID",
        "VARBINARY",
        "VARCHAR",
    ];
    KNOWN.contains(&class)
}

/// SQLAlchemy's error for a type that a database has no form for.
pub fn cannot_render(dialect: &dyn Dialect, class: &str) -> Error {
    let compiler = dialect.features().type_compiler;
    Error::exception(
        "sqlalchemy.exc.UnsupportedCompilationError",
        format!("Compiler <{compiler}> can't render element of type {class}"),
    )
}

fn standard(class: &str, arguments: &[(String, types::Argument)]) -> String {
    let number = |name| integer_argument(arguments, name).and_then(|it| u32::try_from(it).ok());
    match class {
        "DATE" | "DATETIME" | "TIME" | "TIMESTAMP" | "JSON" | "UUID" | "BOOLEAN" => class.to_string(),
        "INTEGER" | "BIGINT" | "SMALLINT" => class.to_string(),
        "DECIMAL" | "NUMERIC" | "FLOAT" | "DOUBLE" | "DOUBLE_PRECISION" | "REAL" => {
            let scale = argument(arguments, "scale").and_then(|_| number("scale")).map(|it| it as i32);
            numeric(class, number("precision"), scale)
        }
        _ => with_length(class, number("length")),
    }
}

/// The argument of this name.
pub fn argument<'a>(arguments: &'a [(String, types::Argument)], name: &str) -> Option<&'a types::Argument> {
    arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// An integer argument of this name, or the first positional one.
pub fn integer_argument(arguments: &[(String, types::Argument)], name: &str) -> Option<i64> {
    match argument(arguments, name).or_else(|| argument(arguments, "")) {
        Some(types::Argument::Literal(Literal::Integer(value))) => Some(*value),
        _ => None,
    }
}

/// A truth value's argument.
pub fn flag_argument(arguments: &[(String, types::Argument)], name: &str) -> bool {
    matches!(argument(arguments, name), Some(types::Argument::Literal(Literal::Boolean(true))))
}

/// A text argument.
pub fn text_argument<'a>(arguments: &'a [(String, types::Argument)], name: &str) -> Option<&'a str> {
    match argument(arguments, name) {
        Some(types::Argument::Literal(Literal::Text(text))) => Some(text),
        _ => None,
    }
}

/// SQLAlchemy's `_type_affinity`: the generic class that a type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affinity {
    /// `NullType`.
    Null,
    /// `String`, `Text`, `Enum`.
    String,
    /// `Integer` and its kin.
    Integer,
    /// `Numeric`, `DECIMAL`, and `Float`, which SQLAlchemy derives from it.
    Numeric,
    /// `Boolean`.
    Boolean,
    /// `Date`.
    Date,
    /// `DateTime`, `TIMESTAMP`, and `Interval`, which is stored as one.
    DateTime,
    /// `Time`.
    Time,
    /// PostgreSQL's and Oracle's own `INTERVAL`.
    Interval,
    /// `LargeBinary` and its kin.
    Binary,
    /// `JSON`, `JSONB`.
    Json,
    /// `Uuid`.
    Uuid,
    /// `ARRAY`.
    Array,
    /// Anything else.
    Other,
}

/// The affinity of a type under a dialect.
pub fn affinity(ty: &Type, dialect: &dyn Dialect) -> Affinity {
    match resolve(ty, dialect) {
        Type::Null => Affinity::Null,
        Type::String { .. } | Type::Enum(_) => Affinity::String,
        Type::Integer { .. } => Affinity::Integer,
        Type::Numeric { .. } => Affinity::Numeric,
        Type::Boolean { .. } => Affinity::Boolean,
        Type::Temporal { class, .. } => temporal(class),
        Type::Interval { .. } => Affinity::DateTime,
        Type::Binary { .. } | Type::Pickle => Affinity::Binary,
        Type::Json { .. } => Affinity::Json,
        Type::Uuid { .. } => Affinity::Uuid,
        Type::Array { .. } => Affinity::Array,
        Type::Dialect { class, .. } => by_class(class),
        Type::Custom { .. } | Type::Variant { .. } => Affinity::Other,
    }
}

fn temporal(class: &str) -> Affinity {
    match class {
        "Date" | "DATE" => Affinity::Date,
        "Time" | "TIME" => Affinity::Time,
        _ => Affinity::DateTime,
    }
}

fn by_class(class: &str) -> Affinity {
    match class {
        "JSONB" | "JSON" => Affinity::Json,
        "BYTEA" | "LONGBLOB" | "MEDIUMBLOB" | "TINYBLOB" => Affinity::Binary,
        "TIMESTAMP" | "DATETIME" | "DATETIME2" => Affinity::DateTime,
        "DATE" => Affinity::Date,
        "TIME" => Affinity::Time,
        "INTERVAL" => Affinity::Interval,
        "CITEXT" | "LONGTEXT" | "MEDIUMTEXT" | "TINYTEXT" | "NVARCHAR2" | "VARCHAR2" => Affinity::String,
        "TINYINT" | "MEDIUMINT" | "BIT" => Affinity::Integer,
        _ => Affinity::Other,
    }
}
