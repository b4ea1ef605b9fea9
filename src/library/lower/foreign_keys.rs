//! Foreign keys: what they name, and what that is.

use super::Lowering;
use crate::python::{Raise, Value};
use crate::schema::TableName;
use crate::schema::table::ForeignKey;

/// What the text of a foreign key names.
pub(super) struct Parts {
    pub(super) table: TableName,
    pub(super) column: String,
}

impl Lowering<'_> {
    /// What a model refers to must be there; what an operation refers to need not.
    pub(super) fn refers(&mut self, table: Value) -> Result<(), Raise> {
        let by_key = self.dict_of(table, "_by_key")?;
        for (_, column) in self.machine.dict_entries(by_key) {
            if self.own(column, "foreign_keys").is_none() {
                continue;
            }
            for key in self.items_of(column, "foreign_keys")? {
                if self.referred(key)?.is_none() {
                    // It raises what SQLAlchemy raises.
                    self.get(key, "column")?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn foreign_key(&mut self, given: Value) -> Result<ForeignKey, Raise> {
        let elements = self.items_of(given, "elements")?;
        let mut referred_columns = Vec::with_capacity(elements.len());
        let mut table = TableName::new("");
        for (at, element) in elements.into_iter().enumerate() {
            let column = self.referred(element)?;
            if at == 0 || column.is_none() {
                let parts = self.parts(element)?;
                if at == 0 {
                    table = parts.table;
                }
                if column.is_none() {
                    referred_columns.push(parts.column);
                }
            }
            if let Some(column) = column {
                referred_columns.push(self.text_of(column, "name")?.unwrap_or_default());
            }
        }
        Ok(ForeignKey {
            columns: self.column_names(given)?,
            referred: table,
            referred_columns,
            ondelete: self.text_of(given, "ondelete")?,
            onupdate: self.text_of(given, "onupdate")?,
            match_: self.text_of(given, "match")?,
            use_alter: self.truth_of(given, "use_alter")?,
            link_to_name: self.truth_of(given, "link_to_name")?,
        })
    }

    /// The column that a `ForeignKey` refers to, as far as it is known; then it is remembered.
    pub(super) fn referred(&mut self, key: Value) -> Result<Option<Value>, Raise> {
        let known = self.get(key, "_column")?;
        if !known.is_none() {
            return Ok(Some(known));
        }
        let Some(metadata) = self.metadata_of(key)? else { return Ok(None) };
        let parts = self.parts(key)?;
        let tables = self.dict_of(metadata, "tables")?;
        let name = match &parts.table.schema {
            Some(schema) => format!("{schema}.{}", parts.table.name),
            None => parts.table.name,
        };
        let name = self.machine.heap.str(&name);
        let Some(table) = self.machine.dict_get(tables, name)? else { return Ok(None) };
        let by_name = self.truth_of(key, "link_to_name")?;
        let found = self.column_of(table, &parts.column, by_name)?;
        if let (Some(found), Some(key)) = (found, key.handle()) {
            let name = self.machine.heap.intern("_column");
            self.machine.set_own(key, name, found);
        }
        Ok(found)
    }

    fn column_of(&mut self, table: Value, name: &str, by_name: bool) -> Result<Option<Value>, Raise> {
        let by_key = self.dict_of(table, "_by_key")?;
        if !by_name {
            let name = self.machine.heap.str(name);
            return self.machine.dict_get(by_key, name);
        }
        let mut found = None;
        for (_, column) in self.machine.dict_entries(by_key) {
            if self.text_of(column, "name")?.as_deref() == Some(name) {
                found = Some(column);
            }
        }
        Ok(found)
    }

    /// The `MetaData` of the table whose column has the key.
    fn metadata_of(&mut self, key: Value) -> Result<Option<Value>, Raise> {
        let parent = self.get(key, "parent")?;
        if parent.is_none() {
            return Ok(None);
        }
        let table = self.get(parent, "table")?;
        if table.is_none() { Ok(None) } else { self.get(table, "metadata").map(Some) }
    }

    /// Schema, table and column; of a column that belongs to a table, that table's.
    fn parts(&mut self, key: Value) -> Result<Parts, Raise> {
        let column = self.get(key, "_column")?;
        if !column.is_none() {
            let table = self.get(column, "table")?;
            if !table.is_none() {
                let column = self.text_of(column, "key")?.unwrap_or_default();
                return Ok(Parts { table: self.table_name(table)?, column });
            }
        }
        let spec = self.text_of(key, "_colspec")?.unwrap_or_default();
        let schema = match self.metadata_of(key)? {
            Some(metadata) => self.text_of(metadata, "schema")?,
            None => None,
        };
        if let Some(parts) = parts(&spec, schema.clone()) {
            return Ok(parts);
        }
        // Only a table: its column is called as ours.
        let parent = self.get(key, "parent")?;
        let column = if parent.is_none() { None } else { self.text_of(parent, "key")? };
        Ok(Parts { table: TableName { schema, name: spec }, column: column.unwrap_or_default() })
    }
}

/// `"table.column"`, perhaps behind a schema; None where only a table is named.
pub(super) fn parts(spec: &str, default_schema: Option<String>) -> Option<Parts> {
    let (table, column) = spec.rsplit_once('.')?;
    let (schema, name) = match table.rsplit_once('.') {
        Some((schema, name)) => (Some(schema.to_owned()), name),
        None => (default_schema, table),
    };
    Some(Parts { table: TableName { schema, name: name.to_owned() }, column: column.to_owned() })
}
