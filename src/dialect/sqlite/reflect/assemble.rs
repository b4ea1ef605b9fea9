//! Tables out of the catalogue's rows and the clauses of their text.

use super::clauses::{Clause, ClauseKind, Clauses, ColumnClauses, Term, clauses, index_clauses};
use super::{Catalogue, number, text, types};
use crate::dialect::sqlite::{DECLARED_TYPE, Sqlite};
use crate::dialect::{Dialect, Wanted, statement::text::escaped};
use crate::schema::{
    Column, Constraint, Expr, Index, Literal, Name, ServerDefault, Table, TableName, Type,
    table::{ConstraintKind, ForeignKey, Source},
};

/// All wanted tables, sorted by name.
pub(super) fn tables(catalogue: &Catalogue, wanted: &Wanted) -> Vec<Table> {
    let mut tables: Vec<Table> = catalogue.masters.iter().filter_map(|row| table(catalogue, wanted, row)).collect();
    tables.sort_by(|a, b| a.name.name.cmp(&b.name.name));
    tables
}

fn table(catalogue: &Catalogue, wanted: &Wanted, row: &[Literal]) -> Option<Table> {
    let (kind, name) = (text(row, 0)?, text(row, 1)?);
    if name.starts_with("sqlite_") || !(kind == "table" || (kind == "view" && wanted.views)) {
        return None;
    }
    let clauses = if kind == "table" { clauses(&text(row, 2).unwrap_or_default()) } else { Clauses::default() };
    let mut table = Table::new(TableName { schema: wanted.schema.clone(), name });
    let reader = Reader { catalogue, clauses: &clauses };
    reader.columns(&mut table);
    reader.primary_key(&mut table);
    reader.foreign_keys(&mut table);
    reader.uniques(&mut table);
    reader.checks(&mut table);
    reader.indexes(&mut table);
    reader.options(&mut table);
    Some(table)
}

struct Reader<'a> {
    catalogue: &'a Catalogue,
    clauses: &'a Clauses,
}

/// A constraint of the text, with the column that it was written on.
type Written<'a> = (Option<&'a str>, &'a Clause);

impl Reader<'_> {
    /// Constraints in the order of the text: those of columns first, as SQLite itself numbers them.
    fn written(&self) -> impl Iterator<Item = Written<'_>> {
        let columns = self.clauses.columns.iter();
        let inside = columns.flat_map(|column| column.constraints.iter().map(|it| (Some(column.name.as_str()), it)));
        inside.chain(self.clauses.constraints.iter().map(|it| (None, it)))
    }

    fn column_clauses(&self, name: &str) -> Option<&ColumnClauses> {
        self.clauses.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    fn rows<'a>(&'a self, rows: &'a super::ByName, name: &str) -> &'a [Vec<Literal>] {
        rows.get(name).map_or(&[], Vec::as_slice)
    }

    fn columns(&self, table: &mut Table) {
        for row in self.rows(&self.catalogue.columns, &table.name.name) {
            // Hidden columns of virtual tables are not columns.
            if number(row, 5) != 1 {
                table.columns.push(self.column(row));
            }
        }
    }

    fn column(&self, row: &[Literal]) -> Column {
        let name = text(row, 0).unwrap_or_default();
        let clauses = self.column_clauses(&name);
        let (declared, hidden) = (text(row, 1).unwrap_or_default(), number(row, 5));
        let declared = if hidden > 1 { without_generated(&declared) } else { declared };
        let mut column = Column::new(name, types::resolve(&declared));
        if !says(&column.ty, &declared) {
            column.info.insert(DECLARED_TYPE.into(), Literal::Text(declared));
        }
        column.nullable = number(row, 2) == 0;
        column.primary_key = number(row, 4) > 0;
        column.collation = clauses.and_then(|it| it.collation.clone());
        column.server_default = match hidden {
            2 | 3 => Some(ServerDefault::Computed {
                sql: clauses.and_then(|it| it.generated.as_deref().map(escaped)).unwrap_or_default(),
                persisted: Some(hidden == 3),
            }),
            _ => text(row, 3).map(|text| ServerDefault::Expression(Expr::Text(escaped(&text)))),
        };
        if let Some(conflict) = clauses.and_then(|it| it.not_null_conflict.as_ref()) {
            column.options.insert("sqlite_on_conflict_not_null".into(), Expr::literal(Literal::Text(conflict.clone())));
        }
        column
    }

    fn primary_key(&self, table: &mut Table) {
        let rows = self.rows(&self.catalogue.columns, &table.name.name);
        let mut key: Vec<(i64, String)> = rows
            .iter()
            .filter(|row| number(row, 4) > 0)
            .filter_map(|row| Some((number(row, 4), text(row, 0)?)))
            .collect();
        key.sort();
        let columns: Vec<String> = key.into_iter().map(|(_, name)| name).collect();
        if columns.is_empty() {
            return;
        }
        let written = self.written().find(|(_, it)| matches!(it.kind, ClauseKind::PrimaryKey(_)));
        table.constraints.push(constraint(ConstraintKind::PrimaryKey { columns }, written));
    }

    // A UNIQUE over the key's own columns shares the key's index: there SQLite lists no other.
    fn uniques(&self, table: &mut Table) {
        let mut written: Vec<Written<'_>> =
            self.written().filter(|(_, it)| matches!(it.kind, ClauseKind::Unique(_))).collect();
        let rows = self.rows(&self.catalogue.indexes, &table.name.name);
        let mut found: Vec<(usize, Constraint)> = Vec::new();
        for row in rows {
            let columns = self.index_names(&text(row, 0).unwrap_or_default());
            let at = written.iter().position(|(_, it)| same_columns(it, &columns));
            let is_unique = match text(row, 2).as_deref() {
                Some("pk") => at.is_some(),
                origin => origin == Some("u"),
            };
            if !is_unique {
                continue;
            }
            let clause = at.map(|at| written[at]);
            let order = at.map_or(usize::MAX, |_| self.position(clause));
            if let Some(at) = at {
                written.remove(at);
            }
            found.push((order, constraint(ConstraintKind::Unique { columns }, clause)));
        }
        found.sort_by_key(|(order, _)| *order);
        table.constraints.extend(found.into_iter().map(|(_, it)| it));
    }

    fn position(&self, wanted: Option<Written<'_>>) -> usize {
        let wanted = wanted.map(|(_, clause)| std::ptr::from_ref(clause));
        self.written().position(|(_, it)| Some(std::ptr::from_ref(it)) == wanted).unwrap_or(usize::MAX)
    }

    fn index_names(&self, index: &str) -> Vec<String> {
        self.rows(&self.catalogue.index_columns, index).iter().map(|row| text(row, 0).unwrap_or_default()).collect()
    }

    fn foreign_keys(&self, table: &mut Table) {
        let rows = self.rows(&self.catalogue.foreign_keys, &table.name.name);
        let mut written = self.written().filter(|(_, it)| matches!(it.kind, ClauseKind::ForeignKey { .. }));
        for rows in rows.chunk_by(|a, b| number(a, 0) == number(b, 0)) {
            let clause = written.next();
            let mut found = constraint(ConstraintKind::ForeignKey(self.foreign_key(rows, table)), clause);
            if let Some(ClauseKind::ForeignKey { deferrable, initially }) = clause.map(|(_, it)| &it.kind) {
                found.deferrable = *deferrable;
                found.initially.clone_from(initially);
            }
            table.constraints.push(found);
        }
    }

    fn foreign_key(&self, rows: &[Vec<Literal>], table: &Table) -> ForeignKey {
        let first = &rows[0];
        let action = |column| text(first, column).filter(|it| !matches!(it.as_str(), "NO ACTION" | "NONE"));
        let referred = text(first, 1).unwrap_or_default();
        let named: Option<Vec<String>> = rows.iter().map(|row| text(row, 3)).collect();
        ForeignKey {
            columns: rows.iter().filter_map(|row| text(row, 2)).map(|name| own_spelling(table, name)).collect(),
            referred_columns: named.unwrap_or_else(|| self.key_of(&referred)),
            referred: TableName { schema: table.name.schema.clone(), name: referred },
            ondelete: action(5),
            onupdate: action(4),
            match_: action(6),
            use_alter: false,
            link_to_name: false,
        }
    }

    /// `REFERENCES t` without columns means t's primary key.
    fn key_of(&self, table: &str) -> Vec<String> {
        let rows = self.rows(&self.catalogue.columns, table).iter().filter(|row| number(row, 4) > 0);
        let mut key: Vec<(i64, String)> = rows.filter_map(|row| Some((number(row, 4), text(row, 0)?))).collect();
        key.sort();
        key.into_iter().map(|(_, name)| name).collect()
    }

    /// Sorted by name, those without one last, as SQLAlchemy has them.
    fn checks(&self, table: &mut Table) {
        let mut found: Vec<Constraint> = self
            .written()
            .filter_map(|written| match &written.1.kind {
                ClauseKind::Check(condition) => {
                    let condition = Expr::Text(escaped(condition));
                    Some(constraint(ConstraintKind::Check { condition }, Some(written)))
                }
                _ => None,
            })
            .collect();
        found.sort_by_key(|it| it.name.as_ref().map_or_else(|| "~".to_string(), |name| name.text.clone()));
        table.constraints.extend(found);
    }

    fn indexes(&self, table: &mut Table) {
        for row in self.rows(&self.catalogue.indexes, &table.name.name) {
            if text(row, 2).as_deref() == Some("c") {
                table.indexes.push(self.index(&text(row, 0).unwrap_or_default(), number(row, 1) == 1));
            }
        }
        table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn index(&self, name: &str, unique: bool) -> Index {
        let sql = self.rows(&self.catalogue.index_texts, name).first().and_then(|row| text(row, 0)).unwrap_or_default();
        let (terms, condition) = index_clauses(&sql);
        let rows = self.rows(&self.catalogue.index_columns, name);
        let expressions = rows.iter().enumerate().map(|(at, row)| expression(row, terms.get(at))).collect();
        let mut index = Index::new(Some(Name::conv(name)), expressions);
        index.unique = unique;
        if let Some(condition) = condition {
            index.options.insert("sqlite_where".into(), Expr::Text(escaped(&condition)));
        }
        index
    }

    fn options(&self, table: &mut Table) {
        let mut set = |name: &str, value| {
            table.options.insert(name.into(), Expr::literal(Literal::Boolean(value)));
        };
        if self.clauses.columns.iter().any(|column| column.autoincrement) {
            set("sqlite_autoincrement", true);
        }
        if self.clauses.without_rowid {
            set("sqlite_with_rowid", false);
        }
        if self.clauses.strict {
            set("sqlite_strict", true);
        }
    }
}

/// Whether a type is written as it was declared.
fn says(ty: &Type, declared: &str) -> bool {
    let plain = |text: &str| text.to_uppercase().replace(' ', "");
    Sqlite.type_sql(ty).is_ok_and(|sql| plain(&sql) == plain(declared))
}

/// SQLite gives the type of a generated column with the words that follow it.
fn without_generated(declared: &str) -> String {
    let words = declared.split_whitespace();
    let kept: Vec<&str> =
        words.filter(|it| !it.eq_ignore_ascii_case("generated") && !it.eq_ignore_ascii_case("always")).collect();
    kept.join(" ")
}

fn same_columns(clause: &Clause, columns: &[String]) -> bool {
    match &clause.kind {
        ClauseKind::Unique(names) => {
            names.len() == columns.len() && names.iter().zip(columns).all(|(a, b)| a.eq_ignore_ascii_case(b))
        }
        _ => false,
    }
}

fn own_spelling(table: &Table, name: String) -> String {
    let column = table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(&name));
    column.map_or(name, |column| column.name.clone())
}

fn constraint(kind: ConstraintKind, written: Option<Written<'_>>) -> Constraint {
    let mut constraint = Constraint::new(None, kind);
    if let Some((column, clause)) = written {
        constraint.name = clause.name.clone().map(Name::conv);
        constraint.column = column.map(str::to_string);
        constraint.source = if column.is_some() { Source::Column } else { Source::Table };
        if let Some(conflict) = &clause.conflict {
            constraint.options.insert("sqlite_on_conflict".into(), Expr::literal(Literal::Text(conflict.clone())));
        }
    }
    constraint
}

/// One term of an index, with its collation and its direction.
fn expression(row: &[Literal], term: Option<&Term>) -> Expr {
    let mut expression = match text(row, 0) {
        Some(name) => Expr::column(name),
        None => Expr::Text(term.map(|term| escaped(&term.text)).unwrap_or_default()),
    };
    if let Some(collation) = term.and_then(|term| term.collation.clone()) {
        expression = Expr::Collate { operand: Box::new(expression), collation };
    }
    if number(row, 1) == 1 {
        expression = Expr::Suffix { operand: Box::new(expression), operator: "DESC".into() };
    }
    expression
}
