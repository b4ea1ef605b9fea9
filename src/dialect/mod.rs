//! What each database is like: its facts, its SQL, its catalogue, its idea of "the same".
//!
//! Knowledge without a connection. Facts are fields of [`Features`]; behaviour is methods of [`Dialect`], which have no
//! default bodies: a dialect handles what its database does its own way and falls through aloud to the generic
//! functions (`ddl::compile`, `expression::write`, `compare::…`). What a database cannot do is an error value.
//!
//! No code outside asks for a dialect's name. SQLAlchemy's own default dialect, what `str(statement)` prints, is
//! [`generic`], a dialect like the others.

pub mod compare;
pub mod ddl;
pub mod expression;
pub mod features;
pub mod generic;
pub mod identifier;
pub mod literal;
mod md5;
pub mod postgresql;
pub mod recreate;
mod reserved;
pub mod script;
pub mod sqlite;
pub mod statement;
pub mod types;

pub use self::{
    features::Features,
    recreate::Discipline,
    script::{Memo, Script, Sql},
    statement::{Compiled, Mode},
};

use crate::error::{Error, Result};
use crate::host::Connection;
use crate::schema::{Expr, Literal, MetaData, Statement, Type};
use crate::{ops, schema};

/// What one database is like.
pub trait Dialect: Sync {
    /// SQLAlchemy's name: "sqlite", "postgresql"; "default" for the dialect of `str(statement)`.
    fn name(&self) -> &'static str;
    /// The facts.
    fn features(&self) -> &'static Features;
    /// Appends the statements that carry out `operation`; [`ops::ModifyTable`] without a rebuild is its parts one by one.
    fn compile(&self, operation: &ops::Operation, memo: &mut Memo, script: &mut Script) -> Result<()>;
    /// A column as CREATE TABLE and ADD COLUMN have it; `table` is the table as far as it is known.
    fn column(&self, column: &schema::Column, table: &schema::Table) -> Result<String>;
    /// What stands after DEFAULT.
    fn default_sql(&self, default: Option<&schema::ServerDefault>) -> Result<Option<String>>;
    /// A constraint inside CREATE TABLE or after ADD; `None` where this database leaves it out.
    fn constraint(&self, constraint: &schema::Constraint, table: &schema::Table) -> Result<Option<String>>;
    /// What follows the parenthesis of CREATE TABLE.
    fn table_suffix(&self, table: &schema::Table) -> Result<String>;
    /// CREATE INDEX.
    fn index(&self, table: &schema::TableName, index: &schema::Index, if_not_exists: bool) -> Result<String>;
    /// Adds a constraint to a table that exists.
    fn add_constraint(&self, it: &schema::Constraint, table: &schema::Table, script: &mut Script) -> Result<()>;
    /// Drops the CHECK of a type that a column had.
    fn drop_type_constraint(
        &self,
        it: &schema::Constraint,
        table: &schema::TableName,
        script: &mut Script,
    ) -> Result<()>;
    /// Changes a default; `column` is the ALTER TABLE … ALTER COLUMN that begins the statement.
    fn alter_default(
        &self,
        column: &str,
        default: Option<&schema::ServerDefault>,
        existing: Option<&schema::ServerDefault>,
    ) -> Result<String>;
    /// Changes a type; `column` is the ALTER TABLE … ALTER COLUMN that begins the statement.
    fn alter_type(&self, column: &str, ty: &Type, op: &ops::AlterColumn) -> Result<String>;
    /// Changes a column's comment.
    fn alter_comment(&self, op: &ops::AlterColumn, comment: Option<&str>) -> Result<String>;
    /// Renames a column.
    fn rename_column(&self, table: &schema::TableName, column: &str, new_name: &str) -> String;
    /// The type as DDL writes it: `VARCHAR(50)`.
    fn type_sql(&self, ty: &Type) -> Result<String>;
    /// Writes an expression of a statement or of DDL.
    fn expression(&self, expression: &Expr, out: &mut statement::Writer<'_>) -> Result<()>;
    /// A value as SQL text, as `literal_binds` writes it.
    fn literal(&self, value: &Literal, ty: Option<&Type>) -> Result<String>;
    /// A value as the driver takes it: SQLAlchemy's bind processors, and the DBAPI's own adapters where no type is known.
    fn bound(&self, value: &Literal, ty: Option<&Type>) -> Literal;
    /// The tables that a database holds.
    fn reflect(&self, connection: &mut dyn Connection, wanted: &Wanted) -> Result<MetaData>;
    /// Names without their insides.
    fn names(&self, connection: &mut dyn Connection, what: Names, schema: Option<&str>) -> Result<Vec<String>>;
    /// Whether autogenerate sees two types as different (Alembic's `compare_type`, `true` is "differs").
    fn types_differ(&self, inspected: &Type, metadata: &Type) -> Result<bool>;
    /// Whether autogenerate sees two server defaults as different (Alembic's `compare_server_default`). The columns
    /// have neither identity nor computed defaults; those are the generic [`compare`]'s.
    fn defaults_differ(&self, inspected: &schema::Column, metadata: &schema::Column) -> Result<compare::Verdict>;
    /// How two indexes of one name compare.
    fn compare_indexes(&self, inspected: &schema::Index, metadata: &schema::Index) -> Result<compare::Comparison>;
    /// How two unique constraints compare.
    fn compare_uniques(&self, inspected: &schema::Constraint, metadata: &schema::Constraint) -> compare::Comparison;
    /// Takes out of both sides what cannot be compared fairly, before uniques and indexes are compared (Alembic's
    /// `correct_for_autogen_constraints`); gives the warnings.
    fn correct_constraints(&self, sides: &mut compare::Sides) -> Vec<String>;
    /// Mends what reflection gave before autogenerate or a batch sees it (Alembic's `autogen_column_reflect`); gives what
    /// autogenerate says about it.
    fn correct_reflected(&self, table: &mut schema::Table) -> Vec<String>;
    /// A server default's expression as autogenerate writes it into `sa.text('…')` (Alembic's `render_ddl_sql_expr`).
    fn default_text(&self, expression: &Expr) -> Result<String>;
    /// An expression of an index as CREATE INDEX has it, and as autogenerate writes it into `sa.literal_column('…')`.
    fn index_text(&self, expression: &Expr) -> Result<String>;
    /// Whether a batch with `recreate="auto"` rebuilds its table (Alembic's `requires_recreate_in_batch`).
    fn requires_recreate(&self, batch: &ops::ModifyTable) -> bool;
    /// Whether a column's values are CAST when a rebuild gives it another type (Alembic's `cast_for_batch_migrate`).
    fn casts_in_recreate(&self, existing: &Type, new: &Type) -> bool;
}

/// Which tables are reflected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The schema; `None` is the default one.
    pub schema: Option<String>,
    /// Only these; `None` is all.
    pub tables: Option<Vec<String>>,
    /// Views as well.
    pub views: bool,
}

/// What [`Dialect::names`] lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Tables, sorted.
    Tables,
    /// Views, sorted.
    Views,
    /// Schemas.
    Schemas,
    /// Sequences.
    Sequences,
}

/// All dialects.
pub static ALL: [&dyn Dialect; 3] = [&generic::Generic, &sqlite::Sqlite, &postgresql::Postgresql];

/// The dialect of this name, as SQLAlchemy's registry names it.
pub fn by_name(name: &str) -> Result<&'static dyn Dialect> {
    let known = ALL.iter().find(|dialect| dialect.name() == name);
    known.copied().ok_or_else(|| Error::unsupported("Retort", format!("the database {name:?}")))
}

impl dyn Dialect + '_ {
    /// The statements of several operations, each with the index of the one it came from.
    pub fn operations(&self, operations: &[ops::Operation], memo: &mut Memo) -> Result<Vec<Sql>> {
        let mut script = Script::default();
        for (index, operation) in operations.iter().enumerate() {
            script.operation = index;
            self.compile(operation, memo, &mut script)?;
        }
        Ok(script.statements)
    }

    /// One statement as text and values; `parameters` are those given with its execution, by name.
    pub fn statement(&self, statement: &Statement, parameters: &[(String, Literal)], mode: Mode) -> Result<Compiled> {
        statement::compile(self, statement, parameters, mode)
    }

    /// One expression alone, as `str(expression)` or a server default shows it.
    pub fn expression_text(&self, expression: &Expr, mode: Mode) -> Result<Compiled> {
        statement::expression(self, expression, mode)
    }

    /// Says that this dialect cannot do something, a noun phrase.
    pub fn unsupported(&self, what: impl Into<String>) -> Error {
        Error::unsupported(self.name(), what)
    }
}
