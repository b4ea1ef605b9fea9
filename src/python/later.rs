//! Embedded modules that few scripts import. In the page their bytes are not there from the beginning: whoever wants one
//! has them fetched first, with the later part of the worker's program (`web/split`). Natively they are simply there.

use std::cell::Cell;
use std::hint::black_box;

/// What stands before an image for the splitter to find it: a mark and a length.
const MARK: usize = 20;

thread_local! {
    static FETCH: Cell<fn()> = const { Cell::new(|| ()) };
}

/// `fetch` brings the later part, if it is not there yet.
pub fn fetch_by(fetch: fn()) {
    FETCH.set(fetch);
}

/// An image that comes later.
pub struct Later {
    /// The modules' names, one a line: known from the beginning.
    pub(crate) names: &'static str,
    /// The image behind its mark.
    pub(crate) marked: &'static [u8],
}

impl Later {
    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        self.names.lines()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.modules().any(|known| known == name)
    }

    /// Whether a module has submodules here.
    pub(crate) fn is_package(&self, name: &str) -> bool {
        self.modules().any(|known| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    }

    /// The image, fetched.
    pub(crate) fn image(&self) -> &'static [u8] {
        FETCH.get()();
        // The compiler must not read any of it before it was fetched.
        &black_box(self.marked)[MARK..]
    }
}
