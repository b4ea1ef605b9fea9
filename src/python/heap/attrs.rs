//! The attributes of an instance: a short vector of names, searched from the front.

use crate::python::value::{Handle, Value};

/// Names and values in the order of their first assignment. Instances have few attributes, so a scan over
/// 32-bit names beats a hash table.
#[derive(Default, Clone)]
pub(crate) struct AttrMap {
    names: Vec<Handle>,
    values: Vec<Value>,
}

impl AttrMap {
    pub(crate) fn get(&self, name: Handle) -> Option<Value> {
        self.position(name).map(|at| self.values[at])
    }

    pub(crate) fn set(&mut self, name: Handle, value: Value) {
        match self.position(name) {
            Some(at) => self.values[at] = value,
            None => {
                self.names.push(name);
                self.values.push(value);
            }
        }
    }

    pub(crate) fn remove(&mut self, name: Handle) -> Option<Value> {
        let at = self.position(name)?;
        self.names.remove(at);
        Some(self.values.remove(at))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Handle, Value)> + '_ {
        self.names.iter().copied().zip(self.values.iter().copied())
    }

    pub(crate) fn bytes(&self) -> usize {
        self.names.capacity() * 4 + self.values.capacity() * 16 + 48
    }

    fn position(&self, name: Handle) -> Option<usize> {
        self.names.iter().position(|known| *known == name)
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
