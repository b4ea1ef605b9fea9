//! How classes make instances, and who is one.

use crate::python::compile::CodeKind;
use crate::python::heap::object::Data;
use crate::python::heap::object::Layout;
use crate::python::heap::{classes, names};
use crate::python::machine::Activation;
use crate::python::machine::Machine;
use crate::python::machine::cache::Kind;
use crate::python::native::Args;
use crate::python::native::{Flow, Keep, Raise, Then};
use crate::python::value::{Handle, Value};
use std::rc::Rc;

impl Machine {
    /// `Class(...)`
    pub(crate) fn call_class(&mut self, class: Handle, args: Args) -> Result<Flow, Raise> {
        let metaclass = self.heap.object(class).class;
        if metaclass != classes::TYPE
            && let Some(call) = self.lookup(metaclass, names::CALL)
            && call != self.known.type_call
        {
            let (callable, args) = self.receiver_first(call, class.into(), args)?;
            return Ok(Flow::call(callable, args));
        }
        self.construct(class, args)
    }

    /// As [`Machine::call_class`], where `__init__` is a function and nothing else has a say. The class lies on the
    /// stack over `floor`, its arguments over it. False: nothing has changed.
    pub(super) fn construct_in_place(&mut self, class: Handle, floor: usize) -> Result<bool, Raise> {
        let metaclass = self.heap.object(class).class;
        let called = metaclass == classes::TYPE || self.lookup(metaclass, names::CALL) == Some(self.known.type_call);
        if !called || self.heap.class(class).layout != Layout::Plain {
            return Ok(false);
        }
        let (_, new) = self.lookup_kind(class, names::NEW);
        let (kind, init) = self.lookup_kind(class, names::INIT);
        if self.static_function(new) != self.known.new
            || kind != Kind::Method
            || self.lookup(class, names::ABSTRACT).is_some()
        {
            return Ok(false);
        }
        let Value::Object(init) = init else { return Ok(false) };
        match self.heap.data(init) {
            Data::Function(function) if matches!(function.code.kind, CodeKind::Function) => {}
            _ => return Ok(false),
        }
        let instance = Value::from(self.heap.alloc(class, Data::Plain));
        let callable = std::mem::replace(&mut self.stack[floor + 1], instance);
        if self.enter_in_place(init, floor + 1, floor)? {
            self.frame().instead = instance;
            return Ok(true);
        }
        self.stack[floor + 1] = callable;
        Ok(false)
    }

    fn static_function(&self, value: Value) -> Value {
        match value.handle().map(|handle| self.heap.data(handle)) {
            Some(Data::StaticMethod(function)) => *function,
            _ => value,
        }
    }

    /// `type.__call__(Class, ...)`: `__new__`, then `__init__`.
    pub(crate) fn construct(&mut self, class: Handle, args: Args) -> Result<Flow, Raise> {
        if class == classes::TYPE && args.len() == 1 && args.keywords.is_empty() {
            return Ok(Value::from(self.heap.class_of(args[0])).into());
        }
        let new = self.lookup(class, names::NEW).expect("object has a __new__");
        let new = self.static_function(new);
        if new == self.known.new {
            let instance = self.plain_instance(class, &args)?;
            return self.initialise(class, instance, args);
        }
        if let Data::Native(native) = self.heap.data(new.handle().expect("__new__ is an object")) {
            let call = native.call;
            let depth = self.frames.len();
            // What classes of ours make is of their very class, or has no `__init__` either.
            if class != classes::TYPE
                && self.heap.class(class).native
                && self.lookup(class, names::INIT) == Some(self.known.init)
            {
                return call(self, args.after(class.into()));
            }
            let flow = call(self, args.clone().after(class.into()))?;
            if let Flow::Value(instance) = flow
                && self.frames.len() == depth
            {
                return self.initialise_if_instance(class, instance, args);
            }
            let keep = self.kept_args(class, args);
            self.frames
                .insert(depth, Activation::Native { then: Then::Value(made), keep, floor: self.stack.len() as u32 });
            return Ok(flow);
        }
        let keep = self.kept_args(class, args.clone());
        self.push_continuation(Then::Value(made), keep);
        Ok(Flow::call(new, args.after(class.into())))
    }

    fn kept_args(&mut self, class: Handle, args: Args) -> Keep {
        let positional = self.heap.tuple(&args);
        let keywords = if args.keywords.is_empty() {
            Value::None
        } else {
            let dict = self.new_dict();
            args.keywords.iter().for_each(|(name, value)| self.heap.set_name(dict, *name, *value));
            dict.into()
        };
        Keep::from_slice(&[class.into(), positional, keywords])
    }

    /// An instance of a class without a `__new__` of its own.
    fn plain_instance(&mut self, class: Handle, args: &Args) -> Result<Value, Raise> {
        self.refuse_abstract(class)?;
        if !(args.is_empty() && args.keywords.is_empty()) && self.lookup(class, names::INIT) == Some(self.known.init) {
            let message = format!("{}() takes no arguments", self.heap.class(class).name);
            return Err(self.type_error(&message));
        }
        self.empty_instance(class)
    }

    fn refuse_abstract(&mut self, class: Handle) -> Result<(), Raise> {
        let Some(names) = self.lookup(class, names::ABSTRACT) else { return Ok(()) };
        let mut names: Vec<String> = self
            .items(names)?
            .into_iter()
            .filter_map(|name| self.heap.text(name).map(|name| format!("'{name}'")))
            .collect();
        names.sort();
        if names.is_empty() {
            return Ok(());
        }
        let plural = if names.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {} without an implementation for abstract method{plural} {}",
            self.heap.class(class).name,
            names.join(", ")
        );
        Err(self.type_error(&message))
    }

    /// An instance with the empty data of its layout.
    pub(crate) fn empty_instance(&mut self, class: Handle) -> Result<Value, Raise> {
        let data = match self.heap.class(class).layout {
            Layout::Plain => Data::Plain,
            Layout::List => Data::List(Vec::new()),
            Layout::Dict => Data::Dict(Box::default()),
            Layout::Set => Data::Set(Box::default()),
            Layout::Tuple => Data::Tuple(Rc::from([])),
            Layout::Exception => return Ok(self.exception(class, &[])),
            Layout::Module => Data::Module(self.new_dict()),
            _ => {
                let message = format!("cannot create '{}' instances", self.heap.class(class).name);
                return Err(self.type_error(&message));
            }
        };
        Ok(self.heap.alloc(class, data).into())
    }

    fn initialise_if_instance(&mut self, class: Handle, instance: Value, args: Args) -> Result<Flow, Raise> {
        if !self.is_instance(instance, class) {
            return Ok(instance.into());
        }
        let own = self.heap.class_of(instance);
        self.initialise(own, instance, args)
    }

    fn initialise(&mut self, class: Handle, instance: Value, args: Args) -> Result<Flow, Raise> {
        let init = self.lookup(class, names::INIT).expect("object has an __init__");
        if init == self.known.init {
            return Ok(instance.into());
        }
        let (callable, args) = self.receiver_first(init, instance, args)?;
        if let Some(Data::Function(_)) = callable.handle().map(|handle| self.heap.data(handle)) {
            let handle = callable.handle().expect("a function");
            if let Some(Flow::Value(generator)) = self.enter_function(handle, args)? {
                return Err(self.init_returned(generator));
            }
            self.frame().instead = instance;
            return Ok(Flow::Done);
        }
        Ok(Flow::call_then(callable, args, &[instance], |_, keep, _| Ok(keep[0].into())))
    }

    pub(super) fn init_returned(&mut self, value: Value) -> Raise {
        let message = format!("__init__() should return None, not '{}'", self.type_name(value));
        self.type_error(&message)
    }

    /// `isinstance(value, class)`, at once.
    pub fn instance_check(&mut self, value: Value, class: Value) -> Result<bool, Raise> {
        self.check(value, class, names::INSTANCECHECK)
    }

    /// `issubclass(value, class)`, at once.
    pub fn subclass_check(&mut self, value: Value, class: Value) -> Result<bool, Raise> {
        self.check(value, class, names::SUBCLASSCHECK)
    }

    fn check(&mut self, value: Value, class: Value, method: Handle) -> Result<bool, Raise> {
        if let Some(Data::Tuple(items)) = class.handle().map(|handle| self.heap.data(handle)) {
            let items = items.clone();
            for item in items.iter() {
                if self.guarded(|machine| machine.check(value, *item, method))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(class) = self.class_handle(class) {
            let metaclass = self.heap.object(class).class;
            if metaclass == classes::TYPE || self.lookup(metaclass, method).is_none() {
                let of = if method == names::INSTANCECHECK {
                    self.heap.class_of(value)
                } else {
                    self.class_argument(value)?
                };
                return Ok(self.heap.is_subclass(of, class));
            }
        }
        match self.call_special(class, method, [value])? {
            Some(answer) => self.truth(answer),
            None if self.placeholder_used(class).is_some() => Ok(false),
            None => {
                let what = if method == names::INSTANCECHECK {
                    "isinstance() arg 2 must be a type, a tuple of types, or a union"
                } else {
                    "issubclass() arg 2 must be a class, a tuple of classes, or a union"
                };
                Err(self.type_error(what))
            }
        }
    }

    fn class_argument(&mut self, value: Value) -> Result<Handle, Raise> {
        match self.class_handle(value) {
            Some(class) => Ok(class),
            None => Err(self.type_error("issubclass() arg 1 must be a class")),
        }
    }
}

fn made(machine: &mut Machine, keep: Keep, instance: Value) -> Result<Flow, Raise> {
    let class = keep[0].handle().expect("a class");
    let keywords = keep[2].handle().map_or(Vec::new(), |dict| machine.keywords_of(dict));
    let args = Args { positional: machine.items(keep[1])?.into(), keywords };
    machine.initialise_if_instance(class, instance, args)
}
