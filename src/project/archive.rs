//! A project as a zip file: its files as they are, `retort.json` beside them, and, if asked for, its databases.

use super::{Project, bounds, check_path};
use crate::error::{Error, Result};
use rawzip::CompressionMethod;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// The file in a zip that remembers what the files alone do not say.
pub const STATE_FILE: &str = "retort.json";

/// What a zip holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    /// The project; `retort.json`, where it was there, has been read into it.
    pub project: Project,
    /// Database files as bytes, by path.
    pub images: BTreeMap<String, Vec<u8>>,
    /// Sentences for the user: what was left out and why, and what another disk would take for one file.
    pub told: Vec<String>,
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

/// Reads a zip from anywhere: a folder that holds everything is taken off, what is no text and no database is told.
///
/// The table of contents is judged as a whole before anything is inflated, and nothing may unfold into more than it says.
pub fn unpack(bytes: &[u8]) -> Result<Contents> {
    let archive = rawzip::ZipArchive::from_slice(bytes).map_err(|_| no_archive(bytes))?;
    let mut contents = Contents::default();
    for (path, entry) in listed(&archive, &mut contents.told)? {
        let body = read(&archive, &entry).map_err(|_| damaged(&path))?;
        sort_in(&mut contents, path, body);
    }
    settle(&mut contents)?;
    Ok(contents)
}

/// Puts in order what was sorted in: takes a folder off that holds everything, reads `retort.json`, checks the bounds.
pub fn settle(contents: &mut Contents) -> Result<()> {
    strip_common_folder(contents);
    restore_state(contents)?;
    tell_twins(contents);
    contents.project.check()
}

fn no_archive(bytes: &[u8]) -> Error {
    let cut = bytes.starts_with(b"PK\x03\x04");
    Error::command(if cut {
        "The zip archive is damaged: its end is missing"
    } else {
        "This file is not a zip archive"
    })
}

fn damaged(path: &str) -> Error {
    Error::command(format!("The zip archive is damaged: {path:?} cannot be read"))
}

/// What the table of contents names and a project wants, each path once.
fn listed<'a>(
    archive: &'a rawzip::ZipSliceArchive<&'a [u8]>,
    told: &mut Vec<String>,
) -> Result<BTreeMap<String, rawzip::ZipFileHeaderRecord<'a>>> {
    let mut entries = BTreeMap::new();
    let mut bytes = 0_u64;
    for entry in archive.entries() {
        let entry =
            entry.map_err(|_| Error::command("The zip archive is damaged: its table of contents is cut off"))?;
        let Some(path) = path(&entry, told) else { continue };
        acceptable(&path, &entry)?;
        bytes = bytes.saturating_add(entry.uncompressed_size_hint());
        if bytes > bounds::IMAGE as u64 {
            return Err(Error::command(format!("The zip unfolds into more than {} MiB", bounds::IMAGE >> 20)));
        }
        if entries.insert(path.clone(), entry).is_some() {
            return Err(Error::command(format!("The zip holds two files of one name: {path:?}")));
        }
        if entries.len() > bounds::ENTRIES {
            return Err(Error::command(format!("The zip holds more than {} files", bounds::ENTRIES)));
        }
    }
    apart_from_folders(&entries)?;
    Ok(entries)
}

/// The entry's path with `/` between its parts, as also Windows' programs should have written it; none for what is no
/// file of the project.
fn path(entry: &rawzip::ZipFileHeaderRecord<'_>, told: &mut Vec<String>) -> Option<String> {
    let raw = entry.file_path();
    let path = String::from_utf8_lossy(raw.as_bytes()).replace('\\', "/");
    let path = path.trim_start_matches("./").to_string();
    if path.ends_with('/') || is_left_out(&path) {
        return None;
    }
    if std::str::from_utf8(raw.as_bytes()).is_err() {
        told.push(format!("{path:.80} was left out: its name is not UTF-8"));
        return None;
    }
    Some(path)
}

fn acceptable(path: &str, entry: &rawzip::ZipFileHeaderRecord<'_>) -> Result<()> {
    check_path(path)?;
    let refused = if entry.mode().is_symlink() {
        "is a symbolic link; put the file itself into the zip"
    } else if entry.flags().is_encrypted() {
        "is locked with a password"
    } else if !matches!(entry.compression_method(), CompressionMethod::STORE | CompressionMethod::DEFLATE) {
        "is packed in a way that cannot be read here; use deflate"
    } else {
        return Ok(());
    };
    Err(Error::command(format!("{path:?} in the zip {refused}")))
}

fn apart_from_folders<T>(entries: &BTreeMap<String, T>) -> Result<()> {
    let above = |path: &str| path.match_indices('/').map(|(at, _)| path[..at].to_string()).collect::<Vec<_>>();
    match entries.keys().flat_map(|path| above(path)).find(|folder| entries.contains_key(folder)) {
        Some(both) => Err(Error::command(format!("The zip holds a file and a folder of one name: {both:?}"))),
        None => Ok(()),
    }
}

// Caches, environments and version control are no part of a project, and would fill every bound.
fn is_left_out(path: &str) -> bool {
    let folders = ["__pycache__", ".git", ".venv", "venv", "env", "node_modules", ".tox", ".mypy_cache", "__MACOSX"];
    path.split('/').rev().skip(1).any(|part| folders.contains(&part))
        || path.ends_with(".pyc")
        || path.ends_with(".DS_Store")
}

fn read(archive: &rawzip::ZipSliceArchive<&[u8]>, entry: &rawzip::ZipFileHeaderRecord<'_>) -> io::Result<Vec<u8>> {
    let data = archive.get_entry(entry.wayfinder()).map_err(io::Error::other)?;
    let reader: Box<dyn Read + '_> = match entry.compression_method() {
        CompressionMethod::STORE => Box::new(data.data()),
        _ => Box::new(flate2::read::DeflateDecoder::new(data.data())),
    };
    // One byte more than promised is enough to see that the promise was a lie.
    let mut body = Vec::new();
    data.verifying_reader(reader.take(entry.uncompressed_size_hint() + 1)).read_to_end(&mut body)?;
    Ok(body)
}

/// Puts a file where it belongs: texts to the project, databases to the images, all else is told; caches and
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
        _ => contents.told.push(format!("{path} was left out: it is neither text nor a SQLite database")),
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

// Two files here are one on the disks of Windows and macOS, where the second overwrites the first.
fn tell_twins(contents: &mut Contents) {
    let mut seen: BTreeMap<String, &String> = BTreeMap::new();
    for path in contents.project.files.keys().chain(contents.images.keys()) {
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            contents.told.push(format!("{other} and {path} differ only in case: many disks keep only one of them"));
        }
    }
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
