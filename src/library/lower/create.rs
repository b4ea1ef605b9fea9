//! `op.create_table` straight from its arguments, without a Table: plain columns with a key, unique constraints and
//! foreign keys by name, which is what revisions say.

use super::foreign_keys::parts;
use super::{Lowering, wrapped};
use crate::ops::{CreateTable, Operation};
use crate::python::{Args, Flow, Machine, Raise, Value};
use crate::schema::table::{Constraint, ConstraintKind, ForeignKey};
use crate::schema::{Table, TableName};

/// `create_table(lower, name, items, schema, comment, if_not_exists, conventional)`: the operation, or None where the
/// arguments are not plain. `conventional`: SQLAlchemy's own naming convention is in force, which names only indexes.
pub(super) fn create_table(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [prelude, name, items, schema, comment, if_not_exists, conventional] = args.exactly(machine, "create_table")?;
    let items = machine.items(items)?;
    let text = |value: Value| machine.heap.text(value).map(str::to_owned);
    let (Some(name), schema, comment_text) = (text(name), text(schema), text(comment)) else {
        return Ok(Value::None.into());
    };
    if !comment.is_none() && comment_text.is_none() {
        return Ok(Value::None.into());
    }
    let if_not_exists = machine.truth(if_not_exists)?;
    let mut table = Table::new(TableName { schema, name });
    table.comment = comment_text;
    let lowering = Lowering { machine, prelude, objects: None };
    let conventional = conventional == Value::Bool(true);
    let arguments = Arguments { lowering, table, keys: Vec::new(), nullability_said: Vec::new(), conventional };
    match arguments.table(&items)? {
        Some(table) => wrapped(machine, prelude, Operation::CreateTable(CreateTable { table, if_not_exists })),
        None => Ok(Value::None.into()),
    }
}

/// The arguments of `op.create_table` while they become a table.
struct Arguments<'m> {
    lowering: Lowering<'m>,
    table: Table,
    /// The columns' keys, in their order.
    keys: Vec<String>,
    /// Whether they say themselves if they take NULL.
    nullability_said: Vec<bool>,
    conventional: bool,
}

/// A constraint with its place in the order of their making.
type Ordered = (i64, Constraint);

impl Arguments<'_> {
    /// The table, or nothing where an argument is not plain.
    fn table(mut self, items: &[Value]) -> Result<Option<Table>, Raise> {
        let columns = items.iter().take_while(|item| self.lowering.class_says(**item, "_is_column").is_some()).count();
        for column in &items[..columns] {
            if !self.column(*column)? {
                return Ok(None);
            }
        }
        let mut constraints = Vec::new();
        for item in &items[columns..] {
            match self.constraint(*item)? {
                Some(constraint) => constraints.push(constraint),
                None => return Ok(None),
            }
        }
        Ok(self.with_key(&mut constraints).then(|| {
            // Of two, SQLAlchemy's set keeps the order; of more, it is that in which they were made.
            if constraints.len() > 2 {
                constraints.sort_by_key(|(order, _)| *order);
            }
            let named = |constraint: &Constraint| !constraint.columns().is_empty();
            self.table.constraints = constraints.into_iter().map(|(_, one)| one).filter(named).collect();
            self.table
        }))
    }

    fn column(&mut self, given: Value) -> Result<bool, Raise> {
        for name in ["table", "_waiting"] {
            if self.lowering.own(given, name).is_some_and(|value| !value.is_none()) {
                return Ok(false);
            }
        }
        for name in ["index", "unique", "foreign_keys", "constraints"] {
            if self.lowering.own(given, name).is_some() && self.lowering.truth_of(given, name)? {
                return Ok(false);
            }
        }
        let (Some(name), Some(kind)) = (self.lowering.own(given, "name"), self.lowering.own(given, "type")) else {
            return Ok(false);
        };
        let untyped = self.lowering.class_says(given, "type") == Some(kind);
        let brings = self.lowering.class_says(kind, "_schema_type") == Some(Value::Bool(true))
            && self.lowering.truth_of(kind, "create_constraint")?;
        let key = self.lowering.text_of(given, "key")?.unwrap_or_default();
        if name.is_none() || untyped || brings || self.keys.contains(&key) {
            return Ok(false);
        }
        let column = self.lowering.column(given)?;
        self.table.columns.push(column);
        let said = self.lowering.own(given, "_user_nullable");
        self.nullability_said.push(said.is_some_and(|said| !said.is_none()));
        self.keys.push(key);
        Ok(true)
    }

    fn constraint(&mut self, given: Value) -> Result<Option<Ordered>, Raise> {
        let lowering = &mut self.lowering;
        let word = lowering.class_says(given, "__visit_name__").and_then(|word| lowering.text(word));
        let kind = word.as_deref().and_then(|word| word.strip_suffix("_constraint")).unwrap_or_default().to_owned();
        if !["primary_key", "unique", "foreign_key"].contains(&kind.as_str()) {
            return Ok(None);
        }
        let (parent, name) = (lowering.get(given, "parent")?, lowering.get(given, "name")?);
        let name = lowering.name(name)?;
        let settled = if self.conventional {
            lowering.get(given, "name")? != lowering.get(lowering.prelude, "_NONE_NAME")?
        } else {
            name.as_ref().is_some_and(|name| name.conv)
        };
        let pending = lowering.get(given, "_pending")?;
        let Some(columns) = self.names(pending)? else { return Ok(None) };
        if !parent.is_none() || !settled {
            return Ok(None);
        }
        let kind = match kind.as_str() {
            "primary_key" => self.primary_key(columns),
            "unique" => Some(ConstraintKind::Unique { columns }),
            _ => self.foreign_key(given, columns)?,
        };
        let Some(kind) = kind else { return Ok(None) };
        let order = self.lowering.get(given, "_creation_order")?;
        let constraint = self.lowering.constraint_of(given, name, kind)?;
        Ok(Some((if let Value::Int(order) = order { order } else { 0 }, constraint)))
    }

    /// The names of columns of this table that are given by their keys.
    fn names(&mut self, keys: Value) -> Result<Option<Vec<String>>, Raise> {
        let mut names = Vec::new();
        for key in self.lowering.machine.items(keys)? {
            let key = self.lowering.text(key);
            let Some(at) = key.and_then(|key| self.keys.iter().position(|known| *known == key)) else {
                return Ok(None);
            };
            names.push(self.table.columns[at].name.clone());
        }
        Ok((!names.is_empty()).then_some(names))
    }

    /// A key that is said makes its columns take no NULL, unless they say so themselves.
    fn primary_key(&mut self, columns: Vec<String>) -> Option<ConstraintKind> {
        if self.table.columns.iter().any(|column| column.primary_key) {
            return None;
        }
        for (column, said) in self.table.columns.iter_mut().zip(&self.nullability_said) {
            column.primary_key = columns.contains(&column.name);
            column.nullable &= *said || !column.primary_key;
        }
        Some(ConstraintKind::PrimaryKey { columns })
    }

    fn foreign_key(&mut self, given: Value, columns: Vec<String>) -> Result<Option<ConstraintKind>, Raise> {
        let mut referred = Vec::new();
        for element in self.lowering.items_of(given, "elements")? {
            let spec = self.lowering.get(element, "_colspec")?;
            let Some(spec) = self.lowering.text(spec) else { return Ok(None) };
            let Some(parts) = parts(&spec, None) else { return Ok(None) };
            referred.push(parts);
        }
        let Some(first) = referred.first() else { return Ok(None) };
        let (table, link_to_name) = (first.table.clone(), self.lowering.truth_of(given, "link_to_name")?);
        let own = table == self.table.name;
        if own && link_to_name {
            return Ok(None);
        }
        let named = |key: String| match self.keys.iter().position(|known| own && *known == key) {
            Some(at) => self.table.columns[at].name.clone(),
            None => key,
        };
        let referred_columns = referred.into_iter().map(|parts| named(parts.column)).collect();
        Ok(Some(ConstraintKind::ForeignKey(ForeignKey {
            columns,
            referred: table,
            referred_columns,
            ondelete: self.lowering.text_of(given, "ondelete")?,
            onupdate: self.lowering.text_of(given, "onupdate")?,
            match_: self.lowering.text_of(given, "match")?,
            use_alter: self.lowering.truth_of(given, "use_alter")?,
            link_to_name,
        })))
    }

    /// The key that `primary_key=True` makes, which every table has first; false where a convention would name it, or
    /// where there are two.
    fn with_key(&mut self, constraints: &mut Vec<Ordered>) -> bool {
        let keys = constraints.iter().filter(|(_, one)| matches!(one.kind, ConstraintKind::PrimaryKey { .. })).count();
        if keys > 0 {
            return keys == 1;
        }
        let columns: Vec<String> =
            self.table.columns.iter().filter(|column| column.primary_key).map(|column| column.name.clone()).collect();
        let nameless = self.conventional || columns.is_empty();
        constraints.insert(0, (i64::MAX, Constraint::new(None, ConstraintKind::PrimaryKey { columns })));
        nameless
    }
}
