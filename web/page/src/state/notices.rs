//! What stands above the workbench until it is dismissed.

use retort_protocol::files::Trouble;

/// A notice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Notice {
    /// The project came with a link, and is not kept yet.
    Opened {
        /// Its name.
        title: String,
        /// "at step 2 of 3".
        position: String,
    },
    /// Another tab has this project; here is a copy.
    OtherTab,
    /// This browser keeps nothing here.
    Forbidden,
    /// This browser's store is full.
    Full,
    /// The engine fell over and was started anew; why.
    Lost(String),
    /// The engine fell over again while the project was being brought back; why.
    Beyond(String),
    /// The engine does not answer.
    Silent,
    /// Something could not be done, or should be known.
    Trouble(Trouble),
}

/// Adds a notice unless it stands there already; the newest of a kind takes the place of the older.
pub(super) fn add(notices: &mut Vec<Notice>, notice: Notice) {
    notices.retain(|old| std::mem::discriminant(old) != std::mem::discriminant(&notice));
    notices.push(notice);
}
