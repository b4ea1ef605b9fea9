//! Values that go to the server beside the text, with the types that psycopg2's literals would have.

use super::{Answer, failure, written};
use crate::schema::Literal;
use bytes::{BufMut, BytesMut};
use postgres_protocol::IsNull;
use postgres_protocol::message::frontend;
use std::fmt::Write;

/// The server finds the type, as of a quoted literal.
const UNKNOWN: u32 = 0;

/// The messages for a statement with parameters: parse, bind, describe, execute.
pub(super) fn bound(sql: &str, parameters: &[Literal]) -> Answer<BytesMut> {
    let mut request = BytesMut::new();
    written(frontend::parse("", sql, parameters.iter().map(oid), &mut request))?;
    let values = parameters.iter();
    let serialised = frontend::bind("", "", [], values, write, [], &mut request);
    serialised.map_err(|_| failure::refused("a parameter is too large"))?;
    written(frontend::describe(b'P', "", &mut request))?;
    written(frontend::execute("", 0, &mut request))?;
    frontend::sync(&mut request);
    Ok(request)
}

/// What the server is told of a value's type: numbers and dates have one, text is what it is compared with.
fn oid(value: &Literal) -> u32 {
    match value {
        Literal::Boolean(_) => 16,
        Literal::Integer(number) if i32::try_from(*number).is_ok() => 23,
        Literal::Integer(_) => 20,
        Literal::Float(_) => 701,
        Literal::Decimal(_) => 1700,
        Literal::Bytes(_) => 17,
        Literal::Date(_) => 1082,
        Literal::Interval(_) => 1186,
        Literal::Uuid(_) => 2950,
        Literal::Null
        | Literal::Text(_)
        | Literal::Time(_)
        | Literal::DateTime(_)
        | Literal::Json(_)
        | Literal::List(_) => UNKNOWN,
    }
}

type Written = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

fn write(value: &Literal, out: &mut BytesMut) -> Written {
    match text(value) {
        Some(text) => out.put_slice(text.as_bytes()),
        None => return Ok(IsNull::Yes),
    }
    Ok(IsNull::No)
}

/// The value in the server's text form; `None` is NULL.
fn text(value: &Literal) -> Option<String> {
    Some(match value {
        Literal::Null => return None,
        Literal::Boolean(truth) => if *truth { "t" } else { "f" }.into(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) if number.is_infinite() => if *number > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        Literal::Float(number) => number.to_string(),
        Literal::Bytes(bytes) => bytes.iter().fold(String::from("\\x"), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes all");
            hex
        }),
        Literal::Interval(micros) => format!("{micros} microseconds"),
        Literal::List(items) => array(items),
        Literal::Text(text)
        | Literal::Decimal(text)
        | Literal::Date(text)
        | Literal::Time(text)
        | Literal::DateTime(text)
        | Literal::Uuid(text)
        | Literal::Json(text) => text.clone(),
    })
}

/// `{1,NULL,"a \"b\""}`
fn array(items: &[Literal]) -> String {
    let items = items.iter().map(|item| match item {
        Literal::List(items) => array(items),
        item => match text(item) {
            Some(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            None => "NULL".into(),
        },
    });
    format!("{{{}}}", items.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::schema::Literal;

    #[test]
    fn values_are_written_as_the_server_reads_them() {
        let check = |value: Literal, expected: Option<&str>| assert_eq!(text(&value).as_deref(), expected, "{value:?}");
        check(Literal::Null, None);
        check(Literal::Boolean(true), Some("t"));
        check(Literal::Bytes(vec![0, 255]), Some("\\x00ff"));
        check(Literal::Interval(1_500_000), Some("1500000 microseconds"));
        let list = Literal::List(vec![Literal::Integer(1), Literal::Null, Literal::Text("a \"b\"".into())]);
        check(list, Some(r#"{"1",NULL,"a \"b\""}"#));
    }
}
