//! The version table: which revisions a database is at.

use super::link::Link;
use crate::dialect::{Dialect, Memo, Mode, Names};
use crate::error::{Error, Result};
use crate::ops;
use crate::schema::{self, Expr, Literal, Name, Statement, TableName, Type};
use crate::script::RowMove;
use serde::{Deserialize, Serialize};

/// `version_table`, `version_table_schema`, `version_table_pk` of `context.configure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionTable {
    /// Its name.
    pub name: TableName,
    /// Whether it has a primary key.
    pub primary_key: bool,
}

/// The table's only column.
const COLUMN: &str = "version_num";

impl VersionTable {
    /// The table's rows, in the database's order; none where there is no table.
    pub(super) fn rows(&self, link: &mut Link) -> Result<Vec<String>> {
        if !self.exists(link)? {
            return Ok(Vec::new());
        }
        let sql = self.text(link.dialect, &self.select())?;
        let rows = link.connection.execute(&sql, &[]).map_err(|error| with_sql(error, &sql))?;
        rows.rows.into_iter().map(|row| one_id(row.into_iter().next())).collect()
    }

    /// Whether the table is there.
    pub(super) fn exists(&self, link: &mut Link) -> Result<bool> {
        let names = link.dialect.names(link.connection.as_mut(), Names::Tables, self.name.schema.as_deref())?;
        Ok(names.contains(&self.name.name))
    }

    /// The statements that create the table.
    pub fn creation(&self, dialect: &dyn Dialect) -> Result<Vec<String>> {
        let table = ops::Operation::CreateTable(ops::CreateTable { table: self.table(), if_not_exists: false });
        let statements = dialect.operations(&[table], &mut Memo::default())?;
        Ok(statements.into_iter().map(|sql| sql.text).collect())
    }

    /// The statement that empties it: `stamp --purge`.
    pub fn purge(&self, dialect: &dyn Dialect) -> Result<String> {
        self.text(dialect, &self.delete(Vec::new()))
    }

    /// The statement of a move, with its values written in.
    pub fn statement(&self, dialect: &dyn Dialect, row: &RowMove) -> Result<String> {
        self.text(dialect, &self.moved(dialect, row))
    }

    /// What a move of the table must have found.
    pub fn check(&self, row: &RowMove, affected: u64) -> Result<()> {
        let what = match row {
            RowMove::Insert(_) => return Ok(()),
            _ if affected == 1 => return Ok(()),
            RowMove::Update { from, to } => format!("updating '{from}' to '{to}'"),
            RowMove::Delete(id) => format!("deleting '{id}'"),
        };
        Err(Error::command(format!(
            "Online migration expected to match one row when {what} in '{}'; {affected} found",
            self.name.name
        )))
    }

    fn text(&self, dialect: &dyn Dialect, statement: &Statement) -> Result<String> {
        Ok(dialect.statement(statement, &[], Mode::Literal)?.text)
    }

    fn moved(&self, dialect: &dyn Dialect, row: &RowMove) -> Statement {
        match row {
            RowMove::Insert(id) => self.insert(dialect, id),
            RowMove::Delete(id) => self.delete(vec![self.is(id)]),
            RowMove::Update { from, to } => Statement::Update(Box::new(schema::statement::Update {
                table: self.name.clone(),
                set: vec![(COLUMN.into(), quoted(to))],
                from: Vec::new(),
                conditions: vec![self.is(from)],
                returning: Vec::new(),
                with: Vec::new(),
            })),
        }
    }

    fn insert(&self, dialect: &dyn Dialect, id: &str) -> Statement {
        let returning = dialect.features().insert_returning && self.primary_key;
        Statement::Insert(Box::new(schema::statement::Insert {
            table: self.name.clone(),
            columns: vec![COLUMN.into()],
            source: schema::statement::InsertSource::Values(vec![vec![quoted(id)]]),
            prefixes: Vec::new(),
            on_conflict: None,
            returning: if returning { vec![column(Some(&self.name))] } else { Vec::new() },
            with: Vec::new(),
        }))
    }

    fn delete(&self, conditions: Vec<Expr>) -> Statement {
        Statement::Delete(Box::new(schema::statement::Delete {
            table: self.name.clone(),
            using: Vec::new(),
            conditions,
            returning: Vec::new(),
            with: Vec::new(),
        }))
    }

    fn select(&self) -> Statement {
        Statement::Select(Box::new(schema::statement::Select {
            columns: vec![column(Some(&self.name))],
            from: vec![schema::statement::From::Table { name: self.name.clone(), alias: None }],
            ..schema::statement::Select::default()
        }))
    }

    fn is(&self, id: &str) -> Expr {
        Expr::Binary {
            left: Box::new(column(Some(&self.name))),
            operator: schema::expression::Operator::Eq,
            right: Box::new(quoted(id)),
            escape: None,
        }
    }

    fn table(&self) -> schema::Table {
        let name = Name::plain(format!("{}_pkc", self.name.name));
        let kind = schema::table::ConstraintKind::PrimaryKey { columns: vec![COLUMN.into()] };
        let key = schema::Constraint {
            name: Some(name),
            kind,
            deferrable: None,
            initially: None,
            source: schema::table::Source::Table,
            column: None,
            comment: None,
            options: schema::table::Options::new(),
            origin: schema::Origin::default(),
        };
        schema::Table {
            name: self.name.clone(),
            columns: vec![version_column(self.primary_key)],
            constraints: if self.primary_key { vec![key] } else { Vec::new() },
            indexes: Vec::new(),
            comment: None,
            prefixes: Vec::new(),
            options: schema::table::Options::new(),
            info: std::collections::BTreeMap::new(),
            origin: schema::Origin::default(),
        }
    }
}

fn version_column(primary_key: bool) -> schema::Column {
    schema::Column {
        name: COLUMN.into(),
        key: None,
        ty: Type::String { class: "String".into(), length: Some(32), collation: None },
        nullable: false,
        primary_key,
        autoincrement: schema::table::Autoincrement::Auto,
        server_default: None,
        comment: None,
        system: false,
        sequence: None,
        collation: None,
        options: schema::table::Options::new(),
        info: std::collections::BTreeMap::new(),
        origin: schema::Origin::default(),
    }
}

fn column(table: Option<&TableName>) -> Expr {
    Expr::Column { table: table.cloned(), name: COLUMN.into(), ty: None }
}

fn quoted(id: &str) -> Expr {
    Expr::LiteralColumn(format!("'{}'", id.replace('\'', "''")))
}

fn one_id(value: Option<Literal>) -> Result<String> {
    match value {
        Some(Literal::Text(id)) => Ok(id),
        Some(Literal::Bytes(bytes)) => Err(not_a_string(&format!("{bytes:?}"))),
        other => Err(not_a_string(&format!("{other:?}"))),
    }
}

fn not_a_string(value: &str) -> Error {
    Error::command(format!("revision identifier {value} is not a string; ensure database driver settings are correct"))
}

fn with_sql(mut error: crate::error::DatabaseError, sql: &str) -> Error {
    error.sql.get_or_insert_with(|| sql.into());
    error.into()
}
