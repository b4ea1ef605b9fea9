//! Plain values: what tables are, what types mean, what statements say.
//!
//! No SQL, no Python, no database. Equality is structural; what "means the same" in a database is the dialect's affair.
//! The serde form of these values is also the form in which they cross Python's border (`library::lower`, `lift`).

pub mod expression;
pub mod literal;
pub mod naming;
pub mod order;
pub mod statement;
pub mod table;
pub mod types;

pub use self::{
    expression::Expr,
    literal::Literal,
    naming::{Name, NamingConvention},
    statement::Statement,
    table::{Column, Constraint, Index, MetaData, Origin, ServerDefault, Table, TableName},
    types::Type,
};
