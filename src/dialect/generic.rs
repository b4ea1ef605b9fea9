//! SQLAlchemy's default dialect: what `str(statement)` and `print(table)` show when no database is named.

use super::{
    Dialect, Features, Memo, Names, Script, Wanted, compare, ddl, expression, features, literal, reserved, statement,
    types,
};
use crate::error::Result;
use crate::host::Connection;
use crate::schema::{Expr, Literal, MetaData, Type};
use crate::{ops, schema};

/// The dialect `default`.
pub struct Generic;

/// The facts of a database about which nothing is known; dialects take over what they share with it.
pub(super) static FEATURES: Features = Features {
    implementation: "DefaultImpl",
    type_compiler: "sqlalchemy.sql.compiler.StrSQLTypeCompiler",
    transactional_ddl: false,
    atomic_ddl: false,
    safe_rebuilds: false,
    reserved_words: reserved::GENERIC,
    quotes: ('"', '"'),
    longest_name: 9999,
    alter_constraints: true,
    comments: false,
    inline_comments: false,
    native_enum: false,
    native_boolean: true,
    native_uuid: false,
    sequences: false,
    identity_columns: true,
    is_distinct_from: true,
    ilike: false,
    empty_set: None,
    functions: &[],
    limit: "\n LIMIT ",
    limit_with_offset: false,
    limit_before_offset: "\n LIMIT -1",
    returning_with_tables: true,
    tuple_in_values: false,
    for_update: true,
    placeholder: features::Placeholder::Colon,
    insert_returning: false,
    default_values: true,
    multivalues_insert: true,
    type_synonyms: &[&["numeric", "decimal"]],
    default_schema: None,
    begin: "BEGIN",
    commit: "COMMIT",
    terminator: ";",
};

impl Dialect for Generic {
    fn name(&self) -> &'static str {
        "default"
    }

    fn features(&self) -> &'static Features {
        &FEATURES
    }

    fn compile(&self, operation: &ops::Operation, memo: &mut Memo, script: &mut Script) -> Result<()> {
        ddl::compile(self, operation, memo, script)
    }

    fn column(&self, column: &schema::Column, _: &schema::Table) -> Result<String> {
        ddl::column::specification(self, column)
    }

    fn default_sql(&self, default: Option<&schema::ServerDefault>) -> Result<Option<String>> {
        ddl::column::default_sql(self, default)
    }

    fn constraint(&self, constraint: &schema::Constraint, table: &schema::Table) -> Result<Option<String>> {
        ddl::constraint::write(self, constraint, table)
    }

    fn table_suffix(&self, _: &schema::Table) -> Result<String> {
        Ok(String::new())
    }

    fn index(&self, table: &schema::TableName, index: &schema::Index, if_not_exists: bool) -> Result<String> {
        ddl::index::create_sql(self, table, index, if_not_exists)
    }

    fn add_constraint(&self, it: &schema::Constraint, table: &schema::Table, script: &mut Script) -> Result<()> {
        ddl::constraint::add_to(self, table, it, script)
    }

    fn drop_type_constraint(
        &self,
        it: &schema::Constraint,
        table: &schema::TableName,
        script: &mut Script,
    ) -> Result<()> {
        ddl::constraint::drop_existing(self, it, table, script)
    }

    fn alter_default(
        &self,
        column: &str,
        default: Option<&schema::ServerDefault>,
        existing: Option<&schema::ServerDefault>,
    ) -> Result<String> {
        ddl::column::default_change(self, column, default, existing)
    }

    fn alter_type(&self, column: &str, ty: &Type, _: &ops::AlterColumn) -> Result<String> {
        Ok(format!("{column} TYPE {}", self.type_sql(ty)?))
    }

    fn alter_comment(&self, _: &ops::AlterColumn, _: Option<&str>) -> Result<String> {
        Err(ddl::column::no_comments("sqlalchemy.sql.compiler.DDLCompiler"))
    }

    fn rename_column(&self, table: &schema::TableName, column: &str, new_name: &str) -> String {
        ddl::column::rename(self, table, column, new_name)
    }

    fn type_sql(&self, ty: &Type) -> Result<String> {
        Ok(match types::resolve(ty, self) {
            Type::Null => "NULL".into(),
            Type::Dialect { class, .. } if !types::is_standard(class) => class.clone(),
            Type::Array { .. } => "ARRAY".into(),
            ty => types::write(self, ty)?,
        })
    }

    fn expression(&self, expression: &Expr, out: &mut statement::Writer<'_>) -> Result<()> {
        match expression {
            Expr::Binary { left, operator, right, .. }
                if matches!(
                    operator,
                    schema::expression::Operator::JsonIndex | schema::expression::Operator::JsonPath
                ) =>
            {
                out.expression(left)?;
                out.push("[");
                expression::compared(right, left, expression::precedence::Against::nothing(), out)?;
                out.push("]");
                Ok(())
            }
            _ => expression::write(expression, out),
        }
    }

    fn literal(&self, value: &Literal, ty: Option<&Type>) -> Result<String> {
        literal::write(self, value, ty)
    }

    fn bound(&self, value: &Literal, _: Option<&Type>) -> Literal {
        value.clone()
    }

    fn reflect(&self, _: &mut dyn Connection, _: &Wanted) -> Result<MetaData> {
        Err((self as &dyn Dialect).unsupported("reflection"))
    }

    fn names(&self, _: &mut dyn Connection, _: Names, _: Option<&str>) -> Result<Vec<String>> {
        Err((self as &dyn Dialect).unsupported("reflection"))
    }

    fn types_differ(&self, inspected: &Type, metadata: &Type) -> Result<bool> {
        compare::types_differ(self, inspected, metadata)
    }

    fn defaults_differ(&self, inspected: &schema::Column, metadata: &schema::Column) -> Result<compare::Verdict> {
        compare::defaults_differ(self, inspected, metadata)
    }

    fn compare_indexes(&self, inspected: &schema::Index, metadata: &schema::Index) -> Result<compare::Comparison> {
        Ok(compare::indexes(inspected, metadata))
    }

    fn compare_uniques(&self, inspected: &schema::Constraint, metadata: &schema::Constraint) -> compare::Comparison {
        compare::uniques(inspected, metadata)
    }

    fn correct_constraints(&self, _: &mut compare::Sides) -> Vec<String> {
        Vec::new()
    }

    fn correct_reflected(&self, _: &mut schema::Table) -> Vec<String> {
        Vec::new()
    }

    fn default_text(&self, expression: &Expr) -> Result<String> {
        statement::ddl_expression(self, expression)
    }

    fn index_text(&self, expression: &Expr) -> Result<String> {
        statement::ddl_expression(self, expression)
    }

    fn requires_recreate(&self, _: &ops::ModifyTable) -> bool {
        false
    }

    fn casts_in_recreate(&self, existing: &Type, new: &Type) -> bool {
        types::affinity(existing, self) != types::affinity(new, self)
    }
}
