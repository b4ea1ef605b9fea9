//! `merge`: a revision that joins several heads.

use super::job::{Look, Start};
use super::{Environment, Outcome, write};
use crate::error::Result;
use crate::runtime::{Header, Opts, Work};
use crate::script::draft;
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// The heads.
    pub revisions: Vec<String>,
    /// `-m`.
    pub message: Option<String>,
    /// `--branch-label`.
    pub branch_label: Option<String>,
    /// `--rev-id`.
    pub rev_id: Option<String>,
    /// `--splice`: they need not be heads.
    pub splice: bool,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    let header = Header {
        rev_id: Some(params.rev_id.clone().unwrap_or_else(|| draft::new_id(environment.host.as_ref()))),
        message: params.message.clone(),
        head: params.revisions.clone(),
        splice: params.splice,
        branch_label: params.branch_label.clone().into_iter().collect(),
        ..Header::default()
    };
    if !environment.wants_environment() {
        let mut outcome = Outcome::default();
        write::empty(environment, &header, &mut outcome)?;
        return Ok(Start::Done(outcome));
    }
    let environment = environment.clone();
    Ok(Look::start_with_end(
        "merge",
        Opts::with_template_args(),
        |_, _| Ok(Work::default()),
        move |_, outcome| write::empty(&environment, &header, outcome),
    ))
}
