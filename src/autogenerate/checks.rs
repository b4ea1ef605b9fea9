//! CHECK constraints, by name alone: the plugin `alembic.ext.checkconstraint_byname`.

use super::{Comparison, Kind, Object, Pair, constraints};
use crate::{
    dialect::identifier,
    error::Result,
    ops::{self, Operation},
    python::text::quote::repr,
    schema::{
        Constraint, Table, TableName,
        table::{ConstraintKind, Source},
    },
};
use std::collections::BTreeMap;

impl Comparison<'_> {
    pub(super) fn checks(&mut self, name: &TableName, tables: Pair<&Table>, into: &mut Vec<Operation>) -> Result<()> {
        let seen = self.seen_constraints(name, tables.current, Kind::Check)?;
        let plain = |it: &&Constraint| it.name.is_some();
        let current: BTreeMap<String, &Constraint> =
            seen.iter().filter(plain).filter_map(|it| Some((it.name.as_ref()?.text.clone(), it))).collect();
        let target = self.wanted_checks(tables.target)?;
        for check in current.iter().filter(|(name, _)| !target.contains_key(*name)).map(|(_, it)| *it) {
            if self.check_included(tables.current, check, true)? {
                into.push(constraints::drop_constraint(name, check));
                self.log_check("removed", name, check);
            }
        }
        for check in target.iter().filter(|(name, _)| !current.contains_key(*name)).map(|(_, it)| *it) {
            if self.check_included(tables.target, check, false)? {
                let constraint = check.clone();
                into.push(Operation::AddConstraint(ops::AddConstraint { table: name.clone(), constraint }));
                self.log_check("added", name, check);
            }
        }
        Ok(())
    }

    fn wanted_checks<'t>(&self, table: &'t Table) -> Result<BTreeMap<String, &'t Constraint>> {
        let is_check = |it: &&Constraint| matches!(it.kind, ConstraintKind::Check { .. }) && it.source == Source::Table;
        let mut checks = BTreeMap::new();
        for check in table.constraints.iter().filter(is_check) {
            if let Some(name) = &check.name {
                checks.insert(identifier::shortened(self.dialect.features(), name)?, check);
            }
        }
        Ok(checks)
    }

    fn check_included(&mut self, table: &Table, check: &Constraint, reflected: bool) -> Result<bool> {
        let name = check.name.as_ref().map(|name| &name.text[..]);
        self.policy.include_object(Object::Constraint(table, check), name, Kind::Check, reflected, None)
    }

    fn log_check(&mut self, what: &str, table: &TableName, check: &Constraint) {
        let name = constraints::shown(check.name.as_ref());
        let message = format!("Detected {what} check constraint {name} on table {}", repr(&table.name));
        self.log("alembic.ext.checkconstraint_byname", message);
    }
}
