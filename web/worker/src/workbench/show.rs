//! What the page is shown: files, the scene, rows, diagnostics.

use super::{Done, Workbench, settings, trouble};
use crate::view::rows::Sides;
use crate::view::scene::{self, Moment};
use crate::view::schema::Moments;
use crate::view::timeline::Open;
use crate::{files, places};
use retort::commands::Environment;
use retort::database::images::Image;
use retort::dialect::Dialect;
use retort::error::{Error, Place, Result};
use retort::host::{Connection, Files};
use retort::ops::Operation;
use retort::runtime::trace::Step;
use retort::schema::{Literal, MetaData};
use retort_protocol::Reply;
use retort_protocol::files::{Diagnostic, Spot};
use retort_protocol::rows::Asked;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

/// The tables of the scene that the page sees, for its questions about rows.
#[derive(Default)]
pub(super) struct Seen {
    tables: BTreeMap<String, Sides>,
}

impl Workbench {
    /// Looks again where everything stands: the revisions, the version table.
    pub(super) fn survey(&mut self) {
        self.speaks_of_server = self.world.speaks_of_postgresql();
        let environment = Environment::open(Rc::clone(&self.world.host) as Rc<_>, &settings());
        if let Ok(discipline) = environment.as_ref().map_err(Clone::clone).and_then(Environment::discipline) {
            self.discipline = super::discipline::shown(discipline);
        }
        match environment.and_then(|environment| environment.graph()) {
            Ok(graph) => (self.graph, self.unreadable) = (graph, None),
            Err(error) => self.unreadable = Some(trouble(&error)),
        }
        if self.standing.open.is_none() {
            let image = self.image();
            self.standing.heads = self.heads_of(&image);
        }
        self.note_edits();
    }

    // A revision that was applied with another text than its file has now is marked.
    fn note_edits(&mut self) {
        let applied = crate::view::timeline::applied(&self.graph, &self.standing.heads);
        let mut edited = std::collections::BTreeSet::new();
        for revision in self.graph.revisions() {
            let hash = digest(&revision.source);
            if !applied.contains(&revision.id) {
                self.ran.remove(&revision.id);
            } else if *self.ran.entry(revision.id.clone()).or_insert(hash) != hash {
                edited.insert(revision.id.clone());
            }
        }
        self.standing.edited = edited;
    }

    /// The database at the place that is shown.
    pub(super) fn image(&mut self) -> Image {
        let open = self.standing.open.as_ref().and_then(|_| self.tape.images());
        open.map_or_else(|| self.stored(), |[_, _, now]| now)
    }

    /// The project's own database as it is stored.
    pub(super) fn stored(&mut self) -> Image {
        let image = self.world.database().and_then(|path| self.world.image(&path));
        image.map(|image| self.images.keep(&image)).unwrap_or_default()
    }

    /// The rows of the version table in an image.
    pub(super) fn heads_of(&self, image: &Image) -> Vec<String> {
        let select = "SELECT version_num FROM alembic_version";
        let found = self.world.at(image).and_then(|look| look.read(|database| database.execute(select, &[])));
        let rows = found.map(|found| found.rows).unwrap_or_default();
        rows.into_iter()
            .flatten()
            .filter_map(|cell| if let Literal::Text(id) = cell { Some(id) } else { None })
            .collect()
    }

    /// The schema at the place that is shown.
    pub(super) fn schema_here(&mut self) -> Result<Rc<MetaData>> {
        let image = self.image();
        self.world.at(&image)?.schema()
    }

    /// The revision that the tape shows is open, at the tape's place.
    pub(super) fn stand_open(&mut self) {
        let Some(lit) = self.tape.lit() else {
            return;
        };
        let (revision, upgrade) = (lit.revision.clone(), self.tape.upgrades());
        let known = self.steps.get(&(revision.clone(), upgrade)).map_or(0, Vec::len);
        let of = known.max(self.tape.steps().count()) as u32;
        let seen: Vec<Step> = self.tape.steps().cloned().collect();
        if known < seen.len() {
            for (key, list) in super::forecast::known(&seen) {
                self.steps.insert(key, list);
            }
        }
        self.standing.open = Some(Open { revision, upgrade, done: self.tape.done(), of });
    }

    // Files

    pub(super) fn show_files(&mut self, number: u32) {
        let paths: BTreeMap<String, String> = self
            .graph
            .revisions()
            .filter_map(|revision| {
                Some((crate::shell::paths::relative(&revision.path)?.to_string(), revision.id.clone()))
            })
            .collect();
        let (changed, removed) = self.told.changes(files::all(&self.world.host, &paths));
        let read: Vec<(String, String)> = changed.iter().map(|file| (file.path.clone(), file.text.clone())).collect();
        if !changed.is_empty() || !removed.is_empty() {
            self.say(number, Reply::Files { changed, removed });
        }
        read.iter().for_each(|(path, text)| self.diagnose(number, path, text));
    }

    /// What is wrong with a file as far as reading it tells.
    pub(super) fn diagnose(&mut self, number: u32, path: &str, text: &str) {
        let found = if path.ends_with(".py") {
            retort::python::check(&crate::shell::paths::absolute(path), text, self.world.host.kept())
        } else if path.ends_with(".ini") {
            retort::commands::about_configuration(&(Rc::clone(&self.world.host) as Rc<_>), &settings())
        } else {
            Vec::new()
        };
        let host = Rc::clone(&self.world.host);
        let items: Vec<Diagnostic> =
            found.iter().map(|it| places::diagnostic(it, text, |file| files::text(&host, file))).collect();
        if self.wrong.contains_key(path) || !items.is_empty() {
            self.wrong.insert(path.into(), items.clone());
            self.say(number, Reply::Diagnostics { path: path.into(), items });
        }
    }

    /// What running the models found, and where it failed, if it did.
    pub(super) fn model_diagnostics(&mut self, failed: Option<(&Place, &Error)>) {
        let mut found = self.forecast.findings.clone();
        // A file that cannot be read has its mark already; the line that imports it is not what is wrong.
        let unread = self.wrong.values().flatten().any(|it| it.severity == retort_protocol::files::Severity::Error);
        let failed = failed.filter(|_| !unread);
        let known = failed.map(|(_, error)| self.corrections(error)).unwrap_or_default();
        let failed = failed.filter(|_| known.is_empty());
        found.extend(known);
        found.extend(failed.map(|(place, error)| retort::error::Diagnostic {
            file: place.file.clone(),
            span: place.span,
            severity: retort::error::Severity::Error,
            message: error.to_string(),
            fix: None,
        }));
        let mut by_file: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for it in &found {
            let text = files::text(&self.world.host, &it.file).unwrap_or_default();
            if let Some(path) = crate::shell::paths::relative(&it.file) {
                by_file
                    .entry(path.to_string())
                    .or_default()
                    .push(places::diagnostic(it, &text, |file| files::text(&self.world.host, file)));
            }
        }
        let old = std::mem::replace(&mut self.found, by_file);
        let told: std::collections::BTreeSet<String> = old.into_keys().chain(self.found.keys().cloned()).collect();
        for path in told {
            let of = |all: &BTreeMap<String, Vec<Diagnostic>>| all.get(&path).cloned().unwrap_or_default();
            let items = [of(&self.wrong), of(&self.found)].concat();
            self.volunteer(Reply::Diagnostics { path, items });
        }
    }

    /// A place of the engine's as the page opens it.
    pub(super) fn spot(&self, place: &Place) -> Option<Spot> {
        let path = crate::shell::paths::relative(&place.file)?.to_string();
        let text = files::text(&self.world.host, &place.file)?;
        Some(Spot { path, span: places::span(place.span, &text) })
    }

    // The scene

    pub(super) fn show_scene(&mut self, number: u32) {
        self.note();
        match self.scene() {
            Ok(scene) => self.say(number, Reply::Scene(Box::new(scene))),
            Err(error) => self.say(number, Reply::Output(vec![said_of(&error)])),
        }
    }

    fn scene(&mut self) -> Result<retort_protocol::scene::Scene> {
        let now = self.image();
        // A run that ended has also moved the version table; what is shown is the database as it is.
        let [base, before, _] = self.tape.images().unwrap_or_else(|| [now.clone(), now.clone(), now.clone()]);
        let (base, was, is) = (self.world.at(&base)?, self.world.at(&before)?, self.world.at(&now)?);
        let taken = self.tape.behind();
        let renamed = taken.last().map(renames).unwrap_or_default();
        let tables = scene::sides(&was, &is, &renamed)?;
        let (base, was, is) = (base.schema()?, was.schema()?, is.schema()?);
        let ahead = self.steps_ahead();
        let after = self.open_revision().and_then(|(id, up)| self.forecast.of(&id, up)).and_then(|it| it.after.clone());
        let next = self.next_up().filter(|_| self.standing.open.is_none());
        let next_revision = next.as_ref().and_then(|id| {
            let foreseen = self.forecast.of(id, true)?;
            let message = self.graph.revision(id)?.doc();
            Some((message, foreseen.steps.first()?, foreseen.steps.len()))
        });
        let moment = Moment {
            graph: &self.graph,
            standing: &self.standing,
            steps: &self.steps,
            taken: &taken,
            ahead: &ahead,
            next_revision,
            trouble_ahead: self.trouble_ahead(),
            moments: Moments { base: &base, before: &was, now: &is, after: after.as_ref() },
            tables: &tables,
            dialect: self.dialect(),
            database: self.database_label(),
            failure: self.failure.clone(),
            history: self.can_undo(),
            discipline: self.discipline,
            differs: self.differs,
        };
        let scene = scene::scene(&moment)?;
        self.seen = Seen { tables };
        Ok(scene)
    }

    /// The name and version of the project's database.
    pub(super) fn database_label(&self) -> String {
        match self.now.server.version().filter(|_| self.world.is_on_server()) {
            Some(version) => format!("PostgreSQL {version}"),
            None => crate::database_name(),
        }
    }

    /// The dialect of the project's database.
    pub(super) fn dialect(&self) -> &'static dyn Dialect {
        let name = if self.world.is_on_server() { "postgresql" } else { "sqlite" };
        retort::dialect::by_name(name).expect("the dialects of what runs here are known")
    }

    fn open_revision(&self) -> Option<(String, bool)> {
        self.standing.open.as_ref().map(|open| (open.revision.clone(), open.upgrade))
    }

    fn steps_ahead(&self) -> Vec<Step> {
        let beyond = self.tape.beyond();
        let Some((id, upgrade)) = self.open_revision() else {
            return Vec::new();
        };
        let known = self.tape.steps().count();
        let foreseen = self.forecast.of(&id, upgrade).map(|it| it.steps.as_slice()).unwrap_or_default();
        beyond.into_iter().chain(foreseen.iter().skip(known).cloned()).collect()
    }

    /// What did not pass on the copy, if it belongs to the revision that is open or the one that is next.
    fn trouble_ahead(&self) -> Option<(u32, String)> {
        let stopped = self.forecast.stopped.as_ref()?;
        let (revision, up) = self.open_revision().or_else(|| Some((self.next_up()?, true)))?;
        (up && revision == stopped.revision).then(|| (stopped.step, stopped.why.clone()))
    }

    pub(super) fn rows(&mut self, number: u32, asked: &Asked) -> Done {
        let none = Sides::default();
        let window = self.seen.tables.get(&asked.table).unwrap_or(&none).window(asked);
        self.say(number, Reply::Rows(window.map_err(|error| trouble(&error))?));
        Ok(())
    }

    /// How many rows there are in how many tables, for the share dialog.
    pub(super) fn row_counts(&self) -> (u64, u32) {
        let counts = self.seen.tables.iter().filter(|(name, _)| *name != "alembic_version");
        let counts: Vec<u64> = counts.map(|(_, sides)| sides.total()).collect();
        (counts.iter().sum(), counts.iter().filter(|count| **count > 0).count() as u32)
    }
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn said_of(error: &Error) -> retort_protocol::terminal::Ink {
    retort_protocol::terminal::Ink { tone: retort_protocol::terminal::Tone::Wrong, text: format!("{error}\n") }
}

/// The columns that a step renamed: table, old name, new name.
fn renames(step: &Step) -> Vec<(String, String, String)> {
    fn of(operation: &Operation) -> Vec<(String, String, String)> {
        match operation {
            Operation::AlterColumn(alter) => {
                alter.new_name.iter().map(|new| (alter.table.name.clone(), alter.column.clone(), new.clone())).collect()
            }
            Operation::ModifyTable(table) => table.operations.iter().flat_map(of).collect(),
            _ => Vec::new(),
        }
    }
    step.operations().into_iter().flat_map(of).collect()
}
