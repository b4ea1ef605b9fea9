//! `match`: patterns over sequences, mappings and classes.

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::Raise;
use crate::python::value::Value;

impl Machine {
    pub(crate) fn get_len(&mut self) -> Result<(), Raise> {
        let size = self.len(self.top())?;
        self.stack.push(Value::from(size));
        Ok(())
    }

    pub(crate) fn match_sequence(&mut self) -> Result<(), Raise> {
        let value = self.top();
        let is = match value.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::List(_) | Data::Tuple(_) | Data::Range(_)) => true,
            Some(Data::Str(_) | Data::Bytes(_) | Data::ByteArray(_) | Data::Dict(_) | Data::Set(_)) | None => false,
            Some(_) => self.registered(value, "_abc_sequence"),
        };
        self.stack.push(Value::Bool(is));
        Ok(())
    }

    pub(crate) fn match_mapping(&mut self) -> Result<(), Raise> {
        let value = self.top();
        let is = match value.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Dict(_) | Data::Proxy(_)) => true,
            Some(_) => self.registered(value, "_abc_mapping"),
            None => false,
        };
        self.stack.push(Value::Bool(is));
        Ok(())
    }

    // `collections.abc` marks its classes.
    fn registered(&mut self, value: Value, mark: &str) -> bool {
        let mark = self.heap.intern(mark);
        let class = self.heap.class_of(value);
        self.lookup(class, mark).is_some()
    }

    // Stack: subject, keys -> subject, keys, values or None.
    pub(crate) fn match_keys(&mut self) -> Result<(), Raise> {
        let keys = self.items(self.top())?;
        let subject = self.stack[self.stack.len() - 2];
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            let found = match subject.handle().map(|handle| (handle, self.heap.data(handle))) {
                Some((handle, Data::Dict(_))) => self.dict_get(handle, key)?,
                _ => match self.get_item(subject, key) {
                    Ok(value) => Some(value),
                    Err(raise) if self.is_instance(raise.0, classes::KEY_ERROR) => None,
                    Err(raise) => return Err(raise),
                },
            };
            match found {
                Some(value) => values.push(value),
                None => {
                    self.stack.push(Value::None);
                    return Ok(());
                }
            }
        }
        let values = self.heap.tuple(&values);
        self.stack.push(values);
        Ok(())
    }

    // Stack: subject, keys -> subject, a dict without the keys.
    pub(crate) fn dict_rest(&mut self, _count: usize) -> Result<(), Raise> {
        let keys = self.pop();
        let subject = self.top();
        let rest = self.new_dict();
        for (key, value) in self.mapping_entries(subject)? {
            self.dict_set(rest, key, value)?;
        }
        for key in self.items(keys)? {
            self.dict_remove(rest, key)?;
        }
        self.stack.push(rest.into());
        Ok(())
    }

    // Stack: subject, class, names of keyword patterns -> a tuple of attributes, or None.
    pub(crate) fn match_class(&mut self, positional: usize) -> Result<(), Raise> {
        let keywords = self.pop();
        let class = self.pop();
        let subject = self.pop();
        let result = self.class_parts(subject, class, positional, keywords)?;
        self.stack.push(result);
        Ok(())
    }

    fn class_parts(
        &mut self,
        subject: Value,
        class: Value,
        positional: usize,
        keywords: Value,
    ) -> Result<Value, Raise> {
        let Some(handle) = self.class_handle(class) else {
            return Err(self.type_error("called match pattern must be a class"));
        };
        if !self.instance_check(subject, class)? {
            return Ok(Value::None);
        }
        let mut parts = Vec::new();
        let mut wanted = Vec::new();
        let itself = [
            classes::BOOL,
            classes::BYTEARRAY,
            classes::BYTES,
            classes::DICT,
            classes::FLOAT,
            classes::FROZENSET,
            classes::INT,
            classes::LIST,
            classes::SET,
            classes::STR,
            classes::TUPLE,
        ];
        let match_args = self.lookup(handle, names::MATCH_ARGS);
        let allowed = match match_args {
            Some(args) => self.items(args)?.len(),
            None => usize::from(itself.iter().any(|base| self.heap.is_subclass(handle, *base))),
        };
        if positional > allowed {
            let plural = if allowed == 1 { "" } else { "s" };
            let message = format!(
                "{}() accepts {allowed} positional sub-pattern{plural} ({positional} given)",
                self.heap.class(handle).name
            );
            return Err(self.type_error(&message));
        }
        match match_args {
            Some(args) => wanted.extend(self.items(args)?.into_iter().take(positional)),
            None => parts.extend((positional == 1).then_some(subject)),
        }
        wanted.extend(self.items(keywords)?);
        for name in wanted {
            let name = self.heap.text(name).unwrap_or_default().to_owned();
            match self.find_attr(subject, &name)? {
                Some(value) => parts.push(value),
                None => return Ok(Value::None),
            }
        }
        Ok(self.heap.tuple(&parts))
    }
}
