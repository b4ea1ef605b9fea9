//! Constraints.

use super::Lowering;
use crate::python::{Raise, Value};
use crate::schema::Name;
use crate::schema::table::{Constraint, ConstraintKind, Source};

impl Lowering<'_> {
    /// The constraints of a table in the order in which they were made; a key without columns is none.
    pub(super) fn constraints(&mut self, table: Value) -> Result<Vec<Constraint>, Raise> {
        let mut given = Vec::new();
        for one in self.items_of(table, "constraints")? {
            let order = self.get(one, "_creation_order")?;
            given.push((if let Value::Int(order) = order { order } else { 0 }, one));
        }
        if given.len() > 2 {
            given.sort_by_key(|(order, _)| *order);
        }
        let mut lowered = Vec::new();
        for (_, one) in given {
            let prefix = self.get(one, "_prefix")?;
            if self.machine.heap.text(prefix) != Some("pk") || !self.items_of(one, "_columns")?.is_empty() {
                lowered.push(self.constraint(one)?);
            }
        }
        Ok(lowered)
    }

    pub(super) fn constraint(&mut self, given: Value) -> Result<Constraint, Raise> {
        let name = self.settled(given)?;
        let (name, kind) = (self.name(name)?, self.kind(given)?);
        self.constraint_of(given, name, kind)
    }

    /// A constraint of this name and kind, with what else the object says.
    pub(super) fn constraint_of(
        &mut self,
        given: Value,
        name: Option<Name>,
        kind: ConstraintKind,
    ) -> Result<Constraint, Raise> {
        Ok(Constraint {
            name,
            kind,
            deferrable: self.maybe_truth(given, "deferrable")?,
            initially: self.text_of(given, "initially")?,
            source: self.source(given)?,
            column: self.text_of(given, "_column_name")?,
            comment: self.text_of(given, "comment")?,
            options: self.options(given)?,
            origin: self.origin(given),
        })
    }

    /// Its name; that of a type's CHECK is made only now.
    fn settled(&mut self, given: Value) -> Result<Value, Raise> {
        let name = self.get(given, "name")?;
        if name != self.get(self.prelude, "_NONE_NAME")? {
            return Ok(name);
        }
        let settled = self.get(self.prelude, "settled")?;
        self.machine.call_leaf(settled, [given])
    }

    fn source(&mut self, given: Value) -> Result<Source, Raise> {
        Ok(if self.truth_of(given, "_type_bound")? {
            Source::Type
        } else if self.truth_of(given, "_column_flag")? {
            Source::Column
        } else {
            Source::Table
        })
    }

    fn maybe_truth(&mut self, given: Value, name: &str) -> Result<Option<bool>, Raise> {
        let value = self.get(given, name)?;
        if value.is_none() { Ok(None) } else { self.machine.truth(value).map(Some) }
    }

    fn kind(&mut self, given: Value) -> Result<ConstraintKind, Raise> {
        let word = self.get(given, "__visit_name__")?;
        Ok(match self.machine.heap.text(word) {
            Some("primary_key_constraint") => ConstraintKind::PrimaryKey { columns: self.column_names(given)? },
            Some("unique_constraint") => ConstraintKind::Unique { columns: self.column_names(given)? },
            Some("foreign_key_constraint") => ConstraintKind::ForeignKey(self.foreign_key(given)?),
            _ => {
                let function = self.get(self.prelude, "kind")?;
                let data = self.machine.call_leaf(function, [given])?;
                self.load(data)?
            }
        })
    }

    pub(super) fn column_names(&mut self, given: Value) -> Result<Vec<String>, Raise> {
        let columns = self.items_of(given, "_columns")?;
        columns.into_iter().map(|column| Ok(self.text_of(column, "name")?.unwrap_or_default())).collect()
    }
}
