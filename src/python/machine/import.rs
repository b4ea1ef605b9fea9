//! Modules: embedded, native, and the project's files.

use crate::error::Diagnostic;
use crate::python::compile::{Source, check};
use crate::python::heap::object::{Data, Function};
use crate::python::heap::{classes, names};
use crate::python::machine::code::Code;
use crate::python::machine::find::Found;
use crate::python::machine::suggest;
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Flow, Keep, Module, Raise, Then};
use crate::python::report;
use crate::python::value::{Handle, Value};
use std::rc::Rc;

impl Machine {
    pub(crate) fn new_module(&mut self, name: &str) -> Handle {
        let dict = self.new_dict();
        let title = self.heap.str(name);
        self.heap.set_name(dict, names::NAME, title);
        self.heap.set_name(dict, names::DOC, Value::None);
        let package = name.rsplit_once('.').map_or("", |(package, _)| package);
        let package = self.heap.str(package);
        self.heap.set_name(dict, names::PACKAGE, package);
        self.heap.set_name(dict, names::SPEC, Value::None);
        self.heap.set_name(dict, names::LOADER, Value::None);
        self.heap.alloc(classes::MODULE, Data::Module(dict))
    }

    pub(crate) fn module_dict_of(&self, module: Handle) -> Option<Handle> {
        match self.heap.data(module) {
            Data::Module(dict) => Some(*dict),
            _ => None,
        }
    }

    /// A function that runs a module's code in its namespace.
    pub(crate) fn module_function(&mut self, code: Rc<Code>, dict: Handle) -> Value {
        let name = self.heap.intern("<module>").into();
        let empty = self.heap.tuple(&[]);
        let function = Function {
            doc: Value::None,
            code,
            globals: dict,
            closure: Box::default(),
            defaults: Vec::new(),
            keyword_defaults: Vec::new(),
            name,
            qualname: name,
            module: Value::None,
            annotations: Value::None,
            namespace: Some(dict),
            type_params: empty,
        };
        self.heap.alloc(classes::FUNCTION, Data::Function(Box::new(function))).into()
    }

    /// A module that has been imported already.
    pub fn module(&self, name: &str) -> Option<Value> {
        self.heap.interned(name).and_then(|name| self.heap.get_name(self.modules, name))
    }

    /// Adds a folder in front of `sys.path`.
    pub fn add_path(&mut self, folder: &str) {
        let folder = self.heap.str(folder);
        if let Some(Data::List(items)) = self.path.handle().map(|handle| self.heap.data_mut(handle)) {
            items.insert(0, folder);
        }
    }

    /// Warnings that came up while importing: unknown modules, at their lines.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// `import a.b.c` of an absolute name: the last module.
    pub(crate) fn import_module(&mut self, name: Value) -> Result<Flow, Raise> {
        let text = self.heap.text(name).unwrap_or_default().to_owned();
        if let Some(module) = self.module(&text) {
            if module.is_none() {
                let message = format!("import of {text} halted; None in sys.modules");
                return Err(self.module_not_found(&message, &text));
            }
            return Ok(module.into());
        }
        match text.rsplit_once('.') {
            None => self.load_module(&text),
            Some((package, _)) => {
                let package = self.heap.str(package);
                self.push_continuation(Then::Value(package_imported), Keep::from_slice(&[name]));
                self.import_module(package)
            }
        }
    }

    pub(super) fn module_not_found(&mut self, message: &str, name: &str) -> Raise {
        let raise = self.error(classes::MODULE_NOT_FOUND_ERROR, message);
        let name = self.heap.str(name);
        self.note_attribute(raise.0, names::ATTR_NAME, name);
        raise
    }

    fn load_module(&mut self, name: &str) -> Result<Flow, Raise> {
        let Some(found) = self.find_module(name)? else { return self.unknown_module(name) };
        let module = self.new_module(name);
        let key = self.heap.intern(name);
        self.heap.set_name(self.modules, key, module.into());
        let dict = self.module_dict(module);
        match found {
            Found::Native => {
                self.native_modules[name](self, Module(module));
                self.finish_import(module.into())
            }
            Found::Embedded(code) => {
                if let Some(fill) = self.native_modules.get(name).copied() {
                    fill(self, Module(module));
                }
                let later = self.unfetched.iter().any(|later| later.is_package(name));
                if later || self.images.iter().any(|image| image.is_package(name)) {
                    let path = self.heap.list(Vec::new());
                    self.make_package(dict, name, path);
                }
                Ok(self.run_code(module, code))
            }
            Found::File { path, folder } => {
                if let Some(folder) = folder {
                    let folder = self.heap.str(&folder);
                    let path = self.heap.list(vec![folder]);
                    self.make_package(dict, name, path);
                }
                let file = self.heap.str(&path);
                self.heap.set_name(dict, names::FILE, file);
                let source = self.source(&path)?;
                self.run_module(module, &source)
            }
            Found::Folder(folder) => {
                let folder = self.heap.str(&folder);
                let path = self.heap.list(vec![folder]);
                self.make_package(dict, name, path);
                self.finish_import(module.into())
            }
        }
    }

    /// Runs a file as a module of this name that `import` does not know: what Alembic does with env.py and revisions.
    pub fn run_aside(&mut self, path: &str, name: &str) -> Result<Flow, Raise> {
        let source = self.source(path)?;
        let module = self.new_module(name);
        let (dict, file) = (self.module_dict(module), self.heap.str(path));
        self.heap.set_name(dict, names::FILE, file);
        self.run_module(module, &source)
    }

    // A file of the project; one that is no UTF-8 is a SyntaxError, as under CPython, unless it names another coding.
    fn source(&mut self, path: &str) -> Result<Rc<Source>, Raise> {
        let bytes = self.host.read(path).map_err(|error| self.error(classes::IMPORT_ERROR, &error.to_string()))?;
        let text = String::from_utf8_lossy(&bytes);
        let source = Rc::new(Source::new(path, text.trim_start_matches('\u{feff}'), false));
        match std::str::from_utf8(&bytes) {
            Err(error) if !text.lines().take(2).any(|line| line.contains("coding")) => {
                let at = error.valid_up_to();
                let reason = if matches!(bytes[at], 0xc2..=0xf4) { "continuation" } else { "start" };
                let message = format!(
                    "(unicode error) 'utf-8' codec can't decode byte 0x{:02x} in position {at}: invalid {reason} byte",
                    bytes[at]
                );
                let wrong = check::diagnostic(&source, at as u32, at as u32, &message);
                Err(self.syntax_error(&wrong, &source))
            }
            _ => Ok(source),
        }
    }

    /// Imports a module at once; it may not ask the embedder.
    pub fn import_now(&mut self, name: &str) -> Result<Value, Raise> {
        let name = self.heap.str(name);
        self.settled(|machine| machine.import_module(name))
    }

    fn make_package(&mut self, dict: Handle, name: &str, path: Value) {
        let name = self.heap.str(name);
        self.heap.set_name(dict, names::PACKAGE, name);
        self.heap.set_name(dict, names::PATH, path);
    }

    fn run_module(&mut self, module: Handle, source: &Rc<Source>) -> Result<Flow, Raise> {
        match self.compiled(source) {
            Ok(code) => Ok(self.run_code(module, code)),
            Err(wrong) => {
                let name = self.module_name(module.into());
                let key = self.heap.intern(&name);
                self.heap.delete_name(self.modules, key);
                Err(self.syntax_error(&wrong, source))
            }
        }
    }

    fn run_code(&mut self, module: Handle, code: Rc<Code>) -> Flow {
        let dict = self.module_dict(module);
        let function = self.module_function(code, dict);
        self.push_continuation(Then::Outcome(module_ran), Keep::from_slice(&[module.into()]));
        Flow::call(function, [])
    }

    /// The code of an embedded module.
    pub(crate) fn embedded(&mut self, name: &str) -> Option<Rc<Code>> {
        if let Some(at) = self.unfetched.iter().position(|later| later.has(name)) {
            let image = self.unfetched.remove(at).image();
            self.embed(image);
        }
        self.images.iter().find_map(|image| image.code_of(name, &mut self.heap))
    }

    /// The `SyntaxError` of a diagnostic.
    pub(crate) fn syntax_error(&mut self, wrong: &Diagnostic, source: &Source) -> Raise {
        let raise = self.error(classes::SYNTAX_ERROR, &wrong.message);
        let line = source.line(wrong.span.line).to_owned();
        let (file, text) = (self.heap.str(&source.path), self.heap.str(&line));
        let end =
            if wrong.span.end_line == wrong.span.line { wrong.span.end_column } else { line.chars().count() as u32 };
        let parts = [
            ("filename", file),
            ("lineno", Value::Int(i64::from(wrong.span.line))),
            ("offset", Value::Int(i64::from(wrong.span.column) + 1)),
            ("text", text),
            ("end_offset", Value::Int(i64::from(end) + 1)),
        ];
        for (name, value) in parts {
            let name = self.heap.intern(name);
            self.note_attribute(raise.0, name, value);
        }
        raise
    }

    // The module is complete: its package gets it as an attribute.
    fn finish_import(&mut self, module: Value) -> Result<Flow, Raise> {
        let name = match module.handle().and_then(|handle| self.module_dict_of(handle)) {
            Some(_) => self.module_name(module),
            None => return Ok(module.into()),
        };
        // A module may have put something else into its own place.
        let module = self.module(&name).unwrap_or(module);
        if let Some((package, last)) = name.rsplit_once('.')
            && let Some(dict) =
                self.module(package).and_then(Value::handle).and_then(|package| self.module_dict_of(package))
        {
            let last = self.heap.intern(last);
            if !self.stands_for_another(dict, last, &name) {
                self.heap.set_name(dict, last, module);
            }
        }
        Ok(module.into())
    }

    // Stack: the names to import, or None.
    pub(crate) fn import_op(&mut self, level: u16, name: Handle) -> Result<(), Raise> {
        let from = self.pop();
        let text = self.heap.name(name).to_owned();
        let globals = self.frame().globals;
        let full = if level == 0 { text.clone() } else { self.relative_name(globals, level, &text)? };
        let full_value = self.heap.str(&full);
        let want_top = from.is_none() && level == 0;
        let top = if want_top { full.split('.').next().unwrap_or(&full).to_owned() } else { String::new() };
        let top = self.heap.str(&top);
        self.push_continuation(Then::Value(name_imported), Keep::from_slice(&[top, from]));
        let flow = self.import_module(full_value)?;
        self.apply(flow)
    }

    pub(super) fn relative_name(&mut self, globals: Handle, level: u16, name: &str) -> Result<String, Raise> {
        let package = self
            .heap
            .get_name(globals, names::PACKAGE)
            .and_then(|package| self.heap.text(package))
            .unwrap_or_default()
            .to_owned();
        if package.is_empty() {
            return Err(self.error(classes::IMPORT_ERROR, "attempted relative import with no known parent package"));
        }
        let mut parts: Vec<&str> = package.split('.').collect();
        if usize::from(level) > parts.len() {
            return Err(self.error(classes::IMPORT_ERROR, "attempted relative import beyond top-level package"));
        }
        parts.truncate(parts.len() - (usize::from(level) - 1));
        if !name.is_empty() {
            parts.push(name);
        }
        Ok(parts.join("."))
    }

    // Stack: module -> module, attribute.
    pub(crate) fn import_from(&mut self, name: Handle) -> Result<(), Raise> {
        let module = self.top();
        self.push_continuation(Then::Outcome(or_submodule), Keep::from_slice(&[module, name.into()]));
        let flow = self.attribute(module, name)?;
        self.apply(flow)
    }

    pub(crate) fn import_star(&mut self) -> Result<(), Raise> {
        let module = self.pop();
        let frame = self.frame();
        let namespace = frame.namespace.unwrap_or(frame.globals);
        if self.placeholder_used(module).is_some() {
            return Ok(());
        }
        let dict = module.handle().and_then(|module| self.module_dict_of(module)).expect("a module");
        let names: Vec<Value> = match self.heap.get_name(dict, names::ALL) {
            Some(all) => self.items(all)?,
            None => {
                let entries = self.dict_entries(dict).into_iter().map(|(name, _)| name);
                entries
                    .chain(self.late_names(dict))
                    .filter(|name| self.heap.text(*name).is_some_and(|name| !name.starts_with('_')))
                    .collect()
            }
        };
        for name in names {
            let text = self.heap.text(name).unwrap_or_default().to_owned();
            let name = self.heap.intern(&text);
            let value = match self.heap.get_name(dict, name) {
                Some(value) => value,
                None => self.get_name(module, name)?,
            };
            self.heap.set_name(namespace, name, value);
        }
        Ok(())
    }
}

fn package_imported(machine: &mut Machine, keep: Keep, _: Value) -> Result<Flow, Raise> {
    let name = machine.heap.text(keep[0]).unwrap_or_default().to_owned();
    match machine.module(&name) {
        Some(module) => Ok(module.into()),
        None => machine.load_module(&name),
    }
}

fn module_ran(machine: &mut Machine, keep: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    match outcome {
        Ok(_) => machine.finish_import(keep[0]),
        Err(exception) => {
            let name = machine.module_name(keep[0]);
            let name = machine.heap.intern(&name);
            machine.heap.delete_name(machine.modules, name);
            Err(Raise(exception))
        }
    }
}

// `import a.b` binds `a`; `from a import b` wants `a`, whose submodules in the list are imported, too.
fn name_imported(machine: &mut Machine, keep: Keep, module: Value) -> Result<Flow, Raise> {
    let top = machine.heap.text(keep[0]).unwrap_or_default().to_owned();
    if !top.is_empty() {
        return Ok(machine.module(&top).unwrap_or(module).into());
    }
    Ok(module.into())
}

pub(super) fn or_submodule(machine: &mut Machine, keep: Keep, outcome: Result<Value, Value>) -> Result<Flow, Raise> {
    let exception = match outcome {
        Ok(value) => return Ok(value.into()),
        Err(exception) if machine.is_instance(exception, classes::ATTRIBUTE_ERROR) => exception,
        Err(exception) => return Err(Raise(exception)),
    };
    let Some(dict) = keep[0].handle().and_then(|module| machine.module_dict_of(module)) else {
        return Err(Raise(exception));
    };
    let module = machine.module_name(keep[0]);
    let name = machine.heap.text(keep[1]).unwrap_or_default().to_owned();
    let full = format!("{module}.{name}");
    if machine.heap.get_name(dict, names::PATH).is_some()
        && (machine.module(&full).is_some() || machine.find_module(&full)?.is_some())
    {
        let full = machine.heap.str(&full);
        return machine.import_module(full);
    }
    Err(machine.cannot_import(keep[0], dict, &name))
}

impl Machine {
    fn cannot_import(&mut self, module: Value, dict: Handle, name: &str) -> Raise {
        let title = self.module_name(module);
        let file = self.heap.get_name(dict, names::FILE).and_then(|file| self.heap.text(file)).map(str::to_owned);
        let partial = self.frames.iter().any(|activation| match activation {
            Activation::Native { keep, .. } => keep.first() == Some(&module) && keep.len() == 1,
            _ => false,
        });
        let known: Vec<String> =
            self.dict_entries(dict).into_iter().filter_map(|(key, _)| self.heap.text(key).map(str::to_owned)).collect();
        let hint = suggest::nearest(name, known.iter().map(String::as_str));
        let hint = hint.map(|name| format!(". Did you mean: '{name}'?")).unwrap_or_default();
        let place = file.clone().unwrap_or_else(|| "unknown location".to_owned());
        let message = if partial && file.is_some() {
            format!(
                "cannot import name '{name}' from partially initialized module '{title}' (most likely due to a circular import) ({place})"
            )
        } else {
            format!("cannot import name '{name}' from '{title}' ({place}){hint}")
        };
        let raise = self.error(classes::IMPORT_ERROR, &message);
        let title = self.heap.str(&title);
        self.note_attribute(raise.0, names::ATTR_NAME, title);
        raise
    }

    /// Where the innermost frame of the user's is; for findings.
    pub fn here(&self) -> Option<crate::error::Place> {
        let frame = self.frames.iter().rev().find_map(|activation| match activation {
            Activation::Python(frame) if !frame.code.source.hidden => Some(frame),
            _ => None,
        })?;
        Some(report::place(&frame.code, frame.pc.saturating_sub(1), &self.heap))
    }
}
