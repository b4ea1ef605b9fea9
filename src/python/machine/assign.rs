//! Attributes assigned and deleted.

use crate::python::heap::names;
use crate::python::heap::object::Data;
use crate::python::machine::Machine;
use crate::python::native::{Flow, Raise};
use crate::python::value::{Handle, Value};

impl Machine {
    /// `object.name = value`
    pub(crate) fn assign_attribute(&mut self, object: Value, name: Handle, value: Value) -> Result<Flow, Raise> {
        let class = self.heap.class_of(object);
        match self.lookup(class, names::SETATTR) {
            Some(setattr) if setattr != self.known.setattr => Ok(Flow::call(setattr, [object, name.into(), value])),
            _ => self.plain_assign(object, name, value),
        }
    }

    /// `object.__setattr__(object, name, value)`
    pub(crate) fn plain_assign(&mut self, object: Value, name: Handle, value: Value) -> Result<Flow, Raise> {
        let class = self.heap.class_of(object);
        if let Some(found) = self.lookup(class, name)
            && let Some(flow) = self.descriptor_set(found, object, value)?
        {
            return Ok(flow);
        }
        let Value::Object(handle) = object else { return Err(self.no_assignment(object, name)) };
        match self.heap.data(handle) {
            Data::Class(_) => self.assign_class_attribute(handle, name, value)?,
            Data::Module(dict) => {
                let dict = *dict;
                self.heap.set_name(dict, name, value);
            }
            _ => self.assign_to_instance(object, handle, name, value)?,
        }
        Ok(Value::None.into())
    }

    fn assign_to_instance(&mut self, object: Value, handle: Handle, name: Handle, value: Value) -> Result<(), Raise> {
        if self.assign_computed(handle, name, value)? {
            return Ok(());
        }
        if !self.heap.class(self.heap.class_of(object)).open {
            return Err(self.no_assignment(object, name));
        }
        self.set_own(handle, name, value);
        Ok(())
    }

    fn descriptor_set(&mut self, found: Value, object: Value, value: Value) -> Result<Option<Flow>, Raise> {
        let Value::Object(handle) = found else { return Ok(None) };
        match self.heap.data(handle) {
            Data::Property(property) => {
                let property = **property;
                if property.set.is_none() {
                    return Err(self.property_refuses(found, property, object, "setter"));
                }
                Ok(Some(Flow::call(property.set, [object, value])))
            }
            Data::Member(member) => {
                let name = member.name;
                self.note_attribute(object, name, value);
                Ok(Some(Value::None.into()))
            }
            Data::Plain | Data::Payload(_) => {
                Ok(self.descriptor_method(found, names::SET).map(|set| Flow::call(set, [found, object, value])))
            }
            _ => Ok(None),
        }
    }

    fn no_assignment(&mut self, object: Value, name: Handle) -> Raise {
        let text = self.heap.name(name).to_owned();
        let class = self.heap.class_of(object);
        let known = self.lookup(class, name).is_some() || matches!(self.computed_attribute(object, name), Ok(Some(_)));
        let message = if known {
            format!("'{}' object attribute '{text}' is read-only", self.type_name(object))
        } else {
            format!(
                "'{}' object has no attribute '{text}' and no __dict__ for setting new attributes",
                self.type_name(object)
            )
        };
        self.attribute_error(&message, object, name)
    }

    fn assign_class_attribute(&mut self, class: Handle, name: Handle, value: Value) -> Result<(), Raise> {
        if self.heap.object(class).pinned {
            let message = format!(
                "cannot set '{}' attribute of immutable type '{}'",
                self.heap.name(name),
                self.heap.class(class).name
            );
            return Err(self.type_error(&message));
        }
        if name == names::NAME || name == names::QUALNAME {
            if let Some(text) = self.heap.text(value).map(std::rc::Rc::from) {
                let class = self.heap.class_mut(class);
                *(if name == names::NAME { &mut class.name } else { &mut class.qualname }) = text;
            }
            return Ok(());
        }
        let dict = self.heap.class(class).dict;
        self.heap.set_name(dict, name, value);
        self.class_changed(class, name);
        Ok(())
    }

    /// `del object.name`
    pub(crate) fn delete_attribute(&mut self, object: Value, name: Handle) -> Result<Flow, Raise> {
        let class = self.heap.class_of(object);
        match self.lookup(class, names::DELATTR) {
            Some(delattr) if delattr != self.known.delattr => Ok(Flow::call(delattr, [object, name.into()])),
            _ => self.plain_delete(object, name),
        }
    }

    /// `object.__delattr__(object, name)`
    pub(crate) fn plain_delete(&mut self, object: Value, name: Handle) -> Result<Flow, Raise> {
        let class = self.heap.class_of(object);
        if let Some(found) = self.lookup(class, name) {
            match found.handle().map(|handle| self.heap.data(handle)) {
                Some(Data::Property(property)) => {
                    let property = **property;
                    if property.delete.is_none() {
                        return Err(self.property_refuses(found, property, object, "deleter"));
                    }
                    return Ok(Flow::call(property.delete, [object]));
                }
                Some(Data::Plain | Data::Payload(_)) => {
                    if let Some(delete) = self.descriptor_method(found, names::DELETE) {
                        return Ok(Flow::call(delete, [found, object]));
                    }
                }
                _ => {}
            }
        }
        let Value::Object(handle) = object else { return Err(self.no_attribute(object, name)) };
        let removed = match self.heap.data(handle) {
            Data::Class(class) => {
                let dict = class.dict;
                self.class_changed(handle, name);
                self.heap.delete_name(dict, name)
            }
            Data::Module(dict) => {
                let dict = *dict;
                self.heap.delete_name(dict, name)
            }
            _ => self.delete_own(handle, name),
        };
        if removed.is_some() { Ok(Value::None.into()) } else { Err(self.no_attribute(object, name)) }
    }
}
