//! Attributes: instances, classes, modules, `super()`; descriptors.

use crate::python::heap::object::{Data, Method, Property, Super};
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};

impl Machine {
    /// `object.name`
    pub(crate) fn attribute(&mut self, object: Value, name: Handle) -> Result<Flow, Raise> {
        let class = self.heap.class_of(object);
        if self.has_own_getattribute(class) {
            return self.custom_attribute(object, class, name);
        }
        match self.lookup(class, names::GETATTR) {
            None => self.plain_attribute(object, name),
            Some(getattr) => {
                if let Some(value) = self.quick_attribute(object, name) {
                    return Ok(value.into());
                }
                self.push_continuation(Then::Outcome(or_getattr), Keep::from_slice(&[object, name.into(), getattr]));
                self.plain_attribute(object, name)
            }
        }
    }

    fn custom_attribute(&mut self, object: Value, class: Handle, name: Handle) -> Result<Flow, Raise> {
        let getattribute = self.lookup(class, names::GETATTRIBUTE).expect("it was found before");
        if let Some(getattr) = self.lookup(class, names::GETATTR) {
            self.push_continuation(Then::Outcome(or_getattr), Keep::from_slice(&[object, name.into(), getattr]));
        }
        Ok(Flow::call(getattribute, [object, name.into()]))
    }

    /// `object.__getattribute__(object, name)`: no `__getattr__`.
    pub(crate) fn plain_attribute(&mut self, object: Value, name: Handle) -> Result<Flow, Raise> {
        if let Value::Object(handle) = object {
            match self.heap.data(handle) {
                Data::Class(_) => return self.class_attribute(handle, name),
                Data::Module(dict) => return self.module_attribute(handle, *dict, name),
                Data::Super(parts) => {
                    let parts = **parts;
                    return self.super_attribute(object, parts, name);
                }
                _ => {}
            }
        }
        self.instance_attribute(object, name)
    }

    fn instance_attribute(&mut self, object: Value, name: Handle) -> Result<Flow, Raise> {
        let class = self.heap.class_of(object);
        let found = self.lookup(class, name);
        if let Some(found) = found
            && self.is_data_descriptor(found)
        {
            return self.bind_descriptor(found, object, class);
        }
        if let Some(value) = object.handle().and_then(|handle| self.own(handle, name)) {
            return Ok(value.into());
        }
        if name == names::ANNOTATIONS
            && object.handle().is_some_and(|handle| matches!(self.heap.data(handle), Data::Function(_)))
        {
            return self.annotations_of(object);
        }
        if name == names::CLASS || (found.is_none_or(|_| name == names::DOC || name == names::MODULE)) {
            if let Some(value) = self.computed_attribute(object, name)? {
                return Ok(value.into());
            }
        }
        match found {
            Some(found) => self.bind_descriptor(found, object, class),
            None => Err(self.no_attribute(object, name)),
        }
    }

    pub(crate) fn no_attribute(&mut self, object: Value, name: Handle) -> Raise {
        let text = self.heap.name(name).to_owned();
        let message = match object.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Class(class)) => format!("type object '{}' has no attribute '{text}'", class.name),
            Some(Data::Super(_)) => format!("'super' object has no attribute '{text}'"),
            Some(Data::Module(_)) => {
                let module = self.module_name(object);
                format!("module '{module}' has no attribute '{text}'")
            }
            _ => format!("'{}' object has no attribute '{text}'", self.type_name(object)),
        };
        self.attribute_error(&message, object, name)
    }

    pub(crate) fn module_name(&self, module: Value) -> String {
        let dict = self.module_dict(module.handle().expect("a module is an object"));
        self.heap.get_name(dict, names::NAME).and_then(|name| self.heap.text(name)).unwrap_or("?").to_owned()
    }

    fn module_attribute(&mut self, module: Handle, dict: Handle, name: Handle) -> Result<Flow, Raise> {
        if let Some(value) = self.heap.get_name(dict, name) {
            return Ok(value.into());
        }
        if let Some(late) = self.late(dict, name) {
            return self.import_late(late);
        }
        if name == names::DICT {
            self.import_all_late(dict)?;
            return Ok(Value::from(dict).into());
        }
        if name == names::ANNOTATIONS {
            return self.annotations_of(module.into());
        }
        if let Some(value) = self.computed_attribute(module.into(), name)? {
            return Ok(value.into());
        }
        if let Some(getattr) = self.heap.get_name(dict, names::GETATTR) {
            return Ok(Flow::call(getattr, [name.into()]));
        }
        if let Some(method) = self.lookup(self.heap.object(module).class, name) {
            return self.bind_descriptor(method, module.into(), classes::MODULE);
        }
        let submodule = format!("{}.{}", self.module_name(module.into()), self.heap.name(name));
        if let Some(found) = self.heap.interned(&submodule).and_then(|full| self.heap.get_name(self.modules, full)) {
            return Ok(found.into());
        }
        Err(self.no_attribute(module.into(), name))
    }

    /// `Class.name`
    fn class_attribute(&mut self, class: Handle, name: Handle) -> Result<Flow, Raise> {
        let metaclass = self.heap.object(class).class;
        let meta = self.lookup(metaclass, name);
        if let Some(meta) = meta
            && self.is_data_descriptor(meta)
        {
            return self.bind_descriptor(meta, class.into(), metaclass);
        }
        if name == names::ANNOTATIONS {
            return self.annotations_of(class.into());
        }
        if name == names::DICT
            || name == names::CLASS
            || name == names::NAME
            || name == names::QUALNAME
            || name == names::MODULE
        {
            if let Some(value) = self.computed_attribute(class.into(), name)? {
                return Ok(value.into());
            }
        }
        if let Some(found) = self.lookup(class, name) {
            return self.bind_on_class(found, class);
        }
        if let Some(meta) = meta {
            return self.bind_descriptor(meta, class.into(), metaclass);
        }
        match self.computed_attribute(class.into(), name)? {
            Some(value) => Ok(value.into()),
            None => Err(self.no_attribute(class.into(), name)),
        }
    }

    fn bind_on_class(&mut self, found: Value, class: Handle) -> Result<Flow, Raise> {
        let Value::Object(handle) = found else { return Ok(found.into()) };
        match self.heap.data(handle) {
            Data::Function(_) | Data::Native(_) | Data::Property(_) | Data::Member(_) => Ok(found.into()),
            Data::StaticMethod(function) => Ok((*function).into()),
            Data::ClassMethod(function) => {
                let function = *function;
                self.bind_class_method(function, class)
            }
            _ => match self.descriptor_method(found, names::GET) {
                Some(get) => Ok(Flow::call(get, [found, Value::None, class.into()])),
                None => Ok(found.into()),
            },
        }
    }

    fn bind_class_method(&mut self, function: Value, class: Handle) -> Result<Flow, Raise> {
        match function.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::Property(property)) => Ok(Flow::call(property.get, [class.into()])),
            _ => Ok(self.new_method(function, class.into()).into()),
        }
    }

    pub(crate) fn new_method(&mut self, function: Value, receiver: Value) -> Value {
        self.heap.alloc(classes::METHOD, Data::Method(Box::new(Method { function, receiver }))).into()
    }

    pub(crate) fn is_data_descriptor(&mut self, value: Value) -> bool {
        let Value::Object(handle) = value else { return false };
        match self.heap.data(handle) {
            Data::Property(_) | Data::Member(_) => true,
            Data::Plain | Data::Payload(_) => {
                let class = self.heap.class_of(value);
                self.lookup(class, names::SET).is_some() || self.lookup(class, names::DELETE).is_some()
            }
            _ => false,
        }
    }

    pub(super) fn descriptor_method(&mut self, value: Value, name: Handle) -> Option<Value> {
        let Value::Object(handle) = value else { return None };
        match self.heap.data(handle) {
            Data::Class(_) => {
                let metaclass = self.heap.class_of(value);
                if metaclass == classes::TYPE { None } else { self.lookup(metaclass, name) }
            }
            _ => self.lookup(self.heap.class_of(value), name),
        }
    }

    /// What a class attribute is when it is reached through an instance.
    pub(crate) fn bind_descriptor(&mut self, found: Value, object: Value, class: Handle) -> Result<Flow, Raise> {
        let Value::Object(handle) = found else { return Ok(found.into()) };
        match self.heap.data(handle) {
            Data::Function(_) => Ok(self.new_method(found, object).into()),
            Data::Native(native) if native.owner.is_some() => Ok(self.new_method(found, object).into()),
            Data::Native(_) | Data::Str(_) | Data::List(_) | Data::Dict(_) => Ok(found.into()),
            Data::StaticMethod(function) => Ok((*function).into()),
            Data::ClassMethod(function) => {
                let function = *function;
                self.bind_class_method(function, class)
            }
            Data::Property(property) => {
                let property = **property;
                self.property_get(found, property, object)
            }
            Data::Member(member) => {
                let name = member.name;
                match object.handle().and_then(|handle| self.own(handle, name)) {
                    Some(value) => Ok(value.into()),
                    None => Err(self.no_attribute(object, name)),
                }
            }
            _ => match self.descriptor_method(found, names::GET) {
                Some(get) => Ok(Flow::call(get, [found, object, class.into()])),
                None => Ok(found.into()),
            },
        }
    }

    fn property_get(&mut self, found: Value, property: Property, object: Value) -> Result<Flow, Raise> {
        if property.get.is_none() {
            return Err(self.property_refuses(found, property, object, "getter"));
        }
        Ok(Flow::call(property.get, [object]))
    }

    pub(super) fn property_refuses(&mut self, found: Value, property: Property, object: Value, what: &str) -> Raise {
        let class = self.heap.class(self.heap.class_of(object)).qualname.clone();
        let name = self.heap.text(property.name).map(str::to_owned);
        let message = match name {
            Some(name) => format!("property '{name}' of '{class}' object has no {what}"),
            None => format!("property of '{class}' object has no {what}"),
        };
        self.attribute_error_plain(&message, found)
    }

    fn attribute_error_plain(&mut self, message: &str, _property: Value) -> Raise {
        self.error(classes::ATTRIBUTE_ERROR, message)
    }

    fn super_attribute(&mut self, object: Value, parts: Super, name: Handle) -> Result<Flow, Raise> {
        if name == names::CLASS {
            return Ok(Value::from(classes::SUPER).into());
        }
        let Some(found) = self.after(parts, name) else { return Err(self.no_attribute(object, name)) };
        let through_class = parts.receiver.handle() == Some(parts.start);
        if through_class {
            self.bind_on_class(found, parts.start)
        } else {
            self.bind_descriptor(found, parts.receiver, parts.start)
        }
    }

    /// An attribute, at once.
    pub fn get_attr(&mut self, object: Value, name: &str) -> Result<Value, Raise> {
        let name = self.heap.intern(name);
        self.get_name(object, name)
    }

    /// An attribute by interned name, at once.
    pub fn get_name(&mut self, object: Value, name: Handle) -> Result<Value, Raise> {
        match self.quick_attribute(object, name) {
            Some(value) => Ok(value),
            None => self.settled(|machine| machine.attribute(object, name)),
        }
    }

    /// An attribute, at once, or None where there is none.
    pub fn find_attr(&mut self, object: Value, name: &str) -> Result<Option<Value>, Raise> {
        match self.get_attr(object, name) {
            Ok(value) => Ok(Some(value)),
            Err(raise) if self.is_instance(raise.0, classes::ATTRIBUTE_ERROR) => Ok(None),
            Err(raise) => Err(raise),
        }
    }

    /// Sets an attribute, at once.
    pub fn set_attr(&mut self, object: Value, name: &str, value: Value) -> Result<(), Raise> {
        let name = self.heap.intern(name);
        self.settled(|machine| machine.assign_attribute(object, name, value)).map(drop)
    }
}

fn or_getattr(machine: &mut Machine, keep: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(value) => Ok(value.into()),
        Err(exception) if machine.is_instance(exception, classes::ATTRIBUTE_ERROR) => {
            let (callable, args) = machine.receiver_first(keep[2], keep[0], Args::from([keep[1]]))?;
            Ok(Flow::call(callable, args))
        }
        Err(exception) => Err(Raise(exception)),
    }
}
