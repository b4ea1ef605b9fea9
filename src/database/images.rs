//! Many images of one database, of which each keeps only the pages that no other has.

use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::rc::{Rc, Weak};

/// Bytes of a page; SQLite's default, to which both builds are aligned.
const PAGE: usize = 4096;

/// A page that images share.
type Page = Rc<[u8]>;

/// Keeps images; a page lives as long as an image that has it.
#[derive(Debug, Default)]
pub struct Images {
    pages: FxHashMap<u64, Vec<Weak<[u8]>>>,
}

/// One image: a database at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    pages: Vec<Page>,
}

impl Images {
    /// Keeps an image; pages that are known already cost nothing.
    pub fn keep(&mut self, bytes: &[u8]) -> Image {
        Image { pages: bytes.chunks(PAGE).map(|page| self.page(page)).collect() }
    }

    /// Bytes of all pages that live, each counted once.
    pub fn bytes(&self) -> usize {
        self.pages.values().flatten().filter_map(Weak::upgrade).map(|page| page.len()).sum()
    }

    fn page(&mut self, bytes: &[u8]) -> Page {
        let mut hasher = rustc_hash::FxHasher::default();
        bytes.hash(&mut hasher);
        let known = self.pages.entry(hasher.finish()).or_default();
        known.retain(|page| page.strong_count() > 0);
        if let Some(page) = known.iter().filter_map(Weak::upgrade).find(|page| **page == *bytes) {
            return page;
        }
        let page: Page = bytes.into();
        known.push(Rc::downgrade(&page));
        page
    }
}

impl Image {
    /// The bytes, as they were kept.
    pub fn bytes(&self) -> Vec<u8> {
        self.pages.concat()
    }

    /// Whether both, kept in one place, are the same database: what is shared is not compared byte by byte.
    pub fn same(&self, other: &Image) -> bool {
        self.pages.len() == other.pages.len() && self.pages.iter().zip(&other.pages).all(|(a, b)| Rc::ptr_eq(a, b))
    }

    /// Its pages, in order; the last one may be short.
    pub fn pages(&self) -> &[Rc<[u8]>] {
        &self.pages
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.pages.iter().map(|page| page.len()).sum()
    }

    /// Whether nothing is in it: the database had not been made.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_share_the_pages_that_did_not_change() {
        let mut images = Images::default();
        let mut bytes = vec![1; PAGE * 3 + 10];
        let first = images.keep(&bytes);
        bytes[PAGE * 2] = 7;
        let second = images.keep(&bytes);
        assert_eq!(second.bytes(), bytes);
        assert!(Rc::ptr_eq(&first.pages[0], &second.pages[0]));
        assert!(!Rc::ptr_eq(&first.pages[2], &second.pages[2]));
        assert!(first.same(&first.clone()) && !first.same(&second));
        assert_eq!(images.bytes(), PAGE * 2 + 10);
    }
}
