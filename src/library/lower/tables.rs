//! Tables, columns, indexes.

use super::Lowering;
use crate::python::{Raise, Value};
use crate::schema::table::Autoincrement;
use crate::schema::{Column, Expr, Index, Name, ServerDefault, Table, TableName};

impl Lowering<'_> {
    pub(super) fn table(&mut self, given: Value) -> Result<Table, Raise> {
        let by_key = self.dict_of(given, "_by_key")?;
        let columns = self.machine.dict_entries(by_key);
        let columns = columns.into_iter().map(|(_, column)| self.column(column)).collect::<Result<_, _>>()?;
        let constraints = self.constraints(given)?;
        let indexes = self.items_of(given, "indexes")?;
        let indexes = indexes.into_iter().map(|index| self.index(index)).collect::<Result<_, _>>()?;
        let prefixes = self.items_of(given, "_prefixes")?;
        Ok(Table {
            name: self.table_name(given)?,
            columns,
            constraints,
            indexes,
            comment: self.text_of(given, "comment")?,
            prefixes: prefixes.into_iter().filter_map(|word| self.text(word)).collect(),
            options: self.options(given)?,
            info: self.info(given)?,
            origin: self.origin(given),
        })
    }

    pub(super) fn table_name(&mut self, given: Value) -> Result<TableName, Raise> {
        let name = self.text_of(given, "name")?.unwrap_or_default();
        Ok(TableName { schema: self.text_of(given, "schema")?, name })
    }

    pub(super) fn column(&mut self, given: Value) -> Result<Column, Raise> {
        let name = self.text_of(given, "name")?.unwrap_or_default();
        let kind = self.get(given, "type")?;
        let mut column = Column::new(name, self.type_(kind)?);
        column.nullable = self.truth_of(given, "nullable")?;
        column.primary_key = self.truth_of(given, "primary_key")?;
        column.key = self.text_of(given, "key")?.filter(|key| *key != column.name);
        column.origin = self.origin(given);
        self.rarely_said(given, &mut column)?;
        Ok(column)
    }

    // What was not said stands on the class, not in the object.
    fn rarely_said(&mut self, given: Value, column: &mut Column) -> Result<(), Raise> {
        if let Some(default) = self.own(given, "server_default").filter(|default| !default.is_none()) {
            column.server_default = Some(self.server_default(default)?);
        }
        if let Some(value) = self.own(given, "autoincrement") {
            column.autoincrement = self.autoincrement(value);
        }
        if self.own(given, "comment").is_some() {
            column.comment = self.text_of(given, "comment")?;
        }
        if self.own(given, "system").is_some() {
            column.system = self.truth_of(given, "system")?;
        }
        if let Some(default) = self.own(given, "default").filter(|default| !default.is_none())
            && self.truth_of(default, "is_sequence")?
        {
            column.sequence = self.text_of(default, "name")?;
        }
        if self.own(given, "_kwargs").is_some() {
            column.options = self.options(given)?;
        }
        if self.own(given, "_info").is_some() {
            column.info = self.info(given)?;
        }
        Ok(())
    }

    /// What the database computes; plain text is read here, the rest says itself what it is.
    fn server_default(&mut self, given: Value) -> Result<ServerDefault, Raise> {
        let Some(said) = self.own(given, "arg") else { return self.asked(given, "data") };
        if let Some(text) = self.text(said) {
            return Ok(ServerDefault::Literal(text));
        }
        let plain = self.class_says(said, "_is_text") == Some(Value::Bool(true));
        let unbound = match self.own(said, "_bound") {
            Some(bound) => !self.machine.truth(bound)?,
            None => false,
        };
        if !(plain && unbound) {
            return self.asked(given, "data");
        }
        let text = self.text_of(said, "text")?.unwrap_or_default();
        Ok(ServerDefault::Expression(Expr::Text(text)))
    }

    fn autoincrement(&self, value: Value) -> Autoincrement {
        match value {
            Value::Bool(true) => Autoincrement::Yes,
            Value::Bool(false) => Autoincrement::No,
            text if self.machine.heap.text(text) == Some("ignore_fk") => Autoincrement::IgnoreForeignKey,
            _ => Autoincrement::Auto,
        }
    }

    pub(super) fn index(&mut self, given: Value) -> Result<Index, Raise> {
        let name = self.get(given, "name")?;
        let expressions = self.items_of(given, "expressions")?;
        let expressions = expressions.into_iter().map(|one| self.indexed(one)).collect::<Result<_, _>>()?;
        Ok(Index {
            name: self.name(name)?,
            expressions,
            unique: self.truth_of(given, "unique")?,
            options: self.options(given)?,
            info: self.info(given)?,
            origin: self.origin(given),
        })
    }

    fn indexed(&mut self, one: Value) -> Result<Expr, Raise> {
        let column = match self.text(one) {
            Some(name) => Some(name),
            None if self.class_says(one, "_is_column").is_some() => self.text_of(one, "name")?,
            None => None,
        };
        if let Some(name) = column {
            return Ok(Expr::Column { table: None, name, ty: None });
        }
        let scope = self.get(self.prelude, "BARE")?;
        let method = self.get(one, "lower")?;
        let data = self.machine.call_leaf(method, [scope])?;
        self.load(data)
    }

    /// A name, and whether it is final.
    pub(super) fn name(&mut self, given: Value) -> Result<Option<Name>, Raise> {
        if given.is_none() {
            return Ok(None);
        }
        let text = match self.text(given) {
            Some(text) => text,
            None => self.machine.str(given)?,
        };
        Ok(Some(Name { text, conv: self.class_says(given, "_is_conv").is_some() }))
    }
}
