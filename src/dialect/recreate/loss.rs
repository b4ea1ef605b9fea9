//! What Alembic's rebuild loses of a reflected table, because SQLAlchemy's reflection does not see it.

use crate::schema::{
    Constraint, Expr, ServerDefault, Table,
    table::{ConstraintKind, Source},
};

/// Makes a reflected table what SQLAlchemy would have reflected; gives its warnings.
pub(super) fn forget(table: &mut Table) -> Vec<String> {
    for column in &mut table.columns {
        column.collation = None;
        column.options.clear();
        column.info.clear();
    }
    table.options.remove("sqlite_autoincrement");
    table.constraints.iter_mut().for_each(forget_clauses);
    texts(table).for_each(|text| *text = text.replace("\\:", ":"));
    let (kept, skipped): (Vec<_>, Vec<_>) = std::mem::take(&mut table.indexes)
        .into_iter()
        .partition(|it| it.expressions.iter().all(|it| plain(it).is_some()));
    table.indexes = kept;
    for index in &mut table.indexes {
        index.expressions = index.expressions.iter().filter_map(plain).collect();
    }
    let name = |index: &crate::schema::Index| index.name.as_ref().map_or_else(String::new, |name| name.text.clone());
    skipped.iter().map(|it| format!("Skipped unsupported reflection of expression-based index {}", name(it))).collect()
}

/// The expressions that were reflected as text. SQLAlchemy takes `:name` inside them for a parameter, and writes NULL.
fn texts(table: &mut Table) -> impl Iterator<Item = &mut String> {
    let defaults = table.columns.iter_mut().filter_map(|column| match &mut column.server_default {
        Some(ServerDefault::Expression(Expr::Text(text)) | ServerDefault::Computed { sql: text, .. }) => Some(text),
        _ => None,
    });
    let checks = table.constraints.iter_mut().filter_map(|constraint| match &mut constraint.kind {
        ConstraintKind::Check { condition: Expr::Text(text) } => Some(text),
        _ => None,
    });
    let conditions = table.indexes.iter_mut().flat_map(|index| index.options.values_mut());
    let conditions = conditions.filter_map(|option| match option {
        Expr::Text(text) => Some(text),
        _ => None,
    });
    defaults.chain(checks).chain(conditions)
}

/// ON CONFLICT goes; of a foreign key that was written on a column only its ends stay.
fn forget_clauses(constraint: &mut Constraint) {
    constraint.options.clear();
    if let (ConstraintKind::ForeignKey(key), Source::Column) = (&mut constraint.kind, constraint.source) {
        (key.ondelete, key.onupdate, key.match_) = (None, None, None);
        (constraint.deferrable, constraint.initially, constraint.name) = (None, None, None);
    }
}

/// The plain column, without direction or collation.
fn plain(expression: &Expr) -> Option<Expr> {
    match expression {
        Expr::Column { .. } => Some(expression.clone()),
        Expr::Suffix { operand, .. } | Expr::Collate { operand, .. } => plain(operand),
        _ => None,
    }
}
