//! What "the same" means on SQLite: Alembic's `SQLiteImpl`.

use crate::dialect::{
    Dialect,
    compare::{self, Verdict},
};
use crate::error::Result;
use crate::schema::{Column, Expr, Index, ServerDefault};

/// Defaults are compared without the parentheses and quotes around them.
pub(super) fn defaults_differ(dialect: &dyn Dialect, inspected: &Column, metadata: &Column) -> Result<Verdict> {
    let bare = |text: Option<String>| text.map(|text| without_wrapping(&text));
    let inspected = bare(compare::rendered_default(dialect, inspected)?);
    let metadata = bare(compare::rendered_default(dialect, metadata)?);
    Ok(if inspected == metadata { Verdict::Same } else { Verdict::Differs })
}

/// Alembic's two substitutions: `^\((.+)\)$`, then `^"?'(.+)'"?$`.
fn without_wrapping(text: &str) -> String {
    let inner = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')).filter(|it| !it.is_empty());
    let text = inner.unwrap_or(text);
    let opened = text.strip_prefix('"').unwrap_or(text);
    let closed = opened.strip_suffix('"').unwrap_or(opened);
    let quoted = closed.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')).filter(|it| !it.is_empty());
    quoted.unwrap_or(text).to_string()
}

/// Reflected expressions get the parentheses that SQLite wants in DDL.
pub(super) fn correct_reflected(column: &mut Column) {
    if let Some(ServerDefault::Expression(Expr::Text(text))) = &mut column.server_default {
        *text = in_parentheses(std::mem::take(text));
    }
}

/// Alembic's guess whether a default is an expression that wants parentheses.
pub(super) fn in_parentheses(text: String) -> String {
    let digit = text.len() == 1 && text.chars().all(|it| it.is_ascii_digit() || it == '.');
    let wrapped = |left: char, right: char| text.len() > 2 && text.starts_with(left) && text.ends_with(right);
    if text.is_empty() || digit || wrapped('\'', '\'') || wrapped('(', ')') { text } else { format!("({text})") }
}

/// Whether SQLAlchemy's reflection would see this index: all its terms are columns, whatever their collation and
/// direction.
pub(super) fn has_only_columns(index: &Index) -> bool {
    index.expressions.iter().all(is_column)
}

fn is_column(expression: &Expr) -> bool {
    match expression {
        Expr::Column { .. } => true,
        Expr::Suffix { operand, .. } | Expr::Collate { operand, .. } => is_column(operand),
        _ => false,
    }
}
