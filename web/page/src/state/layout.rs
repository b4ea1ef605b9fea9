//! Theme, sizes, menus.

use super::{Effect, State, projects};
use serde::{Deserialize, Serialize};

/// Theme, sizes, menus.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// The theme.
    pub(crate) theme: Theme,
    /// The window's width.
    pub(crate) width: u32,
    /// The window's height.
    pub(crate) height: u32,
    /// Whether the terminal is unfolded; `None`: as the height allows.
    pub(crate) terminal: Option<bool>,
    /// The page's own address, without what stands behind `#`.
    pub(crate) place: String,
    /// Whether the project's menu is open.
    pub(crate) menu: bool,
    /// Whether the menu of the database is open.
    pub(crate) database_menu: bool,
}

/// Light, dark, or as the browser is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Theme {
    /// As the browser is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The one after it on the button.
    fn next(self) -> Self {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl Layout {
    /// Whether the terminal shows its output, not only its prompt.
    pub(crate) fn terminal_open(&self) -> bool {
        self.terminal.unwrap_or(self.height >= 800 && self.width > 860)
    }
}

pub(super) fn resized(state: &mut State, width: u32, height: u32) -> Vec<Effect> {
    state.layout.width = width;
    state.layout.height = height;
    Vec::new()
}

pub(super) fn theme_toggled(state: &mut State) -> Vec<Effect> {
    state.layout.theme = state.layout.theme.next();
    vec![Effect::Dress(state.layout.theme), Effect::Remember(projects::settings(state))]
}
