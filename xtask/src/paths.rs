//! Where things lie.

use std::path::{Path, PathBuf};

/// The project's own folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project")
}

/// A place inside the ignored folder of installed programs.
pub fn tools(place: &str) -> PathBuf {
    root().join(".tools").join(place)
}

/// The search path for programs: ours first.
pub fn search() -> std::ffi::OsString {
    let ours = [tools("bin"), tools("npm/node_modules/.bin")];
    let theirs = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(ours.into_iter().chain(std::env::split_paths(&theirs))).expect("folders without separators")
}

/// The program `name`, if the search path has it.
pub fn find(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&search()).map(|folder| folder.join(name)).find(|file| file.is_file())
}
