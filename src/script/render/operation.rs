//! Each operation as its line or lines.

use super::{Writer, python};
use crate::{
    error::{Error, Result},
    ops::{self, Operation},
    schema::{self, Statement},
};

impl Writer<'_> {
    /// The lines of an operation; a line may hold newlines, which a batch does not indent.
    pub(super) fn operation(&mut self, operation: &Operation) -> Result<Vec<String>> {
        match operation {
            Operation::CreateTable(op) => self.create_table(op).map(one),
            Operation::DropTable(op) => Ok(one(self.drop_table(op))),
            Operation::RenameTable(op) => Ok(one(self.rename_table(op))),
            Operation::AddColumn(op) => self.add_column(op).map(one),
            Operation::DropColumn(op) => Ok(one(self.drop_column(op))),
            Operation::AlterColumn(op) => self.alter_column(op).map(one),
            Operation::CreateIndex(op) => self.create_index(op).map(one),
            Operation::DropIndex(op) => self.drop_index(op).map(one),
            Operation::AddConstraint(op) => self.add_constraint(op).map(one),
            Operation::DropConstraint(op) => Ok(self.drop_constraint(op)),
            Operation::CreateTableComment(op) => Ok(one(self.create_table_comment(op))),
            Operation::DropTableComment(op) => Ok(one(self.drop_table_comment(op))),
            Operation::BulkInsert(op) => self.bulk_insert(op).map(one),
            Operation::Execute(op) => self.execute(op).map(one),
            Operation::ModifyTable(op) => self.modify_table(op),
        }
    }

    fn modify_table(&mut self, op: &ops::ModifyTable) -> Result<Vec<String>> {
        if op.operations.is_empty() {
            return Ok(Vec::new());
        }
        if op.batch.is_none() && !self.options.as_batch {
            let parts = op.operations.iter().map(|part| self.operation(part)).collect::<Result<Vec<_>>>()?;
            return Ok(parts.concat());
        }
        let arguments = op.batch.as_ref().map_or_else(|| Ok(Vec::new()), |batch| self.batch_arguments(batch))?;
        let (name, schema) = (python::text(&op.table.name), or_none(op.table.schema.as_deref()));
        let arguments = arguments.iter().map(|it| format!(", {it}")).collect::<String>();
        let mut lines = vec![format!("with op.batch_alter_table({name}, schema={schema}{arguments}) as batch_op:")];
        self.in_batch = true;
        for part in &op.operations {
            lines.extend(self.operation(part)?.into_iter().map(|line| format!("    {line}")));
        }
        self.in_batch = false;
        lines.push(String::new());
        Ok(lines)
    }

    fn batch_arguments(&mut self, batch: &ops::Batch) -> Result<Vec<String>> {
        let mut arguments = Vec::new();
        match batch.recreate {
            ops::Recreate::Auto => {}
            ops::Recreate::Always => arguments.push("recreate='always'".into()),
            ops::Recreate::Never => arguments.push("recreate='never'".into()),
        }
        if !batch.partial_reordering.is_empty() {
            let groups = batch.partial_reordering.iter().map(|group| {
                let names: Vec<String> = group.iter().map(|name| python::text(name)).collect();
                format!("({},)", names.join(", "))
            });
            arguments.push(format!("partial_reordering=[{}]", groups.collect::<Vec<_>>().join(", ")));
        }
        if let Some(table) = &batch.copy_from {
            let parts = self.table_arguments(table)?.join(", ");
            let (sa, name) = (self.sa(), python::text(&table.name.name));
            arguments.push(format!("copy_from={sa}Table({name}, {sa}MetaData(), {parts})"));
        }
        self.constraint_list("table_args", &batch.constraints, &mut arguments)?;
        if !batch.reflect_columns.is_empty() {
            let columns = batch.reflect_columns.iter().map(|it| self.column(it).map(Option::unwrap_or_default));
            arguments.push(format!("reflect_args=[{}]", columns.collect::<Result<Vec<_>>>()?.join(", ")));
        }
        if !batch.naming.0.is_empty() {
            let entries =
                batch.naming.0.iter().map(|(kind, name)| format!("{}: {}", python::text(kind), python::text(name)));
            arguments.push(format!("naming_convention={{{}}}", entries.collect::<Vec<_>>().join(", ")));
        }
        Ok(arguments)
    }

    fn constraint_list(&mut self, key: &str, list: &[schema::Constraint], into: &mut Vec<String>) -> Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        let parts = list.iter().map(|it| self.constraint(it)).collect::<Result<Vec<_>>>()?;
        into.push(format!("{key}=[{}]", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")));
        Ok(())
    }

    fn create_table_comment(&self, op: &ops::CreateTableComment) -> String {
        let (comment, existing) = (or_none(op.comment.as_deref()), or_none(op.existing.as_deref()));
        let mut lines = vec![format!("{}create_table_comment(", self.op())];
        self.comment_table(&op.table, &mut lines);
        lines.push(format!("    {comment},"));
        self.comment_end(&existing, &op.table, &mut lines);
        lines.join("\n")
    }

    fn drop_table_comment(&self, op: &ops::DropTableComment) -> String {
        let mut lines = vec![format!("{}drop_table_comment(", self.op())];
        self.comment_table(&op.table, &mut lines);
        self.comment_end(&or_none(op.existing.as_deref()), &op.table, &mut lines);
        lines.join("\n")
    }

    fn comment_table(&self, table: &schema::TableName, lines: &mut Vec<String>) {
        if !self.in_batch {
            lines.push(format!("    {},", python::text(&table.name)));
        }
    }

    fn comment_end(&self, existing: &str, table: &schema::TableName, lines: &mut Vec<String>) {
        if self.in_batch {
            lines.push(format!("    existing_comment={existing}\n)"));
        } else {
            lines.push(format!("    existing_comment={existing},"));
            lines.push(format!("    schema={}\n)", or_none(table.schema.as_deref())));
        }
    }

    fn bulk_insert(&mut self, op: &ops::BulkInsert) -> Result<String> {
        let sa = self.sa();
        let mut table = vec![python::text(&op.table.name)];
        for (name, ty) in &op.columns {
            table.push(format!("{sa}column({}, {})", python::text(name), self.type_of(ty)?));
        }
        if let Some(schema) = &op.table.schema {
            table.push(format!("schema={}", python::text(schema)));
        }
        let mut rows = Vec::new();
        for row in &op.rows {
            let pairs = op
                .columns
                .iter()
                .zip(row)
                .map(|((name, _), value)| Ok(format!("{}: {}", python::text(name), self.value(value)?)));
            rows.push(format!("{{{}}}", pairs.collect::<Result<Vec<_>>>()?.join(", ")));
        }
        let multi = if op.multiinsert { "" } else { ", multiinsert=False" };
        Ok(format!("{}bulk_insert({sa}table({}),\n[{}]{multi})", self.op(), table.join(", "), rows.join(",\n")))
    }

    fn execute(&mut self, op: &ops::Execute) -> Result<String> {
        let Statement::Text { sql, parameters, .. } = &op.statement else {
            return Err(Error::unsupported("autogenerate", "writing a statement other than text"));
        };
        if !parameters.is_empty() {
            return Err(Error::unsupported("autogenerate", "writing a statement with bound parameters"));
        }
        Ok(format!("{}execute({})", self.op(), python::text(sql)))
    }
}

fn one(line: String) -> Vec<String> {
    vec![line]
}

/// `repr` of a string that may be missing.
pub(super) fn or_none(text: Option<&str>) -> String {
    text.map_or_else(|| "None".into(), python::text)
}
