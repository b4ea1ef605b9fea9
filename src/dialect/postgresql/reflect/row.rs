//! A row of the catalogue, read by its columns' places.

use crate::schema::Literal;

/// A row of the catalogue.
pub(super) struct Row(pub(super) Vec<Literal>);

impl Row {
    /// A cell's text, if it has one.
    pub(super) fn some(&self, at: usize) -> Option<String> {
        match self.0.get(at) {
            Some(Literal::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// A cell's text; empty where there is none.
    pub(super) fn text(&self, at: usize) -> String {
        self.some(at).unwrap_or_default()
    }

    /// A cell's number; 0 where there is none.
    pub(super) fn number(&self, at: usize) -> i64 {
        self.integer(at).unwrap_or_default()
    }

    /// A cell's number, if it has one.
    pub(super) fn integer(&self, at: usize) -> Option<i64> {
        match self.0.get(at) {
            Some(Literal::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether a cell is true.
    pub(super) fn is(&self, at: usize) -> bool {
        matches!(self.0.get(at), Some(Literal::Boolean(true)))
    }

    /// A cell's items.
    pub(super) fn list(&self, at: usize) -> &[Literal] {
        match self.0.get(at) {
            Some(Literal::List(items)) => items,
            _ => &[],
        }
    }

    /// The texts of a cell's items.
    pub(super) fn texts(&self, at: usize) -> Vec<String> {
        let text = |item: &Literal| match item {
            Literal::Text(text) => text.clone(),
            _ => String::new(),
        };
        self.list(at).iter().map(text).collect()
    }
}
