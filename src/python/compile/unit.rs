//! The code of one scope while it is being made.

use crate::python::compile::code::{CodeKind, Const, Draft, Name, Names, Op, Params, Source, Span};
use crate::python::compile::scope::Scope;
use ruff_python_ast::Stmt;
use rustc_hash::FxHashMap;

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
    pub(crate) name: Name,
    pub(crate) prefix: Name,
    pub(crate) ops: Vec<Op>,
    pub(crate) spans: Vec<Span>,
    pub(crate) consts: Vec<Const>,
    const_places: FxHashMap<Const, u32>,
    pub(crate) codes: Vec<Draft>,
    pub(crate) locals: Vec<Name>,
    pub(crate) frees: Vec<Name>,
    pub(crate) params: Params,
    pub(crate) doc: Option<Name>,
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
        names: &mut Names,
        scopes: &Scope,
        scope: usize,
        kind: CodeKind,
        name: &str,
        prefix: &str,
    ) -> Unit<'a> {
        let function = !matches!(kind, CodeKind::Module | CodeKind::Class);
        let mut locals: Vec<Name> = Vec::new();
        if function {
            locals.extend(scopes.own_names().map(|name| names.intern(name)));
        } else if scopes.class_cell {
            locals.push(names.intern("__class__"));
        }
        let frees = scopes.frees.iter().map(|name| names.intern(name)).collect();
        Unit {
            scope,
            kind,
            name: names.intern(name),
            prefix: names.intern(prefix),
            ops: Vec::new(),
            spans: Vec::new(),
            consts: Vec::new(),
            const_places: FxHashMap::default(),
            codes: Vec::new(),
            locals,
            frees,
            params: Params::default(),
            doc: None,
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

    pub(crate) fn constant(&mut self, value: Const) -> u32 {
        let next = self.consts.len() as u32;
        let at = *self.const_places.entry(value.clone()).or_insert(next);
        if at == next {
            self.consts.push(value);
        }
        at
    }

    /// The slot of a local variable or cell. Free variables are counted from the end when the unit is finished.
    pub(crate) fn slot(&self, name: Name) -> u32 {
        match self.locals.iter().position(|local| *local == name) {
            Some(at) => at as u32,
            None => FREE + self.frees.iter().position(|free| *free == name).expect("the scopes know every name") as u32,
        }
    }

    pub(crate) fn temporary(&mut self, names: &mut Names) -> u32 {
        self.temporaries += 1;
        let name = names.intern(&format!(".{}", self.temporaries));
        self.locals.push(name);
        self.locals.len() as u32 - 1
    }

    /// The code. Where frames are not shown, nothing says where they stand.
    pub(crate) fn finish(mut self, source: &Source, names: &mut Names) -> Draft {
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
        let free = self.frees.len() as u32;
        self.locals.append(&mut self.frees);
        if source.hidden {
            self.forget_locals(names);
        }
        Draft {
            name: self.name,
            prefix: self.prefix,
            kind: self.kind,
            ops: self.ops,
            spans: if source.hidden { Vec::new() } else { self.spans },
            consts: self.consts,
            codes: self.codes,
            locals: self.locals,
            params: self.params,
            free,
            doc: self.doc,
            first_line: self.first_line,
        }
    }

    // Nobody is told how our own functions call their variables; callers know the parameters, `super()` its class.
    fn forget_locals(&mut self, names: &mut Names) {
        let params = self.params;
        let known = params.positional + params.keyword_only + u16::from(params.args) + u16::from(params.kwargs);
        let nameless = names.intern("_");
        for name in &mut self.locals[usize::from(known)..] {
            if names.text(*name) != "__class__" {
                *name = nameless;
            }
        }
    }
}

/// Slots of free variables are marked until the number of locals is known.
pub(crate) const FREE: u32 = 0x8000;
