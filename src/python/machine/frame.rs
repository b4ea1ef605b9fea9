//! What is under way: Python frames, and native functions that wait for a call.

use crate::python::machine::code::Code;
use crate::python::native::{Keep, Then};
use crate::python::value::{Handle, Value};
use std::rc::Rc;

/// A Python call under way. Its locals and operands are the part of the stack from `base` on.
#[derive(Clone)]
pub(crate) struct Frame {
    pub(crate) code: Rc<Code>,
    /// The next op.
    pub(crate) pc: u32,
    pub(crate) base: u32,
    /// Where the stack ends when the frame does.
    pub(crate) floor: u32,
    pub(crate) blocks: Vec<Block>,
    pub(crate) globals: Handle,
    /// Of class bodies and modules.
    pub(crate) namespace: Option<Handle>,
    /// The exception whose handler runs.
    pub(crate) handled: Value,
    /// The generator that owns the frame.
    pub(crate) generator: Option<Handle>,
    /// What the caller gets instead of the result: the instance, after `__init__`.
    pub(crate) instead: Value,
}

/// A `try` that has been entered.
#[derive(Clone, Copy)]
pub(crate) struct Block {
    pub(crate) handler: u32,
    /// Operands above the base at that time.
    pub(crate) height: u32,
    /// The exception handled at that time.
    pub(crate) handled: Value,
}

/// One level of what is under way.
#[derive(Clone)]
pub(crate) enum Activation {
    Python(Frame),
    /// A native function that waits for a result.
    Native {
        then: Then,
        keep: Keep,
        floor: u32,
    },
    /// Rust waits: a leaf callback.
    Leaf,
    /// The embedder waits.
    Root,
}

impl Frame {
    #[inline]
    pub(crate) fn new(code: Rc<Code>, globals: Handle, base: usize, floor: usize) -> Frame {
        Frame {
            code,
            pc: 0,
            base: base as u32,
            floor: floor as u32,
            blocks: Vec::new(),
            globals,
            namespace: None,
            handled: Value::None,
            generator: None,
            instead: Value::Unbound,
        }
    }

    pub(crate) fn visit(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.globals.into());
        self.namespace.into_iter().for_each(|dict| visit(dict.into()));
        self.generator.into_iter().for_each(|generator| visit(generator.into()));
        visit(self.handled);
        self.blocks.iter().for_each(|block| visit(block.handled));
        visit(self.instead);
    }
}

impl Activation {
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(Value)) {
        match self {
            Activation::Python(frame) => frame.visit(visit),
            Activation::Native { keep, .. } => keep.iter().copied().for_each(visit),
            Activation::Leaf | Activation::Root => {}
        }
    }
}
