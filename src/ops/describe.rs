//! Operations in words, for people.

use super::{
    AddConstraint, AlterColumn, BulkInsert, CreateIndex, DropConstraint, DropIndex, Execute, ModifyTable, Operation,
};
use crate::schema::{Constraint, Expr, Index, Statement, TableName, table::ConstraintKind};
use serde::{Deserialize, Serialize};

/// What an operation does, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// How it changes the schema.
    pub sign: Sign,
    /// The title of a step, names apart from words: "Add `email` to `seller`".
    pub title: Vec<Part>,
    /// The short form after the sign: "add shipment.tracking".
    pub short: String,
    /// The label beside a bead, where the table is known: "add tracking".
    pub label: String,
    /// The tables it is about, by name with schema.
    pub tables: Vec<String>,
    /// The parts of a batch.
    pub parts: Vec<Description>,
}

/// How an operation changes the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// `+`
    Added,
    /// `-`
    Removed,
    /// `~`
    Changed,
    /// `>`: rows, not the schema.
    Data,
}

/// A part of a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Words.
    Text(String),
    /// A name, or code, shown apart from words.
    Code(String),
}

impl Sign {
    /// The sign itself.
    pub fn character(self) -> char {
        match self {
            Sign::Added => '+',
            Sign::Removed => '-',
            Sign::Changed => '~',
            Sign::Data => '>',
        }
    }
}

/// An operation in words.
pub fn describe(operation: &Operation) -> Description {
    match operation {
        Operation::CreateTable(op) => whole_table(Sign::Added, "create", &op.table.name),
        Operation::DropTable(op) => whole_table(Sign::Removed, "drop", &op.name),
        Operation::RenameTable(op) => renamed(&op.name, &full(&op.name), &op.new_name),
        Operation::AddColumn(op) => column(Sign::Added, "add", "to", &op.table, &op.column.name),
        Operation::DropColumn(op) => column(Sign::Removed, "drop", "from", &op.table, &op.column),
        Operation::AlterColumn(op) => alter_column(op),
        Operation::CreateIndex(op) => create_index(op),
        Operation::DropIndex(op) => drop_index(op),
        Operation::AddConstraint(op) => add_constraint(op),
        Operation::DropConstraint(op) => drop_constraint(op),
        Operation::CreateTableComment(op) => comment(Sign::Changed, "comment on", &op.table),
        Operation::DropTableComment(op) => comment(Sign::Removed, "drop the comment on", &op.table),
        Operation::BulkInsert(op) => bulk_insert(op),
        Operation::Execute(op) => execute(op),
        Operation::ModifyTable(op) => modify_table(op),
    }
}

fn full(table: &TableName) -> String {
    table.schema.as_ref().map_or_else(|| table.name.clone(), |schema| format!("{schema}.{}", table.name))
}

/// A description out of a sentence in which names stand between backticks.
fn description(sign: Sign, sentence: &str, short: String, label: String, table: &str) -> Description {
    let capital = |(index, text): (usize, &str)| match index {
        0 => Part::Text(capitalised(text)),
        _ if index % 2 == 1 => Part::Code(text.into()),
        _ => Part::Text(text.into()),
    };
    let title: Vec<Part> =
        sentence.split('\u{1}').enumerate().filter(|(_, text)| !text.is_empty()).map(capital).collect();
    let tables = if table.is_empty() { Vec::new() } else { vec![table.to_string()] };
    Description { sign, title, short, label, tables, parts: Vec::new() }
}

/// Marks code inside a sentence; names may hold any character but this.
fn code(text: &str) -> String {
    format!("\u{1}{}\u{1}", text.replace('\u{1}', ""))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn whole_table(sign: Sign, verb: &str, table: &TableName) -> Description {
    let name = full(table);
    description(
        sign,
        &format!("{verb} table {}", code(&name)),
        format!("{verb} {name}"),
        format!("{verb} {name}"),
        &name,
    )
}

fn renamed(table: &TableName, old: &str, new: &str) -> Description {
    let sentence = format!("rename {} to {}", code(old), code(new));
    let label = format!("{} → {new}", old.rsplit('.').next().unwrap_or(old));
    description(Sign::Changed, &sentence, format!("rename {old} to {new}"), label, &full(table))
}

fn column(sign: Sign, verb: &str, word: &str, table: &TableName, column: &str) -> Description {
    let name = full(table);
    let sentence = format!("{verb} {} {word} {}", code(column), code(&name));
    description(sign, &sentence, format!("{verb} {name}.{column}"), format!("{verb} {column}"), &name)
}

fn alter_column(op: &AlterColumn) -> Description {
    let (table, column) = (full(&op.table), &op.column);
    let path = format!("{table}.{column}");
    if let (Some(new_name), true) = (&op.new_name, op.to == super::Aspects::default()) {
        return renamed(&op.table, &path, new_name);
    }
    let changes = changes(op);
    let (sentence, label) = match changes.as_slice() {
        ["require"] => (format!("require {} in {}", code(column), code(&table)), format!("require {column}")),
        ["allow NULL"] => (format!("allow NULL in {}", code(&path)), format!("{column} may be NULL")),
        several => {
            let what = if several.is_empty() { "definition".into() } else { several.join(" and ") };
            let label =
                op.new_name.as_ref().map_or_else(|| format!("change {column}"), |new| format!("{column} → {new}"));
            (format!("change the {what} of {}", code(&path)), label)
        }
    };
    let short =
        if changes.is_empty() { format!("change {path}") } else { format!("change {path}: {}", changes.join(", ")) };
    description(Sign::Changed, &sentence, short, label, &table)
}

fn changes(op: &AlterColumn) -> Vec<&'static str> {
    let said = [
        (op.to.nullable == Some(false), "require"),
        (op.to.nullable == Some(true), "allow NULL"),
        (op.to.ty.is_some(), "type"),
        (op.to.server_default.is_some(), "default"),
        (op.to.comment.is_some(), "comment"),
        (op.new_name.is_some(), "name"),
    ];
    said.into_iter().filter(|(said, _)| *said).map(|(_, word)| word).collect()
}

fn create_index(op: &CreateIndex) -> Description {
    let (table, columns) = (full(&op.table), columns_of(&op.index));
    let unique = if op.index.unique { "uniquely " } else { "" };
    let sentence = format!("index {} {unique}by {}", code(&table), code(&columns));
    let name = op.index.name.as_ref().map_or("", |name| &name.text);
    description(
        Sign::Added,
        &sentence,
        format!("index {name} on {table} ({columns})"),
        format!("index {columns}"),
        &table,
    )
}

fn columns_of(index: &Index) -> String {
    let shown: Vec<String> = index.expressions.iter().map(expression).collect();
    shown.join(", ")
}

fn expression(it: &Expr) -> String {
    match it {
        Expr::Column { name, .. } => name.clone(),
        Expr::Text(text) | Expr::LiteralColumn(text) => text.clone(),
        Expr::Suffix { operand, operator } => format!("{} {operator}", expression(operand)),
        Expr::Function { name, arguments, .. } => {
            format!("{name}({})", arguments.iter().map(expression).collect::<Vec<_>>().join(", "))
        }
        _ => "an expression".into(),
    }
}

fn drop_index(op: &DropIndex) -> Description {
    let name = op.name.as_ref().map_or("without a name", |name| &name.text);
    let table = op.table.as_ref().map(full).unwrap_or_default();
    let columns = op.existing.as_ref().map_or_else(|| name.to_string(), columns_of);
    let sentence = format!("drop index {}", code(name));
    description(Sign::Removed, &sentence, format!("drop index {name}"), format!("drop index {columns}"), &table)
}

/// A constraint as a noun and what it is about: ("unique", "email").
fn noun(constraint: &Constraint) -> (&'static str, String) {
    let columns = constraint.columns().join(", ");
    match &constraint.kind {
        ConstraintKind::PrimaryKey { .. } => ("primary key", columns),
        ConstraintKind::Unique { .. } => ("unique", columns),
        ConstraintKind::ForeignKey(key) => ("foreign key", format!("{columns} → {}", full(&key.referred))),
        ConstraintKind::Check { condition } => ("check", expression(condition)),
        ConstraintKind::Exclude { .. } => ("exclusion", String::new()),
    }
}

fn add_constraint(op: &AddConstraint) -> Description {
    let (table, (noun, about)) = (full(&op.table), noun(&op.constraint));
    let sentence = format!("add {noun} {} to {}", code(&about), code(&table));
    description(Sign::Added, &sentence, format!("add {noun} ({about}) to {table}"), format!("{noun} {about}"), &table)
}

fn drop_constraint(op: &DropConstraint) -> Description {
    let table = full(&op.table);
    let what = match (&op.name, &op.existing) {
        (Some(name), _) => format!("constraint {}", name.text),
        (None, Some(existing)) => {
            let (noun, about) = noun(existing);
            format!("{noun} ({about})")
        }
        (None, None) => "a constraint without a name".into(),
    };
    let sentence = format!("drop {} from {}", code(&what), code(&table));
    description(Sign::Removed, &sentence, format!("drop {what} from {table}"), format!("drop {what}"), &table)
}

fn comment(sign: Sign, verb: &str, table: &TableName) -> Description {
    let name = full(table);
    description(sign, &format!("{verb} {}", code(&name)), format!("{verb} {name}"), format!("{verb} {name}"), &name)
}

fn bulk_insert(op: &BulkInsert) -> Description {
    let table = full(&op.table);
    let rows = if op.rows.len() == 1 { "1 row".into() } else { format!("{} rows", op.rows.len()) };
    let sentence = format!("insert {rows} into {}", code(&table));
    description(Sign::Data, &sentence, format!("insert {rows} into {table}"), format!("insert {rows}"), &table)
}

/// A statement by its first words, or by what it does.
fn execute(op: &Execute) -> Description {
    let (verb, table, columns) = match &op.statement {
        Statement::Text { sql, .. } => return text(sql),
        Statement::Insert(it) => ("insert into", full(&it.table), String::new()),
        Statement::Update(it) => {
            let columns: Vec<&str> = it.set.iter().map(|(name, _)| name.as_str()).collect();
            ("fill", full(&it.table), columns.join(", "))
        }
        Statement::Delete(it) => ("delete from", full(&it.table), String::new()),
        Statement::Select(_) | Statement::Compound { .. } => ("read", String::new(), "rows".into()),
    };
    rows(verb, &table, &columns)
}

fn rows(verb: &str, table: &str, columns: &str) -> Description {
    let sentence = match (columns, table) {
        ("", table) => format!("{verb} {}", code(table)),
        (columns, "") => format!("{verb} {columns}"),
        (columns, table) => format!("{verb} {} of {}", code(columns), code(table)),
    };
    let about = if columns.is_empty() { table.to_string() } else { columns.to_string() };
    let short = sentence.replace('\u{1}', "");
    description(Sign::Data, &sentence, short, format!("{verb} {about}"), table)
}

/// SQL as text: UPDATE, INSERT and DELETE are told by their words, anything else by its beginning.
fn text(sql: &str) -> Description {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let name = |at: usize| {
        let word = words.get(at).copied().unwrap_or_default();
        word.split('(').next().unwrap_or_default().trim_matches(['"', '`', ';']).to_string()
    };
    let first = words.first().map(|word| word.to_uppercase()).unwrap_or_default();
    match first.as_str() {
        "UPDATE" if words.len() > 3 => rows("fill", &name(1), name(3).split('=').next().unwrap_or_default()),
        "INSERT" if words.len() > 2 => rows("insert into", &name(2), ""),
        "DELETE" if words.len() > 2 => rows("delete from", &name(2), ""),
        _ => {
            let beginning: String = words.join(" ").chars().take(60).collect();
            description(Sign::Data, &format!("run {}", code(&beginning)), format!("run {beginning}"), beginning, "")
        }
    }
}

fn modify_table(op: &ModifyTable) -> Description {
    let parts: Vec<Description> = op.operations.iter().map(describe).collect();
    if let [one] = parts.as_slice() {
        return Description { parts: parts.clone(), ..one.clone() };
    }
    let table = full(&op.table);
    let sentence = format!("change {} in {} ways", code(&table), parts.len());
    let labels: Vec<&str> = parts.iter().map(|part| part.label.as_str()).collect();
    let all = description(Sign::Changed, &sentence, format!("change {table}"), labels.join(", "), &table);
    Description { parts, ..all }
}

#[cfg(test)]
mod tests {
    use super::{Part, describe};
    use crate::ops::Operation;

    fn check(operation: &str, title: &str, short: &str, label: &str) {
        let operation: Operation = serde_json::from_str(operation).expect("an operation");
        let found = describe(&operation);
        let shown = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Code(code) => format!("`{code}`"),
        };
        let shown: String = found.title.iter().map(shown).collect();
        let line = format!("{} {}", found.sign.character(), found.short);
        assert_eq!((shown.as_str(), line.as_str(), found.label.as_str()), (title, short, label), "{operation:?}");
    }

    #[test]
    fn operations_are_told_in_words() {
        let column = r#"{"name": "email", "type": "Null", "nullable": true}"#;
        check(
            &format!(r#"{{"AddColumn": {{"table": {{"name": "seller"}}, "column": {column}}}}}"#),
            "Add `email` to `seller`",
            "+ add seller.email",
            "add email",
        );
        check(
            r#"{"AlterColumn": {"table": {"name": "seller"}, "column": "email", "to": {"nullable": false}}}"#,
            "Require `email` in `seller`",
            "~ change seller.email: require",
            "require email",
        );
        check(
            r#"{"AlterColumn": {"table": {"name": "shipment"}, "column": "weight", "new_name": "weight_kg"}}"#,
            "Rename `shipment.weight` to `weight_kg`",
            "~ rename shipment.weight to weight_kg",
            "weight → weight_kg",
        );
        check(
            r#"{"Execute": {"statement": {"Text": {"sql": "UPDATE seller SET email = contact", "binds": true, "parameters": []}}}}"#,
            "Fill `email` of `seller`",
            "> fill email of seller",
            "fill email",
        );
        check(r#"{"DropTable": {"name": {"schema": "s", "name": "t"}}}"#, "Drop table `s.t`", "- drop s.t", "drop s.t");
    }
}
