//! `revision`: a new revision file, empty or filled by autogenerate.

use super::job::{Look, Start};
use super::{Environment, Outcome, write};
use crate::error::{Error, Result};
use crate::runtime::{Compare, Header, Made, Opts, Visit, Work};
use crate::script::draft;
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {
    /// `-m`.
    pub message: Option<String>,
    /// `--autogenerate`.
    pub autogenerate: bool,
    /// `--sql`.
    pub sql: bool,
    /// `--head`.
    pub head: String,
    /// `--splice`.
    pub splice: bool,
    /// `--branch-label`.
    pub branch_label: Option<String>,
    /// `--version-path`.
    pub version_path: Option<String>,
    /// `--rev-id`.
    pub rev_id: Option<String>,
    /// `--depends-on`.
    pub depends_on: Vec<String>,
}

pub(super) fn start(environment: &Environment, params: &Params) -> Result<Start> {
    if params.autogenerate && params.sql {
        return Err(Error::command("Using --sql with --autogenerate does not make any sense"));
    }
    let header = header(environment, params);
    if params.autogenerate || environment.wants_environment() {
        return Ok(with_environment(environment, params, header));
    }
    if params.sql {
        return Err(Error::command(
            "Using --sql with the revision command when revision_environment is not configured does not make any sense",
        ));
    }
    let mut outcome = Outcome::default();
    write::empty(environment, &header, &mut outcome)?;
    Ok(Start::Done(outcome))
}

fn header(environment: &Environment, params: &Params) -> Header {
    Header {
        rev_id: Some(params.rev_id.clone().unwrap_or_else(|| draft::new_id(environment.host.as_ref()))),
        message: params.message.clone(),
        head: if params.head.is_empty() { vec!["head".into()] } else { vec![params.head.clone()] },
        splice: params.splice,
        branch_label: params.branch_label.clone().into_iter().collect(),
        version_path: params.version_path.clone(),
        depends_on: params.depends_on.clone(),
    }
}

fn with_environment(environment: &Environment, params: &Params, header: Header) -> Start {
    let opts = Opts { as_sql: params.sql, ..Opts::with_template_args() };
    let compares = params.autogenerate;
    let script = header.clone();
    let work = move |visit: &Visit<'_>, _: &mut Outcome| {
        if compares {
            up_to_date(visit)?;
        }
        let compare = Compare { compare: compares, check: false, script: script.clone() };
        Ok(Work { compare: Some(compare), ..Work::default() })
    };
    let environment = environment.clone();
    let end = move |made: Made, outcome: &mut Outcome| {
        let template_args = made.template_args;
        for script in made.scripts.unwrap_or_default() {
            let header = script.header.unwrap_or_else(|| header.clone());
            write::filled(&environment, &header, &script.passes, &template_args, outcome)?;
            outcome.operations.extend(script.passes.into_iter().flat_map(|pass| pass.upgrade));
        }
        Ok(())
    };
    Look::start_with_end("revision", opts, work, end)
}

/// Autogenerate compares with the state after all revisions, so they must have been run.
pub(super) fn up_to_date(visit: &Visit<'_>) -> Result<()> {
    let at = visit.graph.get_all(visit.rows)?;
    let heads = visit.graph.get_all(&["heads"])?;
    let all = at.len() == heads.len() && heads.iter().all(|head| at.iter().any(|it| it.id == head.id));
    if all { Ok(()) } else { Err(Error::command("Target database is not up to date.")) }
}
