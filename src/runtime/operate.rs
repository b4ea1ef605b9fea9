//! Operations are carried out: compiled, and sent or written down.

use super::trace::{Event, Fate, Otherwise, Sent};
use super::world::{Outgoing, World, operation_event};
use crate::dialect::{Mode, Script, Sql, recreate};
use crate::error::{Error, Place, Result};
use crate::ops::{ModifyTable, Operation};
use crate::schema::TableName;

impl World {
    /// Carries out an operation of `op`; offline its statements are given back instead.
    pub(super) fn operation(
        &mut self,
        context: usize,
        operation: Operation,
        place: Option<Place>,
    ) -> Result<Vec<String>> {
        match (self.online(context), &operation) {
            (Some(link), _) => {
                self.operate(link, operation, place)?;
                Ok(Vec::new())
            }
            (None, Operation::ModifyTable(batch)) => self.written_batch(context, batch),
            (None, _) => self.written(context, &operation),
        }
    }

    /// Carries out an operation on a connection.
    pub(super) fn operate(&mut self, link: usize, operation: Operation, place: Option<Place>) -> Result<()> {
        let sent = match &operation {
            Operation::ModifyTable(batch) => self.batch(link, batch)?,
            _ => self.plain(link, &operation)?,
        };
        self.recorder.event(operation_event(operation, sent), place);
        Ok(())
    }

    /// `metadata.create_all()` and the like: several operations under one name.
    pub(super) fn operate_group(
        &mut self,
        link: usize,
        operations: Vec<Operation>,
        name: &str,
        place: Option<Place>,
    ) -> Result<()> {
        let group = self.begin_group(name, place.clone());
        let done = operations.into_iter().try_for_each(|operation| self.operate(link, operation, place.clone()));
        self.recorder.end_group(group);
        done
    }

    fn plain(&mut self, link: usize, operation: &Operation) -> Result<Vec<Sent>> {
        let found = self.link(link)?;
        let mut script = Script { binds: true, ..Script::default() };
        found.dialect.compile(operation, &mut found.memo, &mut script)?;
        script.statements.iter().map(|sql| self.send_sql(link, sql)).collect()
    }

    fn send_sql(&mut self, link: usize, sql: &Sql) -> Result<Sent> {
        let once = [Vec::new()];
        let executions = if sql.parameters.is_empty() { &once[..] } else { &sql.parameters };
        self.send_quietly(link, &Outgoing { sql: &sql.text, executions }).map(|(_, sent)| sent)
    }

    fn batch(&mut self, link: usize, batch: &ModifyTable) -> Result<Vec<Sent>> {
        let discipline = self.setup.discipline;
        let found = self.link(link)?;
        let rebuilds = recreate::rebuilds(found.dialect, batch);
        let surroundings = match rebuilds {
            true => Some(recreate::surroundings(found.dialect, found.connection.as_mut(), batch)?),
            false => None,
        };
        let plan = recreate::plan(found.dialect, batch, surroundings.as_ref(), discipline, &mut found.memo)?;
        let table = batch.table.clone();
        Rebuild { world: self, link, table, sent: Vec::new(), undo: None, enforced: None, broken: Vec::new() }
            .run(&plan)
    }

    fn written_batch(&mut self, context: usize, batch: &ModifyTable) -> Result<Vec<String>> {
        let discipline = self.setup.discipline;
        let context = self.context(context);
        let plan = recreate::plan(context.dialect, batch, None, discipline, &mut context.memo)?;
        let text = |step: &recreate::Step| match step {
            recreate::Step::Run(sql) => Some(sql.offline()),
            _ => None,
        };
        Ok(plan.steps.iter().filter_map(text).collect())
    }

    fn written(&mut self, context: usize, operation: &Operation) -> Result<Vec<String>> {
        let context = self.context(context);
        if let Operation::Execute(execute) = operation {
            let mode = if context.configured.literal_binds { Mode::Literal } else { Mode::Print };
            return Ok(vec![context.dialect.statement(&execute.statement, &[], mode)?.text]);
        }
        let mut script = Script::default();
        context.dialect.compile(operation, &mut context.memo, &mut script)?;
        Ok(script.statements.iter().map(Sql::offline).collect())
    }
}

/// A rebuild while it goes on.
struct Rebuild<'a> {
    world: &'a mut World,
    link: usize,
    table: TableName,
    sent: Vec<Sent>,
    undo: Option<Sql>,
    enforced: Option<bool>,
    broken: Vec<(TableName, usize)>,
}

impl Rebuild<'_> {
    fn run(mut self, plan: &recreate::Plan) -> Result<Vec<Sent>> {
        // Rows that break a foreign key before are not the rebuild's fault.
        for step in &plan.steps {
            if let recreate::Step::CheckForeignKeys(table) = step {
                let broken = self.violations(table)?;
                self.broken.push((table.clone(), broken));
            }
        }
        let done = plan.steps.iter().try_for_each(|step| self.step(step));
        if let (Err(_), Some(undo)) = (&done, self.undo.take()) {
            let _ = self.world.send_sql(self.link, &undo);
        }
        self.resume_foreign_keys()?;
        done.map(|()| self.sent)
    }

    fn step(&mut self, step: &recreate::Step) -> Result<()> {
        match step {
            recreate::Step::Run(sql) => self.sent.push(self.world.send_sql(self.link, sql)?),
            recreate::Step::SuspendForeignKeys => {
                self.enforced = self.world.link(self.link)?.connection.enforce_foreign_keys(false);
                self.note_what_hangs_on_it()?;
            }
            recreate::Step::ResumeForeignKeys => self.resume_foreign_keys()?,
            recreate::Step::CheckForeignKeys(table) => self.check(table)?,
            recreate::Step::OnFailure(sql) => self.undo = Some(sql.clone()),
            recreate::Step::Guarded => self.undo = None,
        }
        Ok(())
    }

    /// What `DROP TABLE` would have done to other tables, had foreign keys not been suspended.
    fn note_what_hangs_on_it(&mut self) -> Result<()> {
        if self.enforced == Some(true) {
            let found = recreate::hanging(self.world.link(self.link)?.connection.as_mut(), &self.table.name)?;
            for (table, on_delete, rows) in found {
                let fate = match on_delete.as_str() {
                    "CASCADE" => Fate::Deleted,
                    "SET NULL" | "SET DEFAULT" => Fate::Cut,
                    _ => Fate::Refused,
                };
                self.world.recorder.event(Event::Otherwise(Otherwise { fate, table, rows }), None);
            }
        }
        Ok(())
    }

    fn resume_foreign_keys(&mut self) -> Result<()> {
        if self.enforced.take() == Some(true) {
            self.world.link(self.link)?.connection.enforce_foreign_keys(true);
        }
        Ok(())
    }

    fn check(&mut self, table: &TableName) -> Result<()> {
        let before = self.broken.iter().find(|(name, _)| name == table).map_or(0, |(_, count)| *count);
        let now = self.violations(table)?;
        if now <= before {
            return Ok(());
        }
        let rows = if now - before == 1 { "a row".to_string() } else { format!("{} rows", now - before) };
        Err(Error::from(crate::error::DatabaseError {
            class: crate::error::DatabaseErrorClass::IntegrityError,
            message: format!(
                "FOREIGN KEY constraint failed: {rows} of {} refer to nothing after the change",
                table.name
            ),
            code: None,
            sql: None,
        }))
    }

    fn violations(&mut self, table: &TableName) -> Result<usize> {
        let link = self.world.link(self.link)?;
        let name = table.name.replace('"', "\"\"");
        let sql = format!("PRAGMA foreign_key_check(\"{name}\")");
        // A table that does not exist yet breaks nothing.
        Ok(link.connection.execute(&sql, &[]).map_or(0, |rows| rows.rows.len()))
    }
}
