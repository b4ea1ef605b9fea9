//! What the page knows, and how it changes. Nothing here names the browser; nothing outside assigns to [`State`].

pub(crate) mod action;
pub(crate) mod effect;
pub(crate) mod engine;
pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod layout;
pub(crate) mod notices;
pub(crate) mod projects;
pub(crate) mod rows;
pub(crate) mod share;
pub(crate) mod step;
pub(crate) mod terminal;
mod update;

#[cfg(test)]
mod tests;

pub(crate) use action::Action;
pub(crate) use effect::Effect;
pub(crate) use update::update;

use retort_protocol::{files::Autogenerate, scene::Scene};
use std::rc::Rc;

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Which of the two pages.
    pub(crate) screen: Screen,
    /// The worker and what it was asked.
    pub(crate) engine: engine::Engine,
    /// The project that is open.
    pub(crate) project: Option<projects::Project>,
    /// Its files.
    pub(crate) files: files::Files,
    /// Where its database stands.
    pub(crate) scene: Rc<Scene>,
    /// What a revision would hold now.
    pub(crate) autogenerate: Rc<Autogenerate>,
    /// The grids.
    pub(crate) rows: rows::Rows,
    /// The terminal.
    pub(crate) terminal: terminal::Terminal,
    /// What stands over the page.
    pub(crate) dialog: Option<Dialog>,
    /// What stands above the workbench until dismissed.
    pub(crate) notices: Vec<notices::Notice>,
    /// The projects of this browser.
    pub(crate) shelf: projects::Shelf,
    /// Theme, sizes, menus.
    pub(crate) layout: layout::Layout,
}

impl State {
    /// Whether something is still on its way to the engine or from it.
    pub(crate) fn busy(&self) -> bool {
        !self.engine.pending.is_empty() || !self.files.settled()
    }
}

/// Which of the two pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Not known yet: the list of projects has not been read.
    #[default]
    Opening,
    /// The gallery.
    Welcome,
    /// The workbench.
    Work,
}

/// What stands over the page. One at a time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Dialog {
    /// A link.
    Share(share::Sharing),
    /// A zip, or the database.
    Export(share::Exporting),
    /// Keys and help.
    Help,
    /// "Make revision…"
    Make {
        /// Its message.
        message: String,
    },
    /// A name is asked.
    Name(files::Naming),
    /// Shall it really go?
    Remove(files::Removing),
}
