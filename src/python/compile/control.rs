//! Statements with jumps: loops, conditions, `try`, `with`.

use crate::python::compile::Compiler;
use crate::python::compile::code::Op;
use crate::python::compile::unit::Inside;
use ruff_python_ast::{self as ast, ExceptHandler, Expr, Stmt};

/// How deep a `finally` may stand inside others.
const DEEPEST_FINALLY: usize = 8;

impl<'a> Compiler<'a> {
    pub(crate) fn if_(&mut self, s: &'a ast::StmtIf) {
        let mut ends = Vec::new();
        let mut otherwise = self.jump_unless(&s.test);
        self.body(&s.body);
        for clause in &s.elif_else_clauses {
            ends.push(self.emit(Op::Jump(0)));
            otherwise.drain(..).for_each(|jump| self.unit.patch(jump));
            if let Some(test) = &clause.test {
                otherwise = self.jump_unless(test);
            }
            self.body(&clause.body);
        }
        otherwise.into_iter().chain(ends).for_each(|jump| self.unit.patch(jump));
    }

    pub(crate) fn while_(&mut self, s: &'a ast::StmtWhile) {
        let start = self.unit.here();
        let otherwise = self.jump_unless(&s.test);
        self.in_loop(start, false, &s.body);
        self.emit(Op::Jump(start));
        otherwise.into_iter().for_each(|jump| self.unit.patch(jump));
        self.after_loop(&s.orelse);
    }

    fn in_loop(&mut self, start: u32, iterator: bool, body: &'a [Stmt]) {
        self.unit.breaks.push(Vec::new());
        let breaks = self.unit.breaks.len() - 1;
        self.unit.inside.push(Inside::Loop { start, iterator, breaks });
        self.body(body);
        self.unit.inside.pop();
    }

    fn after_loop(&mut self, orelse: &'a [Stmt]) {
        let breaks = self.unit.breaks.pop().expect("a loop has its list");
        self.body(orelse);
        breaks.into_iter().for_each(|jump| self.unit.patch(jump));
    }

    pub(crate) fn for_(&mut self, s: &'a ast::StmtFor) {
        if s.is_async {
            self.wants_async(s, "async for");
        }
        self.expr(&s.iter);
        self.at(&*s.iter, |compiler| compiler.emit(if s.is_async { Op::GetAIter } else { Op::GetIter }));
        let start = self.unit.here();
        let end = if s.is_async {
            self.at(&*s.iter, super::Compiler::async_next)
        } else {
            self.at(&*s.iter, |compiler| compiler.emit(Op::ForIter(0)))
        };
        self.store(&s.target);
        self.in_loop(start, true, &s.body);
        self.emit(Op::Jump(start));
        self.unit.patch(end);
        if s.is_async {
            self.emit(Op::EndAsyncFor);
        }
        self.after_loop(&s.orelse);
    }

    pub(crate) fn break_(&mut self) {
        let Some(at) = self.innermost_loop() else { return self.unsupported("'break' outside loop") };
        self.leave(at + 1);
        let Inside::Loop { iterator, breaks, .. } = self.unit.inside[at] else { unreachable!("a loop") };
        if iterator {
            self.emit(Op::PopIterator);
        }
        let jump = self.emit(Op::Jump(0));
        self.unit.breaks[breaks].push(jump);
    }

    pub(crate) fn continue_(&mut self) {
        let Some(at) = self.innermost_loop() else { return self.unsupported("'continue' not properly in loop") };
        self.leave(at + 1);
        let Inside::Loop { start, .. } = self.unit.inside[at] else { unreachable!("a loop") };
        self.emit(Op::Jump(start));
    }

    fn innermost_loop(&self) -> Option<usize> {
        self.unit.inside.iter().rposition(|inside| matches!(inside, Inside::Loop { .. }))
    }

    /// Undoes what is entered, from the innermost down to a depth.
    pub(crate) fn leave(&mut self, depth: usize) {
        let whole = self.unit.inside.clone();
        for at in (depth..whole.len()).rev() {
            self.unit.inside.truncate(at);
            match whole[at] {
                Inside::Loop { iterator: true, .. } => drop(self.emit(Op::PopIterator)),
                Inside::Loop { .. } => {}
                Inside::Try => drop(self.emit(Op::PopBlock)),
                Inside::Finally(body) => {
                    self.emit(Op::PopBlock);
                    self.final_body(body);
                }
                Inside::Handler => drop(self.emit(Op::PopHandled)),
                Inside::Named(name) => {
                    self.emit(Op::PopBlock);
                    self.forget(name);
                }
                Inside::With { asynchronous } => {
                    self.emit(Op::PopBlock);
                    self.exit(asynchronous);
                }
            }
        }
        self.unit.inside = whole;
    }

    fn forget(&mut self, name: &str) {
        self.emit(Op::PushNone);
        self.store_name(name);
        self.delete_name(name);
    }

    fn exit(&mut self, asynchronous: bool) {
        self.emit(Op::WithExit);
        if asynchronous {
            self.await_top();
        }
        self.emit(Op::Pop);
    }

    pub(crate) fn with(&mut self, s: &'a ast::StmtWith, at: usize) {
        if s.is_async && at == 0 {
            self.wants_async(s, "async with");
        }
        let Some(item) = s.items.get(at) else { return self.body(&s.body) };
        self.expr(&item.context_expr);
        self.at(&item.context_expr, |compiler| {
            compiler.emit(if s.is_async { Op::BeforeAsyncWith } else { Op::BeforeWith });
            if s.is_async {
                compiler.await_top();
            }
        });
        let handler = self.emit(Op::SetupWith(0));
        match &item.optional_vars {
            Some(target) => self.store(target),
            None => drop(self.emit(Op::Pop)),
        }
        self.unit.inside.push(Inside::With { asynchronous: s.is_async });
        self.with(s, at + 1);
        self.unit.inside.pop();
        self.emit(Op::PopBlock);
        self.at(&item.context_expr, |compiler| compiler.exit(s.is_async));
        let end = self.emit(Op::Jump(0));
        self.unit.patch(handler);
        self.at(&item.context_expr, |compiler| {
            compiler.emit(Op::WithExcept);
            if s.is_async {
                compiler.await_top();
            }
        });
        let suppressed = self.emit(Op::JumpIfTrue(0));
        self.emit(Op::Reraise);
        self.unit.patch(suppressed);
        self.emit(Op::PopHandled);
        self.emit(Op::Pop);
        self.unit.patch(end);
    }

    pub(crate) fn try_(&mut self, s: &'a ast::StmtTry) {
        if s.finalbody.is_empty() {
            return self.try_except(s);
        }
        let handler = self.emit(Op::SetupTry(0));
        self.unit.inside.push(Inside::Finally(&s.finalbody));
        if s.handlers.is_empty() {
            self.body(&s.body);
        } else {
            self.try_except(s);
        }
        self.unit.inside.pop();
        self.emit(Op::PopBlock);
        self.final_body(&s.finalbody);
        let end = self.emit(Op::Jump(0));
        self.unit.patch(handler);
        self.unit.inside.push(Inside::Handler);
        self.final_body(&s.finalbody);
        self.unit.inside.pop();
        self.emit(Op::Reraise);
        self.unit.patch(end);
    }

    // It is compiled once for each way into it: nested ones double each time.
    fn final_body(&mut self, body: &'a [Stmt]) {
        self.finally_depth += 1;
        if self.finally_depth > DEEPEST_FINALLY {
            self.fault(&body[0], "too many statically nested blocks");
        } else if self.faults.is_empty() {
            self.body(body);
        }
        self.finally_depth -= 1;
    }

    fn try_except(&mut self, s: &'a ast::StmtTry) {
        let handler = self.emit(Op::SetupTry(0));
        self.unit.inside.push(Inside::Try);
        self.body(&s.body);
        self.unit.inside.pop();
        self.emit(Op::PopBlock);
        self.body(&s.orelse);
        let mut ends = vec![self.emit(Op::Jump(0))];
        self.unit.patch(handler);
        self.bare_except_is_last(&s.handlers);
        if s.is_star {
            self.star_handlers(&s.handlers);
        } else {
            for handler in &s.handlers {
                self.handler(handler, &mut ends);
            }
            self.emit(Op::Reraise);
        }
        ends.into_iter().for_each(|end| self.unit.patch(end));
    }

    fn handler(&mut self, handler: &'a ExceptHandler, ends: &mut Vec<usize>) {
        let ExceptHandler::ExceptHandler(handler) = handler;
        let next = handler.type_.as_deref().map(|wanted| {
            self.expr(wanted);
            self.at(wanted, |compiler| compiler.emit(Op::MatchException));
            self.emit(Op::JumpIfFalse(0))
        });
        self.unit.inside.push(Inside::Handler);
        match &handler.name {
            None => self.body(&handler.body),
            Some(name) => {
                self.emit(Op::Copy(1));
                self.store_name(name);
                self.with_cleanup(name, &handler.body);
            }
        }
        self.unit.inside.pop();
        self.emit(Op::PopHandled);
        ends.push(self.emit(Op::Jump(0)));
        if let Some(next) = next {
            self.unit.patch(next);
        }
    }

    // The exception's name is gone after the handler, however it ends.
    fn with_cleanup(&mut self, name: &'a str, body: &'a [Stmt]) {
        let cleanup = self.emit(Op::SetupTry(0));
        self.unit.inside.push(Inside::Named(name));
        self.body(body);
        self.unit.inside.pop();
        self.emit(Op::PopBlock);
        self.forget(name);
        let end = self.emit(Op::Jump(0));
        self.unit.patch(cleanup);
        self.forget(name);
        self.emit(Op::Reraise);
        self.unit.patch(end);
    }

    // Each handler takes its part of the group; what is left and what handlers raise is raised together.
    fn star_handlers(&mut self, handlers: &'a [ExceptHandler]) {
        let (rest, part, raised) =
            (self.unit.temporary(self.names), self.unit.temporary(self.names), self.unit.temporary(self.names));
        self.emit(Op::Copy(1));
        self.emit(Op::StoreFast(rest));
        self.emit(Op::BuildList(0));
        self.emit(Op::StoreFast(raised));
        self.unit.inside.push(Inside::Handler);
        for ExceptHandler::ExceptHandler(handler) in handlers {
            self.emit(Op::LoadFast(rest));
            if let Some(wanted) = &handler.type_ {
                self.expr(wanted);
            }
            self.emit(Op::MatchStar);
            self.emit(Op::StoreFast(part));
            self.emit(Op::StoreFast(rest));
            self.emit(Op::LoadFast(part));
            let next = self.emit(Op::JumpIfNone(0));
            self.star_handler(handler, part, raised);
            self.unit.patch(next);
        }
        self.unit.inside.pop();
        self.emit(Op::LoadFast(raised));
        self.emit(Op::LoadFast(rest));
        self.emit(Op::ListAppend(1));
        self.emit(Op::RaiseStar);
    }

    fn star_handler(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, part: u32, raised: u32) {
        let cleanup = self.emit(Op::SetupTry(0));
        if let Some(name) = &handler.name {
            self.emit(Op::LoadFast(part));
            self.store_name(name);
        }
        self.unit.inside.push(Inside::Try);
        self.body(&handler.body);
        self.unit.inside.pop();
        self.emit(Op::PopBlock);
        let end = self.emit(Op::Jump(0));
        self.unit.patch(cleanup);
        self.emit(Op::LoadFast(raised));
        self.emit(Op::Copy(2));
        self.emit(Op::ListAppend(1));
        self.emit(Op::Pop);
        self.emit(Op::PopHandled);
        self.unit.patch(end);
        if let Some(name) = &handler.name {
            self.forget(name);
        }
    }

    pub(crate) fn match_(&mut self, s: &'a ast::StmtMatch) {
        self.cases_are_reached(&s.cases);
        self.expr(&s.subject);
        let subject = self.unit.temporary(self.names);
        self.emit(Op::StoreFast(subject));
        let mut ends = Vec::new();
        for case in &s.cases {
            let mut fails = Vec::new();
            self.at(&case.pattern, |compiler| compiler.pattern(&case.pattern, subject, &mut fails));
            if let Some(guard) = &case.guard {
                fails.extend(self.jump_unless(guard));
            }
            self.body(&case.body);
            ends.push(self.emit(Op::Jump(0)));
            fails.into_iter().for_each(|jump| self.unit.patch(jump));
        }
        ends.into_iter().for_each(|end| self.unit.patch(end));
    }

    /// The value of a constant expression, for keys of mapping patterns.
    pub(crate) fn key(&mut self, key: &'a Expr) {
        self.expr(key);
    }
}
