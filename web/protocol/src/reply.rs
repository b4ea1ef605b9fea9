//! What the worker answers, and what it says unasked.

use serde::{Deserialize, Serialize};

use crate::{
    files::{Autogenerate, Diagnostic, File, Spot, Trouble},
    rows::Window,
    scene::Scene,
    share::{Download, Link, Packing},
    terminal::{Completion, Ink, Offer, Prompt},
};

/// An answer, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The worker listens. Sent once, unasked; what is sent before it is lost.
    Ready {
        /// The database: "SQLite 3.54".
        database: String,
    },
    /// A project is open; files and scene follow.
    Opened(Opened),

    /// These files are new or have another text, kind or sign; those are gone. Also sent after a command that wrote some.
    Files {
        /// New or changed ones, whole.
        changed: Vec<File>,
        /// Paths of those that are gone.
        removed: Vec<String>,
    },
    /// All findings of one file, in the place of the ones before; none: it is fine.
    Diagnostics {
        /// The file.
        path: String,
        /// The findings, in order of place.
        items: Vec<Diagnostic>,
    },
    /// What autogenerate would write now. Sent whenever that may have changed.
    Autogenerate(Autogenerate),
    /// Open this in the editor: a file just made, or the place of an error.
    Show(Spot),

    /// Where the database stands. Sent whenever that changed, or anything that is seen there.
    Scene(Box<Scene>),
    /// A piece of a table.
    Rows(Window),

    /// Output of the terminal, as it comes.
    Output(Vec<Ink>),
    /// A correction for what was typed.
    Offer(Offer),
    /// The terminal listens again.
    Prompt(Prompt),
    /// What Tab offers.
    Completion(Completion),

    /// A link.
    Link(Link),
    /// What a zip would hold.
    Packing(Packing),
    /// A file for the visitor's disk.
    Download(Download),

    /// It takes a while. Sent at least every second while something runs, so that the page knows that the worker lives.
    Progress {
        /// What: "Upgrading to d4a9", "Trying the next steps on a copy".
        doing: String,
        /// How far.
        done: u64,
        /// Of how much, if known.
        of: Option<u64>,
    },
    /// What came without being asked for, as [`Reply::Progress`] under the number of what is unasked told, is here, or will
    /// not come.
    Fetched,
    /// Enough to bring all of it back. Sent after each change that is worth it; the page keeps the last one.
    Checkpoint(Checkpoint),

    /// The request is done. The last reply to it.
    Finished,
    /// The request could not be done, and everything is as before it. The last reply to it.
    Refused(Trouble),
}

/// A project that has just been opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its name for people.
    pub title: String,
    /// Its database: "SQLite 3.54"; for a project whose URL is of another kind that one's name.
    pub database: String,
    /// For a link: where it was made, "at step 2 of 3".
    pub position: Option<String>,
    /// Lines of the terminal that came along.
    pub terminal: Vec<String>,
    /// What must be known about it: the replay differs, files left out, the URL is PostgreSQL's.
    pub warnings: Vec<Trouble>,
    /// What the editor opens first.
    pub show: Option<String>,
}

/// Enough to bring a project back, and what the list of projects says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// For [`crate::request::Source::Checkpoint`].
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// The project's name.
    pub title: String,
    /// How many revisions it has.
    pub revisions: u32,
    /// Where it stands: "at head", "step 2 of 3 in add email".
    pub position: String,
}
