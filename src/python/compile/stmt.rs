//! Statements without jumps; assignment to all kinds of targets.

use crate::python::compile::code::{CodeKind, Const, Op};
use crate::python::compile::unit::Inside;
use crate::python::compile::{Compiler, expr};
use ruff_python_ast::{self as ast, Expr, Stmt};

impl<'a> Compiler<'a> {
    pub(crate) fn body(&mut self, body: &'a [Stmt]) {
        body.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        self.at(stmt, |compiler| compiler.statement(stmt));
    }

    // A dispatcher over the tree's kinds.
    fn statement(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(s) => self.function_def(s),
            Stmt::ClassDef(s) => self.class_def(s),
            Stmt::Return(s) => self.return_(s),
            Stmt::Delete(s) => s.targets.iter().for_each(|target| self.delete(target)),
            Stmt::TypeAlias(s) => self.type_alias(s),
            Stmt::Assign(s) => self.assign(s),
            Stmt::AugAssign(s) => self.augmented(s),
            Stmt::AnnAssign(s) => self.annotated_assignment(s),
            Stmt::For(s) => self.for_(s),
            Stmt::While(s) => self.while_(s),
            Stmt::If(s) => self.if_(s),
            Stmt::With(s) => self.with(s, 0),
            Stmt::Match(s) => self.match_(s),
            Stmt::Raise(s) => self.raise(s),
            Stmt::Try(s) => self.try_(s),
            Stmt::Assert(s) => self.assert(s),
            Stmt::Import(s) => s.names.iter().for_each(|alias| self.import(alias)),
            Stmt::ImportFrom(s) => self.import_from(s),
            Stmt::Global(_) | Stmt::Nonlocal(_) => self.declared(stmt),
            Stmt::Pass(_) => {}
            Stmt::Expr(_) if super::function::is_text(stmt) => {}
            Stmt::Expr(s) => {
                self.expr(&s.value);
                self.emit(Op::Pop);
            }
            Stmt::Break(_) => self.break_(),
            Stmt::Continue(_) => self.continue_(),
            Stmt::IpyEscapeCommand(_) => self.unsupported("escape commands are not Python"),
        }
    }

    fn assign(&mut self, s: &'a ast::StmtAssign) {
        self.expr(&s.value);
        let (last, others) = s.targets.split_last().expect("an assignment has a target");
        for target in others {
            self.emit(Op::Copy(1));
            self.store(target);
        }
        if let Some(Expr::Starred(starred)) = s.targets.iter().find(|target| target.is_starred_expr()) {
            self.fault(starred, "starred assignment target must be in a list or tuple");
        }
        self.store(last);
    }

    /// Stores the top.
    pub(crate) fn store(&mut self, target: &'a Expr) {
        self.at(target, |compiler| match target {
            Expr::Name(name) => compiler.store_name(&name.id),
            Expr::Attribute(attribute) => {
                compiler.expr(&attribute.value);
                let name = compiler.names.intern(&compiler.mangled_attribute(&attribute.attr));
                compiler.emit(Op::StoreAttr(name));
            }
            Expr::Subscript(subscript) => {
                compiler.expr(&subscript.value);
                compiler.expr(&subscript.slice);
                compiler.emit(Op::StoreSubscript);
            }
            Expr::Tuple(tuple) => compiler.unpack_into(&tuple.elts),
            Expr::List(list) => compiler.unpack_into(&list.elts),
            Expr::Starred(starred) => compiler.store(&starred.value),
            _ => compiler.unsupported("cannot assign to this expression"),
        });
    }

    fn unpack_into(&mut self, targets: &'a [Expr]) {
        self.one_star(targets);
        match targets.iter().position(Expr::is_starred_expr) {
            Some(at) => self.emit(Op::UnpackEx { before: at as u16, after: (targets.len() - at - 1) as u32 }),
            None => self.emit(Op::Unpack(targets.len() as u32)),
        };
        targets.iter().for_each(|target| self.store(target));
    }

    fn augmented(&mut self, s: &'a ast::StmtAugAssign) {
        let op = Op::InPlace(expr::binary(s.op));
        match &*s.target {
            Expr::Name(name) => {
                self.at(&*s.target, |compiler| compiler.load_name(&name.id));
                self.expr(&s.value);
                self.emit(op);
                self.store_name(&name.id);
            }
            Expr::Attribute(attribute) => {
                let name = self.names.intern(&self.mangled_attribute(&attribute.attr));
                self.expr(&attribute.value);
                self.emit(Op::Copy(1));
                self.at(&*s.target, |compiler| compiler.emit(Op::LoadAttr(name)));
                self.expr(&s.value);
                self.emit(op);
                self.emit(Op::Swap(2));
                self.emit(Op::StoreAttr(name));
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value);
                self.expr(&subscript.slice);
                self.emit(Op::Copy(2));
                self.emit(Op::Copy(2));
                self.at(&*s.target, |compiler| compiler.emit(Op::Subscript));
                self.expr(&s.value);
                self.emit(op);
                // object, key, value -> value, object, key
                self.emit(Op::Swap(3));
                self.emit(Op::Swap(2));
                self.emit(Op::StoreSubscript);
            }
            _ => self.unsupported("cannot assign to this expression"),
        }
    }

    fn delete(&mut self, target: &'a Expr) {
        self.at(target, |compiler| match target {
            Expr::Name(name) => compiler.delete_name(&name.id),
            Expr::Attribute(attribute) => {
                compiler.expr(&attribute.value);
                let name = compiler.names.intern(&compiler.mangled_attribute(&attribute.attr));
                compiler.emit(Op::DeleteAttr(name));
            }
            Expr::Subscript(subscript) => {
                compiler.expr(&subscript.value);
                compiler.expr(&subscript.slice);
                compiler.emit(Op::DeleteSubscript);
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| compiler.delete(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| compiler.delete(target)),
            _ => compiler.unsupported("cannot delete this expression"),
        });
    }

    fn raise(&mut self, s: &'a ast::StmtRaise) {
        let parts = [&s.exc, &s.cause];
        let given: Vec<&Expr> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
        given.iter().for_each(|part| self.expr(part));
        self.emit(Op::Raise(given.len() as u32));
    }

    fn assert(&mut self, s: &'a ast::StmtAssert) {
        self.expr(&s.test);
        let fine = self.at(&*s.test, |compiler| compiler.emit(Op::JumpIfTrue(0)));
        self.at(&*s.test, |compiler| {
            if s.msg.is_some() {
                compiler.emit(Op::PushUnbound);
            }
            compiler.emit(Op::AssertionError);
        });
        if let Some(message) = &s.msg {
            self.expr(message);
            self.emit(Op::Call(1));
        }
        self.at(&*s.test, |compiler| compiler.emit(Op::Raise(1)));
        self.unit.patch(fine);
    }

    // Whether nobody sees when a module is imported: at the top of a module of ours, outside `try` and `with`.
    fn imports_later(&self) -> bool {
        self.source.hidden && self.unit.kind == CodeKind::Module && self.unit.inside.is_empty()
    }

    // What is wanted of a module and what it is called here, by turns. An empty name is the module itself.
    fn import_later(&mut self, level: u32, module: &str, wanted: &[(&str, &str)]) {
        let wanted = wanted.iter().flat_map(|(name, here)| [*name, *here]);
        let wanted = wanted.map(|name| self.names.intern(name)).collect();
        self.constant(Const::Names(wanted));
        let name = self.names.intern(module);
        self.emit(Op::ImportLater { level: level as u16, name });
    }

    fn import(&mut self, alias: &'a ast::Alias) {
        let here = alias.asname.as_ref().unwrap_or(&alias.name);
        if self.imports_later() && !here.contains('.') {
            self.import_later(0, &alias.name, &[("", here)]);
            return;
        }
        let name = self.names.intern(&alias.name);
        match &alias.asname {
            None => {
                self.emit(Op::PushNone);
                self.emit(Op::ImportName { level: 0, name });
                self.store_name(alias.name.split('.').next().unwrap_or_default());
            }
            Some(asname) => {
                self.emit(Op::PushNone);
                self.emit(Op::ImportName { level: 0, name });
                for part in alias.name.split('.').skip(1) {
                    let part = self.names.intern(part);
                    self.emit(Op::ImportFrom(part));
                    self.emit(Op::Swap(2));
                    self.emit(Op::Pop);
                }
                self.store_name(asname);
            }
        }
    }

    fn import_from(&mut self, s: &'a ast::StmtImportFrom) {
        let module = s.module.as_deref().unwrap_or_default();
        if module == "__future__" && s.level == 0 {
            self.future_is_known(s);
            return;
        }
        if self.imports_later() && s.names.iter().all(|alias| &*alias.name != "*") {
            let here = |alias: &'a ast::Alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            let wanted: Vec<_> = s.names.iter().map(|alias| (alias.name.as_str(), here(alias))).collect();
            self.import_later(s.level, module, &wanted);
            return;
        }
        let name = self.names.intern(module);
        // That something is wanted from the module.
        self.constant(Const::Bool(true));
        self.emit(Op::ImportName { level: s.level as u16, name });
        if s.names.iter().any(|alias| &*alias.name == "*") {
            if self.unit.kind != CodeKind::Module {
                self.fault(s, "import * only allowed at module level");
            }
            self.emit(Op::ImportStar);
            return;
        }
        for alias in &s.names {
            let name = self.names.intern(&alias.name);
            self.emit(Op::ImportFrom(name));
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name));
        }
        self.emit(Op::Pop);
    }

    fn return_(&mut self, s: &'a ast::StmtReturn) {
        self.wants_function(s, "return");
        if s.value.is_some() && self.unit.kind == CodeKind::AsyncGenerator {
            self.fault(s, "'return' with value in async generator");
        }
        match &s.value {
            Some(value) => self.expr(value),
            None => drop(self.emit(Op::PushNone)),
        }
        if self.unit.inside.iter().any(|inside| !matches!(inside, Inside::Loop { iterator: false, .. })) {
            let slot = self.unit.temporary(self.names);
            self.emit(Op::StoreFast(slot));
            self.leave(0);
            self.emit(Op::LoadFast(slot));
        }
        self.emit(Op::Return);
    }
}
