//! Links, zips, databases to take away, and what is kept in the browser.

use super::around::mixed;
use super::checkpoint::{IMAGE, Kept};
use super::{Done, Workbench, trouble};
use crate::files;
use crate::server;
use crate::shell::paths;
use retort::database::images::Image;
use retort::database::picture;
use retort::dialect::sqlite::dump;
use retort::error::Result;
use retort::host::Clock;
use retort::project::{Position, Project, Running, archive, link, secrets};
use retort_protocol::Reply;
use retort_protocol::files::Trouble;
use retort_protocol::reply::Checkpoint;
use retort_protocol::share::{Carry, Download, Link, Pack, Packing, Secret};
use retort_protocol::words::Words;
use serde_bytes::ByteBuf;
use std::collections::BTreeMap;

impl Workbench {
    pub(super) fn link(&mut self, number: u32, carry: &Carry) -> Done {
        let whole = self.project(carry.rows, carry.position).map_err(|error| trouble(&error))?;
        let found = secrets::find(&whole);
        let project = if carry.secrets { whole } else { secrets::without(&whole) };
        let fragment = link::encode(&project);
        let too_long = fragment.len() > link::ENCODED;
        let (rows, tables) = self.row_counts();
        let left_out = !carry.secrets && !found.is_empty();
        let reply = Link {
            fragment: if too_long { String::new() } else { fragment },
            too_long,
            files: project.files.len() as u32,
            revisions: self.graph.revisions().count() as u32,
            position: self.position_words(),
            rows,
            tables,
            warnings: left_out.then(|| Words::plain("What looks secret was left out.")).into_iter().collect(),
            secrets: found.into_iter().map(secret).collect(),
        };
        self.say(number, Reply::Link(reply));
        Ok(())
    }

    pub(super) fn packing(&mut self, number: u32) -> Done {
        let project = self.project(false, true).map_err(|error| trouble(&error))?;
        let database = self.world.database().unwrap_or_default();
        let reply = Packing {
            files: project.files.len() as u32,
            database_bytes: self.image().bytes().len() as u64,
            database_name: paths::relative(&database).unwrap_or_default().into(),
            secrets: secrets::find(&project).into_iter().map(secret).collect(),
        };
        self.say(number, Reply::Packing(reply));
        Ok(())
    }

    pub(super) fn zip(&mut self, number: u32, pack: Pack) -> Done {
        let whole = self.project(!pack.database || self.world.is_on_server(), true).map_err(|error| trouble(&error))?;
        let project = if pack.secrets { whole } else { secrets::without(&whole) };
        let mut images = if pack.database { self.stored_images() } else { BTreeMap::new() };
        // It is no file; what makes it is in retort.json.
        images.remove(server::DATABASE);
        let bytes = archive::pack(&project, &images);
        self.download(number, &format!("{}.zip", slug(&self.title)), "application/zip", bytes);
        Ok(())
    }

    pub(super) fn database(&mut self, number: u32) -> Done {
        let path = self.world.database();
        let path = path.ok_or_else(|| Trouble { title: "There is no database yet".into(), ..Trouble::default() })?;
        if path == server::DATABASE {
            let script: String = picture::statements(&self.image().bytes())
                .map_err(|error| trouble(&error))?
                .iter()
                .map(|statement| format!("{statement};\n"))
                .collect();
            self.download(number, "database.sql", "application/sql", script.into_bytes());
            return Ok(());
        }
        let name = path.rsplit('/').next().unwrap_or("database.db").to_string();
        let bytes = self.image().bytes();
        self.download(number, &name, "application/vnd.sqlite3", bytes);
        Ok(())
    }

    fn download(&mut self, number: u32, name: &str, media: &str, bytes: Vec<u8>) {
        self.say(number, Reply::Download(Download { name: name.into(), media: media.into(), bytes }));
    }

    pub(super) fn retitle(&mut self, number: u32, title: String) -> Done {
        let _ = number;
        self.title = title;
        self.checkpoint();
        Ok(())
    }

    /// The databases between two revisions: what an open one has done is not in them.
    fn stored_images(&self) -> BTreeMap<String, Vec<u8>> {
        let base =
            self.standing.open.as_ref().and_then(|_| self.tape.images()).map(|[base, _, _]: [Image; 3]| base.bytes());
        let own = self.world.database();
        let image = |path: &String| match (&base, own.as_ref() == Some(path)) {
            (Some(base), true) => Some(base.clone()),
            _ => self.world.image(path).map(|image| image.to_vec()),
        };
        let named = self.world.databases().into_iter().filter_map(|path| Some((path.clone(), image(&path)?)));
        named.filter_map(|(path, image)| Some((stored_name(&path)?, image))).collect()
    }

    fn running(&self) -> Option<Running> {
        let open = self.standing.open.as_ref()?;
        Some(Running { revision: open.revision.clone(), upgrade: open.upgrade, step: open.done })
    }

    fn project(&mut self, rows: bool, position: bool) -> Result<Project> {
        let texts = files::all(&self.world.host, &BTreeMap::new()).into_values().filter(|file| !file.opaque);
        let mut databases = BTreeMap::new();
        for (path, image) in self.stored_images().into_iter().filter(|_| rows) {
            let script = match path.as_str() {
                server::DATABASE => serde_json::to_string(&picture::statements(&image)?).expect("texts are JSON"),
                _ => dump::script(&mut self.world.look(&image)?, None, dump::Rows::Together)?,
            };
            databases.insert(path, script);
        }
        Ok(Project {
            name: self.title.clone(),
            files: texts.map(|file| (file.path, file.text)).collect(),
            databases,
            position: if position {
                Position { heads: self.standing.heads.clone(), running: self.running() }
            } else {
                Position::default()
            },
            clock: self.world.host.now(),
            seed: self.world.seed,
            open_file: None,
            digest: if position { self.digest() } else { None },
            discipline: self.switched.clone(),
            engine: env!("CARGO_PKG_VERSION").into(),
        })
    }

    /// "at step 2 of 3", "at head".
    pub(super) fn position_words(&self) -> String {
        match &self.standing.open {
            Some(open) => format!("at step {} of {}", open.done, open.of),
            None if self.standing.heads.is_empty() => "at base".into(),
            None if self.next_up().is_none() => "at head".into(),
            None => format!("at {}", self.standing.heads.join(", ")),
        }
    }

    /// A digest of schema and rows at the place that is shown.
    pub(super) fn digest(&mut self) -> Option<String> {
        let image = self.image();
        let look = self.world.at(&image).ok()?;
        let script = look.read(|database| dump::script(database, None, dump::Rows::Together)).ok()?;
        Some(format!("{:016x}", mixed(0, &[&script])))
    }

    /// Something is to be kept; it is made when nothing else is to be done, so that no step waits for it.
    pub(super) fn checkpoint(&mut self) {
        self.unsaved = true;
    }

    /// Tells the page what to keep.
    pub(super) fn save(&mut self) {
        self.unsaved = false;
        let mut images = self.stored_images();
        let (whole, heads) = (images.len(), self.standing.heads.clone());
        images.retain(|_, image| image.len() <= IMAGE);
        let kept = Kept {
            title: self.title.clone(),
            files: self.kept_files(),
            again: images.len() < whole,
            images: images.into_iter().map(|(path, image)| (path, ByteBuf::from(image))).collect(),
            heads,
            running: self.running(),
            clock: self.world.host.now(),
            seed: self.world.seed,
            discipline: self.switched.clone(),
            steps: self.steps.iter().map(|(key, known)| (key.clone(), known.clone())).collect(),
        };
        let bytes = postcard::to_allocvec(&kept).expect("plain values always encode");
        let reply = Checkpoint {
            bytes,
            title: self.title.clone(),
            revisions: self.graph.revisions().count() as u32,
            position: self.position_words(),
        };
        self.volunteer(Reply::Checkpoint(reply));
    }

    fn kept_files(&self) -> BTreeMap<String, ByteBuf> {
        let databases = self.world.databases();
        let all = self.world.host.all_files().into_iter().filter(|(path, _)| !databases.contains(path));
        all.filter_map(|(path, bytes)| Some((paths::relative(&path)?.to_string(), ByteBuf::from(bytes)))).collect()
    }
}

// The server's database has no place among the files.
fn stored_name(path: &str) -> Option<String> {
    let name = if path == server::DATABASE { Some(path) } else { paths::relative(path) };
    name.map(str::to_string)
}

fn secret(found: secrets::Secret) -> Secret {
    Secret { path: found.file, line: found.line, what: found.what }
}

fn slug(title: &str) -> String {
    let letters: String =
        title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "retort".into() } else { words.join("-") }
}
