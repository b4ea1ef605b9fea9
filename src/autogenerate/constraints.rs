//! Indexes and unique constraints, which databases like to confuse.

use super::{CONSTRAINTS, Comparison, Kind, Object, Pair, Parents, policy};
use crate::{
    dialect::{
        compare::{self, Sides},
        identifier,
    },
    error::Result,
    ops::{self, Operation},
    python::text::quote::repr,
    schema::{Constraint, Expr, Index, Name, Table, TableName, table::ConstraintKind},
};
use std::collections::BTreeMap;

/// An index or a unique constraint.
#[derive(Debug, Clone, Copy)]
enum Keyed<'a> {
    Unique(&'a Constraint),
    Index(&'a Index),
}

impl Keyed<'_> {
    fn name(&self) -> Option<&Name> {
        match self {
            Keyed::Unique(it) => it.name.as_ref(),
            Keyed::Index(it) => it.name.as_ref(),
        }
    }

    fn columns(&self) -> String {
        match self {
            Keyed::Unique(it) => compare::tuple(it.columns()),
            Keyed::Index(it) => compare::tuple(&compare::index_columns(it)),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Keyed::Unique(_) => Kind::Unique,
            Keyed::Index(_) => Kind::Index,
        }
    }

    /// "index" or "unique constraint", for messages.
    fn word(&self) -> &'static str {
        match self {
            Keyed::Unique(_) => "unique constraint",
            Keyed::Index(_) => "index",
        }
    }

    fn object<'t>(&'t self, table: &'t Table) -> Object<'t> {
        match self {
            Keyed::Unique(it) => Object::Constraint(table, it),
            Keyed::Index(it) => Object::Index(table, it),
        }
    }

    fn create(&self, table: &TableName) -> Operation {
        match self {
            Keyed::Unique(it) => {
                Operation::AddConstraint(ops::AddConstraint { table: table.clone(), constraint: (*it).clone() })
            }
            Keyed::Index(it) => create_index(table, it),
        }
    }

    fn drop(&self, table: &TableName) -> Operation {
        match self {
            Keyed::Unique(it) => drop_constraint(table, it),
            Keyed::Index(it) => drop_index(table, it),
        }
    }
}

type ByName<'a> = BTreeMap<String, Keyed<'a>>;

impl Comparison<'_> {
    /// A new table's indexes; its unique constraints stand inside of it.
    pub(super) fn indexes_of_new(&mut self, table: &Table, into: &mut Vec<Operation>) -> Result<()> {
        let mut sides = Sides { metadata_indexes: table.indexes.clone(), ..Sides::default() };
        self.correct(&mut sides);
        for index in self.by_name(&[], &sides.metadata_indexes)?.values() {
            self.added(table, index, into)?;
        }
        Ok(())
    }

    /// A dropped table's indexes.
    pub(super) fn indexes_of_gone(&mut self, table: &Table, into: &mut Vec<Operation>) -> Result<()> {
        let mut sides = Sides { inspected_indexes: self.seen_indexes(table)?, ..Sides::default() };
        self.correct(&mut sides);
        for index in plain_names(&[], &sides.inspected_indexes).values() {
            self.removed(table, index, into)?;
        }
        Ok(())
    }

    pub(super) fn uniques_and_indexes(
        &mut self,
        name: &TableName,
        tables: Pair<&Table>,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let uniques = |table: &Table| -> Vec<Constraint> {
            table.constraints.iter().filter(|it| is_unique(it)).cloned().collect()
        };
        let mut sides = Sides {
            inspected_uniques: self.seen_constraints(name, tables.current, Kind::Unique)?,
            inspected_indexes: self.seen_indexes(tables.current)?,
            metadata_uniques: uniques(tables.target),
            metadata_indexes: tables.target.indexes.clone(),
        };
        self.correct(&mut sides);
        let current = plain_names(&sides.inspected_uniques, &sides.inspected_indexes);
        let target = self.by_name(&sides.metadata_uniques, &sides.metadata_indexes)?;
        self.gone(tables, Pair { current: &current, target: &target }, &sides, into)?;
        for (name, found) in &current {
            if let Some(wanted) = target.get(name) {
                self.kept(tables, Pair { current: found, target: wanted }, into)?;
            }
        }
        for wanted in target.iter().filter(|(name, _)| !current.contains_key(*name)).map(|(_, it)| it) {
            self.added(tables.target, wanted, into)?;
        }
        self.unnamed(tables.target, &sides, into)
    }

    fn correct(&mut self, sides: &mut Sides) {
        let warnings = self.dialect.correct_constraints(sides);
        self.found.warnings.extend(warnings);
    }

    fn seen_indexes(&mut self, table: &Table) -> Result<Vec<Index>> {
        let parents = Parents { schema: table.name.schema.clone(), table: table.name.name.clone() };
        let mut seen = Vec::new();
        for index in &table.indexes {
            let name = index.name.as_ref().map(|name| &name.text[..]);
            if self.policy.include_name(name, Kind::Index, &parents)? {
                seen.push(index.clone());
            }
        }
        Ok(seen)
    }

    /// The constraints of one kind that `include_name` lets through.
    pub(super) fn seen_constraints(&mut self, name: &TableName, table: &Table, kind: Kind) -> Result<Vec<Constraint>> {
        let parents = Parents { schema: name.schema.clone(), table: name.name.clone() };
        let mut seen = Vec::new();
        for constraint in table.constraints.iter().filter(|it| kind_of(it) == Some(kind)) {
            let name = constraint.name.as_ref().map(|name| &name.text[..]);
            if self.policy.include_name(name, kind, &parents)? {
                seen.push(constraint.clone());
            }
        }
        Ok(seen)
    }

    /// The models' indexes and uniques by the names that the database will know them by.
    fn by_name<'s>(&self, uniques: &'s [Constraint], indexes: &'s [Index]) -> Result<ByName<'s>> {
        let all = uniques.iter().map(Keyed::Unique).chain(indexes.iter().map(Keyed::Index));
        let mut names = ByName::new();
        for keyed in all {
            if let Some(name) = keyed.name() {
                names.insert(identifier::shortened(self.dialect.features(), name)?, keyed);
            }
        }
        Ok(names)
    }

    fn gone(
        &mut self,
        tables: Pair<&Table>,
        names: Pair<&ByName<'_>>,
        sides: &Sides,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let unnamed: Vec<Vec<String>> =
            sides.metadata_uniques.iter().filter(|it| it.name.is_none()).map(compare::unique_signature).collect();
        for (name, found) in names.current.iter().filter(|(name, _)| !names.target.contains_key(*name)) {
            match (found, doubled(sides, name)) {
                (Keyed::Unique(unique), _) if unnamed.contains(&compare::unique_signature(unique)) => {}
                (_, Some((unique, index))) => {
                    if !has_twin(sides, unique, index) {
                        self.removed(tables.current, &Keyed::Unique(unique), into)?;
                        self.removed(tables.current, &Keyed::Index(index), into)?;
                    }
                }
                _ => self.removed(tables.current, found, into)?,
            }
        }
        Ok(())
    }

    fn kept(&mut self, tables: Pair<&Table>, pair: Pair<&Keyed<'_>>, into: &mut Vec<Operation>) -> Result<()> {
        let comparison = match (pair.current, pair.target) {
            (Keyed::Unique(old), Keyed::Unique(new)) => self.dialect.compare_uniques(old, new),
            (Keyed::Index(old), Keyed::Index(new)) => self.dialect.compare_indexes(old, new)?,
            (old, new) => {
                self.removed(tables.current, old, into)?;
                return self.added(tables.target, new, into);
            }
        };
        match comparison {
            compare::Comparison::Equal => Ok(()),
            compare::Comparison::Different(messages) => self.changed(tables, pair, &messages.join(", "), into),
            compare::Comparison::Skip(messages) => {
                let (word, name) = (pair.current.word(), shown(pair.current.name()));
                let message = messages.join(", ");
                self.log(CONSTRAINTS, format!("Cannot compare {word} {name}, assuming equal and skipping. {message}"));
                Ok(())
            }
        }
    }

    fn changed(
        &mut self,
        tables: Pair<&Table>,
        pair: Pair<&Keyed<'_>>,
        message: &str,
        into: &mut Vec<Operation>,
    ) -> Result<()> {
        let (old, new) = (pair.current, pair.target);
        if self.included(tables.target, new, false, Some(old.object(tables.current)))? {
            let (word, table) = (old.word(), &tables.current.name);
            let (name, table_name) = (shown(old.name()), repr(&table.name));
            self.log(CONSTRAINTS, format!("Detected changed {word} {name} on {table_name}: {message}"));
            into.push(old.drop(table));
            into.push(new.create(table));
        }
        Ok(())
    }

    fn added(&mut self, table: &Table, it: &Keyed<'_>, into: &mut Vec<Operation>) -> Result<()> {
        if self.included(table, it, false, None)? {
            into.push(it.create(&table.name));
            let (word, name) = (it.word(), shown(it.name()));
            self.log(CONSTRAINTS, format!("Detected added {word} {name} on '{}'", it.columns()));
        }
        Ok(())
    }

    fn removed(&mut self, table: &Table, it: &Keyed<'_>, into: &mut Vec<Operation>) -> Result<()> {
        if self.included(table, it, true, None)? {
            into.push(it.drop(&table.name));
            let (word, name) = (it.word(), shown(it.name()));
            self.log(CONSTRAINTS, format!("Detected removed {word} {name} on {}", repr(&table.name.name)));
        }
        Ok(())
    }

    fn included(&mut self, table: &Table, it: &Keyed<'_>, reflected: bool, other: Option<Object<'_>>) -> Result<bool> {
        let name = it.name().map(|name| &name.text[..]);
        self.policy.include_object(it.object(table), name, it.kind(), reflected, other)
    }

    /// Unique constraints without a name are known by their columns.
    fn unnamed(&mut self, table: &Table, sides: &Sides, into: &mut Vec<Operation>) -> Result<()> {
        let mut known: Vec<Vec<String>> = sides.inspected_uniques.iter().map(compare::unique_signature).collect();
        for unique in sides.metadata_uniques.iter().filter(|it| it.name.is_none()) {
            let signature = compare::unique_signature(unique);
            if !known.contains(&signature) {
                known.push(signature);
                self.added(table, &Keyed::Unique(unique), into)?;
            }
        }
        Ok(())
    }
}

fn plain_names<'s>(uniques: &'s [Constraint], indexes: &'s [Index]) -> ByName<'s> {
    let all = uniques.iter().map(Keyed::Unique).chain(indexes.iter().map(Keyed::Index));
    all.filter_map(|it| Some((it.name()?.text.clone(), it))).collect()
}

/// A unique constraint and an index of one name, where a database reports both.
fn doubled<'s>(sides: &'s Sides, name: &str) -> Option<(&'s Constraint, &'s Index)> {
    let named = |it: &Option<Name>| it.as_ref().is_some_and(|it| it.text == name);
    let unique = sides.inspected_uniques.iter().find(|it| named(&it.name))?;
    Some((unique, sides.inspected_indexes.iter().find(|it| named(&it.name))?))
}

/// Whether the models have either of the two under another name.
fn has_twin(sides: &Sides, unique: &Constraint, index: &Index) -> bool {
    let signature = compare::unique_signature(unique);
    let same_unique = sides.metadata_uniques.iter().any(|it| compare::unique_signature(it) == signature);
    let columns = |it: &Index| (it.unique, it.expressions.iter().map(column_name).collect::<Vec<_>>());
    same_unique || sides.metadata_indexes.iter().any(|it| columns(it) == columns(index))
}

fn column_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Column { name, .. } | Expr::Label { name, .. } => Some(name.clone()),
        _ => None,
    }
}

fn is_unique(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::Unique { .. })
}

fn kind_of(constraint: &Constraint) -> Option<policy::Kind> {
    match constraint.kind {
        ConstraintKind::Unique { .. } => Some(Kind::Unique),
        ConstraintKind::ForeignKey(_) => Some(Kind::ForeignKey),
        ConstraintKind::Check { .. } => Some(Kind::Check),
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Exclude { .. } => None,
    }
}

/// A name as the log shows it.
pub(super) fn shown(name: Option<&Name>) -> String {
    name.map_or_else(|| "None".into(), |name| repr(&name.text))
}

fn create_index(table: &TableName, index: &Index) -> Operation {
    Operation::CreateIndex(ops::CreateIndex { table: table.clone(), index: index.clone(), if_not_exists: false })
}

fn drop_index(table: &TableName, index: &Index) -> Operation {
    Operation::DropIndex(ops::DropIndex {
        table: Some(table.clone()),
        name: index.name.clone(),
        schema: table.schema.clone(),
        if_exists: false,
        options: index.options.clone(),
        existing: Some(index.clone()),
    })
}

/// The operation that takes a constraint away and remembers it.
pub(super) fn drop_constraint(table: &TableName, constraint: &Constraint) -> Operation {
    Operation::DropConstraint(ops::DropConstraint {
        table: table.clone(),
        name: constraint.name.clone(),
        kind: ops::reverse::dropped_kind(constraint),
        if_exists: false,
        existing: Some(constraint.clone()),
    })
}
