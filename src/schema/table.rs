//! Tables and what they are made of.

use super::{Expr, Literal, Name, NamingConvention, Type};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An opaque number outside equality, by which a user's hook gets back the very object it knows; 0 is none.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Origin(pub u32);

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Arguments that only one dialect understands: `sqlite_autoincrement`, `mysql_engine`, `postgresql_using`, under their
/// full names.
pub type Options = BTreeMap<String, Expr>;

/// All tables of a program or of a database.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MetaData {
    /// In the order in which they were defined, or reflected (sorted by name).
    pub tables: Vec<Table>,
    /// The conventions under which unnamed constraints are named.
    #[serde(default)]
    pub naming: NamingConvention,
    /// The default schema of the tables.
    #[serde(default)]
    pub schema: Option<String>,
}

impl MetaData {
    /// The table of this name.
    pub fn table(&self, name: &TableName) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == *name)
    }
}

/// A table's name, with its schema where it has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TableName {
    /// The schema's name.
    #[serde(default)]
    pub schema: Option<String>,
    /// The table's own name.
    pub name: String,
}

impl TableName {
    /// A table of the default schema.
    pub fn new(name: impl Into<String>) -> Self {
        TableName { schema: None, name: name.into() }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: TableName,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its constraints in SQLAlchemy's order of definition; the primary key, if any, is one of them. Shorthands
    /// (`unique=True`, `ForeignKey` on a column) are already written out here.
    pub constraints: Vec<Constraint>,
    /// Its indexes (`index=True` written out).
    pub indexes: Vec<Index>,
    /// The comment.
    #[serde(default)]
    pub comment: Option<String>,
    /// Words between CREATE and TABLE: "TEMPORARY".
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Arguments of single dialects.
    #[serde(default)]
    pub options: Options,
    /// `info=…`, as far as it is made of literals.
    #[serde(default)]
    pub info: BTreeMap<String, Literal>,
    /// The surface's object.
    #[serde(default)]
    pub origin: Origin,
}

impl Table {
    /// A table without columns.
    pub fn new(name: TableName) -> Self {
        Table {
            name,
            columns: Vec::new(),
            constraints: Vec::new(),
            indexes: Vec::new(),
            comment: None,
            prefixes: Vec::new(),
            options: Options::new(),
            info: BTreeMap::new(),
            origin: Origin::default(),
        }
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The primary key.
    pub fn primary_key(&self) -> Option<&Constraint> {
        self.constraints.iter().find(|constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey { .. }))
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in the database.
    pub name: String,
    /// `Column(key=…)`, where it differs from the name.
    #[serde(default)]
    pub key: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it takes NULL.
    pub nullable: bool,
    /// `primary_key=True` on the column (the constraint itself is in [`Table::constraints`]).
    #[serde(default)]
    pub primary_key: bool,
    /// `autoincrement=`.
    #[serde(default)]
    pub autoincrement: Autoincrement,
    /// The default that the database computes.
    #[serde(default)]
    pub server_default: Option<ServerDefault>,
    /// The comment.
    #[serde(default)]
    pub comment: Option<String>,
    /// `system=True`: exists, but is never created.
    #[serde(default)]
    pub system: bool,
    /// A Sequence by name that fills the column.
    #[serde(default)]
    pub sequence: Option<String>,
    /// COLLATE as the database keeps it outside the type (SQLite); `None` otherwise.
    #[serde(default)]
    pub collation: Option<String>,
    /// Arguments of single dialects: `sqlite_on_conflict_not_null`.
    #[serde(default)]
    pub options: Options,
    /// `info=…`, as far as it is made of literals.
    #[serde(default)]
    pub info: BTreeMap<String, Literal>,
    /// The surface's object.
    #[serde(default)]
    pub origin: Origin,
}

impl Column {
    /// A column of this name and type, and nothing else said.
    pub fn new(name: impl Into<String>, ty: Type) -> Self {
        Column {
            name: name.into(),
            key: None,
            ty,
            nullable: true,
            primary_key: false,
            autoincrement: Autoincrement::Auto,
            server_default: None,
            comment: None,
            system: false,
            sequence: None,
            collation: None,
            options: Options::new(),
            info: BTreeMap::new(),
            origin: Origin::default(),
        }
    }
}

/// `Column(autoincrement=…)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Autoincrement {
    /// "auto": a single integer primary key without a foreign key counts up.
    #[default]
    Auto,
    /// `True`.
    Yes,
    /// `False`.
    No,
    /// "`ignore_fk`".
    IgnoreForeignKey,
}

/// What fills a column when an INSERT says nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ServerDefault {
    /// `server_default="0"`: a string that is quoted as a literal.
    Literal(String),
    /// `server_default=text("0")`, `func.now()`, or what a database keeps (as `Expr::Text`).
    Expression(Expr),
    /// `Computed("a + b", persisted=…)`.
    Computed {
        /// The expression's text.
        sql: String,
        /// STORED, VIRTUAL, or the dialect's choice.
        persisted: Option<bool>,
    },
    /// `Identity(…)`.
    Identity(Identity),
    /// `FetchedValue()`: something outside fills it.
    Fetched,
}

/// `Identity(…)`, also the options of a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// GENERATED ALWAYS instead of BY DEFAULT.
    pub always: bool,
    /// Oracle's ON NULL.
    pub on_null: Option<bool>,
    /// START WITH.
    pub start: Option<i64>,
    /// INCREMENT BY.
    pub increment: Option<i64>,
    /// MINVALUE.
    pub minvalue: Option<i64>,
    /// MAXVALUE.
    pub maxvalue: Option<i64>,
    /// NO MINVALUE.
    pub nominvalue: Option<bool>,
    /// NO MAXVALUE.
    pub nomaxvalue: Option<bool>,
    /// CYCLE.
    pub cycle: Option<bool>,
    /// CACHE.
    pub cache: Option<i64>,
    /// Oracle's ORDER.
    pub order: Option<bool>,
}

/// A constraint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// Its name, where it has one; conventions are already applied.
    #[serde(default)]
    pub name: Option<Name>,
    /// What it demands.
    pub kind: ConstraintKind,
    /// DEFERRABLE / NOT DEFERRABLE.
    #[serde(default)]
    pub deferrable: Option<bool>,
    /// INITIALLY …
    #[serde(default)]
    pub initially: Option<String>,
    /// It came from a column's shorthand (`unique=True`, `ForeignKey`, a CHECK written in the column, a Boolean's or
    /// Enum's own CHECK).
    #[serde(default)]
    pub source: Source,
    /// The column that it was written on, where that is known: a CHECK of a column stands inside it in DDL.
    #[serde(default)]
    pub column: Option<String>,
    /// The comment (PostgreSQL).
    #[serde(default)]
    pub comment: Option<String>,
    /// Arguments of single dialects.
    #[serde(default)]
    pub options: Options,
    /// The surface's object.
    #[serde(default)]
    pub origin: Origin,
}

impl Constraint {
    /// A constraint that demands this and no more, from the table's own list.
    pub fn new(name: Option<Name>, kind: ConstraintKind) -> Self {
        Constraint {
            name,
            kind,
            deferrable: None,
            initially: None,
            source: Source::Table,
            column: None,
            comment: None,
            options: Options::new(),
            origin: Origin::default(),
        }
    }

    /// The columns it is about, in order; none where an expression says it.
    pub fn columns(&self) -> &[String] {
        match &self.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => columns,
            ConstraintKind::ForeignKey(key) => &key.columns,
            ConstraintKind::Check { .. } | ConstraintKind::Exclude { .. } => &[],
        }
    }
}

/// Where a constraint was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Source {
    /// In the table's own list.
    #[default]
    Table,
    /// On a column: `unique=True`, `ForeignKey(…)`, or `CheckConstraint` in the Column's arguments, which Alembic never renders.
    Column,
    /// By a type: Boolean or Enum with `create_constraint=True`.
    Type,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ConstraintKind {
    /// PRIMARY KEY.
    PrimaryKey {
        /// The key's columns, in order.
        columns: Vec<String>,
    },
    /// UNIQUE.
    Unique {
        /// The columns, in order.
        columns: Vec<String>,
    },
    /// FOREIGN KEY.
    ForeignKey(ForeignKey),
    /// CHECK.
    Check {
        /// The condition.
        condition: Expr,
    },
    /// PostgreSQL's EXCLUDE.
    Exclude {
        /// Pairs of expression and operator.
        elements: Vec<(Expr, String)>,
        /// The index method: "gist".
        using: String,
        /// WHERE.
        condition: Option<Expr>,
    },
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The columns here.
    pub columns: Vec<String>,
    /// The table there.
    pub referred: TableName,
    /// The columns there, paired with `columns`.
    pub referred_columns: Vec<String>,
    /// ON DELETE.
    #[serde(default)]
    pub ondelete: Option<String>,
    /// ON UPDATE.
    #[serde(default)]
    pub onupdate: Option<String>,
    /// MATCH.
    #[serde(default, rename = "match")]
    pub match_: Option<String>,
    /// `use_alter=True`.
    #[serde(default)]
    pub use_alter: bool,
    /// `link_to_name=True`.
    #[serde(default)]
    pub link_to_name: bool,
}

impl Index {
    /// An index of this name over these expressions.
    pub fn new(name: Option<Name>, expressions: Vec<Expr>) -> Self {
        Index {
            name,
            expressions,
            unique: false,
            options: Options::new(),
            info: BTreeMap::new(),
            origin: Origin::default(),
        }
    }
}

/// An index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Its name, conventions applied; `None` only before that.
    pub name: Option<Name>,
    /// What is indexed: `Expr::Column` for plain columns, otherwise expressions (`text`, `desc`, functions).
    pub expressions: Vec<Expr>,
    /// UNIQUE.
    #[serde(default)]
    pub unique: bool,
    /// Arguments of single dialects: `sqlite_where`, `postgresql_using`, `postgresql_include`.
    #[serde(default)]
    pub options: Options,
    /// `info=…`, as far as it is made of literals.
    #[serde(default)]
    pub info: BTreeMap<String, Literal>,
    /// The surface's object.
    #[serde(default)]
    pub origin: Origin,
}
