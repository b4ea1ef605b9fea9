//! Indexes.

use super::{Writer, python, table::schema_keyword};
use crate::{error::Result, ops, schema::Expr};

impl Writer<'_> {
    pub(super) fn create_index(&mut self, op: &ops::CreateIndex) -> Result<String> {
        let index = &op.index;
        let mut arguments = vec![self.name(index.name.as_ref())];
        if !self.in_batch {
            arguments.push(python::text(&op.table.name));
        }
        let columns = index.expressions.iter().map(|it| self.indexed(it)).collect::<Result<Vec<_>>>()?;
        arguments.push(format!("[{}]", columns.join(", ")));
        arguments.push(format!("unique={}", python::boolean(index.unique)));
        if let Some(schema) = op.table.schema.as_ref().filter(|_| !self.in_batch) {
            arguments.push(format!("schema={}", python::text(schema)));
        }
        arguments.extend(self.keyword_arguments(&index.options)?);
        if op.if_not_exists {
            arguments.push("if_not_exists=True".into());
        }
        Ok(format!("{}create_index({})", self.op(), arguments.join(", ")))
    }

    fn indexed(&mut self, expression: &Expr) -> Result<String> {
        let sa = self.sa();
        match expression {
            Expr::Column { name, .. } => Ok(python::text(name)),
            Expr::Label { operand, name } => {
                let sql = self.dialect.index_text(operand)?;
                Ok(format!("{sa}literal_column({}).label({})", python::text(&sql), python::text(name)))
            }
            other => Ok(format!("{sa}literal_column({})", python::text(&self.dialect.index_text(other)?))),
        }
    }

    pub(super) fn drop_index(&mut self, op: &ops::DropIndex) -> Result<String> {
        let mut text = format!("{}drop_index({}", self.op(), self.name(op.name.as_ref()));
        if !self.in_batch {
            if let Some(table) = &op.table {
                text += &format!(", table_name={}", python::text(&table.name));
            }
            let schema = op.schema.as_ref().or_else(|| op.table.as_ref().and_then(|table| table.schema.as_ref()));
            text += &schema_keyword(schema.map(String::as_str));
        }
        for argument in self.keyword_arguments(&op.options)? {
            text += &format!(", {argument}");
        }
        if op.if_exists {
            text += ", if_exists=True";
        }
        Ok(text + ")")
    }
}
