//! Sentences with a little structure, so that names stand out and nothing is ever parsed as markup.

use serde::{Deserialize, Serialize};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// Running text.
    Plain(String),
    /// A name or a piece of source, set in the fixed-width face.
    Code(String),
    /// Said with weight.
    Strong(String),
}

/// A sentence or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(pub Vec<Word>);

impl Words {
    /// Running text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// The same with running text behind it.
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Word::Plain(text.into()));
        self
    }

    /// The same with a name or a piece of source behind it.
    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Word::Code(text.into()));
        self
    }

    /// The same with weighty text behind it.
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Word::Strong(text.into()));
        self
    }

    /// A sentence in which backticks enclose names: ``"Fill `email` from `contact`"``.
    pub fn marked(text: &str) -> Self {
        let pieces = text.split('`').enumerate().filter(|(_, piece)| !piece.is_empty());
        Self(
            pieces
                .map(|(place, piece)| match place % 2 {
                    0 => Word::Plain(piece.into()),
                    _ => Word::Code(piece.into()),
                })
                .collect(),
        )
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence without its structure.
    pub fn text(&self) -> String {
        self.0.iter().map(Word::text).collect()
    }
}

impl Word {
    /// The text of this piece.
    pub fn text(&self) -> &str {
        let (Word::Plain(text) | Word::Code(text) | Word::Strong(text)) = self;
        text
    }
}

/// What happened to a thing: always a sign, and only then a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sign {
    /// `+`
    Added,
    /// `~`
    Changed,
    /// `−`
    Removed,
}
