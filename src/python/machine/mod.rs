//! The machine: frames on the heap, one instruction at a time, suspended and resumed at will.

mod arithmetic;
mod assign;
mod attribute;
mod blocks;
mod build;
mod cache;
mod call;
mod class;
pub(crate) mod code;
mod computed;
mod dicts;
mod display;
mod errors;
mod finalise;
mod find;
mod flow;
mod formatting;
mod frame;
mod generator;
mod import;
mod instance;
mod iterate;
mod late;
mod matching;
mod operators;
mod ordering;
pub(crate) mod placeholder;
mod quick;
mod run;
mod sets;
mod step;
mod subscript;
pub(crate) mod suggest;
mod truth;
mod turn;
pub(crate) mod typing;
mod unpack;
mod unwind;
mod variables;

pub(crate) use operators::{BINARY, COMPARE};
pub use turn::Turn;

use cache::Cache;
pub(crate) use frame::{Activation, Block, Frame};

use crate::error::Diagnostic;
use crate::host::Host;
use crate::python::heap::object::{Class, Data, Layout};
use crate::python::heap::{Heap, classes, names};
use crate::python::later::Later;
use crate::python::limits::Limits;
use crate::python::native::{Keep, Module, Raise, Request, Then};
use crate::python::value::{Handle, Value};
use crate::python::{builtins, stdlib};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// One run of Python: its heap, its frames, its modules.
pub struct Machine {
    /// All objects.
    pub heap: Heap,
    pub(crate) limits: Limits,
    pub(crate) frames: Vec<Activation>,
    pub(crate) stack: Vec<Value>,
    pub(crate) native_modules: FxHashMap<&'static str, fn(&mut Machine, Module)>,
    pub(crate) images: Vec<Rc<code::Image>>,
    /// Images of which no module was wanted yet.
    pub(crate) unfetched: Vec<&'static Later>,
    /// `sys.modules`
    pub(crate) modules: Handle,
    /// The namespace of `builtins`.
    pub(crate) builtins: Handle,
    pub(crate) known: Known,
    pub(crate) host: Rc<dyn Host>,
    /// What to wait for, what came of it.
    pub(crate) outcome: Option<Result<Value, Raise>>,
    pub(crate) pending: Option<Request>,
    waiting: bool,
    /// Whether another frame is on top than the loop believes.
    pub(crate) switched: bool,
    pub(crate) fuel: u64,
    /// What `fuel` was when the embedder was last heard.
    budget: u64,
    open: finalise::Open,
    /// What the scheduled work came to, while its forgotten generators are closed.
    settled: Option<Result<Value, Raise>>,
    spent: u64,
    interrupted: bool,
    pub(crate) leaf_depth: usize,
    pub(crate) rust_depth: usize,
    /// Containers looked into since the embedder was last heard.
    pub(crate) native_work: u64,
    /// Containers whose repr is under way.
    pub(crate) printing: Vec<Handle>,
    pub(crate) findings: Vec<Diagnostic>,
    /// `sys.path`
    pub(crate) path: Value,
    cache: Cache,
    /// What namespaces of modules import when it is first read.
    later: FxHashMap<Handle, Vec<late::Import>>,
}

/// Methods of `object` and `type` whose presence means: nobody has overridden them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) getattribute: Value,
    pub(crate) setattr: Value,
    pub(crate) delattr: Value,
    pub(crate) ne: Value,
    pub(crate) hash: Value,
    pub(crate) new: Value,
    pub(crate) init: Value,
    pub(crate) init_subclass: Value,
    pub(crate) type_call: Value,
}

impl Machine {
    /// A machine that has run nothing yet.
    pub fn new(host: Rc<dyn Host>, limits: Limits) -> Machine {
        let mut heap = Heap::new(limits.heap_bytes);
        let modules = heap.alloc(classes::DICT, Data::Dict(Box::default()));
        let builtins = heap.alloc(classes::DICT, Data::Dict(Box::default()));
        heap.pin(modules);
        heap.pin(builtins);
        let path = heap.list(Vec::new());
        heap.hold(path);
        let mut machine = Machine {
            heap,
            limits,
            known: Known::default(),
            host,
            outcome: None,
            pending: None,
            waiting: false,
            switched: false,
            fuel: 0,
            budget: 0,
            open: finalise::Open::default(),
            settled: None,
            spent: 0,
            interrupted: false,
            leaf_depth: 0,
            rust_depth: 0,
            native_work: 0,
            printing: Vec::new(),
            findings: Vec::new(),
            path,
            frames: Vec::new(),
            stack: Vec::new(),
            native_modules: FxHashMap::default(),
            images: Vec::new(),
            unfetched: Vec::new(),
            modules,
            builtins,
            cache: Cache::default(),
            later: FxHashMap::default(),
        };
        machine.embed(stdlib::IMAGE);
        machine.embed_later(&stdlib::LATER);
        builtins::found(&mut machine);
        stdlib::install(&mut machine);
        machine
    }

    /// Embeds modules that the build has compiled. Their functions are decoded when they are first called; their frames
    /// are not shown.
    pub fn embed(&mut self, image: &'static [u8]) {
        self.images.push(Rc::new(code::Image::new(image.into())));
    }

    /// Embeds modules whose image is fetched when one of them is imported.
    pub fn embed_later(&mut self, later: &'static Later) {
        self.unfetched.push(later);
    }

    /// Keeps a value alive while Rust has it across instructions.
    pub fn hold(&mut self, value: Value) -> Value {
        self.heap.hold(value);
        value
    }

    /// Ends what `hold` began.
    pub fn release(&mut self, value: Value) {
        self.heap.release(value);
    }

    /// Goes on with `then` when what is called next has its result.
    pub(crate) fn push_continuation(&mut self, then: Then, keep: Keep) {
        let floor = self.stack.len() as u32;
        self.switched = true;
        self.frames.push(Activation::Native { then, keep, floor });
    }

    pub(crate) fn module_dict(&self, module: Handle) -> Handle {
        match self.heap.data(module) {
            Data::Module(dict) => *dict,
            _ => unreachable!("a module handle points at a module"),
        }
    }

    /// A new native class.
    pub(crate) fn found_class(&mut self, module: &str, name: &str, bases: &[Handle]) -> Handle {
        let bases = if bases.is_empty() { vec![classes::OBJECT] } else { bases.to_vec() };
        let dict = self.heap.alloc(classes::DICT, Data::Dict(Box::default()));
        let module = self.heap.str(module);
        self.heap.set_name(dict, names::MODULE, module);
        let inherited = self.heap.class(bases[0]).layout;
        let class = Class {
            name: name.into(),
            qualname: name.into(),
            mro: Vec::new(),
            dict,
            layout: if inherited == Layout::Plain { Layout::Payload } else { inherited },
            native: true,
            open: false,
            subclasses: Vec::new(),
            guarded: false,
            room: 0,
            bases: bases.clone(),
        };
        let handle = self.heap.alloc(classes::TYPE, Data::Class(Box::new(class)));
        let mut mro = vec![handle];
        bases.iter().for_each(|base| mro.extend(self.heap.class(*base).mro.clone()));
        self.heap.class_mut(handle).mro = mro;
        bases.iter().for_each(|base| self.heap.class_mut(*base).subclasses.push(handle));
        self.heap.pin(handle);
        handle
    }

    /// The name of a value's class.
    pub fn type_name(&self, value: Value) -> String {
        self.heap.class(self.heap.class_of(value)).name.to_string()
    }

    /// Whether a value is an instance of a class, `__instancecheck__` aside.
    pub fn is_instance(&self, value: Value, class: Handle) -> bool {
        self.heap.is_subclass(self.heap.class_of(value), class)
    }

    /// Runs the collector, if it is time and nothing in Rust holds values.
    pub(crate) fn collect(&mut self) {
        let watched = self.take_watched();
        let roots = self.roots();
        let (living, dying) = self.heap.collect(roots, watched);
        self.forget_places();
        self.collected(living, &dying);
    }

    /// What the program can reach, apart from what the heap itself holds.
    pub(crate) fn roots(&self) -> Vec<Value> {
        let mut roots = Vec::with_capacity(self.stack.len() + 64);
        roots.extend_from_slice(&self.stack);
        self.frames.iter().for_each(|activation| activation.visit(&mut |value| roots.push(value)));
        roots.extend(self.pending.iter().flat_map(|request| request.args.iter().copied()));
        for outcome in [self.outcome, self.settled] {
            if let Some(Ok(value) | Err(Raise(value))) = outcome {
                roots.push(value);
            }
        }
        roots
    }

    /// A stop, unless `bytes` more fit into the memory budget. To be asked before a large allocation.
    pub fn reserve(&mut self, bytes: usize) -> Result<(), Raise> {
        if self.heap.exhausted(bytes) { Err(self.out_of_memory()) } else { Ok(()) }
    }
}
