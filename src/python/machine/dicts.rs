//! Dicts, sets and the attributes of instances.

use crate::python::heap::object::Data;
use crate::python::heap::{AttrMap, Attrs, Dict, classes};
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::value::{Handle, Value};

/// As much room a new object gets for its attributes, at most.
const ROOM: usize = 24;

impl Machine {
    /// An empty dict.
    pub fn new_dict(&mut self) -> Handle {
        self.heap.alloc(classes::DICT, Data::Dict(Box::default()))
    }

    /// A set of values.
    pub fn new_set(&mut self, class: Handle, items: &[Value]) -> Result<Value, Raise> {
        let set = self.heap.alloc(class, Data::Set(Box::default()));
        for item in items {
            self.dict_set(set, *item, Value::None)?;
        }
        Ok(set.into())
    }

    /// A dict with interned names as keys.
    pub fn dict_of(&mut self, entries: &[(&str, Value)]) -> Value {
        let dict = self.new_dict();
        for (name, value) in entries {
            let name = self.heap.intern(name);
            self.heap.set_name(dict, name, *value);
        }
        dict.into()
    }

    /// The value of a key.
    pub fn dict_get(&mut self, dict: Handle, key: Value) -> Result<Option<Value>, Raise> {
        Ok(self.place_of(dict, key)?.1.map(|place| self.heap.dict(dict).value_at(place)))
    }

    /// Sets the value of a key. For a set, the value is None.
    pub fn dict_set(&mut self, dict: Handle, key: Value, value: Value) -> Result<(), Raise> {
        let (hash, place) = self.place_of(dict, key)?;
        match place {
            Some(place) => self.heap.dict_mut(dict).set_at(place, value),
            None => {
                self.heap.dict_mut(dict).insert_new(hash, key, value);
                self.heap.charge(56);
            }
        }
        Ok(())
    }

    /// Removes a key; gives its value.
    pub fn dict_remove(&mut self, dict: Handle, key: Value) -> Result<Option<Value>, Raise> {
        let place = self.place_of(dict, key)?.1;
        Ok(place.map(|place| self.heap.dict_mut(dict).remove_at(place).value))
    }

    /// The entries of a dict, copied.
    pub fn dict_entries(&self, dict: Handle) -> Vec<(Value, Value)> {
        self.heap.dict(dict).iter().map(|entry| (entry.key, entry.value)).collect()
    }

    /// Copies all entries, whose hashes are known.
    pub(crate) fn dict_update(&mut self, dict: Handle, from: Handle) -> Result<(), Raise> {
        if self.heap.dict(dict).len() == 0 {
            let copy: Dict = self.heap.dict(from).clone();
            self.heap.charge(copy.bytes());
            self.heap.dict_mut(dict).replace(copy);
            return Ok(());
        }
        for (key, value) in self.dict_entries(from) {
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    fn place_of(&mut self, dict: Handle, key: Value) -> Result<(u64, Option<usize>), Raise> {
        let hash = match self.heap.quick_hash(key) {
            Some(hash) => hash,
            None => self.hash(key)?,
        };
        let (mut unsure, table) = (false, self.heap.dict(dict));
        let found = table.find(hash, |known| {
            known == key
                || self.heap.quick_eq(known, key).unwrap_or_else(|| {
                    unsure |= !known.is_unbound();
                    false
                })
        });
        if found.is_some() || !unsure { Ok((hash, found)) } else { Ok((hash, self.doubtful_place(dict, key, hash)?)) }
    }

    // The place of a key where only Python knows what is equal.
    fn doubtful_place(&mut self, dict: Handle, key: Value, hash: u64) -> Result<Option<usize>, Raise> {
        let table = self.heap.dict(dict);
        let places = table.candidates(hash).map(|place| (place, table.at(place).expect("candidates are live").key));
        let places: Vec<(usize, Value)> = places.collect();
        for (place, known) in places {
            if self.heap.quick_eq(known, key).is_none() && self.equals(known, key)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Adds an item to the end of a list; gives its place.
    pub fn list_push(&mut self, list: Handle, item: Value) -> usize {
        let Data::List(items) = self.heap.data_mut(list) else { unreachable!("the caller knows that it is a list") };
        items.push(item);
        let place = items.len() - 1;
        self.heap.charge(size_of::<Value>());
        place
    }

    /// An attribute that an object holds itself.
    #[inline]
    pub(crate) fn own(&self, object: Handle, name: Handle) -> Option<Value> {
        match &self.heap.object(object).attrs {
            Attrs::Empty => None,
            Attrs::Own(map) => map.get(name),
            Attrs::Shared(dict) => self.heap.get_name(*dict, name),
        }
    }

    pub(crate) fn set_own(&mut self, object: Handle, name: Handle, value: Value) {
        let place = self.heap.object_mut(object);
        let class = place.class;
        match &mut place.attrs {
            Attrs::Own(map) => {
                if map.set(name, value) {
                    let count = map.len();
                    self.heap.charge(size_of::<(Handle, Value)>());
                    let class = self.heap.class_mut(class);
                    class.room = class.room.max(count.min(ROOM) as u8);
                }
            }
            Attrs::Shared(dict) => {
                let dict = *dict;
                self.heap.set_name(dict, name, value);
            }
            Attrs::Empty => {
                let mut map = AttrMap::with_capacity(usize::from(self.heap.class(class).room).max(1));
                map.set(name, value);
                self.heap.charge(map.bytes());
                self.heap.object_mut(object).attrs = Attrs::Own(Box::new(map));
            }
        }
    }

    pub(crate) fn delete_own(&mut self, object: Handle, name: Handle) -> Option<Value> {
        match &mut self.heap.object_mut(object).attrs {
            Attrs::Empty => None,
            Attrs::Own(map) => map.remove(name),
            Attrs::Shared(dict) => {
                let dict = *dict;
                self.heap.delete_name(dict, name)
            }
        }
    }

    /// `object.__dict__`: from now on the attributes live in that dict.
    pub(crate) fn own_dict(&mut self, object: Handle) -> Handle {
        if let Attrs::Shared(dict) = self.heap.object(object).attrs {
            return dict;
        }
        let dict = self.new_dict();
        let attrs = std::mem::replace(&mut self.heap.object_mut(object).attrs, Attrs::Shared(dict));
        if let Attrs::Own(map) = attrs {
            map.iter().for_each(|(name, value)| self.heap.set_name(dict, name, value));
        }
        dict
    }

    /// Makes a dict the attributes of an object.
    pub(crate) fn set_own_dict(&mut self, object: Handle, dict: Handle) {
        self.heap.object_mut(object).attrs = Attrs::Shared(dict);
    }

    /// The names and values that an object holds itself.
    pub(crate) fn own_entries(&self, object: Handle) -> Vec<(Value, Value)> {
        match &self.heap.object(object).attrs {
            Attrs::Empty => Vec::new(),
            Attrs::Own(map) => map.iter().map(|(name, value)| (name.into(), value)).collect(),
            Attrs::Shared(dict) => self.dict_entries(*dict),
        }
    }
}
