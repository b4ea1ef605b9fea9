//! SQL in tokens, as far as one must look into a CREATE statement to find its clauses.

/// A token with its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// The text as written, quotes included.
    pub(super) text: &'a str,
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or a number.
    Word,
    /// A name in quotes of any kind, or a string.
    Quoted,
    /// One character of punctuation.
    Mark,
}

impl Token<'_> {
    /// Whether it is this keyword.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this punctuation.
    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.text.starts_with(mark)
    }

    /// The name that it stands for, without quotes.
    pub(super) fn name(&self) -> String {
        if self.kind != Kind::Quoted || self.text.len() < 2 {
            return self.text.to_string();
        }
        let inner = &self.text[1..self.text.len() - 1];
        match &self.text[..1] {
            "[" => inner.to_string(),
            quote => inner.replace(&quote.repeat(2), quote),
        }
    }
}

/// The tokens of a text; comments and white space are left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = match first {
            it if it.is_whitespace() => (None, it.len_utf8()),
            '-' if rest.starts_with("--") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '"' | '`' | '\'' => (Some(Kind::Quoted), quoted_length(rest, first)),
            '[' => (Some(Kind::Quoted), rest.find(']').map_or(rest.len(), |end| end + 1)),
            it if is_word(it) => (Some(Kind::Word), rest.find(|it| !is_word(it)).unwrap_or(rest.len())),
            it => (Some(Kind::Mark), it.len_utf8()),
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, text: &rest[..length], start: at, end: at + length });
        }
        at += length;
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$' || letter == '.'
}

/// The length of a quoted token; a doubled quote is one inside.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// The index of the parenthesis that closes the one at `open`, or the last token.
pub(super) fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        if token.is_mark('(') {
            depth += 1;
        } else if token.is_mark(')') {
            depth -= 1;
            if depth == 0 {
                return index;
            }
        }
    }
    tokens.len() - 1
}

/// Tokens cut at the commas that stand outside parentheses.
pub(super) fn split<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_i32, 0);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Mark if token.is_mark('(') => depth += 1,
            Kind::Mark if token.is_mark(')') => depth -= 1,
            Kind::Mark if token.is_mark(',') && depth == 0 => {
                parts.push(&tokens[from..index]);
                from = index + 1;
            }
            _ => {}
        }
    }
    if from < tokens.len() {
        parts.push(&tokens[from..]);
    }
    parts
}

/// The text between two tokens, both included.
pub(super) fn slice<'a>(text: &'a str, tokens: &[Token<'_>]) -> &'a str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &text[first.start..last.end],
        _ => "",
    }
}
