//! What scripts can import beside Python's own library: SQLAlchemy, SQLModel, Alembic, as Python of ours.
//!
//! The sources lie in `prelude/` and are compiled when they are first imported. What they ask of the engine they ask by
//! `_retort.ask`, which the runtime answers.

pub mod compile;
mod prelude;

use crate::python::Machine;

/// Gives a machine everything that scripts can import.
pub fn install(machine: &mut Machine) {
    prelude::MODULES.iter().for_each(|(name, source)| machine.embed(name, source));
}

#[cfg(test)]
mod tests {
    use super::prelude::MODULES;

    #[test]
    fn every_file_of_the_prelude_is_a_module() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/library/prelude");
        let mut missing = Vec::new();
        walk(folder, "", &mut missing);
        assert!(missing.is_empty(), "src/library/prelude.rs lacks {missing:?}");
    }

    fn walk(folder: &str, package: &str, missing: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the prelude is there").flatten() {
            let name = entry.file_name().into_string().expect("names are text");
            let dotted = |last: &str| if package.is_empty() { last.to_string() } else { format!("{package}.{last}") };
            if entry.path().is_dir() && name != "__pycache__" {
                walk(&format!("{folder}/{name}"), &dotted(&name), missing);
            } else if let Some(stem) = name.strip_suffix(".py") {
                let module = if stem == "__init__" { package.to_string() } else { dotted(stem) };
                if !MODULES.iter().any(|(known, _)| *known == module) {
                    missing.push(module);
                }
            }
        }
    }
}
