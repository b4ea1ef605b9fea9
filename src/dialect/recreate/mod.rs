//! Rebuilding a table to change it: Alembic's batch mode.

mod change;
mod hanging;
mod loss;
mod naming;
mod order;
mod surroundings;

pub use self::hanging::hanging;
pub use self::surroundings::{Dependent, Surroundings, surroundings};

use super::{Dialect, Memo, Script, Sql, script::Kind};
use crate::error::{Error, Result};
use crate::ops::{self, Operation};
use crate::schema::statement::{From, Insert, InsertSource, Select};
use crate::schema::{Expr, Statement, Table, TableName};
use change::Change;
use serde::{Deserialize, Serialize};

/// Ours or theirs: whether a rebuild keeps everything, or does what Alembic does, faults included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Discipline {
    /// Atomic, and nothing is lost.
    #[default]
    Safe,
    /// Exactly Alembic's statements.
    AsAlembic,
}

/// How a batch is carried out: the runtime executes the steps in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// What is done.
    pub steps: Vec<Step>,
    /// Warnings as Alembic gives them.
    pub warnings: Vec<String>,
    /// Whether the table is rebuilt; otherwise the steps are plain ALTERs.
    pub rebuilds: bool,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A statement; [`Sql::operation`] is the index inside the batch, or 0 for those of the rebuild itself.
    Run(Sql),
    /// `Connection::enforce_foreign_keys(false)`, remembering what it was.
    SuspendForeignKeys,
    /// Enforcement as it was before [`Step::SuspendForeignKeys`].
    ResumeForeignKeys,
    /// A query that gives one row for each row that breaks a foreign key; any row is an error, unless it was there
    /// before (SQLite's `PRAGMA foreign_key_check(table)`).
    CheckForeignKeys(TableName),
    /// The undoing of what came before, if a later step up to the next [`Step::Guarded`] fails (`AsAlembic`'s `DROP TABLE _alembic_tmp_…`).
    OnFailure(Sql),
    /// The end of what [`Step::OnFailure`] guards.
    Guarded,
}

/// How to carry out a batch. `surroundings` come from [`surroundings`]; offline there are none.
pub fn plan(
    dialect: &dyn Dialect,
    batch: &ops::ModifyTable,
    surroundings: Option<&Surroundings>,
    discipline: Discipline,
    memo: &mut Memo,
) -> Result<Plan> {
    let discipline = if dialect.features().safe_rebuilds { discipline } else { Discipline::AsAlembic };
    let mut planner = Planner { dialect, memo, plan: Plan::default(), discipline };
    // A batch's `execute` is not kept for the end: Alembic runs it at once.
    for (index, operation) in batch.operations.iter().enumerate() {
        if matches!(operation, Operation::Execute(_)) {
            planner.operation(operation, index)?;
        }
    }
    if rebuilds(dialect, batch) {
        let existing = existing_table(dialect, batch, surroundings)?;
        planner.rebuild(batch, existing, surroundings)?;
    } else {
        planner.alter(batch)?;
    }
    Ok(planner.plan)
}

/// Whether this batch rebuilds its table, so that [`plan`] wants [`Surroundings`].
pub fn rebuilds(dialect: &dyn Dialect, batch: &ops::ModifyTable) -> bool {
    match batch.batch.as_ref().map(|batch| batch.recreate) {
        Some(ops::Recreate::Always) => true,
        Some(ops::Recreate::Auto) => dialect.requires_recreate(batch),
        Some(ops::Recreate::Never) | None => false,
    }
}

fn existing_table(dialect: &dyn Dialect, batch: &ops::ModifyTable, around: Option<&Surroundings>) -> Result<Table> {
    let given = batch.batch.as_ref().and_then(|batch| batch.copy_from.clone());
    match given.or_else(|| around.map(|around| around.table.clone())) {
        Some(table) => Ok(table),
        None => Err(Error::command(format!(
            "This operation cannot proceed in --sql mode; batch mode with dialect {} requires a live database connection \
             with which to reflect the table \"{}\". To generate a batch SQL migration script using table \"move and \
             copy\", a complete Table object should be passed to the \"copy_from\" argument of the batch_alter_table() \
             method so that table reflection can be skipped.",
            dialect.name(),
            batch.table.name
        ))),
    }
}

struct Planner<'a> {
    dialect: &'a dyn Dialect,
    memo: &'a mut Memo,
    plan: Plan,
    discipline: Discipline,
}

impl Planner<'_> {
    fn alter(&mut self, batch: &ops::ModifyTable) -> Result<()> {
        let places = |op: &Operation| match op {
            Operation::AddColumn(op) => op.insert_before.is_some() || op.insert_after.is_some(),
            _ => false,
        };
        if batch.operations.iter().any(places) {
            return Err(Error::command(
                "Can't specify insert_before or insert_after when using ALTER; please specify recreate='always'",
            ));
        }
        for (index, operation) in batch.operations.iter().enumerate() {
            if !matches!(operation, Operation::Execute(_)) {
                self.operation(operation, index)?;
            }
        }
        Ok(())
    }

    fn operation(&mut self, operation: &Operation, index: usize) -> Result<()> {
        let mut script = Script { operation: index, binds: true, ..Script::default() };
        self.dialect.compile(operation, self.memo, &mut script)?;
        self.take(script);
        Ok(())
    }

    fn take(&mut self, script: Script) {
        self.plan.warnings.extend(script.warnings);
        self.plan.steps.extend(script.statements.into_iter().map(Step::Run));
    }

    fn rebuild(&mut self, batch: &ops::ModifyTable, existing: Table, around: Option<&Surroundings>) -> Result<()> {
        let arguments = batch.batch.clone().unwrap_or_default();
        let reflected = arguments.copy_from.is_none();
        let mut change = Change::begin(existing, &arguments, reflected, self.discipline, &mut self.plan.warnings)?;
        change.native_renames =
            self.discipline == Discipline::Safe && around.is_some() && change::can_rename_last(batch);
        for operation in &batch.operations {
            change.apply(operation, self.dialect)?;
        }
        let temporary = temporary_name(&change.table.name, around, self.discipline);
        if change.native_renames && change.only_renames {
            return self.rename_columns(&change, &batch.table);
        }
        let new = change.new_table(&temporary, &arguments, &mut self.plan.warnings)?;
        self.plan.rebuilds = true;
        match (self.discipline, around) {
            (Discipline::Safe, Some(around)) => self.safely(&change, &new, around),
            _ => self.as_alembic(&change, &new),
        }
    }

    /// Alembic's statements: create, copy, drop, rename, indexes; the copy is dropped if copying fails.
    fn as_alembic(&mut self, change: &Change, new: &Table) -> Result<()> {
        self.drop_constraints_in_the_way(change)?;
        self.create(new)?;
        let dropped = self.sql(format!("\nDROP TABLE {}", self.quoted(&new.name)));
        self.plan.steps.push(Step::OnFailure(dropped));
        self.copy(change, new)?;
        self.drop_table(&change.table.name);
        self.plan.steps.push(Step::Guarded);
        self.rename(new, change)?;
        self.indexes(change, new)
    }

    /// The same inside one transaction, with everything kept that hangs on the table.
    fn safely(&mut self, change: &Change, new: &Table, around: &Surroundings) -> Result<()> {
        self.plan.steps.push(Step::SuspendForeignKeys);
        self.drop_constraints_in_the_way(change)?;
        for dependent in around.dependents.iter().rev().filter(|it| it.is_dropped_first()) {
            let kind = dependent.kind.to_uppercase();
            self.ddl(format!("DROP {kind} {}", self.quoted(&dependent.name)));
        }
        self.create(new)?;
        self.copy(change, new)?;
        if around.counts {
            self.keep_sequence(&change.table.name, &new.name);
        }
        self.drop_table(&change.table.name);
        self.rename(new, change)?;
        self.indexes(change, new)?;
        for dependent in &around.dependents {
            self.ddl(dependent.sql.clone());
        }
        self.rename_columns(change, &change.table.name)?;
        self.plan.steps.push(Step::CheckForeignKeys(change.table.name.clone()));
        self.plan.steps.push(Step::ResumeForeignKeys);
        Ok(())
    }

    /// SQLite's own renaming also mends views, triggers, indexes and the foreign keys of other tables.
    fn rename_columns(&mut self, change: &Change, table: &TableName) -> Result<()> {
        for (from, to) in &change.renames {
            let sql = self.dialect.rename_column(table, from, to);
            self.ddl(sql);
        }
        let (mut script, renamed) = (Script::default(), TableName::clone(table));
        for index in change.late_indexes() {
            script.ddl(self.dialect.index(&renamed, index, false)?);
        }
        self.take(script);
        Ok(())
    }

    fn create(&mut self, new: &Table) -> Result<()> {
        let op = ops::CreateTable { table: Table { indexes: Vec::new(), ..new.clone() }, if_not_exists: false };
        self.operation(&Operation::CreateTable(op), 0)
    }

    /// PostgreSQL wants the names of constraints free before they are used again.
    fn drop_constraints_in_the_way(&mut self, change: &Change) -> Result<()> {
        if !self.dialect.features().alter_constraints {
            return Ok(());
        }
        for constraint in change.named_constraints_of_old() {
            let op = ops::DropConstraint {
                table: change.table.name.clone(),
                name: constraint.name.clone(),
                kind: None,
                if_exists: false,
                existing: None,
            };
            self.operation(&Operation::DropConstraint(op), 0)?;
        }
        Ok(())
    }

    fn copy(&mut self, change: &Change, new: &Table) -> Result<()> {
        let old = &change.table.name;
        let copied = change.copied(self.discipline);
        let select = Select {
            columns: copied.iter().map(|(_, value)| value.clone()).collect(),
            from: vec![From::Table { name: old.clone(), alias: None }],
            ..Select::default()
        };
        let insert = Statement::Insert(Box::new(Insert {
            table: new.name.clone(),
            columns: copied.into_iter().map(|(name, _)| name).collect(),
            source: InsertSource::Select(Box::new(Statement::Select(Box::new(select)))),
            prefixes: Vec::new(),
            on_conflict: None,
            returning: Vec::new(),
            with: Vec::new(),
        }));
        let compiled = self.dialect.statement(&insert, &[], super::Mode::Literal)?;
        let sql = Sql { text: compiled.text, parameters: Vec::new(), operation: 0, kind: Kind::Data };
        self.plan.steps.push(Step::Run(sql));
        Ok(())
    }

    /// AUTOINCREMENT never gives a number twice, also when the rows with the highest ones are gone.
    fn keep_sequence(&mut self, old: &TableName, new: &TableName) {
        let quoted = |name: &TableName| super::literal::quoted(&name.name);
        let schema = old
            .schema
            .as_ref()
            .map_or_else(String::new, |it| format!("{}.", super::identifier::quote(self.dialect.features(), it)));
        self.ddl(format!("DELETE FROM {schema}sqlite_sequence WHERE name = {}", quoted(new)));
        self.ddl(format!(
            "INSERT INTO {schema}sqlite_sequence (name, seq) SELECT {}, seq FROM {schema}sqlite_sequence WHERE name = {}",
            quoted(new),
            quoted(old)
        ));
    }

    fn drop_table(&mut self, table: &TableName) {
        self.ddl(format!("\nDROP TABLE {}", self.quoted(table)));
    }

    fn rename(&mut self, new: &Table, change: &Change) -> Result<()> {
        let op = ops::RenameTable { name: new.name.clone(), new_name: change.table.name.name.clone() };
        self.operation(&Operation::RenameTable(op), 0)
    }

    fn indexes(&mut self, change: &Change, new: &Table) -> Result<()> {
        let name = TableName { schema: new.name.schema.clone(), name: change.table.name.name.clone() };
        let mut script = Script::default();
        for index in &new.indexes {
            script.ddl(self.dialect.index(&name, index, false)?);
        }
        self.take(script);
        Ok(())
    }

    fn quoted(&self, name: &TableName) -> String {
        super::identifier::table(self.dialect.features(), name)
    }

    fn sql(&self, text: String) -> Sql {
        Sql { text, parameters: Vec::new(), operation: 0, kind: Kind::Ddl }
    }

    fn ddl(&mut self, text: String) {
        let sql = self.sql(text);
        self.plan.steps.push(Step::Run(sql));
    }
}

/// Alembic's `_alembic_tmp_…`, cut to fifty characters; a free one where that is taken.
fn temporary_name(table: &TableName, around: Option<&Surroundings>, discipline: Discipline) -> TableName {
    let alembics: String = format!("_alembic_tmp_{}", table.name).chars().take(50).collect();
    let taken = |name: &str| around.is_some_and(|it| it.tables.iter().any(|table| table.eq_ignore_ascii_case(name)));
    let mut name = alembics.clone();
    let mut number = 1;
    while discipline == Discipline::Safe && taken(&name) {
        name = format!("{alembics}_{number}");
        number += 1;
    }
    TableName { schema: table.schema.clone(), name }
}

/// A column of the old table, as the copying SELECT reads it.
fn read(table: &TableName, name: &str) -> Expr {
    Expr::Column { table: Some(table.clone()), name: name.into(), ty: None }
}
