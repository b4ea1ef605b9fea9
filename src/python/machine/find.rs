//! Where a module is: on the project's path, among ours, or nowhere.

use crate::error::{Diagnostic, Severity};
use crate::host::Entry;
use crate::python::heap::names;
use crate::python::machine::code::Code;
use crate::python::machine::suggest;
use crate::python::machine::{Activation, Machine};
use crate::python::native::{Flow, Raise};
use crate::python::value::Value;
use std::rc::Rc;

/// Packages that are ours, whatever the project has.
const OURS: [&str; 3] = ["alembic", "sqlalchemy", "sqlmodel"];

/// Where a module comes from.
pub(super) enum Found {
    Native,
    Embedded(Rc<Code>),
    /// A file, and the package's folder if it is an `__init__.py`.
    File {
        path: String,
        folder: Option<String>,
    },
    /// A folder without an `__init__.py`.
    Folder(String),
}

impl Machine {
    pub(super) fn find_module(&mut self, name: &str) -> Result<Option<Found>, Raise> {
        let (package, last) = name.rsplit_once('.').unwrap_or(("", name));
        let top = name.split('.').next().unwrap_or(name);
        let folders = if package.is_empty() { self.path } else { self.package_path(package) };
        let ours = OURS.contains(&top);
        let built_in = self.built_in(name);
        // What our own modules share among themselves is nobody else's; others may be shadowed, as in CPython.
        let private = built_in.is_some() && name.starts_with('_') && self.importer_is_hidden();
        if !folders.is_none() && !ours && !private && (built_in.is_none() || package.is_empty()) {
            for folder in self.items(folders)? {
                let folder = self.heap.text(folder).unwrap_or_default().to_owned();
                if let Some(found) = self.find_in(&folder, last, built_in.is_none()) {
                    return Ok(Some(found));
                }
            }
        }
        Ok(built_in)
    }

    fn built_in(&mut self, name: &str) -> Option<Found> {
        match self.embedded(name) {
            Some(code) => Some(Found::Embedded(code)),
            None => self.native_modules.contains_key(name).then_some(Found::Native),
        }
    }

    /// The names of the modules that the program carries, sorted.
    pub(crate) fn carried(&self) -> Vec<String> {
        let later = self.unfetched.iter().flat_map(|later| later.modules());
        let mut names: Vec<String> =
            self.images.iter().flat_map(|image| image.modules()).chain(later).map(str::to_owned).collect();
        names.sort();
        names
    }

    fn package_path(&self, package: &str) -> Value {
        let dict = self.module(package).and_then(Value::handle).and_then(|module| self.module_dict_of(module));
        dict.and_then(|dict| self.heap.get_name(dict, names::PATH)).unwrap_or(Value::None)
    }

    fn find_in(&self, folder: &str, name: &str, folders_too: bool) -> Option<Found> {
        let base = self.absolute(folder);
        let base = base.trim_end_matches('/');
        let inside = format!("{base}/{name}");
        let init = format!("{inside}/__init__.py");
        if self.host.entry(&init) == Some(Entry::File) {
            return Some(Found::File { path: init, folder: Some(inside) });
        }
        let file = format!("{inside}.py");
        if self.host.entry(&file) == Some(Entry::File) {
            return Some(Found::File { path: file, folder: None });
        }
        (folders_too && self.host.entry(&inside) == Some(Entry::Folder)).then_some(Found::Folder(inside))
    }

    /// A path as the host's files know it.
    pub(crate) fn absolute(&self, path: &str) -> String {
        let joined =
            if path.starts_with('/') { path.to_owned() } else { format!("{}/{path}", self.host.working_directory()) };
        let mut parts: Vec<&str> = Vec::new();
        for part in joined.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        format!("/{}", parts.join("/"))
    }

    // A module that nobody has: a placeholder, unless it looks like the project's own.
    pub(super) fn unknown_module(&mut self, name: &str) -> Result<Flow, Raise> {
        if let Some((package, last)) = name.rsplit_once('.') {
            let parent = self.module(package).unwrap_or(Value::None);
            if self.placeholder_used(parent).is_some() {
                return self.attribute_of_placeholder(parent, last);
            }
            let message = if parent.handle().and_then(|module| self.module_dict_of(module)).is_some()
                && self.package_path(package).is_none()
            {
                format!("No module named '{name}'; '{package}' is not a package")
            } else {
                format!("No module named '{name}'")
            };
            return Err(self.module_not_found(&message, name));
        }
        if self.lies_nearby(name) || self.looks_like_ours(name)? {
            return Err(self.module_not_found(&format!("No module named '{name}'"), name));
        }
        let place = self.frames().pop();
        let hidden = place.is_none() || self.importer_is_hidden();
        if hidden {
            return Err(self.module_not_found(&format!("No module named '{name}'"), name));
        }
        if let Some(place) = place {
            let message = format!("'{name}' is not available here: what needs it will fail");
            let finding =
                Diagnostic { file: place.file, span: place.span, severity: Severity::Warning, message, fix: None };
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
        let module = self.placeholder(name, name);
        let key = self.heap.intern(name);
        self.heap.set_name(self.modules, key, module);
        Ok(module.into())
    }

    fn importer_is_hidden(&self) -> bool {
        let top = self.frames.iter().rev().find_map(|activation| match activation {
            Activation::Python(frame) => Some(frame),
            _ => None,
        });
        top.is_none_or(|frame| frame.code.source.hidden)
    }

    // A module of the project in a folder that is not searched: beside the importing file, or up to two folders above.
    fn lies_nearby(&self, name: &str) -> bool {
        let file = self.here().map(|place| place.file).unwrap_or_default();
        let folders = std::iter::successors(file.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
        folders.take(3).any(|(folder, _)| self.find_in(folder, name, false).is_some())
    }

    // A slip of the finger in the name of a file of the project, or of a module of ours.
    fn looks_like_ours(&mut self, name: &str) -> Result<bool, Raise> {
        let mut known = self.carried();
        known.retain(|known| !known.starts_with('_'));
        known.extend(
            self.native_modules.keys().filter(|known| !known.starts_with('_')).map(|known| (*known).to_owned()),
        );
        for folder in self.items(self.path)? {
            let folder = self.absolute(self.heap.text(folder).unwrap_or_default());
            let names = self.host.list(&folder).unwrap_or_default();
            known.extend(names.into_iter().map(|name| name.trim_end_matches(".py").to_owned()));
        }
        let near = suggest::nearest(name, known.iter().map(String::as_str));
        Ok(name.len() > 3 && near.is_some_and(|near| near.len() > 3 && close(&near, name)))
    }
}

// One slip: a letter more, less, other, or two in the wrong order.
fn close(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    longer - shorter <= 1 && same + tail + 1 >= shorter || longer == shorter && same + tail + 2 >= longer
}
