//! `naming_convention=` of a batch: names for constraints that were reflected without one.

use crate::schema::{Constraint, Name, NamingConvention, Table, table::ConstraintKind};

/// Names what has no name, as far as the convention says how.
pub(super) fn apply(convention: &NamingConvention, table: &mut Table) {
    let name = table.name.name.clone();
    for constraint in table.constraints.iter_mut().filter(|it| it.name.is_none()) {
        if let Some(template) = convention.0.get(prefix(&constraint.kind)) {
            constraint.name = fill(template, &name, constraint).map(Name::conv);
        }
    }
}

fn prefix(kind: &ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::PrimaryKey { .. } => "pk",
        ConstraintKind::Unique { .. } => "uq",
        ConstraintKind::ForeignKey(_) => "fk",
        ConstraintKind::Check { .. } | ConstraintKind::Exclude { .. } => "ck",
    }
}

/// The template with its tokens replaced; `None` where a token has no value, such as the name of a nameless CHECK.
fn fill(template: &str, table: &str, constraint: &Constraint) -> Option<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("%(") {
        let (token, after) = after.split_once(')')?;
        text.push_str(before);
        text.push_str(&value(token, table, constraint)?);
        rest = after.strip_prefix('s').unwrap_or(after);
    }
    Some(text + rest)
}

fn value(token: &str, table: &str, constraint: &Constraint) -> Option<String> {
    let columns = constraint.columns();
    let (referred_table, referred_columns) = match &constraint.kind {
        ConstraintKind::ForeignKey(key) => (key.referred.name.as_str(), key.referred_columns.as_slice()),
        _ => ("", [].as_slice()),
    };
    match token {
        "table_name" => Some(table.to_string()),
        "referred_table_name" => Some(referred_table.to_string()),
        _ => match token.strip_prefix("referred_") {
            Some(token) => column_token(token, referred_table, referred_columns),
            None => column_token(token, table, columns),
        },
    }
}

/// `column_0_name`, `column_0_label`, `column_0N_name` (all, run together), `column_0_N_name` (all, with underscores).
fn column_token(token: &str, table: &str, columns: &[String]) -> Option<String> {
    let rest = token.strip_prefix("column_")?;
    let (which, form) = rest.rsplit_once('_')?;
    let shown = |column: &String| if form == "label" { format!("{table}_{column}") } else { column.clone() };
    match which.strip_suffix('N') {
        Some(start) => {
            let separator = if start.ends_with('_') { "_" } else { "" };
            let all: Vec<String> = columns.iter().map(shown).collect();
            Some(all.join(separator))
        }
        None => columns.get(which.parse::<usize>().ok()?).map(shown),
    }
}
