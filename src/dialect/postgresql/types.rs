//! PostgreSQL's types, expressions and values.

use crate::dialect::ddl::compile_error;
use crate::dialect::{Dialect, expression, identifier, literal, statement::Writer, types};
use crate::error::Result;
use crate::schema::{
    Expr, Literal, Type,
    expression::Operator,
    types::{Argument, Enum},
};

/// A type as PostgreSQL's DDL has it.
pub(super) fn write(dialect: &dyn Dialect, ty: &Type) -> Result<String> {
    Ok(match types::resolve(ty, dialect) {
        Type::Numeric { class, precision, .. } => numeric(dialect, class, *precision, ty)?,
        Type::Temporal { class, timezone } => temporal(class, *timezone, None),
        Type::Interval { native: true, second_precision, .. } => interval(None, second_precision.map(i64::from)),
        Type::Interval { native: false, .. } => temporal("TIMESTAMP", false, None),
        Type::Binary { class, .. } if class == "LargeBinary" => "BYTEA".into(),
        Type::Enum(it) if it.native_enum => enum_name(dialect, it)?,
        Type::Uuid { class, native_uuid, .. } if class == "UUID" || *native_uuid => "UUID".into(),
        Type::Array { item, dimensions, .. } => array(&write(dialect, item)?, dimensions.unwrap_or(1)),
        Type::Dialect { dialect: of, class, arguments } if of == "postgresql" => own(dialect, class, arguments)?,
        // SQLite's own classes of dates and times are generic ones underneath.
        Type::Dialect { dialect: of, class, .. } if of == "sqlite" && class == "DATETIME" => {
            temporal("DateTime", false, None)
        }
        Type::Dialect { dialect: of, class, .. } if of == "sqlite" && class == "TIME" => temporal("TIME", false, None),
        _ => types::write(dialect, ty)?,
    })
}

fn numeric(dialect: &dyn Dialect, class: &str, precision: Option<u32>, ty: &Type) -> Result<String> {
    Ok(match class {
        "Float" | "FLOAT" => types::with_length("FLOAT", precision.filter(|it| *it > 0)),
        "Double" => "DOUBLE PRECISION".into(),
        _ => types::write(dialect, ty)?,
    })
}

fn temporal(class: &str, timezone: bool, precision: Option<i64>) -> String {
    let zone = if timezone { "WITH TIME ZONE" } else { "WITHOUT TIME ZONE" };
    let precision = precision.map_or_else(String::new, |precision| format!("({precision})"));
    match class {
        "Date" | "DATE" => "DATE".into(),
        "DATETIME" => "DATETIME".into(),
        "Time" | "TIME" => format!("TIME{precision} {zone}"),
        _ => format!("TIMESTAMP{precision} {zone}"),
    }
}

fn interval(fields: Option<&str>, precision: Option<i64>) -> String {
    let fields = fields.map_or_else(String::new, |fields| format!(" {fields}"));
    let precision = precision.map_or_else(String::new, |precision| format!(" ({precision})"));
    format!("INTERVAL{fields}{precision}")
}

/// A named type with its schema.
pub(super) fn enum_name(dialect: &dyn Dialect, it: &Enum) -> Result<String> {
    let features = dialect.features();
    match (&it.name, &it.schema) {
        (Some(name), Some(schema)) => {
            Ok(format!("{}.{}", identifier::quote(features, schema), identifier::quote(features, name)))
        }
        (Some(name), None) => Ok(identifier::quote(features, name)),
        (None, _) => Err(compile_error("PostgreSQL ENUM type requires a name.")),
    }
}

/// `[]` for each dimension, before a COLLATE.
fn array(item: &str, dimensions: u32) -> String {
    let brackets = "[]".repeat(dimensions as usize);
    match item.find(" COLLATE") {
        Some(at) => format!("{}{brackets}{}", &item[..at], &item[at..]),
        None => format!("{item}{brackets}"),
    }
}

fn own(dialect: &dyn Dialect, class: &str, arguments: &[(String, Argument)]) -> Result<String> {
    let number = |name: &str| match types::argument(arguments, name) {
        Some(Argument::Literal(Literal::Integer(value))) => Some(*value),
        _ => None,
    };
    let timezone = types::flag_argument(arguments, "timezone");
    Ok(match class {
        "TIMESTAMP" | "TIME" => temporal(class, timezone, number("precision")),
        "INTERVAL" => interval(types::text_argument(arguments, "fields"), number("precision")),
        "BIT" => bit(types::integer_argument(arguments, "length"), types::flag_argument(arguments, "varying")),
        "DOMAIN" => domain(dialect, arguments)?,
        other => other.to_string(),
    })
}

fn bit(length: Option<i64>, varying: bool) -> String {
    match (varying, length) {
        (true, None) => "BIT VARYING".into(),
        (true, Some(length)) => format!("BIT VARYING({length})"),
        (false, length) => format!("BIT({})", length.unwrap_or(1)),
    }
}

fn domain(dialect: &dyn Dialect, arguments: &[(String, Argument)]) -> Result<String> {
    let name = types::text_argument(arguments, "name").or_else(|| types::text_argument(arguments, ""));
    let name = name.ok_or_else(|| compile_error("PostgreSQL DOMAIN type requires a name."))?;
    let schema = types::text_argument(arguments, "schema");
    let features = dialect.features();
    let schema = schema.map_or_else(String::new, |schema| format!("{}.", identifier::quote(features, schema)));
    Ok(format!("{schema}{}", identifier::quote(features, name)))
}

/// Writes what PostgreSQL writes its own way.
pub(super) fn expression(it: &Expr, out: &mut Writer<'_>) -> Result<()> {
    match it {
        Expr::Binary { left, operator: operator @ Operator::Regexp, right, .. } => {
            expression::infix(left, operator, "~".into(), right, out)
        }
        Expr::Binary { left, operator: operator @ (Operator::JsonIndex | Operator::JsonPath), right, .. } => {
            step(left, operator, right, false, out)
        }
        // `data["a"].as_string()` arrives as a cast of the step into the document.
        Expr::Cast { operand, ty } => match &**operand {
            Expr::Binary { left, operator: operator @ (Operator::JsonIndex | Operator::JsonPath), right, .. } => {
                cast_step(left, operator, right, ty, out)
            }
            _ => expression::write(it, out),
        },
        Expr::Function { name, arguments, .. } if name == "substring" && arguments.len() > 1 => {
            substring(arguments, out)
        }
        _ => expression::write(it, out),
    }
}

fn step(left: &Expr, operator: &Operator, right: &Expr, as_text: bool, out: &mut Writer<'_>) -> Result<()> {
    let spelling = match (operator, as_text) {
        (Operator::JsonPath, true) => "#>>",
        (Operator::JsonPath, false) => "#>",
        (_, true) => "->>",
        (_, false) => "->",
    };
    let right = match right {
        Expr::Literal { value: Literal::List(steps), .. } => &Expr::literal(Literal::Text(path(steps))),
        Expr::Literal { value: Literal::Json(document) | Literal::Text(document), .. }
            if *operator == Operator::JsonPath =>
        {
            let steps = crate::dialect::sqlite::types::json_steps(document);
            &Expr::literal(Literal::Text(path(&steps)))
        }
        other => other,
    };
    expression::infix(left, operator, spelling.into(), right, out)
}

fn path(steps: &[Literal]) -> String {
    let shown = |step: &Literal| match step {
        Literal::Integer(index) => index.to_string(),
        Literal::Text(key) => key.clone(),
        _ => String::new(),
    };
    format!("{{{}}}", steps.iter().map(shown).collect::<Vec<_>>().join(", "))
}

fn cast_step(left: &Expr, operator: &Operator, right: &Expr, ty: &Type, out: &mut Writer<'_>) -> Result<()> {
    let sql = out.dialect.type_sql(ty)?;
    out.push("CAST((");
    step(left, operator, right, true, out)?;
    out.push(&format!(") AS {sql})"));
    Ok(())
}

fn substring(arguments: &[Expr], out: &mut Writer<'_>) -> Result<()> {
    out.push("SUBSTRING(");
    for (word, argument) in ["", " FROM ", " FOR "].iter().zip(arguments) {
        out.push(word);
        expression::literal_or("substring", argument, out)?;
    }
    out.push(")");
    Ok(())
}

/// A value as SQL text of PostgreSQL's.
pub(super) fn value(dialect: &dyn Dialect, value: &Literal, ty: Option<&Type>) -> Result<String> {
    match value {
        Literal::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(format!("'\\x{digits}'"))
        }
        Literal::Interval(microseconds) => Ok(format!("make_interval(secs=>{})", seconds(*microseconds))),
        Literal::List(items) => {
            let item = match ty {
                Some(Type::Array { item, .. }) => Some(&**item),
                _ => None,
            };
            let items: Result<Vec<String>> = items.iter().map(|it| dialect.literal(it, item)).collect();
            Ok(format!("ARRAY[{}]", items?.join(", ")))
        }
        Literal::Uuid(text) if !matches!(ty, Some(Type::Uuid { native_uuid: false, .. })) => Ok(literal::quoted(text)),
        _ => literal::write(dialect, value, ty),
    }
}

fn seconds(microseconds: i64) -> String {
    literal::float(microseconds as f64 / 1_000_000.0)
}
