//! The dialect `sqlite`.

pub mod dump;

use super::{Dialect, Features, Memo, Names, Script, Wanted, compare, statement};
use crate::error::{Error, Result};
use crate::host::Connection;
use crate::schema::{Expr, Literal, MetaData, Type};
use crate::{ops, schema};

/// The dialect `sqlite`.
pub struct Sqlite;

static FEATURES: Features = Features {
    implementation: "DefaultImpl",
    transactional_ddl: false,
    atomic_ddl: true,
    reserved_words: &[],
    quotes: ('"', '"'),
    longest_name: 9999,
    alter_constraints: true,
    comments: false,
    inline_comments: false,
    native_enum: false,
    native_boolean: true,
    native_uuid: false,
    sequences: false,
    identity_columns: false,
    is_distinct_from: true,
    ilike: false,
    now: "CURRENT_TIMESTAMP",
    limit_before_offset: None,
    placeholder: super::features::Placeholder::Colon,
    insert_returning: false,
    default_values: true,
    multivalues_insert: true,
    type_synonyms: &[&["NUMERIC", "DECIMAL"]],
    default_schema: None,
    begin: "BEGIN",
    commit: "COMMIT",
    terminator: ";",
};

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }
    fn features(&self) -> &'static Features {
        &FEATURES
    }
    fn compile(&self, _: &ops::Operation, _: &mut Memo, _: &mut Script) -> Result<()> {
        Err(Error::unsupported("sqlite", "this operation"))
    }
    fn type_sql(&self, _: &Type) -> Result<String> {
        Err(Error::unsupported("sqlite", "this type"))
    }
    fn expression(&self, _: &Expr, _: &mut statement::Writer<'_>) -> Result<()> {
        Err(Error::unsupported("sqlite", "this expression"))
    }
    fn literal(&self, _: &Literal, _: Option<&Type>) -> Result<String> {
        Err(Error::unsupported("sqlite", "this value"))
    }
    fn bound(&self, value: &Literal, _: Option<&Type>) -> Literal {
        value.clone()
    }
    fn reflect(&self, _: &mut dyn Connection, _: &Wanted) -> Result<MetaData> {
        Err(Error::unsupported("sqlite", "reflection"))
    }
    fn names(&self, _: &mut dyn Connection, _: Names, _: Option<&str>) -> Result<Vec<String>> {
        Err(Error::unsupported("sqlite", "reflection"))
    }
    fn types_differ(&self, _: &Type, _: &Type) -> Result<bool> {
        Ok(false)
    }
    fn defaults_differ(&self, _: &schema::Column, _: &schema::Column) -> Result<compare::Verdict> {
        Ok(compare::Verdict::Same)
    }
    fn compare_indexes(&self, _: &schema::Index, _: &schema::Index) -> Result<compare::Comparison> {
        Ok(compare::Comparison::Equal)
    }
    fn compare_uniques(&self, _: &schema::Constraint, _: &schema::Constraint) -> compare::Comparison {
        compare::Comparison::Equal
    }
    fn correct_constraints(&self, _: &mut compare::Sides) -> Vec<String> {
        Vec::new()
    }
    fn correct_reflected(&self, _: &mut schema::Column) {}
    fn default_text(&self, _: &Expr) -> Result<String> {
        Err(Error::unsupported("sqlite", "this default"))
    }
    fn requires_recreate(&self, _: &ops::ModifyTable) -> bool {
        false
    }
    fn casts_in_recreate(&self, _: &Type, _: &Type) -> bool {
        false
    }
}
