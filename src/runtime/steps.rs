//! The steps of a plan: the version table before, the revision's own unit around, the rows moved after.

use super::task::{Compare, Visit};
use super::version::VersionTable;
use super::world::{Outgoing, Resort, World};
use crate::error::Result;
use crate::script::{self, Direction};
use serde::Serialize;

/// One step as Python learns of it.
#[derive(Debug, Serialize)]
pub(super) struct StepReply {
    /// `upgrade`, `downgrade`; none for a stamp.
    pub(super) function: Option<&'static str>,
    /// The revision's file.
    pub(super) path: Option<String>,
    /// What the log says after "Running ".
    pub(super) log: String,
    /// What offline scripts say.
    pub(super) short_log: String,
    /// Whether it goes towards the heads.
    pub(super) upgrade: bool,
    /// The revisions above.
    pub(super) up: Vec<String>,
    /// The revisions below.
    pub(super) down: Vec<String>,
}

/// The plan as Python learns of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct PlanReply {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) autogenerate: Option<Compare>,
    pub(super) steps: Vec<StepReply>,
    pub(super) warnings: Vec<String>,
    /// The version table's statements, offline, for `ensure_version`.
    pub(super) sql: Vec<String>,
}

/// What a step's end did.
#[derive(Debug, Default, Serialize)]
pub(super) struct Moved {
    /// The statements, offline.
    pub(super) sql: Vec<String>,
    /// The version table's rows.
    pub(super) heads: Vec<String>,
}

impl World {
    /// The version table's rows.
    pub(super) fn current_heads(&mut self, context: usize) -> Result<Vec<String>> {
        match self.online(context) {
            None => Ok(self.contexts[context].rows.clone()),
            Some(link) => {
                let table = self.version_table(context);
                table.rows(self.link(link)?)
            }
        }
    }

    /// Makes the version table, if it is not there; with `purge` it is emptied.
    pub(super) fn ensure_version_table(&mut self, context: usize, purge: bool) -> Result<Vec<String>> {
        let (table, dialect) = (self.version_table(context), self.contexts[context].dialect);
        let Some(link) = self.online(context) else { return written(&table.creation(dialect)?) };
        if !table.exists(self.link(link)?)? {
            for sql in table.creation(dialect)? {
                self.run(link, &sql)?;
            }
        }
        if purge {
            self.run(link, &table.purge(dialect)?)?;
            self.link(link)?.commit()?;
        }
        Ok(Vec::new())
    }

    /// Asks the command what it wants, now that the database's revisions are known.
    pub(super) fn plan(&mut self, context: usize, rows: Vec<String>) -> Result<PlanReply> {
        let url = self.shown_url(context);
        let visit = Visit { rows: &rows, graph: &self.setup.graph, url: &url };
        let work = self.task.work(&visit)?;
        let sql = if work.ensure_version_table { self.ensure_version_table(context, false)? } else { Vec::new() };
        let steps = work.plan.steps.iter().map(|step| self.step_reply(step)).collect();
        let here = self.context(context);
        here.rows = rows;
        here.steps = work.plan.steps;
        Ok(PlanReply { autogenerate: work.compare, steps, warnings: work.plan.warnings, sql })
    }

    /// Begins a step; offline the version table comes first, where there are no rows yet.
    pub(super) fn step_begin(&mut self, context: usize, number: usize) -> Result<Vec<String>> {
        let step = self.contexts[context].steps[number].clone();
        if let Some(id) = &step.revision {
            let path = self.setup.graph.revision(id).map(|revision| revision.path.clone()).unwrap_or_default();
            self.recorder.begin_revision(id, step.direction, &path);
            if let Some(around) = &mut self.around {
                around.before(id, step.direction);
            }
        }
        match self.online(context) {
            Some(link) => {
                self.begin_unit(context, link, &step)?;
                Ok(Vec::new())
            }
            None if self.contexts[context].rows.is_empty() => self.ensure_version_table(context, false),
            None => Ok(Vec::new()),
        }
    }

    /// A revision that is undone leads back to where the last commit was: the one before it, or further where a
    /// transaction holds several.
    fn begin_unit(&mut self, context: usize, link: usize, step: &script::Step) -> Result<()> {
        let here = self.link(link)?;
        let committed = here.take_committed();
        here.begin_unit()?;
        let atomic = here.is_atomic();
        let earlier = self.resort.take().filter(|_| !committed).map(|resort| resort.rows);
        let rows = earlier.unwrap_or_else(|| self.contexts[context].rows.clone());
        let run = |id: &String| match step.direction {
            Direction::Up => id.clone(),
            Direction::Down => format!("the downgrade of {id}"),
        };
        self.resort = step.revision.as_ref().filter(|_| atomic).map(|id| Resort { run: run(id), rows });
        Ok(())
    }

    /// Moves the version table's rows.
    pub(super) fn step_end(&mut self, context: usize, number: usize) -> Result<Moved> {
        let (table, dialect) = (self.version_table(context), self.contexts[context].dialect);
        let step = self.contexts[context].steps[number].clone();
        let mut rows = std::mem::take(&mut self.context(context).rows);
        let moves = step.move_rows(&self.setup.graph, &mut rows);
        self.context(context).rows.clone_from(&rows);
        self.recorder.end_revision();
        let mut sql = Vec::new();
        for row in &moves {
            let text = table.statement(dialect, row)?;
            match self.online(context) {
                Some(link) => table.check(row, self.run(link, &text)?)?,
                None => sql.push(offline(&text)),
            }
        }
        if let Some(link) = self.online(context) {
            self.tell_after(&step, link)?;
            self.link(link)?.end_unit();
        }
        Ok(Moved { sql, heads: rows })
    }

    fn tell_after(&mut self, step: &script::Step, link: usize) -> Result<()> {
        if let (Some(mut around), Some(id)) = (self.around.take(), &step.revision) {
            around.after(id, step.direction, self.link(link)?.connection.as_mut());
            self.around = Some(around);
        }
        Ok(())
    }

    /// After a step and after what env.py did about its transaction: what is still open of ours is committed.
    pub(super) fn step_closed(&mut self, context: usize) -> Result<()> {
        let configured = &self.contexts[context].configured;
        let ours = !configured.external && !configured.transactional;
        if let Some(link) = self.online(context).filter(|_| ours) {
            self.link(link)?.commit()?;
        }
        Ok(())
    }

    /// `MigrationContext.stamp`.
    pub(super) fn stamp(&mut self, context: usize, targets: &[String]) -> Result<Vec<String>> {
        let rows = self.current_heads(context)?;
        let plan = self.setup.graph.stamp(targets, &rows)?;
        if rows.is_empty() {
            self.ensure_version_table(context, false)?;
        }
        let count = plan.steps.len();
        let here = self.context(context);
        here.rows = rows;
        here.steps = plan.steps;
        let mut sql = Vec::new();
        for number in 0..count {
            sql.extend(self.step_end(context, number)?.sql);
        }
        Ok(sql)
    }

    fn run(&mut self, link: usize, sql: &str) -> Result<u64> {
        let (rows, _) = self.send_quietly(link, &Outgoing { sql, executions: &[Vec::new()] })?;
        Ok(rows.affected.max(rows.rows.len() as u64))
    }

    fn version_table(&self, context: usize) -> VersionTable {
        self.contexts[context].configured.version_table.clone()
    }

    /// The database's URL without its password.
    fn shown_url(&self, context: usize) -> String {
        let link = self.online(context).and_then(|number| self.links.get(number)).and_then(Option::as_ref);
        link.map(|link| without_password(&link.url)).unwrap_or_default()
    }

    fn step_reply(&self, step: &script::Step) -> StepReply {
        let upgrade = step.direction == Direction::Up;
        let (up, down) = if upgrade { (&step.to, &step.from) } else { (&step.from, &step.to) };
        let revision = step.revision.as_ref().and_then(|id| self.setup.graph.revision(id));
        StepReply {
            function: step.revision.as_ref().map(|_| step.name()),
            path: revision.map(|revision| revision.path.clone()),
            log: step.log(),
            short_log: step.short_log(),
            upgrade,
            up: up.clone(),
            down: down.clone(),
        }
    }
}

fn written(statements: &[String]) -> Result<Vec<String>> {
    Ok(statements.iter().map(|sql| offline(sql)).collect())
}

fn offline(sql: &str) -> String {
    sql.replace('\t', "    ").trim().to_string()
}

/// `postgresql://me:***@host/db`.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.into() };
    let Some((login, place)) = rest.rsplit_once('@') else { return url.into() };
    match login.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:***@{place}"),
        None => url.into(),
    }
}
