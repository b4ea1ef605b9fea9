//! Whole tables: made, dropped, renamed.

use super::{Writer, python};
use crate::{error::Result, ops, schema};

/// Beyond so many arguments Alembic writes `*[…]`, which Pythons before 3.7 needed.
const MOST_ARGUMENTS: usize = 255;

impl Writer<'_> {
    pub(super) fn create_table(&mut self, op: &ops::CreateTable) -> Result<String> {
        let table = &op.table;
        let arguments = self.table_arguments(table)?;
        let arguments = match arguments.len() {
            0..=MOST_ARGUMENTS => arguments.join(",\n"),
            _ => format!("*[{}]", arguments.join(",\n")),
        };
        let mut text = format!("{}create_table({},\n{arguments}", self.op(), python::text(&table.name.name));
        for argument in self.table_keywords(op)? {
            text += &format!(",\n{argument}");
        }
        Ok(text + "\n)")
    }

    /// Columns in order, then constraints sorted as text.
    pub(super) fn table_arguments(&mut self, table: &schema::Table) -> Result<Vec<String>> {
        let columns = table.columns.iter().map(|column| self.column(column)).collect::<Result<Vec<_>>>()?;
        let constraints = table.constraints.iter().map(|it| self.constraint(it)).collect::<Result<Vec<_>>>()?;
        let mut constraints: Vec<String> = constraints.into_iter().flatten().collect();
        constraints.sort();
        Ok(columns.into_iter().flatten().filter(|it| !it.is_empty()).chain(constraints).collect())
    }

    fn table_keywords(&mut self, op: &ops::CreateTable) -> Result<Vec<String>> {
        let table = &op.table;
        let mut keywords = Vec::new();
        if let Some(schema) = &table.name.schema {
            keywords.push(format!("schema={}", python::text(schema)));
        }
        if let Some(comment) = &table.comment {
            keywords.push(format!("comment={}", python::text(comment)));
        }
        if !table.info.is_empty() {
            let entries =
                table.info.iter().map(|(key, value)| format!("{}: {}", python::text(key), python::literal(value)));
            keywords.push(format!("info={{{}}}", entries.collect::<Vec<_>>().join(", ")));
        }
        keywords.extend(self.keyword_arguments(&table.options)?.into_iter().map(|it| it.replacen(' ', "_", 0)));
        if !table.prefixes.is_empty() {
            keywords.push(format!("prefixes={}", python::list(&table.prefixes)));
        }
        if op.if_not_exists {
            keywords.push("if_not_exists=True".into());
        }
        Ok(keywords)
    }

    pub(super) fn drop_table(&self, op: &ops::DropTable) -> String {
        let schema = schema_keyword(op.name.schema.as_deref());
        let if_exists = if op.if_exists { ", if_exists=True" } else { "" };
        format!("{}drop_table({}{schema}{if_exists})", self.op(), python::text(&op.name.name))
    }

    pub(super) fn rename_table(&self, op: &ops::RenameTable) -> String {
        let (old, new) = (python::text(&op.name.name), python::text(&op.new_name));
        format!("{}rename_table({old}, {new}{})", self.op(), schema_keyword(op.name.schema.as_deref()))
    }
}

/// `, schema='…'`, or nothing.
pub(super) fn schema_keyword(schema: Option<&str>) -> String {
    schema.map_or_else(String::new, |schema| format!(", schema={}", python::text(schema)))
}
