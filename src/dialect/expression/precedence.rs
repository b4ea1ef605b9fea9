//! Where parentheses stand: SQLAlchemy's `_PRECEDENCE` and its `self_group` methods.

use crate::schema::{Expr, Statement, Type, expression::Operator};

/// The operator around an operand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Against<'a> {
    operator: Kind<'a>,
    strength: i32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind<'a> {
    Binary(&'a Operator),
    Junction(bool),
    Other,
}

const LARGEST: i32 = 100;
const SMALLEST: i32 = -100;

impl<'a> Against<'a> {
    /// An operator between operands.
    pub fn binary(operator: &'a Operator) -> Self {
        Against { operator: Kind::Binary(operator), strength: strength(operator) }
    }

    /// AND or OR.
    pub fn junction(and: bool) -> Self {
        Against { operator: Kind::Junction(and), strength: junction_strength(and) }
    }

    /// An operator before its operand.
    pub fn prefix(operator: &str) -> Self {
        Against { operator: Kind::Other, strength: prefix_strength(operator) }
    }

    /// An operator after its operand.
    pub fn suffix(operator: &str) -> Self {
        Against { operator: Kind::Other, strength: suffix_strength(operator) }
    }

    /// BETWEEN.
    pub fn between() -> Self {
        Against { operator: Kind::Other, strength: 5 }
    }

    /// COLLATE.
    pub fn collate() -> Self {
        Against { operator: Kind::Other, strength: 4 }
    }

    /// The comma of a list of arguments.
    pub fn comma() -> Self {
        Against { operator: Kind::Other, strength: -1 }
    }

    /// A condition that stands alone: WHERE, ON.
    pub fn condition() -> Self {
        Against { operator: Kind::Other, strength: -10 }
    }

    /// A place that delimits its content by itself.
    pub fn nothing() -> Self {
        Against { operator: Kind::Other, strength: SMALLEST - 1 }
    }

    /// A place that wants anything but a name in parentheses (an index's expression on PostgreSQL).
    pub fn anything() -> Self {
        Against { operator: Kind::Other, strength: LARGEST }
    }
}

/// Whether an operand stands in parentheses there.
pub fn needs_parentheses(expression: &Expr, against: Against<'_>) -> bool {
    match expression {
        Expr::Binary { operator, right, .. } if is_pattern(operator, right) => SMALLEST <= against.strength,
        Expr::Binary { operator, .. } => {
            let itself = against.operator == Kind::Binary(operator) && is_natural(operator);
            !itself && strength(operator) <= against.strength
        }
        Expr::Junction { and, parts } => {
            parts.len() > 1 && against.operator != Kind::Junction(*and) && junction_strength(*and) <= against.strength
        }
        Expr::Between { .. } => 5 <= against.strength,
        Expr::Prefix { operator, .. } => prefix_strength(operator) <= against.strength,
        Expr::Suffix { operator, .. } => !is_modifier(operator) && 5 <= against.strength,
        Expr::Collate { .. } => 4 <= against.strength,
        Expr::Text(_) => matches!(against.operator, Kind::Binary(Operator::In | Operator::NotIn)),
        Expr::Label { operand, .. } => needs_parentheses(operand, against),
        _ => false,
    }
}

/// `contains()`, `startswith()` and `endswith()`: a LIKE with percent signs around, which has no precedence of its own.
pub fn is_pattern(operator: &Operator, right: &Expr) -> bool {
    let percent = |it: &Expr| matches!(it, Expr::LiteralColumn(text) if text == "'%'");
    let has_percent = match right {
        Expr::Binary { left, operator: Operator::Concat, right, .. } => {
            percent(left) || percent(right) || is_pattern(&Operator::Like, left)
        }
        _ => false,
    };
    has_percent && matches!(operator, Operator::Like | Operator::NotLike | Operator::Ilike | Operator::NotIlike)
}

fn is_natural(operator: &Operator) -> bool {
    matches!(operator, Operator::Add | Operator::Mul | Operator::Concat | Operator::JsonIndex | Operator::JsonPath)
}

fn strength(operator: &Operator) -> i32 {
    match operator {
        Operator::JsonIndex | Operator::JsonPath => 15,
        Operator::Mul | Operator::Div | Operator::FloorDiv | Operator::Mod => 8,
        Operator::Add | Operator::Sub => 7,
        Operator::Custom(text) => custom_strength(text),
        _ => 5,
    }
}

/// `a.op("…")` has no precedence, except for those of SQLAlchemy's own operators that arrive by their text.
fn custom_strength(text: &str) -> i32 {
    match text {
        "MATCH" | "NOT MATCH" | "NOT REGEXP" => 5,
        "&" | "|" | "^" | "<<" | ">>" => 7,
        _ => 0,
    }
}

fn junction_strength(and: bool) -> i32 {
    if and { 3 } else { 2 }
}

fn prefix_strength(operator: &str) -> i32 {
    match operator.to_ascii_uppercase().as_str() {
        "-" | "~" => 8,
        "NOT" | "DISTINCT" => 5,
        "ANY" | "ALL" => 15,
        "EXISTS" => 0,
        _ => LARGEST,
    }
}

fn suffix_strength(operator: &str) -> i32 {
    match operator.to_ascii_uppercase().as_str() {
        "ASC" | "DESC" => 3,
        "NULLS FIRST" | "NULLS LAST" => LARGEST,
        _ => 5,
    }
}

/// ASC, DESC and NULLS … follow each other without parentheses.
fn is_modifier(operator: &str) -> bool {
    suffix_strength(operator) != 5
}

/// A column, a function or a parameter whose type is a truth value: it needs a comparison to be a condition where the
/// database has none.
pub fn is_plain_boolean(expression: &Expr) -> bool {
    match expression {
        Expr::Column { .. } | Expr::Function { .. } | Expr::Parameter { .. } | Expr::Literal { .. } => {
            matches!(type_of(expression), Some(Type::Boolean { .. }))
        }
        _ => false,
    }
}

/// The type of an expression, where it is known.
pub fn type_of(expression: &Expr) -> Option<&Type> {
    match expression {
        Expr::Column { ty, .. } | Expr::Parameter { ty, .. } | Expr::Literal { ty, .. } => ty.as_deref(),
        Expr::Function { ty, .. } => ty.as_deref(),
        Expr::Cast { ty, .. } => Some(ty),
        Expr::Label { operand, .. } | Expr::Group(operand) | Expr::Collate { operand, .. } => type_of(operand),
        Expr::Binary { left, operator, right, .. } if is_arithmetic(operator) => {
            type_of(left).or_else(|| type_of(right))
        }
        Expr::Case { whens, otherwise, .. } => {
            let results = whens.iter().map(|(_, then)| then).chain(otherwise.as_deref());
            results.into_iter().find_map(type_of)
        }
        Expr::Subquery(statement) => match &**statement {
            Statement::Select(select) => select.columns.first().and_then(type_of),
            _ => None,
        },
        _ => None,
    }
}

fn is_arithmetic(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::Add | Operator::Sub | Operator::Mul | Operator::FloorDiv | Operator::Mod | Operator::Concat
    )
}
