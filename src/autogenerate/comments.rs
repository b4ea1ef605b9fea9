//! Comments of tables and columns; an empty one is none.

use super::{COMMENTS, Comparison, Pair};
use crate::{
    ops::{self, Operation},
    schema::{Column, Table, TableName},
};

impl Comparison<'_> {
    pub(super) fn column_comment(&mut self, columns: Pair<&Column>, alter: &mut ops::AlterColumn) {
        let (current, target) = (said(columns.current.comment.as_ref()), said(columns.target.comment.as_ref()));
        if !self.dialect.features().comments || current.is_none() && target.is_none() {
            return;
        }
        alter.existing.comment = Some(current.clone());
        if current != target {
            alter.to.comment = Some(target);
            self.log(COMMENTS, format!("Detected column comment '{}.{}'", alter.table.name, alter.column));
        }
    }

    pub(super) fn table_comment(&mut self, name: &TableName, tables: Pair<&Table>, into: &mut Vec<Operation>) {
        let (current, target) = (said(tables.current.comment.as_ref()), said(tables.target.comment.as_ref()));
        if !self.dialect.features().comments || current == target {
            return;
        }
        let table = name.clone();
        into.push(match target {
            None => Operation::DropTableComment(ops::DropTableComment { table, existing: current }),
            comment => Operation::CreateTableComment(ops::CreateTableComment { table, comment, existing: current }),
        });
    }
}

fn said(comment: Option<&String>) -> Option<String> {
    comment.filter(|it| !it.is_empty()).cloned()
}
