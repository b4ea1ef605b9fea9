//! A table while a batch changes it: Alembic's `ApplyBatchImpl`.

use super::{Discipline, loss, naming, order, read};
use crate::dialect::{Dialect, types};
use crate::error::{Error, Result};
use crate::ops::{self, Operation};
use crate::schema::{
    Column, Constraint, Expr, Index, ServerDefault, Table, TableName, Type,
    table::{ConstraintKind, Source},
};

/// The table as it was, and what it becomes.
pub(super) struct Change {
    /// The table as it was.
    pub(super) table: Table,
    /// Columns are renamed by the database itself after the rebuild, not inside it.
    pub(super) native_renames: bool,
    /// Those renames.
    pub(super) renames: Vec<(String, String)>,
    /// Nothing but columns' names changes.
    pub(super) only_renames: bool,
    columns: Vec<Entry>,
    constraints: Vec<Constraint>,
    indexes: Vec<Index>,
    new_indexes: Vec<Index>,
    options: crate::schema::table::Options,
    partial: Vec<Vec<String>>,
    existing: Vec<String>,
    ordering: Vec<(String, String)>,
    reflected: bool,
    discipline: Discipline,
}

/// A column under the name that it had, which the batch goes on calling it.
#[derive(Debug, Clone)]
struct Entry {
    key: String,
    column: Column,
    /// What is copied into it; nothing for a new column.
    value: Option<Expr>,
    /// Its type was changed, so that a CHECK of the old type is no more.
    retyped: bool,
}

/// Whether columns can be renamed after the rebuild: nothing in the batch uses a new name, or an old one anew.
pub(super) fn can_rename_last(batch: &ops::ModifyTable) -> bool {
    let renames: Vec<(&str, &str)> = batch
        .operations
        .iter()
        .filter_map(|op| match op {
            Operation::AlterColumn(op) => op.new_name.as_deref().map(|new| (op.column.as_str(), new)),
            _ => None,
        })
        .collect();
    let concerned = |name: &str| renames.iter().any(|(old, new)| *old == name || *new == name);
    !batch.operations.iter().any(|op| match op {
        Operation::AddColumn(op) => concerned(&op.column.name) || !op.constraints.is_empty() && !renames.is_empty(),
        Operation::DropColumn(op) => concerned(&op.column),
        Operation::AddConstraint(_) => !renames.is_empty(),
        Operation::AlterColumn(op) => !op.type_constraints.is_empty() && !renames.is_empty(),
        _ => false,
    })
}

impl Change {
    /// The table before anything changes.
    pub(super) fn begin(
        table: Table,
        arguments: &ops::Batch,
        reflected: bool,
        discipline: Discipline,
        warnings: &mut Vec<String>,
    ) -> Result<Self> {
        let mut table = table;
        if reflected && discipline == Discipline::AsAlembic {
            warnings.extend(loss::forget(&mut table));
        }
        for replaced in &arguments.reflect_columns {
            match table.columns.iter_mut().find(|column| column.name == replaced.name) {
                Some(column) => *column = replaced.clone(),
                None => table.columns.push(replaced.clone()),
            }
        }
        if reflected {
            naming::apply(&arguments.naming, &mut table);
        }
        let mut options = arguments.options.clone();
        for (name, value) in &table.options {
            options.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let columns = table.columns.iter().map(|column| entry(&table.name, column)).collect();
        let mut change = Change {
            native_renames: false,
            renames: Vec::new(),
            only_renames: arguments.recreate != ops::Recreate::Always,
            columns,
            constraints: table.constraints.clone(),
            indexes: table.indexes.clone(),
            new_indexes: Vec::new(),
            options,
            partial: arguments.partial_reordering.clone(),
            existing: table.columns.iter().map(|column| column.name.clone()).collect(),
            ordering: Vec::new(),
            reflected,
            discipline,
            table,
        };
        change.only_renames &= arguments.constraints.is_empty() && arguments.options.is_empty();
        if reflected && discipline == Discipline::AsAlembic {
            change.leave_out_unnamed_checks(arguments, warnings);
        }
        Ok(change)
    }

    /// Alembic cannot tell an unnamed CHECK from one that belongs to a type, so it leaves it out.
    fn leave_out_unnamed_checks(&mut self, arguments: &ops::Batch, warnings: &mut Vec<String>) {
        let is_check = |it: &Constraint| matches!(it.kind, ConstraintKind::Check { .. });
        let before = self.constraints.len();
        self.constraints.retain(|it| !(is_check(it) && it.name.is_none()));
        if !arguments.constraints.iter().any(is_check) {
            let warning = format!(
                "Unnamed CHECK constraint on reflected table '{}' is being omitted from the table recreate; pass the \
                 constraint explicitly using batch_alter_table.table_args.  Naming CHECK constraints avoids this going \
                 forward.",
                self.table.name.name
            );
            warnings.extend(std::iter::repeat_n(warning, before - self.constraints.len()));
        }
    }

    /// Takes one operation of the batch into account.
    pub(super) fn apply(&mut self, operation: &Operation, dialect: &dyn Dialect) -> Result<()> {
        self.only_renames &= is_rename(operation);
        match operation {
            Operation::AddColumn(op) => self.add_column(op, dialect),
            Operation::DropColumn(op) => self.drop_column(op),
            Operation::AlterColumn(op) => self.alter_column(op, dialect),
            Operation::AddConstraint(op) => self.add_constraint(&op.constraint),
            Operation::DropConstraint(op) => self.drop_constraint(op.name.as_ref().map(|name| name.text.as_str())),
            Operation::CreateIndex(op) => {
                self.new_indexes.push(op.index.clone());
                Ok(())
            }
            Operation::DropIndex(op) => self.drop_index(op),
            Operation::CreateTableComment(op) => {
                self.table.comment.clone_from(&op.comment);
                Ok(())
            }
            Operation::DropTableComment(_) => {
                self.table.comment = None;
                Ok(())
            }
            Operation::Execute(_) => Ok(()),
            _ => Err(Error::command("This operation does not apply to a batch table alter operation.")),
        }
    }

    fn entry(&mut self, name: &str) -> Result<&mut Entry> {
        let at = self.columns.iter().position(|entry| entry.key == name);
        let at = at.or_else(|| self.columns.iter().position(|entry| entry.column.name == name));
        let missing = || Error::exception("KeyError", format!("'{name}'"));
        at.map(|at| &mut self.columns[at]).ok_or_else(missing)
    }

    fn add_column(&mut self, op: &ops::AddColumn, dialect: &dyn Dialect) -> Result<()> {
        self.place(&op.column.name, op.insert_before.as_deref(), op.insert_after.as_deref());
        let key = op.column.name.clone();
        let added = Entry { key: key.clone(), column: op.column.clone(), value: None, retyped: false };
        match self.columns.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => *entry = added,
            None => self.columns.push(added),
        }
        for constraint in &op.constraints {
            if needed(constraint, &op.column.ty, dialect) {
                self.constraints.push(constraint.clone());
            }
        }
        self.new_indexes.extend(op.indexes.clone());
        Ok(())
    }

    /// Alembic's `_setup_dependencies_for_add_column`.
    fn place(&mut self, name: &str, before: Option<&str>, after: Option<&str>) {
        let (mut before, mut after) = (before.map(str::to_string), after.map(str::to_string));
        let index = |name: &String| self.existing.iter().position(|it| it == name);
        if self.partial.is_empty() {
            match (&before, &after) {
                (None, Some(it)) => {
                    before = match index(it) {
                        Some(at) => self.existing.get(at + 1).cloned(),
                        None => self.ordering.iter().find(|(first, _)| first == it).map(|(_, second)| second.clone()),
                    }
                }
                (Some(it), None) => {
                    after = match index(it) {
                        Some(at) => at.checked_sub(1).and_then(|at| self.existing.get(at)).cloned(),
                        None => self.ordering.iter().find(|(_, second)| second == it).map(|(first, _)| first.clone()),
                    }
                }
                _ => {}
            }
        }
        if before.is_none() && after.is_none() && self.partial.is_empty() {
            after = self.existing.last().cloned();
        }
        self.ordering.extend(before.map(|before| (name.to_string(), before)));
        self.ordering.extend(after.map(|after| (after, name.to_string())));
    }

    fn drop_column(&mut self, op: &ops::DropColumn) -> Result<()> {
        let key = self.entry(&op.column)?.key.clone();
        self.columns.retain(|entry| entry.key != key);
        self.existing.retain(|name| *name != key);
        for constraint in &mut self.constraints {
            if let ConstraintKind::PrimaryKey { columns } = &mut constraint.kind {
                columns.retain(|name| *name != key);
            }
        }
        let name = op.existing.as_ref().and_then(|column| type_name(&column.ty)).map(str::to_string);
        self.forget_type_check(name.as_deref());
        Ok(())
    }

    fn alter_column(&mut self, op: &ops::AlterColumn, dialect: &dyn Dialect) -> Result<()> {
        let (table, native) = (self.table.name.clone(), self.native_renames);
        let entry = self.entry(&op.column)?;
        if let Some(ty) = &op.to.ty {
            entry.retype(ty, &table, dialect);
        }
        alter_aspects(&mut entry.column, &op.to);
        if let Some(new_name) = op.new_name.as_ref().filter(|name| **name != entry.column.name) {
            let renamed = (entry.column.name.clone(), new_name.clone());
            if !native {
                entry.column.name.clone_from(new_name);
            }
            self.renames.extend(native.then_some(renamed));
            self.forget_type_check(op.existing.ty.as_ref().and_then(type_name));
        }
        if op.to.ty.is_some() {
            self.forget_type_check(op.existing.ty.as_ref().and_then(type_name));
            for constraint in &op.existing_type_constraints {
                self.forget_type_check(constraint.name.as_ref().map(|name| name.text.as_str()));
            }
            let ty = op.to.ty.as_ref().unwrap_or(&Type::Null);
            self.constraints.extend(op.type_constraints.iter().filter(|it| needed(it, ty, dialect)).cloned());
        }
        Ok(())
    }

    /// The CHECK of a Boolean or an Enum is known by the type's name only.
    fn forget_type_check(&mut self, name: Option<&str>) {
        let named = |it: &Constraint| it.name.as_ref().map(|name| name.text.as_str()) == name;
        if name.is_some() {
            self.constraints.retain(|it| !(matches!(it.kind, ConstraintKind::Check { .. }) && named(it)));
        }
    }

    fn add_constraint(&mut self, constraint: &Constraint) -> Result<()> {
        let Some(name) = &constraint.name else {
            return Err(Error::exception("ValueError", "Constraint must have a name"));
        };
        if let ConstraintKind::PrimaryKey { columns } = &constraint.kind {
            self.constraints.retain(|it| !matches!(it.kind, ConstraintKind::PrimaryKey { .. }));
            self.mark_key(columns);
        }
        self.constraints.retain(|it| it.name.as_ref().map(|name| &name.text) != Some(&name.text));
        self.constraints.push(constraint.clone());
        Ok(())
    }

    fn mark_key(&mut self, columns: &[String]) {
        for entry in &mut self.columns {
            let inside = columns.contains(&entry.key) || columns.contains(&entry.column.name);
            entry.column.primary_key = inside;
            entry.column.nullable &= !inside;
        }
    }

    fn drop_constraint(&mut self, name: Option<&str>) -> Result<()> {
        let name = name.ok_or_else(|| Error::exception("ValueError", "Constraint must have a name"))?;
        let is_it = |it: &Constraint| it.name.as_ref().is_some_and(|it| it.text == name);
        let Some(at) = self.constraints.iter().position(is_it) else {
            return Err(Error::exception("ValueError", format!("No such constraint: '{name}'")));
        };
        let dropped = self.constraints.remove(at);
        if let ConstraintKind::PrimaryKey { .. } = dropped.kind {
            self.columns.iter_mut().for_each(|entry| entry.column.primary_key = false);
        }
        Ok(())
    }

    fn drop_index(&mut self, op: &ops::DropIndex) -> Result<()> {
        let name = op.name.as_ref().map(|name| name.text.as_str());
        let is_it = |it: &Index| it.name.as_ref().map(|name| name.text.as_str()) == name;
        match self.indexes.iter().position(is_it) {
            Some(at) => drop(self.indexes.remove(at)),
            None if op.if_exists => {}
            None => {
                let name = name.unwrap_or("None");
                return Err(Error::exception("ValueError", format!("No such index: '{name}'")));
            }
        }
        Ok(())
    }

    /// The table that takes the old one's place, under a temporary name, with the indexes that are made again.
    pub(super) fn new_table(
        &mut self,
        name: &TableName,
        arguments: &ops::Batch,
        warnings: &mut Vec<String>,
    ) -> Result<Table> {
        self.put_in_order()?;
        let mut new = Table::new(name.clone());
        new.columns = self.columns.iter().map(|entry| entry.column.clone()).collect();
        new.options.clone_from(&self.options);
        new.comment.clone_from(&self.table.comment);
        new.prefixes.clone_from(&self.table.prefixes);
        new.constraints.clone_from(&arguments.constraints);
        for constraint in &self.constraints {
            new.constraints.extend(self.carried_over(constraint));
        }
        new.indexes = self.kept_indexes(warnings);
        if !self.native_renames {
            new.indexes.extend(self.new_indexes.iter().cloned());
        }
        new.indexes.extend(arguments.indexes.clone());
        Ok(new)
    }

    /// New indexes, where they have to wait for the renaming of columns.
    pub(super) fn late_indexes(&self) -> &[Index] {
        if self.native_renames { &self.new_indexes } else { &[] }
    }

    fn put_in_order(&mut self) -> Result<()> {
        if self.partial.is_empty() && self.ordering.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = self.columns.iter().map(|entry| entry.key.clone()).collect();
        let mut pairs: Vec<(String, String)> = match self.partial.is_empty() {
            true => order::neighbours(&keys[..self.existing.len().min(keys.len())]).collect(),
            false => self.partial.iter().flat_map(|names| order::neighbours(names).collect::<Vec<_>>()).collect(),
        };
        pairs.extend(self.ordering.iter().cloned());
        pairs.retain(|(before, after)| before != after);
        let sorted = order::sorted(&pairs, &keys)?;
        let position = |key: &String| sorted.iter().position(|it| it == key).unwrap_or(usize::MAX);
        self.columns.sort_by_key(|entry| position(&entry.key));
        Ok(())
    }

    /// A constraint under the columns' new names; `None` if one of its columns is gone.
    fn carried_over(&self, constraint: &Constraint) -> Option<Constraint> {
        let mut constraint = constraint.clone();
        let lost = constraint.column.as_ref().is_some_and(|name| self.current(name).is_none());
        if lost || self.is_stale_type_check(&constraint) {
            return None;
        }
        constraint.column = constraint.column.and_then(|name| self.current(&name));
        let renamed = |columns: &[String]| columns.iter().map(|name| self.current(name)).collect::<Option<Vec<_>>>();
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey { columns } | ConstraintKind::Unique { columns } => *columns = renamed(columns)?,
            ConstraintKind::ForeignKey(key) => {
                key.columns = renamed(&key.columns)?;
                if key.referred == self.table.name {
                    key.referred_columns = renamed(&key.referred_columns)?;
                }
            }
            ConstraintKind::Check { .. } | ConstraintKind::Exclude { .. } => {}
        }
        Some(constraint)
    }

    /// A reflected constraint of a column stands in the table's list; only those of a given table know their type.
    fn is_stale_type_check(&self, constraint: &Constraint) -> bool {
        let column = constraint.column.as_ref().and_then(|name| self.columns.iter().find(|entry| entry.key == *name));
        !self.reflected && constraint.source == Source::Type && column.is_some_and(|entry| entry.retyped)
    }

    /// What a column is called now; `None` if it is gone.
    fn current(&self, name: &str) -> Option<String> {
        let by_key = self.columns.iter().find(|entry| entry.key == name);
        // Alembic knows a renamed column by its old name only, and passes over what uses the new one in silence.
        let by_name = || self.columns.iter().find(|entry| entry.column.name == name);
        let found = by_key.or_else(|| by_name().filter(|_| self.discipline == Discipline::Safe));
        found.map(|entry| entry.column.name.clone())
    }

    fn kept_indexes(&self, warnings: &mut Vec<String>) -> Vec<Index> {
        let mut kept = Vec::new();
        for index in &self.indexes {
            let expressions: Option<Vec<Expr>> = index.expressions.iter().map(|it| self.renamed(it)).collect();
            match expressions {
                Some(expressions) => kept.push(Index { expressions, ..index.clone() }),
                // Alembic makes it again nevertheless, and the database refuses it.
                None if self.discipline == Discipline::AsAlembic => kept.push(index.clone()),
                None => warnings.push(format!(
                    "Index '{}' goes with a column that it was made of",
                    index.name.as_ref().map_or("", |name| name.text.as_str())
                )),
            }
        }
        kept
    }

    fn renamed(&self, expression: &Expr) -> Option<Expr> {
        let inner = |operand: &Expr| self.renamed(operand).map(Box::new);
        Some(match expression {
            Expr::Column { name, .. } => Expr::column(self.current(name)?),
            Expr::Suffix { operand, operator } => Expr::Suffix { operand: inner(operand)?, operator: operator.clone() },
            Expr::Collate { operand, collation } => {
                Expr::Collate { operand: inner(operand)?, collation: collation.clone() }
            }
            other => other.clone(),
        })
    }

    /// What is copied: names in the new table, values out of the old one.
    pub(super) fn copied(&self, discipline: Discipline) -> Vec<(String, Expr)> {
        // SQLite computes generated columns itself and refuses values for them; Alembic sends them nevertheless.
        let generated = |entry: &&Entry| {
            matches!(entry.column.server_default, Some(ServerDefault::Computed { .. }))
                && discipline == Discipline::Safe
        };
        let copied = self.columns.iter().filter(|entry| !generated(entry));
        copied.filter_map(|entry| Some((entry.column.name.clone(), entry.value.clone()?))).collect()
    }

    /// The old table's constraints whose names the new one uses again.
    pub(super) fn named_constraints_of_old(&self) -> Vec<&Constraint> {
        let again = |it: &&Constraint| it.name.is_some() && self.constraints.iter().any(|kept| kept.name == it.name);
        self.table.constraints.iter().filter(again).collect()
    }
}

fn entry(table: &TableName, column: &Column) -> Entry {
    Entry { key: column.name.clone(), column: column.clone(), value: Some(read(table, &column.name)), retyped: false }
}

impl Entry {
    /// Another type: values are cast where the two types are of different kinds.
    fn retype(&mut self, ty: &Type, table: &TableName, dialect: &dyn Dialect) {
        if let (Some(_), true) = (&self.value, dialect.casts_in_recreate(&self.column.ty, ty)) {
            let operand = Box::new(read(table, &self.key));
            self.value = Some(Expr::Cast { operand, ty: Box::new(ty.clone()) });
        }
        self.column.ty = ty.clone();
        self.column.info.remove(crate::dialect::sqlite::DECLARED_TYPE);
        self.retyped = true;
    }
}

fn alter_aspects(column: &mut Column, to: &ops::Aspects) {
    if let Some(nullable) = to.nullable {
        column.nullable = nullable;
    }
    if let Some(default) = &to.server_default {
        column.server_default.clone_from(default);
    }
    if let Some(autoincrement) = to.autoincrement {
        column.autoincrement = autoincrement;
    }
    if let Some(comment) = &to.comment {
        column.comment.clone_from(comment);
    }
}

fn is_rename(operation: &Operation) -> bool {
    match operation {
        Operation::AlterColumn(op) => op.to == ops::Aspects::default() && op.new_name.is_some(),
        Operation::Execute(_) | Operation::CreateIndex(_) => true,
        _ => false,
    }
}

/// Whether a constraint that came with a column is needed: the CHECK of a type only where the type is not native.
fn needed(constraint: &Constraint, ty: &Type, dialect: &dyn Dialect) -> bool {
    constraint.source != Source::Type || crate::dialect::ddl::constraint::needs_type_check(dialect, ty)
}

/// The name that a Boolean's or an Enum's CHECK has.
fn type_name(ty: &Type) -> Option<&str> {
    match ty {
        Type::Boolean { name, .. } => name.as_deref(),
        Type::Enum(it) => it.name.as_deref(),
        Type::Variant { base, .. } => type_name(base),
        Type::Custom { .. } => match types::resolve(ty, &crate::dialect::sqlite::Sqlite) {
            Type::Custom { .. } => None,
            ty => type_name(ty),
        },
        _ => None,
    }
}
