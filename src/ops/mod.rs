//! The hub: operations, Alembic's own, as values.
//!
//! An operation owns all it needs, so it can be printed, stored, sent and reversed alone. Everything before it makes
//! operations (`autogenerate`, `library`), everything after makes text of them (`dialect`, `script::render`).

pub mod apply;
pub mod describe;
pub mod reverse;

pub use self::{apply::apply, describe::describe, reverse::reverse};

use crate::schema::{self, Expr, Literal, Statement, TableName, Type};
use serde::{Deserialize, Serialize};

/// One operation of a migration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Operation {
    /// `op.create_table`.
    CreateTable(CreateTable),
    /// `op.drop_table`.
    DropTable(DropTable),
    /// `op.rename_table`.
    RenameTable(RenameTable),
    /// `op.add_column`.
    AddColumn(AddColumn),
    /// `op.drop_column`.
    DropColumn(DropColumn),
    /// `op.alter_column`.
    AlterColumn(Box<AlterColumn>),
    /// `op.create_index`.
    CreateIndex(CreateIndex),
    /// `op.drop_index`.
    DropIndex(DropIndex),
    /// `op.create_primary_key`, `create_unique_constraint`, `create_foreign_key`, `create_check_constraint`,
    /// `create_exclude_constraint`.
    AddConstraint(AddConstraint),
    /// `op.drop_constraint`.
    DropConstraint(DropConstraint),
    /// `op.create_table_comment`.
    CreateTableComment(CreateTableComment),
    /// `op.drop_table_comment`.
    DropTableComment(DropTableComment),
    /// `op.bulk_insert`.
    BulkInsert(BulkInsert),
    /// `op.execute`.
    Execute(Execute),
    /// `op.batch_alter_table`, and autogenerate's changes of one table.
    ModifyTable(ModifyTable),
}

/// `op.create_table`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateTable {
    /// The table. Its indexes are those of `index=True`; autogenerate makes them operations of their own.
    pub table: schema::Table,
    /// IF NOT EXISTS.
    #[serde(default)]
    pub if_not_exists: bool,
}

/// `op.drop_table`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropTable {
    /// The table's name.
    pub name: TableName,
    /// IF EXISTS.
    #[serde(default)]
    pub if_exists: bool,
    /// The table as it was, so that it can be made again; `diff` knows it, a script does not.
    #[serde(default)]
    pub existing: Option<schema::Table>,
}

/// `op.rename_table`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RenameTable {
    /// The table's name until now.
    pub name: TableName,
    /// The new name, in the same schema.
    pub new_name: String,
}

/// `op.add_column`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddColumn {
    /// The table's name.
    pub table: TableName,
    /// The column.
    pub column: schema::Column,
    /// What the column brought with it: `ForeignKey`, `unique=True`, CHECK.
    #[serde(default)]
    pub constraints: Vec<schema::Constraint>,
    /// `index=True`.
    #[serde(default)]
    pub indexes: Vec<schema::Index>,
    /// IF NOT EXISTS.
    #[serde(default)]
    pub if_not_exists: bool,
    /// `inline_references=True`.
    #[serde(default)]
    pub inline_references: bool,
    /// `inline_primary_key=True`.
    #[serde(default)]
    pub inline_primary_key: bool,
    /// Batch mode: the column that follows it.
    #[serde(default)]
    pub insert_before: Option<String>,
    /// Batch mode: the column that precedes it.
    #[serde(default)]
    pub insert_after: Option<String>,
}

/// `op.drop_column`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropColumn {
    /// The table's name.
    pub table: TableName,
    /// The column's name.
    pub column: String,
    /// IF EXISTS.
    #[serde(default)]
    pub if_exists: bool,
    /// The column as it was, with what goes with it; `diff` knows it, a script does not.
    #[serde(default)]
    pub existing: Option<schema::Column>,
    /// `mssql_drop_default` and the like.
    #[serde(default)]
    pub options: schema::table::Options,
}

/// `op.alter_column`. Each outer `Option` says whether that aspect is changed (or known) at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlterColumn {
    /// The table's name.
    pub table: TableName,
    /// The column's name until now.
    pub column: String,
    /// What it becomes.
    #[serde(default)]
    pub to: Aspects,
    /// The new name.
    #[serde(default)]
    pub new_name: Option<String>,
    /// What it was: `existing_type=…` and the like.
    #[serde(default)]
    pub existing: Aspects,
    /// Batch mode: the column that follows it.
    #[serde(default)]
    pub insert_before: Option<String>,
    /// Batch mode: the column that precedes it.
    #[serde(default)]
    pub insert_after: Option<String>,
    /// `postgresql_using`, `mysql_…`.
    #[serde(default)]
    pub options: schema::table::Options,
    /// The constraints of the new type (a Boolean's or an Enum's CHECK).
    #[serde(default)]
    pub type_constraints: Vec<schema::Constraint>,
    /// The constraints of the existing type.
    #[serde(default)]
    pub existing_type_constraints: Vec<schema::Constraint>,
}

/// What a column is, as far as said. `None` is "not said"; for defaults and comments `Some(None)` is "none".
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Aspects {
    /// The type.
    #[serde(rename = "type")]
    pub ty: Option<Type>,
    /// Whether it takes NULL.
    pub nullable: Option<bool>,
    /// The server default.
    #[serde(with = "said")]
    pub server_default: Option<Option<schema::ServerDefault>>,
    /// The comment.
    #[serde(with = "said")]
    pub comment: Option<Option<String>>,
    /// `autoincrement=`.
    pub autoincrement: Option<schema::table::Autoincrement>,
}

/// `Option<Option<T>>` as a list: `[]` not said, `[null]` none, `[value]`; serde alone cannot tell the first two apart.
mod said {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde's `with` hands the field as it is")]
    pub(super) fn serialize<T: Serialize, S: Serializer>(value: &Option<Option<T>>, s: S) -> Result<S::Ok, S::Error> {
        value.as_slice().serialize(s)
    }

    pub(super) fn deserialize<'de, T, D>(d: D) -> Result<Option<Option<T>>, D::Error>
    where
        T: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<Option<T>>::deserialize(d)?.into_iter().next())
    }
}

/// `op.create_index`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateIndex {
    /// The table's name.
    pub table: TableName,
    /// The index.
    pub index: schema::Index,
    /// IF NOT EXISTS.
    #[serde(default)]
    pub if_not_exists: bool,
}

/// `op.drop_index`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropIndex {
    /// The table's name, where said.
    #[serde(default)]
    pub table: Option<TableName>,
    /// The index's name.
    pub name: Option<schema::Name>,
    /// The schema.
    #[serde(default)]
    pub schema: Option<String>,
    /// IF EXISTS.
    #[serde(default)]
    pub if_exists: bool,
    /// `postgresql_concurrently` and the like.
    #[serde(default)]
    pub options: schema::table::Options,
    /// The index as it was; `diff` knows it, a script does not.
    #[serde(default)]
    pub existing: Option<schema::Index>,
}

/// A constraint added to a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddConstraint {
    /// The table's name.
    pub table: TableName,
    /// The constraint.
    pub constraint: schema::Constraint,
}

/// `op.drop_constraint`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropConstraint {
    /// The table's name.
    pub table: TableName,
    /// The constraint's name; `None` fails unless a convention names it.
    pub name: Option<schema::Name>,
    /// What it is, where said.
    #[serde(default)]
    pub kind: Option<DroppedKind>,
    /// IF EXISTS.
    #[serde(default)]
    pub if_exists: bool,
    /// The constraint as it was; `diff` knows it, a script does not.
    #[serde(default)]
    pub existing: Option<schema::Constraint>,
}

/// `type_=` of `op.drop_constraint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DroppedKind {
    /// "foreignkey"
    ForeignKey,
    /// "primary"
    PrimaryKey,
    /// "unique"
    Unique,
    /// "check"
    Check,
}

/// `op.create_table_comment`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateTableComment {
    /// The table's name.
    pub table: TableName,
    /// The comment.
    pub comment: Option<String>,
    /// The comment until now.
    #[serde(default)]
    pub existing: Option<String>,
}

/// `op.drop_table_comment`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropTableComment {
    /// The table's name.
    pub table: TableName,
    /// The comment until now.
    #[serde(default)]
    pub existing: Option<String>,
}

/// `op.bulk_insert`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BulkInsert {
    /// The table, as the script describes it.
    pub table: TableName,
    /// The columns that are written, with their types.
    pub columns: Vec<(String, Type)>,
    /// The rows, each as long as `columns`; an expression (`op.inline_literal`, `text`) stands as it is.
    pub rows: Vec<Vec<Expr>>,
    /// All rows in one statement's execution.
    pub multiinsert: bool,
}

/// `op.execute`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Execute {
    /// What is executed.
    pub statement: Statement,
    /// `execution_options=…`.
    #[serde(default)]
    pub options: Vec<(String, Literal)>,
}

/// Changes of one table together: a batch, or what autogenerate found in one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModifyTable {
    /// The table's name.
    pub table: TableName,
    /// The changes, in order.
    pub operations: Vec<Operation>,
    /// How `batch_alter_table` was called; `None`: the changes stand for themselves.
    #[serde(default)]
    pub batch: Option<Batch>,
}

/// The arguments of `op.batch_alter_table`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Batch {
    /// When the table is rebuilt.
    pub recreate: Recreate,
    /// `copy_from=…`: the table as it is, instead of reflecting it.
    pub copy_from: Option<schema::Table>,
    /// `table_args=…`: constraints and indexes of the new table.
    pub constraints: Vec<schema::Constraint>,
    /// `table_args=…`, the indexes.
    pub indexes: Vec<schema::Index>,
    /// `table_kwargs=…`.
    pub options: schema::table::Options,
    /// `reflect_args=…`: columns that replace the reflected ones.
    pub reflect_columns: Vec<schema::Column>,
    /// `partial_reordering=…`.
    pub partial_reordering: Vec<Vec<String>>,
    /// `naming_convention=…`: names that reflected unnamed constraints get.
    pub naming: schema::NamingConvention,
}

/// When a batch rebuilds its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Recreate {
    /// When the database cannot do the change otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
