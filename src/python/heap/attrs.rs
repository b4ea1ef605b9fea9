//! The attributes of an instance: a short vector of names, searched from the front.

use crate::python::value::{Handle, Value};

/// Names and values in the order of their first assignment. Instances have few attributes, so a scan over
/// 32-bit names beats a hash table.
#[derive(Default, Clone)]
pub(crate) struct AttrMap {
    entries: Vec<(Handle, Value)>,
}

impl AttrMap {
    /// A map for so many attributes, as many as others of the same class have.
    pub(crate) fn with_capacity(count: usize) -> AttrMap {
        AttrMap { entries: Vec::with_capacity(count) }
    }

    #[inline]
    pub(crate) fn get(&self, name: Handle) -> Option<Value> {
        self.entries.iter().find(|entry| entry.0 == name).map(|entry| entry.1)
    }

    /// Whether the map has grown by this.
    #[inline]
    pub(crate) fn set(&mut self, name: Handle, value: Value) -> bool {
        match self.entries.iter_mut().find(|entry| entry.0 == name) {
            Some(entry) => {
                entry.1 = value;
                false
            }
            None => {
                self.entries.push((name, value));
                true
            }
        }
    }

    pub(crate) fn remove(&mut self, name: Handle) -> Option<Value> {
        let at = self.entries.iter().position(|entry| entry.0 == name)?;
        Some(self.entries.remove(at).1)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Handle, Value)> + '_ {
        self.entries.iter().copied()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<(Handle, Value)>() + size_of::<AttrMap>()
    }
}

/// Where an object keeps its attributes.
#[derive(Default, Clone)]
pub(crate) enum Attrs {
    /// None so far.
    #[default]
    Empty,
    /// With the object.
    Own(Box<AttrMap>),
    /// In a dict that somebody has seen as `__dict__`.
    Shared(Handle),
}
