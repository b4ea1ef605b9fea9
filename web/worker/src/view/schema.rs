//! The schema at a moment, marked: what the open revision has done, what this step did, what is still to come.

use crate::console::describe;
use retort::dialect::Dialect;
use retort::schema::table::ConstraintKind;
use retort::schema::{self, MetaData};
use retort_protocol::schema::{Column, Edge, Marks, Part, PartKind, Schema, Table};
use retort_protocol::words::Sign;
use std::collections::HashMap;

/// The schema at the moments that a mark speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Moments<'a> {
    /// Before the open revision.
    pub base: &'a MetaData,
    /// Before this step.
    pub before: &'a MetaData,
    /// Now.
    pub now: &'a MetaData,
    /// After the open revision, where it is known.
    pub after: Option<&'a MetaData>,
}

/// What the rows say about a table: how many there are, and in which columns values changed.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Rows by table.
    pub rows: HashMap<String, u64>,
    /// Columns whose values this step changed, by table.
    pub filled: HashMap<String, Vec<String>>,
}

/// The schema for the diagram.
pub fn schema(moments: Moments<'_>, counts: &Counts, dialect: &dyn Dialect) -> Schema {
    let view = View { moments, counts, dialect };
    let mut names: Vec<&str> = moments.all().flat_map(|it| &it.tables).map(|table| table.name.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| *name != "alembic_version");
    let tables = names.iter().map(|name| view.table(name)).collect();
    Schema { tables, edges: names.iter().flat_map(|name| view.edges(name)).collect() }
}

impl<'a> Moments<'a> {
    fn all(self) -> impl Iterator<Item = &'a MetaData> {
        [self.base, self.before, self.now].into_iter().chain(self.after)
    }

    /// How a thing stands, found in each moment by `find`.
    fn marks<T: PartialEq>(self, find: impl Fn(&'a MetaData) -> Option<T>) -> Marks {
        let (base, before, now) = (find(self.base), find(self.before), find(self.now));
        let after = self.after.map_or_else(|| find(self.now), &find);
        let sign = |from: &Option<T>, to: &Option<T>| match (from, to) {
            (None, Some(_)) => Some(Sign::Added),
            (Some(_), None) => Some(Sign::Removed),
            (Some(old), Some(new)) if old != new => Some(Sign::Changed),
            _ => None,
        };
        let later = sign(&now, &after);
        let lit = sign(&before, &now);
        let done = lit.or(sign(&base, &now));
        let marked = lit.or(later).or(done);
        let said = match (lit, later, done) {
            (Some(sign), _, _) => format!("{} in this step", verb(sign)),
            (None, Some(sign), _) => format!("to be {} in this revision", verb(sign)),
            (None, None, Some(sign)) => format!("{} in this revision", verb(sign)),
            (None, None, None) => String::new(),
        };
        Marks { sign: marked, lit: lit.is_some(), later: lit.is_none() && later.is_some(), said }
    }
}

fn verb(sign: Sign) -> &'static str {
    match sign {
        Sign::Added => "added",
        Sign::Changed => "changed",
        Sign::Removed => "removed",
    }
}

struct View<'a> {
    moments: Moments<'a>,
    counts: &'a Counts,
    dialect: &'a dyn Dialect,
}

/// The table of a name at a moment.
fn at<'a>(metadata: &'a MetaData, name: &str) -> Option<&'a schema::Table> {
    metadata.tables.iter().find(|table| table.name.name == name)
}

impl<'a> View<'a> {
    fn table(&self, name: &str) -> Table {
        Table {
            name: name.into(),
            rows: self.counts.rows.get(name).copied().unwrap_or(0),
            marks: self.moments.marks(|it| at(it, name).map(|_| ())),
            columns: self.columns(name),
            parts: self.parts(name),
        }
    }

    /// The latest definition of each name, in the table's order; what went stays where it was.
    fn in_order<T>(&self, table: &str, list: impl Fn(&'a schema::Table) -> Vec<(String, T)>) -> Vec<(String, T)> {
        let moments = [Some(self.moments.now), self.moments.after, Some(self.moments.before), Some(self.moments.base)];
        let mut all: Vec<(String, T)> = Vec::new();
        for metadata in moments.into_iter().flatten() {
            let mut place = 0;
            for (name, thing) in at(metadata, table).map(&list).unwrap_or_default() {
                match all.iter().position(|(known, _)| *known == name) {
                    Some(found) => place = found + 1,
                    None => {
                        all.insert(place.min(all.len()), (name, thing));
                        place += 1;
                    }
                }
            }
        }
        all
    }

    fn columns(&self, table: &str) -> Vec<Column> {
        let named =
            |table: &'a schema::Table| table.columns.iter().map(|column| (column.name.clone(), column)).collect();
        self.in_order(table, named).into_iter().map(|(name, column)| self.column(table, &name, column)).collect()
    }

    fn column(&self, table: &str, name: &str, column: &schema::Column) -> Column {
        let mut marks = self.moments.marks(|it| {
            let column = at(it, table)?.column(name)?;
            Some((&column.ty, column.nullable, &column.server_default, &column.comment))
        });
        self.mark_filled(table, name, &mut marks);
        Column {
            name: name.into(),
            type_name: self.dialect.type_sql(&column.ty).unwrap_or_default(),
            nullable: column.nullable,
            primary: column.primary_key,
            foreign: self.is_foreign(table, name),
            marks,
        }
    }

    // A step that only changes values lights the column all the same.
    fn mark_filled(&self, table: &str, name: &str, marks: &mut Marks) {
        let filled = self.counts.filled.get(table).is_some_and(|columns| columns.iter().any(|column| column == name));
        if filled && !marks.lit {
            marks.said = match marks.said.as_str() {
                "" => "filled in this step".into(),
                said => format!("{said}, filled in this step"),
            };
            let new = at(self.moments.base, table).is_none_or(|it| it.column(name).is_none());
            marks.sign = if new { Some(Sign::Added) } else { Some(Sign::Changed) };
            (marks.lit, marks.later) = (true, false);
        }
    }

    fn is_foreign(&self, table: &str, column: &str) -> bool {
        self.moments.all().filter_map(|it| at(it, table)).flat_map(|it| &it.constraints).any(|constraint| {
            matches!(&constraint.kind, ConstraintKind::ForeignKey(key) if key.columns.iter().any(|it| it == column))
        })
    }

    fn parts(&self, table: &str) -> Vec<Part> {
        let list = |it: &'a schema::Table| {
            parts(it, self.dialect).into_iter().map(|part| (identity(&part), part)).collect::<Vec<_>>()
        };
        let marked = self.in_order(table, list).into_iter().map(|(id, part)| {
            let marks = self.moments.marks(|it| {
                let parts = parts(at(it, table)?, self.dialect);
                parts.into_iter().find(|part| identity(part) == id).map(|part| part.detail)
            });
            Part { marks, ..part }
        });
        marked.collect()
    }

    fn edges(&self, table: &str) -> Vec<Edge> {
        let list =
            |it: &'a schema::Table| edges(it).into_iter().map(|edge| (edge_identity(&edge), edge)).collect::<Vec<_>>();
        let marked = self.in_order(table, list).into_iter().map(|(id, edge)| {
            let marks = self.moments.marks(|it| {
                let found = edges(at(it, table)?).into_iter().find(|edge| edge_identity(edge) == id);
                found.map(|edge| edge.on_delete)
            });
            Edge { marks, ..edge }
        });
        marked.collect()
    }
}

fn identity(part: &Part) -> String {
    format!("{:?} {}", part.kind, part.name)
}

fn edge_identity(edge: &Edge) -> String {
    format!("{} {} {}", edge.columns.join(","), edge.to, edge.targets.join(","))
}

fn parts(table: &schema::Table, dialect: &dyn Dialect) -> Vec<Part> {
    let part = |name: Option<&schema::Name>, kind: PartKind, detail: String| Part {
        name: name.map_or_else(|| format!("({detail})"), |name| name.text.clone()),
        kind,
        detail,
        marks: Marks::default(),
    };
    let constraints = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
        ConstraintKind::Unique { columns } => {
            Some(part(constraint.name.as_ref(), PartKind::Unique, columns.join(", ")))
        }
        ConstraintKind::Check { condition } => {
            Some(part(constraint.name.as_ref(), PartKind::Check, describe::expression(condition, dialect)))
        }
        _ => None,
    });
    let indexes = table.indexes.iter().map(|index| {
        let columns: Vec<String> = index.expressions.iter().map(|it| describe::expression(it, dialect)).collect();
        part(
            index.name.as_ref(),
            if index.unique { PartKind::UniqueIndex } else { PartKind::Index },
            columns.join(", "),
        )
    });
    constraints.chain(indexes).collect()
}

fn edges(table: &schema::Table) -> Vec<Edge> {
    let edge = |constraint: &schema::Constraint| {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else {
            return None;
        };
        let nullable = |name: &String| table.column(name).is_some_and(|column| column.nullable);
        let action = key.ondelete.as_ref().map(|action| action.to_lowercase());
        Some(Edge {
            from: table.name.name.clone(),
            columns: key.columns.clone(),
            to: key.referred.name.clone(),
            targets: key.referred_columns.clone(),
            on_delete: action.filter(|action| action != "no action"),
            optional: key.columns.iter().any(nullable),
            single: is_unique(table, &key.columns),
            marks: Marks::default(),
        })
    };
    table.constraints.iter().filter_map(edge).collect()
}

fn is_unique(table: &schema::Table, wanted: &[String]) -> bool {
    let by_constraint = table.constraints.iter().any(|constraint| match &constraint.kind {
        ConstraintKind::Unique { columns } | ConstraintKind::PrimaryKey { columns } => columns.as_slice() == wanted,
        _ => false,
    });
    by_constraint
        || table.indexes.iter().filter(|index| index.unique).any(|index| {
            let names = index
                .expressions
                .iter()
                .map(|it| if let schema::Expr::Column { name, .. } = it { name.as_str() } else { "" });
            names.eq(wanted.iter().map(String::as_str))
        })
}
