//! What a SQLite database holds.

use crate::dialect::{Names, Wanted};
use crate::error::{Error, Result};
use crate::host::Connection;
use crate::schema::MetaData;

pub(super) fn reflect(_: &mut dyn Connection, _: &Wanted) -> Result<MetaData> {
    Err(Error::unsupported("sqlite", "reflection"))
}

pub(super) fn names(_: &mut dyn Connection, _: Names, _: Option<&str>) -> Result<Vec<String>> {
    Err(Error::unsupported("sqlite", "reflection"))
}
