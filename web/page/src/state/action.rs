//! What happened: facts, in the past tense.

use super::{
    files::{Naming, Removing},
    projects::{Card, Settings, Storage},
};
use crate::state::engine::Beat;
use retort_protocol::{
    Reply,
    files::Fix,
    request::Travel,
    rows::{Edit, Show},
    scene::Discipline,
};

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The browser's store was read, or refused itself.
    Started(Box<Start>),
    /// The window has another size.
    Resized {
        /// In CSS pixels.
        width: u32,
        /// In CSS pixels.
        height: u32,
    },

    /// The worker said something.
    Heard {
        /// What it answers.
        number: u32,
        /// What it says.
        reply: Box<Reply>,
    },
    /// The worker is no more.
    WorkerLost(String),
    /// A request has been out for so long that the page says so.
    Waited(u32),
    /// A while later: is the worker alive?
    Watched(Beat),
    /// The button that starts the engine anew.
    RestartChosen,
    /// Stop what is running.
    Stopped,

    /// A sample of the gallery.
    SampleChosen(&'static str),
    /// "Empty project".
    EmptyChosen,
    /// Files from the visitor's disk; one zip, or a folder.
    FilesBrought(Vec<(String, Vec<u8>)>),
    /// The address has a link behind its `#`.
    LinkFollowed(String),
    /// A project of the list.
    ProjectChosen(String),
    /// Its last checkpoint, and whether this tab has it for itself.
    ProjectLoaded {
        /// The project.
        id: String,
        /// Its checkpoint, if there is one.
        bytes: Option<Vec<u8>>,
        /// Whether no other tab has it open.
        alone: bool,
    },
    /// A copy from a link is kept.
    CopyKept,
    /// To the gallery.
    GalleryChosen,
    /// Back to the workbench.
    WorkChosen,
    /// The browser kept the last checkpoint, or could not.
    Saved(Storage),

    /// A file of the tree.
    FileChosen(String),
    /// The editor's text changed.
    FileEdited {
        /// The file.
        path: String,
        /// Its text.
        text: String,
    },
    /// No key for a while.
    TypingPaused(u64),
    /// The button of a correction.
    FixChosen(Fix),
    /// The button of a diagnostic in the editor.
    MarkFixed {
        /// The file.
        path: String,
        /// Which of its diagnostics.
        index: usize,
    },

    /// A button, key or bead that moves.
    Travelled(Travel),
    /// The last thing taken back.
    Undone,
    /// What was taken back, done again.
    Redone,
    /// How migrations are run from now on.
    DisciplineChosen(Discipline),
    /// The menu of the database.
    DatabaseMenuToggled,
    /// "Make revision", with its message.
    RevisionAsked(String),

    /// Changes, or all rows.
    ShowChosen(Show),
    /// A table unfolded or folded.
    TableToggled(String),
    /// These rows of a table are in sight.
    RowsSeen {
        /// The table.
        table: String,
        /// The first.
        first: u64,
        /// The last.
        last: u64,
    },
    /// Rows changed by hand.
    RowsEdited(Edit),

    /// The line of the terminal.
    LineEdited(String),
    /// Enter.
    LineEntered,
    /// Up.
    OlderLine,
    /// Down.
    NewerLine,
    /// Tab.
    CompletionAsked,
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-L.
    TerminalCleared,
    /// The terminal unfolded or folded.
    TerminalToggled,
    /// The key for the terminal.
    TerminalCalled,

    /// "Share".
    ShareChosen,
    /// A box of the share dialog.
    CarryToggled(super::share::Part),
    /// "Copy".
    CopyChosen(super::share::Form),
    /// It is in the clipboard, or the browser refused.
    Copied(bool),
    /// "Export".
    ExportChosen,
    /// A box of the export dialog.
    PackToggled(super::share::Part),
    /// "Download .zip".
    ZipChosen,
    /// "Download .sqlite".
    DatabaseChosen,
    /// "Keys and help".
    HelpChosen,
    /// "Make revision…".
    MakeChosen,
    /// A name is wanted.
    NameChosen(Naming),
    /// The field of a dialog.
    FieldEdited(String),
    /// The button of the dialog that asks for a name.
    NameGiven,
    /// Something shall go; asked first.
    RemoveChosen(Removing),
    /// It shall.
    RemoveConfirmed,
    /// Escape, or the cross.
    DialogClosed,
    /// The project's menu.
    MenuToggled,
    /// A notice's cross.
    NoticeDismissed(usize),
    /// The theme's button.
    ThemeToggled,
    /// A pane asked for by F6.
    PaneWalked {
        /// Towards the first.
        back: bool,
    },
}

/// What the browser knew when the page began.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    /// The page's own address.
    pub(crate) place: String,
    /// What stands behind `#` in it.
    pub(crate) fragment: String,
    /// Whether this browser keeps anything.
    pub(crate) storage: Storage,
    /// The projects it has kept.
    pub(crate) projects: Vec<Card>,
    /// What was set.
    pub(crate) settings: Settings,
    /// A word that no other tab has.
    pub(crate) tab: String,
}
