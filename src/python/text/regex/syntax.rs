//! Patterns to trees.

use super::set::{Mode, Set};
use super::{Flags, Unreadable};
use crate::python::text::quote;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Char(char, Mode),
    /// `.`; the flag says whether it takes line ends.
    Any {
        line_ends: bool,
    },
    Set(Set),
    At(Place),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Group(usize, Box<Node>),
    Backreference(usize, Mode),
    Look {
        behind: Option<usize>,
        negated: bool,
        inside: Box<Node>,
    },
    Atomic(Box<Node>),
    Repeat {
        inside: Box<Node>,
        least: usize,
        most: usize,
        greed: Greed,
    },
    Conditional {
        group: usize,
        yes: Box<Node>,
        no: Box<Node>,
    },
}

/// A place between characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    TextStart,
    TextEnd,
    /// `$` without `MULTILINE`: the end, or before a line end there.
    LastLineEnd,
    LineStart,
    LineEnd,
    Boundary {
        ascii: bool,
    },
    NoBoundary {
        ascii: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// A parsed pattern.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) node: Node,
    pub(super) flags: Flags,
    pub(super) groups: usize,
    pub(super) names: Vec<(String, usize)>,
}

/// Groups inside groups beyond this are refused; the tree is walked by recursion.
const DEEPEST: usize = 120;
/// What `*` and `+` allow.
pub(super) const UNBOUNDED: usize = u32::MAX as usize;

pub(super) type Result<T> = std::result::Result<T, Unreadable>;

/// Reads a whole pattern.
pub(super) fn parse(pattern: &[char], flags: Flags) -> Result<Parsed> {
    let mut flags = flags;
    loop {
        let mut parser =
            Parser { pattern, at: 0, flags, global: flags, closed: Vec::new(), names: Vec::new(), depth: 0 };
        let node = parser.choice()?;
        if parser.at < pattern.len() {
            return Err(Unreadable::at(parser.at, "unbalanced parenthesis"));
        }
        // `(?x)` at the start changes how everything behind it is read: read again with it.
        if parser.global == flags {
            let unicode = if flags.has(Flags::ASCII) { flags } else { flags.with(Flags::UNICODE) };
            return Ok(Parsed { node, flags: unicode, groups: parser.closed.len(), names: parser.names });
        }
        flags = parser.global;
    }
}

pub(super) struct Parser<'a> {
    pub(super) pattern: &'a [char],
    pub(super) at: usize,
    pub(super) flags: Flags,
    global: Flags,
    /// Per group, whether its parenthesis is closed, and its width if that is fixed.
    closed: Vec<Option<Option<usize>>>,
    names: Vec<(String, usize)>,
    depth: usize,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    pub(super) fn take(&mut self, c: char) -> bool {
        let there = self.peek() == Some(c);
        self.at += usize::from(there);
        there
    }

    pub(super) fn mode(&self) -> Mode {
        Mode { ignore_case: self.flags.has(Flags::IGNORECASE), ascii: self.flags.has(Flags::ASCII) }
    }

    fn choice(&mut self) -> Result<Node> {
        let mut branches = vec![self.sequence()?];
        while self.take('|') {
            branches.push(self.sequence()?);
        }
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Choice(branches) })
    }

    fn sequence(&mut self) -> Result<Node> {
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            if self.flags.has(Flags::VERBOSE) && self.skip_verbose(c) {
                continue;
            }
            if "*+?".contains(c) || (c == '{' && self.counted().is_some()) {
                self.repeat(&mut items)?;
            } else if let Some(node) = self.atom()? {
                items.push(node);
            }
        }
        Ok(if items.len() == 1 { items.remove(0) } else { Node::Sequence(items) })
    }

    fn skip_verbose(&mut self, c: char) -> bool {
        if c == '#' {
            while self.next().is_some_and(|c| c != '\n') {}
            return true;
        }
        let blank = " \t\n\r\x0b\x0c".contains(c);
        self.at += usize::from(blank);
        blank
    }

    fn repeat(&mut self, items: &mut Vec<Node>) -> Result<()> {
        let start = self.at;
        let (least, most) = match self.peek() {
            Some('*') => (0, UNBOUNDED),
            Some('+') => (1, UNBOUNDED),
            Some('?') => (0, 1),
            _ => {
                let (least, most, end) = self.counted().expect("the caller saw a count");
                self.at = end - 1;
                (least, most)
            }
        };
        self.at += 1;
        if most < least {
            return Err(Unreadable::at(start + 1, "min repeat greater than max repeat"));
        }
        let inside = match items.pop() {
            None | Some(Node::At(_)) => return Err(Unreadable::at(start, "nothing to repeat")),
            Some(Node::Repeat { .. }) => return Err(Unreadable::at(start, "multiple repeat")),
            Some(node) => Box::new(node),
        };
        let greed = if self.take('?') {
            Greed::Lazy
        } else if self.take('+') {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        items.push(Node::Repeat { inside, least, most, greed });
        Ok(())
    }

    /// `{m}`, `{m,}`, `{,n}` or `{m,n}` here: its bounds and where it ends. Anything else is a plain brace.
    fn counted(&self) -> Option<(usize, usize, usize)> {
        let rest = &self.pattern[self.at + 1..];
        let length = rest.iter().position(|c| *c == '}')?;
        let text: String = rest[..length].iter().collect();
        if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit() || c == ',') {
            return None;
        }
        let end = self.at + length + 2;
        let bound = |text: &str, open: usize| {
            if text.is_empty() { Some(open) } else { text.parse::<usize>().ok() }
        };
        match text.split_once(',') {
            None => bound(&text, 0).map(|count| (count, count, end)),
            Some((least, most)) => Some((bound(least, 0)?, bound(most, UNBOUNDED)?, end)),
        }
    }

    /// One item; comments and flags give none.
    fn atom(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let Some(c) = self.next() else { return Ok(None) };
        let multiline = self.flags.has(Flags::MULTILINE);
        Ok(Some(match c {
            '.' => Node::Any { line_ends: self.flags.has(Flags::DOTALL) },
            '^' => Node::At(if multiline { Place::LineStart } else { Place::TextStart }),
            '$' => Node::At(if multiline { Place::LineEnd } else { Place::LastLineEnd }),
            '(' => return self.parenthesis(start),
            '[' => self.set(start)?,
            '\\' => self.escape(start)?,
            c => Node::Char(c, self.mode()),
        }))
    }

    fn parenthesis(&mut self, start: usize) -> Result<Option<Node>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unreadable::at(start, "too many nested groups"));
        }
        let node = if self.take('?') { self.extension(start) } else { self.group(start, None).map(Some) };
        self.depth -= 1;
        node
    }

    fn close(&mut self, start: usize) -> Result<()> {
        if self.take(')') {
            return Ok(());
        }
        Err(Unreadable::at(start, "missing ), unterminated subpattern"))
    }

    fn group(&mut self, start: usize, name: Option<(String, usize)>) -> Result<Node> {
        self.closed.push(None);
        let index = self.closed.len();
        if let Some((name, at)) = name {
            if let Some((_, was)) = self.names.iter().find(|(known, _)| *known == name) {
                let quoted = quote::repr(&name);
                let message = format!("redefinition of group name {quoted} as group {index}; was group {was}");
                return Err(Unreadable::at(at, message));
            }
            self.names.push((name, index));
        }
        let inside = self.scoped()?;
        self.close(start)?;
        self.closed[index - 1] = Some(self.width(&inside));
        Ok(Node::Group(index, Box::new(inside)))
    }

    /// A choice whose inline flags end with it.
    fn scoped(&mut self) -> Result<Node> {
        let flags = self.flags;
        let node = self.choice();
        self.flags = flags;
        node
    }

    fn plain(&mut self, start: usize) -> Result<Node> {
        let node = self.scoped()?;
        self.close(start)?;
        // A group of one is not `multiple repeat` when it is repeated.
        Ok(if matches!(node, Node::Repeat { .. } | Node::At(_)) { Node::Sequence(vec![node]) } else { node })
    }

    fn extension(&mut self, start: usize) -> Result<Option<Node>> {
        let Some(c) = self.next() else { return Err(Unreadable::at(self.at, "unexpected end of pattern")) };
        match c {
            ':' => self.plain(start).map(Some),
            '>' => Ok(Some(Node::Atomic(Box::new(self.plain(start)?)))),
            '=' | '!' => self.look(start, c == '!', false).map(Some),
            '#' => self.comment(start),
            'P' => self.named(start).map(Some),
            '<' => match self.next() {
                Some(c @ ('=' | '!')) => self.look(start, c == '!', true).map(Some),
                Some(c) => Err(Unreadable::at(start + 1, format!("unknown extension ?<{c}"))),
                None => Err(Unreadable::at(self.at, "unexpected end of pattern")),
            },
            '(' => self.conditional(start).map(Some),
            c if "aiLmsux-".contains(c) => {
                self.at -= 1;
                self.inline_flags(start)
            }
            c => Err(Unreadable::at(start + 1, format!("unknown extension ?{c}"))),
        }
    }

    fn comment(&mut self, start: usize) -> Result<Option<Node>> {
        while let Some(c) = self.next() {
            if c == ')' {
                return Ok(None);
            }
        }
        Err(Unreadable::at(start, "missing ), unterminated comment"))
    }

    fn look(&mut self, start: usize, negated: bool, behind: bool) -> Result<Node> {
        let inside = self.scoped()?;
        self.close(start)?;
        let behind = match behind {
            false => None,
            true => Some(self.width(&inside).ok_or(Unreadable {
                message: "look-behind requires fixed-width pattern".to_string(),
                position: None,
            })?),
        };
        Ok(Node::Look { behind, negated, inside: Box::new(inside) })
    }

    fn named(&mut self, start: usize) -> Result<Node> {
        match self.next() {
            Some('<') => {
                let at = self.at;
                let name = self.until('>', "group name")?;
                check_name(&name, at)?;
                self.group(start, Some((name, at)))
            }
            Some('=') => {
                let at = self.at;
                let name = self.until(')', "group name")?;
                check_name(&name, at)?;
                let Some((_, index)) = self.names.iter().find(|(known, _)| *known == name) else {
                    return Err(Unreadable::at(at, format!("unknown group name {}", quote::repr(&name))));
                };
                self.backreference(*index, at)
            }
            Some(c) => Err(Unreadable::at(start + 1, format!("unknown extension ?P{c}"))),
            None => Err(Unreadable::at(self.at, "unexpected end of pattern")),
        }
    }

    fn until(&mut self, end: char, what: &str) -> Result<String> {
        let start = self.at;
        let mut text = String::new();
        while let Some(c) = self.next() {
            if c == end {
                if text.is_empty() {
                    return Err(Unreadable::at(start, format!("missing {what}")));
                }
                return Ok(text);
            }
            text.push(c);
        }
        let missing =
            if text.is_empty() { format!("missing {what}") } else { format!("missing {end}, unterminated name") };
        Err(Unreadable::at(start, missing))
    }

    pub(super) fn backreference(&mut self, group: usize, at: usize) -> Result<Node> {
        match self.closed.get(group - 1) {
            None => Err(Unreadable::at(at, format!("invalid group reference {group}"))),
            Some(None) => Err(Unreadable::at(at - 1, "cannot refer to an open group")),
            Some(Some(_)) => Ok(Node::Backreference(group, self.mode())),
        }
    }

    fn conditional(&mut self, start: usize) -> Result<Node> {
        let at = self.at;
        let name = self.until(')', "group name")?;
        let group = if name.chars().all(|c| c.is_ascii_digit()) {
            name.parse().ok().filter(|group| *group > 0).ok_or_else(|| Unreadable::at(at, "bad group number"))?
        } else {
            check_name(&name, at)?;
            let known = self.names.iter().find(|(known, _)| *known == name).map(|(_, index)| *index);
            known.ok_or_else(|| Unreadable::at(at, format!("unknown group name {}", quote::repr(&name))))?
        };
        if group > self.pattern.len() {
            return Err(Unreadable::at(at, format!("invalid group reference {group}")));
        }
        let flags = self.flags;
        let yes = Box::new(self.sequence()?);
        let no = Box::new(if self.take('|') { self.sequence()? } else { Node::Sequence(Vec::new()) });
        self.flags = flags;
        if self.peek() == Some('|') {
            return Err(Unreadable::at(self.at, "conditional backref with more than two branches"));
        }
        self.close(start)?;
        Ok(Node::Conditional { group, yes, no })
    }

    /// `(?i)` at the start of the pattern, or `(?i-m:…)`.
    fn inline_flags(&mut self, start: usize) -> Result<Option<Node>> {
        let on = self.letters()?;
        if self.take(')') {
            if start > 0 {
                return Err(Unreadable::at(start, "global flags not at the start of the expression"));
            }
            self.global = self.global.with(on);
            self.flags = self.flags.with(on);
            return Ok(None);
        }
        let off = if self.take('-') { self.letters()? } else { Flags(0) };
        if !self.take(':') {
            let message =
                if self.peek().is_some_and(char::is_alphabetic) { "unknown flag" } else { "missing -, : or )" };
            return Err(Unreadable::at(self.at, message));
        }
        let outer = self.flags;
        let base = if on.has(Flags::UNICODE) { outer.without(Flags::ASCII) } else { outer };
        self.flags = base.with(on).without(off);
        let node = self.choice();
        self.flags = outer;
        let node = node?;
        self.close(start)?;
        Ok(Some(Node::Sequence(vec![node])))
    }

    fn letters(&mut self) -> Result<Flags> {
        let mut flags = Flags(0);
        while let Some(flag) = self.peek().and_then(flag) {
            flags = flags.with(flag);
            self.at += 1;
        }
        match self.peek() {
            None => Err(Unreadable::at(self.at, "missing -, : or )")),
            Some(c) if c.is_alphabetic() => Err(Unreadable::at(self.at, "unknown flag")),
            Some(_) => Ok(flags),
        }
    }

    /// How many characters a node takes, if that is always the same.
    fn width(&self, node: &Node) -> Option<usize> {
        match node {
            Node::Char(..) | Node::Any { .. } | Node::Set(_) => Some(1),
            Node::At(_) | Node::Look { .. } => Some(0),
            Node::Sequence(nodes) => nodes.iter().map(|node| self.width(node)).sum(),
            Node::Choice(nodes) => {
                let mut widths = nodes.iter().map(|node| self.width(node));
                let first = widths.next()??;
                widths.all(|width| width == Some(first)).then_some(first)
            }
            Node::Group(_, inside) | Node::Atomic(inside) => self.width(inside),
            Node::Backreference(group, _) => *self.closed.get(group - 1)?.as_ref()?,
            Node::Repeat { inside, least, most, .. } if least == most => self.width(inside)?.checked_mul(*least),
            Node::Repeat { .. } => None,
            Node::Conditional { yes, no, .. } => self.width(yes).filter(|width| self.width(no) == Some(*width)),
        }
    }
}

fn check_name(name: &str, at: usize) -> Result<()> {
    if crate::python::text::case::is_identifier(name) {
        return Ok(());
    }
    Err(Unreadable::at(at, format!("bad character in group name {}", quote::repr(name))))
}

fn flag(c: char) -> Option<Flags> {
    Some(match c {
        'a' => Flags::ASCII,
        'i' => Flags::IGNORECASE,
        'L' => Flags::LOCALE,
        'm' => Flags::MULTILINE,
        's' => Flags::DOTALL,
        'u' => Flags::UNICODE,
        'x' => Flags::VERBOSE,
        _ => return None,
    })
}
