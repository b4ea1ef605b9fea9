//! Tables that are new, tables that are gone, tables that are on both sides.

use super::{Comparison, Kind, Object, POSTGRESQL, Pair, Parents, TABLES};
use crate::{
    error::Result,
    ops::{self, Operation},
    python::text::quote::repr,
    schema::{self, MetaData, Table, TableName, order},
};
use std::collections::BTreeMap;

/// Tables by the name under which both sides know them: the default schema is not named.
type Named<'a> = BTreeMap<TableName, &'a Table>;

impl Comparison<'_> {
    pub(super) fn tables(&mut self, pair: Pair<&MetaData>) -> Result<()> {
        let current = self.reflected(pair.current)?;
        let target = order::sorted(&pair.target.tables);
        if !target.circular.is_empty() {
            self.warn(circular_warning(&target.circular));
        }
        let current: Named<'_> = current.iter().map(|table| (table.name.clone(), table)).collect();
        let target: Vec<(TableName, &Table)> = target.tables.into_iter().map(|it| (self.plain(&it.name), it)).collect();
        let target: Vec<_> = target.into_iter().filter(|(_, table)| table.name != self.options.version_table).collect();
        for (name, table) in target.iter().filter(|(name, _)| !current.contains_key(name)) {
            self.added_table(name, table)?;
        }
        let mut added = std::mem::take(&mut self.found.operations);
        self.add_late_keys(&mut added);
        let target: Named<'_> = target.into_iter().collect();
        let gone = current.iter().filter(|(name, _)| !target.contains_key(*name)).map(|(_, table)| *table);
        for table in order::sorted(gone).tables.into_iter().rev() {
            self.remark(|name| *name == table.name);
            self.removed_table(table)?;
        }
        let mut removed = std::mem::take(&mut self.found.operations);
        self.drop_early_keys(&mut removed);
        self.found.operations = [added, removed].concat();
        self.remark(|name| target.contains_key(name));
        for (name, current) in &current {
            if let Some(target) = target.get(name) {
                self.kept_table(name, Pair { current: *current, target: *target })?;
            }
        }
        Ok(())
    }

    /// The database's tables as autogenerate looks at them: without those that `include_name` leaves out, with final
    /// names, and with what the dialect mends.
    fn reflected(&mut self, current: &MetaData) -> Result<Vec<Table>> {
        let mut tables = Vec::new();
        for table in current.tables.iter().filter(|table| table.name != self.options.version_table) {
            let parents = Parents { schema: table.name.schema.clone(), table: table.name.name.clone() };
            if !self.policy.include_name(Some(&table.name.name), Kind::Table, &parents)? {
                continue;
            }
            let mut table = table.clone();
            let remarks = self.dialect.correct_reflected(&mut table);
            self.remarks.extend(remarks.into_iter().map(|remark| (table.name.clone(), remark)));
            let constraints = table.constraints.iter_mut().filter_map(|it| it.name.as_mut());
            constraints.chain(table.indexes.iter_mut().filter_map(|it| it.name.as_mut())).for_each(|it| it.conv = true);
            tables.push(table);
        }
        Ok(tables)
    }

    /// Says what there was to say of the reflected tables of these names.
    fn remark(&mut self, which: impl Fn(&TableName) -> bool) {
        let (said, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.remarks).into_iter().partition(|(name, _)| which(name));
        self.remarks = kept;
        said.into_iter().for_each(|(_, remark)| self.log(POSTGRESQL, remark));
    }

    /// A table's name, without its schema where that is the default one.
    fn plain(&self, name: &TableName) -> TableName {
        let default = self.dialect.features().default_schema;
        let schema = name.schema.clone().filter(|schema| Some(&schema[..]) != default);
        TableName { schema, name: name.name.clone() }
    }

    fn added_table(&mut self, name: &TableName, table: &Table) -> Result<()> {
        if !self.policy.include_object(Object::Table(table), Some(&name.name), Kind::Table, false, None)? {
            return Ok(());
        }
        let created = Table { indexes: Vec::new(), ..table.clone() };
        self.found.operations.push(Operation::CreateTable(ops::CreateTable { table: created, if_not_exists: false }));
        self.log(TABLES, format!("Detected added table {}", repr(&full(name))));
        let mut changes = Vec::new();
        self.indexes_of_new(table, &mut changes)?;
        self.modify(name, changes);
        Ok(())
    }

    fn removed_table(&mut self, table: &Table) -> Result<()> {
        let name = &table.name;
        if !self.policy.include_object(Object::Table(table), Some(&name.name), Kind::Table, true, None)? {
            return Ok(());
        }
        let mut changes = Vec::new();
        self.indexes_of_gone(table, &mut changes)?;
        self.modify(name, changes);
        let existing = Table { indexes: Vec::new(), ..table.clone() };
        let drop = ops::DropTable { name: name.clone(), if_exists: false, existing: Some(existing) };
        self.found.operations.push(Operation::DropTable(drop));
        self.log(TABLES, format!("Detected removed table {}", repr(&full(name))));
        Ok(())
    }

    fn kept_table(&mut self, name: &TableName, tables: Pair<&Table>) -> Result<()> {
        let (object, other) = (Object::Table(tables.target), Some(Object::Table(tables.current)));
        if !self.policy.include_object(object, Some(&name.name), Kind::Table, false, other)? {
            return Ok(());
        }
        let mut changes = Vec::new();
        self.columns(name, tables, &mut changes)?;
        self.uniques_and_indexes(name, tables, &mut changes)?;
        self.foreign_keys(name, tables, &mut changes)?;
        self.table_comment(name, tables, &mut changes);
        if self.options.checks {
            self.checks(name, tables, &mut changes)?;
        }
        self.removed_columns(name, tables, &mut changes)?;
        self.modify(name, changes);
        Ok(())
    }

    fn modify(&mut self, table: &TableName, operations: Vec<Operation>) {
        if !operations.is_empty() {
            let modify = ops::ModifyTable { table: table.clone(), operations, batch: None };
            self.found.operations.push(Operation::ModifyTable(modify));
        }
    }
}

/// `schema.table`, as messages write it.
pub(super) fn full(name: &TableName) -> String {
    name.schema.as_ref().map_or_else(|| name.name.clone(), |schema| format!("{schema}.{}", name.name))
}

fn circular_warning(tables: &[&schema::TableName]) -> String {
    let mut names: Vec<String> = tables.iter().map(|name| full(name)).collect();
    names.sort();
    format!(
        "Cannot correctly sort tables; there are unresolvable cycles between tables \"{}\", which is usually caused by \
         mutually dependent foreign key constraints.  Foreign key constraints involving these tables will not be \
         considered; this warning may raise an error in a future release.",
        names.join(", ")
    )
}
