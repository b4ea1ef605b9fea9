//! What knows the page's elements and no migrations.

pub(crate) mod dialog;
pub(crate) mod editor;
pub(crate) mod grid;
pub(crate) mod icon;
pub(crate) mod ink;
pub(crate) mod said;

use crate::state::Action;
use yew::{Callback, MouseEvent, hook, use_context};

/// How a widget says what happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dispatch(Callback<Action>);

impl Dispatch {
    /// Speaks through `tell`.
    pub(crate) fn new(tell: Callback<Action>) -> Self {
        Self(tell)
    }

    /// Something happened.
    pub(crate) fn emit(&self, action: Action) {
        self.0.emit(action);
    }

    /// A click that means `action`.
    pub(crate) fn click(&self, action: Action) -> Callback<MouseEvent> {
        self.0.reform(move |_| action.clone())
    }

    /// An event whose meaning `read` knows.
    pub(crate) fn on<E: 'static>(&self, read: impl Fn(E) -> Action + 'static) -> Callback<E> {
        self.0.reform(read)
    }
}

/// The page's dispatch.
#[hook]
pub(crate) fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("the root provides the dispatch")
}
