//! Foreign keys that no order of tables satisfies: of tables in a circle, and those with `use_alter`.
//!
//! Alembic leaves them inside of CREATE TABLE, which fails, or creates them never. Where a database can alter
//! constraints, they are operations of their own here: added after all tables, dropped before the first.

use super::{Comparison, constraints};
use crate::{
    ops::{self, Operation},
    schema::{Constraint, Table, TableName, table::ConstraintKind},
};

impl Comparison<'_> {
    /// Takes those foreign keys of new tables that refer to later ones out of them, and adds them afterwards.
    /// `operations` are the tables' creations, in order.
    pub(super) fn add_late_keys(&self, operations: &mut Vec<Operation>) {
        if !self.dialect.features().alter_constraints {
            return;
        }
        let mut waiting: Vec<TableName> =
            operations.iter().filter_map(created).map(|table| table.name.clone()).collect();
        let mut late = Vec::new();
        for operation in operations.iter_mut() {
            let Operation::CreateTable(op) = operation else { continue };
            let keys = take_keys(&mut op.table, |name, key| {
                name != &key.referred && waiting.contains(&key.referred) || key.use_alter
            });
            let table = op.table.name.clone();
            waiting.retain(|name| *name != table);
            let added = keys.into_iter().map(|it| (table.clone(), without_use_alter(it)));
            late.extend(added);
        }
        let add = |(table, constraint): (TableName, Constraint)| {
            let add = Operation::AddConstraint(ops::AddConstraint { table: table.clone(), constraint });
            Operation::ModifyTable(ops::ModifyTable { table, operations: vec![add], batch: None })
        };
        operations.extend(late.into_iter().map(add));
    }

    /// Drops those foreign keys of tables that go which refer to a table that goes before, first of all.
    pub(super) fn drop_early_keys(&self, operations: &mut Vec<Operation>) {
        if !self.dialect.features().alter_constraints {
            return;
        }
        let (mut gone, mut early): (Vec<TableName>, Vec<Operation>) = (Vec::new(), Vec::new());
        for operation in operations.iter_mut() {
            let Operation::DropTable(ops::DropTable { name, existing: Some(table), .. }) = operation else { continue };
            for key in take_keys(table, |_, key| gone.contains(&key.referred)) {
                let drop = constraints::drop_constraint(name, &key);
                let modify = ops::ModifyTable { table: name.clone(), operations: vec![drop], batch: None };
                early.push(Operation::ModifyTable(modify));
            }
            gone.push(name.clone());
        }
        operations.splice(0..0, early);
    }
}

fn created(operation: &Operation) -> Option<&Table> {
    match operation {
        Operation::CreateTable(op) => Some(&op.table),
        _ => None,
    }
}

/// Takes named foreign keys out of a table; an unnamed one could not be dropped again, so it stays.
fn take_keys(
    table: &mut Table,
    wanted: impl Fn(&TableName, &crate::schema::table::ForeignKey) -> bool,
) -> Vec<Constraint> {
    let name = table.name.clone();
    let takes = |it: &Constraint| match &it.kind {
        ConstraintKind::ForeignKey(key) => it.name.is_some() && wanted(&name, key),
        _ => false,
    };
    let (taken, kept) = std::mem::take(&mut table.constraints).into_iter().partition(takes);
    table.constraints = kept;
    taken
}

/// As an operation of its own the key is altered in anyway.
fn without_use_alter(mut constraint: Constraint) -> Constraint {
    if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
        key.use_alter = false;
    }
    constraint
}
