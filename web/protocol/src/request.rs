//! What the page asks.

use serde::{Deserialize, Serialize};

use crate::{
    rows,
    scene::Discipline,
    share::{Carry, Pack},
};

/// A question or a command of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Open a project in the place of the one that is open. Answered by `Opened`, `Files` (all of them), `Diagnostics`,
    /// `Scene`, `Autogenerate`, `Prompt`, `Checkpoint`; or refused, and then the old one stays open.
    Open(Source),

    /// The text of a file is now this. Answered by `Diagnostics` for every file whose findings changed, soon after by
    /// `Autogenerate`, and by a `Scene` when beads ahead changed. The page waits for a pause in typing before it sends it.
    Write {
        /// The file, an existing one.
        path: String,
        /// Its whole text.
        text: String,
    },
    /// A new file. Refused when there is one of that name, or the name is none.
    Create {
        /// The file.
        path: String,
        /// Its text.
        text: String,
    },
    /// Another name for a file. Answered by `Files`.
    Rename {
        /// The name now.
        from: String,
        /// The name then.
        to: String,
    },
    /// A file away. Answered by `Files`.
    Delete {
        /// The file.
        path: String,
    },
    /// What the button "Make revision" does: `alembic revision --autogenerate -m MESSAGE`, written to the terminal as if
    /// typed. Answered by `Files`, `Show` (the new file), `Scene`.
    MakeRevision {
        /// Its message.
        message: String,
    },

    /// Move through the migrations. Answered by `Scene`, and by `Progress` if it takes long.
    Move(Travel),

    /// A piece of a table. Answered by `Rows`.
    Rows(rows::Asked),
    /// Change rows by hand. Answered by `Scene`; refused inside a revision, and when the database refuses.
    EditRows(rows::Edit),

    /// Take back what `Scene::history` names under `undo`. Runs no code: database and files are put back as they were.
    /// Answered by `Files`, `Scene`, `Prompt`; refused when there is nothing.
    Undo,
    /// Do again what `Scene::history` names under `redo`. Answered as `Undo`.
    Redo,
    /// How this project's migrations are run from now on; travels in links and zips. An open revision is left first.
    /// Answered by `Scene`.
    Discipline(Discipline),

    /// A line typed in the terminal. Answered by `Output` as it comes, `Offer`, `Files`, `Scene`, `Prompt`.
    Type {
        /// The line, without its end.
        line: String,
    },
    /// Tab in the terminal. Answered by `Completion`.
    Complete {
        /// The line up to the cursor.
        line: String,
    },
    /// Stop what is running: Ctrl-C, or the button. What runs is refused as stopped, a revision in work is rolled back.
    Stop,

    /// A link of everything. Answered by `Link`.
    Link(Carry),
    /// What a zip would hold. Answered by `Packing`.
    Packing,
    /// A zip of the project. Answered by `Download`.
    Zip(Pack),
    /// The database as it is here. Answered by `Download`.
    Database,
    /// The project's name for people; travels in links and zips.
    Retitle {
        /// The name.
        title: String,
    },
}

/// Where a project comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// One of [`crate::samples::ALL`], by its name.
    Sample(String),
    /// A folder with a blank models.py and a fresh environment.
    Empty,
    /// A zip.
    Zip {
        /// The file's name.
        name: String,
        /// Its content.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// A folder that was dropped or chosen.
    Folder {
        /// The folder's name.
        name: String,
        /// Path within it, and content.
        files: Vec<(String, Vec<u8>)>,
    },
    /// What stood behind `#` in the address.
    Link(String),
    /// What a `Checkpoint` carried.
    Checkpoint(#[serde(with = "serde_bytes")] Vec<u8>),
}

/// A way through the migrations. Right is towards head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Travel {
    /// ▶: goes on in an upgrade, enters the next one, or steps back over what a downgrade has just done.
    StepForward,
    /// ◀: goes on in a downgrade, enters this revision's, or steps back over what an upgrade has just done.
    StepBack,
    /// To the end of the open revision, or of the next one.
    RevisionForward,
    /// To the beginning of the open revision, or before the one just applied.
    RevisionBack,
    /// Before the first revision.
    Base,
    /// To the end of the last revision; with several heads, of all of them.
    Head,
    /// To a bead.
    Bead {
        /// The revision's whole id.
        revision: String,
        /// The step, as the bead has it.
        step: u32,
    },
    /// To the end of a revision.
    Revision(String),
}
