//! What was made of texts before, kept for the next run: compiled sources, heads of revisions, reflected tables.

use rustc_hash::FxHashMap;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How many bytes of texts are kept: what comes on top of that begins anew.
const BYTES: usize = 16 << 20;

/// Things by the text that they were made of, and of nothing else: whoever has the same text has the same thing.
pub struct Kept {
    things: RefCell<FxHashMap<TypeId, FxHashMap<Box<str>, Rc<dyn Any>>>>,
    bytes: Cell<usize>,
    room: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Kept::with_room(BYTES)
    }
}

impl Kept {
    fn with_room(room: usize) -> Self {
        Kept { things: RefCell::default(), bytes: Cell::default(), room }
    }

    /// What was made of this text.
    pub fn get<T: 'static>(&self, text: &str) -> Option<Rc<T>> {
        let thing = self.things.borrow().get(&TypeId::of::<T>())?.get(text).cloned()?;
        thing.downcast().ok()
    }

    /// Keeps what was made of a text.
    pub fn keep<T: 'static>(&self, text: &str, thing: T) -> Rc<T> {
        let thing = Rc::new(thing);
        let mut things = self.things.borrow_mut();
        self.bytes.set(self.bytes.get() + text.len());
        if self.bytes.get() > self.room {
            things.clear();
            self.bytes.set(text.len());
        }
        things.entry(TypeId::of::<T>()).or_default().insert(text.into(), Rc::clone(&thing) as Rc<dyn Any>);
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_thing_of_each_kind() {
        let kept = Kept::default();
        kept.keep("a", 1_u8);
        kept.keep("a", "one");
        assert_eq!(kept.get::<u8>("a").as_deref(), Some(&1));
        assert_eq!(kept.get::<&str>("a").as_deref(), Some(&"one"));
        assert_eq!(kept.get::<u8>("b"), None);
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let kept = Kept::with_room(3);
        kept.keep("aaa", 1_u8);
        kept.keep("b", 2_u8);
        assert_eq!(kept.get::<u8>("aaa"), None);
        assert_eq!(kept.get::<u8>("b").as_deref(), Some(&2));
    }
}
