//! A project as a zip file: its files as they are, `retort.json` beside them, and, if asked for, its databases.

use super::{Project, bounds, check_path};
use crate::error::{Error, Result};
use rawzip::CompressionMethod;
use std::collections::BTreeMap;
use std::io::{Read, Write};

/// The file in a zip that remembers what the files alone do not say.
pub const STATE_FILE: &str = "retort.json";

/// What a zip holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    /// The project; `retort.json`, where it was there, has been read into it.
    pub project: Project,
    /// Database files as bytes, by path.
    pub images: BTreeMap<String, Vec<u8>>,
    /// Files that were left out, with the reason.
    pub skipped: Vec<(String, String)>,
}

/// A zip of the project; `images` are the databases that go along as files.
pub fn pack(project: &Project, images: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    let state = Project { files: BTreeMap::new(), ..project.clone() };
    let state = serde_json::to_string_pretty(&state).expect("a project of strings and numbers is JSON");
    let texts = project.files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    let images = images.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    for (path, bytes) in texts.chain([(STATE_FILE, state.as_bytes())]).chain(images) {
        add(&mut archive, path, bytes).expect("writing to memory does not fail");
    }
    archive.finish().expect("writing to memory does not fail");
    out
}

fn add(
    archive: &mut rawzip::ZipArchiveWriter<&mut Vec<u8>>,
    path: &str,
    bytes: &[u8],
) -> std::result::Result<(), rawzip::Error> {
    let (mut entry, config) = archive.new_file(path).compression_method(CompressionMethod::DEFLATE).start()?;
    let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best());
    let mut writer = config.wrap(encoder);
    writer.write_all(bytes)?;
    let (encoder, descriptor) = writer.finish()?;
    encoder.finish()?;
    entry.finish(descriptor)?;
    Ok(())
}

/// Reads a zip from anywhere: a folder that holds everything is taken off, what is no text and no database is skipped.
pub fn unpack(bytes: &[u8]) -> Result<Contents> {
    let archive =
        rawzip::ZipArchive::from_slice(bytes).map_err(|_| Error::command("This file is not a zip archive"))?;
    let mut contents = Contents::default();
    let mut left = bounds::IMAGE;
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|_| damaged())? {
        let Some(path) = entry.file_path().try_normalize().ok().map(|path| path.as_ref().to_string()) else {
            return Err(Error::command("The zip holds a path that leaves its folder"));
        };
        if entry.is_dir() || is_left_out(&path) {
            continue;
        }
        let data = archive.get_entry(entry.wayfinder()).map_err(|_| damaged())?;
        let body = read(data.data(), entry.compression_method(), left)?;
        left -= body.len();
        check_path(&path)?;
        sort_in(&mut contents, path, body);
    }
    settle(&mut contents)?;
    Ok(contents)
}

/// Puts in order what was sorted in: takes a folder off that holds everything, reads `retort.json`, checks the bounds.
pub fn settle(contents: &mut Contents) -> Result<()> {
    strip_common_folder(contents);
    restore_state(contents)?;
    contents.project.check()
}

fn damaged() -> Error {
    Error::command("The zip archive is damaged")
}

// Caches, environments and version control are no part of a project, and would fill every bound.
fn is_left_out(path: &str) -> bool {
    let folders = ["__pycache__", ".git", ".venv", "venv", "env", "node_modules", ".tox", ".mypy_cache", "__MACOSX"];
    path.split('/').rev().skip(1).any(|part| folders.contains(&part))
        || path.ends_with(".pyc")
        || path.ends_with(".DS_Store")
}

fn read(data: &[u8], method: CompressionMethod, limit: usize) -> Result<Vec<u8>> {
    let reader: Box<dyn Read + '_> = match method {
        CompressionMethod::STORE => Box::new(data),
        CompressionMethod::DEFLATE => Box::new(flate2::read::DeflateDecoder::new(data)),
        _ => return Err(Error::command("The zip uses a compression that cannot be read here; use deflate")),
    };
    let mut body = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut body).map_err(|_| damaged())?;
    if body.len() > limit {
        return Err(Error::command(format!("The zip unfolds into more than {} MiB", bounds::IMAGE >> 20)));
    }
    Ok(body)
}

/// Puts a file where it belongs: texts to the project, databases to the images, all else to what is skipped; caches and
/// virtual environments nowhere.
pub fn sort_in(contents: &mut Contents, path: String, body: Vec<u8>) {
    if is_left_out(&path) {
        return;
    }
    if body.starts_with(b"SQLite format 3\0") {
        contents.images.insert(path, body);
        return;
    }
    match String::from_utf8(body) {
        Ok(text) if !text.contains('\0') => drop(contents.project.files.insert(path, text)),
        _ => contents.skipped.push((path, "neither text nor a SQLite database".into())),
    }
}

fn strip_common_folder(contents: &mut Contents) {
    let mut paths = contents.project.files.keys().chain(contents.images.keys());
    let Some(folder) = paths.next().and_then(|first| first.split_once('/')).map(|(folder, _)| format!("{folder}/"))
    else {
        return;
    };
    if contents.project.files.contains_key("alembic.ini") || !paths.all(|path| path.starts_with(&folder)) {
        return;
    }
    let strip = |path: String| path[folder.len()..].to_string();
    contents.project.files =
        std::mem::take(&mut contents.project.files).into_iter().map(|(p, t)| (strip(p), t)).collect();
    contents.images = std::mem::take(&mut contents.images).into_iter().map(|(p, t)| (strip(p), t)).collect();
}

fn restore_state(contents: &mut Contents) -> Result<()> {
    let Some(state) = contents.project.files.remove(STATE_FILE) else {
        return Ok(());
    };
    let state: Project = serde_json::from_str(&state)
        .map_err(|error| Error::command(format!("{STATE_FILE} cannot be read: {error}")))?;
    contents.project = Project { files: std::mem::take(&mut contents.project.files), ..state };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Project {
        let mut project = Project { name: "Shop".into(), ..Project::default() };
        project.files.insert("models.py".into(), "import sqlalchemy as sa\n".repeat(100));
        project.files.insert("migrations/env.py".into(), "é\n".into());
        project.databases.insert("database.db".into(), "CREATE TABLE a (b);".into());
        project
    }

    #[test]
    fn a_zip_gives_back_the_project_and_its_databases() {
        let images = BTreeMap::from([("database.db".to_string(), b"SQLite format 3\0...".to_vec())]);
        let contents = unpack(&pack(&example(), &images)).expect("opens");
        assert_eq!((contents.project, contents.images), (example(), images));
    }

    #[test]
    fn a_folder_around_everything_is_taken_off() {
        let mut project = example();
        project.files = project.files.into_iter().map(|(path, text)| (format!("shop/{path}"), text)).collect();
        let mut bytes = Vec::new();
        let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
        for (path, text) in &project.files {
            add(&mut archive, path, text.as_bytes()).expect("in memory");
        }
        archive.finish().expect("in memory");
        assert_eq!(unpack(&bytes).expect("opens").project.files, example().files);
    }

    #[test]
    fn what_is_no_zip_is_said() {
        assert_eq!(unpack(b"hello").expect_err("refused").to_string(), "This file is not a zip archive");
    }
}
