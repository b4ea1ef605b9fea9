//! Columns: added, removed, altered.

use super::{CONSTRAINTS, Comparison, DEFAULTS, Kind, Object, Opinion, Pair, Parents, TABLES, TYPES, tables::full};
use crate::{
    dialect::{compare, ddl},
    error::Result,
    ops::{self, Operation},
    schema::{Column, ServerDefault, Table, TableName, Type, table::Autoincrement},
    script::render::types,
};

impl Comparison<'_> {
    /// Columns that are new, in the model's order, then those that differ.
    pub(super) fn columns(&mut self, name: &TableName, tables: Pair<&Table>, into: &mut Vec<Operation>) -> Result<()> {
        let current = self.seen_columns(name, tables.current)?;
        let there = |column: &Column| current.iter().find(|it| it.name == column.name).copied();
        for column in tables.target.columns.iter().filter(|it| !it.system && there(it).is_none()) {
            self.added_column(name, tables.target, column, into)?;
        }
        for target in tables.target.columns.iter().filter(|it| !it.system) {
            if let Some(current) = there(target) {
                self.kept_column(name, tables, Pair { current, target }, into)?;
            }
        }
        Ok(())
    }

    /// Columns that the models no longer have, in the database's order.
    pub(super) fn removed_columns(
        &mut self,
        name: &TableName,
        tables: Pair<&Table>,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let wanted = |column: &Column| tables.target.columns.iter().any(|it| !it.system && it.name == column.name);
        for column in self.seen_columns(name, tables.current)?.into_iter().filter(|it| !wanted(it)) {
            let object = Object::Column(tables.current, column);
            if self.policy.include_object(object, Some(&column.name), Kind::Column, true, None)? {
                into.push(Operation::DropColumn(ops::DropColumn {
                    table: name.clone(),
                    column: column.name.clone(),
                    if_exists: false,
                    existing: Some(column.clone()),
                    options: std::collections::BTreeMap::default(),
                }));
                self.log(TABLES, format!("Detected removed column '{}.{}'", full(name), column.name));
            }
        }
        Ok(())
    }

    fn seen_columns<'t>(&mut self, name: &TableName, table: &'t Table) -> Result<Vec<&'t Column>> {
        let parents = Parents { schema: name.schema.clone(), table: name.name.clone() };
        let mut seen = Vec::new();
        for column in &table.columns {
            if self.policy.include_name(Some(&column.name), Kind::Column, &parents)? {
                seen.push(column);
            }
        }
        Ok(seen)
    }

    fn added_column(
        &mut self,
        name: &TableName,
        table: &Table,
        column: &Column,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let object = Object::Column(table, column);
        if self.policy.include_object(object, Some(&column.name), Kind::Column, false, None)? {
            into.push(Operation::AddColumn(ops::AddColumn {
                table: name.clone(),
                column: column.clone(),
                constraints: Vec::new(),
                indexes: Vec::new(),
                if_not_exists: false,
                inline_references: false,
                inline_primary_key: false,
                insert_before: None,
                insert_after: None,
            }));
            self.log(TABLES, format!("Detected added column '{}.{}'", full(name), column.name));
        }
        Ok(())
    }

    fn kept_column(
        &mut self,
        name: &TableName,
        tables: Pair<&Table>,
        columns: Pair<&Column>,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let column = &columns.target.name;
        let object = Object::Column(tables.target, columns.target);
        let other = Some(Object::Column(tables.current, columns.current));
        if !self.policy.include_object(object, Some(column), Kind::Column, false, other)? {
            return Ok(());
        }
        let mut alter = ops::AlterColumn {
            table: name.clone(),
            column: column.clone(),
            to: ops::Aspects::default(),
            new_name: None,
            existing: ops::Aspects::default(),
            insert_before: None,
            insert_after: None,
            options: std::collections::BTreeMap::default(),
            type_constraints: Vec::new(),
            existing_type_constraints: Vec::new(),
        };
        self.column(Sides { tables, columns }, &mut alter)?;
        let to = &alter.to;
        let changed = to.nullable.is_some() || to.server_default.is_some() || to.ty.is_some() || to.comment.is_some();
        if changed {
            into.push(Operation::AlterColumn(Box::new(alter)));
        }
        Ok(())
    }

    /// The aspects in the order of Alembic's plugins: the user's functions, what needs no database, the dialect.
    fn column(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) -> Result<()> {
        let type_open = self.options.types && self.user_type(sides, alter)?;
        let default_open = self.user_default(sides, alter)?;
        self.nullable(sides, alter);
        let default_open = default_open && self.computed_default(sides, alter) && self.identity_default(sides, alter);
        if default_open {
            self.note_autoincrement(sides, alter);
        }
        self.column_comment(sides.columns, alter);
        if type_open && self.types_are_known(sides, alter, false) {
            self.dialect_type(sides, alter)?;
        }
        if default_open {
            self.dialect_default(sides, alter)?;
        }
        Ok(())
    }

    /// Asks `compare_type`; whether the dialect is still to be asked.
    fn user_type(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) -> Result<bool> {
        if !self.types_are_known(sides, alter, true) {
            return Ok(true);
        }
        match self.policy.compare_type(sides.tables, sides.columns)? {
            Opinion::None => Ok(true),
            Opinion::Same => Ok(false),
            Opinion::Differs(_) => {
                self.changed_type(sides, alter);
                Ok(false)
            }
        }
    }

    /// Alembic goes through this twice, and says it twice.
    fn types_are_known(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn, _first: bool) -> bool {
        let Pair { current, target } = sides.columns;
        alter.existing.ty = Some(current.ty.clone());
        let name = format!("{}.{}", alter.table.name, alter.column);
        if matches!(current.ty, Type::Null) {
            self.log(TYPES, format!("Couldn't determine database type for column '{name}'"));
            return false;
        }
        if matches!(target.ty, Type::Null) {
            self.log(TYPES, format!("Column '{name}' has no type within the model; can't compare"));
            return false;
        }
        true
    }

    fn dialect_type(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) -> Result<()> {
        if self.dialect.types_differ(&sides.columns.current.ty, &sides.columns.target.ty)? {
            self.changed_type(sides, alter);
        }
        Ok(())
    }

    fn changed_type(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) {
        let Pair { current, target } = sides.columns;
        alter.to.ty = Some(target.ty.clone());
        let (old, new) = (types::repr(&current.ty), types::repr(&target.ty));
        let message = format!("Detected type change from {old} to {new} on '{}.{}'", alter.table.name, alter.column);
        self.log(TYPES, message);
    }

    fn nullable(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) {
        let Pair { current, target } = sides.columns;
        alter.existing.nullable = Some(current.nullable);
        if current.nullable == target.nullable {
            return;
        }
        let name = format!("{}.{}", alter.table.name, alter.column);
        let either = |test: fn(&ServerDefault) -> bool| {
            [current, target].iter().any(|it| it.server_default.as_ref().is_some_and(test))
        };
        // Where the model says nothing, a column is NULL unless it is a key.
        let unsaid = target.nullable != target.primary_key;
        if either(is_computed) && unsaid || either(is_identity) {
            self.log(CONSTRAINTS, format!("Ignoring nullable change on identity column '{name}'"));
            return;
        }
        alter.to.nullable = Some(target.nullable);
        let what = if target.nullable { "NULL" } else { "NOT NULL" };
        self.log(CONSTRAINTS, format!("Detected {what} on column '{name}'"));
    }

    /// Asks `compare_server_default`; whether defaults are still to be compared.
    fn user_default(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) -> Result<bool> {
        let Pair { current, target } = sides.columns;
        if current.server_default.is_none() && target.server_default.is_none() {
            return Ok(true);
        }
        alter.existing.server_default = Some(current.server_default.clone());
        if !self.options.server_defaults {
            return Ok(false);
        }
        let old = compare::rendered_default(self.dialect, current)?;
        let new = compare::rendered_default(self.dialect, target)?;
        let rendered = Pair { current: old.as_deref(), target: new.as_deref() };
        let Opinion::Differs(function) =
            (match self.policy.compare_server_default(sides.tables, sides.columns, rendered)? {
                Opinion::None => return Ok(true),
                Opinion::Same => return Ok(false),
                differs @ Opinion::Differs(_) => differs,
            })
        else {
            return Ok(true);
        };
        alter.to.server_default = Some(target.server_default.clone());
        let name = format!("{}.{}", alter.table.name, alter.column);
        self.log(DEFAULTS, format!("User defined function {function} detected server default on column '{name}'"));
        Ok(false)
    }

    /// Computed columns cannot be changed, only warned about; whether the default is something else.
    fn computed_default(&mut self, sides: Sides<'_>, alter: &ops::AlterColumn) -> bool {
        let sql = |column: &Column| match &column.server_default {
            Some(ServerDefault::Computed { sql, .. }) => Some(compare::normalized_computed(sql)),
            _ => None,
        };
        let (old, new) = (sql(sides.columns.current), sql(sides.columns.target));
        if old != new {
            self.warn(format!("Computed default on {}.{} cannot be modified", alter.table.name, alter.column));
        }
        old.is_none() && new.is_none()
    }

    /// Identity columns are compared option by option; whether the default is something else.
    fn identity_default(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) -> bool {
        let identity = |column: &'_ Column| match &column.server_default {
            Some(ServerDefault::Identity(it)) => Some(it.clone()),
            _ => None,
        };
        let (old, new) = (identity(sides.columns.current), identity(sides.columns.target));
        if old.is_none() && new.is_none() {
            return true;
        }
        let differences = compare::identity_differences(old.as_ref(), new.as_ref());
        if differences.is_empty() && old.is_some() == new.is_some() {
            return true;
        }
        alter.to.server_default = Some(sides.columns.target.server_default.clone());
        if differences.is_empty() {
            return true;
        }
        let names: Vec<String> = differences.iter().map(|it| format!("'{it}'")).collect();
        let name = format!("{}.{}", alter.table.name, alter.column);
        let names = names.join(", ");
        self.log(
            DEFAULTS,
            format!("Detected server default on column '{name}': identity options attributes [{names}]"),
        );
        false
    }

    fn note_autoincrement(&self, sides: Sides<'_>, alter: &mut ops::AlterColumn) {
        let target = sides.columns.target;
        let counts = self.counts_up(sides);
        alter.to.autoincrement = match target.autoincrement {
            _ if counts => Some(Autoincrement::Yes),
            Autoincrement::Yes => Some(Autoincrement::Yes),
            Autoincrement::No => Some(Autoincrement::No),
            Autoincrement::Auto | Autoincrement::IgnoreForeignKey => None,
        };
    }

    fn counts_up(&self, sides: Sides<'_>) -> bool {
        let counting = ddl::table::autoincrement_column(sides.tables.target, self.dialect);
        counting.is_some_and(|column| column.name == sides.columns.target.name)
    }

    fn dialect_default(&mut self, sides: Sides<'_>, alter: &mut ops::AlterColumn) -> Result<()> {
        let Pair { current, target } = sides.columns;
        let plain = |column: &Column| match &column.server_default {
            None | Some(ServerDefault::Literal(_) | ServerDefault::Expression(_)) => true,
            Some(_) => false,
        };
        let neither = current.server_default.is_none() && target.server_default.is_none();
        // A SERIAL column's default is its sequence.
        let serial = self.dialect.features().sequences && self.counts_up(sides);
        if neither || !plain(current) || !plain(target) || serial {
            return Ok(());
        }
        let differs = match self.dialect.defaults_differ(current, target)? {
            compare::Verdict::Same => false,
            compare::Verdict::Differs => true,
            compare::Verdict::Ask(sql) => !self.policy.ask(&sql)?,
        };
        if differs {
            alter.to.server_default = Some(target.server_default.clone());
            let (name, column) = (&alter.table.name, &alter.column);
            let impl_name = self.dialect.features().implementation;
            let implementation = format!("<alembic.ddl.{}.{impl_name} object at 0x…>", self.dialect.name());
            self.log(
                DEFAULTS,
                format!("Dialect impl {implementation} detected server default on column '{name}.{column}'"),
            );
        }
        Ok(())
    }
}

/// A column in its table, on both sides.
#[derive(Debug, Clone, Copy)]
struct Sides<'a> {
    tables: Pair<&'a Table>,
    columns: Pair<&'a Column>,
}

fn is_computed(default: &ServerDefault) -> bool {
    matches!(default, ServerDefault::Computed { .. })
}

fn is_identity(default: &ServerDefault) -> bool {
    matches!(default, ServerDefault::Identity(_))
}
