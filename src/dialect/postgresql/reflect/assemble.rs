//! Tables out of the catalogue's rows.

use super::row::Row;
use super::{ByTable, Catalogue, flag};
use crate::dialect::{Wanted, statement::text::escaped};
use crate::schema::{
    Column, Constraint, Expr, Index, Literal, Name, ServerDefault, Table, TableName,
    table::{ConstraintKind, ForeignKey, Identity},
};

/// The sequence that belongs to a column, in its `info`: a default that counts with it is what SERIAL means.
pub(in crate::dialect::postgresql) const OWNED_SEQUENCE: &str = "owned sequence";

/// One table, from its row.
pub(super) fn table(catalogue: &Catalogue, wanted: &Wanted, row: &Row) -> Table {
    let oid = row.number(0);
    let mut table = Table::new(TableName { schema: wanted.schema.clone(), name: row.text(1) });
    table.comment = row.some(2);
    let constraints = of(&catalogue.constraints, oid);
    let key = constraints.iter().find(|row| row.text(2) == "p").map(|row| row.texts(3)).unwrap_or_default();
    table.columns = of(&catalogue.columns, oid).iter().map(|row| column(catalogue, wanted, row, &key)).collect();
    let indexes = of(&catalogue.indexes, oid);
    for kind in ["p", "f", "u", "c"] {
        let those = constraints.iter().filter(|row| row.text(2) == kind);
        table.constraints.extend(those.map(|row| constraint(wanted, row, indexes)));
    }
    table.indexes = indexes.iter().map(index).collect();
    table
}

fn of(rows: &ByTable, oid: i64) -> &[Row] {
    rows.get(&oid).map_or(&[], Vec::as_slice)
}

fn column(catalogue: &Catalogue, wanted: &Wanted, row: &Row, key: &[String]) -> Column {
    let (name, words) = (row.text(1), row.text(2));
    let mut column = Column::new(name, catalogue.types.resolve(&words, row.some(14)));
    let domain = catalogue.types.domain_facts(&words);
    column.nullable = !row.is(4) && !domain.as_ref().is_some_and(|(_, not_null)| *not_null);
    column.primary_key = key.contains(&column.name);
    column.comment = row.some(5);
    let default = row.some(3).or_else(|| domain.and_then(|(default, _)| default));
    column.server_default = match (row.text(6).as_str(), row.text(7).as_str()) {
        ("", "") => default.map(|text| expression(&in_schema(text, wanted.schema.as_deref()))),
        ("", identity) => Some(ServerDefault::Identity(self::identity(row, identity == "a"))),
        (generated, _) => {
            Some(ServerDefault::Computed { sql: default.unwrap_or_default(), persisted: Some(generated == "s") })
        }
    };
    if let Some(sequence) = row.some(15) {
        column.info.insert(OWNED_SEQUENCE.into(), Literal::Text(sequence));
    }
    column
}

fn expression(text: &str) -> ServerDefault {
    ServerDefault::Expression(Expr::Text(escaped(text)))
}

/// A sequence of the table's schema is shown without it; SQLAlchemy puts it back.
fn in_schema(default: String, schema: Option<&str>) -> String {
    let sequence = default.strip_prefix("nextval('").and_then(|rest| rest.split('\'').next());
    match (schema, sequence) {
        (Some(schema), Some(name)) if !name.contains('.') => {
            default.replacen("nextval('", &format!("nextval('\"{schema}\"."), 1)
        }
        _ => default,
    }
}

fn identity(row: &Row, always: bool) -> Identity {
    Identity {
        always,
        start: row.integer(8),
        increment: row.integer(9),
        minvalue: row.integer(10),
        maxvalue: row.integer(11),
        cache: row.integer(12),
        cycle: Some(row.is(13)),
        ..Identity::default()
    }
}

fn constraint(wanted: &Wanted, row: &Row, indexes: &[Row]) -> Constraint {
    let columns = row.texts(3);
    let kind = match row.text(2).as_str() {
        "p" => ConstraintKind::PrimaryKey { columns },
        "u" => ConstraintKind::Unique { columns },
        "f" => ConstraintKind::ForeignKey(foreign_key(wanted, row, columns)),
        _ => ConstraintKind::Check { condition: Expr::Text(escaped(&condition(&row.text(13)))) },
    };
    let mut constraint = Constraint::new(Some(Name::conv(row.text(1))), kind);
    constraint.comment = row.some(14);
    if let ConstraintKind::ForeignKey(_) = constraint.kind {
        constraint.deferrable = row.is(11).then_some(true);
        constraint.initially = row.is(12).then(|| "DEFERRED".into());
    }
    unique_options(&mut constraint, row, indexes);
    check_options(&mut constraint, &row.text(13));
    constraint
}

/// INCLUDE and NULLS NOT DISTINCT are the index's.
fn unique_options(constraint: &mut Constraint, row: &Row, indexes: &[Row]) {
    let serving = indexes.iter().find(|index| index.some(12) == row.some(1));
    let Some(index) = serving.filter(|_| row.text(2) == "u") else { return };
    let included: Vec<Literal> = index.list(4).iter().skip(index.number(3) as usize).cloned().collect();
    if !included.is_empty() {
        constraint.options.insert("postgresql_include".into(), Expr::literal(Literal::List(included)));
    }
    if index.text(13).contains(NULLS_NOT_DISTINCT) {
        constraint.options.insert("postgresql_nulls_not_distinct".into(), flag(true));
    }
}

fn check_options(constraint: &mut Constraint, definition: &str) {
    if let ConstraintKind::Check { .. } | ConstraintKind::ForeignKey(_) = constraint.kind
        && definition.ends_with(" NOT VALID")
    {
        constraint.options.insert("postgresql_not_valid".into(), flag(true));
    }
}

/// What 15 and later write into an index's definition; earlier ones never do.
const NULLS_NOT_DISTINCT: &str = " NULLS NOT DISTINCT";

/// The condition of `CHECK (…)`, without parentheses that belong together.
pub(super) fn condition(definition: &str) -> String {
    let text = definition.trim_end_matches(" NOT VALID").trim_end_matches(" NO INHERIT");
    let text = text.strip_prefix("CHECK").unwrap_or(text).trim();
    unwrapped(unwrapped(text)).into()
}

/// Takes a pair of parentheses away that encloses everything.
fn unwrapped(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let mut depth = 0;
    for c in inner.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return text,
            ')' => depth -= 1,
            _ => {}
        }
    }
    inner
}

fn foreign_key(wanted: &Wanted, row: &Row, columns: Vec<String>) -> ForeignKey {
    let action = |at: usize| match row.text(at).as_str() {
        "r" => Some("RESTRICT".to_string()),
        "c" => Some("CASCADE".into()),
        "n" => Some("SET NULL".into()),
        "d" => Some("SET DEFAULT".into()),
        _ => None,
    };
    let other = row.text(4);
    // A table that its name alone reaches has no schema, unless both lie in the schema that was asked for.
    let same = wanted.schema.as_deref() == Some(&other) && row.text(15) == other;
    let schema = if !row.is(6) || same { Some(other) } else { None };
    ForeignKey {
        columns,
        referred: TableName { schema, name: row.text(5) },
        referred_columns: row.texts(7),
        onupdate: action(8),
        ondelete: action(9),
        match_: (row.text(10) == "f").then(|| "FULL".into()),
        use_alter: false,
        link_to_name: false,
    }
}

fn index(row: &Row) -> Index {
    let keys = row.number(3) as usize;
    let (elements, options) = (row.texts(4), row.list(6));
    let is_expression = |at: usize| matches!(row.list(5).get(at), Some(Literal::Boolean(true)));
    let expressions = elements.iter().take(keys).enumerate().map(|(at, element)| {
        let expression = if is_expression(at) { Expr::Text(escaped(element)) } else { Expr::column(element.clone()) };
        match options.get(at) {
            Some(Literal::Integer(bits)) => directed(expression, *bits),
            _ => expression,
        }
    });
    let mut index = Index::new(Some(Name::conv(row.text(1))), expressions.collect());
    index.unique = row.is(2);
    index_options(&mut index, row, &elements, keys);
    index
}

/// Bit 1 is DESC, bit 2 NULLS FIRST; each direction has its usual place for NULLs.
fn directed(expression: Expr, bits: i64) -> Expr {
    let suffix = |operand: Expr, operator: &str| Expr::Suffix { operand: Box::new(operand), operator: operator.into() };
    match bits & 3 {
        1 => suffix(suffix(expression, "DESC"), "NULLS LAST"),
        2 => suffix(expression, "NULLS FIRST"),
        3 => suffix(expression, "DESC"),
        _ => expression,
    }
}

fn index_options(index: &mut Index, row: &Row, elements: &[String], keys: usize) {
    let text = |text: &str| Expr::literal(Literal::Text(text.into()));
    let mut say = |name: &str, value: Expr| {
        index.options.insert(format!("postgresql_{name}"), value);
    };
    if elements.len() > keys {
        let included = elements[keys..].iter().map(|name| Literal::Text(name.clone())).collect();
        say("include", Expr::literal(Literal::List(included)));
    }
    let classes = odd_classes(row, elements, keys);
    if !classes.is_empty() {
        say("ops", document(classes));
    }
    let parameters = row.texts(10);
    if !parameters.is_empty() {
        say("with", document(parameters.iter().filter_map(|it| it.split_once('=')).map(owned).collect()));
    }
    if row.text(9) != "btree" {
        say("using", text(&row.text(9)));
    }
    if let Some(condition) = row.some(11) {
        say("where", Expr::Text(escaped(&condition)));
    }
    if row.text(13).contains(NULLS_NOT_DISTINCT) {
        say("nulls_not_distinct", flag(true));
    }
    if let Some(constraint) = row.some(12) {
        index.info.insert("duplicates_constraint".into(), Literal::Text(constraint));
    }
}

/// Operator classes other than the usual ones, by what they are for.
fn odd_classes(row: &Row, elements: &[String], keys: usize) -> Vec<(String, String)> {
    let classes = row.texts(7).into_iter().zip(row.list(8));
    let all = elements.iter().take(keys).cloned().zip(classes);
    all.filter(|(_, (_, usual))| **usual == Literal::Boolean(false)).map(|(name, (class, _))| (name, class)).collect()
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.into(), value.into())
}

/// A dict of texts.
fn document(pairs: Vec<(String, String)>) -> Expr {
    let members = pairs.into_iter().map(|(name, value)| (name, serde_json::Value::String(value)));
    Expr::literal(Literal::Json(serde_json::Value::Object(members.collect()).to_string()))
}
