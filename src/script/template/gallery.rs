//! The templates of `init`.

/// A template of `init`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// The name after `-t`.
    pub name: &'static str,
    /// Its files, in the order in which Alembic writes them.
    pub files: &'static [(&'static str, &'static str)],
}

impl Template {
    /// The first line of its README, in Alembic's words.
    pub fn synopsis(&self) -> &'static str {
        let readme = self.files.iter().find(|(name, _)| *name == "README").map_or("", |(_, text)| text);
        readme.lines().next().unwrap_or_default()
    }
}

const SCRIPT: (&str, &str) = ("script.py.mako", include_str!("generic/script.py.mako"));
const ENV: (&str, &str) = ("env.py", include_str!("generic/env.py"));
const ASYNC_ENV: (&str, &str) = ("env.py", include_str!("async/env.py"));
const INI: (&str, &str) = ("alembic.ini.mako", include_str!("generic/alembic.ini.mako"));
const SHORT_INI: (&str, &str) = ("alembic.ini.mako", include_str!("pyproject/alembic.ini.mako"));
const TOML: (&str, &str) = ("pyproject.toml.mako", include_str!("pyproject/pyproject.toml.mako"));

/// All templates, by name.
pub static ALL: [Template; 5] = [
    Template { name: "async", files: &[SCRIPT, ("README", include_str!("async/README")), ASYNC_ENV, INI] },
    Template { name: "generic", files: &[SCRIPT, ("README", include_str!("generic/README")), ENV, INI] },
    Template {
        name: "multidb",
        files: &[
            ("script.py.mako", include_str!("multidb/script.py.mako")),
            ("README", include_str!("multidb/README")),
            ("env.py", include_str!("multidb/env.py")),
            ("alembic.ini.mako", include_str!("multidb/alembic.ini.mako")),
        ],
    },
    Template {
        name: "pyproject",
        files: &[SCRIPT, ("README", include_str!("pyproject/README")), ENV, SHORT_INI, TOML],
    },
    Template {
        name: "pyproject_async",
        files: &[SCRIPT, ("README", include_str!("pyproject_async/README")), ASYNC_ENV, SHORT_INI, TOML],
    },
];

/// The template of this name.
pub fn by_name(name: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.name == name)
}
