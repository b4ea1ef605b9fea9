//! The project's files, between the host that the engine sees and the tree that the page shows.

use crate::shell::paths;
use retort::host::Files;
use retort::host::memory::Memory;
use retort_protocol::files::{File, Kind};
use std::collections::BTreeMap;

/// What the page was last told about each file, so that only changes are sent.
#[derive(Debug, Default)]
pub struct Told(BTreeMap<String, File>);

impl Told {
    /// What is new or other than told, and what is gone; both are taken as told from now on.
    pub fn changes(&mut self, now: BTreeMap<String, File>) -> (Vec<File>, Vec<String>) {
        let removed = self.0.keys().filter(|path| !now.contains_key(*path)).cloned().collect();
        let changed = now.iter().filter(|(path, file)| self.0.get(*path) != Some(file)).map(|(_, file)| file.clone());
        let changed = changed.collect();
        self.0 = now;
        (changed, removed)
    }

    /// Forgets everything: another project is open.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes the page's own edit as told.
    pub fn wrote(&mut self, path: &str, text: &str) {
        if let Some(file) = self.0.get_mut(path) {
            file.text = text.into();
        }
    }
}

/// Every file of the project as the page knows it; `revisions` maps paths of revisions to their ids.
pub fn all(host: &Memory, revisions: &BTreeMap<String, String>) -> BTreeMap<String, File> {
    let inside = host.all_files().into_iter().filter_map(|(path, bytes)| {
        let path = paths::relative(&path)?.to_string();
        (!is_hidden(&path)).then_some((path, bytes))
    });
    inside.map(|(path, bytes)| (path.clone(), file(path, bytes, revisions))).collect()
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part == "__pycache__" || part == ".git")
}

fn file(path: String, bytes: Vec<u8>, revisions: &BTreeMap<String, String>) -> File {
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    let kind = kind(&path, revisions);
    File { opaque: text.is_none(), text: text.unwrap_or_default(), kind, sign: None, path }
}

fn kind(path: &str, revisions: &BTreeMap<String, String>) -> Kind {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(id) = revisions.get(path) {
        Kind::Revision { id: id.clone() }
    } else if path.contains("/versions/") && name.ends_with(".py") {
        Kind::Revision { id: String::new() }
    } else if name.ends_with(".py") && name != "env.py" {
        Kind::Model
    } else {
        Kind::Project
    }
}

/// Writes a file of the project, with the folders above it.
pub fn write(host: &Memory, path: &str, text: &str) -> retort::error::Result<()> {
    retort::project::check_path(path)?;
    let path = paths::absolute(path);
    host.create_folder(paths::parent(&path))?;
    host.write(&path, text.as_bytes())
}

/// The text of a file, by the engine's path.
pub fn text(host: &Memory, path: &str) -> Option<String> {
    String::from_utf8(host.read(path).ok()?).ok()
}
