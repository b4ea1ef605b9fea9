//! Python's `re`: a backtracking matcher over characters, with a budget of steps in the place of a hang.
//!
//! A pattern is parsed to a tree (`syntax`), flattened to a program (`program`) and run on a stack of its own
//! (`run`), so that neither a deep pattern nor a long text can exhaust Rust's stack. Bytes are matched as the
//! characters 0 to 255, with [`Flags::ASCII`].

mod escapes;
mod program;
mod run;
mod set;
mod syntax;
mod template;

pub use run::{Anchor, Exhausted, Found, Request};
pub use template::{Part, Template};

/// The bits of `re.compile(pattern, flags)`, with CPython's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u32);

impl Flags {
    /// `re.IGNORECASE`
    pub const IGNORECASE: Flags = Flags(2);
    /// `re.LOCALE`, accepted and ignored.
    pub const LOCALE: Flags = Flags(4);
    /// `re.MULTILINE`
    pub const MULTILINE: Flags = Flags(8);
    /// `re.DOTALL`
    pub const DOTALL: Flags = Flags(16);
    /// `re.UNICODE`
    pub const UNICODE: Flags = Flags(32);
    /// `re.VERBOSE`
    pub const VERBOSE: Flags = Flags(64);
    /// `re.ASCII`
    pub const ASCII: Flags = Flags(256);

    /// Whether all bits of `other` are set.
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// These bits and those.
    pub fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// These bits without those.
    pub fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }
}

/// A pattern that Python would refuse: `re.error`, in its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The message without the position.
    pub message: String,
    /// The character it is about.
    pub position: Option<usize>,
}

impl Unreadable {
    fn at(position: usize, message: impl Into<String>) -> Unreadable {
        Unreadable { message: message.into(), position: Some(position) }
    }

    /// The message as `str(error)` says it: with the position, and with line and column in longer patterns.
    pub fn sentence(&self, pattern: &str) -> String {
        let Some(position) = self.position else { return self.message.clone() };
        let mut sentence = format!("{} at position {position}", self.message);
        if pattern.contains('\n') {
            let before: Vec<char> = pattern.chars().take(position).collect();
            let line = before.iter().filter(|c| **c == '\n').count() + 1;
            let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
            sentence.push_str(&format!(" (line {line}, column {column})"));
        }
        sentence
    }
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Regex {
    program: program::Program,
    /// The flags, those written in the pattern included.
    pub flags: Flags,
    /// How many groups there are, the whole match not counted.
    pub groups: usize,
    /// The named groups, in the order of their numbers.
    pub names: Vec<(String, usize)>,
}

impl Regex {
    /// Compiles a pattern.
    pub fn new(pattern: &str, flags: Flags) -> Result<Regex, Unreadable> {
        let chars: Vec<char> = pattern.chars().collect();
        let parsed = syntax::parse(&chars, flags)?;
        let program = program::compile(&parsed);
        Ok(Regex { program, flags: parsed.flags, groups: parsed.groups, names: parsed.names })
    }

    /// The first match that the request allows. Each step of the matcher takes one from `budget`.
    pub fn find(&self, text: &[char], request: Request, budget: &mut u64) -> Result<Option<Found>, Exhausted> {
        run::find(&self.program, text, request, budget)
    }

    /// The number of a named group.
    pub fn group_named(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, index)| *index)
    }

    /// All matches from `start` to `end` that do not overlap, as `finditer` gives them, at most `limit`.
    pub fn find_all(
        &self,
        text: &[char],
        start: usize,
        end: usize,
        limit: usize,
        budget: &mut u64,
    ) -> Result<Vec<Found>, Exhausted> {
        let mut found = Vec::new();
        let mut request = Request { start, end, anchor: Anchor::Search, must_advance: false };
        while found.len() < limit {
            let Some(next) = self.find(text, request, budget)? else { break };
            let (from, to) = next.span();
            request.start = to;
            request.must_advance = from == to;
            found.push(next);
        }
        Ok(found)
    }
}

/// `re.escape(text)`
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &str, flags: u32, text: &str) -> String {
        let regex = match Regex::new(pattern, Flags(flags)) {
            Ok(regex) => regex,
            Err(error) => return error.sentence(pattern),
        };
        let text: Vec<char> = text.chars().collect();
        let found = regex.find_all(&text, 0, text.len(), usize::MAX, &mut 1_000_000);
        let Ok(found) = found else { return "exhausted".to_string() };
        let group = |found: &Found, index: usize| match found.group(index) {
            Some((from, to)) => format!("{from}-{to}"),
            None => "None".to_string(),
        };
        let row = |found: &Found| (0..=regex.groups).map(|index| group(found, index)).collect::<Vec<_>>().join(",");
        found.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn patterns_match_as_in_cpython() {
        for line in include_str!("cases.txt").lines() {
            let [pattern, flags, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("four fields in {line:?}");
            };
            let unescape = |text: &str| text.replace("<LF>", "\n").replace("<TAB>", "\t");
            let (pattern, text) = (unescape(pattern), unescape(text));
            let found = shown(&pattern, flags.parse().expect("flags"), &text);
            assert_eq!(found, expected, "{pattern:?} in {text:?}");
        }
    }

    #[test]
    fn a_pattern_that_explodes_is_stopped() {
        assert_eq!(shown("(a+)+$", 0, &("a".repeat(40) + "b")), "exhausted");
        assert_eq!(shown("(?:(?:a*)*)*b", 0, &"a".repeat(60)), "exhausted");
    }

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(escape("a.b c-d_e/é"), "a\\.b\\ c\\-d_e/é");
    }
}
