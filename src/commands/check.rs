//! `check`: whether the models ask for a migration that does not exist yet.

use super::job::{Look, Start};
use super::{Environment, Said, revision};
use crate::error::Result;
use crate::runtime::{Compare, Header, Opts, Work};
use serde::{Deserialize, Serialize};

/// Nothing can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {}

pub(super) fn start(_: &Environment, _: &Params) -> Result<Start> {
    Ok(Look::start("check", Opts::with_template_args(), |visit, outcome| {
        revision::up_to_date(visit)?;
        // Differences end the run with an error, so this is said only when there are none.
        outcome.said = vec![Said::Line("No new upgrade operations detected.".into())];
        let compare = Compare { compare: true, check: true, script: Header::default() };
        Ok(Work { compare: Some(compare), ..Work::default() })
    }))
}
