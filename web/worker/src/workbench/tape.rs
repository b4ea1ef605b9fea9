//! The tape: what the last run left at each of its steps, and where on it the database is shown.

use retort::database::images::Image;
use retort::runtime::trace::Step;
use retort::script::Direction;

/// A step that was taken, with the database right after it.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    /// What happened.
    pub(super) step: Step,
    /// The whole database behind it, the open transaction included.
    pub(super) image: Image,
}

/// The steps of one revision's run, and the place on them that is shown.
#[derive(Debug, Default)]
pub(super) struct Tape {
    /// The database before the first step.
    base: Option<Image>,
    taken: Vec<Taken>,
    /// How many steps lie behind the place that is shown.
    at: usize,
}

impl Tape {
    /// A revision begins, from this database.
    pub(super) fn begin(&mut self, image: Image) {
        self.base = Some(image);
        self.taken.clear();
        self.at = 0;
    }

    /// Nothing is on it: the database is shown as it is, with nothing lit.
    pub(super) fn clear(&mut self) {
        self.base = None;
        self.taken.clear();
        self.at = 0;
    }

    /// A step was taken. A step of another revision begins a new tape where the last one ended, or where the rows that
    /// were put in between have left the database.
    pub(super) fn push(&mut self, step: Step, image: Image, between: Option<Image>) {
        let other = |last: &Taken| last.step.revision != step.revision || last.step.direction != step.direction;
        if self.taken.last().is_some_and(other) {
            self.base = between.or_else(|| self.taken.last().map(|last| last.image.clone()));
            self.taken.clear();
        }
        match self.taken.last_mut() {
            // A line that goes on is the same step with more in it.
            Some(last) if last.step.number == step.number => *last = Taken { step, image },
            _ => self.taken.push(Taken { step, image }),
        }
        self.at = self.taken.len();
    }

    /// Steps back over what was just done; `false` at the first step.
    pub(super) fn rewind(&mut self) -> bool {
        let possible = self.at > 1;
        self.at -= usize::from(possible);
        possible
    }

    /// Goes forward over known ground; `false` at the frontier.
    pub(super) fn replay(&mut self) -> bool {
        let possible = self.at < self.taken.len();
        self.at += usize::from(possible);
        possible
    }

    /// Goes to a step that is on the tape.
    pub(super) fn go_to(&mut self, step: u32) -> bool {
        let possible = step >= 1 && step as usize <= self.taken.len();
        if possible {
            self.at = step as usize;
        }
        possible
    }

    /// The steps up to the place that is shown; the last one is lit.
    pub(super) fn behind(&self) -> Vec<Step> {
        self.taken[..self.at].iter().map(|taken| taken.step.clone()).collect()
    }

    /// The steps beyond it that were taken and rewound.
    pub(super) fn beyond(&self) -> Vec<Step> {
        self.taken[self.at..].iter().map(|taken| taken.step.clone()).collect()
    }

    /// Every step on it.
    pub(super) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.taken.iter().map(|taken| &taken.step)
    }

    /// The step that is lit.
    pub(super) fn lit(&self) -> Option<&Step> {
        self.at.checked_sub(1).map(|at| &self.taken[at].step)
    }

    /// The database before the revision, before the lit step, and behind it.
    pub(super) fn images(&self) -> Option<[Image; 3]> {
        let base = self.base.clone()?;
        let at = |place: usize| place.checked_sub(1).map_or(&base, |place| &self.taken[place].image).clone();
        Some([at(0), at(self.at.saturating_sub(1)), at(self.at)])
    }

    /// How many steps lie behind the place that is shown.
    pub(super) fn done(&self) -> u32 {
        self.at as u32
    }

    /// Which way the lit run goes.
    pub(super) fn upgrades(&self) -> bool {
        self.taken.first().is_none_or(|taken| taken.step.direction == Direction::Up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use retort::database::images::Images;

    fn step(revision: &str, number: u32) -> Step {
        Step {
            revision: revision.into(),
            direction: Direction::Up,
            number,
            place: None,
            events: Vec::new(),
            changes: 1,
            micros: 0,
        }
    }

    fn image(bytes: &[u8]) -> Image {
        Images::default().keep(bytes)
    }

    fn shown(tape: &Tape) -> Vec<Vec<u8>> {
        tape.images().expect("begun").iter().map(Image::bytes).collect()
    }

    #[test]
    fn rewinding_shows_earlier_images_and_runs_nothing() {
        let mut tape = Tape::default();
        tape.begin(image(b"0"));
        tape.push(step("a", 1), image(b"1"), None);
        tape.push(step("a", 2), image(b"2"), None);
        assert_eq!(shown(&tape), [b"0".to_vec(), b"1".to_vec(), b"2".to_vec()]);
        assert!(tape.rewind() && !tape.rewind());
        assert_eq!(shown(&tape), [b"0".to_vec(), b"0".to_vec(), b"1".to_vec()]);
        assert!(tape.replay() && !tape.replay());
        tape.push(step("b", 1), image(b"3"), None);
        assert_eq!(shown(&tape), [b"2".to_vec(), b"2".to_vec(), b"3".to_vec()]);
    }

    #[test]
    fn a_line_that_goes_on_is_one_step() {
        let mut tape = Tape::default();
        tape.begin(image(b"0"));
        tape.push(step("a", 1), image(b"1"), None);
        tape.push(step("a", 1), image(b"2"), None);
        assert_eq!((tape.done(), shown(&tape)[2].clone()), (1, b"2".to_vec()));
    }
}
