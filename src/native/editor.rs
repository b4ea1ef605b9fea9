//! The user's editor, found as Alembic finds it.

use std::path::Path;
use std::process::Command;

/// Opens a file in the editor and waits; the error is Alembic's sentence.
pub(super) fn open(path: &str) -> Result<(), String> {
    let editor =
        find().ok_or("No suitable editor found. Please set the \"EDITOR\" or \"VISUAL\" environment variables")?;
    let status = Command::new(&editor).arg(path).status().map_err(|error| error.to_string())?;
    match status.code() {
        Some(0) => Ok(()),
        code => Err(format!("Command '['{editor}', '{path}']' returned non-zero exit status {}.", code.unwrap_or(-1))),
    }
}

/// `$EDITOR`, `$VISUAL`, then the usual ones.
fn find() -> Option<String> {
    let mut candidates = Vec::new();
    for variable in ["EDITOR", "VISUAL"] {
        let Some(choice) = std::env::var_os(variable).and_then(|text| text.into_string().ok()) else { continue };
        if Path::new(&choice).exists() {
            return Some(choice);
        }
        if !choice.contains('/') {
            candidates.push(choice);
        }
    }
    candidates.extend(["sensible-editor", "editor", "nano", "vim", "code"].map(String::from));
    candidates.iter().find_map(|name| on_path(name))
}

fn on_path(name: &str) -> Option<String> {
    let folders = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.exists())?;
    Some(found.to_string_lossy().into_owned())
}
