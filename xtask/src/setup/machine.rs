//! What the machine itself must have: Rust's wasm target, clang, Node.js, Chromium, PostgreSQL.

use super::{Install, Need};
use crate::process::{command, output, run};
use crate::{Result, paths};
use std::path::PathBuf;

const OLDEST_NODE: u32 = 20;

const TARGETS: [&str; 2] = ["wasm32-unknown-unknown", "wasm32-wasip1"];

/// Rust's own library for the browser and for tests under Node, and the formatter and linter that the checks use.
pub(super) fn wasm_targets() -> Option<Need> {
    let sysroot = PathBuf::from(output(command("rustc", ["--print", "sysroot"]))?);
    let there = TARGETS.iter().all(|target| sysroot.join("lib/rustlib").join(target).is_dir())
        && ["cargo-clippy", "cargo-fmt"].iter().all(|program| sysroot.join("bin").join(program).is_file());
    let install = Install::Ours(|| {
        run(command("rustup", ["target", "add"].iter().chain(&TARGETS)))?;
        run(command("rustup", ["component", "add", "clippy", "rustfmt"]))
    });
    (!there).then(|| Need { name: "Rust for WebAssembly".into(), duration: "seconds", install })
}

/// The C compiler that can make WebAssembly of SQLite; gcc cannot.
pub(super) fn clang() -> Option<Need> {
    let need = || Need { name: "clang".into(), duration: "a minute", install: Install::System("clang") };
    paths::find("clang").is_none().then(need)
}

/// A browser for the tests.
pub(super) fn chromium_need() -> Option<Need> {
    let need = || Need { name: "Chromium".into(), duration: "a minute", install: Install::System("chromium") };
    chromium().is_none().then(need)
}

/// Where Chromium is: `RETORT_CHROMIUM`, or one of the names that systems give it.
pub fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    std::env::var_os("RETORT_CHROMIUM").map(PathBuf::from).or_else(|| names.iter().find_map(|name| paths::find(name)))
}

/// A server for comparisons on PostgreSQL; a cluster of its own is made of it, in a temporary folder.
pub(super) fn postgresql() -> Option<Need> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").is_ok_and(|mut versions| versions.next().is_some());
    let install = Install::System("postgresql");
    (!debian && paths::find("initdb").is_none()).then(|| Need {
        name: "PostgreSQL".into(),
        duration: "a minute",
        install,
    })
}

/// Node.js is not ours to install: say which one is needed, and where it is.
pub(super) fn node() -> Result<()> {
    let version = output(command("node", ["--version"]));
    let number = version.as_deref().and_then(|version| version.trim_start_matches('v').split('.').next());
    let major: Option<u32> = number.and_then(|major| major.parse().ok());
    let found = match (&version, paths::find("npm")) {
        (Some(_), Some(_)) if major.is_some_and(|major| major >= OLDEST_NODE) => return Ok(()),
        (Some(_), None) => "there is no npm here".to_owned(),
        (Some(version), _) => format!("here is {version}"),
        (None, _) => "there is none here".to_owned(),
    };
    Err(format!(
        "Node.js {OLDEST_NODE} or newer, with npm, is needed to build the page, and {found}. It is at https://nodejs.org; \
         on Debian 13 and newer, type:\n\n  sudo apt-get install nodejs npm\n"
    ))
}

/// Installs packages of the system if we are root or in CI; otherwise says what to type.
pub(super) fn install_system(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let line = format!("apt-get install --yes --no-install-recommends {list}");
    if paths::find("apt-get").is_none() {
        return Err(format!("Please install, with this system's own installer: {list}. (Tried only on Debian.)"));
    }
    match as_root() {
        Some(prefix) => run(command("sh", ["-c", &format!("{prefix}apt-get update -qq && {prefix}{line} -qq")])),
        None => Err(format!("Only root can install these. Please type, and then try again:\n\n  sudo {line}\n")),
    }
}

/// What to put before a command that root must run, if we may.
fn as_root() -> Option<&'static str> {
    let root = output(command("id", ["-u"])).is_some_and(|id| id == "0");
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    if root { Some("env DEBIAN_FRONTEND=noninteractive ") } else { ci.then_some("sudo --non-interactive ") }
}
