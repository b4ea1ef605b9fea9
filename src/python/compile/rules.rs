//! What the grammar lets through and the language does not: errors of the source, found when it is compiled.

use crate::python::compile::{CodeKind, Compiler, check};
use ruff_python_ast::{self as ast, ExceptHandler, Expr, Pattern, Stmt};
use ruff_text_size::Ranged;

/// The names that `from __future__ import` knows.
const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

impl<'a> Compiler<'a> {
    /// Notes an error at a node; compiling goes on, and its result is not used.
    pub(crate) fn fault(&mut self, node: &impl Ranged, message: &str) {
        let range = node.range();
        self.faults.push(check::diagnostic(self.source, range.start().to_u32(), range.end().to_u32(), message));
    }

    /// The kind of the function around, comprehensions aside.
    fn function_kind(&self) -> CodeKind {
        let comprehension = |name: &str| name.starts_with('<') && name.ends_with("comp>") || name == "<genexpr>";
        let units = std::iter::once(&self.unit).chain(self.outer.iter().rev());
        units
            .into_iter()
            .find(|unit| !comprehension(self.names.text(unit.name)))
            .map_or(CodeKind::Module, |unit| unit.kind)
    }

    /// `return` and `yield` stand in a function.
    pub(crate) fn wants_function(&mut self, node: &impl Ranged, word: &str) {
        if matches!(self.function_kind(), CodeKind::Module | CodeKind::Class) {
            self.fault(node, &format!("'{word}' outside function"));
        }
    }

    /// `await`, `async for` and `async with` stand in an asynchronous function.
    pub(crate) fn wants_async(&mut self, node: &impl Ranged, word: &str) {
        match self.function_kind() {
            CodeKind::Coroutine | CodeKind::AsyncGenerator => {}
            CodeKind::Module | CodeKind::Class if word == "await" => self.fault(node, "'await' outside function"),
            _ => self.fault(node, &format!("'{word}' outside async function")),
        }
    }

    pub(crate) fn parameters_differ(&mut self, parameters: &'a ast::Parameters) {
        let mut seen: Vec<&str> = Vec::new();
        for parameter in parameters {
            let name = parameter.name();
            if seen.contains(&name.as_str()) {
                self.fault(name, &format!("duplicate argument '{name}' in function definition"));
            }
            seen.push(name);
        }
    }

    pub(crate) fn keywords_differ(&mut self, arguments: &'a ast::Arguments) {
        let mut seen: Vec<&str> = Vec::new();
        for keyword in &arguments.keywords {
            let Some(name) = &keyword.arg else { continue };
            if seen.contains(&name.as_str()) {
                self.fault(keyword, &format!("keyword argument repeated: {name}"));
            }
            seen.push(name);
        }
    }

    pub(crate) fn one_star(&mut self, targets: &'a [Expr]) {
        if let Some(second) = targets.iter().filter(|target| target.is_starred_expr()).nth(1) {
            self.fault(second, "multiple starred expressions in assignment");
        }
    }

    /// `nonlocal x` needs a function around that binds it; `global x` a name that is no parameter.
    pub(crate) fn declared(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Nonlocal(s) if self.unit.kind == CodeKind::Module => {
                self.fault(s, "nonlocal declaration not allowed at module level");
            }
            Stmt::Nonlocal(s) => {
                for name in &s.names {
                    let bound = self.outer.iter().any(|unit| {
                        !matches!(unit.kind, CodeKind::Module | CodeKind::Class)
                            && self.scopes.all[unit.scope].own_names().any(|own| own == name.as_str())
                    });
                    if !bound {
                        self.fault(s, &format!("no binding for nonlocal '{name}' found"));
                    }
                }
            }
            Stmt::Global(s) => {
                let params = self.unit.params;
                let count = usize::from(params.positional + params.keyword_only)
                    + usize::from(params.args)
                    + usize::from(params.kwargs);
                for name in &s.names {
                    let known =
                        self.unit.locals.iter().take(count).any(|local| self.names.text(*local) == name.as_str());
                    if known {
                        self.fault(s, &format!("name '{name}' is parameter and global"));
                    }
                }
            }
            _ => {}
        }
    }

    pub(crate) fn bare_except_is_last(&mut self, handlers: &'a [ExceptHandler]) {
        let Some((_, all_but_last)) = handlers.split_last() else { return };
        let bare =
            all_but_last.iter().find(|handler| matches!(handler, ExceptHandler::ExceptHandler(h) if h.type_.is_none()));
        if let Some(bare) = bare {
            self.fault(bare, "default 'except:' must be last");
        }
    }

    /// Only the last case, or one with a guard, may match everything.
    pub(crate) fn cases_are_reached(&mut self, cases: &'a [ast::MatchCase]) {
        let Some((_, all_but_last)) = cases.split_last() else { return };
        for case in all_but_last.iter().filter(|case| case.guard.is_none()) {
            match everything(&case.pattern) {
                Some(Some(name)) => {
                    self.fault(&case.pattern, &format!("name capture '{name}' makes remaining patterns unreachable"));
                }
                Some(None) => self.fault(&case.pattern, "wildcard makes remaining patterns unreachable"),
                None => {}
            }
        }
    }

    pub(crate) fn future_is_known(&mut self, s: &'a ast::StmtImportFrom) {
        for alias in s.names.iter().filter(|alias| !FEATURES.contains(&alias.name.as_str())) {
            self.fault(s, &format!("future feature {} is not defined", alias.name));
        }
    }

    /// `from __future__` stands before everything but the docstring.
    pub(crate) fn future_is_first(&mut self, body: &'a [Stmt]) {
        let is_future = |stmt: &&Stmt| matches!(stmt, Stmt::ImportFrom(s) if s.level == 0 && s.module.as_deref() == Some("__future__"));
        let from = usize::from(body.first().is_some_and(super::function::is_text));
        let late = body[from..].iter().skip_while(is_future).find(is_future);
        if let Some(late) = late {
            self.fault(late, "from __future__ imports must occur at the beginning of the file");
        }
    }
}

// What a pattern that matches everything calls it: Some(None) for `_`.
fn everything(pattern: &Pattern) -> Option<Option<&str>> {
    match pattern {
        Pattern::MatchAs(p) if p.pattern.is_none() => Some(p.name.as_deref()),
        Pattern::MatchAs(p) => everything(p.pattern.as_deref()?),
        _ => None,
    }
}
