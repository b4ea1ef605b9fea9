//! ruff's tree to code.

mod bytes;
pub(crate) mod check;
mod code;
mod comprehension;
mod control;
mod expr;
mod fstring;
mod function;
mod image;
mod op;
mod pattern;
mod rules;
mod scope;
mod stmt;
mod unit;

pub(crate) use bytes::{Place, Read, Reader, pulled};
pub(crate) use code::{CodeKind, Draft, Names, Params, flags};
pub use code::{Source, Span};
pub(crate) use image::{image, tag};
pub(crate) use op::{Binary, Compare, Conversion, Op as Instruction, Unary};

use crate::error::Diagnostic;
use code::{Const, Name, Op};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};
use scope::{Reach, Role, Scopes};
use unit::Unit;

/// Compiles a module, or gives its errors in order: there is at least one. The tree is dropped.
pub(crate) fn module(source: &Source, names: &mut Names) -> Result<Draft, Vec<Diagnostic>> {
    let parsed = check::parsed(source)?;
    let body = &parsed.syntax().body;
    let future = has_future_annotations(body);
    let scopes = Scopes::of(body, future);
    let unit = Unit::new(names, &scopes.all[0], 0, CodeKind::Module, "<module>", "");
    let mut compiler = Compiler {
        names,
        source,
        scopes: &scopes,
        unit,
        outer: Vec::new(),
        future,
        faults: Vec::new(),
        finally_depth: 0,
    };
    compiler.module_body(body);
    compiler.future_is_first(body);
    compiler.faults.sort_by_key(|fault| (fault.span.line, fault.span.column));
    let Compiler { unit, names, faults, .. } = compiler;
    if faults.is_empty() { Ok(unit.finish(source, names)) } else { Err(faults) }
}

fn has_future_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::ImportFrom(import) => {
            import.module.as_deref() == Some("__future__")
                && import.names.iter().any(|alias| &*alias.name == "annotations")
        }
        _ => false,
    })
}

/// The state of a compilation: the unit that is being made, and those around it.
pub(crate) struct Compiler<'a> {
    pub(crate) names: &'a mut Names,
    pub(crate) source: &'a Source,
    pub(crate) scopes: &'a Scopes,
    pub(crate) unit: Unit<'a>,
    pub(crate) outer: Vec<Unit<'a>>,
    pub(crate) future: bool,
    /// What the language forbids.
    pub(crate) faults: Vec<Diagnostic>,
    finally_depth: usize,
}

impl<'a> Compiler<'a> {
    fn module_body(&mut self, body: &'a [Stmt]) {
        if let Some(doc) = self.docstring(body) {
            self.constant(Const::Text(doc));
            self.store_name("__doc__");
        }
        self.cells();
        self.body(body);
        self.annotation_thunk(TextRange::default(), "__annotate__");
        self.emit(Op::PushNone);
        self.emit(Op::Return);
    }

    pub(crate) fn emit(&mut self, op: Op) -> usize {
        self.unit.emit(op)
    }

    pub(crate) fn constant(&mut self, value: Const) {
        let at = self.unit.constant(value);
        self.emit(Op::Const(at));
    }

    pub(crate) fn text(&mut self, text: &str) {
        let name = self.names.intern(text);
        self.constant(Const::Name(name));
    }

    /// Runs `body` with the span of a node; the span of before is back afterwards.
    pub(crate) fn at<T>(&mut self, node: &impl Ranged, body: impl FnOnce(&mut Self) -> T) -> T {
        let range = node.range();
        let span = Span { start: range.start().to_u32(), end: range.end().to_u32() };
        let before = std::mem::replace(&mut self.unit.span, span);
        let result = body(self);
        self.unit.span = before;
        result
    }

    /// The text of an expression as it stands in the source.
    pub(crate) fn source_text(&self, expr: &Expr) -> String {
        let range = expr.range();
        self.source.text[range.start().to_usize()..range.end().to_usize()].to_owned()
    }

    /// Makes another unit, and gives back its code.
    pub(crate) fn nested(
        &mut self,
        scope: usize,
        kind: CodeKind,
        name: &str,
        body: impl FnOnce(&mut Self),
    ) -> (Draft, Vec<Name>) {
        let prefix = self.prefix(name);
        let mut unit = Unit::new(self.names, &self.scopes.all[scope], scope, kind, name, &prefix);
        unit.span = self.unit.span;
        if !self.source.hidden {
            unit.first_line = self.source.position(self.unit.span.start).0;
        }
        self.outer.push(std::mem::replace(&mut self.unit, unit));
        body(self);
        let outer = self.outer.pop().expect("the unit around");
        let unit = std::mem::replace(&mut self.unit, outer);
        let frees = unit.frees.clone();
        (unit.finish(self.source, self.names), frees)
    }

    // What stands before the name of a code in its qualified name.
    fn prefix(&self, name: &str) -> String {
        let generic = |unit: &Unit| self.names.text(unit.name).starts_with("<generic");
        let around = if generic(&self.unit) { self.outer.last().unwrap_or(&self.unit) } else { &self.unit };
        let qualname = || format!("{}{}", self.names.text(around.prefix), self.names.text(around.name));
        match around.kind {
            CodeKind::Module => String::new(),
            CodeKind::Class => qualname() + ".",
            _ if matches!(self.scopes.reach(around.scope, name), Reach::Global) && !name.starts_with('<') => {
                String::new()
            }
            _ => qualname() + ".<locals>.",
        }
    }

    /// Turns the captured variables of a function into cells.
    pub(crate) fn cells(&mut self) {
        let scope = &self.scopes.all[self.unit.scope];
        let mut cells: Vec<String> = scope.cells.iter().cloned().collect();
        cells.sort();
        if scope.class_cell {
            cells.push("__class__".to_owned());
        }
        for name in cells {
            let name = self.names.intern(&name);
            let slot = self.unit.slot(name);
            self.emit(Op::MakeCell(slot));
        }
    }

    pub(crate) fn load_name(&mut self, text: &str) {
        let text = &self.mangled(text);
        let name = self.names.intern(text);
        let reach = self.scopes.reach(self.unit.scope, text);
        let op = match (reach, self.unit.lenient) {
            (Reach::Local, _) => Op::LoadFast(self.unit.slot(name)),
            (Reach::Free | Reach::Cell | Reach::ClassFree, true) => {
                Op::LoadLenientDeref { slot: self.unit.slot(name) as u16, name }
            }
            (Reach::Cell | Reach::Free, false) => Op::LoadDeref(self.unit.slot(name)),
            (Reach::ClassFree, false) => Op::LoadClassDeref { slot: self.unit.slot(name) as u16, name },
            (Reach::Global | Reach::Name, true) => Op::LoadLenient(name),
            (Reach::Global, false) => Op::LoadGlobal(name),
            (Reach::Name, false) => Op::LoadName(name),
        };
        self.emit(op);
    }

    pub(crate) fn store_name(&mut self, text: &str) {
        let text = &self.mangled(text);
        let name = self.names.intern(text);
        let op = match self.scopes.reach(self.unit.scope, text) {
            Reach::Local => Op::StoreFast(self.unit.slot(name)),
            Reach::Cell | Reach::Free | Reach::ClassFree => Op::StoreDeref(self.unit.slot(name)),
            Reach::Global => Op::StoreGlobal(name),
            Reach::Name => Op::StoreName(name),
        };
        self.emit(op);
    }

    pub(crate) fn delete_name(&mut self, text: &str) {
        let name = self.names.intern(text);
        let op = match self.scopes.reach(self.unit.scope, text) {
            Reach::Local => Op::DeleteFast(self.unit.slot(name)),
            Reach::Cell | Reach::Free | Reach::ClassFree => Op::DeleteDeref(self.unit.slot(name)),
            Reach::Global => Op::DeleteGlobal(name),
            Reach::Name => Op::DeleteName(name),
        };
        self.emit(op);
    }

    /// The name under which an attribute `__private` of a class is kept. Only attributes are mangled here; plain names
    /// with two underscores are the same variable either way.
    pub(crate) fn mangled_attribute(&self, name: &str) -> String {
        if !name.starts_with("__") || name.ends_with("__") {
            return name.to_owned();
        }
        let class =
            std::iter::once(&self.unit).chain(self.outer.iter().rev()).find(|unit| unit.kind == CodeKind::Class);
        match class.map(|class| self.names.text(class.name).trim_start_matches('_').to_owned()) {
            Some(class) if !class.is_empty() => format!("_{class}{name}"),
            _ => name.to_owned(),
        }
    }

    // A class's own names are mangled as its attributes are.
    fn mangled(&self, name: &str) -> String {
        if self.unit.kind == CodeKind::Class { self.mangled_attribute(name) } else { name.to_owned() }
    }

    /// The docstring of a body. Nobody reads those of our own sources in a program.
    pub(crate) fn docstring(&mut self, body: &[Stmt]) -> Option<Name> {
        let text = if self.source.hidden { None } else { cleaned_docstring(body) };
        text.map(|text| self.names.intern(&text))
    }

    pub(crate) fn scope_of(&self, node: &impl Ranged, role: Role) -> usize {
        self.scopes.at(scope::range_of(node), role).expect("the scopes know every node")
    }
}

/// The text of a body's docstring, cleaned as `inspect.cleandoc` does: Python 3.13 and later do so when compiling.
fn cleaned_docstring(body: &[Stmt]) -> Option<String> {
    let Stmt::Expr(first) = body.first()? else { return None };
    let Expr::StringLiteral(text) = &*first.value else { return None };
    let text = text.value.to_str().replace('\t', "        ");
    let margin = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let margin = margin.unwrap_or(0);
    let mut lines = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        let own = line.len() - line.trim_start_matches(' ').len();
        lines.push(if at == 0 { line.trim_start() } else { &line[margin.min(own)..] });
    }
    Some(lines.join("\n"))
}
