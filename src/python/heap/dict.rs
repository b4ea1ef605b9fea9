//! The table behind `dict`, `set` and namespaces: entries in order, found by hash. It compares no keys itself.

use crate::python::value::{Handle, Value};

const EMPTY: u32 = u32::MAX;
/// Up to here a scan over the hashes is quicker than a table.
const SCAN: usize = 8;

/// One entry; a removed one has an unbound key.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) hash: u64,
    pub(crate) key: Value,
    pub(crate) value: Value,
}

/// Entries in the order of insertion.
#[derive(Default, Clone)]
pub(crate) struct Dict {
    entries: Vec<Entry>,
    table: Vec<u32>,
    live: u32,
    /// How often a key has come.
    added: u32,
}

impl Dict {
    /// Room for so many entries.
    pub(crate) fn with_capacity(count: usize) -> Dict {
        Dict { entries: Vec::with_capacity(count), ..Dict::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.live as usize
    }

    /// A number that changes when a key comes that was not there.
    #[inline]
    pub(crate) fn added(&self) -> u32 {
        self.added
    }

    /// One past the last place; places of removed entries count.
    pub(crate) fn places(&self) -> usize {
        self.entries.len()
    }

    /// The entry at a place, unless it was removed.
    pub(crate) fn at(&self, place: usize) -> Option<Entry> {
        self.entries.get(place).copied().filter(|entry| !entry.key.is_unbound())
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = Entry> + '_ {
        self.entries.iter().copied().filter(|entry| !entry.key.is_unbound())
    }

    pub(crate) fn set_at(&mut self, place: usize, value: Value) {
        self.entries[place].value = value;
    }

    /// Places whose entry has this hash, in probing order.
    pub(crate) fn candidates(&self, hash: u64) -> Candidates<'_> {
        let slot = if self.table.is_empty() { 0 } else { self.slot(hash) };
        Candidates { dict: self, hash, slot }
    }

    /// The place of the entry with this hash whose key fits.
    #[inline]
    pub(crate) fn find(&self, hash: u64, mut fits: impl FnMut(Value) -> bool) -> Option<usize> {
        if self.table.is_empty() {
            return self.entries.iter().position(|entry| entry.hash == hash && fits(entry.key));
        }
        let mut slot = self.slot(hash);
        loop {
            let place = self.table[slot];
            if place == EMPTY {
                return None;
            }
            let entry = &self.entries[place as usize];
            if entry.hash == hash && fits(entry.key) {
                return Some(place as usize);
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    /// The value at a place, if its key is this very one.
    #[inline]
    pub(crate) fn value_if(&self, place: usize, name: Handle) -> Option<Value> {
        match self.entries.get(place) {
            Some(entry) if matches!(entry.key, Value::Object(key) if key == name) => Some(entry.value),
            _ => None,
        }
    }

    pub(crate) fn value_at(&self, place: usize) -> Value {
        self.entries[place].value
    }

    /// Adds an entry whose key is known to be absent.
    pub(crate) fn insert_new(&mut self, hash: u64, key: Value, value: Value) {
        if self.entries.len() == self.entries.capacity() && self.len() * 2 < self.entries.len() {
            self.compact();
        }
        self.entries.push(Entry { hash, key, value });
        self.live += 1;
        self.added = self.added.wrapping_add(1);
        if self.entries.len() > SCAN && self.entries.len() * 3 / 2 >= self.table.len() {
            self.rebuild();
        } else if !self.table.is_empty() {
            self.link(self.entries.len() - 1);
        }
    }

    pub(crate) fn remove_at(&mut self, place: usize) -> Entry {
        let entry = self.entries[place];
        self.entries[place].key = Value::Unbound;
        self.entries[place].value = Value::Unbound;
        self.live -= 1;
        if place + 1 == self.entries.len() && self.table.is_empty() {
            self.entries.pop();
        }
        if self.live == 0 {
            self.clear();
        }
        entry
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.table.clear();
        self.live = 0;
    }

    /// Takes the entries of another, which are new here.
    pub(crate) fn replace(&mut self, other: Dict) {
        let added = self.added.wrapping_add(other.live).wrapping_add(1);
        *self = Dict { added, ..other };
    }

    pub(crate) fn last_place(&self) -> Option<usize> {
        self.entries.iter().rposition(|entry| !entry.key.is_unbound())
    }

    pub(crate) fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.table.capacity() * 4 + 64
    }

    fn slot(&self, hash: u64) -> usize {
        (hash ^ (hash >> 32)) as usize & (self.table.len() - 1)
    }

    fn compact(&mut self) {
        self.entries.retain(|entry| !entry.key.is_unbound());
        // Few entries are scanned again: a table of their size would fill up before it is rebuilt, and probing never end.
        self.table.clear();
        if self.entries.len() > SCAN {
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        let size = (self.entries.len() * 4).next_power_of_two();
        self.table.clear();
        self.table.resize(size, EMPTY);
        for place in 0..self.entries.len() {
            self.link(place);
        }
    }

    // A removed entry stays linked, so chains that run through it stay whole.
    fn link(&mut self, place: usize) {
        let mut slot = self.slot(self.entries[place].hash);
        while self.table[slot] != EMPTY {
            slot = (slot + 1) & (self.table.len() - 1);
        }
        self.table[slot] = place as u32;
    }
}

/// See [`Dict::candidates`].
pub(crate) struct Candidates<'a> {
    dict: &'a Dict,
    hash: u64,
    slot: usize,
}

impl Iterator for Candidates<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let entries = &self.dict.entries;
        if self.dict.table.is_empty() {
            let found =
                (self.slot..entries.len()).find(|at| entries[*at].hash == self.hash && !entries[*at].key.is_unbound());
            self.slot = found.map_or(entries.len(), |at| at + 1);
            return found;
        }
        loop {
            let place = self.dict.table[self.slot];
            if place == EMPTY {
                return None;
            }
            self.slot = (self.slot + 1) & (self.dict.table.len() - 1);
            let entry = &entries[place as usize];
            if entry.hash == self.hash && !entry.key.is_unbound() {
                return Some(place as usize);
            }
        }
    }
}
