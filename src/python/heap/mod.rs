//! One heap per machine, dropped whole: objects by handle, names interned, bytes counted.

mod attrs;
pub mod classes;
mod collect;
mod dict;
pub(crate) mod lookup;
pub mod names;
pub(crate) mod object;

use crate::python::value::{Handle, Value};
pub(crate) use attrs::{AttrMap, Attrs};
pub(crate) use dict::Dict;
use object::{Class, Data, Object, Text};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Collect when this many bytes have been used, at the earliest.
const FIRST_WATERMARK: usize = 16 << 20;

/// Room for the objects of a run of usual size: growing copies them, and what is not used takes no memory.
const ROOM: usize = 1 << 16;

/// How many texts that were interned last are looked at first, a power of two.
const RECENT: usize = 256;

/// All objects of one run.
pub struct Heap {
    objects: Vec<Object>,
    free: Option<u32>,
    interned: FxHashMap<Rc<str>, Handle>,
    /// By where a text lies: Rust's own come again and again.
    recent: Box<[Handle; RECENT]>,
    /// The strings of one ASCII character, and the empty one at the end.
    single: Vec<Value>,
    empty_tuple: Value,
    pinned: Vec<Handle>,
    held: FxHashMap<Handle, usize>,
    used: usize,
    watermark: usize,
    limit: usize,
}

impl Heap {
    pub(crate) fn new(limit: usize) -> Heap {
        let mut heap = Heap {
            objects: Vec::with_capacity(ROOM),
            free: None,
            interned: FxHashMap::default(),
            recent: Box::new([classes::OBJECT; RECENT]),
            single: Vec::new(),
            empty_tuple: Value::None,
            pinned: Vec::new(),
            held: FxHashMap::default(),
            used: 0,
            watermark: FIRST_WATERMARK,
            limit,
        };
        heap.found_classes();
        for name in names::TABLE {
            heap.intern(name);
        }
        heap.found_constants();
        heap
    }

    fn found_classes(&mut self) {
        let count = classes::TABLE.len();
        for _ in 0..count {
            let handle = self.alloc(classes::TYPE, Data::Plain);
            self.pin(handle);
        }
    }

    fn found_constants(&mut self) {
        for (at, builtin) in classes::TABLE.iter().enumerate() {
            let dict = self.alloc(classes::DICT, Data::Dict(Box::default()));
            let place = Handle(at as u32);
            let mut mro = vec![place];
            builtin.bases.iter().for_each(|base| mro.extend(self.class(*base).mro.clone()));
            let object_last = |h: &Handle| *h == classes::OBJECT;
            let mut seen = Vec::new();
            mro.retain(|h| {
                !object_last(h) && !seen.contains(h) && {
                    seen.push(*h);
                    true
                }
            });
            // The one diamond of the table: EXCEPTION_GROUP.
            if let Some(at) = mro.iter().position(|h| *h == classes::BASE_EXCEPTION) {
                let base = mro.remove(at);
                mro.push(base);
            }
            mro.push(classes::OBJECT);
            for base in builtin.bases {
                self.class_mut(*base).subclasses.push(place);
            }
            self.objects[at].data = Data::Class(Box::new(Class {
                name: builtin.name.into(),
                qualname: builtin.name.into(),
                bases: builtin.bases.to_vec(),
                mro,
                dict,
                layout: builtin.layout,
                native: true,
                open: builtin.layout == object::Layout::Exception || matches!(builtin.name, "function" | "module"),
                subclasses: Vec::new(),
                guarded: false,
                room: 0,
            }));
        }
        self.single =
            (0..128u8).map(|byte| char::from(byte).to_string()).map(|text| self.intern(&text).into()).collect();
        let empty = self.intern("").into();
        self.single.push(empty);
        let empty = self.alloc(classes::TUPLE, Data::Tuple(Rc::from([])));
        self.pin(empty);
        self.empty_tuple = empty.into();
    }

    /// A new object.
    #[inline]
    pub(crate) fn alloc(&mut self, class: Handle, data: Data) -> Handle {
        let object = Object::new(class, data);
        self.used += size_of::<Object>() + object.data.bytes();
        match self.free {
            Some(place) => {
                let Data::Free(next) = self.objects[place as usize].data else {
                    unreachable!("the free list holds free places")
                };
                self.free = next;
                self.objects[place as usize] = object;
                Handle(place)
            }
            None => {
                self.objects.push(object);
                Handle(self.objects.len() as u32 - 1)
            }
        }
    }

    #[inline]
    pub(crate) fn object(&self, handle: Handle) -> &Object {
        &self.objects[handle.0 as usize]
    }

    #[inline]
    pub(crate) fn object_mut(&mut self, handle: Handle) -> &mut Object {
        &mut self.objects[handle.0 as usize]
    }

    #[inline]
    pub(crate) fn data(&self, handle: Handle) -> &Data {
        &self.objects[handle.0 as usize].data
    }

    #[inline]
    pub(crate) fn data_mut(&mut self, handle: Handle) -> &mut Data {
        &mut self.objects[handle.0 as usize].data
    }

    #[inline]
    pub(crate) fn class(&self, handle: Handle) -> &Class {
        match self.data(handle) {
            Data::Class(class) => class,
            _ => unreachable!("a class handle points at a class"),
        }
    }

    pub(crate) fn class_mut(&mut self, handle: Handle) -> &mut Class {
        match self.data_mut(handle) {
            Data::Class(class) => class,
            _ => unreachable!("a class handle points at a class"),
        }
    }

    #[inline]
    pub(crate) fn dict(&self, handle: Handle) -> &Dict {
        match self.data(handle) {
            Data::Dict(dict) | Data::Set(dict) => dict,
            _ => unreachable!("a dict handle points at a dict"),
        }
    }

    #[inline]
    pub(crate) fn dict_mut(&mut self, handle: Handle) -> &mut Dict {
        match self.data_mut(handle) {
            Data::Dict(dict) | Data::Set(dict) => dict,
            _ => unreachable!("a dict handle points at a dict"),
        }
    }

    /// The class of any value.
    #[inline]
    pub fn class_of(&self, value: Value) -> Handle {
        match value {
            Value::Object(handle) => self.objects[handle.0 as usize].class,
            Value::Int(_) => classes::INT,
            Value::Bool(_) => classes::BOOL,
            Value::Float(_) => classes::FLOAT,
            Value::None | Value::Unbound => classes::NONE_TYPE,
            Value::NotImplemented => classes::NOT_IMPLEMENTED_TYPE,
            Value::Ellipsis => classes::ELLIPSIS_TYPE,
        }
    }

    /// The interned string with this text.
    pub fn intern(&mut self, text: &str) -> Handle {
        let place = (text.as_ptr() as usize ^ text.len().wrapping_mul(31)) & (RECENT - 1);
        let recent = self.recent[place];
        if matches!(self.data(recent), Data::Str(known) if *known.text == *text) {
            return recent;
        }
        let handle = self.intern_anew(text);
        self.recent[place] = handle;
        handle
    }

    fn intern_anew(&mut self, text: &str) -> Handle {
        if let Some(handle) = self.interned.get(text) {
            return *handle;
        }
        let mut string = Text::new(text.into());
        string.interned = true;
        let key = string.text.clone();
        let handle = self.alloc(classes::STR, Data::Str(string));
        self.pin(handle);
        self.interned.insert(key, handle);
        handle
    }

    /// The interned string with the text of a string.
    pub(crate) fn name_of(&mut self, string: Value) -> Handle {
        let text = match string.handle().map(|handle| (handle, self.data(handle))) {
            Some((handle, Data::Str(text))) if text.interned => return handle,
            Some((_, Data::Str(text))) => text.text.clone(),
            _ => "".into(),
        };
        self.intern(&text)
    }

    /// The interned string with this text, if anybody has interned it.
    pub(crate) fn interned(&self, text: &str) -> Option<Handle> {
        self.interned.get(text).copied()
    }

    /// A string.
    pub fn str(&mut self, text: &str) -> Value {
        match text.as_bytes() {
            [] => self.single[128],
            [byte] if byte.is_ascii() => self.single[usize::from(*byte)],
            _ => self.alloc(classes::STR, Data::Str(Text::new(text.into()))).into(),
        }
    }

    /// A string of text that somebody has already on the heap.
    pub(crate) fn str_of(&mut self, text: Rc<str>) -> Value {
        if text.len() < 2 { self.str(&text) } else { self.alloc(classes::STR, Data::Str(Text::new(text))).into() }
    }

    /// A tuple.
    pub fn tuple(&mut self, items: &[Value]) -> Value {
        if items.is_empty() { self.empty_tuple } else { self.alloc(classes::TUPLE, Data::Tuple(items.into())).into() }
    }

    /// A list.
    pub fn list(&mut self, items: Vec<Value>) -> Value {
        self.alloc(classes::LIST, Data::List(items)).into()
    }

    /// The text of a `str` or of an instance of a subclass.
    pub fn text(&self, value: Value) -> Option<&str> {
        match value {
            Value::Object(handle) => match self.data(handle) {
                Data::Str(text) => Some(&text.text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The text of a name.
    pub(crate) fn name(&self, name: Handle) -> &str {
        self.text(name.into()).unwrap_or("?")
    }

    /// Whether `class` is `base` or inherits from it.
    pub fn is_subclass(&self, class: Handle, base: Handle) -> bool {
        class == base || self.class(class).mro.contains(&base)
    }

    /// Keeps a value alive until it is released as often as it was held.
    pub(crate) fn hold(&mut self, value: Value) {
        if let Value::Object(handle) = value {
            *self.held.entry(handle).or_default() += 1;
        }
    }

    pub(crate) fn release(&mut self, value: Value) {
        if let Value::Object(handle) = value
            && let Some(count) = self.held.get_mut(&handle)
        {
            *count -= 1;
            if *count == 0 {
                self.held.remove(&handle);
            }
        }
    }

    fn held(&self) -> Vec<Handle> {
        self.held.keys().copied().collect()
    }

    fn pinned_handles(&self) -> impl Iterator<Item = Handle> + use<> {
        self.pinned.clone().into_iter()
    }

    /// Keeps an object for ever.
    pub(crate) fn pin(&mut self, handle: Handle) {
        if !self.object(handle).pinned {
            self.object_mut(handle).pinned = true;
            self.pinned.push(handle);
        }
    }

    /// Counts bytes that an object has grown by.
    #[inline]
    pub(crate) fn charge(&mut self, bytes: usize) {
        self.used += bytes;
    }

    /// Whether it is time to collect.
    #[inline]
    pub(crate) fn full(&self) -> bool {
        self.used > self.watermark
    }

    /// Whether more is used than the run may use; `more` bytes are about to be.
    pub(crate) fn exhausted(&self, more: usize) -> bool {
        self.used.saturating_add(more) > self.limit
    }

    /// How many objects there are, free places among them.
    pub(crate) fn size(&self) -> usize {
        self.objects.len()
    }

    /// The bytes in use, as of the last collection plus what came since.
    pub fn used(&self) -> usize {
        self.used
    }

    fn swept(&mut self, free: Option<u32>, used: usize) {
        self.free = free;
        self.used = used;
        self.watermark = (used * 2).max(FIRST_WATERMARK);
    }
}
