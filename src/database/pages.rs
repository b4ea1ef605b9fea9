//! The leaves of a table in an image, read from SQLite's file format, so that what two images share is not read as rows.
//!
//! <https://sqlite.org/fileformat2.html>; what is damaged or laid out otherwise gives `None`, and the rows are read instead.

use super::images::Image;
use std::rc::Rc;

/// A page of rows.
#[derive(Debug, Clone)]
pub struct Leaf {
    page: Rc<[u8]>,
    /// The number of its first row.
    pub first: i64,
    /// The number of its last row.
    pub last: i64,
    /// How many rows it has.
    pub rows: u64,
    /// Whether a row of it goes on in pages elsewhere, so that the page alone does not tell whether it changed.
    pub spilled: bool,
}

impl Leaf {
    /// Where the page lies: what leaves are the same by.
    pub(super) fn address(&self) -> usize {
        self.page.as_ptr() as usize
    }
}

/// Pages from the root down to a leaf at most.
const DEPTH: usize = 20;
/// The kinds of pages that a table's tree has.
const INTERIOR: u8 = 5;
const LEAF: u8 = 13;

/// The leaves of the table whose tree has this root, in the order of the rows' numbers.
pub fn leaves(image: &Image, root: u32) -> Option<Vec<Leaf>> {
    let head = image.pages().first()?;
    let size = match u16::from_be_bytes(head.get(16..18)?.try_into().ok()?) {
        1 => 65_536,
        size => usize::from(size),
    };
    let reserved = usize::from(*head.get(20)?);
    // An image's pages are SQLite's only where both have one size.
    if size != head.len() || size < 512 || reserved > size - 480 {
        return None;
    }
    let tree = Tree { image, usable: size - reserved };
    let mut found = Vec::new();
    tree.walk(root, DEPTH, &mut found)?;
    Some(found)
}

struct Tree<'a> {
    image: &'a Image,
    usable: usize,
}

impl Tree<'_> {
    fn walk(&self, number: u32, depth: usize, found: &mut Vec<Leaf>) -> Option<()> {
        let page = self.image.pages().get(number.checked_sub(1)? as usize)?;
        let head = if number == 1 { 100 } else { 0 };
        match *page.get(head)? {
            LEAF => found.extend(self.leaf(page, head)?),
            INTERIOR => {
                for at in cells(page, head, 12)? {
                    self.walk(number_at(page, at)?, depth.checked_sub(1)?, found)?;
                }
                self.walk(number_at(page, head + 8)?, depth.checked_sub(1)?, found)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// A leaf; `None` inside where it has no rows, as an empty table's root.
    fn leaf(&self, page: &Rc<[u8]>, head: usize) -> Option<Option<Leaf>> {
        let cells = cells(page, head, 8)?;
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
            return Some(None);
        };
        let mut spilled = false;
        for at in &cells {
            spilled |= varint(page, *at)?.0 > (self.usable - 35) as i64;
        }
        let row = |at: usize| {
            let (_, next) = varint(page, at)?;
            Some(varint(page, next)?.0)
        };
        let (first, last) = (row(*first)?, row(*last)?);
        Some(Some(Leaf { page: Rc::clone(page), first, last, rows: cells.len() as u64, spilled }))
    }
}

/// Where a page's cells begin.
fn cells(page: &[u8], head: usize, length: usize) -> Option<Vec<usize>> {
    let count = u16::from_be_bytes(page.get(head + 3..head + 5)?.try_into().ok()?);
    let pointers = page.get(head + length..head + length + usize::from(count) * 2)?;
    Some(pointers.chunks_exact(2).map(|pair| usize::from(u16::from_be_bytes([pair[0], pair[1]]))).collect())
}

fn number_at(page: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(page.get(at..at + 4)?.try_into().ok()?))
}

/// A number of SQLite's variable length, and where the next one begins.
fn varint(page: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut value: u64 = 0;
    for place in 0..9 {
        let byte = *page.get(at + place)?;
        if place == 8 {
            return Some(((value << 8 | u64::from(byte)) as i64, at + 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value as i64, at + place + 1));
        }
    }
    None
}
