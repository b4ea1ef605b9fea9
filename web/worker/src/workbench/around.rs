//! What happens around each revision, here and on the copies on which the future is tried: its randomness is its own, so
//! that it draws the same numbers however one comes to it; and the project's first rows go in after theirs.

use crate::console::complete;
use crate::shell::paths;
use crate::world::World;
use retort::error::DatabaseError;
use retort::host::memory::Memory;
use retort::host::{Connection, Status};
use retort::runtime;
use retort::script::Direction;
use std::cell::RefCell;
use std::rc::Rc;

/// The rows that a project begins with; its first line names the revision after which they are put in.
pub(super) const SEED: &str = "seed.sql";
/// Letters of a revision's id that suffice to name it.
const ENOUGH: usize = 4;

/// What was done around revisions, for the workbench.
#[derive(Default)]
pub(super) struct Told {
    /// What is to be said of it.
    pub(super) said: Vec<String>,
    /// The database behind the first rows.
    pub(super) image: Option<Vec<u8>>,
}

/// What happens around the revisions of one run.
pub(super) struct Around {
    host: Rc<Memory>,
    seed: u64,
    rows: Option<FirstRows>,
    told: Rc<RefCell<Told>>,
    /// The state of the project's randomness, to which it comes back.
    resume: Option<u64>,
}

/// The project's first rows.
pub(super) struct FirstRows {
    /// The revision after which they are put in, or the beginning of its id.
    pub(super) after: String,
    script: String,
}

impl FirstRows {
    /// Those of a project; a file whose first line names no revision is none of ours.
    pub(super) fn of(world: &World) -> Option<Self> {
        let script = crate::files::text(&world.host, &paths::absolute(SEED))?;
        let after = script.lines().next()?.strip_prefix("-- after:")?.trim().to_string();
        Some(FirstRows { after, script })
    }

    /// Whether they follow this revision.
    pub(super) fn follow(&self, revision: &str) -> bool {
        revision == self.after || (self.after.len() >= ENOUGH && revision.starts_with(&self.after))
    }

    // Inside a revision's transaction they are part of it; they are all there or none of them is.
    fn put_in(&self, connection: &mut dyn Connection) -> Result<(), DatabaseError> {
        let (begin, commit, undo) = match connection.status() {
            Status::Idle => ("BEGIN", "COMMIT", ["ROLLBACK"].as_slice()),
            _ => (
                "SAVEPOINT first_rows",
                "RELEASE first_rows",
                ["ROLLBACK TO first_rows", "RELEASE first_rows"].as_slice(),
            ),
        };
        connection.execute(begin, &[])?;
        for statement in complete::statements(&self.script) {
            if let Err(error) = connection.execute(statement, &[]) {
                undo.iter().try_for_each(|word| connection.execute(word, &[]).map(drop))?;
                return Err(error);
            }
        }
        connection.execute(commit, &[]).map(drop)
    }
}

impl Around {
    /// For a run in this world.
    pub(super) fn of(world: &World, told: &Rc<RefCell<Told>>) -> Self {
        let (host, told) = (Rc::clone(&world.host), Rc::clone(told));
        Around { host, seed: world.seed, rows: FirstRows::of(world), told, resume: None }
    }

    fn come_back(&mut self) {
        if let Some(state) = self.resume.take() {
            self.host.set_seed(state);
        }
    }
}

impl runtime::Around for Around {
    fn before(&mut self, revision: &str, direction: Direction) {
        self.come_back();
        self.resume = Some(self.host.seed());
        let way = if direction == Direction::Up { "up" } else { "down" };
        self.host.set_seed(mixed(self.seed, &[revision, way]));
    }

    fn after(&mut self, revision: &str, direction: Direction, connection: &mut dyn Connection) {
        let rows = self.rows.as_ref().filter(|rows| direction == Direction::Up && rows.follow(revision));
        if let Some(rows) = rows {
            let mut told = self.told.borrow_mut();
            told.said.push(match rows.put_in(connection) {
                Ok(()) => format!("The rows of {SEED} were put in.\n"),
                Err(error) => format!("The rows of {SEED} could not be put in: {}\n", error.message),
            });
            told.image = connection.image();
        }
        self.come_back();
    }
}

impl Drop for Around {
    // A revision that was left has drawn numbers that nobody keeps.
    fn drop(&mut self) {
        self.come_back();
    }
}

/// A seed made of another one and of words: FNV-1a, which is the same everywhere.
pub(super) fn mixed(seed: u64, words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    seed.to_le_bytes()
        .into_iter()
        .chain(bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
