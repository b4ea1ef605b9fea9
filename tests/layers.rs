//! Who may import whom: the table of ARCHITECTURE.md, held against every `crate::` path of the engine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room, and the rooms that it may know.
const TABLE: &str = "
error
schema
ops           error schema
host          error schema
config        error host python
dialect       error schema ops host
database      error schema host dialect
python        error host
library       error schema ops host config dialect python
models        error schema host dialect python library
autogenerate  error schema ops dialect python script
script        error schema ops host config dialect python library
runtime       error schema ops host config dialect python library autogenerate script
lint          error schema ops dialect script
preview       error schema ops host dialect runtime
project       error schema host config script
commands      error schema ops host config dialect python library models autogenerate script runtime lint preview project
cli           error schema ops host config script runtime project commands
";

/// What belongs to a host, and so to nobody in the engine: each has a reason to be asked of `host` instead.
const RIM: [&str; 7] =
    ["std::fs", "std::env", "std::time::Instant", "std::time::SystemTime", "std::process", "std::thread", "std::net"];

/// Rooms that are hosts themselves, or the program's own ends.
const ENDS: [&str; 3] = ["main.rs", "lib.rs", "native"];

#[test]
fn a_room_imports_only_the_rooms_below_it() {
    let found = sources().flat_map(|file| strangers(&file)).collect::<Vec<_>>();
    assert!(found.is_empty(), "imports that the table does not allow:\n{}", found.join("\n"));
}

#[test]
fn every_room_has_a_line_in_the_table() {
    let rooms: BTreeSet<_> = sources().map(|file| room(&file)).filter(|room| !ENDS.contains(&room.as_str())).collect();
    let missing: Vec<_> = rooms.iter().filter(|room| allowed(room).is_none()).collect();
    assert!(missing.is_empty(), "rooms without a line in the table: {missing:?}");
}

#[test]
fn only_the_program_touches_files_clock_and_environment() {
    let found = sources()
        .filter(|file| !ENDS.contains(&room(file).as_str()))
        .flat_map(|file| touches(&file, &RIM))
        .collect::<Vec<_>>();
    assert!(found.is_empty(), "the engine asks its host for these:\n{}", found.join("\n"));
}

#[test]
fn nothing_prints_but_the_program() {
    let words = ["println!", "eprintln!", "print!", "eprint!"];
    let found = sources()
        .filter(|file| !ENDS.contains(&room(file).as_str()))
        .flat_map(|file| touches(&file, &words))
        .collect::<Vec<_>>();
    assert!(found.is_empty(), "these print:\n{}", found.join("\n"));
}

#[test]
fn the_page_links_no_engine() {
    let manifest = fs::read_to_string("web/page/Cargo.toml").expect("the page has a manifest");
    let engine = manifest.lines().find(|line| line.trim_start().starts_with("retort ") || line.starts_with("retort="));
    let bare = engine.is_none_or(|line| line.contains("default-features = false") && !line.contains("sqlite"));
    assert!(bare, "the page may take value types only: {engine:?}");
    let protocol = fs::read_to_string("web/protocol/Cargo.toml").expect("the protocol has a manifest");
    assert!(!protocol.lines().any(|line| line.trim_start().starts_with("retort ")), "the protocol knows no engine");
}

/// The engine's source files.
fn sources() -> impl Iterator<Item = PathBuf> {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    files.into_iter()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the engine has sources").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The first part of a file's path inside src/: `error` for src/error.rs, `schema` for src/schema/table.rs.
fn room(file: &Path) -> String {
    let inside = file.strip_prefix("src").expect("sources lie in src");
    let first = inside.iter().next().expect("a file has a name").to_string_lossy();
    if ENDS.contains(&first.as_ref()) { first.into_owned() } else { first.trim_end_matches(".rs").to_owned() }
}

fn allowed(room: &str) -> Option<BTreeSet<&'static str>> {
    let line = TABLE.lines().find(|line| line.split_whitespace().next() == Some(room))?;
    Some(line.split_whitespace().collect())
}

/// The imports of a file that the table does not allow.
fn strangers(file: &Path) -> Vec<String> {
    let Some(allowed) = allowed(&room(file)) else { return Vec::new() };
    let code = code(file);
    let unknown = imports(&code).into_iter().filter(|name| known(name) && !allowed.contains(name.as_str()));
    unknown.map(|name| format!("  {}: {name}", file.display())).collect()
}

fn known(name: &str) -> bool {
    allowed(name).is_some()
}

/// The text of a file without comments, and without its tests, which may look wherever they like.
fn code(file: &Path) -> String {
    let in_tests = file.iter().any(|part| part == "tests") || file.ends_with("tests.rs");
    let text = if in_tests { String::new() } else { fs::read_to_string(file).expect("a source can be read") };
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |all, line| all + line + "\n")
}

/// The rooms named in `crate::room` and `crate::{room, other::Item}`.
fn imports(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(members(group)),
            None => names.extend([identifier(rest)]),
        }
    }
    names
}

/// The first names of a group's members: those outside of inner braces.
fn members(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0_usize, Vec::new(), true);
    for (at, letter) in group.char_indices() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            _ if start && letter.is_alphabetic() => {
                names.push(identifier(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The lines of a file that hold one of the words, as words of their own.
fn touches(file: &Path, words: &[&str]) -> Vec<String> {
    let code = code(file);
    let holds = |line: &str, word: &str| {
        line.match_indices(word)
            .any(|(at, _)| !line[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
    };
    let lines = code.lines().filter(|line| words.iter().any(|word| holds(line, word)));
    lines.map(|line| format!("  {}: {}", file.display(), line.trim())).collect()
}
