//! What "the same" means, as far as databases agree: Alembic's `DefaultImpl`.

use super::{Dialect, Mode};
use crate::error::Result;
use crate::schema::{self, Expr, Type};

/// The answer to "do these server defaults differ?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They mean the same.
    Same,
    /// They differ.
    Differs,
    /// Only the server can tell: the query gives one row with one truth value, true for "the same".
    Ask(String),
}

/// How two indexes or two unique constraints compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// They are the same.
    Equal,
    /// They differ; the messages of Alembic's log line, which joins them with `", "`.
    Different(Vec<String>),
    /// They cannot be compared; the reason is logged.
    Skip(Vec<String>),
}

/// The uniques and indexes of one table before they are compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sides {
    /// Unique constraints in the database.
    pub inspected_uniques: Vec<schema::Constraint>,
    /// Indexes in the database.
    pub inspected_indexes: Vec<schema::Index>,
    /// Unique constraints of the models.
    pub metadata_uniques: Vec<schema::Constraint>,
    /// Indexes of the models.
    pub metadata_indexes: Vec<schema::Index>,
}

/// Alembic's `DefaultImpl.compare_type`: both types as DDL, token by token; arguments count only where both sides say as
/// many.
pub fn types_differ(dialect: &dyn Dialect, inspected: &Type, metadata: &Type) -> Result<bool> {
    let inspected = Tokens::of(&dialect.type_sql(inspected)?);
    let metadata = Tokens::of(&dialect.type_sql(metadata)?);
    Ok(!(inspected.names_match(&metadata, dialect) && inspected.arguments_match(&metadata)))
}

/// A type's DDL in pieces: `timestamp(3) with time zone`.
#[derive(Debug, Default)]
struct Tokens {
    first: String,
    others: Vec<String>,
    arguments: Vec<String>,
}

impl Tokens {
    fn of(definition: &str) -> Self {
        let definition = definition.to_lowercase();
        let mut tokens = Tokens::default();
        let mut rest = definition.as_str();
        while let Some(begin) = rest.find(|it: char| it == '(' || is_word(it)) {
            rest = &rest[begin..];
            // The last parenthesis wins, as in Alembic's loop.
            if let Some((inside, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
                tokens.arguments = arguments(inside);
                rest = after;
            } else {
                let end = rest[1..].find(|it: char| !is_word(it)).map_or(rest.len(), |end| end + 1);
                tokens.push(rest[..end].trim_start_matches('('));
                rest = &rest[end..];
            }
        }
        tokens
    }

    fn push(&mut self, word: &str) {
        if self.first.is_empty() {
            self.first = word.into();
        } else {
            self.others.push(word.into());
        }
    }

    fn terms(&self) -> String {
        std::iter::once(&self.first).chain(&self.others).cloned().collect::<Vec<_>>().join(" ")
    }

    fn names_match(&self, other: &Tokens, dialect: &dyn Dialect) -> bool {
        let together = |a: &str, b: &str| {
            let has = |batch: &&[&str], word: &str| batch.contains(&word);
            dialect.features().type_synonyms.iter().any(|batch| has(batch, a) && has(batch, b))
        };
        self.first == other.first || together(&self.terms(), &other.terms()) || together(&self.first, &other.first)
    }

    fn arguments_match(&self, other: &Tokens) -> bool {
        let agree = |a: &[String], b: &[String]| a.len() != b.len() || a == b;
        agree(&self.others, &other.others) && agree(&self.arguments, &other.arguments)
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '-'
}

fn arguments(inside: &str) -> Vec<String> {
    inside.split(',').map(|it| it.trim().to_string()).filter(|it| !it.is_empty()).collect()
}

/// A server default as text, before a dialect strips it: the string itself, or the expression's SQL.
pub fn rendered_default(dialect: &dyn Dialect, column: &schema::Column) -> Result<Option<String>> {
    match &column.server_default {
        Some(schema::ServerDefault::Literal(text)) => Ok(Some(text.clone())),
        Some(schema::ServerDefault::Expression(expression)) => {
            Ok(Some(dialect.expression_text(expression, Mode::Literal)?.text))
        }
        _ => Ok(None),
    }
}

/// Defaults compared as text.
pub fn defaults_differ(
    dialect: &dyn Dialect,
    inspected: &schema::Column,
    metadata: &schema::Column,
) -> Result<Verdict> {
    let same = rendered_default(dialect, inspected)? == rendered_default(dialect, metadata)?;
    Ok(if same { Verdict::Same } else { Verdict::Differs })
}

/// A computed column's text without what databases change in it; two that differ are only warned about.
pub fn normalized_computed(text: &str) -> String {
    let ignored = |it: &char| matches!(it, ' ' | '(' | ')' | '\'' | '"' | '`' | '[' | ']' | '\t' | '\r' | '\n');
    text.chars().filter(|it| !ignored(it)).collect::<String>().to_lowercase()
}

/// The attributes in which two identities differ, sorted (Alembic's `_compare_identity_default`).
pub fn identity_differences(
    inspected: Option<&schema::table::Identity>,
    metadata: Option<&schema::table::Identity>,
) -> Vec<&'static str> {
    let (nothing, default) = (schema::table::Identity::default(), schema::table::Identity::default());
    let (old, new) = (inspected.unwrap_or(&nothing), metadata.unwrap_or(&nothing));
    let mut differences = Vec::new();
    let mut compare = |name, differs: bool, is_default: bool| {
        if differs && !is_default {
            differences.push(name);
        }
    };
    compare("always", old.always != new.always, false);
    compare("cache", old.cache != new.cache, new.cache == default.cache);
    compare("cycle", old.cycle.unwrap_or(false) != new.cycle.unwrap_or(false), new.cycle == default.cycle);
    compare("increment", old.increment != new.increment, new.increment == default.increment);
    compare("maxvalue", old.maxvalue != new.maxvalue, new.maxvalue == default.maxvalue);
    compare("minvalue", old.minvalue != new.minvalue, new.minvalue == default.minvalue);
    compare("start", old.start != new.start, new.start == default.start);
    differences
}

/// Whether an index holds anything but plain columns and their directions.
pub fn is_expression_index(index: &schema::Index) -> bool {
    index.expressions.iter().any(is_expression)
}

fn is_expression(expression: &Expr) -> bool {
    match expression {
        Expr::Suffix { operand, .. } | Expr::Prefix { operand, .. } => is_expression(operand),
        Expr::Column { .. } => false,
        _ => true,
    }
}

/// The columns that stand in an index, in order, directions left aside.
pub fn index_columns(index: &schema::Index) -> Vec<String> {
    index.expressions.iter().filter_map(column_name).collect()
}

fn column_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Column { name, .. } => Some(name.clone()),
        Expr::Suffix { operand, .. } | Expr::Prefix { operand, .. } => column_name(operand),
        Expr::Function { arguments, .. } => arguments.iter().find_map(column_name),
        Expr::Collate { operand, .. } | Expr::Group(operand) | Expr::Label { operand, .. } => column_name(operand),
        _ => None,
    }
}

/// `unique=False to unique=True`, where the flags of two indexes differ.
pub fn unique_flags(inspected: &schema::Index, metadata: &schema::Index) -> Option<String> {
    let word = |flag| if flag { "True" } else { "False" };
    let differs = inspected.unique != metadata.unique;
    differs.then(|| format!("unique={} to unique={}", word(inspected.unique), word(metadata.unique)))
}

/// Indexes compared by their flag and their columns.
pub fn indexes(inspected: &schema::Index, metadata: &schema::Index) -> Comparison {
    let mut messages: Vec<String> = unique_flags(inspected, metadata).into_iter().collect();
    let (old, new) = (index_columns(inspected), index_columns(metadata));
    if old != new {
        messages.push(format!("expression {} to {}", tuple(&old), tuple(&new)));
    }
    if messages.is_empty() { Comparison::Equal } else { Comparison::Different(messages) }
}

/// The columns of a unique constraint without their order: its signature.
pub fn unique_signature(constraint: &schema::Constraint) -> Vec<String> {
    let mut columns = constraint.columns().to_vec();
    columns.sort();
    columns
}

/// Unique constraints compared by their columns, whatever their order.
pub fn uniques(inspected: &schema::Constraint, metadata: &schema::Constraint) -> Comparison {
    let (old, new) = (unique_signature(inspected), unique_signature(metadata));
    if old == new {
        Comparison::Equal
    } else {
        Comparison::Different(vec![format!("expression {} to {}", tuple(&old), tuple(&new))])
    }
}

/// Names as Python shows a tuple of them.
pub fn tuple(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    match shown.as_slice() {
        [one] => format!("({one},)"),
        several => format!("({})", several.join(", ")),
    }
}

fn quoted(name: &str) -> String {
    if name.contains('\'') && !name.contains('"') {
        format!("\"{name}\"")
    } else {
        format!("'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

/// What two foreign keys are compared by (Alembic's `_fk_constraint_sig`): tables and columns on both sides, then
/// onupdate, ondelete and deferrability with their defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForeignKeySignature {
    /// Tables and columns.
    pub ends: (schema::TableName, Vec<String>, schema::TableName, Vec<String>),
    /// ON UPDATE, ON DELETE, deferrability.
    pub options: (Option<String>, Option<String>, &'static str),
}

/// The signature of a foreign key; `None` for other constraints.
pub fn foreign_key_signature(
    table: &schema::TableName,
    constraint: &schema::Constraint,
) -> Option<ForeignKeySignature> {
    let schema::table::ConstraintKind::ForeignKey(key) = &constraint.kind else { return None };
    let action = |action: &Option<String>| action.as_deref().map(str::to_lowercase).filter(|it| it != "no action");
    let deferred = constraint.initially.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("deferred"));
    let deferrability = match (deferred, constraint.deferrable) {
        (true, _) => "initially_deferrable",
        (false, Some(true)) => "deferrable",
        (false, _) => "not deferrable",
    };
    Some(ForeignKeySignature {
        ends: (table.clone(), key.columns.clone(), key.referred.clone(), key.referred_columns.clone()),
        options: (action(&key.onupdate), action(&key.ondelete), deferrability),
    })
}

/// Expression indexes of the models that the database does not show are passed over (Alembic's
/// `_skip_functional_indexes`); gives the warnings.
pub fn skip_expression_indexes(dialect: &dyn Dialect, sides: &mut Sides) -> Vec<String> {
    let (kept, skipped): (Vec<_>, Vec<_>) = std::mem::take(&mut sides.metadata_indexes)
        .into_iter()
        .partition(|index| known_name(&sides.inspected_indexes, index) || !is_expression_index(index));
    sides.metadata_indexes = kept;
    skipped.iter().map(|index| skipped_warning(dialect, index)).collect()
}

fn known_name(inspected: &[schema::Index], index: &schema::Index) -> bool {
    let text = |index: &schema::Index| index.name.as_ref().map(|name| name.text.clone());
    inspected.iter().any(|it| text(it) == text(index))
}

fn skipped_warning(dialect: &dyn Dialect, index: &schema::Index) -> String {
    let name = index.name.as_ref().map_or_else(|| "None".into(), |name| quoted(&name.text));
    format!(
        "autogenerate skipping metadata-specified expression-based index {name}; dialect {} under SQLAlchemy 2.0.58 can't \
         reflect these indexes so they can't be compared",
        quoted(dialect.name())
    )
}
