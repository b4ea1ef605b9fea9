//! Trees to flat programs.

use super::set::{Mode, Set};
use super::syntax::{Greed, Node, Parsed, Place};

/// A test of one character.
#[derive(Debug, Clone)]
pub(super) enum One {
    Char(char, Mode),
    Any { line_ends: bool },
    Set(Set),
}

/// An instruction. Slots hold the groups' bounds, then counters, positions and heights of the stack.
#[derive(Debug)]
pub(super) enum Step {
    One(One),
    At(Place),
    /// Goes on here; if that fails, there.
    Split(usize),
    Jump(usize),
    /// The position goes into a slot.
    Save(usize),
    /// A group's end: as `Save`, and the group is the last one that closed.
    Close(usize),
    Backreference(usize, Mode),
    /// One character again and again.
    Many {
        one: One,
        least: usize,
        most: usize,
        greed: Greed,
    },
    /// A counter starts at zero.
    Zero(usize),
    /// Decides about one more round: counter, slot of the last round's start, bounds, the way out.
    Loop {
        counter: usize,
        start: usize,
        least: usize,
        most: usize,
        lazy: bool,
        exit: usize,
    },
    /// Ends a round.
    Round {
        counter: usize,
        back: usize,
    },
    /// The height of the stack goes into a slot.
    Mark(usize),
    /// Forgets the other ways since the mark.
    Cut(usize),
    /// Goes back to the position of a slot.
    Return(usize),
    /// Goes that many characters back.
    Back(usize),
    /// What a negative look must not reach: fails, with all since the mark.
    Refuse(usize),
    /// Goes there if the group has not matched.
    Unless(usize, usize),
    Match,
}

/// A program.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) slots: usize,
    pub(super) groups: usize,
    /// A character that every match starts with.
    pub(super) first: Option<char>,
}

/// Flattens a pattern.
pub(super) fn compile(parsed: &Parsed) -> Program {
    let mut compiler = Compiler { steps: Vec::new(), slots: (parsed.groups + 1) * 2 };
    compiler.node(&parsed.node);
    compiler.steps.push(Step::Match);
    let first = match compiler.steps.iter().find(|step| !matches!(step, Step::Save(_))) {
        Some(Step::One(One::Char(c, mode))) if !mode.ignore_case => Some(*c),
        _ => None,
    };
    Program { steps: compiler.steps, slots: compiler.slots, groups: parsed.groups, first }
}

struct Compiler {
    steps: Vec<Step>,
    slots: usize,
}

impl Compiler {
    fn slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Char(..) | Node::Any { .. } | Node::Set(_) => self.steps.extend(one(node).map(Step::One)),
            Node::At(place) => self.steps.push(Step::At(*place)),
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Node::Choice(branches) => self.choice(branches),
            Node::Group(index, inside) => self.group(*index, inside),
            Node::Backreference(group, mode) => self.steps.push(Step::Backreference(*group, *mode)),
            Node::Look { behind, negated, inside } => self.look(*behind, *negated, inside),
            Node::Atomic(inside) => self.atomic(|compiler| compiler.node(inside)),
            Node::Repeat { inside, least, most, greed } => self.repeat(inside, *least, *most, *greed),
            Node::Conditional { group, yes, no } => self.conditional(*group, yes, no),
        }
    }

    fn choice(&mut self, branches: &[Node]) {
        let mut ends = Vec::new();
        let (last, others) = branches.split_last().expect("a choice has branches");
        for branch in others {
            let split = self.hole();
            self.node(branch);
            ends.push(self.hole());
            self.steps[split] = Step::Split(self.steps.len());
        }
        self.node(last);
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len());
        }
    }

    /// A place for a step that is known later.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Match);
        self.steps.len() - 1
    }

    fn group(&mut self, index: usize, inside: &Node) {
        self.steps.push(Step::Save(index * 2));
        self.node(inside);
        self.steps.push(Step::Close(index * 2 + 1));
    }

    fn look(&mut self, behind: Option<usize>, negated: bool, inside: &Node) {
        let mark = self.slot();
        self.steps.push(Step::Mark(mark));
        let split = if negated { self.hole() } else { 0 };
        let position = self.slot();
        self.steps.push(Step::Save(position));
        self.steps.extend(behind.filter(|width| *width > 0).map(Step::Back));
        self.node(inside);
        if negated {
            self.steps.push(Step::Refuse(mark));
            self.steps[split] = Step::Split(self.steps.len());
        } else {
            self.steps.extend([Step::Cut(mark), Step::Return(position)]);
        }
    }

    fn atomic(&mut self, inside: impl FnOnce(&mut Compiler)) {
        let mark = self.slot();
        self.steps.push(Step::Mark(mark));
        inside(self);
        self.steps.push(Step::Cut(mark));
    }

    fn repeat(&mut self, inside: &Node, least: usize, most: usize, greed: Greed) {
        if let Some(one) = one(inside) {
            self.steps.push(Step::Many { one, least, most, greed });
        } else if greed == Greed::Possessive {
            self.atomic(|compiler| compiler.rounds(inside, least, most, Greed::Greedy));
        } else {
            self.rounds(inside, least, most, greed);
        }
    }

    fn rounds(&mut self, inside: &Node, least: usize, most: usize, greed: Greed) {
        let (counter, start) = (self.slot(), self.slot());
        self.steps.push(Step::Zero(counter));
        let test = self.hole();
        self.steps.push(Step::Save(start));
        self.node(inside);
        self.steps.push(Step::Round { counter, back: test });
        let exit = self.steps.len();
        self.steps[test] = Step::Loop { counter, start, least, most, lazy: greed == Greed::Lazy, exit };
    }

    fn conditional(&mut self, group: usize, yes: &Node, no: &Node) {
        let test = self.hole();
        self.node(yes);
        let end = self.hole();
        self.steps[test] = Step::Unless(group, self.steps.len());
        self.node(no);
        self.steps[end] = Step::Jump(self.steps.len());
    }
}

fn one(node: &Node) -> Option<One> {
    match node {
        Node::Char(c, mode) => Some(One::Char(*c, *mode)),
        Node::Any { line_ends } => Some(One::Any { line_ends: *line_ends }),
        Node::Set(set) => Some(One::Set(set.clone())),
        _ => None,
    }
}
