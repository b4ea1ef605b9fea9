//! Compiles the Python that the program carries, so that no run has to: the standard library's modules and the prelude
//! each become one image. The compiler is the engine's own, taken as it stands.

use python::compile::{Names, Source, image, module};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[expect(
    dead_code,
    unreachable_pub,
    clippy::enum_variant_names,
    reason = "a room of the engine, of which the compiler needs the diagnostics"
)]
#[path = "src/error.rs"]
mod error;

#[expect(dead_code, unused_imports, unreachable_pub, reason = "a room of the engine; the machine uses the rest")]
#[path = "src/python"]
mod python {
    pub(crate) mod compile;
    pub(crate) mod text {
        pub(crate) mod case;
        pub(crate) mod quote;
    }
}

/// Images, the folders of their modules, and modules that lie elsewhere.
const IMAGES: [(&str, &str, &[(&str, &str)]); 2] = [
    ("stdlib", "src/python/stdlib/py", &[("builtins", "src/python/builtins/prelude.py")]),
    ("library", "src/library/prelude", &[]),
];

/// The modules that a first visit of the page imports; the others come into images of their own, which it fetches later.
const FIRST: &str = "web/split/modules.txt";

/// By this the splitter of the worker finds an image that comes later; behind it stands its length.
const LATER: &[u8; 16] = b"retort: later.\r\n";

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var_os("OUT_DIR").ok_or("cargo says where to write")?;
    println!("cargo::rerun-if-changed={FIRST}");
    let first = fs::read_to_string(FIRST)?;
    for (image, folder, others) in IMAGES {
        let mut files: Vec<(String, String)> =
            others.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned())).collect();
        others.iter().for_each(|(_, path)| println!("cargo::rerun-if-changed={path}"));
        println!("cargo::rerun-if-changed={folder}");
        walk(folder, "", &mut files)?;
        files.sort();
        let (now, then): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(name, _)| first.lines().any(|line| line == name));
        let path = |kind: &str| Path::new(&out).join(format!("{image}.{kind}"));
        fs::write(path("image"), compiled(&now)?)?;
        let later = compiled(&then)?;
        let length = u32::try_from(later.len())?.to_le_bytes();
        fs::write(path("later"), [&LATER[..], &length, &later].concat())?;
        let names: Vec<&str> = then.iter().map(|(name, _)| name.as_str()).collect();
        fs::write(path("names"), names.join("\n"))?;
    }
    Ok(())
}

/// The modules of a folder: dotted names and paths.
fn walk(folder: &str, package: &str, files: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| format!("{} is no module", name.display()))?;
        let path = format!("{folder}/{name}");
        let dotted = |last: &str| if package.is_empty() { last.to_owned() } else { format!("{package}.{last}") };
        if entry.file_type()?.is_dir() && name != "__pycache__" {
            walk(&path, &dotted(&name), files)?;
        } else if let Some(stem) = name.strip_suffix(".py") {
            files.push((if stem == "__init__" { package.to_owned() } else { dotted(stem) }, path));
        }
    }
    Ok(())
}

/// The modules as one image; what does not compile is said at its place.
fn compiled(files: &[(String, String)]) -> Result<Vec<u8>, Box<dyn Error>> {
    let (mut names, mut modules) = (Names::default(), Vec::new());
    for (name, path) in files {
        let source = Source::new(path, &fs::read_to_string(path)?, true);
        match module(&source, &mut names) {
            Ok(draft) => modules.push((names.intern(name), draft)),
            Err(all) => {
                for wrong in all {
                    println!("cargo::error={path}:{}:{}: {}", wrong.span.line, wrong.span.column + 1, wrong.message);
                }
            }
        }
    }
    Ok(image(&modules, &names))
}
