//! Functions, lambdas, classes, annotations, type parameters.

use crate::python::compile::Compiler;
use crate::python::compile::code::{CodeKind, Const, Draft, Name, Op, Params, flags};
use crate::python::compile::scope::{self, Role};
use ruff_python_ast::{self as ast, Expr, Stmt, TypeParam};
use ruff_text_size::{Ranged, TextRange};

impl<'a> Compiler<'a> {
    pub(crate) fn function_def(&mut self, def: &'a ast::StmtFunctionDef) {
        self.decorated(&def.decorator_list, |compiler| {
            compiler.generic(def.type_params.as_deref(), def.range, &def.name, |compiler, params| {
                let mut flags = compiler.signature_values(&def.parameters);
                flags |= compiler.annotations_of_function(def);
                if params {
                    compiler.load_local(".type_params");
                    flags |= flags::TYPE_PARAMS;
                }
                let scope = compiler.scope_of(def, Role::Body);
                let generator = compiler.scopes.all[scope].generator;
                let kind = match (def.is_async, generator) {
                    (false, false) => CodeKind::Function,
                    (false, true) => CodeKind::Generator,
                    (true, false) => CodeKind::Coroutine,
                    (true, true) => CodeKind::AsyncGenerator,
                };
                let (code, frees) = compiler.nested(scope, kind, &def.name, |compiler| {
                    compiler.unit.params = shape(&def.parameters);
                    compiler.enter(kind);
                    compiler.unit.doc = compiler.docstring(&def.body);
                    compiler.body(&def.body);
                    compiler.emit(Op::PushNone);
                    compiler.emit(Op::Return);
                });
                compiler.make_function(code, &frees, flags);
            });
        });
        self.store_name(&def.name);
    }

    // A generator drops the value with which it is first resumed.
    pub(crate) fn enter(&mut self, kind: CodeKind) {
        if !matches!(kind, CodeKind::Function | CodeKind::Class | CodeKind::Module) {
            self.emit(Op::Pop);
        }
        self.cells();
    }

    pub(crate) fn lambda(&mut self, e: &'a ast::ExprLambda) {
        let flags = e.parameters.as_deref().map_or(0, |parameters| self.signature_values(parameters));
        let scope = self.scope_of(e, Role::Body);
        let kind = if self.scopes.all[scope].generator { CodeKind::Generator } else { CodeKind::Function };
        let (code, frees) = self.nested(scope, kind, "<lambda>", |compiler| {
            compiler.unit.params = e.parameters.as_deref().map(shape).unwrap_or_default();
            compiler.enter(kind);
            compiler.expr(&e.body);
            compiler.emit(Op::Return);
        });
        self.make_function(code, &frees, flags);
    }

    fn decorated(&mut self, decorators: &'a [ast::Decorator], inner: impl FnOnce(&mut Self)) {
        for decorator in decorators {
            self.emit(Op::PushUnbound);
            self.expr(&decorator.expression);
        }
        inner(self);
        for decorator in decorators.iter().rev() {
            self.at(&decorator.expression, |compiler| compiler.emit(Op::Call(1)));
        }
    }

    // Pushes the defaults; gives the flags.
    fn signature_values(&mut self, parameters: &'a ast::Parameters) -> u16 {
        self.parameters_differ(parameters);
        let mut flags = 0;
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let defaults: Vec<&Expr> = positional.filter_map(|p| p.default.as_deref()).collect();
        if !defaults.is_empty() {
            defaults.iter().for_each(|default| self.expr(default));
            self.emit(Op::BuildTuple(defaults.len() as u32));
            flags |= flags::DEFAULTS;
        }
        let named: Vec<_> = parameters.kwonlyargs.iter().filter(|p| p.default.is_some()).collect();
        if !named.is_empty() {
            for parameter in &named {
                self.text(&parameter.parameter.name);
                self.expr(parameter.default.as_deref().expect("it has a default"));
            }
            self.emit(Op::BuildDict(named.len() as u32));
            flags |= flags::KEYWORD_DEFAULTS;
        }
        flags
    }

    /// The closure and the function itself; what the flags say lies on the stack.
    pub(crate) fn make_function(&mut self, code: Draft, frees: &[Name], mut flags: u16) {
        if !frees.is_empty() {
            for free in frees {
                let slot = self.unit.slot(*free);
                self.emit(Op::LoadFast(slot));
            }
            self.emit(Op::BuildTuple(frees.len() as u32));
            flags |= flags::CLOSURE;
        }
        self.unit.codes.push(code);
        let code = self.unit.codes.len() as u32 - 1;
        self.emit(Op::MakeFunction { flags, code });
    }

    fn annotations_of_function(&mut self, def: &'a ast::StmtFunctionDef) -> u16 {
        let annotations = scope::annotations(def);
        if annotations.is_empty() {
            return 0;
        }
        self.thunk(def.range, "__annotate__", &annotations);
        flags::ANNOTATIONS
    }

    // A function that gives the dict of annotations.
    fn thunk(&mut self, range: TextRange, name: &str, annotations: &[(&'a str, &'a Expr)]) {
        let known = self.scopes.at(range, Role::Annotations);
        let scope = known.unwrap_or(self.unit.scope);
        let future = self.future;
        let (code, frees) = self.nested(scope, CodeKind::Function, name, |compiler| {
            compiler.unit.lenient = true;
            if known.is_none() {
                // Only texts: nothing of the scope around is needed.
                compiler.unit.locals.clear();
                compiler.unit.frees.clear();
            }
            for (name, annotation) in annotations {
                compiler.text(&compiler.mangled_attribute(name));
                if future {
                    let text = match annotation {
                        Expr::StringLiteral(text) => crate::python::text::quote::repr(text.value.to_str()),
                        annotation => compiler.source_text(annotation),
                    };
                    compiler.text(&text);
                } else {
                    compiler.annotation(annotation);
                }
            }
            compiler.emit(Op::BuildDict(annotations.len() as u32));
            compiler.emit(Op::Return);
        });
        self.make_function(code, &frees, flags::NAMESPACE);
    }

    fn annotation(&mut self, annotation: &'a Expr) {
        match annotation {
            // `*args: *Ts`
            Expr::Starred(starred) => self.expr(&starred.value),
            _ => self.expr(annotation),
        }
    }

    /// The thunk for the annotations of the class or module, kept under a name.
    pub(crate) fn annotation_thunk(&mut self, range: TextRange, name: &str) {
        let annotations = std::mem::take(&mut self.unit.annotations);
        if !annotations.is_empty() {
            self.thunk(range, "__annotate__", &annotations);
            self.store_name(name);
        }
    }

    pub(crate) fn class_def(&mut self, def: &'a ast::StmtClassDef) {
        self.decorated(&def.decorator_list, |compiler| {
            compiler.generic(def.type_params.as_deref(), def.range, &def.name, |compiler, params| {
                let scope = compiler.scope_of(def, Role::Body);
                let (code, frees) =
                    compiler.nested(scope, CodeKind::Class, &def.name, |compiler| compiler.class_body(def));
                compiler.make_function(code, &frees, 0);
                compiler.text(&def.name);
                let (bases, keywords): (&[Expr], &[ast::Keyword]) =
                    def.arguments.as_deref().map_or((&[], &[]), |arguments| (&arguments.args, &arguments.keywords));
                compiler.spread_list(bases);
                if params {
                    compiler.load_local(".generic_base");
                    compiler.emit(Op::ListAppend(1));
                }
                compiler.keyword_dict(keywords);
                compiler.emit(Op::BuildClass);
            });
        });
        self.store_name(&def.name);
    }

    fn class_body(&mut self, def: &'a ast::StmtClassDef) {
        self.cells();
        let name = self.names.intern("__name__");
        let module = self.names.intern("__module__");
        self.emit(Op::LoadGlobal(name));
        self.emit(Op::StoreName(module));
        self.constant(Const::Qualname);
        let name = self.names.intern("__qualname__");
        self.emit(Op::StoreName(name));
        if let Some(doc) = self.docstring(&def.body) {
            self.constant(Const::Text(doc));
            let name = self.names.intern("__doc__");
            self.emit(Op::StoreName(name));
        }
        self.body(&def.body);
        self.annotation_thunk(def.range, "__annotate_func__");
        if self.scopes.all[self.unit.scope].class_cell {
            let name = self.names.intern("__class__");
            let slot = self.unit.slot(name);
            self.emit(Op::LoadFast(slot));
            let name = self.names.intern("__classcell__");
            self.emit(Op::StoreName(name));
        }
        self.emit(Op::PushNone);
        self.emit(Op::Return);
    }

    // With type parameters, a hidden function around the definition binds them.
    fn generic(
        &mut self,
        params: Option<&'a ast::TypeParams>,
        range: TextRange,
        name: &str,
        inner: impl FnOnce(&mut Self, bool),
    ) {
        let Some(params) = params else { return inner(self, false) };
        let scope = self.scopes.at(range, Role::TypeParams).expect("the scopes know every node");
        self.emit(Op::PushUnbound);
        let (code, frees) =
            self.nested(scope, CodeKind::Function, &format!("<generic parameters of {name}>"), |compiler| {
                let extra = [compiler.names.intern(".type_params"), compiler.names.intern(".generic_base")];
                compiler.unit.locals.extend(extra);
                compiler.cells();
                compiler.type_params(params);
                inner(compiler, true);
                compiler.emit(Op::Return);
            });
        self.make_function(code, &frees, flags::NAMESPACE);
        self.emit(Op::Call(0));
    }

    fn type_params(&mut self, params: &'a ast::TypeParams) {
        for param in params {
            let kind = match param {
                TypeParam::TypeVar(_) => 0,
                TypeParam::TypeVarTuple(_) => 1,
                TypeParam::ParamSpec(_) => 2,
            };
            let name = self.names.intern(param.name());
            self.at(param, |compiler| compiler.emit(Op::TypeParam { kind, name }));
            self.store_name(param.name());
        }
        // typing.Generic[T, ...], as the last base of a class.
        self.emit(Op::PushNone);
        let typing = self.names.intern("typing");
        self.emit(Op::ImportName { level: 0, name: typing });
        let generic = self.names.intern("Generic");
        self.emit(Op::LoadAttr(generic));
        params.iter().for_each(|param| self.load_name(param.name()));
        self.emit(Op::BuildTuple(params.len() as u32));
        self.emit(Op::Copy(1));
        self.store_local(".type_params");
        self.emit(Op::Subscript);
        self.store_local(".generic_base");
    }

    fn load_local(&mut self, name: &str) {
        let name = self.names.intern(name);
        let slot = self.unit.slot(name);
        self.emit(Op::LoadFast(slot));
    }

    fn store_local(&mut self, name: &str) {
        let name = self.names.intern(name);
        let slot = self.unit.slot(name);
        self.emit(Op::StoreFast(slot));
    }

    /// `type X = ...`
    pub(crate) fn type_alias(&mut self, alias: &'a ast::StmtTypeAlias) {
        let Expr::Name(name) = &*alias.name else { return };
        self.generic(alias.type_params.as_deref(), alias.range, &name.id, |compiler, _| {
            let scope = compiler.scope_of(alias, Role::Annotations);
            let (code, frees) = compiler.nested(scope, CodeKind::Function, &name.id, |compiler| {
                compiler.unit.lenient = true;
                compiler.cells();
                compiler.expr(&alias.value);
                compiler.emit(Op::Return);
            });
            compiler.make_function(code, &frees, flags::NAMESPACE);
            let title = compiler.names.intern(&name.id);
            compiler.emit(Op::TypeAlias(title));
        });
        self.store_name(&name.id);
    }

    pub(crate) fn annotated_assignment(&mut self, assign: &'a ast::StmtAnnAssign) {
        if let Some(value) = &assign.value {
            self.expr(value);
            self.store(&assign.target);
        }
        let keeps = matches!(self.unit.kind, CodeKind::Module | CodeKind::Class);
        if let (Expr::Name(name), true) = (&*assign.target, keeps && assign.simple) {
            self.unit.annotations.push((name.id.as_str(), &assign.annotation));
        }
    }
}

fn shape(parameters: &ast::Parameters) -> Params {
    Params {
        positional_only: parameters.posonlyargs.len() as u16,
        positional: (parameters.posonlyargs.len() + parameters.args.len()) as u16,
        keyword_only: parameters.kwonlyargs.len() as u16,
        args: parameters.vararg.is_some(),
        kwargs: parameters.kwarg.is_some(),
    }
}

/// Whether a statement is a docstring.
pub(crate) fn is_text(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Expr(expr) if expr.value.is_string_literal_expr()) && !stmt.range().is_empty()
}
