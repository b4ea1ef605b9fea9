//! What the state asks of the browser: imperatives, carried out in one place.

use super::{
    Action,
    layout::Theme,
    projects::{Card, Settings},
};
use retort_protocol::{Request, share::Download};

/// Something for the browser to do.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// Send a request to the worker.
    Send(u32, Request),
    /// End the worker and start another.
    RestartWorker,
    /// Say this to the state after so many milliseconds.
    After(u32, Box<Action>),

    /// Load a project's checkpoint, and take the project for this tab.
    Load(String),
    /// Take a project for this tab without loading it.
    Claim(String),
    /// Keep a checkpoint.
    Save(Box<Card>, Vec<u8>),
    /// Change what the list says about a project.
    Relabel(Box<Card>),
    /// Forget a project.
    Forget(String),
    /// Keep the settings.
    Remember(Settings),
    /// The address without its link.
    ClearAddress,
    /// The document's name.
    Entitle(String),

    /// Put a text into the clipboard.
    Copy(String),
    /// Put a file on the visitor's disk.
    Download(Download),

    /// Another theme.
    Dress(Theme),
    /// Move the focus.
    Focus(Target),
}

/// Where the focus can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The terminal's line.
    Terminal,
    /// The next pane.
    NextPane,
    /// The pane before.
    PreviousPane,
}
