//! The code of one scope while it is being made.

use crate::python::compile::code::{Code, CodeKind, Op, Params, Source, Span};
use crate::python::compile::scope::Scope;
use crate::python::heap::Heap;
use crate::python::value::{Handle, Value};
use ruff_python_ast::Stmt;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What has to be undone when a `return`, `break` or `continue` leaves it.
#[derive(Clone, Copy)]
pub(crate) enum Inside<'a> {
    /// A loop; a `for` keeps its iterator on the stack.
    Loop {
        start: u32,
        iterator: bool,
        breaks: usize,
    },
    Try,
    Finally(&'a [Stmt]),
    /// A handler: the exception and the one handled before are on the stack.
    Handler,
    /// A handler with a name, inside a `try` of its own.
    Named(&'a str),
    With {
        asynchronous: bool,
    },
}

pub(crate) struct Unit<'a> {
    pub(crate) scope: usize,
    pub(crate) kind: CodeKind,
    pub(crate) name: Rc<str>,
    pub(crate) qualname: Rc<str>,
    pub(crate) ops: Vec<Op>,
    pub(crate) spans: Vec<Span>,
    pub(crate) consts: Vec<Value>,
    const_places: FxHashMap<Handle, u32>,
    pub(crate) codes: Vec<Rc<Code>>,
    pub(crate) locals: Vec<Handle>,
    pub(crate) frees: Vec<Handle>,
    pub(crate) params: Params,
    pub(crate) doc: Value,
    pub(crate) first_line: u32,
    pub(crate) lenient: bool,
    pub(crate) span: Span,
    pub(crate) inside: Vec<Inside<'a>>,
    /// Jumps out of loops, per loop.
    pub(crate) breaks: Vec<Vec<usize>>,
    pub(crate) temporaries: u32,
    /// Annotations of a class or module, in order.
    pub(crate) annotations: Vec<(&'a str, &'a ruff_python_ast::Expr)>,
}

impl<'a> Unit<'a> {
    pub(crate) fn new(
        heap: &mut Heap,
        scopes: &Scope,
        scope: usize,
        kind: CodeKind,
        name: &str,
        qualname: &str,
    ) -> Unit<'a> {
        let function = !matches!(kind, CodeKind::Module | CodeKind::Class);
        let mut locals: Vec<Handle> = Vec::new();
        if function {
            locals.extend(scopes.own_names().map(|name| heap.intern(name)));
        } else if scopes.class_cell {
            locals.push(heap.intern("__class__"));
        }
        let frees = scopes.frees.iter().map(|name| heap.intern(name)).collect();
        Unit {
            scope,
            kind,
            name: name.into(),
            qualname: qualname.into(),
            ops: Vec::new(),
            spans: Vec::new(),
            consts: Vec::new(),
            const_places: FxHashMap::default(),
            codes: Vec::new(),
            locals,
            frees,
            params: Params::default(),
            doc: Value::None,
            first_line: 1,
            lenient: false,
            span: Span::default(),
            inside: Vec::new(),
            breaks: Vec::new(),
            temporaries: 0,
            annotations: Vec::new(),
        }
    }

    pub(crate) fn emit(&mut self, op: Op) -> usize {
        self.ops.push(op);
        self.spans.push(self.span);
        self.ops.len() - 1
    }

    pub(crate) fn here(&self) -> u32 {
        self.ops.len() as u32
    }

    /// Lets a jump go to the next op.
    pub(crate) fn patch(&mut self, at: usize) {
        let here = self.here();
        match &mut self.ops[at] {
            Op::Jump(target)
            | Op::JumpIfFalse(target)
            | Op::JumpIfTrue(target)
            | Op::JumpIfFalseOrPop(target)
            | Op::JumpIfTrueOrPop(target)
            | Op::JumpIfNone(target)
            | Op::ForIter(target)
            | Op::Send(target)
            | Op::SetupTry(target)
            | Op::SetupWith(target) => *target = here,
            _ => unreachable!("only jumps are patched"),
        }
    }

    pub(crate) fn constant(&mut self, heap: &mut Heap, value: Value) -> u32 {
        if let Value::Object(handle) = value {
            heap.pin(handle);
        }
        if let Value::Object(handle) = value
            && let Some(at) = self.const_places.get(&handle)
        {
            return *at;
        }
        self.consts.push(value);
        let at = self.consts.len() as u32 - 1;
        if let Value::Object(handle) = value {
            self.const_places.insert(handle, at);
        }
        at
    }

    /// The slot of a local variable or cell. Free variables are counted from the end when the unit is finished.
    pub(crate) fn slot(&self, name: Handle) -> u32 {
        match self.locals.iter().position(|local| *local == name) {
            Some(at) => at as u32,
            None => FREE + self.frees.iter().position(|free| *free == name).expect("the scopes know every name") as u32,
        }
    }

    pub(crate) fn temporary(&mut self, heap: &mut Heap) -> u32 {
        self.temporaries += 1;
        let name = heap.intern(&format!(".{}", self.temporaries));
        self.locals.push(name);
        self.locals.len() as u32 - 1
    }

    pub(crate) fn finish(mut self, source: &Rc<Source>) -> Code {
        let first_free = self.locals.len() as u32;
        for op in &mut self.ops {
            match op {
                Op::LoadFast(slot) | Op::LoadDeref(slot) | Op::StoreDeref(slot) | Op::DeleteDeref(slot)
                    if *slot >= FREE =>
                {
                    *slot = *slot - FREE + first_free;
                }
                Op::LoadClassDeref { slot, .. } | Op::LoadLenientDeref { slot, .. } if u32::from(*slot) >= FREE => {
                    *slot = (u32::from(*slot) - FREE + first_free) as u16;
                }
                _ => {}
            }
        }
        let free = self.frees.len();
        self.locals.append(&mut self.frees);
        Code {
            name: self.name,
            qualname: self.qualname,
            kind: self.kind,
            source: source.clone(),
            ops: self.ops,
            spans: self.spans,
            consts: self.consts,
            codes: self.codes,
            locals: self.locals,
            params: self.params,
            free,
            doc: self.doc,
            first_line: self.first_line,
        }
    }
}

/// Slots of free variables are marked until the number of locals is known.
pub(crate) const FREE: u32 = 0x8000;
