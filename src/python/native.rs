//! What Rust gives to Python: native functions, modules, classes.

use crate::python::heap::classes;
use crate::python::heap::object::{Data, Property};
use crate::python::machine::Machine;
use crate::python::value::{Handle, Value};
use smallvec::SmallVec;
use std::any::Any;
use std::num::NonZeroU32;

/// An exception on its way: the value that was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raise(pub Value);

/// A function written in Rust. It may end, ask for a call, or ask the embedder.
pub type Native = fn(&mut Machine, Args) -> Result<Flow, Raise>;

/// Values that a continuation needs later; the collector sees them.
pub type Keep = SmallVec<[Value; 4]>;

/// The arguments of one call: positional ones by deref, named ones beside them.
#[derive(Default, Clone, Debug)]
pub struct Args {
    /// In order.
    pub positional: SmallVec<[Value; 4]>,
    /// Names are interned.
    pub keywords: Vec<(Handle, Value)>,
}

impl std::ops::Deref for Args {
    type Target = [Value];
    fn deref(&self) -> &[Value] {
        &self.positional
    }
}

impl From<&[Value]> for Args {
    #[inline]
    fn from(positional: &[Value]) -> Args {
        Args { positional: SmallVec::from_slice(positional), keywords: Vec::new() }
    }
}

impl<const N: usize> From<[Value; N]> for Args {
    fn from(positional: [Value; N]) -> Args {
        Args { positional: SmallVec::from_slice(&positional), keywords: Vec::new() }
    }
}

impl Args {
    /// The same arguments behind a receiver.
    pub fn after(mut self, receiver: Value) -> Args {
        self.positional.insert(0, receiver);
        self
    }

    /// The arguments for parameters called `names`, unbound where not given; an empty name is positional only.
    /// The errors are CPython's.
    pub fn take<const N: usize>(
        self,
        machine: &mut Machine,
        function: &str,
        names: [&str; N],
        required: usize,
    ) -> Result<[Value; N], Raise> {
        if self.len() > N {
            return Err(too_many(machine, function, &names, required, self.len()));
        }
        let mut taken = [Value::Unbound; N];
        taken[..self.len()].copy_from_slice(&self);
        for (name, value) in &self.keywords {
            let text = machine.heap.name(*name).to_owned();
            match names.iter().position(|known| *known == text && !known.is_empty()) {
                Some(at) if taken[at].is_unbound() => taken[at] = *value,
                Some(at) => {
                    return Err(machine.type_error(&format!(
                        "argument for {function}() given by name ('{text}') and position ({})",
                        at + 1
                    )));
                }
                None => {
                    return Err(
                        machine.type_error(&format!("{function}() got an unexpected keyword argument '{text}'"))
                    );
                }
            }
        }
        match taken[..required].iter().position(|value| value.is_unbound()) {
            None => Ok(taken),
            Some(_) if names[..required].iter().all(|name| name.is_empty()) => {
                Err(too_many(machine, function, &names, required, self.len()))
            }
            Some(at) => Err(machine.type_error(&format!(
                "{function}() missing required argument '{}' (pos {})",
                names[at],
                at + 1
            ))),
        }
    }

    /// The arguments of a function that takes no names.
    pub fn exactly<const N: usize>(self, machine: &mut Machine, function: &str) -> Result<[Value; N], Raise> {
        match <[Value; N]>::try_from(&*self) {
            Ok(all) if self.keywords.is_empty() => Ok(all),
            _ => self.take(machine, function, [""; N], N),
        }
    }

    /// A named argument.
    pub fn keyword(&self, name: Handle) -> Option<Value> {
        self.keywords.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

fn too_many(machine: &mut Machine, function: &str, names: &[&str], required: usize, given: usize) -> Raise {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    // A method's receiver is no argument to who reads the message.
    let own = usize::from(function.contains('.'));
    let (most, required, given) = (names.len() - own, required - own, given - own.min(given));
    let message = match (most, required) {
        (0, _) => format!("{function}() takes no arguments ({given} given)"),
        (1, 1) => format!("{function}() takes exactly one argument ({given} given)"),
        (n, r) if n == r => format!("{function} expected {n} argument{}, got {given}", plural(n)),
        (_, r) if given < r => format!("{function} expected at least {r} argument{}, got {given}", plural(r)),
        (n, _) => format!("{function} expected at most {n} argument{}, got {given}", plural(n)),
    };
    machine.type_error(&message)
}

/// How a native function goes on.
pub enum Flow {
    /// It has its result.
    Value(Value),
    /// The frame on top has what it needs already.
    #[doc(hidden)]
    Done,
    /// Call something, then go on or be done with its result. The call may suspend.
    Call(Box<Call>),
    /// Suspend the machine, then go on or be done with the answer.
    Ask(Box<Ask>),
}

/// See [`Flow::Call`].
pub struct Call {
    /// What is called.
    pub callable: Value,
    /// With what.
    pub args: Args,
    /// What happens with the result.
    pub then: Option<(Then, Keep)>,
}

/// See [`Flow::Ask`].
pub struct Ask {
    /// The question.
    pub request: Request,
    /// What happens with the answer.
    pub then: Option<(Then, Keep)>,
}

/// A question to the embedder; the machine is suspended until it is answered.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is asked: `execute`, `open`.
    pub name: String,
    /// Its arguments; alive until the answer.
    pub args: Vec<Value>,
}

/// What follows a call that a native function made.
#[derive(Clone, Copy)]
pub enum Then {
    /// Only a result is of interest; an exception passes.
    Value(fn(&mut Machine, Keep, Value) -> Result<Flow, Raise>),
    /// An exception is handed over, too.
    Outcome(fn(&mut Machine, Keep, Result<Value, Value>) -> Result<Flow, Raise>),
}

impl From<Value> for Flow {
    fn from(value: Value) -> Flow {
        Flow::Value(value)
    }
}

impl Flow {
    /// Calls, and its result is the result.
    pub fn call(callable: Value, args: impl Into<Args>) -> Flow {
        Flow::Call(Box::new(Call { callable, args: args.into(), then: None }))
    }

    /// Calls, then goes on with the result.
    pub fn call_then(
        callable: Value,
        args: impl Into<Args>,
        keep: &[Value],
        then: fn(&mut Machine, Keep, Value) -> Result<Flow, Raise>,
    ) -> Flow {
        Flow::Call(Box::new(Call { callable, args: args.into(), then: Some((Then::Value(then), keep.into())) }))
    }

    /// Calls, then goes on with the result or the exception.
    pub fn call_outcome(
        callable: Value,
        args: impl Into<Args>,
        keep: &[Value],
        then: fn(&mut Machine, Keep, Result<Value, Value>) -> Result<Flow, Raise>,
    ) -> Flow {
        Flow::Call(Box::new(Call { callable, args: args.into(), then: Some((Then::Outcome(then), keep.into())) }))
    }

    /// Asks the embedder; the answer is the result.
    pub fn ask(name: &str, args: &[Value]) -> Flow {
        Flow::Ask(Box::new(Ask { request: Request { name: name.to_owned(), args: args.to_vec() }, then: None }))
    }

    /// Goes on with the result of this flow, whenever that is there.
    pub fn then(
        self,
        machine: &mut Machine,
        keep: &[Value],
        then: fn(&mut Machine, Keep, Value) -> Result<Flow, Raise>,
    ) -> Result<Flow, Raise> {
        let next = Some((Then::Value(then), Keep::from(keep)));
        match self {
            Flow::Value(value) => then(machine, keep.into(), value),
            Flow::Call(call) if call.then.is_none() => Ok(Flow::Call(Box::new(Call { then: next, ..*call }))),
            Flow::Ask(ask) if ask.then.is_none() => Ok(Flow::Ask(Box::new(Ask { then: next, ..*ask }))),
            flow => {
                machine.push_continuation(Then::Value(then), keep.into());
                Ok(flow)
            }
        }
    }
}

/// A native function as the heap holds it.
#[derive(Clone, Copy)]
pub(crate) struct NativeFunction {
    pub(crate) name: Handle,
    /// The class whose method it is; methods bind to their instances.
    pub(crate) owner: Option<Owner>,
    pub(crate) call: Native,
}

/// The class of a method. One more than its handle, so that an `Option` of it is no larger.
#[derive(Clone, Copy)]
pub(crate) struct Owner(NonZeroU32);

impl Owner {
    fn of(class: Handle) -> Owner {
        Owner(NonZeroU32::MIN.saturating_add(class.0))
    }

    pub(crate) fn class(self) -> Handle {
        Handle(self.0.get() - 1)
    }
}

/// The Rust side of a native object.
pub trait Payload: Any {
    /// Shows the values inside to the collector.
    fn visit(&self, _visit: &mut dyn FnMut(Value)) {}

    /// About how much memory it takes.
    fn bytes(&self) -> usize {
        64
    }
}

impl Machine {
    /// Registers a native module: `fill` runs when it is first imported. If Python source is embedded under the
    /// same name, it runs afterwards in the same namespace.
    pub fn native_module(&mut self, name: &'static str, fill: fn(&mut Machine, Module)) {
        self.native_modules.insert(name, fill);
    }

    /// A function that is nobody's method.
    pub fn native(&mut self, name: &str, call: Native) -> Value {
        let name = self.heap.intern(name);
        self.heap.alloc(classes::NATIVE_FUNCTION, Data::Native(NativeFunction { name, owner: None, call })).into()
    }

    /// A new native class; see [`ClassBuilder`].
    pub fn class(&mut self, module: &str, name: &str, bases: &[Handle]) -> ClassBuilder<'_> {
        let class = self.found_class(module, name, bases);
        ClassBuilder { machine: self, class }
    }

    /// More methods for a class that is there already.
    pub fn extend(&mut self, class: Handle) -> ClassBuilder<'_> {
        ClassBuilder { machine: self, class }
    }

    /// An instance of a native class (or of a subclass, inside `__new__`) with its payload.
    pub fn instance(&mut self, class: Handle, payload: impl Payload) -> Value {
        self.heap.alloc(class, Data::Payload(Box::new(payload))).into()
    }

    /// The payload of a native object, if it is of this type.
    pub fn payload<T: Payload>(&self, value: Value) -> Option<&T> {
        match self.heap.data(value.handle()?) {
            Data::Payload(payload) => (payload.as_ref() as &dyn Any).downcast_ref(),
            _ => None,
        }
    }

    /// The payload of a native object, to change it.
    pub fn payload_mut<T: Payload>(&mut self, value: Value) -> Option<&mut T> {
        match self.heap.data_mut(value.handle()?) {
            Data::Payload(payload) => (payload.as_mut() as &mut dyn Any).downcast_mut(),
            _ => None,
        }
    }
}

/// A module that is being filled.
#[derive(Clone, Copy)]
pub struct Module(pub(crate) Handle);

impl Module {
    /// The module object.
    pub fn value(self) -> Value {
        self.0.into()
    }

    /// Adds a function.
    pub fn function(self, machine: &mut Machine, name: &str, call: Native) -> Self {
        let function = machine.native(name, call);
        self.set(machine, name, function)
    }

    /// Adds a value.
    pub fn set(self, machine: &mut Machine, name: &str, value: Value) -> Self {
        let dict = machine.module_dict(self.0);
        let name = machine.heap.intern(name);
        machine.heap.set_name(dict, name, value);
        self
    }
}

/// Methods and attributes of a new native class. Slots are methods under their Python names: `__repr__`, `__eq__`,
/// `__hash__`, `__add__`, `__radd__`, `__getitem__`, `__iter__`, `__call__`, `__enter__`, ...
pub struct ClassBuilder<'a> {
    machine: &'a mut Machine,
    class: Handle,
}

impl ClassBuilder<'_> {
    /// A method; `self` is the first argument.
    pub fn method(self, name: &str, call: Native) -> Self {
        let owner = Some(Owner::of(self.class));
        let name_handle = self.machine.heap.intern(name);
        let function = NativeFunction { name: name_handle, owner, call };
        let function = self.machine.heap.alloc(classes::METHOD_DESCRIPTOR, Data::Native(function)).into();
        self.attribute(name, function)
    }

    /// `__new__`: the class is the first argument.
    pub fn constructor(self, call: Native) -> Self {
        let function = self.machine.native("__new__", call);
        let wrapped = self.machine.heap.alloc(classes::STATICMETHOD, Data::StaticMethod(function)).into();
        self.attribute("__new__", wrapped)
    }

    /// A read-only attribute that is computed.
    pub fn getter(self, name: &str, call: Native) -> Self {
        let get = self.machine.native(name, call);
        self.property(
            name,
            Property { get, set: Value::None, delete: Value::None, doc: Value::None, name: Value::None },
        )
    }

    /// An attribute that is computed and can be assigned.
    pub fn accessor(self, name: &str, get: Native, set: Native) -> Self {
        let get = self.machine.native(name, get);
        let set = self.machine.native(name, set);
        self.property(name, Property { get, set, delete: Value::None, doc: Value::None, name: Value::None })
    }

    fn property(self, name: &str, property: Property) -> Self {
        let property = self.machine.heap.alloc(classes::PROPERTY, Data::Property(Box::new(property))).into();
        self.attribute(name, property)
    }

    /// A `@classmethod`.
    pub fn class_method(self, name: &str, call: Native) -> Self {
        let function = self.machine.native(name, call);
        let wrapped = self.machine.heap.alloc(classes::CLASSMETHOD, Data::ClassMethod(function)).into();
        self.attribute(name, wrapped)
    }

    /// A `@staticmethod`.
    pub fn static_method(self, name: &str, call: Native) -> Self {
        let function = self.machine.native(name, call);
        let wrapped = self.machine.heap.alloc(classes::STATICMETHOD, Data::StaticMethod(function)).into();
        self.attribute(name, wrapped)
    }

    /// Any class attribute.
    pub fn attribute(self, name: &str, value: Value) -> Self {
        let dict = self.machine.heap.class(self.class).dict;
        let name = self.machine.heap.intern(name);
        self.machine.heap.set_name(dict, name, value);
        self
    }

    /// The class.
    pub fn build(self) -> Handle {
        self.class
    }
}
