//! Steps in words.

use retort::ops::describe::{self, Part};
use retort::runtime::trace::{Event, Fate, Otherwise, Step};
use retort_protocol::timeline::BeadKind;
use retort_protocol::words::{Word, Words};

/// What a step does, for a title and for a bead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The bead's shape.
    pub kind: BeadKind,
    /// A few words: "add email".
    pub label: String,
    /// A sentence: "Add `email` to `seller`".
    pub title: Words,
}

/// A step in words.
pub fn telling(step: &Step) -> Telling {
    let changes: Vec<&Event> = step.events.iter().filter(|event| event.changes()).collect();
    let mut telling = changes.first().map_or_else(nothing, |event| event_telling(event));
    if step.changes > 1 {
        telling.title.0.push(Word::Plain(format!(" and {} more like it", step.changes - 1)));
        telling.kind = BeadKind::Batch;
    }
    telling
}

fn nothing() -> Telling {
    Telling { kind: BeadKind::Operation, label: "nothing".into(), title: Words::plain("Nothing changed") }
}

fn event_telling(event: &Event) -> Telling {
    match event {
        Event::Operation { operation, .. } => operation_telling(operation),
        Event::Statement(sent) | Event::Query { sent, .. } => sql_telling(&sent.sql),
        Event::Group { name, .. } => {
            Telling { kind: BeadKind::Batch, label: name.clone(), title: Words::plain("Run ").code(name.clone()) }
        }
        Event::Output { .. } | Event::Otherwise(_) => nothing(),
    }
}

/// What real Alembic would have done at a step, as a fact about it.
pub fn otherwise(it: &Otherwise) -> Words {
    let rows = if it.rows == 1 { "the row".to_string() } else { format!("the {} rows", it.rows) };
    let words = Words::plain("real Alembic would have ");
    match it.fate {
        Fate::Deleted => words.and(format!("deleted {rows} of ")).code(&it.table),
        Fate::Cut => words.and(format!("cut {rows} of ")).code(&it.table).and(" off from what they refer to"),
        Fate::Refused => {
            words.and(format!("stopped here, for {rows} of ")).code(&it.table).and(" that refer to this table")
        }
    }
}

/// The same in a bead's few words.
pub fn finding(step: &Step) -> Option<String> {
    let fates: Vec<Fate> = step.otherwise().iter().map(|it| it.fate).collect();
    match fates.as_slice() {
        [] => None,
        fates if fates.contains(&Fate::Refused) => Some("real Alembic stops here".into()),
        _ => Some("real Alembic loses rows here".into()),
    }
}

fn operation_telling(operation: &retort::ops::Operation) -> Telling {
    use retort::ops::Operation;
    let description = describe::describe(operation);
    let (title, label) = match description.parts.as_slice() {
        // Of several changes the first one is named: "change seller" would say nothing.
        [first, rest @ ..] if !rest.is_empty() => several(first, rest.len()),
        _ => (Words(description.title.iter().map(word).collect()), description.label),
    };
    let kind = match operation {
        Operation::ModifyTable(batch) if batch.batch.is_some() && batch.operations.len() > 1 => BeadKind::Batch,
        Operation::BulkInsert(_) => BeadKind::Data,
        Operation::Execute(execute) => return execute_telling(execute, title),
        _ => BeadKind::Operation,
    };
    Telling { kind, label, title }
}

fn several(first: &describe::Description, more: usize) -> (Words, String) {
    let title = Words(first.title.iter().map(word).collect());
    let others = if more == 1 { "one change more".to_string() } else { format!("{more} changes more") };
    (title.and(format!(", and {others}")), format!("{}, …", first.label))
}

fn execute_telling(execute: &retort::ops::Execute, title: Words) -> Telling {
    match &execute.statement {
        retort::schema::Statement::Text { sql, .. } => sql_telling(sql),
        _ => Telling { kind: BeadKind::Data, label: title.text().to_lowercase(), title },
    }
}

fn word(part: &Part) -> Word {
    match part {
        Part::Text(text) => Word::Plain(text.clone()),
        Part::Code(text) => Word::Code(text.clone()),
    }
}

/// A statement that a script wrote itself, in words, as far as its first words tell.
pub fn sql_telling(sql: &str) -> Telling {
    let tokens: Vec<&str> = tokens(sql);
    let lower: Vec<String> = tokens.iter().take(6).map(|token| token.to_ascii_lowercase()).collect();
    let first: Vec<&str> = lower.iter().map(String::as_str).collect();
    let name = |at: usize| tokens.get(at).map_or("?", |token| bare(token)).to_string();
    match first.as_slice() {
        ["update", "or", ..] => update(&tokens, 3),
        ["update", ..] => update(&tokens, 1),
        ["delete", "from", ..] => {
            data(format!("delete from {}", name(2)), Words::plain("Delete rows of ").code(name(2)))
        }
        ["insert", "or", _, "into", ..] => inserted(&name(4)),
        ["insert" | "replace", "into", ..] => inserted(&name(2)),
        [verb @ ("create" | "drop" | "alter"), ..] => {
            let at = first.iter().position(|word| SCHEMA_THINGS.contains(word)).unwrap_or(1);
            let thing = first.get(at).copied().unwrap_or_default();
            let named = (at + 1..tokens.len())
                .find(|at| !["if", "not", "exists"].contains(&first.get(*at).copied().unwrap_or("")));
            let named = name(named.unwrap_or(at + 1));
            let title =
                Words::plain(format!("{}{} {thing} ", verb[..1].to_uppercase(), &verb[1..])).code(named.clone());
            Telling { kind: BeadKind::Operation, label: format!("{verb} {named}"), title }
        }
        [verb, ..] => data((*verb).to_string(), Words::plain("Run ").code(verb.to_uppercase())),
        [] => nothing(),
    }
}

const SCHEMA_THINGS: &[&str] = &["table", "index", "view", "trigger", "type", "sequence", "schema"];

fn data(label: String, title: Words) -> Telling {
    Telling { kind: BeadKind::Data, label, title }
}

fn inserted(table: &str) -> Telling {
    data(format!("fill {table}"), Words::plain("Insert rows into ").code(table))
}

fn update(tokens: &[&str], at: usize) -> Telling {
    let table = tokens.get(at).map_or("?", |token| bare(token));
    let set = tokens.iter().position(|token| token.eq_ignore_ascii_case("set"));
    let columns = set.map(|at| assigned(&tokens[at + 1..])).unwrap_or_default();
    match columns.as_slice() {
        [one] => data(format!("fill {one}"), Words::plain("Fill ").code(*one).and(" in ").code(table)),
        _ => data(format!("update {table}"), Words::plain("Update ").code(table)),
    }
}

// The columns before each `=` outside of parentheses, up to WHERE or FROM.
fn assigned<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let mut depth = 0_i32;
    let mut columns = Vec::new();
    let mut at_start = true;
    for token in tokens {
        match *token {
            "(" => depth += 1,
            ")" => depth -= 1,
            "," if depth == 0 => at_start = true,
            word if depth == 0 && ["where", "from", "returning"].contains(&word.to_ascii_lowercase().as_str()) => break,
            word if at_start => {
                columns.push(bare(word));
                at_start = false;
            }
            _ => {}
        }
    }
    columns
}

fn bare(token: &str) -> &str {
    token.trim_matches(['"', '`', '[', ']'])
}

/// Words, quoted names and texts, and single signs.
fn tokens(sql: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next().filter(|_| tokens.len() < 400) {
        let length = match first {
            '\'' | '"' | '`' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            c if c.is_alphanumeric() || c == '_' => {
                rest.find(|c: char| !(c.is_alphanumeric() || "_.$".contains(c))).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, label: &str, title: &str) {
        let telling = sql_telling(sql);
        assert_eq!((telling.label.as_str(), telling.title.text().as_str()), (label, title), "{sql}");
    }

    #[test]
    fn statements_are_told_by_their_first_words() {
        check("UPDATE seller SET email = lower(trim(contact))", "fill email", "Fill email in seller");
        check("update \"a b\" set x = 1, y = f(1, 2) where z = 3", "update a b", "Update a b");
        check("DELETE FROM shipment WHERE id = 1", "delete from shipment", "Delete rows of shipment");
        check("INSERT OR IGNORE INTO t VALUES (1)", "fill t", "Insert rows into t");
        check("CREATE UNIQUE INDEX IF NOT EXISTS ix_a ON a (b)", "create ix_a", "Create index ix_a");
        check("PRAGMA foreign_keys=ON", "pragma", "Run PRAGMA");
    }
}
