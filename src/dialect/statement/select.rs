//! SELECT, its joins, and compounds of SELECTs.

use super::{Writer, with, write as write_statement};
use crate::dialect::expression::{
    self,
    precedence::{self, Against},
};
use crate::error::Result;
use crate::schema::{
    Expr, Literal, Statement,
    statement::{From, Select},
};
use std::collections::BTreeSet;

/// Writes a SELECT.
pub(super) fn write(select: &Select, out: &mut Writer<'_>) -> Result<()> {
    with(&select.with, out)?;
    out.push(if select.distinct { "SELECT DISTINCT " } else { "SELECT " });
    let mut seen = BTreeSet::new();
    out.joined(&select.columns, ", ", |out, column| selected(column, &mut seen, out))?;
    if !select.from.is_empty() {
        out.push(" \nFROM ");
        out.joined(&select.from, ", ", |out, from| source(from, out))?;
    }
    conditions(" \nWHERE ", &select.conditions, out)?;
    clause(" GROUP BY ", &select.group_by, out)?;
    conditions(" \nHAVING ", &select.having, out)?;
    clause(" ORDER BY ", &select.order_by, out)?;
    limit(select.limit.as_ref(), select.offset.as_ref(), out)?;
    if select.for_update && out.dialect.features().for_update {
        out.push(" FOR UPDATE");
    }
    Ok(())
}

/// Writes UNION and its kin.
pub(super) fn compound(statement: &Statement, out: &mut Writer<'_>) -> Result<()> {
    let Statement::Compound { operator, parts, order_by, limit: most, offset } = statement else {
        return write_statement(statement, out);
    };
    out.joined(parts, &format!(" {operator} "), |out, part| {
        if needs_parentheses(part) {
            expression::parenthesised(out, |out| write_statement(part, out))
        } else {
            write_statement(part, out)
        }
    })?;
    clause(" ORDER BY ", order_by, out)?;
    limit(most.as_ref(), offset.as_ref(), out)
}

fn needs_parentheses(part: &Statement) -> bool {
    match part {
        Statement::Select(it) => !it.order_by.is_empty() || it.limit.is_some() || it.offset.is_some(),
        Statement::Compound { .. } => true,
        _ => false,
    }
}

/// Writes conditions after their word, joined by AND.
pub(super) fn conditions(word: &str, conditions: &[Expr], out: &mut Writer<'_>) -> Result<()> {
    match conditions {
        [] => Ok(()),
        [one] => {
            out.push(word);
            expression::condition(one, Against::condition(), out)
        }
        several => {
            out.push(word);
            out.joined(several, " AND ", |out, part| expression::condition(part, Against::junction(true), out))
        }
    }
}

fn clause(word: &str, expressions: &[Expr], out: &mut Writer<'_>) -> Result<()> {
    if expressions.is_empty() {
        return Ok(());
    }
    out.push(word);
    out.joined(expressions, ", ", |out, it| match it {
        Expr::Label { name, .. } => {
            out.name(name);
            Ok(())
        }
        Expr::Suffix { operand, operator } if matches!(**operand, Expr::Label { .. }) => {
            let Expr::Label { name, .. } = &**operand else { return Ok(()) };
            out.name(name);
            out.push(&format!(" {operator}"));
            Ok(())
        }
        _ => out.expression(it),
    })
}

fn limit(limit: Option<&Expr>, offset: Option<&Expr>, out: &mut Writer<'_>) -> Result<()> {
    let features = out.dialect.features();
    if let Some(limit) = limit {
        out.push(features.limit);
        out.expression(limit)?;
    } else if offset.is_some() {
        out.push(features.limit_before_offset);
    }
    let nothing = Expr::Literal { value: Literal::Integer(0), ty: None };
    let implied = (limit.is_some() && features.limit_with_offset).then_some(&nothing);
    if let Some(offset) = offset.or(implied) {
        out.push(" OFFSET ");
        out.expression(offset)?;
    }
    Ok(())
}

/// Writes what is selected, with the label that SQLAlchemy gives it; the label takes its number before what is inside.
pub(super) fn selected(column: &Expr, seen: &mut BTreeSet<String>, out: &mut Writer<'_>) -> Result<()> {
    let label = label(column, seen, out);
    label.iter().for_each(|label| out.labelled(label));
    out.expression(column)?;
    if let Some(label) = &label {
        out.push(" AS ");
        out.name(label);
    }
    let name = label.unwrap_or_else(|| plain_name(column));
    out.result_column(name, precedence::type_of(column));
    Ok(())
}

fn label(column: &Expr, seen: &mut BTreeSet<String>, out: &mut Writer<'_>) -> Option<String> {
    match column {
        Expr::Column { name, .. } if seen.insert(name.clone()) => None,
        Expr::Column { name, .. } => Some(out.anonymous(name)),
        Expr::Label { name, .. } => Some(name.clone()),
        Expr::Text(_) | Expr::LiteralColumn(_) | Expr::Star(_) => None,
        Expr::Prefix { operator, .. } if matches!(operator.as_str(), "-" | "~" | "DISTINCT") => None,
        Expr::Function { name, over: None, filter: None, .. } => {
            Some(out.anonymous(name.rsplit('.').next().unwrap_or(name)))
        }
        Expr::Cast { operand, .. } => Some(cast_label(operand, seen, out)),
        _ => Some(out.anonymous("anon")),
    }
}

/// A cast column keeps its column's name.
fn cast_label(operand: &Expr, seen: &mut BTreeSet<String>, out: &mut Writer<'_>) -> String {
    match operand {
        Expr::Column { name, .. } if seen.insert(name.clone()) => name.clone(),
        Expr::Column { name, .. } => out.anonymous(name),
        _ => out.anonymous("anon"),
    }
}

fn plain_name(column: &Expr) -> String {
    match column {
        Expr::Column { name, .. } => name.clone(),
        Expr::Text(text) | Expr::LiteralColumn(text) => text.clone(),
        _ => "*".into(),
    }
}

/// The columns of a recursive CTE after its name: `x(n, m)`.
pub(super) fn column_list(statement: &Statement, out: &mut Writer<'_>) {
    let first = match statement {
        Statement::Compound { parts, .. } => parts.first().unwrap_or(statement),
        _ => statement,
    };
    if let Statement::Select(select) = first {
        let names: Vec<String> = select.columns.iter().map(label_name).collect();
        out.push("(");
        for (index, name) in names.iter().enumerate() {
            if index > 0 {
                out.push(", ");
            }
            out.name(name);
        }
        out.push(")");
    }
}

fn label_name(column: &Expr) -> String {
    match column {
        Expr::Label { name, .. } | Expr::Column { name, .. } => name.clone(),
        Expr::Cast { operand, .. } => label_name(operand),
        Expr::Function { name, .. } => format!("{name}_1"),
        Expr::LiteralColumn(text) => text.clone(),
        _ => "anon_1".into(),
    }
}

/// Writes one source of rows.
pub(super) fn source(from: &From, out: &mut Writer<'_>) -> Result<()> {
    match from {
        From::Table { name, alias } => {
            out.table(name);
            aliased(alias.as_deref(), out);
        }
        From::Subquery { statement, alias, lateral } => {
            out.push(if *lateral { "LATERAL " } else { "" });
            expression::parenthesised(out, |out| write_statement(statement, out))?;
            aliased(alias.as_deref(), out);
        }
        From::Join { left, right, on, outer, full } => {
            source(left, out)?;
            out.push(join_word(*outer, *full));
            joined(right, out)?;
            if let Some(on) = on {
                out.push(" ON ");
                expression::condition(on, Against::condition(), out)?;
            }
        }
        From::Text(sql) => out.push(sql),
        From::Function { call, alias } => {
            out.expression(call)?;
            aliased(alias.as_deref(), out);
        }
    }
    Ok(())
}

fn join_word(outer: bool, full: bool) -> &'static str {
    match (outer, full) {
        (_, true) => " FULL OUTER JOIN ",
        (true, false) => " LEFT OUTER JOIN ",
        (false, false) => " JOIN ",
    }
}

fn joined(right: &From, out: &mut Writer<'_>) -> Result<()> {
    if matches!(right, From::Join { .. }) {
        expression::parenthesised(out, |out| source(right, out))
    } else {
        source(right, out)
    }
}

fn aliased(alias: Option<&str>, out: &mut Writer<'_>) {
    if let Some(alias) = alias {
        out.push(" AS ");
        out.name(alias);
    }
}
