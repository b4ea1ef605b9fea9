//! What keys mean, outside of fields that have their own.

use super::Action;
use retort_protocol::request::Travel;

/// A key with what was held.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    /// Its name: "`ArrowRight`".
    pub(crate) name: String,
    /// Shift was held.
    pub(crate) shift: bool,
    /// Alt was held.
    pub(crate) alt: bool,
    /// Ctrl or the command key was held.
    pub(crate) command: bool,
    /// Where it was pressed.
    pub(crate) place: Place,
}

/// Where a key was pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere in particular.
    #[default]
    Page,
    /// In a field of text or in the editor.
    Text,
    /// In something that has its own arrows: the timeline, a grid, a menu.
    Arrows,
    /// In a dialog.
    Dialog,
}

/// What a key means, if anything.
pub(crate) fn action(key: &Key) -> Option<Action> {
    if key.place == Place::Dialog {
        return None;
    }
    if key.command {
        return history(key);
    }
    match key.name.as_str() {
        "ArrowLeft" | "ArrowRight" => travel(key),
        "F6" => Some(Action::PaneWalked { back: key.shift }),
        "`" if key.place != Place::Text && !key.alt => Some(Action::TerminalCalled),
        "?" if key.place != Place::Text && !key.alt => Some(Action::HelpChosen),
        _ => None,
    }
}

/// Undo and redo, outside of text, which has its own.
fn history(key: &Key) -> Option<Action> {
    let ours = matches!(key.place, Place::Page | Place::Arrows) && !key.alt;
    match (key.name.to_ascii_lowercase().as_str(), key.shift) {
        ("z", false) if ours => Some(Action::Undone),
        ("z", true) | ("y", false) if ours => Some(Action::Redone),
        _ => None,
    }
}

/// Arrows step outside of text; in text, the same with Alt.
fn travel(key: &Key) -> Option<Action> {
    let steps = match key.place {
        Place::Page => !key.alt,
        Place::Text => key.alt,
        Place::Arrows | Place::Dialog => false,
    };
    let travel = match (key.name.as_str(), key.shift) {
        ("ArrowRight", false) => Travel::StepForward,
        ("ArrowRight", true) => Travel::RevisionForward,
        (_, false) => Travel::StepBack,
        (_, true) => Travel::RevisionBack,
    };
    steps.then_some(Action::Travelled(travel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, place: Place, alt: bool, expected: &str) {
        let key = Key { name: name.into(), place, alt, ..Key::default() };
        let said = action(&key).map(|action| format!("{action:?}")).unwrap_or_default();
        assert_eq!(said, expected);
    }

    #[test]
    fn arrows_step_outside_of_text() {
        check("ArrowRight", Place::Page, false, "Travelled(StepForward)");
        check("ArrowRight", Place::Text, false, "");
        check("ArrowRight", Place::Text, true, "Travelled(StepForward)");
        check("ArrowRight", Place::Arrows, false, "");
        check("ArrowLeft", Place::Dialog, false, "");
        check("?", Place::Text, false, "");
        check("?", Place::Page, false, "HelpChosen");
    }

    #[test]
    fn undo_leaves_text_to_its_field() {
        let said = |name: &str, place, shift| {
            let key = Key { name: name.into(), place, shift, command: true, ..Key::default() };
            action(&key).map(|action| format!("{action:?}")).unwrap_or_default()
        };
        assert_eq!(said("z", Place::Page, false), "Undone");
        assert_eq!(said("Z", Place::Page, true), "Redone");
        assert_eq!(said("z", Place::Text, false), "");
        assert_eq!(said("c", Place::Page, false), "");
    }
}
