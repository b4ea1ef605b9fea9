//! `\d seller`: a table as psql describes one.

use super::table::Table;
use retort::dialect::Dialect;
use retort::schema::table::ConstraintKind;
use retort::schema::{self, Expr, ServerDefault};

/// psql's description of a table; `others` are searched for foreign keys that point to it.
pub fn table(table: &schema::Table, others: &[schema::Table], dialect: &dyn Dialect) -> String {
    let heads = ["Column", "Type", "Collation", "Nullable", "Default"].map(str::to_string).to_vec();
    let rows = table.columns.iter().map(|column| row(column, dialect)).collect();
    let title = Some(format!("Table \"{}\"", table.name.name));
    Table { title, heads, rows, footer: footer(table, others, dialect), ..Table::default() }.print()
}

fn row(column: &schema::Column, dialect: &dyn Dialect) -> Vec<String> {
    vec![
        column.name.clone(),
        dialect.type_sql(&column.ty).unwrap_or_default(),
        column.collation.clone().unwrap_or_default(),
        if column.nullable { String::new() } else { "not null".into() },
        column.server_default.as_ref().map(|default| default_text(default, dialect)).unwrap_or_default(),
    ]
}

fn default_text(default: &ServerDefault, dialect: &dyn Dialect) -> String {
    match default {
        ServerDefault::Literal(text) => format!("'{text}'"),
        ServerDefault::Expression(expression) => dialect.default_text(expression).unwrap_or_default(),
        ServerDefault::Computed { sql, persisted } => {
            format!("generated always as ({sql}){}", if *persisted == Some(true) { " stored" } else { "" })
        }
        ServerDefault::Identity(identity) => {
            format!("generated {} as identity", if identity.always { "always" } else { "by default" })
        }
        ServerDefault::Fetched => String::new(),
    }
}

fn footer(table: &schema::Table, others: &[schema::Table], dialect: &dyn Dialect) -> Vec<String> {
    let sections = [
        ("Indexes:", indexes(table, dialect)),
        ("Check constraints:", checks(table, dialect)),
        ("Foreign-key constraints:", foreign_keys(table)),
        ("Referenced by:", references(table, others)),
    ];
    let filled = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
    filled.flat_map(|(head, lines)| [head.to_string()].into_iter().chain(lines)).collect()
}

fn name(constraint: &schema::Constraint) -> String {
    constraint.name.as_ref().map(|name| format!("\"{}\" ", name.text)).unwrap_or_default()
}

fn indexes(table: &schema::Table, dialect: &dyn Dialect) -> Vec<String> {
    let keys = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { columns } if !columns.is_empty() => {
            Some(format!("    {}PRIMARY KEY ({})", name(constraint), columns.join(", ")))
        }
        ConstraintKind::Unique { columns } => {
            Some(format!("    {}UNIQUE CONSTRAINT ({})", name(constraint), columns.join(", ")))
        }
        _ => None,
    });
    let indexes = table.indexes.iter().map(|index| {
        let columns: Vec<String> = index.expressions.iter().map(|it| expression(it, dialect)).collect();
        let named = index.name.as_ref().map_or("", |name| &name.text);
        let unique = if index.unique { "UNIQUE, " } else { "" };
        let condition = index.options.get("sqlite_where").map(|it| format!(" WHERE {}", expression(it, dialect)));
        format!("    \"{named}\" {unique}({}){}", columns.join(", "), condition.unwrap_or_default())
    });
    keys.chain(indexes).collect()
}

/// An expression as it stands in an index or a check.
pub fn expression(expression: &Expr, dialect: &dyn Dialect) -> String {
    match expression {
        Expr::Column { name, .. } => name.clone(),
        Expr::Text(sql) => sql.clone(),
        other => dialect.default_text(other).unwrap_or_default(),
    }
}

fn checks(table: &schema::Table, dialect: &dyn Dialect) -> Vec<String> {
    let check = |constraint: &schema::Constraint| match &constraint.kind {
        ConstraintKind::Check { condition } => {
            Some(format!("    {}CHECK ({})", name(constraint), expression(condition, dialect)))
        }
        _ => None,
    };
    table.constraints.iter().filter_map(check).collect()
}

fn foreign_keys(table: &schema::Table) -> Vec<String> {
    table.constraints.iter().filter_map(|it| foreign_key(it).map(|text| format!("    {text}"))).collect()
}

fn foreign_key(constraint: &schema::Constraint) -> Option<String> {
    let ConstraintKind::ForeignKey(key) = &constraint.kind else {
        return None;
    };
    let action = |word: &str, action: &Option<String>| action.as_ref().map(|it| format!(" ON {word} {it}"));
    Some(format!(
        "{}FOREIGN KEY ({}) REFERENCES {}({}){}{}",
        name(constraint),
        key.columns.join(", "),
        key.referred.name,
        key.referred_columns.join(", "),
        action("UPDATE", &key.onupdate).unwrap_or_default(),
        action("DELETE", &key.ondelete).unwrap_or_default(),
    ))
}

fn references(table: &schema::Table, others: &[schema::Table]) -> Vec<String> {
    let pointing = |other: &schema::Table| -> Vec<String> {
        let keys = other
            .constraints
            .iter()
            .filter(|it| matches!(&it.kind, ConstraintKind::ForeignKey(key) if key.referred == table.name));
        keys.filter_map(foreign_key)
            .map(|text| format!("    TABLE \"{}\" CONSTRAINT {text}", other.name.name))
            .collect()
    };
    others.iter().flat_map(pointing).collect()
}
