//! Undo and redo: what commands, steps, edits and SQL have left in files and databases, and how it was before.
//!
//! Nothing is run backwards: undoing puts older bytes back. What the editor writes is no entry, it has an undo of its own.

use super::{Done, Workbench};
use crate::shell::paths;
use crate::world::World;
use retort::database::images::{Image, Images};
use retort::host::Files;
use retort_protocol::Request;
use retort_protocol::files::Trouble;
use retort_protocol::rows::Edit;
use retort_protocol::scene;
use retort_protocol::terminal::Tone;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Entries that are kept.
const ENTRIES: usize = 200;
/// Bytes of databases that entries may hold on to, pages that many share counted once.
const BYTES: usize = 64 << 20;
/// Characters of a label.
const LABEL: usize = 60;

/// What was done, and what was undone since.
#[derive(Default)]
pub(super) struct History {
    /// What the request in work would be called.
    doing: Option<String>,
    done: VecDeque<Entry>,
    undone: Vec<Entry>,
    present: Situation,
}

/// Something that was done: what it changed, as it was on the other side of it.
struct Entry {
    label: String,
    other: Situation,
}

/// Files and databases at one moment, or those of them that differ; `None` is not there.
#[derive(Default)]
struct Situation {
    files: BTreeMap<String, Option<Rc<[u8]>>>,
    databases: BTreeMap<String, Option<Image>>,
}

impl Situation {
    fn of(world: &World, images: &mut Images) -> Situation {
        let databases = world.databases();
        let files = world.host.all_files().into_iter().filter(|(path, _)| !databases.contains(path));
        let files = files.map(|(path, bytes)| (path, Some(bytes.into()))).collect();
        let image = |path: String| {
            let image = images.keep(&world.image(&path)?);
            Some((path, Some(image)))
        };
        Situation { files, databases: databases.into_iter().filter_map(image).collect() }
    }

    /// What is here other than in `now`.
    fn beside(&self, now: &Situation) -> Situation {
        let same = |a: &Option<Image>, b: &Option<Image>| match (a, b) {
            (Some(a), Some(b)) => a.same(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        Situation {
            files: differing(&self.files, &now.files, PartialEq::eq),
            databases: differing(&self.databases, &now.databases, same),
        }
    }

    fn is_empty(&self) -> bool {
        self.files.is_empty() && self.databases.is_empty()
    }

    /// Puts all of it back.
    fn restore(&self, world: &World) -> retort::error::Result<()> {
        for (path, bytes) in &self.files {
            match bytes {
                Some(bytes) => {
                    world.host.create_folder(paths::parent(path))?;
                    world.host.write(path, bytes)?;
                }
                None if world.host.entry(path).is_some() => world.host.remove(path)?,
                None => {}
            }
        }
        for (path, image) in &self.databases {
            match image {
                Some(image) => world.put(path, &image.bytes())?,
                None => world.remove(path)?,
            }
        }
        Ok(())
    }
}

type Side<T> = BTreeMap<String, Option<T>>;

fn differing<T: Clone>(one: &Side<T>, other: &Side<T>, same: impl Fn(&Option<T>, &Option<T>) -> bool) -> Side<T> {
    let paths = one.keys().chain(other.keys().filter(|path| !one.contains_key(*path)));
    let pair = |path: &String| {
        let (a, b) = (one.get(path).cloned().flatten(), other.get(path).cloned().flatten());
        (!same(&a, &b)).then(|| (path.clone(), a))
    };
    paths.filter_map(pair).collect()
}

impl History {
    /// A request begins; what it changes is one entry, if it changes anything that is not the editor's.
    pub(super) fn begin(&mut self, request: &Request) {
        self.doing = match request {
            Request::Rows(_) | Request::Complete { .. } | Request::Stop => return,
            request => label(request).map(|label| shortened(&label)),
        };
    }
}

impl Workbench {
    /// A line that a button types is called by its words.
    pub(super) fn type_for_button(&mut self, number: u32, line: &str) -> Done {
        self.history.doing = Some(line.into());
        self.type_line(number, line)
    }

    /// Takes down what was changed since the last time; whether that made an entry.
    pub(super) fn note(&mut self) -> bool {
        // What an open revision has done is on the tape, and nowhere else.
        if self.standing.open.is_some() {
            return false;
        }
        let now = Situation::of(&self.world, &mut self.images);
        let other = self.history.present.beside(&now);
        self.history.present = now;
        let changed = !other.is_empty();
        let Some(label) = self.what_was_done().filter(|_| changed) else {
            return false;
        };
        self.history.undone.clear();
        self.history.done.push_back(Entry { label, other });
        self.bound();
        true
    }

    fn what_was_done(&self) -> Option<String> {
        let doing = self.history.doing.clone()?;
        let lit = self.tape.lit().filter(|_| doing.is_empty());
        let Some(lit) = lit else {
            return Some(doing);
        };
        let message = self.graph.revision(&lit.revision).map(retort::script::Revision::doc);
        let name = message.filter(|doc| !doc.is_empty()).unwrap_or(&lit.revision);
        let way = if self.tape.upgrades() { "upgrade" } else { "downgrade" };
        Some(format!("{way} of {name}"))
    }

    fn bound(&mut self) {
        while self.history.done.len() > ENTRIES || (self.history.done.len() > 1 && self.images.bytes() > BYTES) {
            self.history.done.pop_front();
        }
    }

    /// Everything so far is as it came: a project was opened.
    pub(super) fn begin_history(&mut self) {
        let present = Situation::of(&self.world, &mut self.images);
        self.history = History { present, ..History::default() };
    }

    /// What Undo and Redo would do.
    pub(super) fn can_undo(&self) -> scene::History {
        let open = self.standing.open.as_ref().map(|open| {
            let message = self.graph.revision(&open.revision).map_or(open.revision.as_str(), |it| it.doc());
            format!("{} of {message}", if open.done == 1 { "1 step".into() } else { format!("{} steps", open.done) })
        });
        scene::History {
            undo: open.or_else(|| self.history.done.back().map(|entry| entry.label.clone())),
            redo: self.history.undone.last().map(|entry| entry.label.clone()),
        }
    }

    pub(super) fn undo(&mut self, number: u32) -> Done {
        if self.standing.open.is_some() {
            self.leave_first(number);
            return self.put_back(number);
        }
        let entry = self.history.done.pop_back().ok_or_else(|| nothing("undone"))?;
        let (label, other) = self.swap(entry)?;
        self.print(number, Tone::Aside, format!("Undone: {label}\n"));
        self.history.undone.push(Entry { label, other });
        self.put_back(number)
    }

    pub(super) fn redo(&mut self, number: u32) -> Done {
        let entry = self.history.undone.pop().ok_or_else(|| nothing("done again"))?;
        self.leave_first(number);
        let (label, other) = self.swap(entry)?;
        self.print(number, Tone::Aside, format!("Done again: {label}\n"));
        self.history.done.push_back(Entry { label, other });
        self.put_back(number)
    }

    /// Puts the other side of an entry in place; what was there is its other side from now on.
    fn swap(&mut self, entry: Entry) -> Result<(String, Situation), Trouble> {
        let now = Situation::of(&self.world, &mut self.images);
        let files = entry.other.files.keys().map(|path| (path.clone(), now.files.get(path).cloned().flatten()));
        let databases =
            entry.other.databases.keys().map(|path| (path.clone(), now.databases.get(path).cloned().flatten()));
        let was = Situation { files: files.collect(), databases: databases.collect() };
        entry.other.restore(&self.world).map_err(|error| super::trouble(&error))?;
        self.history.present = Situation::of(&self.world, &mut self.images);
        Ok((entry.label, was))
    }

    fn put_back(&mut self, number: u32) -> Done {
        self.tape.clear();
        self.failure = None;
        self.standing.failed = None;
        self.standing.last = None;
        self.survey();
        self.show_files(number);
        self.show_scene(number);
        self.prompt(number);
        self.forecast.stale();
        self.checkpoint();
        Ok(())
    }
}

fn nothing(what: &str) -> Trouble {
    Trouble { title: format!("There is nothing that could be {what}"), ..Trouble::default() }
}

/// What a request is called; `Some("")` is called by the revision that it runs, `None` is no entry.
fn label(request: &Request) -> Option<String> {
    Some(match request {
        Request::Type { line } => line.trim().trim_start_matches("$ ").to_string(),
        Request::MakeRevision { message } => format!("new revision {message}"),
        Request::Move(_) => String::new(),
        Request::EditRows(Edit::Set { table, .. }) => format!("edit of 1 row in {table}"),
        Request::EditRows(Edit::Insert { table, .. }) => format!("new row in {table}"),
        Request::EditRows(Edit::Delete { table, .. }) => format!("deletion of 1 row in {table}"),
        Request::Create { path, .. } => format!("new file {path}"),
        Request::Rename { from, to } => format!("renaming of {from} to {to}"),
        Request::Delete { path } => format!("deletion of {path}"),
        _ => return None,
    })
}

fn shortened(label: &str) -> String {
    let line = label.lines().next().unwrap_or_default();
    match line.char_indices().nth(LABEL) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_string(),
    }
}
