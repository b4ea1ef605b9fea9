//! The comparison of models and database for `revision --autogenerate` and `check`.

use super::answer::Reply;
use super::border::Asked;
use super::world::World;
use crate::error::{Error, Result};

pub(super) fn diff(_: &mut World, _: &mut Asked<'_>) -> Result<Reply> {
    Err(Error::unsupported("Retort", "autogenerate"))
}

pub(super) fn render(_: &mut Asked<'_>) -> Result<Reply> {
    Err(Error::unsupported("Retort", "rendering"))
}
