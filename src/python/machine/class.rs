//! Classes: how they are made, how they make instances.

use crate::python::compile::flags;
use crate::python::heap::object::{Class, Data, Function, Layout, Member};
use crate::python::heap::{classes, names};
use crate::python::machine::code::Code;
use crate::python::machine::{Activation, Frame, Machine};
use crate::python::native::{Args, Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};
use std::rc::Rc;

impl Machine {
    pub(crate) fn make_function(&mut self, code: &Code, flags: u16, at: u32) -> Result<(), Raise> {
        let code = code.body().codes[at as usize].clone();
        let mut take = |flag: u16| if flags & flag != 0 { Some(self.pop()) } else { None };
        let closure = take(flags::CLOSURE);
        let type_params = take(flags::TYPE_PARAMS);
        let annotations = take(flags::ANNOTATIONS);
        let keyword_defaults = take(flags::KEYWORD_DEFAULTS);
        let defaults = take(flags::DEFAULTS);
        let closure = closure.and_then(|cells| self.items_of(cells)).unwrap_or_default();
        let closure = closure.iter().filter_map(|cell| cell.handle()).collect();
        let defaults = defaults.and_then(|values| self.items_of(values)).unwrap_or_default().to_vec();
        let keyword_defaults =
            keyword_defaults.and_then(Value::handle).map_or(Vec::new(), |dict| self.keywords_of(dict));
        let (name, qualname) = (code.name.into(), code.qualname.into());
        let frame = self.frame();
        let (globals, namespace) = (frame.globals, frame.namespace);
        let module = self.find_name(globals, names::NAME).unwrap_or(Value::None);
        let empty = self.heap.tuple(&[]);
        let function = Function {
            doc: code.doc,
            code,
            globals,
            closure,
            defaults,
            keyword_defaults,
            name,
            qualname,
            module,
            annotations: annotations.unwrap_or(Value::None),
            namespace: namespace.filter(|_| flags & flags::NAMESPACE != 0),
            type_params: type_params.unwrap_or(empty),
        };
        let function = self.heap.alloc(classes::FUNCTION, Data::Function(Box::new(function)));
        self.stack.push(function.into());
        Ok(())
    }

    // Stack: body function, name, list of bases, dict of keywords.
    pub(crate) fn build_class_op(&mut self) -> Result<(), Raise> {
        let keywords = self.pop();
        let original = self.pop();
        let name = self.pop();
        let body = self.pop();
        let original = self.items(original)?;
        let bases = self.resolved_bases(&original)?;
        let keywords = keywords.handle().expect("a dict of keywords");
        let metaclass = match self.heap.delete_name(keywords, names::METACLASS) {
            Some(metaclass) => metaclass,
            None => classes::TYPE.into(),
        };
        let metaclass = self.winning_metaclass(metaclass, &bases)?;
        let same = original == bases;
        let original = self.heap.tuple(&original);
        let bases = self.heap.tuple(&bases);
        let keep = Keep::from_slice(&[
            body,
            name,
            bases,
            keywords.into(),
            metaclass,
            if same { Value::None } else { original },
        ]);
        match self.class_handle(metaclass).and_then(|class| self.lookup(class, names::PREPARE)) {
            None => {
                let namespace = self.new_dict();
                let flow = class_body(self, keep, namespace.into())?;
                self.apply(flow)
            }
            Some(_) => {
                let prepare = self.get_name(metaclass, names::PREPARE)?;
                let mut args = Args::from([name, bases]);
                args.keywords = self.keywords_of(keywords);
                self.push_continuation(Then::Value(class_body), keep);
                self.apply(Flow::call(prepare, args))
            }
        }
    }

    pub(crate) fn keywords_of(&self, dict: Handle) -> Vec<(Handle, Value)> {
        self.heap.dict(dict).iter().filter_map(|entry| Some((entry.key.handle()?, entry.value))).collect()
    }

    // A base that is no class may stand for others.
    fn resolved_bases(&mut self, original: &[Value]) -> Result<Vec<Value>, Raise> {
        let mut bases = Vec::new();
        for base in original {
            if self.class_handle(*base).is_some() {
                bases.push(*base);
                continue;
            }
            let all = self.heap.tuple(original);
            match self.call_special(*base, names::MRO_ENTRIES, [all])? {
                Some(entries) => bases.extend(self.items(entries)?),
                None => bases.push(*base),
            }
        }
        Ok(bases)
    }

    fn winning_metaclass(&mut self, metaclass: Value, bases: &[Value]) -> Result<Value, Raise> {
        let Some(mut winner) = self.class_handle(metaclass) else { return Ok(metaclass) };
        for base in bases {
            let candidate = self.heap.class_of(*base);
            if self.heap.is_subclass(winner, candidate) {
                continue;
            }
            if !self.heap.is_subclass(candidate, winner) {
                return Err(self.type_error(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
                ));
            }
            winner = candidate;
        }
        Ok(winner.into())
    }

    /// `type(name, bases, namespace, **keywords)`
    pub(crate) fn new_class(
        &mut self,
        metaclass: Handle,
        name: Value,
        bases: &[Value],
        namespace: Value,
        keywords: &[(Handle, Value)],
    ) -> Result<Flow, Raise> {
        let title: Rc<str> = self.heap.text(name).unwrap_or("?").into();
        let mut base_handles = Vec::new();
        for base in bases {
            match self.class_handle(*base) {
                Some(base) => base_handles.push(base),
                None => return Err(self.type_error("bases must be types")),
            }
        }
        if base_handles.is_empty() {
            base_handles.push(classes::OBJECT);
        }
        let layout = self.layout_of(&base_handles)?;
        let dict = self.new_dict();
        for (key, value) in self.mapping_entries(namespace)? {
            let key = self.heap.name_of(key);
            self.heap.set_name(dict, key, value);
        }
        let qualname = self
            .heap
            .delete_name(dict, names::QUALNAME)
            .and_then(|name| self.heap.text(name).map(Rc::from))
            .unwrap_or(title.clone());
        let class = Class {
            name: title.clone(),
            qualname,
            bases: base_handles.clone(),
            mro: Vec::new(),
            dict,
            layout,
            native: false,
            open: true,
            subclasses: Vec::new(),
            guarded: false,
            room: 0,
        };
        let handle = self.heap.alloc(metaclass, Data::Class(Box::new(class)));
        let mro = self.linearised(handle, &base_handles, &title)?;
        self.heap.class_mut(handle).mro = mro;
        for base in &base_handles {
            self.heap.class_mut(*base).subclasses.push(handle);
        }
        self.complete_namespace(handle, dict)?;
        self.heap.class_mut(handle).guarded = [names::GETATTRIBUTE, names::SETATTR]
            .iter()
            .zip([self.known.getattribute, self.known.setattr])
            .any(|(name, known)| self.search(handle, *name) != Some(known));
        if let Some(Value::Object(cell)) = self.heap.delete_name(dict, names::CLASSCELL) {
            *self.heap.data_mut(cell) = Data::Cell(handle.into());
        }
        self.set_names(handle, dict)?;
        self.announce(handle, keywords)
    }

    fn layout_of(&mut self, bases: &[Handle]) -> Result<Layout, Raise> {
        let mut layout = Layout::Plain;
        for base in bases {
            let class = self.heap.class(*base);
            match class.layout {
                Layout::Closed => {
                    let message = format!("type '{}' is not an acceptable base type", class.name);
                    return Err(self.type_error(&message));
                }
                Layout::Plain => {}
                other if layout == Layout::Plain || layout == other => layout = other,
                _ => return Err(self.type_error("multiple bases have instance lay-out conflict")),
            }
        }
        Ok(layout)
    }

    /// C3: every class before its bases, bases in their order.
    fn linearised(&mut self, class: Handle, bases: &[Handle], title: &str) -> Result<Vec<Handle>, Raise> {
        // Most classes have one base: then nothing is to be merged.
        if let [base] = bases {
            let above = self.heap.class(*base).mro.iter().copied();
            return Ok(std::iter::once(class).chain(above).collect());
        }
        let mut lists: Vec<Vec<Handle>> = bases.iter().map(|base| self.heap.class(*base).mro.clone()).collect();
        lists.push(bases.to_vec());
        if let Some(twice) = bases.iter().enumerate().find(|(at, base)| bases[..*at].contains(base)) {
            let message = format!("duplicate base class {}", self.heap.class(*twice.1).name);
            return Err(self.type_error(&message));
        }
        let mut mro = vec![class];
        loop {
            lists.retain(|list| !list.is_empty());
            if lists.is_empty() {
                return Ok(mro);
            }
            let heads = lists.iter().map(|list| list[0]);
            let good = heads.clone().find(|head| !lists.iter().any(|list| list[1..].contains(head)));
            let Some(good) = good else {
                let mut stuck: Vec<String> = Vec::new();
                for head in heads {
                    let name = self.heap.class(head).name.to_string();
                    if !stuck.contains(&name) {
                        stuck.push(name);
                    }
                }
                let _ = title;
                let message =
                    format!("Cannot create a consistent method resolution order (MRO) for bases {}", stuck.join(", "));
                return Err(self.type_error(&message));
            };
            mro.push(good);
            lists.iter_mut().for_each(|list| list.retain(|other| *other != good));
        }
    }

    fn complete_namespace(&mut self, class: Handle, dict: Handle) -> Result<(), Raise> {
        if self.heap.get_name(dict, names::DOC).is_none() {
            self.heap.set_name(dict, names::DOC, Value::None);
        }
        if self.heap.get_name(dict, names::MODULE).is_none() {
            let globals = self.frames.iter().rev().find_map(|activation| match activation {
                Activation::Python(frame) => Some(frame.globals),
                _ => None,
            });
            let module =
                globals.and_then(|globals| self.heap.get_name(globals, names::NAME)).unwrap_or(names::MAIN.into());
            self.heap.set_name(dict, names::MODULE, module);
        }
        for name in [names::INIT_SUBCLASS, names::CLASS_GETITEM] {
            self.wrap(dict, name, classes::CLASSMETHOD);
        }
        self.wrap(dict, names::NEW, classes::STATICMETHOD);
        if self.heap.get_name(dict, names::EQ).is_some() && self.heap.get_name(dict, names::HASH).is_none() {
            self.heap.set_name(dict, names::HASH, Value::None);
        }
        self.make_slots(class, dict)
    }

    fn wrap(&mut self, dict: Handle, name: Handle, class: Handle) {
        let Some(value) = self.heap.get_name(dict, name) else { return };
        if matches!(value.handle().map(|handle| self.heap.data(handle)), Some(Data::Function(_))) {
            let data = if class == classes::CLASSMETHOD { Data::ClassMethod(value) } else { Data::StaticMethod(value) };
            let wrapped = self.heap.alloc(class, data);
            self.heap.set_name(dict, name, wrapped.into());
        }
    }

    fn make_slots(&mut self, class: Handle, dict: Handle) -> Result<(), Raise> {
        let Some(slots) = self.heap.get_name(dict, names::SLOTS) else { return Ok(()) };
        let slots = if self.heap.text(slots).is_some() { vec![slots] } else { self.items(slots)? };
        let bases = self.heap.class(class).mro[1..].to_vec();
        let mut open = bases.iter().any(|base| self.heap.class(*base).open);
        for slot in slots {
            let text = self.heap.text(slot).unwrap_or_default().to_owned();
            let name = self.heap.intern(&text);
            if name == names::DICT {
                open = true;
                continue;
            }
            if self.heap.get_name(dict, name).is_some() {
                let message = format!("'{text}' in __slots__ conflicts with class variable");
                return Err(self.value_error(&message));
            }
            let member = self.heap.alloc(classes::MEMBER, Data::Member(Box::new(Member { name, owner: class })));
            self.heap.set_name(dict, name, member.into());
        }
        self.heap.class_mut(class).open = open;
        Ok(())
    }

    fn set_names(&mut self, class: Handle, dict: Handle) -> Result<(), Raise> {
        for (name, value) in self.dict_entries(dict) {
            let Value::Object(handle) = value else { continue };
            match self.heap.data_mut(handle) {
                Data::Property(property) if property.name.is_none() => property.name = name,
                Data::Plain | Data::Payload(_) => {
                    let owner = self.heap.object(handle).class;
                    if self.lookup(owner, names::SET_NAME).is_some() {
                        self.call_special(value, names::SET_NAME, [class.into(), name])?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    // `__init_subclass__` of the next class in the MRO; then the class is there.
    fn announce(&mut self, class: Handle, keywords: &[(Handle, Value)]) -> Result<Flow, Raise> {
        let mro = self.heap.class(class).mro[1..].to_vec();
        let found = mro.iter().find_map(|base| self.heap.get_name(self.heap.class(*base).dict, names::INIT_SUBCLASS));
        let function = match found.and_then(Value::handle).map(|handle| self.heap.data(handle)) {
            Some(Data::ClassMethod(function)) => *function,
            _ => Value::None,
        };
        if function.is_none() || function == self.known.init_subclass {
            if !keywords.is_empty() {
                let message = format!("{}.__init_subclass__() takes no keyword arguments", self.heap.class(class).name);
                return Err(self.type_error(&message));
            }
            return Ok(Value::from(class).into());
        }
        let mut args = Args::from([Value::from(class)]);
        args.keywords = keywords.to_vec();
        Ok(Flow::call_then(function, args, &[class.into()], |_, keep, _| Ok(keep[0].into())))
    }
}

// The namespace is there: the body runs in it.
fn class_body(machine: &mut Machine, keep: Keep, namespace: Value) -> Result<Flow, Raise> {
    let body = keep[0].handle().expect("the body's function");
    let Some(dict) = namespace.handle().filter(|handle| matches!(machine.heap.data(*handle), Data::Dict(_))) else {
        let message = format!(
            "{}.__prepare__() must return a mapping, not {}",
            machine.class_name(keep[4]),
            machine.type_name(namespace)
        );
        return Err(machine.type_error(&message));
    };
    let mut keep = keep;
    keep.push(namespace);
    machine.push_continuation(Then::Value(class_made), keep);
    let function = machine.function(body);
    let (code, globals) = (function.code.clone(), function.globals);
    let closure: Vec<Value> = function.closure.iter().map(|cell| (*cell).into()).collect();
    machine.link(&code);
    let base = machine.stack.len();
    machine.stack.resize(base + code.body().locals.len() - code.free, Value::Unbound);
    machine.stack.extend(closure);
    let mut frame = Frame::new(code, globals, base, base);
    frame.namespace = Some(dict);
    machine.frames.push(Activation::Python(frame));
    machine.switched = true;
    Ok(Flow::Done)
}

// The body has run: the metaclass is called.
fn class_made(machine: &mut Machine, keep: Keep, _: Value) -> Result<Flow, Raise> {
    let (name, bases, keywords, metaclass, original, namespace) =
        (keep[1], keep[2], keep[3], keep[4], keep[5], keep[6]);
    if !original.is_none() {
        machine.heap.set_name(namespace.handle().expect("a dict"), names::ORIG_BASES, original);
    }
    let mut args = Args::from([name, bases, namespace]);
    args.keywords = machine.keywords_of(keywords.handle().expect("a dict"));
    Ok(Flow::call(metaclass, args))
}

impl Machine {
    /// The name of a value that is a class.
    pub(crate) fn class_name(&self, value: Value) -> String {
        self.class_handle(value).map_or_else(|| "?".to_owned(), |class| self.heap.class(class).name.to_string())
    }
}
