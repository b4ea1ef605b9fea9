//! SQLite.

pub mod compare;
pub mod ddl;
pub mod dump;
pub mod reflect;
pub mod types;

use super::{
    Dialect, Features, Memo, Names, Script, Wanted, compare as generic_compare, features, generic, reserved, statement,
};
use crate::error::Result;
use crate::host::Connection;
use crate::schema::{Expr, Literal, MetaData, Type};
use crate::{ops, schema};

/// The dialect `sqlite`.
pub struct Sqlite;

/// Where reflection leaves a declared type that no type of SQLAlchemy's says the same as: in the column's `info`.
pub const DECLARED_TYPE: &str = "sqlite_declared_type";

static FEATURES: Features = Features {
    implementation: "SQLiteImpl",
    type_compiler: "sqlalchemy.dialects.sqlite.base.SQLiteTypeCompiler",
    // SQLite's DDL is transactional; Alembic says it is not, because Python's old sqlite3 module ended transactions.
    transactional_ddl: false,
    atomic_ddl: true,
    safe_rebuilds: true,
    reserved_words: reserved::SQLITE,
    alter_constraints: false,
    native_boolean: false,
    is_distinct_from: false,
    empty_set: Some("SELECT 1 FROM (SELECT 1) WHERE 1!=1"),
    functions: &[
        ("now", "CURRENT_TIMESTAMP"),
        ("localtimestamp", "DATETIME(CURRENT_TIMESTAMP, 'localtime')"),
        ("char_length", "length"),
        ("aggregate_strings", "group_concat"),
    ],
    limit_with_offset: true,
    limit_before_offset: "\n LIMIT -1",
    returning_with_tables: false,
    tuple_in_values: true,
    for_update: false,
    placeholder: features::Placeholder::Question,
    insert_returning: true,
    default_schema: Some("main"),
    ..generic::FEATURES
};

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn features(&self) -> &'static Features {
        &FEATURES
    }

    fn compile(&self, operation: &ops::Operation, memo: &mut Memo, script: &mut Script) -> Result<()> {
        ddl::compile(self, operation, memo, script)
    }

    fn column(&self, column: &schema::Column, table: &schema::Table) -> Result<String> {
        ddl::column(self, column, table)
    }

    fn default_sql(&self, default: Option<&schema::ServerDefault>) -> Result<Option<String>> {
        super::ddl::column::default_sql(self, default)
    }

    fn constraint(&self, constraint: &schema::Constraint, table: &schema::Table) -> Result<Option<String>> {
        ddl::constraint(self, constraint, table)
    }

    fn table_suffix(&self, table: &schema::Table) -> Result<String> {
        Ok(ddl::table_suffix(table))
    }

    fn index(&self, table: &schema::TableName, index: &schema::Index, if_not_exists: bool) -> Result<String> {
        ddl::index(self, table, index, if_not_exists)
    }

    fn add_constraint(&self, it: &schema::Constraint, table: &schema::Table, script: &mut Script) -> Result<()> {
        ddl::add_constraint(self, it, table, script)
    }

    fn drop_type_constraint(&self, _: &schema::Constraint, _: &schema::TableName, _: &mut Script) -> Result<()> {
        // Alembic passes over it in silence: SQLite has no ALTER for constraints.
        Ok(())
    }

    fn alter_default(
        &self,
        column: &str,
        default: Option<&schema::ServerDefault>,
        existing: Option<&schema::ServerDefault>,
    ) -> Result<String> {
        super::ddl::column::default_change(self, column, default, existing)
    }

    fn alter_type(&self, column: &str, ty: &Type, _: &ops::AlterColumn) -> Result<String> {
        Ok(format!("{column} TYPE {}", self.type_sql(ty)?))
    }

    fn alter_comment(&self, _: &ops::AlterColumn, _: Option<&str>) -> Result<String> {
        Err(super::ddl::column::no_comments("sqlalchemy.dialects.sqlite.base.SQLiteDDLCompiler"))
    }

    fn rename_column(&self, table: &schema::TableName, column: &str, new_name: &str) -> String {
        ddl::rename_column(self, table, column, new_name)
    }

    fn type_sql(&self, ty: &Type) -> Result<String> {
        super::types::write(self, ty)
    }

    fn expression(&self, expression: &Expr, out: &mut statement::Writer<'_>) -> Result<()> {
        types::expression(expression, out)
    }

    fn literal(&self, value: &Literal, ty: Option<&Type>) -> Result<String> {
        types::literal(self, value, ty)
    }

    fn bound(&self, value: &Literal, ty: Option<&Type>) -> Literal {
        types::bound(self, value, ty)
    }

    fn reflect(&self, connection: &mut dyn Connection, wanted: &Wanted) -> Result<MetaData> {
        reflect::reflect(connection, wanted)
    }

    fn names(&self, connection: &mut dyn Connection, what: Names, schema: Option<&str>) -> Result<Vec<String>> {
        reflect::names(connection, what, schema)
    }

    fn types_differ(&self, inspected: &Type, metadata: &Type) -> Result<bool> {
        generic_compare::types_differ(self, inspected, metadata)
    }

    fn defaults_differ(
        &self,
        inspected: &schema::Column,
        metadata: &schema::Column,
    ) -> Result<generic_compare::Verdict> {
        compare::defaults_differ(self, inspected, metadata)
    }

    fn compare_indexes(
        &self,
        inspected: &schema::Index,
        metadata: &schema::Index,
    ) -> Result<generic_compare::Comparison> {
        Ok(generic_compare::indexes(inspected, metadata))
    }

    fn compare_uniques(
        &self,
        inspected: &schema::Constraint,
        metadata: &schema::Constraint,
    ) -> generic_compare::Comparison {
        generic_compare::uniques(inspected, metadata)
    }

    fn correct_constraints(&self, sides: &mut generic_compare::Sides) -> Vec<String> {
        // We see expression indexes in the database, SQLAlchemy does not: autogenerate leaves them alone as Alembic does.
        sides.inspected_indexes.retain(compare::has_only_columns);
        generic_compare::skip_expression_indexes(self, sides)
    }

    fn correct_reflected(&self, table: &mut schema::Table) -> Vec<String> {
        table.columns.iter_mut().for_each(compare::correct_reflected);
        Vec::new()
    }

    fn default_text(&self, expression: &Expr) -> Result<String> {
        Ok(compare::in_parentheses(statement::ddl_expression(self, expression)?))
    }

    fn index_text(&self, expression: &Expr) -> Result<String> {
        statement::ddl_expression(self, expression)
    }

    fn requires_recreate(&self, batch: &ops::ModifyTable) -> bool {
        ddl::requires_recreate(batch)
    }

    fn casts_in_recreate(&self, existing: &Type, new: &Type) -> bool {
        let (existing, new) = (super::types::affinity(existing, self), super::types::affinity(new, self));
        existing != new && new != super::types::Affinity::Json
    }
}
