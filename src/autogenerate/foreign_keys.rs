//! Foreign keys, known by what they say; their names do not count.

use super::{CONSTRAINTS, Comparison, Kind, Object, Pair, constraints};
use crate::{
    dialect::compare::{ForeignKeySignature, foreign_key_signature},
    error::Result,
    ops::{self, Operation},
    schema::{Constraint, Table, TableName, table::ConstraintKind},
};

/// A foreign key and what it is known by.
type Signed = (ForeignKeySignature, Constraint);

impl Comparison<'_> {
    pub(super) fn foreign_keys(
        &mut self,
        name: &TableName,
        tables: Pair<&Table>,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let seen = self.seen_constraints(name, tables.current, Kind::ForeignKey)?;
        let (current, target) = (signed(name, &seen), signed(&tables.target.name, &tables.target.constraints));
        let missing = |it: &Signed, others: &[Signed]| !others.iter().any(|(signature, _)| *signature == it.0);
        for (_, key) in current.iter().filter(|it| missing(it, &target)) {
            let twin = same_name(key, &target).map(|twin| Object::Constraint(tables.target, twin));
            if self.key_included(tables.current, key, true, twin)? {
                into.push(constraints::drop_constraint(name, key));
                self.log_key("removed", name, key);
            }
        }
        for (_, key) in target.iter().filter(|it| missing(it, &current)) {
            let twin = same_name(key, &current).map(|twin| Object::Constraint(tables.current, twin));
            if self.key_included(tables.target, key, false, twin)? {
                into.push(Operation::AddConstraint(ops::AddConstraint {
                    table: name.clone(),
                    constraint: key.clone(),
                }));
                self.log_key("added", name, key);
            }
        }
        Ok(())
    }

    fn key_included(
        &mut self,
        table: &Table,
        key: &Constraint,
        reflected: bool,
        other: Option<Object<'_>>,
    ) -> Result<bool> {
        let name = key.name.as_ref().map(|name| &name.text[..]);
        self.policy.include_object(Object::Constraint(table, key), name, Kind::ForeignKey, reflected, other)
    }

    fn log_key(&mut self, what: &str, table: &TableName, constraint: &Constraint) {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else { return };
        let (columns, referred) = (key.columns.join(", "), key.referred_columns.join(", "));
        let table = super::tables::full(table);
        self.log(CONSTRAINTS, format!("Detected {what} foreign key ({columns})({referred}) on table {table}"));
    }
}

/// Each foreign key once, by its signature.
fn signed(table: &TableName, constraints: &[Constraint]) -> Vec<Signed> {
    let mut all: Vec<Signed> = Vec::new();
    for constraint in constraints {
        if let Some(signature) = foreign_key_signature(table, constraint)
            && !all.iter().any(|(known, _)| *known == signature)
        {
            all.push((signature, constraint.clone()));
        }
    }
    all
}

fn same_name<'a>(key: &Constraint, others: &'a [Signed]) -> Option<&'a Constraint> {
    let name = key.name.as_ref()?;
    others.iter().map(|(_, it)| it).find(|it| it.name.as_ref().is_some_and(|it| it.text == name.text))
}
