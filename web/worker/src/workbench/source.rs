//! Where a project comes from: a sample, nothing, a zip, a folder, a link, a checkpoint.

use super::checkpoint::Kept;
use crate::server::{self, Server};
use crate::shell::paths;
use crate::view::timeline::Steps;
use crate::world::World;
use crate::{files, samples};
use retort::database::picture;
use retort::error::{Error, Result};
use retort::host::{Connection, Files};
use retort::project::{Position, Project, archive, link};
use retort_protocol::request::Source;
use std::rc::Rc;

/// A project that is about to be opened.
pub struct Arrival {
    /// Its name for people.
    pub title: String,
    /// Its outside, files and databases in place.
    pub world: World,
    /// Where its database should stand, as far as it is not there yet.
    pub position: Option<Position>,
    /// Whether its history is to be run to the head first, as the gallery's projects are.
    pub runs: bool,
    /// What is known of its steps.
    pub steps: Steps,
    /// What the editor opens.
    pub show: Option<String>,
    /// What must be known about it.
    pub warnings: Vec<String>,
    /// A digest that the database must have in the end.
    pub digest: Option<String>,
    /// The discipline that was chosen.
    pub discipline: Option<String>,
}

/// What projects begin with: what a visitor's browser says.
#[derive(Clone)]
pub struct Now {
    /// The browser's own PostgreSQL, as far as it was fetched.
    pub server: Rc<Server>,
    /// Microseconds since 1970 UTC.
    pub clock: i64,
    /// Real randomness.
    pub seed: u64,
}

/// Brings a project in; nothing of it runs yet.
pub fn arrive(source: Source, now: &Now) -> Result<Arrival> {
    let arrival = bring(source, now)?;
    make_version_folders(&arrival.world)?;
    Ok(arrival)
}

// Links, zips and checkpoints carry files and no empty folders.
fn make_version_folders(world: &World) -> Result<()> {
    let mut environments = world
        .host
        .all_files()
        .into_iter()
        .filter_map(|(path, _)| path.strip_suffix("/script.py.mako").map(str::to_string));
    environments.try_for_each(|folder| world.host.create_folder(&format!("{folder}/versions")))
}

fn bring(source: Source, now: &Now) -> Result<Arrival> {
    match source {
        Source::Sample(name) => sample(&name, now),
        Source::Empty => empty(now),
        Source::Zip { name, bytes } => zip(&name, &bytes, now),
        Source::Folder { name, files } => folder(name, files, now),
        Source::Link(fragment) => from_link(&fragment, now),
        Source::Checkpoint(bytes) => checkpoint(&bytes, now),
    }
}

fn blank(title: &str, now: &Now) -> Arrival {
    Arrival {
        title: title.into(),
        world: World::beside(&now.server, now.clock, now.seed),
        position: None,
        runs: false,
        steps: Steps::new(),
        show: None,
        warnings: Vec::new(),
        digest: None,
        discipline: None,
    }
}

fn sample(name: &str, now: &Now) -> Result<Arrival> {
    let found = samples::files(name).ok_or_else(|| Error::command(format!("There is no sample called {name:?}")))?;
    let title = retort_protocol::samples::ALL.iter().find(|sample| sample.name == name).map_or(name, |it| it.title);
    let mut arrival = blank(title, now);
    for (path, text) in found {
        files::write(&arrival.world.host, path, text)?;
    }
    arrival.show = found.iter().map(|(path, _)| *path).find(|path| path.contains("models")).map(str::to_string);
    arrival.runs = true;
    Ok(arrival)
}

/// What stands in the models of an empty project: enough to make a first revision of.
const FIRST_MODELS: &str = "from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = \"item\"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
";

// The environment is the first sample's, so that an empty project differs in nothing but its models and revisions.
fn empty(now: &Now) -> Result<Arrival> {
    let mut arrival = blank("Empty project", now);
    let kept = samples::files(retort_protocol::samples::ALL[0].name).expect("the first sample is here");
    let kept = kept.iter().filter(|(path, _)| !path.contains("/versions/") && !path.ends_with(".sql"));
    for (path, text) in kept {
        let text = if *path == "models.py" { FIRST_MODELS } else { text };
        files::write(&arrival.world.host, path, text)?;
    }
    arrival.show = Some("models.py".into());
    Ok(arrival)
}

fn zip(name: &str, bytes: &[u8], now: &Now) -> Result<Arrival> {
    let contents = archive::unpack(bytes)?;
    let title = name.trim_end_matches(".zip").to_string();
    let mut arrival = project(contents.project, now)?;
    place_images(&arrival.world, contents.images)?;
    arrival.warnings = contents.told;
    if arrival.title.is_empty() {
        arrival.title = title;
    }
    Ok(arrival)
}

fn folder(name: String, listed: Vec<(String, Vec<u8>)>, now: &Now) -> Result<Arrival> {
    let mut contents =
        archive::Contents { project: Project { name, ..Project::default() }, ..archive::Contents::default() };
    for (path, bytes) in listed {
        archive::sort_in(&mut contents, path, bytes);
    }
    archive::settle(&mut contents)?;
    let mut arrival = project(contents.project, now)?;
    place_images(&arrival.world, contents.images)?;
    arrival.warnings = contents.told;
    Ok(arrival)
}

fn place_images(world: &World, images: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<()> {
    for (path, image) in images {
        if path == server::DATABASE {
            world.put(&path, &image)?;
            world.expect_database(&path);
            continue;
        }
        let path = paths::absolute(&path);
        world.host.create_folder(paths::parent(&path))?;
        world.put(&path, &image)?;
        world.expect_database(&path);
    }
    Ok(())
}

fn from_link(fragment: &str, now: &Now) -> Result<Arrival> {
    project(link::decode(fragment)?, now)
}

fn project(project: Project, now: &Now) -> Result<Arrival> {
    let clock = if project.clock == 0 { now.clock } else { project.clock };
    let seed = if project.seed == 0 { now.seed } else { project.seed };
    let mut arrival = blank(&project.name, &Now { clock, seed, ..now.clone() });
    for (path, text) in &project.files {
        files::write(&arrival.world.host, path, text)?;
    }
    for (path, script) in &project.databases {
        let image = match path.as_str() {
            server::DATABASE => picture::unseen(&statements(script)?)?,
            _ => run_script(&arrival.world, script)?,
        };
        place_images(&arrival.world, [(path.clone(), image)])?;
    }
    // Where no rows came along, the history makes them again.
    arrival.runs = project.databases.is_empty() && !project.position.heads.is_empty();
    arrival.position = Some(project.position);
    arrival.show = project.open_file;
    arrival.digest = project.digest;
    arrival.discipline = project.discipline;
    Ok(arrival)
}

fn statements(script: &str) -> Result<Vec<String>> {
    let wrong = |error: serde_json::Error| Error::command(format!("The database in the link cannot be read: {error}"));
    serde_json::from_str(script).map_err(wrong)
}

fn run_script(world: &World, script: &str) -> Result<Vec<u8>> {
    let mut connection = world.look(&[])?;
    for statement in crate::console::complete::statements(script) {
        connection.execute(statement, &[])?;
    }
    Ok(connection.serialize()?)
}

fn checkpoint(bytes: &[u8], now: &Now) -> Result<Arrival> {
    let kept: Kept = postcard::from_bytes(bytes)
        .map_err(|_| Error::command("What was saved in this browser cannot be read by this version of Retort"))?;
    let clock = if kept.clock == 0 { now.clock } else { kept.clock };
    let seed = if kept.seed == 0 { now.seed } else { kept.seed };
    let mut arrival = blank(&kept.title, &Now { clock, seed, ..now.clone() });
    arrival.discipline = kept.discipline;
    for (path, bytes) in &kept.files {
        let path = paths::absolute(path);
        arrival.world.host.create_folder(paths::parent(&path))?;
        arrival.world.host.write(&path, bytes)?;
    }
    place_images(&arrival.world, kept.images.into_iter().map(|(path, image)| (path, image.into_vec())))?;
    arrival.runs = kept.again && !kept.heads.is_empty();
    if kept.again {
        arrival
            .warnings
            .push("The database was too large to be kept in this browser: its revisions were run again".into());
    }
    arrival.position = Some(Position { heads: kept.heads, running: kept.running });
    arrival.steps = kept.steps.into_iter().collect();
    Ok(arrival)
}
