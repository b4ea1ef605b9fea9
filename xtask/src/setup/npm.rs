//! The npm packages of web/package-lock.json, in `.tools/npm`.

use super::{Install, Need};
use crate::process::{command, run};
use crate::{Result, paths};
use std::fs;

const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The editor's packages, esbuild, wasm-opt, playwright, axe.
pub(super) fn packages() -> Option<Need> {
    let wanted = fs::read(paths::root().join("web/package-lock.json")).ok();
    // Written last, so that a broken installation is not taken for a whole one.
    let there = wanted.is_some() && wanted == fs::read(paths::tools("npm/installed.json")).ok();
    let need = || Need { name: "npm packages".into(), duration: "half a minute", install: Install::Ours(install) };
    (!there).then(need)
}

fn install() -> Result<()> {
    let folder = paths::tools("npm");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for name in FILES {
        copy(&paths::root().join("web").join(name), &folder.join(name))?;
    }
    let mut npm = command("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.current_dir(&folder);
    run(npm)?;
    copy(&folder.join("package-lock.json"), &folder.join("installed.json"))
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}
