//! What "the same" means on PostgreSQL: Alembic's `PostgresqlImpl`.

use super::ddl::index_expression;
use super::reflect::OWNED_SEQUENCE;
use crate::dialect::{
    Dialect,
    compare::{self, Comparison, Verdict},
    ddl::options,
};
use crate::error::Result;
use crate::schema::{self, Column, Constraint, Expr, Index, Literal, ServerDefault, Table, Type};

/// Equal texts are the same; otherwise only the server can tell.
pub(super) fn defaults_differ(dialect: &dyn Dialect, inspected: &Column, metadata: &Column) -> Result<Verdict> {
    let old = compare::rendered_default(dialect, inspected)?.map(|it| without_regclass(&it));
    let new = compare::rendered_default(dialect, metadata)?;
    Ok(match (old, new) {
        (old, new) if old == new => Verdict::Same,
        (Some(old), Some(new)) => {
            Verdict::Ask(format!("SELECT {old} = {} AS anon_1", comparable(inspected, metadata, new)))
        }
        _ => Verdict::Differs,
    })
}

fn without_regclass(text: &str) -> String {
    if text.starts_with("nextval('") { text.replace("::regclass", "") } else { text.to_string() }
}

/// A string default is a literal, in quotes unless the column is a number.
fn comparable(inspected: &Column, metadata: &Column, text: String) -> String {
    match &metadata.server_default {
        Some(ServerDefault::Literal(text)) if !matches!(inspected.ty, Type::Numeric { .. }) => {
            let text = text.strip_prefix('\'').unwrap_or(text);
            format!("'{}'", text.strip_suffix('\'').unwrap_or(text))
        }
        _ => text,
    }
}

/// Indexes: their flag, their expressions as PostgreSQL would show them, NULLS NOT DISTINCT.
pub(super) fn indexes(dialect: &dyn Dialect, inspected: &Index, metadata: &Index) -> Result<Comparison> {
    let mut messages: Vec<String> = compare::unique_flags(inspected, metadata).into_iter().collect();
    let (old, new) = (&inspected.expressions, &metadata.expressions);
    if old.len() != new.len() {
        messages.push(format!("expression number {} to {}", old.len(), new.len()));
    }
    if !messages.is_empty() {
        return Ok(Comparison::Different(messages));
    }
    let mut skipped = Vec::new();
    for (position, (old, new)) in old.iter().zip(new).enumerate() {
        let (old, new) = (index_expression(dialect, old)?, index_expression(dialect, new)?);
        if cleaned(&old) == cleaned(&new) {
            continue;
        }
        if new.trim().ends_with("_ops") && new.contains([' ', ')']) {
            skipped.push(format!("expression #{} '{new}' detected as including operator clause.", position + 1));
        } else {
            messages.push(format!("expression #{} '{old}' to '{new}'", position + 1));
        }
    }
    if let Some(message) = nulls_message(&inspected.options, &metadata.options) {
        messages.push(format!("options {message}"));
    }
    Ok(match (messages.is_empty(), skipped.is_empty()) {
        (false, _) => Comparison::Different(messages),
        (true, false) => Comparison::Skip(skipped),
        (true, true) => Comparison::Equal,
    })
}

fn nulls_message(old: &schema::table::Options, new: &schema::table::Options) -> Option<String> {
    let flag = |all| options::flag(all, "postgresql_nulls_not_distinct");
    let shown = |flag| if flag { "('nulls_not_distinct',)" } else { "()" };
    let (old, new) = (flag(old), flag(new));
    (old != new).then(|| format!("{} to {}", shown(old), shown(new)))
}

/// An expression without what PostgreSQL adds or leaves out: quotes, casts, outer parentheses, default directions.
fn cleaned(text: &str) -> String {
    let text = without_casts(&text.to_lowercase().replace(['"', '\''], ""));
    let mut text = unwrapped(&text).to_string();
    for (ending, kept) in [
        (" asc nulls last", ""),
        (" nulls last", ""),
        (" asc", ""),
        (" asc nulls first", " nulls first"),
        (" desc nulls first", " desc"),
    ] {
        let is_desc = ending == " nulls last" && text.ends_with(" desc nulls last");
        if let (Some(stem), false) = (text.strip_suffix(ending), is_desc) {
            text = format!("{stem}{kept}");
            break;
        }
    }
    unwrapped(&text).replace(' ', "")
}

fn unwrapped(text: &str) -> &str {
    let mut text = text;
    while let Some(inner) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        text = inner;
    }
    text
}

/// Takes away `::type` with its arguments.
fn without_casts(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("::") {
        result.push_str(&rest[..at]);
        rest = after_type(rest[at + 2..].trim_start());
    }
    result + rest
}

fn after_type(text: &str) -> &str {
    let mut rest = text.trim_start_matches(|it: char| it.is_alphanumeric() || it == '_' || it == '.');
    for words in [" varying", " precision"] {
        rest = rest.strip_prefix(words).unwrap_or(rest);
    }
    if rest.trim_start().starts_with('(') && rest.trim_start()[1..].starts_with(|it: char| it.is_ascii_digit()) {
        rest = rest.split_once(')').map_or(rest, |(_, after)| after);
    }
    for words in [" with time zone", " without time zone"] {
        rest = rest.strip_prefix(words).unwrap_or(rest);
    }
    while let Some(after) = rest.strip_prefix("[]") {
        rest = after;
    }
    rest
}

/// Unique constraints: their columns, and NULLS NOT DISTINCT.
pub(super) fn uniques(inspected: &Constraint, metadata: &Constraint) -> Comparison {
    match (compare::uniques(inspected, metadata), nulls_message(&inspected.options, &metadata.options)) {
        (Comparison::Equal, Some(message)) => Comparison::Different(vec![format!("expression {message}")]),
        (other, _) => other,
    }
}

/// The indexes that PostgreSQL made for constraints are the constraints' own; what there is to say of the columns.
pub(super) fn correct_reflected(table: &mut Table) -> Vec<String> {
    table.indexes.retain(|index| !index.info.contains_key("duplicates_constraint"));
    let name = &table.name.name;
    table.columns.iter_mut().filter_map(|column| without_serial(name, column)).collect()
}

/// An integer that counts with a sequence of its own is a SERIAL: its default goes without saying.
fn without_serial(table: &str, column: &mut Column) -> Option<String> {
    let is_integer = matches!(&column.ty, Type::Integer { class } if class != "SMALLINT");
    let Some(ServerDefault::Expression(Expr::Text(default))) = &column.server_default else { return None };
    let counted = default.strip_prefix("nextval('")?.strip_suffix("'::regclass)")?;
    let Literal::Text(owned) = column.info.get(OWNED_SEQUENCE)? else { return None };
    let is_own = counted.replace('"', "").rsplit('.').next() == Some(owned);
    if !is_integer || !is_own {
        return None;
    }
    let remark = format!(
        "Detected sequence named '{owned}' as owned by integer column '{table}({})', assuming SERIAL and omitting",
        column.name
    );
    column.server_default = None;
    Some(remark)
}
