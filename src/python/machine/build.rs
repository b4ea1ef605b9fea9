//! Instructions that build and fill collections.

use crate::python::heap::object::Data;
use crate::python::heap::{Dict, classes, names};
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::value::{Handle, Value};

impl Machine {
    pub(super) fn build_list(&mut self, count: u32) -> Result<(), Raise> {
        let from = self.stack.len() - count as usize;
        let list = self.heap.list(self.stack[from..].to_vec());
        self.stack.truncate(from);
        self.stack.push(list);
        Ok(())
    }

    pub(super) fn build_tuple(&mut self, count: u32) -> Result<(), Raise> {
        let from = self.stack.len() - count as usize;
        let tuple = self.heap.tuple(&self.stack[from..]);
        self.stack.truncate(from);
        self.stack.push(tuple);
        Ok(())
    }

    pub(super) fn build_set(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize);
        let set = self.new_set(classes::SET, &items)?;
        self.stack.push(set);
        Ok(())
    }

    pub(super) fn build_dict(&mut self, count: u32) -> Result<(), Raise> {
        let from = self.stack.len() - count as usize * 2;
        let table = Dict::with_capacity(count as usize);
        let dict = self.heap.alloc(classes::DICT, Data::Dict(Box::new(table)));
        for at in (from..self.stack.len()).step_by(2) {
            self.dict_set(dict, self.stack[at], self.stack[at + 1])?;
        }
        self.stack.truncate(from);
        self.stack.push(dict.into());
        Ok(())
    }

    pub(super) fn build_slice(&mut self, count: u32) -> Result<(), Raise> {
        let items = self.pop_many(count as usize);
        let parts = [items[0], items[1], items.get(2).copied().unwrap_or(Value::None)];
        let slice = self.heap.alloc(classes::SLICE, Data::Slice(Box::new(parts)));
        self.stack.push(slice.into());
        Ok(())
    }

    pub(super) fn build_string(&mut self, count: u32) -> Result<(), Raise> {
        let parts = self.pop_many(count as usize);
        let text: String = parts.iter().map(|part| self.heap.text(*part).unwrap_or_default()).collect();
        let value = self.heap.str(&text);
        self.stack.push(value);
        Ok(())
    }

    fn at_depth(&self, depth: u32) -> Handle {
        self.stack[self.stack.len() - depth as usize].handle().expect("the collection that is being built")
    }

    pub(super) fn list_append(&mut self, depth: u32) -> Result<(), Raise> {
        let value = self.pop();
        let list = self.at_depth(depth);
        self.list_extend(list, &[value]);
        if self.heap.exhausted(0) { Err(self.out_of_memory()) } else { Ok(()) }
    }

    pub(super) fn set_add(&mut self, depth: u32) -> Result<(), Raise> {
        let value = self.pop();
        let set = self.at_depth(depth);
        self.dict_set(set, value, Value::None)
    }

    pub(super) fn dict_add(&mut self, depth: u32) -> Result<(), Raise> {
        let value = self.pop();
        let key = self.pop();
        let dict = self.at_depth(depth);
        self.dict_set(dict, key, value)
    }

    pub(super) fn list_extend_op(&mut self) -> Result<(), Raise> {
        let iterable = self.pop();
        let list = self.pop();
        let class = self.heap.class_of(iterable);
        if self.lookup(class, names::ITER).is_none()
            && self.lookup(class, names::GETITEM).is_none()
            && self.native_iter(iterable).is_none()
        {
            let message = format!("Value after * must be an iterable, not {}", self.type_name(iterable));
            return Err(self.type_error(&message));
        }
        let flow = self.collect_items(iterable, &[list], |machine, keep, items| {
            let items = machine.items(items)?;
            machine.list_extend(keep[0].handle().expect("a list"), &items);
            Ok(keep[0].into())
        })?;
        self.apply(flow)
    }

    pub(super) fn set_update_op(&mut self) -> Result<(), Raise> {
        let iterable = self.pop();
        let set = self.pop();
        let flow = self.collect_items(iterable, &[set], |machine, keep, items| {
            for item in machine.items(items)? {
                machine.dict_set(keep[0].handle().expect("a set"), item, Value::None)?;
            }
            Ok(keep[0].into())
        })?;
        self.apply(flow)
    }

    pub(super) fn dict_update_op(&mut self) -> Result<(), Raise> {
        let mapping = self.pop();
        let dict = self.at_depth(1);
        for (key, value) in self.mapping_entries(mapping)? {
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    /// The entries of a dict, or of what has `keys()`.
    pub fn mapping_entries(&mut self, mapping: Value) -> Result<Vec<(Value, Value)>, Raise> {
        if let Value::Object(handle) = mapping {
            match self.heap.data(handle) {
                Data::Dict(_) => return Ok(self.dict_entries(handle)),
                Data::Proxy(dict) => {
                    let dict = *dict;
                    return Ok(self.dict_entries(dict));
                }
                _ => {}
            }
        }
        let Some(keys) = self.find_attr(mapping, "keys")? else {
            let message = format!("'{}' object is not a mapping", self.type_name(mapping));
            return Err(self.type_error(&message));
        };
        let keys = self.call_leaf(keys, [])?;
        let mut entries = Vec::new();
        for key in self.items(keys)? {
            entries.push((key, self.get_item(mapping, key)?));
        }
        Ok(entries)
    }

    pub(super) fn dict_merge_op(&mut self) -> Result<(), Raise> {
        let mapping = self.pop();
        let dict = self.at_depth(1);
        let entries = self.mapping_entries(mapping);
        let entries = match entries {
            Ok(entries) => entries,
            Err(raise) if self.is_instance(raise.0, classes::TYPE_ERROR) => {
                let message = format!("argument after ** must be a mapping, not {}", self.type_name(mapping));
                return Err(self.type_error(&message));
            }
            Err(raise) => return Err(raise),
        };
        for (key, value) in entries {
            if self.heap.text(key).is_none() {
                return Err(self.type_error("keywords must be strings"));
            }
            if self.dict_get(dict, key)?.is_some() {
                let message =
                    format!("got multiple values for keyword argument '{}'", self.heap.text(key).unwrap_or_default());
                return Err(self.type_error(&message));
            }
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    pub(super) fn list_to_tuple(&mut self) -> Result<(), Raise> {
        let list = self.pop();
        let items = self.items(list)?;
        let tuple = self.heap.tuple(&items);
        self.stack.push(tuple);
        Ok(())
    }
}
