//! Puts the sample projects of `migrations/` into the worker: one table of names, paths and texts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What cargo tells a build script.
fn told(name: &str) -> String {
    env::var_os(name).expect("cargo sets it").into_string().expect("paths here are text")
}

fn main() {
    let root = PathBuf::from(told("CARGO_MANIFEST_DIR")).join("../../migrations");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut table = String::from("&[\n");
    for sample in entries(&root).into_iter().filter(|path| path.is_dir()) {
        let name = sample.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        writeln!(table, "    ({name:?}, &[").expect("a string takes text");
        files(&sample, &sample, &mut table);
        table.push_str("    ]),\n");
    }
    table.push_str("]\n");
    let out = PathBuf::from(told("OUT_DIR")).join("samples.rs");
    fs::write(out, table).expect("the build folder can be written");
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the samples are there").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

// `.env` belongs to its sample; caches and databases that a run left behind do not.
fn files(root: &Path, folder: &Path, table: &mut String) {
    for path in entries(folder) {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        if name == "__pycache__" || name == "sample.toml" || name.contains(".db") {
            continue;
        }
        if path.is_dir() {
            files(root, &path, table);
        } else {
            let inside = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            let whole = path.canonicalize().expect("it was listed").to_string_lossy().into_owned();
            writeln!(table, "        ({inside:?}, include_str!({whole:?})),").expect("a string takes text");
        }
    }
}
