//! ruff's tree to code.

mod code;

pub(crate) use code::{Binary, Code, CodeKind, Compare, Conversion, Op, Params, Unary};
pub use code::{Source, Span};
