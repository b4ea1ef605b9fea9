//! SQLite's expressions, and how values are stored.

use crate::dialect::expression::precedence;
use crate::dialect::{Dialect, expression, literal, statement::Writer, types};
use crate::error::{Error, Result};
use crate::schema::{Expr, Literal, Type, expression::Operator};

/// Writes what SQLite writes its own way.
pub(super) fn expression(it: &Expr, out: &mut Writer<'_>) -> Result<()> {
    match it {
        Expr::Function { name, arguments, .. } if renamed(name, arguments, out) => Ok(()),
        Expr::Function { name, arguments, filter, over, ty } => match function_name(name, out) {
            Some(other) => {
                let (arguments, filter, over) = (arguments.clone(), filter.clone(), over.clone());
                let call = Expr::Function { name: other.into(), arguments, filter, over, ty: ty.clone() };
                expression::write(&call, out)
            }
            None => expression::write(it, out),
        },
        Expr::Extract { field, operand } => extract(field, operand, out),
        Expr::Binary { left, operator: Operator::Div, right, .. } => divide(left, right, out),
        Expr::Binary { left, operator: operator @ Operator::Regexp, right, .. } => {
            expression::infix(left, operator, "REGEXP".into(), right, out)
        }
        Expr::Binary { left, operator: Operator::JsonIndex | Operator::JsonPath, right, .. } => {
            json("JSON_QUOTE(JSON_EXTRACT(", left, right, "))", out)
        }
        Expr::Binary { left, operator, right, .. } if is_text_step(operator) => {
            json("JSON_EXTRACT(", left, right, ")", out)
        }
        // `data["a"].as_integer()` arrives as a cast of the step's text; SQLite's JSON gives the right type by itself.
        Expr::Cast { operand, .. } => match &**operand {
            Expr::Binary { left, operator, right, .. }
                if is_text_step(operator) || matches!(operator, Operator::JsonIndex | Operator::JsonPath) =>
            {
                json("JSON_EXTRACT(", left, right, ")", out)
            }
            _ => expression::write(it, out),
        },
        _ => expression::write(it, out),
    }
}

/// The step into a document that gives text.
fn is_text_step(operator: &Operator) -> bool {
    matches!(operator, Operator::Custom(text) if text == "->>" || text == "#>>")
}

fn function_name(name: &str, out: &Writer<'_>) -> Option<&'static str> {
    let functions = out.dialect.features().functions;
    functions.iter().find(|(known, _)| *known == name).map(|(_, other)| *other)
}

/// `func.now()` and its like, which become words.
fn renamed(name: &str, arguments: &[Expr], out: &mut Writer<'_>) -> bool {
    match (function_name(name, out), name) {
        (Some(words), "now" | "localtimestamp") if arguments.is_empty() => {
            out.push(words);
            true
        }
        _ => false,
    }
}

fn extract(field: &str, operand: &Expr, out: &mut Writer<'_>) -> Result<()> {
    let format = match field {
        "month" => "%m",
        "day" => "%d",
        "year" => "%Y",
        "second" => "%S",
        "hour" => "%H",
        "doy" => "%j",
        "minute" => "%M",
        "epoch" => "%s",
        "dow" => "%w",
        "week" => "%W",
        other => {
            let message = format!("{other} is not a valid extract argument.");
            return Err(Error::exception("sqlalchemy.exc.CompileError", message));
        }
    };
    out.push(&format!("CAST(STRFTIME('{format}', "));
    out.expression(operand)?;
    out.push(") AS INTEGER)");
    Ok(())
}

/// `/` divides truly in SQLAlchemy, so SQLite has to be told not to divide integers.
fn divide(left: &Expr, right: &Expr, out: &mut Writer<'_>) -> Result<()> {
    let against = precedence::Against::binary(&Operator::Div);
    expression::compared(left, right, against, out)?;
    out.push(" / (");
    expression::compared(right, left, against, out)?;
    out.push(" + 0.0)");
    Ok(())
}

fn json(opening: &str, left: &Expr, right: &Expr, closing: &str, out: &mut Writer<'_>) -> Result<()> {
    out.push(opening);
    out.expression(left)?;
    out.push(", ");
    let base = match left {
        Expr::Column { name, .. } => name,
        _ => "param",
    };
    match right {
        Expr::Literal { value, .. } => out.literal(base, &Literal::Text(json_path(value)), None)?,
        _ => out.expression(right)?,
    }
    out.push(closing);
    Ok(())
}

/// A step or a path into a document in SQLite's notation: `$."a"[0]`.
fn json_path(value: &Literal) -> String {
    let step = |step: &Literal| match step {
        Literal::Integer(index) => format!("[{index}]"),
        Literal::Text(key) => format!(".\"{key}\""),
        _ => String::new(),
    };
    match value {
        // A path crosses Python's border as a document.
        Literal::Json(document) | Literal::Text(document) if !json_steps(document).is_empty() => {
            format!("${}", json_steps(document).iter().map(step).collect::<String>())
        }
        Literal::List(steps) => format!("${}", steps.iter().map(step).collect::<String>()),
        one => format!("${}", step(one)),
    }
}

/// The steps of a path that crossed Python's border as a document.
pub(in crate::dialect) fn json_steps(document: &str) -> Vec<Literal> {
    let Ok(serde_json::Value::Array(steps)) = serde_json::from_str(document) else { return Vec::new() };
    let step = |step: serde_json::Value| match step {
        serde_json::Value::Number(index) => Literal::Integer(index.as_i64().unwrap_or_default()),
        serde_json::Value::String(key) => Literal::Text(key),
        other => Literal::Text(other.to_string()),
    };
    steps.into_iter().map(step).collect()
}

/// A value as SQL text of SQLite's.
pub(super) fn literal(dialect: &dyn Dialect, value: &Literal, ty: Option<&Type>) -> Result<String> {
    match (value, ty) {
        (Literal::DateTime(_) | Literal::Date(_) | Literal::Time(_) | Literal::Interval(_), Some(_)) => {
            match bound(dialect, value, ty) {
                Literal::Text(text) => Ok(literal::quoted(&text)),
                _ => literal::write(dialect, value, ty),
            }
        }
        _ => literal::write(dialect, value, ty),
    }
}

/// A value as SQLite stores it: SQLAlchemy's storage formats, and the sqlite3 module's adapters where no type is known.
pub(super) fn bound(dialect: &dyn Dialect, value: &Literal, ty: Option<&Type>) -> Literal {
    let ty = ty.map(|ty| types::resolve(ty, dialect));
    match (value, ty) {
        (Literal::Boolean(it), _) => Literal::Integer(i64::from(*it)),
        (Literal::Date(text) | Literal::DateTime(text) | Literal::Time(text), Some(Type::Temporal { class, .. })) => {
            Literal::Text(stored_time(class, text))
        }
        (Literal::Date(text) | Literal::DateTime(text) | Literal::Time(text), _) => Literal::Text(text.clone()),
        (Literal::Interval(microseconds), _) => Literal::Text(epoch_plus(*microseconds)),
        (Literal::Decimal(digits), _) => decimal(digits),
        (Literal::Uuid(text), Some(Type::Uuid { .. })) => Literal::Text(text.replace('-', "")),
        (Literal::Uuid(text) | Literal::Json(text), _) => Literal::Text(text.clone()),
        (Literal::Null, Some(Type::Json { none_as_null: false, .. })) => Literal::Text("null".into()),
        (Literal::Integer(number), Some(Type::Numeric { .. })) => Literal::Float(*number as f64),
        (other, _) => other.clone(),
    }
}

fn decimal(digits: &str) -> Literal {
    digits.parse().map_or_else(|_| Literal::Text(digits.into()), Literal::Float)
}

/// SQLAlchemy's storage format: always with microseconds, never with a zone.
fn stored_time(class: &str, text: &str) -> String {
    let (date, time) = match text.split_once([' ', 'T']) {
        Some((date, time)) => (date, time),
        None if text.contains(':') => ("1900-01-01", text),
        None => (text, "00:00:00"),
    };
    match class.to_ascii_uppercase().as_str() {
        "DATE" => date.to_string(),
        "TIME" => with_microseconds(time),
        _ => format!("{date} {}", with_microseconds(time)),
    }
}

fn with_microseconds(time: &str) -> String {
    let time = time.split(['+', '-', 'Z']).next().unwrap_or(time);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
    let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock.to_string() };
    format!("{clock}.{fraction:0<6.6}")
}

/// An interval as SQLAlchemy stores it where there is no type for one: the epoch plus the interval.
fn epoch_plus(microseconds: i64) -> String {
    let (days, rest) = (microseconds.div_euclid(86_400_000_000), microseconds.rem_euclid(86_400_000_000));
    let (year, month, day) = civil(days);
    let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{fraction:06}")
}

/// The date so many days after 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * part + 2) / 5 + 1, if part < 10 { part + 3 } else { part - 9 });
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
