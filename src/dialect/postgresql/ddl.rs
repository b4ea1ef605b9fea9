//! PostgreSQL's DDL: SQLAlchemy's `PGDDLCompiler` and Alembic's `PostgresqlImpl`.

use super::types as own_types;
use crate::dialect::{
    Dialect, Memo, Script, compare, ddl, ddl::options, expression::precedence, identifier, literal, statement, types,
};
use crate::error::{Error, Result};
use crate::ops::{self, Operation};
use crate::schema::{
    Column, Constraint, Expr, Index, ServerDefault, Table, TableName, Type,
    table::{ConstraintKind, Identity},
    types::Enum,
};

pub(super) fn compile(
    dialect: &dyn Dialect,
    operation: &Operation,
    memo: &mut Memo,
    script: &mut Script,
) -> Result<()> {
    match operation {
        Operation::CreateTable(op) => {
            create_types(dialect, &op.table, memo, script)?;
            ddl::compile(dialect, operation, memo, script)
        }
        Operation::DropTable(op) => {
            ddl::compile(dialect, operation, memo, script)?;
            op.existing.as_ref().map_or(Ok(()), |table| drop_types(dialect, table, memo, script))
        }
        Operation::RenameTable(op) => ddl::table::rename_within(dialect, op, script),
        Operation::AlterColumn(op) => alter_column(dialect, op, script),
        Operation::DropIndex(op) => drop_index(dialect, op, script),
        _ => ddl::compile(dialect, operation, memo, script),
    }
}

/// The enumeration types that a table brings with it, each once in a migration context.
fn create_types(dialect: &dyn Dialect, table: &Table, memo: &mut Memo, script: &mut Script) -> Result<()> {
    for it in table.columns.iter().filter_map(|column| own_enum(&column.ty, dialect)) {
        let name = own_types::enum_name(dialect, it)?;
        if it.create_type && !it.metadata && memo.types.insert((it.schema.clone(), it.name.clone().unwrap_or_default()))
        {
            let labels: Vec<String> = it.labels.iter().map(|label| literal::quoted(label)).collect();
            script.ddl(format!("CREATE TYPE {name} AS ENUM ({})", labels.join(", ")));
        }
    }
    Ok(())
}

fn drop_types(dialect: &dyn Dialect, table: &Table, memo: &mut Memo, script: &mut Script) -> Result<()> {
    for it in table.columns.iter().filter_map(|column| own_enum(&column.ty, dialect)) {
        let name = own_types::enum_name(dialect, it)?;
        if it.create_type && !it.metadata && memo.types.insert((it.schema.clone(), it.name.clone().unwrap_or_default()))
        {
            script.ddl(format!("DROP TYPE {name}"));
        }
    }
    Ok(())
}

fn own_enum<'a>(ty: &'a Type, dialect: &dyn Dialect) -> Option<&'a Enum> {
    match types::resolve(ty, dialect) {
        Type::Enum(it) if it.native_enum => Some(it),
        Type::Array { item, .. } => own_enum(item, dialect),
        _ => None,
    }
}

/// A column: SERIAL where it counts up, identity and NULL as PostgreSQL wants them.
pub(super) fn column(dialect: &dyn Dialect, column: &Column, table: &Table) -> Result<String> {
    let mut text = identifier::quote(dialect.features(), &column.name);
    let identity = ddl::column::identity_of(dialect, column);
    if column.primary_key && identity.is_none() && column.sequence.is_none() && counts(dialect, column, table) {
        text.push_str(serial(types::resolve(&column.ty, dialect)));
    } else {
        text.push_str(&format!(" {}", dialect.type_sql(&column.ty)?));
        text.push_str(&match dialect.default_sql(column.server_default.as_ref())? {
            Some(default) => format!(" DEFAULT {default}"),
            None => String::new(),
        });
    }
    if let Some(ServerDefault::Computed { sql, persisted }) = &column.server_default {
        text.push_str(&format!(" {}", computed(dialect, sql, *persisted)?));
    }
    if let Some(identity) = identity {
        text.push_str(&format!(" {}", ddl::column::identity_sql(identity)));
    }
    text.push_str(match (column.nullable, identity.is_some()) {
        (false, false) => " NOT NULL",
        (true, true) => " NULL",
        _ => "",
    });
    Ok(text)
}

fn counts(dialect: &dyn Dialect, column: &Column, table: &Table) -> bool {
    ddl::table::autoincrement_column(table, dialect).is_some_and(|it| it.name == column.name)
}

fn serial(ty: &Type) -> &'static str {
    match ty {
        Type::Integer { class } if matches!(class.as_str(), "BigInteger" | "BIGINT") => " BIGSERIAL",
        Type::Integer { class } if matches!(class.as_str(), "SmallInteger" | "SMALLINT") => " SMALLSERIAL",
        _ => " SERIAL",
    }
}

fn computed(dialect: &dyn Dialect, sql: &str, persisted: Option<bool>) -> Result<String> {
    if persisted == Some(false) {
        return Err(ddl::compile_error(
            "PostrgreSQL computed columns do not support 'virtual' persistence; set the 'persisted' flag to None or True \
             for PostgreSQL support.",
        ));
    }
    ddl::column::computed(dialect, sql, Some(true))
}

/// A constraint: INCLUDE, NULLS NOT DISTINCT, NOT VALID, EXCLUDE.
pub(super) fn constraint(dialect: &dyn Dialect, it: &Constraint, table: &Table) -> Result<Option<String>> {
    match &it.kind {
        ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } if columns.is_empty() => Ok(None),
        ConstraintKind::PrimaryKey { columns } => {
            key(dialect, it, &format!("PRIMARY KEY ({})", identifier::list(dialect.features(), columns)))
        }
        ConstraintKind::Unique { columns } => {
            let distinct = match options::tristate(&it.options, "postgresql_nulls_not_distinct") {
                Some(true) => "NULLS NOT DISTINCT ",
                Some(false) => "NULLS DISTINCT ",
                None => "",
            };
            key(dialect, it, &format!("UNIQUE {distinct}({})", identifier::list(dialect.features(), columns)))
        }
        ConstraintKind::Check { .. } | ConstraintKind::ForeignKey(_) => {
            let text = ddl::constraint::write(dialect, it, table)?;
            let late = options::flag(&it.options, "postgresql_not_valid");
            Ok(text.map(|text| if late { text + " NOT VALID" } else { text }))
        }
        ConstraintKind::Exclude { elements, using, condition } => {
            exclude(dialect, it, elements, using, condition.as_ref()).map(Some)
        }
    }
}

fn key(dialect: &dyn Dialect, it: &Constraint, body: &str) -> Result<Option<String>> {
    let preamble = ddl::constraint::preamble(dialect, it)?;
    let include = include(dialect, &it.options);
    Ok(Some(format!("{preamble}{body}{include}{}", ddl::constraint::deferrability(it)?)))
}

fn include(dialect: &dyn Dialect, all: &crate::schema::table::Options) -> String {
    match options::names(all, "postgresql_include") {
        names if names.is_empty() => String::new(),
        names => format!(" INCLUDE ({})", identifier::list(dialect.features(), &names)),
    }
}

fn exclude(
    dialect: &dyn Dialect,
    it: &Constraint,
    elements: &[(Expr, String)],
    using: &str,
    condition: Option<&Expr>,
) -> Result<String> {
    let operators = options::pairs(&it.options, "postgresql_ops");
    let mut parts = Vec::new();
    for (expression, operator) in elements {
        let class = operator_class(expression, &operators);
        parts.push(format!("{}{class} WITH {operator}", statement::ddl_expression(dialect, expression)?));
    }
    let preamble = ddl::constraint::preamble(dialect, it)?;
    let mut text =
        format!("{preamble}EXCLUDE USING {} ({})", identifier::phrase(using)?.to_lowercase(), parts.join(", "));
    if let Some(condition) = condition {
        text.push_str(&format!(" WHERE ({})", statement::ddl_expression(dialect, condition)?));
    }
    Ok(text + &ddl::constraint::deferrability(it)?)
}

fn operator_class(expression: &Expr, operators: &[(String, String)]) -> String {
    let (Expr::Column { name, .. } | Expr::Label { name, .. }) = expression else { return String::new() };
    let found = operators.iter().find(|(column, _)| column == name);
    found.map_or_else(String::new, |(_, class)| format!(" {class}"))
}

/// What follows the parenthesis of CREATE TABLE.
pub(super) fn table_suffix(dialect: &dyn Dialect, table: &Table) -> String {
    let all = &table.options;
    let mut text = String::new();
    let inherits = options::names(all, "postgresql_inherits");
    if !inherits.is_empty() {
        text.push_str(&format!("\n INHERITS ( {} )", identifier::list(dialect.features(), &inherits)));
    }
    for (option, words) in [("postgresql_partition_by", "PARTITION BY"), ("postgresql_using", "USING")] {
        if let Some(value) = options::text(all, option) {
            text.push_str(&format!("\n {words} {value}"));
        }
    }
    match options::tristate(all, "postgresql_with_oids") {
        Some(true) => text.push_str("\n WITH OIDS"),
        Some(false) => text.push_str("\n WITHOUT OIDS"),
        None => {}
    }
    if let Some(words) = options::text(all, "postgresql_on_commit") {
        text.push_str(&format!("\n ON COMMIT {}", words.replace('_', " ").to_uppercase()));
    }
    if let Some(name) = options::text(all, "postgresql_tablespace") {
        text.push_str(&format!("\n TABLESPACE {}", identifier::quote(dialect.features(), name)));
    }
    text
}

/// CREATE INDEX with everything that PostgreSQL has for it.
pub(super) fn index(dialect: &dyn Dialect, table: &TableName, index: &Index, if_not_exists: bool) -> Result<String> {
    let (features, all) = (dialect.features(), &index.options);
    let concurrently = if options::flag(all, "postgresql_concurrently") { "CONCURRENTLY " } else { "" };
    let using = match options::text(all, "postgresql_using").filter(|it| !it.is_empty()) {
        Some(method) => format!("USING {} ", identifier::phrase(method)?.to_lowercase()),
        None => String::new(),
    };
    let mut text = ddl::index::opening(index, concurrently, if_not_exists);
    text.push_str(&format!("{} ON {} {using}", ddl::index::name(dialect, index)?, identifier::table(features, table)));
    text.push_str(&format!("({})", index_expressions(dialect, index)?));
    text.push_str(&include(dialect, all));
    text.push_str(match options::tristate(all, "postgresql_nulls_not_distinct") {
        Some(true) => " NULLS NOT DISTINCT",
        Some(false) => " NULLS DISTINCT",
        None => "",
    });
    let storage = options::pairs(all, "postgresql_with");
    if !storage.is_empty() {
        let storage: Vec<String> = storage.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        text.push_str(&format!(" WITH ({})", storage.join(", ")));
    }
    if let Some(name) = options::text(all, "postgresql_tablespace").filter(|it| !it.is_empty()) {
        text.push_str(&format!(" TABLESPACE {}", identifier::quote(features, name)));
    }
    if let Some(condition) = all.get("postgresql_where") {
        text.push_str(&format!(" WHERE {}", statement::ddl_expression(dialect, condition)?));
    }
    Ok(text)
}

fn index_expressions(dialect: &dyn Dialect, index: &Index) -> Result<String> {
    let operators = options::pairs(&index.options, "postgresql_ops");
    let mut parts = Vec::new();
    for expression in &index.expressions {
        let text = index_expression(dialect, expression)?;
        parts.push(format!("{text}{}", operator_class(expression, &operators)));
    }
    Ok(parts.join(", "))
}

/// An expression of an index as SQLAlchemy's `self_group()` leaves it.
pub(super) fn index_expression(dialect: &dyn Dialect, expression: &Expr) -> Result<String> {
    let text = statement::ddl_expression(dialect, expression)?;
    let grouped = precedence::needs_parentheses(expression, precedence::Against::anything());
    Ok(if grouped { format!("({text})") } else { text })
}

fn drop_index(dialect: &dyn Dialect, op: &ops::DropIndex, script: &mut Script) -> Result<()> {
    let concurrently = if options::flag(&op.options, "postgresql_concurrently") { "CONCURRENTLY " } else { "" };
    script.ddl(ddl::index::drop_sql(dialect, op, concurrently)?);
    Ok(())
}

/// The type comes first, with its USING.
fn alter_column(dialect: &dyn Dialect, op: &ops::AlterColumn, script: &mut Script) -> Result<()> {
    let using = options::text(&op.options, "postgresql_using");
    if using.is_some() && op.to.ty.is_none() {
        return Err(Error::command("postgresql_using must be used with the type_ parameter"));
    }
    ddl::column::drop_type_constraints(dialect, op, script)?;
    if let Some(ty) = &op.to.ty {
        let column = ddl::column::alter_column(dialect, &op.table, &op.column);
        script.ddl(dialect.alter_type(&column, ty, op)?);
    }
    let mut others = op.clone();
    others.to.ty = None;
    ddl::column::alter_aspects(dialect, &others, script)?;
    ddl::column::add_type_constraints(dialect, op, script)
}

/// `… TYPE x USING y`; Alembic leaves a space where there is no USING.
pub(super) fn alter_type(dialect: &dyn Dialect, column: &str, ty: &Type, op: &ops::AlterColumn) -> Result<String> {
    let using = options::text(&op.options, "postgresql_using");
    let using = using.map_or_else(String::new, |using| format!("USING {using}"));
    Ok(format!("{column} TYPE {} {using}", dialect.type_sql(ty)?))
}

/// Identities are added, changed and dropped; anything else is a plain default.
pub(super) fn alter_default(
    dialect: &dyn Dialect,
    column: &str,
    default: Option<&ServerDefault>,
    existing: Option<&ServerDefault>,
) -> Result<String> {
    match (default, existing) {
        (None, Some(ServerDefault::Identity(_))) => Ok(format!("{column} DROP IDENTITY")),
        (Some(ServerDefault::Identity(new)), Some(ServerDefault::Identity(old))) => {
            Ok(change_identity(column, old, new))
        }
        (Some(ServerDefault::Identity(new)), None) => Ok(format!("{column} ADD {}", ddl::column::identity_sql(new))),
        _ => ddl::column::default_change(dialect, column, default, existing),
    }
}

fn change_identity(column: &str, old: &Identity, new: &Identity) -> String {
    let mut text = format!("{column} ");
    for attribute in compare::identity_differences(Some(old), Some(new)) {
        let one = match attribute {
            "always" => {
                text.push_str(if new.always { "SET GENERATED ALWAYS " } else { "SET GENERATED BY DEFAULT " });
                continue;
            }
            "cache" => Identity { cache: new.cache, ..Identity::default() },
            "cycle" => Identity { cycle: new.cycle, ..Identity::default() },
            "increment" => Identity { increment: new.increment, ..Identity::default() },
            "maxvalue" => Identity { maxvalue: new.maxvalue, ..Identity::default() },
            "minvalue" => Identity { minvalue: new.minvalue, ..Identity::default() },
            _ => Identity { start: new.start, ..Identity::default() },
        };
        text.push_str(&format!("SET {} ", ddl::column::identity_options(&one)));
    }
    text
}
