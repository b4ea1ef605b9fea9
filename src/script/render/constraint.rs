//! Constraints: inside of a table, added to one, dropped.

use super::{Answer, Item, Writer, python};
use crate::{
    error::Result,
    ops,
    schema::{self, Expr, table::ConstraintKind, table::Source},
};

/// What Alembic writes above a directive that cannot run as it stands.
const UNNAMED: [&str; 3] = [
    "# WARNING: constraint name is None; this directive will fail as",
    "# rendered.  Add a name, or use a naming convention; see",
    "# https://alembic.sqlalchemy.org/en/latest/naming.html",
];

impl Writer<'_> {
    /// `sa.UniqueConstraint(…)` and the like; `None` where nothing is to be written.
    pub(super) fn constraint(&mut self, constraint: &schema::Constraint) -> Result<Option<String>> {
        match self.ask(Item::Constraint(constraint))? {
            Answer::Default => {}
            Answer::Text(text) => return Ok(Some(text)),
            Answer::Nothing => return Ok(None),
        }
        match &constraint.kind {
            ConstraintKind::PrimaryKey { columns } if columns.is_empty() => Ok(None),
            ConstraintKind::PrimaryKey { columns } => Ok(Some(self.primary_key(constraint, columns))),
            ConstraintKind::Unique { columns } => self.unique(constraint, columns).map(Some),
            ConstraintKind::ForeignKey(key) => self.foreign_key(constraint, key).map(Some),
            // A check of a type comes with the type; one written on a column is not rendered by Alembic.
            ConstraintKind::Check { .. } if constraint.source != Source::Table => Ok(None),
            ConstraintKind::Check { condition } => self.check(constraint, condition).map(Some),
            ConstraintKind::Exclude { .. } => self.exclude(constraint).map(Some),
        }
    }

    fn named(&self, constraint: &schema::Constraint) -> Option<String> {
        constraint.name.as_ref().map(|name| format!("name={}", self.name(Some(name))))
    }

    fn primary_key(&self, constraint: &schema::Constraint, columns: &[String]) -> String {
        let columns = columns.iter().map(|it| python::text(it));
        let arguments: Vec<String> = columns.chain(self.named(constraint)).collect();
        format!("{}PrimaryKeyConstraint({})", self.sa(), arguments.join(", "))
    }

    fn unique(&mut self, constraint: &schema::Constraint, columns: &[String]) -> Result<String> {
        let mut arguments: Vec<String> = columns.iter().map(|it| python::text(it)).collect();
        arguments.extend(when(constraint));
        arguments.extend(self.named(constraint));
        arguments.extend(self.keyword_arguments(&constraint.options)?);
        Ok(format!("{}UniqueConstraint({})", self.sa(), arguments.join(", ")))
    }

    fn foreign_key(&mut self, constraint: &schema::Constraint, key: &schema::table::ForeignKey) -> Result<String> {
        let target = key.referred.schema.as_ref().map_or_else(String::new, |schema| format!("{schema}."));
        let referred = key.referred_columns.iter().map(|it| format!("{target}{}.{it}", key.referred.name));
        let mut arguments: Vec<String> = self.named(constraint).into_iter().collect();
        arguments.extend(foreign_key_options(constraint, key));
        arguments.extend(self.keyword_arguments(&constraint.options)?);
        let (columns, referred) = (python::list(&key.columns), python::list(&referred.collect::<Vec<_>>()));
        Ok(format!("{}ForeignKeyConstraint({columns}, {referred}, {})", self.sa(), arguments.join(", ")))
    }

    fn check(&mut self, constraint: &schema::Constraint, condition: &Expr) -> Result<String> {
        let mut arguments = vec![python::text(&self.sql(condition)?)];
        arguments.extend(self.named(constraint));
        arguments.extend(self.keyword_arguments(&constraint.options)?);
        Ok(format!("{}CheckConstraint({})", self.sa(), arguments.join(", ")))
    }

    fn exclude(&mut self, constraint: &schema::Constraint) -> Result<String> {
        self.imports.insert("from sqlalchemy.dialects import postgresql".into());
        let mut arguments = self.exclude_arguments(constraint)?;
        arguments.extend(self.named(constraint));
        Ok(format!("postgresql.ExcludeConstraint({})", arguments.join(", ")))
    }

    fn exclude_arguments(&mut self, constraint: &schema::Constraint) -> Result<Vec<String>> {
        let ConstraintKind::Exclude { elements, using, condition } = &constraint.kind else { return Ok(Vec::new()) };
        let mut arguments = Vec::new();
        for (expression, operator) in elements {
            let sa = self.sa();
            let element = match expression {
                Expr::Column { name, .. } => format!("{sa}column({})", python::text(name)),
                Expr::LiteralColumn(text) => format!("{sa}literal_column({})", python::text(text)),
                Expr::Text(_) | Expr::Function { .. } => self.value(expression)?,
                other => python::text(&self.sql(other)?),
            };
            arguments.push(format!("({element}, {})", python::text(operator)));
        }
        if let Some(condition) = condition {
            arguments.push(format!("where={}", self.value(condition)?));
        }
        // Alembic writes the truth value as a text here; it means the same.
        arguments.extend(constraint.deferrable.filter(|it| *it).map(|_| "deferrable='True'".into()));
        arguments.extend(constraint.initially.as_ref().map(|it| format!("initially={}", python::text(it))));
        arguments.push(format!("using={}", python::text(using)));
        Ok(arguments)
    }

    pub(super) fn add_constraint(&mut self, op: &ops::AddConstraint) -> Result<String> {
        let (table, constraint) = (&op.table, &op.constraint);
        let mut start = vec![self.name(constraint.name.as_ref())];
        if !self.in_batch {
            start.push(python::text(&table.name));
        }
        let (what, arguments) = match &constraint.kind {
            ConstraintKind::PrimaryKey { columns } => {
                ("primary_key", [vec![python::list(columns)], self.schema_of(table)].concat())
            }
            ConstraintKind::Unique { columns } => {
                let options = self.keyword_arguments(&constraint.options)?;
                (
                    "unique_constraint",
                    [vec![python::list(columns)], when(constraint), self.schema_of(table), options].concat(),
                )
            }
            ConstraintKind::ForeignKey(key) => ("foreign_key", self.added_foreign_key(table, constraint, key)?),
            ConstraintKind::Check { condition } => {
                let options = self.keyword_arguments(&constraint.options)?;
                (
                    "check_constraint",
                    [vec![python::text(&self.sql(condition)?)], self.schema_of(table), options].concat(),
                )
            }
            ConstraintKind::Exclude { .. } => {
                ("exclude_constraint", [self.exclude_arguments(constraint)?, self.schema_of(table)].concat())
            }
        };
        Ok(format!("{}create_{what}({})", self.op(), [start, arguments].concat().join(", ")))
    }

    fn schema_of(&self, table: &schema::TableName) -> Vec<String> {
        let schema = table.schema.as_ref().filter(|_| !self.in_batch);
        schema.map(|schema| format!("schema={}", python::text(schema))).into_iter().collect()
    }

    fn added_foreign_key(
        &mut self,
        table: &schema::TableName,
        constraint: &schema::Constraint,
        key: &schema::table::ForeignKey,
    ) -> Result<Vec<String>> {
        let mut arguments =
            vec![python::text(&key.referred.name), python::list(&key.columns), python::list(&key.referred_columns)];
        let source = table.schema.as_ref().filter(|_| !self.in_batch);
        arguments.extend(source.map(|it| format!("source_schema={}", python::text(it))));
        arguments.extend(key.referred.schema.as_ref().map(|it| format!("referent_schema={}", python::text(it))));
        arguments.extend(foreign_key_options(constraint, key));
        arguments.extend(self.keyword_arguments(&constraint.options)?);
        Ok(arguments)
    }

    pub(super) fn drop_constraint(&mut self, op: &ops::DropConstraint) -> Vec<String> {
        let mut arguments = vec![self.name(op.name.as_ref())];
        if !self.in_batch {
            arguments.push(python::text(&op.table.name));
            arguments.extend(self.schema_of(&op.table));
        }
        let kind = op.kind.map(|kind| match kind {
            ops::DroppedKind::ForeignKey => "foreignkey",
            ops::DroppedKind::PrimaryKey => "primary",
            ops::DroppedKind::Unique => "unique",
            ops::DroppedKind::Check => "check",
        });
        arguments.extend(kind.map(|kind| format!("type_='{kind}'")));
        if op.if_exists {
            arguments.push("if_exists=True".into());
        }
        let mut lines = Vec::new();
        if op.name.is_none() {
            self.warnings.push(unnamed_warning(&op.table.name));
            lines.extend(UNNAMED.map(String::from));
        }
        lines.push(format!("{}drop_constraint({})", self.op(), arguments.join(", ")));
        lines
    }
}

/// `deferrable` and `initially`, where they say anything.
fn when(constraint: &schema::Constraint) -> Vec<String> {
    let deferrable = constraint.deferrable.filter(|it| *it).map(|_| "deferrable=True".to_string());
    let initially = constraint.initially.as_ref().filter(|it| !it.is_empty());
    deferrable.into_iter().chain(initially.map(|it| format!("initially={}", python::text(it)))).collect()
}

fn foreign_key_options(constraint: &schema::Constraint, key: &schema::table::ForeignKey) -> Vec<String> {
    let text = |name: &str, value: &Option<String>| {
        value.as_ref().filter(|it| !it.is_empty()).map(|it| format!("{name}={}", python::text(it)))
    };
    let flag = |name: &str, value: bool| value.then(|| format!("{name}=True"));
    let options = [
        text("onupdate", &key.onupdate),
        text("ondelete", &key.ondelete),
        text("initially", &constraint.initially),
        flag("deferrable", constraint.deferrable == Some(true)),
        flag("use_alter", key.use_alter),
        text("match", &key.match_),
    ];
    options.into_iter().flatten().collect()
}

fn unnamed_warning(table: &str) -> String {
    format!(
        "Autogenerate rendered a drop_constraint() directive for an unnamed constraint on table {}; the migration will fail \
         unless a constraint name is added to the directive.  Consider using a naming convention so that constraint names \
         are known ahead of time.",
        python::text(table)
    )
}
