//! Expressions to SQL, as most databases have them.
//!
//! Parentheses stand where SQLAlchemy's `self_group` puts them; [`precedence`] holds its table.

mod function;
pub mod precedence;

use super::statement::{self, Mode, Writer};
use crate::error::Result;
use crate::schema::{
    Expr, Literal, TableName, Type,
    expression::{Constant, Operator},
};
use precedence::Against;

/// Writes an expression the way SQLAlchemy's `SQLCompiler` does.
pub fn write(expression: &Expr, out: &mut Writer<'_>) -> Result<()> {
    match expression {
        Expr::Text(sql) => text(sql, out),
        Expr::Literal { value, ty } => literal("param", value, ty.as_deref(), out),
        Expr::Parameter { name, ty, expanding } => parameter(name, ty.as_deref(), *expanding, out),
        Expr::Column { table, name, .. } => column(table.as_ref(), name, out),
        Expr::LiteralColumn(sql) => {
            out.push(sql);
            done(())
        }
        Expr::Constant(constant) => {
            constant_word(*constant, out);
            done(())
        }
        Expr::Star(table) => {
            star(table.as_ref(), out);
            done(())
        }
        Expr::Prefix { operator, operand } => prefix(operator, operand, out),
        Expr::Suffix { operand, operator } => suffix(operand, operator, out),
        Expr::Binary { left, operator, right, escape } => binary(left, operator, right, escape.as_deref(), out),
        Expr::Junction { and, parts } => junction(*and, parts, out),
        Expr::Between { operand, low, high, negated } => between(operand, (low, high), *negated, out),
        Expr::Function { name, arguments, filter, over, .. } => {
            function::write(name, arguments, out)?;
            function::aggregate(filter.as_deref(), over.as_deref(), out)
        }
        Expr::Cast { operand, ty } => cast(operand, ty, out),
        Expr::Extract { field, operand } => extract(field, operand, out),
        Expr::Case { value, whens, otherwise } => case(value.as_deref(), whens, otherwise.as_deref(), out),
        Expr::Collate { operand, collation } => collate(operand, collation, out),
        Expr::List(items) => parenthesised(out, |out| out.expressions(items)),
        Expr::Subquery(inner) => parenthesised(out, |out| statement::write(inner, out)),
        Expr::Label { operand, .. } => out.expression(operand),
        Expr::Group(inner) => parenthesised(out, |out| out.expression(inner)),
    }
}

fn done((): ()) -> Result<()> {
    Ok(())
}

/// Writes something in parentheses.
pub fn parenthesised(out: &mut Writer<'_>, inner: impl FnOnce(&mut Writer<'_>) -> Result<()>) -> Result<()> {
    out.push("(");
    inner(out)?;
    out.push(")");
    Ok(())
}

/// Writes an operand, in parentheses where the operator around it binds tighter.
pub fn operand(expression: &Expr, against: Against<'_>, out: &mut Writer<'_>) -> Result<()> {
    if precedence::needs_parentheses(expression, against) {
        parenthesised(out, |out| out.expression(expression))
    } else {
        out.expression(expression)
    }
}

/// Writes `text("…")`: `:name` stands for a parameter that was given, `\:` for a colon.
pub fn text(sql: &str, out: &mut Writer<'_>) -> Result<()> {
    for piece in statement::text::pieces(sql) {
        match piece {
            statement::text::Piece::Sql(sql) => out.push(&sql),
            statement::text::Piece::Parameter(name) if out.mode == Mode::Literal && out.value(name).is_none() => {
                out.push("NULL");
            }
            statement::text::Piece::Parameter(name) => out.parameter(name, None, None)?,
        }
    }
    Ok(())
}

/// Writes a value; `base` is what the name of its parameter is made of.
pub fn literal(base: &str, value: &Literal, ty: Option<&Type>, out: &mut Writer<'_>) -> Result<()> {
    match value {
        Literal::Null => {
            out.push("NULL");
            done(())
        }
        value => out.literal(base, value, ty),
    }
}

fn parameter(name: &str, ty: Option<&Type>, expanding: bool, out: &mut Writer<'_>) -> Result<()> {
    if !expanding {
        return out.parameter(name, None, ty);
    }
    match out.value(name) {
        Some(Literal::List(values)) if out.mode != Mode::Print => {
            parenthesised(out, |out| out.values(name, values, ty))
        }
        _ => {
            out.push(&format!("(__[POSTCOMPILE_{name}])"));
            done(())
        }
    }
}

fn column(table: Option<&TableName>, name: &str, out: &mut Writer<'_>) -> Result<()> {
    if let (Some(table), true) = (table, out.with_tables) {
        out.table(table);
        out.push(".");
    }
    out.name(name);
    Ok(())
}

/// NULL, true, false in the dialect's words.
pub fn constant_word(constant: Constant, out: &mut Writer<'_>) {
    let native = out.dialect.features().native_boolean;
    out.push(match (constant, native) {
        (Constant::Null, _) => "NULL",
        (Constant::True, true) => "true",
        (Constant::False, true) => "false",
        (Constant::True, false) => "1",
        (Constant::False, false) => "0",
    });
}

fn star(table: Option<&TableName>, out: &mut Writer<'_>) {
    if let Some(table) = table {
        out.table(table);
        out.push(".");
    }
    out.push("*");
}

fn prefix(operator: &str, inner: &Expr, out: &mut Writer<'_>) -> Result<()> {
    if operator.eq_ignore_ascii_case("not") && precedence::is_plain_boolean(inner) {
        return truth(inner, false, out);
    }
    out.push(operator);
    if operator.chars().all(char::is_alphabetic) {
        out.push(" ");
    }
    operand(inner, Against::prefix(operator), out)
}

fn suffix(inner: &Expr, operator: &str, out: &mut Writer<'_>) -> Result<()> {
    operand(inner, Against::suffix(operator), out)?;
    out.push(" ");
    out.push(operator);
    Ok(())
}

/// A condition: a column that is a truth value is compared where the database has no truth values.
pub fn condition(expression: &Expr, against: Against<'_>, out: &mut Writer<'_>) -> Result<()> {
    if precedence::is_plain_boolean(expression) {
        truth(expression, true, out)
    } else {
        operand(expression, against, out)
    }
}

fn truth(expression: &Expr, wanted: bool, out: &mut Writer<'_>) -> Result<()> {
    match (out.dialect.features().native_boolean, wanted) {
        (true, true) => out.expression(expression),
        (true, false) => {
            out.push("NOT ");
            out.expression(expression)
        }
        (false, wanted) => {
            out.expression(expression)?;
            out.push(if wanted { " = 1" } else { " = 0" });
            Ok(())
        }
    }
}

fn binary(left: &Expr, operator: &Operator, right: &Expr, escape: Option<&str>, out: &mut Writer<'_>) -> Result<()> {
    match operator {
        Operator::In | Operator::NotIn => membership(left, operator, right, out),
        Operator::Ilike | Operator::NotIlike if !out.dialect.features().ilike => {
            insensitive(left, *operator == Operator::NotIlike, right, escape, out)
        }
        Operator::Div => divide(left, right, out),
        _ if precedence::is_pattern(operator, right) => {
            operand(left, Against::binary(operator), out)?;
            out.push(&format!(" {} ", spelling(operator, out)));
            pattern(right, left, out)?;
            escaped(escape, out)
        }
        _ => {
            infix(left, operator, spelling(operator, out), right, out)?;
            escaped(escape, out)
        }
    }
}

/// The right side of `contains()`: `'%' || :name_1 || '%'`, its parameter named after the left side.
fn pattern(right: &Expr, left: &Expr, out: &mut Writer<'_>) -> Result<()> {
    match right {
        Expr::Binary { left: first, operator: Operator::Concat, right: second, .. } => {
            pattern(first, left, out)?;
            out.push(" || ");
            pattern(second, left, out)
        }
        _ => compared(right, left, Against::binary(&Operator::Concat), out),
    }
}

/// `/` divides truly in SQLAlchemy; of two integers most databases would keep the whole part.
fn divide(left: &Expr, right: &Expr, out: &mut Writer<'_>) -> Result<()> {
    let against = Against::binary(&Operator::Div);
    let ty = match precedence::type_of(right) {
        Some(ty @ Type::Numeric { .. }) => out.dialect.type_sql(ty)?,
        _ => "NUMERIC".into(),
    };
    compared(left, right, against, out)?;
    out.push(" / CAST(");
    compared(right, left, Against::nothing(), out)?;
    out.push(&format!(" AS {ty})"));
    Ok(())
}

/// Writes `left operator right` with that spelling of the operator.
pub fn infix(left: &Expr, operator: &Operator, spelling: String, right: &Expr, out: &mut Writer<'_>) -> Result<()> {
    let against = Against::binary(operator);
    compared(left, right, against, out)?;
    out.push(" ");
    out.push(&spelling);
    out.push(" ");
    compared(right, left, against, out)
}

/// An operand whose parameter, if it is a value, is named after the other operand.
pub fn compared(this: &Expr, other: &Expr, against: Against<'_>, out: &mut Writer<'_>) -> Result<()> {
    match this {
        Expr::Literal { value, ty } => {
            let ty = ty.as_deref().or_else(|| precedence::type_of(other));
            literal(parameter_base(other), value, ty, out)
        }
        _ => operand(this, against, out),
    }
}

/// What the name of a parameter is made of that is compared with this expression.
fn parameter_base(other: &Expr) -> &str {
    match other {
        Expr::Column { name, .. } => name,
        Expr::Function { name, .. } => name.rsplit('.').next().unwrap_or(name),
        Expr::Label { name, .. } => name,
        _ => "param",
    }
}

fn spelling(operator: &Operator, out: &Writer<'_>) -> String {
    let distinct = out.dialect.features().is_distinct_from;
    match operator {
        Operator::Eq => "=",
        Operator::Ne => "!=",
        Operator::Lt => "<",
        Operator::Le => "<=",
        Operator::Gt => ">",
        Operator::Ge => ">=",
        Operator::Add => "+",
        Operator::Sub => "-",
        Operator::Mul => "*",
        Operator::Div | Operator::FloorDiv => "/",
        Operator::Mod => "%",
        Operator::Concat => "||",
        Operator::Is => "IS",
        Operator::IsNot => "IS NOT",
        Operator::In => "IN",
        Operator::NotIn => "NOT IN",
        Operator::Like => "LIKE",
        Operator::NotLike => "NOT LIKE",
        Operator::Ilike => "ILIKE",
        Operator::NotIlike => "NOT ILIKE",
        Operator::Regexp => "<regexp>",
        Operator::IsDistinctFrom if distinct => "IS DISTINCT FROM",
        Operator::IsDistinctFrom => "IS NOT",
        Operator::IsNotDistinctFrom if distinct => "IS NOT DISTINCT FROM",
        Operator::IsNotDistinctFrom => "IS",
        Operator::JsonIndex => "->",
        Operator::JsonPath => "#>",
        Operator::Custom(text) => text,
    }
    .to_string()
}

fn escaped(escape: Option<&str>, out: &mut Writer<'_>) -> Result<()> {
    if let Some(escape) = escape {
        out.push(" ESCAPE ");
        out.push(&super::literal::quoted(escape));
    }
    Ok(())
}

fn insensitive(left: &Expr, negated: bool, right: &Expr, escape: Option<&str>, out: &mut Writer<'_>) -> Result<()> {
    let against = Against::binary(&Operator::Like);
    out.push("lower(");
    compared(left, right, against, out)?;
    out.push(if negated { ") NOT LIKE lower(" } else { ") LIKE lower(" });
    compared(right, left, against, out)?;
    out.push(")");
    escaped(escape, out)
}

fn membership(left: &Expr, operator: &Operator, right: &Expr, out: &mut Writer<'_>) -> Result<()> {
    let negated = *operator == Operator::NotIn;
    // SQLAlchemy always does, for the sake of the empty list.
    if negated {
        out.push("(");
    }
    operand(left, Against::binary(operator), out)?;
    out.push(if negated { " NOT IN " } else { " IN " });
    match right {
        Expr::List(items) if items.is_empty() && out.mode != Mode::Print => out.push(&empty_set(negated, out)),
        Expr::List(items) => list(items, left, out)?,
        Expr::Text(_) | Expr::Group(_) => operand(right, Against::binary(operator), out)?,
        _ => out.expression(right)?,
    }
    if negated {
        out.push(")");
    }
    Ok(())
}

fn empty_set(negated: bool, out: &Writer<'_>) -> String {
    match (out.dialect.features().empty_set, negated) {
        (Some(query), _) => format!("({query})"),
        (None, true) => "(NULL) OR (1 = 1)".into(),
        (None, false) => "(NULL) AND (1 != 1)".into(),
    }
}

/// The list of an IN: values become one parameter that expands, anything else is written out.
fn list(items: &[Expr], left: &Expr, out: &mut Writer<'_>) -> Result<()> {
    let values: Option<Vec<Literal>> = items.iter().map(plain_value).collect();
    let first = items.iter().find_map(precedence::type_of);
    let tuples = items.iter().any(|item| matches!(item, Expr::List(_)));
    let rows = tuples && out.dialect.features().tuple_in_values && out.mode != Mode::Print;
    parenthesised(out, |out| match values {
        Some(values) if rows => {
            out.push("VALUES ");
            out.values(parameter_base(left), &values, None)
        }
        Some(values) => out.values(parameter_base(left), &values, precedence::type_of(left).or(first)),
        None => out.expressions(items),
    })
}

fn plain_value(expression: &Expr) -> Option<Literal> {
    match expression {
        Expr::Literal { value, .. } => Some(value.clone()),
        Expr::List(items) => Some(Literal::List(items.iter().map(plain_value).collect::<Option<_>>()?)),
        _ => None,
    }
}

fn junction(and: bool, parts: &[Expr], out: &mut Writer<'_>) -> Result<()> {
    let word = if and { " AND " } else { " OR " };
    out.joined(parts, word, |out, part| condition(part, Against::junction(and), out))
}

fn between(value: &Expr, (low, high): (&Expr, &Expr), negated: bool, out: &mut Writer<'_>) -> Result<()> {
    operand(value, Against::between(), out)?;
    out.push(if negated { " NOT BETWEEN " } else { " BETWEEN " });
    compared(low, value, Against::junction(true), out)?;
    out.push(" AND ");
    compared(high, value, Against::junction(true), out)
}

fn cast(inner: &Expr, ty: &Type, out: &mut Writer<'_>) -> Result<()> {
    let sql = out.dialect.type_sql(ty)?;
    out.push("CAST(");
    match inner {
        Expr::Literal { value, .. } => literal("param", value, Some(ty), out)?,
        _ => operand(inner, Against::nothing(), out)?,
    }
    out.push(&format!(" AS {sql})"));
    Ok(())
}

fn extract(field: &str, inner: &Expr, out: &mut Writer<'_>) -> Result<()> {
    out.push(&format!("EXTRACT({field} FROM "));
    out.expression(inner)?;
    out.push(")");
    Ok(())
}

fn case(value: Option<&Expr>, whens: &[(Expr, Expr)], otherwise: Option<&Expr>, out: &mut Writer<'_>) -> Result<()> {
    out.push("CASE");
    if let Some(value) = value {
        out.push(" ");
        out.expression(value)?;
    }
    for (when, then) in whens {
        out.push(" WHEN ");
        operand(when, Against::anything(), out)?;
        out.push(" THEN ");
        out.expression(then)?;
    }
    if let Some(otherwise) = otherwise {
        out.push(" ELSE ");
        out.expression(otherwise)?;
    }
    out.push(" END");
    Ok(())
}

fn collate(inner: &Expr, collation: &str, out: &mut Writer<'_>) -> Result<()> {
    operand(inner, Against::collate(), out)?;
    out.push(" COLLATE ");
    out.name(collation);
    Ok(())
}

/// An argument; a value's parameter is named after `base`.
pub fn literal_or(base: &str, argument: &Expr, out: &mut Writer<'_>) -> Result<()> {
    match argument {
        Expr::Literal { value, ty } => literal(base, value, ty.as_deref(), out),
        _ => operand(argument, Against::comma(), out),
    }
}
