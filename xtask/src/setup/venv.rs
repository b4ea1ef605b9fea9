//! Real Alembic, in `.tools/venv`.

use super::{Install, Need};
use crate::process::{command, run};
use crate::{Result, paths};
use std::fs;
use std::path::PathBuf;

const WANTED: &str = "tests/conformance/requirements.txt";

/// The environment's Python.
pub fn python() -> PathBuf {
    paths::tools("venv/bin/python")
}

/// The packages of tests/conformance/requirements.txt.
pub(super) fn need() -> Option<Need> {
    let wanted = fs::read(paths::root().join(WANTED)).ok();
    let there = wanted.is_some() && wanted == fs::read(paths::tools("venv/installed.txt")).ok();
    let need =
        || Need { name: "Alembic 1.20.1 (Python)".into(), duration: "half a minute", install: Install::Ours(install) };
    (!there).then(need)
}

fn install() -> Result<()> {
    let folder = paths::tools("venv");
    let made = run(command("python3", ["-m", "venv", "--clear", &folder.to_string_lossy()]));
    made.map_err(|reason| {
        format!("{reason} Python 3.11 or newer with its venv module is needed (Debian: python3-venv).")
    })?;
    let mut pip =
        command(&python().to_string_lossy(), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--requirement", WANTED]);
    run(pip)?;
    fs::copy(paths::root().join(WANTED), folder.join("installed.txt")).map(drop).map_err(|error| error.to_string())
}
