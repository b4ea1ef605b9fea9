//! PostgreSQL.

pub mod compare;
pub mod ddl;
mod reflect;
pub mod types;

use super::{
    Dialect, Features, Memo, Names, Script, Wanted, compare as generic_compare, features, generic, reserved, statement,
};
use crate::error::Result;
use crate::host::Connection;
use crate::schema::{Expr, Literal, MetaData, Type};
use crate::{ops, schema};

/// The dialect `postgresql`.
pub struct Postgresql;

static FEATURES: Features = Features {
    implementation: "PostgresqlImpl",
    type_compiler: "sqlalchemy.dialects.postgresql.base.PGTypeCompiler",
    transactional_ddl: true,
    atomic_ddl: true,
    reserved_words: reserved::POSTGRESQL,
    longest_name: 63,
    comments: true,
    native_enum: true,
    native_uuid: true,
    sequences: true,
    identity_columns: true,
    ilike: true,
    functions: &[("aggregate_strings", "string_agg")],
    limit: " \n LIMIT ",
    limit_before_offset: "\n LIMIT ALL",
    placeholder: features::Placeholder::Dollar,
    insert_returning: true,
    type_synonyms: &[&["numeric", "decimal"], &["float", "double precision"]],
    default_schema: Some("public"),
    ..generic::FEATURES
};

impl Dialect for Postgresql {
    fn name(&self) -> &'static str {
        "postgresql"
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
        Ok(ddl::table_suffix(self, table))
    }

    fn index(&self, table: &schema::TableName, index: &schema::Index, if_not_exists: bool) -> Result<String> {
        ddl::index(self, table, index, if_not_exists)
    }

    fn add_constraint(&self, it: &schema::Constraint, table: &schema::Table, script: &mut Script) -> Result<()> {
        super::ddl::constraint::add_to(self, table, it, script)
    }

    fn drop_type_constraint(
        &self,
        it: &schema::Constraint,
        table: &schema::TableName,
        script: &mut Script,
    ) -> Result<()> {
        super::ddl::constraint::drop_existing(self, it, table, script)
    }

    fn alter_default(
        &self,
        column: &str,
        default: Option<&schema::ServerDefault>,
        existing: Option<&schema::ServerDefault>,
    ) -> Result<String> {
        ddl::alter_default(self, column, default, existing)
    }

    fn alter_type(&self, column: &str, ty: &Type, op: &ops::AlterColumn) -> Result<String> {
        ddl::alter_type(self, column, ty, op)
    }

    fn alter_comment(&self, op: &ops::AlterColumn, comment: Option<&str>) -> Result<String> {
        Ok(super::ddl::column::comment_sql(self, &op.table, &op.column, comment))
    }

    fn rename_column(&self, table: &schema::TableName, column: &str, new_name: &str) -> String {
        super::ddl::column::rename(self, table, column, new_name)
    }

    fn type_sql(&self, ty: &Type) -> Result<String> {
        types::write(self, ty)
    }

    fn expression(&self, expression: &Expr, out: &mut statement::Writer<'_>) -> Result<()> {
        types::expression(expression, out)
    }

    fn literal(&self, value: &Literal, ty: Option<&Type>) -> Result<String> {
        types::value(self, value, ty)
    }

    fn bound(&self, value: &Literal, _: Option<&Type>) -> Literal {
        value.clone()
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
        compare::indexes(self, inspected, metadata)
    }

    fn compare_uniques(
        &self,
        inspected: &schema::Constraint,
        metadata: &schema::Constraint,
    ) -> generic_compare::Comparison {
        compare::uniques(inspected, metadata)
    }

    fn correct_constraints(&self, _: &mut generic_compare::Sides) -> Vec<String> {
        Vec::new()
    }

    fn correct_reflected(&self, table: &mut schema::Table) -> Vec<String> {
        compare::correct_reflected(table)
    }

    fn default_text(&self, expression: &Expr) -> Result<String> {
        statement::ddl_expression(self, expression)
    }

    fn index_text(&self, expression: &Expr) -> Result<String> {
        ddl::index_expression(self, expression)
    }

    fn requires_recreate(&self, _: &ops::ModifyTable) -> bool {
        false
    }

    fn casts_in_recreate(&self, existing: &Type, new: &Type) -> bool {
        super::types::affinity(existing, self) != super::types::affinity(new, self)
    }
}
