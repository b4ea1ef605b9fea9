//! Finds out what is missing, says so, and installs it into `.tools/`.
//!
//! A need that is met costs a look at a file or a `--version`, so a second run takes no time.

mod cargo;
mod machine;
mod npm;
mod venv;

use crate::{Result, paths};
pub use machine::chromium;
pub use venv::python;

/// Something that a command cannot do without.
pub struct Need {
    /// What it is, with its version.
    name: String,
    /// About how long it takes to install.
    duration: &'static str,
    install: Install,
}

enum Install {
    /// Into `.tools/`, or with rustup.
    Ours(fn() -> Result<()>),
    /// A package of the system, which only root can install.
    System(&'static str),
}

/// What the page is built with.
pub fn for_the_page() -> Result<()> {
    machine::node()?;
    meet(&page_needs())
}

/// What the page is built and visited with.
pub fn for_tests() -> Result<()> {
    machine::node()?;
    meet(&page_needs().into_iter().chain(machine::chromium_need()).collect::<Vec<_>>())
}

/// Real Alembic, in an environment of its own, and a database server.
pub fn for_conformance() -> Result<()> {
    meet(&machine::postgresql().into_iter().chain(venv::need()).collect::<Vec<_>>())
}

fn page_needs() -> Vec<Need> {
    let needs = [machine::wasm_targets(), machine::clang(), cargo::trunk(), cargo::wasm_bindgen(), npm::packages()];
    needs.into_iter().flatten().collect()
}

fn meet(missing: &[Need]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing on this machine, now being installed into {}:", paths::tools("").display());
    for need in missing {
        println!("  {:<28} {}", need.name, need.duration);
    }
    let packages: Vec<_> = missing.iter().filter_map(Need::system_package).collect();
    machine::install_system(&packages)?;
    for need in missing {
        need.install_ours()?;
    }
    Ok(())
}

impl Need {
    fn system_package(&self) -> Option<&'static str> {
        match self.install {
            Install::System(package) => Some(package),
            Install::Ours(_) => None,
        }
    }

    fn install_ours(&self) -> Result<()> {
        let Install::Ours(install) = self.install else { return Ok(()) };
        println!("Installing {} …", self.name);
        install().map_err(|reason| format!("{} could not be installed: {reason}", self.name))
    }
}
