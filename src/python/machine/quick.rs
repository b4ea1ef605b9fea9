//! Attributes' short ways: what needs no call of Python is found without one; what is left goes the whole way, in
//! [`attribute`](super::attribute). `tests/spec/python/quick.md` holds where they end.

use crate::python::heap::names;
use crate::python::heap::object::{Data, Super};
use crate::python::machine::Machine;
use crate::python::machine::cache::Kind;
use crate::python::native::Raise;
use crate::python::value::{Handle, Value};

impl Machine {
    /// An attribute that takes no call: an instance's own, or a plain value of its class.
    pub(crate) fn quick_attribute(&mut self, object: Value, name: Handle) -> Option<Value> {
        let handle = object.handle()?;
        let place = self.heap.object(handle);
        let class = place.class;
        match place.data {
            Data::Module(dict) => return self.find_name(dict, name),
            Data::Class(_) => return self.quick_class_attribute(handle, class, name),
            Data::Super(_) => return None,
            _ => {}
        }
        if self.has_own_getattribute(class) || self.is_about_class(class, name) {
            return None;
        }
        match self.lookup_kind(class, name) {
            (Kind::Absent, _) => self.own(handle, name),
            (Kind::Plain, value) => Some(self.own(handle, name).unwrap_or(value)),
            (Kind::Method, _) => self.own(handle, name),
            (Kind::Other, _) => None,
        }
    }

    // What objects of ours answer themselves, whatever their class has.
    #[inline]
    fn is_about_class(&self, class: Handle, name: Handle) -> bool {
        (name == names::MODULE || name == names::DOC) && self.heap.class(class).native
    }

    // What a class has, where neither its metaclass nor a descriptor has a say.
    fn quick_class_attribute(&mut self, class: Handle, metaclass: Handle, name: Handle) -> Option<Value> {
        match self.kind_on_class(class, metaclass, name)? {
            (Kind::Plain | Kind::Method, value) => Some(value),
            _ => None,
        }
    }

    fn kind_on_class(&mut self, class: Handle, metaclass: Handle, name: Handle) -> Option<(Kind, Value)> {
        if self.has_own_getattribute(metaclass) || self.lookup_kind(metaclass, name).0 != Kind::Absent {
            return None;
        }
        let computed = matches!(
            name,
            names::ANNOTATIONS
                | names::DICT
                | names::CLASS
                | names::NAME
                | names::QUALNAME
                | names::MODULE
                | names::DOC
        );
        (!computed).then(|| self.lookup_kind(class, name))
    }

    /// Whether asking for an attribute would surely raise `AttributeError`. False: it has to be tried.
    pub(crate) fn surely_lacks(&mut self, object: Value, name: Handle) -> Result<bool, Raise> {
        let class = self.heap.class_of(object);
        let special = name == names::ANNOTATIONS || self.has_own_getattribute(class);
        if special || self.lookup(class, names::GETATTR).is_some() || self.lookup(class, name).is_some() {
            return Ok(false);
        }
        if let Some(handle) = object.handle() {
            let own = match self.heap.data(handle) {
                Data::Module(_) | Data::Super(_) => return Ok(false),
                Data::Class(_) => self.lookup(handle, name),
                _ => self.own(handle, name),
            };
            if own.is_some() {
                return Ok(false);
            }
        }
        Ok(self.computed_attribute(object, name)?.is_none())
    }

    #[inline]
    pub(crate) fn has_own_getattribute(&mut self, class: Handle) -> bool {
        let known = self.heap.class(class);
        known.guarded
            && !known.native
            && self.lookup(class, names::GETATTRIBUTE).is_some_and(|found| found != self.known.getattribute)
    }

    /// What `object.name(...)` calls, and what comes first among the arguments, if anything: spares the bound method.
    pub(crate) fn quick_method(&mut self, object: Value, name: Handle) -> Option<(Value, Value)> {
        let Value::Object(handle) = object else {
            let class = self.heap.class_of(object);
            return match self.lookup_kind(class, name) {
                (Kind::Method, method) => Some((method, object)),
                _ => None,
            };
        };
        let place = self.heap.object(handle);
        let class = place.class;
        match &place.data {
            Data::Module(dict) => {
                let dict = *dict;
                return self.find_name(dict, name).map(unbound);
            }
            Data::Class(_) => return self.quick_class_method(handle, class, name),
            Data::Super(parts) => return self.quick_super_method(**parts, name),
            _ => {}
        }
        if self.has_own_getattribute(class) || self.is_about_class(class, name) {
            return None;
        }
        let (kind, found) = self.lookup_kind(class, name);
        if kind == Kind::Other {
            return if self.own(handle, name).is_none() { self.without_instance(found, class) } else { None };
        }
        match (self.own(handle, name), kind) {
            (Some(own), _) => Some(unbound(own)),
            (None, Kind::Method) => Some((found, object)),
            (None, Kind::Plain) => Some(unbound(found)),
            (None, _) => None,
        }
    }

    fn quick_class_method(&mut self, class: Handle, metaclass: Handle, name: Handle) -> Option<(Value, Value)> {
        match self.kind_on_class(class, metaclass, name)? {
            (Kind::Plain | Kind::Method, value) => Some(unbound(value)),
            (Kind::Other, value) => self.without_instance(value, class),
            (Kind::Absent, _) => None,
        }
    }

    // Functions of a class that take no instance.
    fn without_instance(&self, found: Value, class: Handle) -> Option<(Value, Value)> {
        match self.heap.data(found.handle()?) {
            Data::StaticMethod(function) => Some(unbound(*function)),
            Data::ClassMethod(function) if self.is_function(*function) => Some((*function, class.into())),
            _ => None,
        }
    }

    fn quick_super_method(&self, parts: Super, name: Handle) -> Option<(Value, Value)> {
        let found = self.after(parts, name)?;
        match self.heap.data(found.handle()?) {
            Data::Function(_) if parts.receiver.handle() == Some(parts.start) => Some(unbound(found)),
            Data::Function(_) => Some((found, parts.receiver)),
            Data::ClassMethod(function) if self.is_function(*function) => Some((*function, parts.start.into())),
            _ => None,
        }
    }

    fn is_function(&self, value: Value) -> bool {
        value.handle().is_some_and(|handle| matches!(self.heap.data(handle), Data::Function(_)))
    }

    /// What the classes behind one in an MRO have under a name: `super()`.
    pub(super) fn after(&self, parts: Super, name: Handle) -> Option<Value> {
        let mro = &self.heap.class(parts.start).mro;
        let after = mro.iter().position(|class| *class == parts.after).map_or(0, |at| at + 1);
        mro[after..].iter().find_map(|class| self.heap.get_name(self.heap.class(*class).dict, name))
    }

    /// An attribute that `quick_attribute` has not: a property's function gets its frame at once.
    pub(super) fn slow_attribute(&mut self, object: Value, name: Handle) -> Result<(), Raise> {
        if let Some(getter) = self.quick_getter(object, name) {
            let floor = self.stack.len();
            self.stack.push(object);
            if self.enter_in_place(getter, floor, floor)? {
                return Ok(());
            }
            self.stack.pop();
        }
        let flow = self.attribute(object, name)?;
        self.apply(flow)
    }

    fn quick_getter(&mut self, object: Value, name: Handle) -> Option<Handle> {
        let place = self.heap.object(object.handle()?);
        let class = place.class;
        if matches!(place.data, Data::Class(_) | Data::Super(_) | Data::Module(_)) || self.has_own_getattribute(class) {
            return None;
        }
        let (_, found) = self.lookup_kind(class, name);
        let Data::Property(property) = self.heap.data(found.handle()?) else { return None };
        let getter = property.get.handle().filter(|_| self.is_function(property.get))?;
        self.lookup(class, names::GETATTR).is_none().then_some(getter)
    }
}

// A callable that takes no receiver, as `LoadMethod` leaves it: behind nothing.
fn unbound(callable: Value) -> (Value, Value) {
    (Value::Unbound, callable)
}
