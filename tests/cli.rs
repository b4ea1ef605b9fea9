//! Terminal sessions against the real program: those recorded from real Alembic, and our own in `tests/cli/*.md`.

#[cfg(unix)]
mod interrupt;
mod page;
mod recorded;
mod terminal;

use std::path::Path;

/// What differs from real Alembic on purpose, as `session: line`.
fn intended() -> Vec<String> {
    let text = std::fs::read_to_string("tests/conformance/intended.txt").expect("the list is there");
    let entries = text.lines().filter(|line| !line.starts_with('#'));
    entries.filter_map(|line| line.rsplit_once("  # ").map(|(entry, _)| entry.to_string())).collect()
}

#[test]
fn every_command_says_what_alembic_says() {
    let intended = intended();
    let pages = pages("tests/conformance/sessions", "txt");
    let found: Vec<String> = pages.iter().flat_map(|page| recorded::differences(page)).collect();
    let unexpected: Vec<&String> =
        found.iter().filter(|it| !intended.iter().any(|entry| it.starts_with(&format!("{entry}\n")))).collect();
    let text: Vec<&str> = unexpected.iter().map(|it| it.as_str()).collect();
    assert!(text.is_empty(), "{} commands differ:\n{}", text.len(), text.join("\n"));
}

#[test]
fn our_own_sessions_go_as_written() {
    let found: Vec<String> = pages("tests/cli", "md").iter().flat_map(|page| page::differences(page)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The files of a folder with this ending, sorted.
fn pages(folder: &str, ending: &str) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path());
    let mut pages: Vec<_> = entries.filter(|path| path.extension() == Some(ending.as_ref())).collect();
    pages.sort();
    pages
}

/// The name of a page without folder and ending.
fn stem(path: &Path) -> String {
    path.file_stem().expect("a page has a name").to_string_lossy().into_owned()
}
