//! Programs that cargo builds from source, into `.tools/bin`.

use super::{Install, Need};
use crate::process::{command, output, run};
use crate::{Result, paths};

/// 0.22 asks for a newer Rust than ours.
const TRUNK: &str = "0.21.14";

/// The program that puts the page together.
pub(super) fn trunk() -> Option<Need> {
    let there = output(command("trunk", ["--version"])).is_some_and(|said| said == format!("trunk {TRUNK}"));
    let install = Install::Ours(|| install("trunk", TRUNK, &["--locked"]));
    (!there).then(|| Need { name: format!("trunk {TRUNK}"), duration: "five to ten minutes", install })
}

/// The program that joins WebAssembly and JavaScript. Its version must be that of the library in Cargo.lock.
pub(super) fn wasm_bindgen() -> Option<Need> {
    let version = locked("wasm-bindgen");
    let there =
        output(command("wasm-bindgen", ["--version"])).is_some_and(|said| said == format!("wasm-bindgen {version}"));
    let install = Install::Ours(|| install("wasm-bindgen-cli", &locked("wasm-bindgen"), &[]));
    (!there).then(|| Need { name: format!("wasm-bindgen {version}"), duration: "three to five minutes", install })
}

/// The version of a package in Cargo.lock.
fn locked(package: &str) -> String {
    let lock = std::fs::read_to_string(paths::root().join("Cargo.lock")).unwrap_or_default();
    let after = lock.split(&format!("name = \"{package}\"\nversion = \"")).nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}

/// Installs one program, with little optimisation: compiling it well would take longer than it ever runs.
fn install(package: &str, version: &str, more: &[&str]) -> Result<()> {
    let root = paths::tools("");
    let words = ["install", package, "--version", version, "--quiet", "--force", "--root"];
    let mut cargo = command("cargo", words);
    cargo.arg(root).args(more).env("CARGO_TARGET_DIR", paths::tools("build"));
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run(cargo)
}
