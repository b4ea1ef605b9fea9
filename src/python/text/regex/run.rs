//! Programs over text: one stack of other ways and of values to restore, no recursion.

use super::program::{One, Program, Step};
use super::set::{self, Class};
use super::syntax::{Greed, Place};

/// What is asked of a pattern.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// Where to begin.
    pub start: usize,
    /// Where the text ends for this search.
    pub end: usize,
    /// Where the match has to stand.
    pub anchor: Anchor,
    /// Whether an empty match at `start` is not wanted, since the last one was empty there.
    pub must_advance: bool,
}

/// Where a match has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// `search`: anywhere.
    Search,
    /// `match`: at the start.
    Start,
    /// `fullmatch`: from the start to the end.
    Full,
}

/// The budget ended before an answer: the pattern explodes over this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted;

/// A match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    bounds: Vec<usize>,
    /// The group that closed last.
    pub last_group: Option<usize>,
}

impl Found {
    /// Where the whole match begins and ends.
    pub fn span(&self) -> (usize, usize) {
        (self.bounds[0], self.bounds[1])
    }

    /// Where a group begins and ends, if it matched; 0 is the whole match.
    pub fn group(&self, index: usize) -> Option<(usize, usize)> {
        let bounds = (self.bounds[index * 2], self.bounds[index * 2 + 1]);
        (bounds.0 != UNSET && bounds.1 != UNSET).then_some(bounds)
    }
}

const UNSET: usize = usize::MAX;
/// The stack's limit, about 100 MB; beyond it a pattern counts as exploding.
const HIGHEST: usize = 4_000_000;

pub(super) fn find(
    program: &Program,
    text: &[char],
    request: Request,
    budget: &mut u64,
) -> Result<Option<Found>, Exhausted> {
    let end = request.end.min(text.len());
    let mut start = request.start;
    let mut run = Run { program, text: &text[..end], request, slots: Vec::new(), stack: Vec::new(), last_group: 0 };
    while start <= end {
        if request.anchor == Anchor::Search
            && let Some(first) = program.first
        {
            match run.text[start..].iter().position(|c| *c == first) {
                Some(distance) => start += distance,
                None => return Ok(None),
            }
        }
        if let Some(found) = run.from(start, budget)? {
            return Ok(Some(found));
        }
        if request.anchor != Anchor::Search {
            break;
        }
        start += 1;
    }
    Ok(None)
}

struct Run<'a> {
    program: &'a Program,
    text: &'a [char],
    request: Request,
    slots: Vec<usize>,
    stack: Vec<Entry>,
    last_group: usize,
}

/// What to do when the present way fails.
enum Entry {
    /// Go there.
    Way {
        step: usize,
        at: usize,
    },
    /// A slot gets its older value.
    Slot {
        slot: usize,
        value: usize,
    },
    LastGroup(usize),
    /// A greedy run of one character can give back down to `least`.
    Fewer {
        step: usize,
        least: usize,
        at: usize,
    },
    /// A lazy run of one character can take one more.
    More {
        step: usize,
        at: usize,
        left: usize,
    },
}

impl Run<'_> {
    fn from(&mut self, start: usize, budget: &mut u64) -> Result<Option<Found>, Exhausted> {
        self.slots.clear();
        self.slots.resize(self.program.slots, UNSET);
        self.stack.clear();
        self.last_group = 0;
        let (mut step, mut at) = (0, start);
        loop {
            *budget = budget.checked_sub(1).ok_or(Exhausted)?;
            if self.stack.len() > HIGHEST {
                return Err(Exhausted);
            }
            if let Step::Match = self.program.steps[step] {
                if self.accepts(start, at) {
                    return Ok(Some(self.found(start, at)));
                }
            } else if let Some(next) = self.step(step, at, budget) {
                (step, at) = next;
                continue;
            }
            match self.backtrack() {
                Some(next) => (step, at) = next,
                None => return Ok(None),
            }
        }
    }

    fn accepts(&self, start: usize, at: usize) -> bool {
        let empty_again = self.request.must_advance && start == self.request.start && at == start;
        let short = self.request.anchor == Anchor::Full && at != self.text.len();
        !empty_again && !short
    }

    fn found(&self, start: usize, at: usize) -> Found {
        let mut bounds = self.slots[..(self.program.groups + 1) * 2].to_vec();
        bounds[0] = start;
        bounds[1] = at;
        Found { bounds, last_group: (self.last_group > 0).then_some(self.last_group) }
    }

    /// One instruction: where to go on, or `None` if this way fails.
    fn step(&mut self, step: usize, at: usize, budget: &mut u64) -> Option<(usize, usize)> {
        let next = step + 1;
        match &self.program.steps[step] {
            Step::One(one) => (at < self.text.len() && one.has(self.text[at])).then_some((next, at + 1)),
            Step::At(place) => self.is_at(*place, at).then_some((next, at)),
            Step::Split(other) => {
                self.stack.push(Entry::Way { step: *other, at });
                Some((next, at))
            }
            Step::Jump(target) => Some((*target, at)),
            Step::Save(slot) => self.set(*slot, at, (next, at)),
            Step::Close(slot) => self.close(*slot, at, next),
            Step::Backreference(group, mode) => self.repeated(*group, *mode, at).map(|at| (next, at)),
            Step::Many { one, least, most, greed } => self.many(step, one, *least, *most, *greed, at, budget),
            Step::Zero(counter) => self.set(*counter, 0, (next, at)),
            Step::Loop { .. } => self.round_or_exit(step, at),
            Step::Round { counter, back } => {
                let count = self.slots[*counter] + 1;
                self.set(*counter, count, (*back, at))
            }
            Step::Mark(slot) => {
                let height = self.stack.len();
                self.set(*slot, height, (next, at))
            }
            Step::Cut(mark) => self.cut(self.slots[*mark], (next, at)),
            Step::Return(slot) => Some((next, self.slots[*slot])),
            Step::Back(width) => at.checked_sub(*width).map(|at| (next, at)),
            Step::Refuse(mark) => self.refuse(self.slots[*mark]),
            Step::Unless(group, target) => {
                let matched = *group <= self.program.groups && self.slots[*group * 2 + 1] != UNSET;
                Some((if matched { next } else { *target }, at))
            }
            Step::Match => None,
        }
    }

    fn set(&mut self, slot: usize, value: usize, next: (usize, usize)) -> Option<(usize, usize)> {
        self.stack.push(Entry::Slot { slot, value: self.slots[slot] });
        self.slots[slot] = value;
        Some(next)
    }

    fn close(&mut self, slot: usize, at: usize, next: usize) -> Option<(usize, usize)> {
        self.stack.push(Entry::LastGroup(self.last_group));
        self.last_group = slot / 2;
        self.set(slot, at, (next, at))
    }

    fn repeated(&self, group: usize, mode: set::Mode, at: usize) -> Option<usize> {
        let (from, to) = (self.slots[group * 2], self.slots[group * 2 + 1]);
        if from == UNSET || to == UNSET || to < from {
            return None;
        }
        let end = at + (to - from);
        let here = self.text.get(at..end)?;
        let same = here.iter().zip(&self.text[from..to]).all(|(a, b)| set::same(*a, *b, mode));
        same.then_some(end)
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of one instruction, taken apart by the dispatcher")]
    fn many(
        &mut self,
        step: usize,
        one: &One,
        least: usize,
        most: usize,
        greed: Greed,
        at: usize,
        budget: &mut u64,
    ) -> Option<(usize, usize)> {
        let wanted = if greed == Greed::Lazy { least } else { most };
        let count = self.text[at..].iter().take(wanted).take_while(|c| one.has(**c)).count();
        // A long run costs less than as many instructions, but it is not free.
        *budget = budget.saturating_sub(count as u64 / 8);
        if count < least {
            return None;
        }
        let end = at + count;
        match greed {
            Greed::Greedy if count > least => {
                self.stack.push(Entry::Fewer { step: step + 1, least: at + least, at: end });
            }
            Greed::Lazy if most > least => self.stack.push(Entry::More { step, at: end, left: most - least }),
            _ => {}
        }
        Some((step + 1, end))
    }

    fn round_or_exit(&mut self, step: usize, at: usize) -> Option<(usize, usize)> {
        let Step::Loop { counter, start, least, most, lazy, exit } = &self.program.steps[step] else { return None };
        let count = self.slots[*counter];
        if count < *least {
            return Some((step + 1, at));
        }
        if count >= *most || (count > 0 && self.slots[*start] == at) {
            return Some((*exit, at));
        }
        let (first, other) = if *lazy { (*exit, step + 1) } else { (step + 1, *exit) };
        self.stack.push(Entry::Way { step: other, at });
        Some((first, at))
    }

    /// Forgets ways above a height, but keeps what has to be restored should an older way be taken.
    fn cut(&mut self, height: usize, next: (usize, usize)) -> Option<(usize, usize)> {
        let mut kept = height;
        for index in height..self.stack.len() {
            if matches!(self.stack[index], Entry::Slot { .. } | Entry::LastGroup(_)) {
                self.stack.swap(kept, index);
                kept += 1;
            }
        }
        self.stack.truncate(kept);
        Some(next)
    }

    fn refuse(&mut self, height: usize) -> Option<(usize, usize)> {
        while self.stack.len() > height {
            match self.stack.pop() {
                Some(Entry::Slot { slot, value }) => self.slots[slot] = value,
                Some(Entry::LastGroup(group)) => self.last_group = group,
                _ => {}
            }
        }
        None
    }

    fn backtrack(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.stack.pop()? {
                Entry::Way { step, at } => return Some((step, at)),
                Entry::Slot { slot, value } => self.slots[slot] = value,
                Entry::LastGroup(group) => self.last_group = group,
                Entry::Fewer { step, least, at } => {
                    let at = at - 1;
                    if at > least {
                        self.stack.push(Entry::Fewer { step, least, at });
                    }
                    return Some((step, at));
                }
                Entry::More { step, at, left } => {
                    let Step::Many { one, .. } = &self.program.steps[step] else { continue };
                    if at < self.text.len() && one.has(self.text[at]) {
                        if left > 1 {
                            self.stack.push(Entry::More { step, at: at + 1, left: left - 1 });
                        }
                        return Some((step + 1, at + 1));
                    }
                }
            }
        }
    }

    fn is_at(&self, place: Place, at: usize) -> bool {
        let end = self.text.len();
        match place {
            Place::TextStart => at == 0,
            Place::TextEnd => at == end,
            Place::LastLineEnd => at == end || (at + 1 == end && self.text[at] == '\n'),
            Place::LineStart => at == 0 || self.text[at - 1] == '\n',
            Place::LineEnd => at == end || self.text[at] == '\n',
            Place::Boundary { ascii } => self.is_boundary(at, ascii),
            Place::NoBoundary { ascii } => !self.is_boundary(at, ascii),
        }
    }

    fn is_boundary(&self, at: usize, ascii: bool) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| self.text.get(at)).is_some_and(|c| Class::Word.has(*c, ascii));
        word(at.checked_sub(1)) != word(Some(at))
    }
}

impl One {
    fn has(&self, c: char) -> bool {
        match self {
            One::Char(own, mode) => set::same(*own, c, *mode),
            One::Any { line_ends } => *line_ends || c != '\n',
            One::Set(set) => set.has(c),
        }
    }
}
