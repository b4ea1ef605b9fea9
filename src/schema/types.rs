//! The types of columns: SQLAlchemy's classes by family, with the arguments that make a difference.

use super::Literal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A column's type. The `class` inside a family is SQLAlchemy's class name: upper-case names are the SQL standard's
/// types, the others are SQLAlchemy's generic ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Type {
    /// `NullType`: unknown.
    Null,
    /// Text: `String Text Unicode UnicodeText VARCHAR NVARCHAR CHAR NCHAR TEXT CLOB`.
    String {
        /// SQLAlchemy's class.
        class: String,
        /// The most characters.
        length: Option<u32>,
        /// COLLATE.
        collation: Option<String>,
    },
    /// Integers: `Integer SmallInteger BigInteger INTEGER SMALLINT BIGINT`.
    Integer {
        /// SQLAlchemy's class.
        class: String,
    },
    /// Exact and floating numbers: `Numeric NUMERIC DECIMAL Float FLOAT REAL Double DOUBLE DOUBLE_PRECISION`.
    Numeric {
        /// SQLAlchemy's class.
        class: String,
        /// Digits altogether (bits for floating numbers).
        precision: Option<u32>,
        /// Digits after the point.
        scale: Option<i32>,
        /// Whether Python gets a Decimal (`Numeric`: true, `Float`: false, unless said otherwise).
        asdecimal: bool,
        /// `decimal_return_scale`.
        decimal_return_scale: Option<u32>,
    },
    /// `Boolean BOOLEAN`.
    Boolean {
        /// SQLAlchemy's class.
        class: String,
        /// Whether a CHECK belongs to it.
        create_constraint: bool,
        /// The CHECK's name.
        name: Option<String>,
    },
    /// `Date DATE DateTime DATETIME TIMESTAMP Time TIME`.
    Temporal {
        /// SQLAlchemy's class.
        class: String,
        /// WITH TIME ZONE.
        timezone: bool,
    },
    /// `Interval`.
    Interval {
        /// Whether the database's own interval is used.
        native: bool,
        /// Digits of seconds.
        second_precision: Option<u32>,
        /// Digits of days.
        day_precision: Option<u32>,
    },
    /// `LargeBinary BLOB BINARY VARBINARY`.
    Binary {
        /// SQLAlchemy's class.
        class: String,
        /// The most bytes.
        length: Option<u32>,
    },
    /// `Enum`, and PostgreSQL's `ENUM`.
    Enum(Enum),
    /// `JSON`.
    Json {
        /// SQLAlchemy's class.
        class: String,
        /// Whether None is stored as SQL's NULL.
        none_as_null: bool,
    },
    /// `Uuid UUID`.
    Uuid {
        /// SQLAlchemy's class.
        class: String,
        /// Whether Python gets a UUID.
        as_uuid: bool,
        /// Whether the database's own UUID is used.
        native_uuid: bool,
    },
    /// `PickleType`.
    Pickle,
    /// `ARRAY`, SQLAlchemy's and PostgreSQL's.
    Array {
        /// `None`: `sa.ARRAY`; otherwise the dialect.
        dialect: Option<String>,
        /// The elements' type.
        item: Box<Type>,
        /// How many dimensions, where said.
        dimensions: Option<u32>,
        /// `as_tuple`.
        as_tuple: bool,
    },
    /// A type that only one dialect has: `postgresql.JSONB(astext_type=Text())`, `mysql.TINYINT(1)`.
    Dialect {
        /// "postgresql", "mysql", "sqlite", "mssql", "oracle".
        dialect: String,
        /// The class.
        class: String,
        /// The arguments other than their defaults, in the signature's order; positional ones have an empty name.
        arguments: Vec<(String, Argument)>,
    },
    /// A class of somebody else's: a `TypeDecorator`, a `UserDefinedType`, `sqlmodel.sql.sqltypes.AutoString`.
    Custom {
        /// The module that defines it.
        module: String,
        /// The class's qualified name.
        class: String,
        /// What its repr shows.
        arguments: Vec<(String, Argument)>,
        /// What it stores: a `TypeDecorator`'s implementation; for a `UserDefinedType` what `get_col_spec` says.
        stores: Box<Stored>,
    },
    /// `with_variant`: a type, and others for single dialects.
    Variant {
        /// The type everywhere else.
        base: Box<Type>,
        /// By dialect.
        variants: BTreeMap<String, Type>,
    },
}

/// What stands behind a custom type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Stored {
    /// Another type; `by_dialect` holds what `load_dialect_impl` gives where it differs.
    Type {
        /// The implementation.
        base: Type,
        /// Where a dialect has another.
        by_dialect: BTreeMap<String, Type>,
    },
    /// The column specification as text: `get_col_spec()`.
    Spec(String),
}

/// `Enum(…)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// `None`: `sa.Enum`; otherwise the dialect's own class (`postgresql.ENUM`).
    pub dialect: Option<String>,
    /// The labels as stored.
    pub labels: Vec<String>,
    /// The type's name.
    pub name: Option<String>,
    /// The type's schema.
    pub schema: Option<String>,
    /// Whether the database's own enumeration is used where it has one.
    pub native_enum: bool,
    /// Whether a CHECK belongs to it.
    pub create_constraint: bool,
    /// VARCHAR's length where it is not native; SQLAlchemy's default is the longest label's.
    pub length: Option<u32>,
    /// PostgreSQL's `create_type`.
    pub create_type: bool,
    /// `metadata=…` was given: the type is created with the metadata, not with its table.
    pub metadata: bool,
    /// `inherit_schema`.
    pub inherit_schema: bool,
}

/// An argument of a type's constructor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    /// A value.
    Literal(Literal),
    /// Another type.
    Type(Type),
}
