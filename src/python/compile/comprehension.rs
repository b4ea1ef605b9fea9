//! Comprehensions and generator expressions: functions of their first iterator.

use crate::python::compile::Compiler;
use crate::python::compile::code::{CodeKind, Op, Params};
use crate::python::compile::scope::Role;
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

/// What a comprehension makes of each round.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(Option<&'a Expr>, &'a Expr),
    Yield(&'a Expr),
}

impl<'a> Compiler<'a> {
    pub(crate) fn list_comprehension(&mut self, e: &'a ast::ExprListComp) {
        self.comprehension(e, "<listcomp>", &e.generators, Element::List(&e.elt));
    }

    pub(crate) fn set_comprehension(&mut self, e: &'a ast::ExprSetComp) {
        self.comprehension(e, "<setcomp>", &e.generators, Element::Set(&e.elt));
    }

    pub(crate) fn dict_comprehension(&mut self, e: &'a ast::ExprDictComp) {
        self.comprehension(e, "<dictcomp>", &e.generators, Element::Dict(e.key.as_deref(), &e.value));
    }

    pub(crate) fn generator_expression(&mut self, e: &'a ast::ExprGenerator) {
        self.comprehension(e, "<genexpr>", &e.generators, Element::Yield(&e.elt));
    }

    fn comprehension(
        &mut self,
        node: &impl Ranged,
        name: &str,
        generators: &'a [ast::Comprehension],
        element: Element<'a>,
    ) {
        let scope = self.scope_of(node, Role::Body);
        let asynchronous = self.scopes.all[scope].asynchronous;
        let generator = matches!(element, Element::Yield(_));
        if asynchronous && !generator {
            self.wants_async(node, "asynchronous comprehension");
        }
        let kind = match (generator, asynchronous) {
            (true, false) => CodeKind::Generator,
            (true, true) => CodeKind::AsyncGenerator,
            (false, true) => CodeKind::Coroutine,
            (false, false) => CodeKind::Function,
        };
        self.emit(Op::PushUnbound);
        let (code, frees) = self.nested(scope, kind, name, |compiler| {
            compiler.unit.params = Params { positional_only: 1, positional: 1, ..Params::default() };
            compiler.enter(kind);
            match element {
                Element::List(_) => drop(compiler.emit(Op::BuildList(0))),
                Element::Set(_) => drop(compiler.emit(Op::BuildSet(0))),
                Element::Dict(..) => drop(compiler.emit(Op::BuildDict(0))),
                Element::Yield(_) => {}
            }
            compiler.round(generators, 0, element);
            if generator {
                compiler.emit(Op::PushNone);
            }
            compiler.emit(Op::Return);
        });
        self.make_function(code, &frees, 0);
        let first = &generators[0];
        self.expr(&first.iter);
        self.at(&first.iter, |compiler| compiler.emit(if first.is_async { Op::GetAIter } else { Op::GetIter }));
        self.emit(Op::Call(1));
        if asynchronous && !generator {
            self.await_top();
        }
    }

    fn round(&mut self, generators: &'a [ast::Comprehension], at: usize, element: Element<'a>) {
        let Some(part) = generators.get(at) else { return self.element(element, at as u32) };
        if at == 0 {
            self.emit(Op::LoadFast(0));
        } else {
            self.expr(&part.iter);
            self.at(&part.iter, |compiler| compiler.emit(if part.is_async { Op::GetAIter } else { Op::GetIter }));
        }
        let start = self.unit.here();
        let end = if part.is_async {
            self.async_next()
        } else {
            self.at(&part.iter, |compiler| compiler.emit(Op::ForIter(0)))
        };
        self.store(&part.target);
        for test in &part.ifs {
            for jump in self.jump_unless(test) {
                self.retarget(jump, start);
            }
        }
        self.round(generators, at + 1, element);
        self.emit(Op::Jump(start));
        self.unit.patch(end);
        if part.is_async {
            self.emit(Op::EndAsyncFor);
        }
    }

    fn retarget(&mut self, jump: usize, target: u32) {
        if let Op::JumpIfFalse(known) | Op::JumpIfTrue(known) = &mut self.unit.ops[jump] {
            *known = target;
        }
    }

    /// The next item of the asynchronous iterator on top; the exception that ends it goes to the jump to be patched.
    pub(crate) fn async_next(&mut self) -> usize {
        let handler = self.emit(Op::SetupTry(0));
        self.emit(Op::GetANext);
        self.delegate();
        self.emit(Op::PopBlock);
        handler
    }

    // The iterators of all rounds are on the stack over the collection.
    fn element(&mut self, element: Element<'a>, rounds: u32) {
        match element {
            Element::List(value) => {
                self.expr(value);
                self.emit(Op::ListAppend(rounds + 1));
            }
            Element::Set(value) => {
                self.expr(value);
                self.emit(Op::SetAdd(rounds + 1));
            }
            Element::Dict(key, value) => {
                match key {
                    Some(key) => self.expr(key),
                    None => drop(self.emit(Op::PushNone)),
                }
                self.expr(value);
                self.emit(Op::DictAdd(rounds + 1));
            }
            Element::Yield(value) => {
                self.expr(value);
                let asynchronous = self.unit.kind == CodeKind::AsyncGenerator;
                self.emit(if asynchronous { Op::YieldAsync } else { Op::Yield });
                self.emit(Op::Pop);
            }
        }
    }
}
