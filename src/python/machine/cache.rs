//! What was found last: the attributes of classes, and where namespaces have their names.

use crate::python::heap::object::Data;
use crate::python::heap::{classes, names};
use crate::python::machine::Machine;
use crate::python::value::{Handle, Value};

/// How many attributes of classes are remembered, a power of two.
const METHODS: usize = 2048;

/// How many names of namespaces are remembered, a power of two.
const PLACES: usize = 2048;

/// The place of a name that a namespace lacks.
const ABSENT: u32 = u32::MAX;

/// What kind of attribute a class has under a name: what that means for its instances.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// None: an instance has its own, or none.
    Absent,
    /// No descriptor: an instance's own comes first.
    Plain,
    /// A function, which takes the instance; an instance's own comes first.
    Method,
    /// A descriptor of another kind, or a value that may be one.
    Other,
}

/// What a class has under a name.
#[derive(Clone, Copy)]
struct Found {
    class: Handle,
    name: Handle,
    epoch: u32,
    kind: Kind,
    value: Value,
}

/// Where a namespace has a name, to be looked at first; or that it lacks it, while no key is added.
#[derive(Clone, Copy)]
struct Place {
    namespace: Handle,
    name: Handle,
    place: u32,
    added: u32,
}

const NOWHERE: Place = Place { namespace: classes::OBJECT, name: classes::OBJECT, place: 0, added: 0 };

pub(super) struct Cache {
    methods: Box<[Found; METHODS]>,
    places: Box<[Place; PLACES]>,
    epoch: u32,
}

impl Default for Cache {
    fn default() -> Cache {
        let nobody = classes::OBJECT;
        let method = Found { class: nobody, name: nobody, epoch: 0, kind: Kind::Absent, value: Value::Unbound };
        let methods = vec![method; METHODS].into_boxed_slice();
        let places = vec![NOWHERE; PLACES].into_boxed_slice();
        Cache {
            methods: methods.try_into().ok().expect("as many as there are"),
            places: places.try_into().ok().expect("as many as there are"),
            epoch: 1,
        }
    }
}

#[inline]
fn place_of(class: Handle, name: Handle) -> usize {
    (class.0.wrapping_mul(31) ^ name.0.wrapping_mul(0x9e37_79b1) >> 7) as usize & (METHODS - 1)
}

impl Machine {
    /// What a class or one of its bases has under a name; descriptors are not asked.
    #[inline]
    pub(crate) fn lookup(&mut self, class: Handle, name: Handle) -> Option<Value> {
        self.lookup_kind(class, name).1.given()
    }

    /// As [`Machine::lookup`], and what kind of attribute it is; unbound if there is none.
    #[inline]
    pub(super) fn lookup_kind(&mut self, class: Handle, name: Handle) -> (Kind, Value) {
        let found = &self.cache.methods[place_of(class, name)];
        if found.class == class && found.name == name && found.epoch == self.cache.epoch {
            return (found.kind, found.value);
        }
        self.look_up(class, name)
    }

    #[cold]
    #[inline(never)]
    fn look_up(&mut self, class: Handle, name: Handle) -> (Kind, Value) {
        let value = self.search(class, name).unwrap_or(Value::Unbound);
        let kind = self.kind_of(value);
        self.cache.methods[place_of(class, name)] = Found { class, name, epoch: self.cache.epoch, kind, value };
        (kind, value)
    }

    fn kind_of(&self, value: Value) -> Kind {
        match value {
            Value::Unbound => Kind::Absent,
            Value::Object(handle) => match self.heap.data(handle) {
                Data::Str(_)
                | Data::List(_)
                | Data::Tuple(_)
                | Data::Dict(_)
                | Data::Class(_)
                | Data::Int(_)
                | Data::Set(_) => Kind::Plain,
                Data::Function(_) => Kind::Method,
                Data::Native(native) if native.owner.is_some() => Kind::Method,
                Data::Native(_) => Kind::Plain,
                _ => Kind::Other,
            },
            _ => Kind::Plain,
        }
    }

    pub(super) fn search(&self, class: Handle, name: Handle) -> Option<Value> {
        let mro = &self.heap.class(class).mro;
        mro.iter().find_map(|base| self.heap.get_name(self.heap.class(*base).dict, name))
    }

    /// To be called when the namespaces of classes that may have been looked into have changed.
    pub(crate) fn classes_changed(&mut self) {
        self.cache.epoch += 1;
    }

    /// To be called when objects are gone: others get their places.
    pub(super) fn forget_places(&mut self) {
        self.classes_changed();
        self.cache.places.fill(NOWHERE);
    }

    /// To be called when a class that may have been looked into has something else under a name.
    pub(crate) fn class_changed(&mut self, class: Handle, name: Handle) {
        let mut work = vec![class];
        while let Some(class) = work.pop() {
            let found = &mut self.cache.methods[place_of(class, name)];
            if found.class == class && found.name == name {
                found.epoch = 0;
            }
            let class = self.heap.class_mut(class);
            class.guarded |= name == names::GETATTRIBUTE || name == names::SETATTR;
            work.extend_from_slice(&class.subclasses);
        }
    }

    /// A name of a module, or of the builtins.
    #[inline]
    pub(crate) fn find_global(&mut self, globals: Handle, name: Handle) -> Option<Value> {
        match self.find_name(globals, name) {
            Some(value) => Some(value),
            None => self.find_name(self.builtins, name),
        }
    }

    /// What a namespace has under a name, looked for first where it was found last.
    #[inline]
    pub(crate) fn find_name(&mut self, namespace: Handle, name: Handle) -> Option<Value> {
        let known = &self.cache.places[(namespace.0.wrapping_mul(7) ^ name.0) as usize & (PLACES - 1)];
        if known.namespace == namespace && known.name == name {
            let dict = self.heap.dict(namespace);
            if known.place == ABSENT {
                if known.added == dict.added() {
                    return None;
                }
            } else if let Some(found) = dict.value_if(known.place as usize, name) {
                return Some(found);
            }
        }
        self.find_place(namespace, name)
    }

    #[cold]
    #[inline(never)]
    fn find_place(&mut self, namespace: Handle, name: Handle) -> Option<Value> {
        let found = self.heap.name_place(namespace, name);
        let dict = self.heap.dict(namespace);
        let place = found.map_or(ABSENT, |place| place as u32);
        let known = Place { namespace, name, place, added: dict.added() };
        self.cache.places[(namespace.0.wrapping_mul(7) ^ name.0) as usize & (PLACES - 1)] = known;
        found.map(|place| dict.value_at(place))
    }
}
