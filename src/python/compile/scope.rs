//! Which names a scope binds, and where the others come from. One walk over the tree before any code is made.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Pattern, Stmt};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a node opens a scope for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Role {
    Body,
    Annotations,
    TypeParams,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    Function,
    Comprehension,
}

/// How a name is reached from a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    Local,
    /// A local that inner functions see.
    Cell,
    /// A variable of an outer function.
    Free,
    /// As `Free`, from a class body, whose namespace comes first.
    ClassFree,
    Global,
    /// The namespace, then globals.
    Name,
}

#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) kind: ScopeKind,
    pub(crate) parent: Option<usize>,
    range: TextRange,
    /// In the order of their first binding; parameters first.
    pub(crate) bound: Vec<String>,
    bound_set: FxHashSet<String>,
    globals: FxHashSet<String>,
    nonlocals: FxHashSet<String>,
    uses: FxHashSet<String>,
    pub(crate) cells: FxHashSet<String>,
    pub(crate) frees: Vec<String>,
    /// A function in the class wants `__class__`.
    pub(crate) class_cell: bool,
    pub(crate) generator: bool,
    /// `await`, `async for`, `async with` in a comprehension.
    pub(crate) asynchronous: bool,
}

/// All scopes of a module.
pub(crate) struct Scopes {
    pub(crate) all: Vec<Scope>,
    places: FxHashMap<(TextRange, Role), usize>,
    current: usize,
    future_annotations: bool,
}

impl Scopes {
    pub(crate) fn of(body: &[Stmt], future_annotations: bool) -> Scopes {
        let mut scopes = Scopes { all: Vec::new(), places: FxHashMap::default(), current: 0, future_annotations };
        scopes.all.push(Scope::new(ScopeKind::Module, None, TextRange::default()));
        body.iter().for_each(|stmt| scopes.visit_stmt(stmt));
        scopes.resolve();
        scopes
    }

    pub(crate) fn at(&self, range: TextRange, role: Role) -> Option<usize> {
        self.places.get(&(range, role)).copied()
    }

    pub(crate) fn reach(&self, scope: usize, name: &str) -> Reach {
        let own = &self.all[scope];
        if own.globals.contains(name) {
            return Reach::Global;
        }
        let function = matches!(own.kind, ScopeKind::Function | ScopeKind::Comprehension);
        if own.bound_set.contains(name) && !own.nonlocals.contains(name) {
            return match (function, own.cells.contains(name)) {
                (true, true) => Reach::Cell,
                (true, false) => Reach::Local,
                (false, _) => Reach::Name,
            };
        }
        if own.frees.iter().any(|free| free == name) {
            return if own.kind == ScopeKind::Class && !own.nonlocals.contains(name) {
                Reach::ClassFree
            } else {
                Reach::Free
            };
        }
        if function { Reach::Global } else { Reach::Name }
    }

    fn resolve(&mut self) {
        for scope in 0..self.all.len() {
            let uses: Vec<String> = {
                let own = &self.all[scope];
                own.uses.iter().chain(&own.nonlocals).cloned().collect()
            };
            for name in uses {
                self.find(scope, &name);
            }
        }
        self.all.iter_mut().for_each(|scope| scope.frees.sort());
    }

    // Looks for the function around a scope that binds the name; marks what lies between.
    fn find(&mut self, scope: usize, name: &str) {
        let own = &self.all[scope];
        if own.globals.contains(name) || own.bound_set.contains(name) && !own.nonlocals.contains(name) {
            return;
        }
        let mut between = vec![scope];
        let mut at = own.parent;
        while let Some(outer) = at {
            let candidate = &mut self.all[outer];
            let function = matches!(candidate.kind, ScopeKind::Function | ScopeKind::Comprehension);
            if candidate.kind == ScopeKind::Class && name == "__class__" {
                candidate.class_cell = true;
            } else if !function || !candidate.bound_set.contains(name) || candidate.nonlocals.contains(name) {
                if function && candidate.globals.contains(name) {
                    return;
                }
                between.push(outer);
                at = candidate.parent;
                continue;
            } else {
                candidate.cells.insert(name.to_owned());
            }
            for scope in between {
                let frees = &mut self.all[scope].frees;
                if !frees.iter().any(|free| free == name) {
                    frees.push(name.to_owned());
                }
            }
            return;
        }
    }

    fn open(&mut self, kind: ScopeKind, range: TextRange, role: Role, body: impl FnOnce(&mut Scopes)) {
        let scope = self.all.len();
        self.all.push(Scope::new(kind, Some(self.current), range));
        self.places.insert((range, role), scope);
        let outer = std::mem::replace(&mut self.current, scope);
        body(self);
        self.current = outer;
    }

    // The scope of annotations is opened again for each annotation of a class or module.
    fn in_annotations(&mut self, range: TextRange, body: impl FnOnce(&mut Scopes)) {
        match self.at(range, Role::Annotations) {
            Some(scope) => {
                let outer = std::mem::replace(&mut self.current, scope);
                body(self);
                self.current = outer;
            }
            None => self.open(ScopeKind::Function, range, Role::Annotations, body),
        }
    }

    fn bind(&mut self, name: &str) {
        self.all[self.current].bind(name);
    }

    fn used(&mut self, name: &str) {
        self.all[self.current].uses.insert(name.to_owned());
    }

    fn parameters(&mut self, parameters: &ast::Parameters) {
        parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .chain(&parameters.kwonlyargs)
            .for_each(|p| self.bind(&p.parameter.name));
        parameters.vararg.iter().chain(&parameters.kwarg).for_each(|p| self.bind(&p.name));
    }

    fn defaults(&mut self, parameters: &ast::Parameters) {
        parameters
            .iter_non_variadic_params()
            .filter_map(|p| p.default.as_deref())
            .for_each(|default| self.visit_expr(default));
    }

    fn function(&mut self, def: &ast::StmtFunctionDef) {
        def.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
        self.defaults(&def.parameters);
        self.bind(&def.name);
        let inner = |scopes: &mut Scopes| {
            scopes.function_annotations(def);
            scopes.open(ScopeKind::Function, def.range, Role::Body, |scopes| {
                scopes.parameters(&def.parameters);
                def.body.iter().for_each(|stmt| scopes.visit_stmt(stmt));
            });
        };
        self.with_type_params(def.type_params.as_deref(), def.range, inner);
    }

    fn with_type_params(
        &mut self,
        params: Option<&ast::TypeParams>,
        range: TextRange,
        inner: impl FnOnce(&mut Scopes),
    ) {
        let Some(params) = params else { return inner(self) };
        self.open(ScopeKind::Function, range, Role::TypeParams, |scopes| {
            params.iter().for_each(|param| scopes.bind(param.name()));
            inner(scopes);
        });
    }

    fn function_annotations(&mut self, def: &ast::StmtFunctionDef) {
        if self.future_annotations {
            return;
        }
        let annotations = annotations(def);
        if !annotations.is_empty() {
            self.in_annotations(def.range, |scopes| annotations.iter().for_each(|(_, expr)| scopes.visit_expr(expr)));
        }
    }

    fn class(&mut self, def: &ast::StmtClassDef) {
        def.decorator_list.iter().for_each(|decorator| self.visit_expr(&decorator.expression));
        self.bind(&def.name);
        let inner = |scopes: &mut Scopes| {
            if let Some(arguments) = &def.arguments {
                scopes.visit_arguments(arguments);
            }
            scopes.open(ScopeKind::Class, def.range, Role::Body, |scopes| {
                def.body.iter().for_each(|stmt| scopes.visit_stmt(stmt));
            });
        };
        self.with_type_params(def.type_params.as_deref(), def.range, inner);
    }

    fn comprehension(
        &mut self,
        range: TextRange,
        generators: &[ast::Comprehension],
        generator: bool,
        elements: &[&Expr],
    ) {
        let Some(first) = generators.first() else { return };
        self.visit_expr(&first.iter);
        let mut asynchronous = false;
        self.open(ScopeKind::Comprehension, range, Role::Body, |scopes| {
            scopes.bind(".0");
            for (at, part) in generators.iter().enumerate() {
                scopes.visit_expr(&part.target);
                if at > 0 {
                    scopes.visit_expr(&part.iter);
                }
                part.ifs.iter().for_each(|test| scopes.visit_expr(test));
                scopes.all[scopes.current].asynchronous |= part.is_async;
            }
            elements.iter().for_each(|element| scopes.visit_expr(element));
            scopes.all[scopes.current].generator = generator;
            asynchronous = scopes.all[scopes.current].asynchronous;
        });
        // An asynchronous comprehension makes the one around it asynchronous; a generator is awaited only by who iterates it.
        if asynchronous && !generator {
            self.all[self.current].asynchronous = true;
        }
    }

    // A walrus binds in the nearest scope that is no comprehension.
    fn bind_walrus(&mut self, name: &str) {
        let mut scope = self.current;
        let mut inside = Vec::new();
        while self.all[scope].kind == ScopeKind::Comprehension {
            inside.push(scope);
            scope = self.all[scope].parent.expect("a comprehension stands in a scope");
        }
        let function = self.all[scope].kind == ScopeKind::Function && !self.all[scope].globals.contains(name);
        self.all[scope].bind(name);
        for scope in inside {
            let names = if function { &mut self.all[scope].nonlocals } else { &mut self.all[scope].globals };
            names.insert(name.to_owned());
        }
    }
}

impl Scope {
    fn new(kind: ScopeKind, parent: Option<usize>, range: TextRange) -> Scope {
        Scope {
            kind,
            parent,
            range,
            bound: Vec::new(),
            bound_set: FxHashSet::default(),
            globals: FxHashSet::default(),
            nonlocals: FxHashSet::default(),
            uses: FxHashSet::default(),
            cells: FxHashSet::default(),
            frees: Vec::new(),
            class_cell: false,
            generator: false,
            asynchronous: false,
        }
    }

    /// The names that live in the scope's own frame.
    pub(crate) fn own_names(&self) -> impl Iterator<Item = &String> {
        self.bound.iter().filter(|name| !self.nonlocals.contains(*name) && !self.globals.contains(*name))
    }

    fn bind(&mut self, name: &str) {
        if self.bound_set.insert(name.to_owned()) {
            self.bound.push(name.to_owned());
        }
    }
}

/// The annotations of a function with the names they stand under.
pub(crate) fn annotations(def: &ast::StmtFunctionDef) -> Vec<(&str, &Expr)> {
    let p = &def.parameters;
    let named = p.posonlyargs.iter().chain(&p.args).map(|p| &p.parameter);
    let all =
        named.chain(p.vararg.as_deref()).chain(p.kwonlyargs.iter().map(|p| &p.parameter)).chain(p.kwarg.as_deref());
    let mut found: Vec<(&str, &Expr)> = all.filter_map(|p| Some((p.name.as_str(), p.annotation.as_deref()?))).collect();
    found.extend(def.returns.as_deref().map(|returns| ("return", returns)));
    found
}

impl<'a> Visitor<'a> for Scopes {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => self.function(def),
            Stmt::ClassDef(def) => self.class(def),
            Stmt::Global(names) => names.names.iter().for_each(|name| {
                self.all[self.current].globals.insert(name.to_string());
            }),
            Stmt::Nonlocal(names) => names.names.iter().for_each(|name| {
                self.all[self.current].nonlocals.insert(name.to_string());
            }),
            Stmt::Import(import) => import.names.iter().for_each(|alias| {
                let name = alias
                    .asname
                    .as_ref()
                    .map_or_else(|| alias.name.split('.').next().unwrap_or_default(), |name| name.as_str());
                self.bind(name);
            }),
            Stmt::ImportFrom(import) => import.names.iter().filter(|alias| &*alias.name != "*").for_each(|alias| {
                let name = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                self.bind(&name);
            }),
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
                self.visit_expr(&assign.target);
                let kind = self.all[self.current].kind;
                if matches!(kind, ScopeKind::Module | ScopeKind::Class)
                    && assign.target.is_name_expr()
                    && !self.future_annotations
                {
                    let range = self.all[self.current].range;
                    self.in_annotations(range, |scopes| scopes.visit_expr(&assign.annotation));
                }
            }
            Stmt::TypeAlias(alias) => {
                self.visit_expr(&alias.name);
                self.with_type_params(alias.type_params.as_deref(), alias.range, |scopes| {
                    scopes.open(ScopeKind::Function, alias.range, Role::Annotations, |scopes| {
                        scopes.visit_expr(&alias.value);
                    });
                });
            }
            Stmt::Try(try_) => {
                try_.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                for ast::ExceptHandler::ExceptHandler(handler) in &try_.handlers {
                    handler.type_.iter().for_each(|expr| self.visit_expr(expr));
                    handler.name.iter().for_each(|name| self.bind(name));
                    handler.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                }
                try_.orelse.iter().chain(&try_.finalbody).for_each(|stmt| self.visit_stmt(stmt));
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => match name.ctx {
                ast::ExprContext::Load => {
                    self.used(&name.id);
                    if &*name.id == "super" {
                        self.used("__class__");
                    }
                }
                _ => self.bind(&name.id),
            },
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                if let Expr::Name(name) = &*named.target {
                    self.bind_walrus(&name.id);
                }
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                }
                self.open(ScopeKind::Function, lambda.range, Role::Body, |scopes| {
                    lambda.parameters.iter().for_each(|parameters| scopes.parameters(parameters));
                    scopes.visit_expr(&lambda.body);
                });
            }
            Expr::ListComp(comp) => self.comprehension(comp.range, &comp.generators, false, &[&comp.elt]),
            Expr::SetComp(comp) => self.comprehension(comp.range, &comp.generators, false, &[&comp.elt]),
            Expr::DictComp(comp) => {
                let elements: Vec<&Expr> = comp.key.as_deref().into_iter().chain([&*comp.value]).collect();
                self.comprehension(comp.range, &comp.generators, false, &elements);
            }
            Expr::Generator(comp) => self.comprehension(comp.range, &comp.generators, true, &[&comp.elt]),
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.all[self.current].generator = true;
                visitor::walk_expr(self, expr);
            }
            Expr::Await(_) => {
                self.all[self.current].asynchronous = true;
                visitor::walk_expr(self, expr);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchStar(star) => star.name.iter().for_each(|name| self.bind(name)),
            Pattern::MatchAs(as_) => as_.name.iter().for_each(|name| self.bind(name)),
            Pattern::MatchMapping(mapping) => mapping.rest.iter().for_each(|name| self.bind(name)),
            _ => {}
        }
        visitor::walk_pattern(self, pattern);
    }
}

/// The range of a node, for look-ups.
pub(crate) fn range_of(node: &impl Ranged) -> TextRange {
    node.range()
}
