//! The types of columns out of `format_type`'s words, as SQLAlchemy's `_reflect_type` reads them.

use super::row::Row;
use crate::schema::{
    Literal, Type,
    types::{Argument, Enum},
};

/// Types that the database's users made.
pub(super) struct Named {
    enums: Vec<Made<Vec<String>>>,
    domains: Vec<Made<Domain>>,
}

/// A made type under the words by which `format_type` calls it.
struct Made<T> {
    words: String,
    name: String,
    /// `None` where the name alone reaches it.
    schema: Option<String>,
    what: T,
}

struct Domain {
    base: String,
    default: Option<String>,
    not_null: bool,
    collation: Option<String>,
    check: Option<(String, String)>,
}

impl<T> Made<T> {
    fn new(row: &Row, what: T) -> Self {
        let (schema, name) = (row.text(0), row.text(1));
        let schema = (!row.is(2)).then_some(schema);
        let words = schema.iter().chain([&name]).map(|part| spelled(part)).collect::<Vec<_>>().join(".");
        Made { words, name, schema, what }
    }
}

/// A name as `quote_ident` gives it; reserved words are no concern, since both sides are spelled here.
fn spelled(name: &str) -> String {
    name.replace('"', "")
}

impl Named {
    pub(super) fn new(enums: &[Row], domains: &[Row]) -> Self {
        let domain = |row: &Row| Domain {
            base: row.text(3),
            default: row.some(4),
            not_null: row.is(5),
            collation: row.some(6),
            check: row.some(7).zip(row.some(8)),
        };
        Named {
            enums: enums.iter().map(|row| Made::new(row, row.texts(3))).collect(),
            domains: domains.iter().map(|row| Made::new(row, domain(row))).collect(),
        }
    }

    /// The type of these words; unknown ones have none.
    pub(super) fn resolve(&self, words: &str, collation: Option<String>) -> Type {
        let dimensions = words.matches("[]").count();
        let words = words.replace("[]", "");
        let item = self.scalar(&words, collation);
        match dimensions {
            0 => item,
            // PostgreSQL keeps neither the number of dimensions nor their sizes.
            _ => Type::Array {
                dialect: Some("postgresql".into()),
                item: Box::new(item),
                dimensions: None,
                as_tuple: false,
            },
        }
    }

    fn scalar(&self, words: &str, collation: Option<String>) -> Type {
        let (name, arguments) = split(words);
        plain(&name, &arguments, collation).unwrap_or_else(|| self.made(&name))
    }

    fn made(&self, name: &str) -> Type {
        let name = spelled(name);
        if let Some(it) = self.enums.iter().find(|it| it.words == name) {
            return enumeration(it);
        }
        self.domains.iter().find(|it| it.words == name).map_or(Type::Null, |it| self.domain(it))
    }

    fn domain(&self, it: &Made<Domain>) -> Type {
        let text = |text: &String| Argument::Literal(Literal::Text(text.clone()));
        let mut arguments = vec![
            (String::new(), text(&it.name)),
            (String::new(), Argument::Type(self.resolve(&it.what.base, it.what.collation.clone()))),
        ];
        let mut say = |name: &str, value: Option<Argument>| arguments.extend(value.map(|value| (name.into(), value)));
        say("collation", it.what.collation.as_ref().map(text));
        say("default", it.what.default.as_ref().map(text));
        say("constraint_name", it.what.check.as_ref().map(|(name, _)| text(name)));
        say("not_null", it.what.not_null.then_some(Argument::Literal(Literal::Boolean(true))));
        say("check", it.what.check.as_ref().map(|(_, check)| text(&super::assemble::condition(check))));
        say("create_type", Some(Argument::Literal(Literal::Boolean(false))));
        say("schema", it.schema.as_ref().map(text));
        Type::Dialect { dialect: "postgresql".into(), class: "DOMAIN".into(), arguments }
    }

    /// What the domain of these words says of a column: its default, and whether it refuses NULL.
    pub(super) fn domain_facts(&self, words: &str) -> Option<(Option<String>, bool)> {
        let found = self.domains.iter().find(|it| it.words == spelled(words))?;
        Some((found.what.default.clone(), found.what.not_null))
    }
}

/// `numeric(10,2)` is `numeric` and 10, 2; `timestamp(3) with time zone` is `timestamp with time zone` and 3.
fn split(words: &str) -> (String, Vec<String>) {
    let Some((before, rest)) = words.split_once('(') else { return (words.into(), Vec::new()) };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    (format!("{}{after}", before.trim_end()), inside.split(',').map(|part| part.trim().to_string()).collect())
}

fn enumeration(it: &Made<Vec<String>>) -> Type {
    Type::Enum(Enum {
        dialect: Some("postgresql".into()),
        labels: it.what.clone(),
        name: Some(it.name.clone()),
        schema: it.schema.clone(),
        native_enum: true,
        create_constraint: false,
        length: None,
        create_type: true,
        metadata: false,
        inherit_schema: false,
    })
}

/// A type of PostgreSQL's own.
fn plain(name: &str, arguments: &[String], collation: Option<String>) -> Option<Type> {
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<i64>().ok());
    let first = number(0);
    Some(match name {
        "integer" | "bigint" | "smallint" => Type::Integer { class: name.to_uppercase() },
        "character varying" => string("VARCHAR", first, collation),
        "character" => string("CHAR", first, collation),
        "text" => string("TEXT", None, collation),
        "\"char\"" | "name" => string("String", None, collation),
        "numeric" => numeric("NUMERIC", first, number(1)),
        "double precision" => numeric("DOUBLE_PRECISION", Some(53), None),
        "real" => numeric("REAL", None, None),
        "float" => numeric("FLOAT", first, None),
        "boolean" => Type::Boolean { class: "BOOLEAN".into(), create_constraint: false, name: None },
        "date" => Type::Temporal { class: "DATE".into(), timezone: false },
        "uuid" => Type::Uuid { class: "UUID".into(), as_uuid: true, native_uuid: true },
        _ => own(name, first)?,
    })
}

fn string(class: &str, length: Option<i64>, collation: Option<String>) -> Type {
    Type::String { class: class.into(), length: length.and_then(|it| u32::try_from(it).ok()), collation }
}

fn numeric(class: &str, precision: Option<i64>, scale: Option<i64>) -> Type {
    Type::Numeric {
        class: class.into(),
        precision: precision.and_then(|it| u32::try_from(it).ok()),
        scale: scale.and_then(|it| i32::try_from(it).ok()),
        asdecimal: class == "NUMERIC",
        decimal_return_scale: None,
    }
}

/// The upper-case classes without arguments, by their names in the database.
const BARE: &[&str] = &[
    "inet",
    "cidr",
    "citext",
    "macaddr",
    "macaddr8",
    "money",
    "oid",
    "regclass",
    "regconfig",
    "bytea",
    "tsvector",
    "tsquery",
    "int4range",
    "int8range",
    "numrange",
    "daterange",
    "tsrange",
    "tstzrange",
    "int4multirange",
    "int8multirange",
    "nummultirange",
    "datemultirange",
    "tsmultirange",
    "tstzmultirange",
];

/// A type that only PostgreSQL has.
fn own(name: &str, first: Option<i64>) -> Option<Type> {
    let of = |class: &str, arguments: Vec<(String, Argument)>| Type::Dialect {
        dialect: "postgresql".into(),
        class: class.into(),
        arguments,
    };
    let precision = first.map(|it| ("precision".to_string(), Argument::Literal(Literal::Integer(it))));
    let text = || Argument::Type(string("Text", None, None));
    let timed = |class: &str, zone: bool| {
        let zone = zone.then(|| ("timezone".to_string(), Argument::Literal(Literal::Boolean(true))));
        of(class, zone.into_iter().chain(precision.clone()).collect())
    };
    Some(match name {
        "timestamp with time zone" => timed("TIMESTAMP", true),
        "timestamp" | "timestamp without time zone" => timed("TIMESTAMP", false),
        "time with time zone" => timed("TIME", true),
        "time" | "time without time zone" => timed("TIME", false),
        "json" => of("JSON", vec![("astext_type".into(), text())]),
        "jsonb" => of("JSONB", vec![("astext_type".into(), text())]),
        "hstore" => of("HSTORE", vec![("text_type".into(), text())]),
        "bit" => of("BIT", length(first.filter(|it| *it != 1))),
        "bit varying" => {
            let varying = ("varying".to_string(), Argument::Literal(Literal::Boolean(true)));
            of("BIT", length(first).into_iter().chain([varying]).collect())
        }
        bare if BARE.contains(&bare) => of(&bare.to_uppercase(), Vec::new()),
        _ => {
            let fields = name.strip_prefix("interval")?.trim();
            if !fields.is_empty() && !fields.starts_with(|c: char| "ymdhs".contains(c)) {
                return None;
            }
            let fields = Some(fields).filter(|it| !it.is_empty());
            let fields = fields.map(|it| ("fields".to_string(), Argument::Literal(Literal::Text(it.into()))));
            of("INTERVAL", precision.into_iter().chain(fields).collect())
        }
    })
}

fn length(first: Option<i64>) -> Vec<(String, Argument)> {
    first.map(|it| ("length".into(), Argument::Literal(Literal::Integer(it)))).into_iter().collect()
}
