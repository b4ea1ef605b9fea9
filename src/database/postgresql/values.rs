//! Values that come from the server, by the type that it says.

use crate::schema::Literal;

/// Types with a meaning of their own, by their OIDs (`pg_type.dat`): name, OID, OID of the array.
const TYPES: &[(&str, u32, u32)] = &[
    ("bool", 16, 1000),
    ("bytea", 17, 1001),
    ("int8", 20, 1016),
    ("int2", 21, 1005),
    ("int4", 23, 1007),
    ("text", 25, 1009),
    ("oid", 26, 1028),
    ("name", 19, 1003),
    ("char", 18, 1002),
    ("json", 114, 199),
    ("float4", 700, 1021),
    ("float8", 701, 1022),
    ("bpchar", 1042, 1014),
    ("varchar", 1043, 1015),
    ("date", 1082, 1182),
    ("time", 1083, 1183),
    ("timestamp", 1114, 1115),
    ("timestamptz", 1184, 1185),
    ("interval", 1186, 1187),
    ("timetz", 1266, 1270),
    ("numeric", 1700, 1231),
    ("uuid", 2950, 2951),
    ("jsonb", 3802, 3807),
];

/// The server's name of a type that is known here.
pub(super) fn type_name(oid: u32) -> Option<&'static str> {
    TYPES.iter().find(|(_, known, _)| *known == oid).map(|(name, ..)| *name)
}

/// A value in the server's text form.
pub(super) fn read(text: &str, oid: u32) -> Literal {
    if let Some((_, element, _)) = TYPES.iter().find(|(.., array)| *array == oid) {
        return Array { rest: text.trim_start_matches(|c| c != '{'), element: *element }.list();
    }
    let number = |literal: Option<Literal>| literal.unwrap_or_else(|| Literal::Text(text.into()));
    match type_name(oid) {
        Some("bool") => Literal::Boolean(text == "t"),
        Some("int2" | "int4" | "int8" | "oid") => number(text.parse().ok().map(Literal::Integer)),
        Some("float4" | "float8") => number(text.parse().ok().map(Literal::Float)),
        Some("numeric") => Literal::Decimal(text.into()),
        Some("bytea") => number(bytes(text).map(Literal::Bytes)),
        Some("date") => Literal::Date(text.into()),
        Some("time" | "timetz") => Literal::Time(zoned(text)),
        Some("timestamp" | "timestamptz") => Literal::DateTime(zoned(text)),
        Some("interval") => number(interval(text).map(Literal::Interval)),
        Some("uuid") => Literal::Uuid(text.into()),
        Some("json" | "jsonb") => Literal::Json(text.into()),
        _ => Literal::Text(text.into()),
    }
}

/// `\x00ff`
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?;
    let pairs = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok());
    pairs.collect()
}

/// A time with six digits of fraction if it has one, and with minutes in its offset.
fn zoned(text: &str) -> String {
    let clock = text.find(':').unwrap_or(text.len());
    let offset = text[clock..].find(['+', '-']).map_or(text.len(), |at| clock + at);
    let (time, offset) = text.split_at(offset);
    let time = match time.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{fraction:0<6}"),
        None => time.into(),
    };
    if offset.len() == 3 { format!("{time}{offset}:00") } else { time + offset }
}

/// Microseconds of `1 year 2 mons -3 days 04:05:06.7`; a month has 30 days, as psycopg2 counts.
fn interval(text: &str) -> Option<i64> {
    const DAY: i64 = 86_400_000_000;
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut total = 0_i64;
    let mut at = 0;
    while at < words.len() {
        if words[at].contains(':') {
            total += clock(words[at])?;
            at += 1;
            continue;
        }
        let count: i64 = words[at].parse().ok()?;
        let days = match words.get(at + 1)?.trim_end_matches('s') {
            "year" => 365,
            "mon" => 30,
            "day" => 1,
            _ => return None,
        };
        total += count * days * DAY;
        at += 2;
    }
    Some(total)
}

fn clock(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut parts = text.trim_start_matches('+').split(':');
    let (hours, minutes): (i64, i64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let seconds = parts.next().unwrap_or("0");
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let micros: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    Some(sign * (((hours * 60 + minutes) * 60 + seconds.parse::<i64>().ok()?) * 1_000_000 + micros))
}

/// An array's text while it is read.
struct Array<'a> {
    rest: &'a str,
    element: u32,
}

impl Array<'_> {
    /// `{a,"b \" c",NULL,{…}}`
    fn list(&mut self) -> Literal {
        let mut items = Vec::new();
        self.rest = self.rest.strip_prefix('{').unwrap_or(self.rest);
        while !self.rest.is_empty() && !self.rest.starts_with('}') {
            items.push(self.item());
            self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
        }
        self.rest = self.rest.strip_prefix('}').unwrap_or(self.rest);
        Literal::List(items)
    }

    fn item(&mut self) -> Literal {
        if self.rest.starts_with('{') {
            return self.list();
        }
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            let text = self.quoted();
            return read(&text, self.element);
        }
        let end = self.rest.find([',', '}']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if word == "NULL" { Literal::Null } else { read(word, self.element) }
    }

    fn quoted(&mut self) -> String {
        let mut text = String::new();
        let mut characters = self.rest.char_indices();
        while let Some((at, c)) = characters.next() {
            match c {
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return text;
                }
                '\\' => text.extend(characters.next().map(|(_, c)| c)),
                c => text.push(c),
            }
        }
        self.rest = "";
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{TYPES, read};
    use crate::schema::Literal;

    fn check(name: &str, text: &str, expected: &Literal) {
        let oid = TYPES.iter().find(|(known, ..)| *known == name).expect("a known type").1;
        assert_eq!(&read(text, oid), expected, "{name} {text}");
    }

    #[test]
    fn values_are_read_by_their_type() {
        check("bool", "t", &Literal::Boolean(true));
        check("bytea", "\\x00ff", &Literal::Bytes(vec![0, 255]));
        check("numeric", "1.50", &Literal::Decimal("1.50".into()));
        check("timestamptz", "2026-01-02 03:04:05.6+02", &Literal::DateTime("2026-01-02 03:04:05.600000+02:00".into()));
        check("date", "2026-01-02", &Literal::Date("2026-01-02".into()));
        check("interval", "1 day -02:00:00.5", &Literal::Interval(86_400_000_000 - 7_200_500_000));
        check("interval", "1 mon", &Literal::Interval(30 * 86_400_000_000));
    }

    #[test]
    fn arrays_nest_and_quote() {
        let items = vec![Literal::Text("a,b".into()), Literal::Null, Literal::Text("\"".into())];
        assert_eq!(read(r#"{"a,b",NULL,"\""}"#, 1009), Literal::List(items));
        let row = |a, b| Literal::List(vec![Literal::Integer(a), Literal::Integer(b)]);
        assert_eq!(read("{{1,2},{3,4}}", 1007), Literal::List(vec![row(1, 2), row(3, 4)]));
    }
}
