//! Calls of functions, with FILTER and OVER.

use super::precedence::Against;
use super::{condition, literal, operand, parenthesised};
use crate::dialect::statement::Writer;
use crate::error::Result;
use crate::schema::{Expr, expression::Over};

/// `name(arguments)`.
pub(super) fn write(name: &str, arguments: &[Expr], out: &mut Writer<'_>) -> Result<()> {
    if let (Some(word), true) = (ansi_function(name), arguments.is_empty()) {
        out.push(word);
        return Ok(());
    }
    function_name(name, out);
    if name.eq_ignore_ascii_case("count") && arguments.is_empty() {
        out.push("(*)");
        return Ok(());
    }
    let base = name.rsplit('.').next().unwrap_or(name);
    parenthesised(out, |out| {
        out.joined(arguments, ", ", |out, argument| match argument {
            Expr::Literal { value, ty } => literal(base, value, ty.as_deref(), out),
            _ => operand(argument, Against::comma(), out),
        })
    })
}

/// Functions that SQL writes without parentheses.
fn ansi_function(name: &str) -> Option<&'static str> {
    Some(match name {
        "current_date" => "CURRENT_DATE",
        "current_time" => "CURRENT_TIME",
        "current_timestamp" => "CURRENT_TIMESTAMP",
        "current_user" => "CURRENT_USER",
        "localtime" => "LOCALTIME",
        "localtimestamp" => "LOCALTIMESTAMP",
        "session_user" => "SESSION_USER",
        "sysdate" => "sysdate",
        "user" => "USER",
        _ => return None,
    })
}

fn function_name(name: &str, out: &mut Writer<'_>) {
    for (index, part) in name.split('.').enumerate() {
        if index > 0 {
            out.push(".");
        }
        if crate::dialect::identifier::has_illegal_characters(part) {
            let quoted = crate::dialect::identifier::quoted(out.dialect.features(), part);
            out.push(&quoted);
        } else {
            out.push(part);
        }
    }
}

/// What follows a call: which rows it takes, over which window.
pub(super) fn aggregate(filter: Option<&Expr>, over: Option<&Over>, out: &mut Writer<'_>) -> Result<()> {
    if let Some(filter) = filter {
        out.push(" FILTER (WHERE ");
        condition(filter, Against::nothing(), out)?;
        out.push(")");
    }
    match over {
        Some(over) => window(over, out),
        None => Ok(()),
    }
}

fn window(over: &Over, out: &mut Writer<'_>) -> Result<()> {
    out.push(" OVER (");
    if !over.partition_by.is_empty() {
        out.push("PARTITION BY ");
        out.expressions(&over.partition_by)?;
    }
    if !over.order_by.is_empty() {
        out.push(if over.partition_by.is_empty() { "ORDER BY " } else { " ORDER BY " });
        out.expressions(&over.order_by)?;
    }
    if let Some(frame) = &over.frame {
        out.push(&format!(" {frame}"));
    }
    out.push(")");
    Ok(())
}
