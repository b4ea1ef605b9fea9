//! What the user's hooks may decide.

use super::Pair;
use crate::{
    error::{Error, Result},
    schema::{Column, Constraint, Index, Table},
};

/// What a name or an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `table`
    Table,
    /// `column`
    Column,
    /// `index`
    Index,
    /// `unique_constraint`
    Unique,
    /// `foreign_key_constraint`
    ForeignKey,
    /// `check_constraint`
    Check,
}

impl Kind {
    /// The word that hooks get as `type_`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Table => "table",
            Kind::Column => "column",
            Kind::Index => "index",
            Kind::Unique => "unique_constraint",
            Kind::ForeignKey => "foreign_key_constraint",
            Kind::Check => "check_constraint",
        }
    }
}

/// `parent_names` of `include_name`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parents {
    /// `schema_name`.
    pub schema: Option<String>,
    /// `table_name`; for a table itself its own name, out of which `schema_qualified_table_name` is made.
    pub table: String,
}

/// The object that `include_object` gets, inside its table.
#[derive(Debug, Clone, Copy)]
pub enum Object<'a> {
    /// A table.
    Table(&'a Table),
    /// A column of a table.
    Column(&'a Table, &'a Column),
    /// An index of a table.
    Index(&'a Table, &'a Index),
    /// A constraint of a table.
    Constraint(&'a Table, &'a Constraint),
}

/// What a function given as `compare_type` or `compare_server_default` answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// `None`, or there is no such function.
    None,
    /// `False`: they are the same.
    Same,
    /// `True`: they differ. The text is the function's `repr`.
    Differs(String),
}

/// The user's hooks.
pub trait Policy {
    /// `include_name`.
    fn include_name(&mut self, name: Option<&str>, kind: Kind, parents: &Parents) -> Result<bool>;
    /// `include_object`.
    fn include_object(
        &mut self,
        object: Object<'_>,
        name: Option<&str>,
        kind: Kind,
        reflected: bool,
        compare_to: Option<Object<'_>>,
    ) -> Result<bool>;
    /// `compare_type` as a function.
    fn compare_type(&mut self, tables: Pair<&Table>, columns: Pair<&Column>) -> Result<Opinion>;
    /// `compare_server_default` as a function, with both defaults as SQL.
    fn compare_server_default(
        &mut self,
        tables: Pair<&Table>,
        columns: Pair<&Column>,
        rendered: Pair<Option<&str>>,
    ) -> Result<Opinion>;
    /// Asks the database: a query that gives one truth value.
    fn ask(&mut self, sql: &str) -> Result<bool>;
}

/// The policy of a project without hooks: everything is compared, and no database is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Everything;

impl Policy for Everything {
    fn include_name(&mut self, _: Option<&str>, _: Kind, _: &Parents) -> Result<bool> {
        Ok(true)
    }

    fn include_object(
        &mut self,
        _: Object<'_>,
        _: Option<&str>,
        _: Kind,
        _: bool,
        _: Option<Object<'_>>,
    ) -> Result<bool> {
        Ok(true)
    }

    fn compare_type(&mut self, _: Pair<&Table>, _: Pair<&Column>) -> Result<Opinion> {
        Ok(Opinion::None)
    }

    fn compare_server_default(&mut self, _: Pair<&Table>, _: Pair<&Column>, _: Pair<Option<&str>>) -> Result<Opinion> {
        Ok(Opinion::None)
    }

    fn ask(&mut self, _: &str) -> Result<bool> {
        Err(Error::unsupported("Retort", "asking a database that is not there"))
    }
}
