//! The operation that undoes another: Alembic's `reverse()`.

use super::{
    AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, CreateTableComment, DropColumn, DropConstraint,
    DropIndex, DropTable, DropTableComment, DroppedKind, ModifyTable, Operation, RenameTable,
};
use crate::{
    error::{Error, Result},
    schema::{Constraint, table::ConstraintKind},
};

/// The operations that undo `operations`, last first. Those that forget something (a `drop_table` of a script, text)
/// cannot be reversed; those that `diff` made can.
pub fn reverse(operations: &[Operation]) -> Result<Vec<Operation>> {
    operations.iter().rev().map(reverse_one).collect()
}

fn reverse_one(operation: &Operation) -> Result<Operation> {
    Ok(match operation {
        Operation::CreateTable(op) => Operation::DropTable(drop_table(op)),
        Operation::DropTable(op) => Operation::CreateTable(create_table(op)?),
        Operation::RenameTable(op) => Operation::RenameTable(rename_table(op)),
        Operation::AddColumn(op) => Operation::DropColumn(drop_column(op)),
        Operation::DropColumn(op) => Operation::AddColumn(add_column(op)?),
        Operation::AlterColumn(op) => Operation::AlterColumn(Box::new(alter_column(op))),
        Operation::CreateIndex(op) => Operation::DropIndex(drop_index(op)),
        Operation::DropIndex(op) => Operation::CreateIndex(create_index(op)?),
        Operation::AddConstraint(op) => Operation::DropConstraint(drop_constraint(op)),
        Operation::DropConstraint(op) => Operation::AddConstraint(add_constraint(op)?),
        Operation::CreateTableComment(op) => comment_until_now(op),
        Operation::DropTableComment(op) => Operation::CreateTableComment(comment_again(op)),
        Operation::BulkInsert(_) => return Err(irreversible("rows were inserted, and nothing says which")),
        Operation::Execute(_) => return Err(irreversible("nothing says what a statement changes")),
        Operation::ModifyTable(op) => {
            let operations = reverse(&op.operations)?;
            Operation::ModifyTable(ModifyTable { operations, ..op.clone() })
        }
    })
}

fn drop_table(op: &CreateTable) -> DropTable {
    DropTable { name: op.table.name.clone(), if_exists: false, existing: Some(op.table.clone()) }
}

fn create_table(op: &DropTable) -> Result<CreateTable> {
    let table = op.existing.clone().ok_or_else(|| irreversible("original table is not present"))?;
    Ok(CreateTable { table, if_not_exists: false })
}

fn rename_table(op: &RenameTable) -> RenameTable {
    let mut name = op.name.clone();
    let new_name = std::mem::replace(&mut name.name, op.new_name.clone());
    RenameTable { name, new_name }
}

fn drop_column(op: &AddColumn) -> DropColumn {
    DropColumn {
        table: op.table.clone(),
        column: op.column.name.clone(),
        if_exists: false,
        existing: Some(op.column.clone()),
        options: std::collections::BTreeMap::new(),
    }
}

fn add_column(op: &DropColumn) -> Result<AddColumn> {
    Ok(AddColumn {
        table: op.table.clone(),
        column: op.existing.clone().ok_or_else(|| irreversible("original column is not present"))?,
        constraints: Vec::new(),
        indexes: Vec::new(),
        if_not_exists: false,
        inline_references: false,
        inline_primary_key: false,
        insert_before: None,
        insert_after: None,
    })
}

/// Every aspect that changes swaps with what it was; what is merely known stays.
fn alter_column(op: &AlterColumn) -> AlterColumn {
    let mut reversed = op.clone();
    let (to, existing) = (&mut reversed.to, &mut reversed.existing);
    if to.ty.is_some() {
        std::mem::swap(&mut to.ty, &mut existing.ty);
    }
    if to.nullable.is_some() {
        std::mem::swap(&mut to.nullable, &mut existing.nullable);
    }
    if to.server_default.is_some() {
        std::mem::swap(&mut to.server_default, &mut existing.server_default);
    }
    if to.comment.is_some() {
        let before = existing.comment.clone().flatten();
        existing.comment = to.comment.replace(before);
    }
    std::mem::swap(&mut reversed.type_constraints, &mut reversed.existing_type_constraints);
    if let Some(new_name) = &op.new_name {
        reversed.new_name = Some(std::mem::replace(&mut reversed.column, new_name.clone()));
    }
    reversed
}

fn drop_index(op: &CreateIndex) -> DropIndex {
    DropIndex {
        table: Some(op.table.clone()),
        name: op.index.name.clone(),
        schema: op.table.schema.clone(),
        if_exists: false,
        options: op.index.options.clone(),
        existing: Some(op.index.clone()),
    }
}

fn create_index(op: &DropIndex) -> Result<CreateIndex> {
    let missing = || irreversible("original index is not present");
    let (table, index) = (op.table.clone().ok_or_else(missing)?, op.existing.clone().ok_or_else(missing)?);
    Ok(CreateIndex { table, index, if_not_exists: false })
}

fn drop_constraint(op: &AddConstraint) -> DropConstraint {
    DropConstraint {
        table: op.table.clone(),
        name: op.constraint.name.clone(),
        kind: dropped_kind(&op.constraint),
        if_exists: false,
        existing: Some(op.constraint.clone()),
    }
}

/// The word for a constraint in `op.drop_constraint`; there is none for EXCLUDE.
pub fn dropped_kind(constraint: &Constraint) -> Option<DroppedKind> {
    match constraint.kind {
        ConstraintKind::PrimaryKey { .. } => Some(DroppedKind::PrimaryKey),
        ConstraintKind::Unique { .. } => Some(DroppedKind::Unique),
        ConstraintKind::ForeignKey(_) => Some(DroppedKind::ForeignKey),
        ConstraintKind::Check { .. } => Some(DroppedKind::Check),
        ConstraintKind::Exclude { .. } => None,
    }
}

fn add_constraint(op: &DropConstraint) -> Result<AddConstraint> {
    let constraint = op.existing.clone().ok_or_else(|| irreversible("original constraint is not present"))?;
    Ok(AddConstraint { table: op.table.clone(), constraint })
}

fn comment_until_now(op: &CreateTableComment) -> Operation {
    let (table, existing) = (op.table.clone(), op.comment.clone());
    match &op.existing {
        None => Operation::DropTableComment(DropTableComment { table, existing }),
        comment => Operation::CreateTableComment(CreateTableComment { table, comment: comment.clone(), existing }),
    }
}

fn comment_again(op: &DropTableComment) -> CreateTableComment {
    CreateTableComment { table: op.table.clone(), comment: op.existing.clone(), existing: None }
}

fn irreversible(why: &str) -> Error {
    Error::command(format!("operation is not reversible; {why}"))
}
