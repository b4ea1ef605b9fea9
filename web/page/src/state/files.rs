//! The project's files as the tree and the editor have them.

use super::{Action, Dialog, Effect, State, engine};
use retort_protocol::{
    Request,
    files::{Diagnostic, Edit, File, Fix, Place, Span, Spot},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// After so long a pause in typing the engine hears of it.
const PAUSE: u32 = 300;

/// The project's files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    /// All of them, by path.
    pub(crate) all: BTreeMap<String, Rc<File>>,
    /// The one in the editor.
    pub(crate) open: Option<String>,
    /// What is wrong in them.
    pub(crate) diagnostics: BTreeMap<String, Rc<Vec<Diagnostic>>>,
    /// Where the editor shall look, and the how-manieth time it was asked.
    pub(crate) look: Option<(u32, Spot)>,
    /// Files with a text that the engine has not heard of.
    unsent: BTreeSet<String>,
    /// How often a key was pressed.
    keys: u64,
}

/// A name is asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Naming {
    /// Of what.
    pub(crate) of: Named,
    /// As it stands in the field.
    pub(crate) text: String,
    /// Why it cannot be so.
    pub(crate) trouble: Option<String>,
}

/// What gets a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Named {
    /// A new file.
    NewFile,
    /// A file that is there.
    File(String),
    /// A folder with all that is in it.
    Folder(String),
    /// A project of the list.
    Project(String),
}

/// What shall go.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Removing {
    /// A file.
    File(String),
    /// A folder with all that is in it.
    Folder(String),
    /// A project of the list: its id and its name.
    Project(String, String),
}

impl Files {
    /// The file in the editor.
    pub(crate) fn current(&self) -> Option<&Rc<File>> {
        self.all.get(self.open.as_deref()?)
    }

    /// What is wrong in a file.
    pub(crate) fn diagnostics(&self, path: &str) -> Rc<Vec<Diagnostic>> {
        self.diagnostics.get(path).cloned().unwrap_or_default()
    }

    /// The engine shall hear every text again.
    pub(super) fn touch_all(&mut self) {
        self.unsent = self.all.values().filter(|file| !file.opaque).map(|file| file.path.clone()).collect();
    }

    /// Whether the engine has heard every text.
    pub(super) fn settled(&self) -> bool {
        self.unsent.is_empty()
    }
}

/// Another project: nothing of the old one stays.
pub(super) fn replace(state: &mut State, show: Option<String>) {
    state.files = Files { open: show, ..Files::default() };
}

pub(super) fn arrived(state: &mut State, changed: Vec<File>, removed: &[String]) -> Vec<Effect> {
    let files = &mut state.files;
    for path in removed {
        files.all.remove(path);
        files.diagnostics.remove(path);
        files.unsent.remove(path);
    }
    for mut file in changed {
        // What the visitor typed since is newer than what the engine has just read.
        if let (true, Some(ours)) = (files.unsent.contains(&file.path), files.all.get(&file.path)) {
            file.text.clone_from(&ours.text);
        }
        files.all.insert(file.path.clone(), Rc::new(file));
    }
    let lost = files.open.as_ref().is_none_or(|path| !files.all.contains_key(path));
    if lost {
        files.open = first(files);
    }
    Vec::new()
}

/// The file to look at when nobody said which.
fn first(files: &Files) -> Option<String> {
    let models = files.all.keys().find(|path| path.ends_with("models.py"));
    models.or_else(|| files.all.keys().find(|path| is_python(path))).or_else(|| files.all.keys().next()).cloned()
}

fn is_python(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| end == "py")
}

pub(super) fn diagnosed(state: &mut State, path: String, items: Vec<Diagnostic>) -> Vec<Effect> {
    if items.is_empty() {
        state.files.diagnostics.remove(&path);
    } else {
        state.files.diagnostics.insert(path, Rc::new(items));
    }
    Vec::new()
}

pub(super) fn chosen(state: &mut State, path: String) -> Vec<Effect> {
    state.files.open = Some(path);
    state.layout.menu = false;
    Vec::new()
}

pub(super) fn look(state: &mut State, spot: Spot) -> Vec<Effect> {
    let times = state.files.look.as_ref().map_or(1, |(times, _)| times + 1);
    state.files.open = Some(spot.path.clone());
    state.files.look = Some((times, spot));
    Vec::new()
}

pub(super) fn edited(state: &mut State, path: String, text: String) -> Vec<Effect> {
    let files = &mut state.files;
    let Some(file) = files.all.get_mut(&path) else { return Vec::new() };
    if file.text == text {
        return Vec::new();
    }
    Rc::make_mut(file).text = text;
    files.unsent.insert(path);
    files.keys += 1;
    vec![Effect::After(PAUSE, Box::new(Action::TypingPaused(files.keys)))]
}

pub(super) fn typing_paused(state: &mut State, keys: u64) -> Vec<Effect> {
    if keys == state.files.keys { flush(state) } else { Vec::new() }
}

/// Tells the engine every text that it has not heard of.
pub(super) fn flush(state: &mut State) -> Vec<Effect> {
    let unsent = std::mem::take(&mut state.files.unsent);
    let writes: Vec<_> = unsent
        .into_iter()
        .filter_map(|path| state.files.all.get(&path).map(|file| Request::Write { path, text: file.text.clone() }))
        .collect();
    writes.into_iter().flat_map(|write| engine::send(state, write).1).collect()
}

pub(super) fn fix_chosen(state: &mut State, fix: Fix) -> Vec<Effect> {
    let mut paths: Vec<_> = fix.edits.iter().map(|edit| edit.path.clone()).collect();
    paths.dedup();
    for path in paths {
        let edits: Vec<_> = fix.edits.iter().filter(|edit| edit.path == path).collect();
        if let Some(file) = state.files.all.get_mut(&path) {
            let text = applied(&file.text, edits);
            Rc::make_mut(file).text = text;
            state.files.unsent.insert(path);
        }
    }
    if let Some(edit) = fix.edits.first() {
        state.files.open = Some(edit.path.clone());
    }
    let mut effects = flush(state);
    if let Some(command) = fix.command {
        state.terminal.write(command);
        effects.extend(super::terminal::entered(state));
    }
    effects
}

pub(super) fn mark_fixed(state: &mut State, path: &str, index: usize) -> Vec<Effect> {
    let fix = state.files.diagnostics(path).get(index).and_then(|item| item.fix.clone());
    fix.map_or_else(Vec::new, |fix| fix_chosen(state, fix))
}

/// `text` with pieces replaced, the last one first so that places stay right.
fn applied(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        let Span { start, end } = edit.span;
        let (start, end) = (offset(&text, start), offset(&text, end));
        text.replace_range(start..end.max(start), &edit.text);
    }
    text
}

/// Where a place is in bytes; behind the end of its line or of the text, that end.
fn offset(text: &str, place: Place) -> usize {
    let line: usize = text.split_inclusive('\n').take(place.line.max(1) as usize - 1).map(str::len).sum();
    let rest = text[line..].split('\n').next().unwrap_or_default();
    let mut units = place.column.max(1) - 1;
    for (at, character) in rest.char_indices() {
        if units == 0 {
            return line + at;
        }
        units = units.saturating_sub(character.len_utf16() as u32);
    }
    line + rest.len()
}

/// The dialog's button: a file made or renamed, a project renamed.
pub(super) fn name_given(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Name(naming)) = &mut state.dialog else { return Vec::new() };
    let name = naming.text.trim().to_owned();
    let of = naming.of.clone();
    naming.trouble = refusal(&state.files, &of, &name);
    if naming.trouble.is_some() {
        return Vec::new();
    }
    state.dialog = None;
    match of {
        Named::NewFile => create(state, name),
        Named::File(from) | Named::Folder(from) => rename(state, &from, &name),
        Named::Project(id) => super::projects::retitled(state, &id, name),
    }
}

/// Why a name cannot be given.
fn refusal(files: &Files, of: &Named, name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("It needs a name.".into());
    }
    if matches!(of, Named::Project(_)) {
        return None;
    }
    let step = name.split('/').any(|part| matches!(part, "" | "." | ".."));
    let own = matches!(of, Named::File(from) | Named::Folder(from) if from == name);
    let taken = files.all.contains_key(name) && !own;
    match (step, taken) {
        (true, _) => Some("A path inside the project, like `models/seller.py`.".replace('`', "")),
        (_, true) => Some(format!("There is a file {name} already.")),
        _ => None,
    }
}

fn create(state: &mut State, path: String) -> Vec<Effect> {
    let start = Place { line: 1, column: 1 };
    let spot = Spot { path: path.clone(), span: Span { start, end: start } };
    let effects = engine::ask(state, Request::Create { path, text: String::new() });
    let _ = look(state, spot);
    effects
}

fn rename(state: &mut State, from: &str, to: &str) -> Vec<Effect> {
    if from == to {
        return Vec::new();
    }
    let effects = engine::ask(state, Request::Rename { from: from.into(), to: to.into() });
    let moved = state.files.open.as_deref().and_then(|open| open.strip_prefix(from));
    if let Some(rest) = moved.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        state.files.open = Some(format!("{to}{rest}"));
    }
    effects
}

pub(super) fn removed(state: &mut State, path: String) -> Vec<Effect> {
    engine::ask(state, Request::Delete { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(line: u32, from: u32, to: u32, text: &str) -> Edit {
        let place = |column| Place { line, column };
        Edit { path: "a".into(), span: Span { start: place(from), end: place(to) }, text: text.into() }
    }

    #[track_caller]
    fn check(text: &str, edits: &[Edit], expected: &str) {
        assert_eq!(applied(text, edits.iter().collect()), expected);
    }

    #[test]
    fn edits_count_columns_as_browsers_do() {
        check("a = 1\nb = 2\n", &[edit(2, 5, 6, "3")], "a = 1\nb = 3\n");
        check("x = '😀', 1\n", &[edit(1, 11, 12, "2")], "x = '😀', 2\n");
        check("a\n", &[edit(1, 1, 2, "b"), edit(1, 2, 2, "c")], "bc\n");
        check("a", &[edit(9, 9, 9, "!")], "a!");
    }
}
