//! The tape: what has been run, position by position, and where on it somebody looks.
//!
//! Rewinding runs no code: a position knows the image of its database. Going forward over known ground is a look-up; only
//! at the frontier does a run go on.

use super::trace::Step;

/// Positions in the order in which they were reached. `I` is how an image is kept.
#[derive(Debug, Clone)]
pub struct Tape<I> {
    positions: Vec<Position<I>>,
    at: usize,
}

/// A state of the database.
#[derive(Debug, Clone)]
pub struct Position<I> {
    /// The database.
    pub image: I,
    /// The step that led here; none at the beginning.
    pub step: Option<Step>,
}

impl<I> Tape<I> {
    /// A tape that begins with the database as it is.
    pub fn new(image: I) -> Self {
        Tape { positions: vec![Position { image, step: None }], at: 0 }
    }

    /// A step was run: its position is the frontier, and looked at.
    pub fn record(&mut self, step: Step, image: I) {
        self.positions.push(Position { image, step: Some(step) });
        self.at = self.positions.len() - 1;
    }

    /// The last step went on after it was shown (a loop): its position is replaced.
    pub fn replace(&mut self, step: Step, image: I) {
        if self.positions.len() > 1 {
            self.positions.pop();
        }
        self.record(step, image);
    }

    /// The position that is looked at.
    pub fn here(&self) -> &Position<I> {
        &self.positions[self.at]
    }

    /// The position before the one that is looked at, to compare with.
    pub fn before(&self) -> Option<&Position<I>> {
        self.at.checked_sub(1).map(|at| &self.positions[at])
    }

    /// All positions.
    pub fn positions(&self) -> &[Position<I>] {
        &self.positions
    }

    /// How many steps lead here.
    pub fn number(&self) -> usize {
        self.at
    }

    /// Whether what is looked at is as far as was run.
    pub fn at_frontier(&self) -> bool {
        self.at + 1 == self.positions.len()
    }

    /// One step back; whether there was one.
    pub fn back(&mut self) -> bool {
        let moved = self.at > 0;
        self.at -= usize::from(moved);
        moved
    }

    /// One step forward over known ground; whether there was one.
    pub fn forward(&mut self) -> bool {
        let moved = !self.at_frontier();
        self.at += usize::from(moved);
        moved
    }

    /// To a position; whether it is known.
    pub fn go(&mut self, number: usize) -> bool {
        let known = number < self.positions.len();
        if known {
            self.at = number;
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::Tape;
    use crate::runtime::trace::Step;
    use crate::script::Direction;

    fn step(number: u32) -> Step {
        Step {
            revision: "a".into(),
            direction: Direction::Up,
            number,
            place: None,
            events: Vec::new(),
            changes: 1,
            micros: 0,
        }
    }

    #[test]
    fn rewinding_and_going_forward_again_runs_nothing() {
        let mut tape = Tape::new("empty");
        tape.record(step(1), "one");
        tape.record(step(2), "two");
        assert!(tape.at_frontier() && tape.back() && tape.back() && !tape.back());
        assert_eq!((tape.here().image, tape.number()), ("empty", 0));
        assert!(tape.forward() && tape.go(2) && tape.at_frontier() && !tape.forward() && !tape.go(3));
    }
}
