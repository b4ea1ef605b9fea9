//! The folder of env.py and its revision files: Alembic's `ScriptDirectory`.

use super::{
    Graph, Header, Revision,
    date::Date,
    header::{self, Reading},
};
use crate::{
    config::{self, Config, Hook},
    error::{Diagnostic, Error, Kind, Place, Result, Traceback},
    host::{Entry, Files, Kept},
    python::text::{percent, split},
};

/// Where the revisions of a project lie and how new ones are named.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Directory {
    /// The folder of env.py, absolute.
    pub path: String,
    /// The folders of revisions, absolute; never empty.
    pub locations: Vec<String>,
    /// Whether `version_locations` names them, rather than `versions` being meant.
    pub named_locations: bool,
    /// `recursive_version_locations`.
    pub recursive: bool,
    /// `file_template`.
    pub file_template: String,
    /// `truncate_slug_length`.
    pub slug_length: usize,
    /// `timezone`.
    pub timezone: Option<String>,
    /// `revision_environment`.
    pub revision_environment: bool,
    /// What runs on a new file.
    pub hooks: Vec<Hook>,
}

/// The revision files as they were read, in Alembic's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded {
    /// The revisions.
    pub revisions: Vec<Revision>,
    /// Files that could not be read; the others still count.
    pub diagnostics: Vec<Diagnostic>,
    /// What Alembic warns of while it reads.
    pub warnings: Vec<String>,
}

/// Runs a module and gives its head: for the rare files whose head is computed.
pub type Compute<'a> = &'a mut dyn FnMut(&str, &str) -> Result<Header>;

impl Directory {
    /// The directory that a configuration names.
    pub fn open<F: Files + ?Sized>(files: &F, config: &Config) -> Result<Directory> {
        let path = located(files, config, &config.script_location()?)?;
        if files.entry(&path).is_none() {
            return Err(Error::command(format!(
                "Path doesn't exist: {path}.  Please use the 'init' command to create a new scripts folder."
            )));
        }
        let locations = config.version_locations()?.filter(|list| !list.is_empty());
        let slug_length = config.option("truncate_slug_length")?.and_then(|text| text.trim().parse().ok());
        Ok(Directory {
            named_locations: locations.is_some(),
            locations: match locations {
                None => vec![format!("{path}/versions")],
                Some(list) => list.iter().map(|it| located(files, config, it)).collect::<Result<_>>()?,
            },
            recursive: config.flag("recursive_version_locations")?,
            file_template: config.option("file_template")?.unwrap_or_else(|| "%(rev)s_%(slug)s".into()),
            slug_length: slug_length.filter(|length| *length > 0).unwrap_or(40),
            timezone: config.option("timezone")?.filter(|it| !it.is_empty()),
            revision_environment: config.flag("revision_environment")?,
            hooks: config.post_write_hooks()?,
            path,
        })
    }

    /// Where env.py is.
    pub fn env_py(&self) -> String {
        format!("{}/env.py", self.path)
    }

    /// Where the template of new revisions is.
    pub fn script_template(&self) -> String {
        format!("{}/script.py.mako", self.path)
    }

    /// Reads all revision files; `compute` is asked for those that only running tells.
    pub fn load<F: Files + ?Sized>(&self, files: &F, compute: Compute<'_>) -> Result<Loaded> {
        let (mut loaded, mut seen) = (Loaded::default(), std::collections::BTreeSet::new());
        for location in self.locations.iter().filter(|it| files.entry(it).is_some()) {
            for path in self.list(files, location)? {
                if !seen.insert(path.clone()) {
                    loaded.warnings.push(format!(
                        "File {path} loaded twice! ignoring. Please ensure version_locations is unique."
                    ));
                    continue;
                }
                let bytes = match files.read(&path) {
                    Err(_) if files.entry(&path) == Some(Entry::Folder) => continue,
                    read => read?,
                };
                let source = String::from_utf8(bytes)
                    .unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned());
                loaded.add(&path, source, files.kept(), compute)?;
            }
        }
        Ok(loaded)
    }

    /// Reads all revision files and links them; the first file that could not be read is the error.
    pub fn graph<F: Files + ?Sized>(&self, files: &F, compute: Compute<'_>) -> Result<Graph> {
        self.load(files, compute)?.graph()
    }

    fn list<F: Files + ?Sized>(&self, files: &F, folder: &str) -> Result<Vec<String>> {
        let (mut found, mut below) = (Vec::new(), Vec::new());
        for name in files.list(folder)? {
            let path = format!("{folder}/{name}");
            // Of ten thousand names none is asked what it stands for, where only files count: reading tells.
            if !self.recursive {
                found.extend(Some(path).filter(|_| is_revision_file(&name)));
                continue;
            }
            match files.entry(&path) {
                Some(Entry::File) if is_revision_file(&name) => found.push(path),
                Some(Entry::Folder) if self.recursive && !name.ends_with("__pycache__") => below.push(path),
                _ => {}
            }
        }
        for folder in below {
            found.extend(self.list(files, &folder)?);
        }
        Ok(found)
    }

    /// The file name of a new revision, with the folders that `file_template` may hold.
    pub fn file_name(&self, id: &str, message: &str, date: &Date) -> Result<String> {
        let words: Vec<&str> = message.split(|it: char| !(it.is_alphanumeric() || it == '_')).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let slug = shortened(&words.join("_").to_lowercase(), self.slug_length);
        let number = |name: &str| date.field(name);
        let fill = |name: &str| match name {
            "rev" => Some(Token::Text(id.into())),
            "slug" => Some(Token::Text(slug.clone())),
            name => number(name).map(Token::Number),
        };
        Ok(fill_template(&self.file_template, fill)? + ".py")
    }
}

impl Loaded {
    /// Links the revisions; the first file that could not be read is the error, as Python shows it.
    pub fn graph(self) -> Result<Graph> {
        if let Some(diagnostic) = self.diagnostics.into_iter().next() {
            return Err(syntax_error(diagnostic));
        }
        let mut graph = Graph::build(self.revisions)?;
        graph.warnings.splice(0..0, self.warnings);
        Ok(graph)
    }

    fn add(&mut self, path: &str, source: String, kept: Option<&Kept>, compute: Compute<'_>) -> Result<()> {
        let header = match header::known(&source, path, kept) {
            Reading::Known(header) => header,
            Reading::Computed => compute(path, &source)?,
            Reading::Broken(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return Ok(());
            }
        };
        self.revisions.push(revision(path, source, header)?);
        Ok(())
    }
}

/// The revision that a file holds.
pub fn revision(path: &str, source: String, header: Header) -> Result<Revision> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let id = match header.revision {
        Some(id) => id,
        None => legacy_id(name).ok_or_else(|| {
            Error::command(format!(
                "Could not determine revision id from filename {name}. Be sure the 'revision' variable is declared inside \
                 the script (please see 'Upgrading from Alembic 0.1 to 0.2' in the documentation)."
            ))
        })?,
    };
    let down = header.down_revision.ok_or_else(|| {
        let module = name.trim_end_matches(".py").replace(|it: char| !(it.is_alphanumeric() || it == '_'), "_");
        let message = format!("module '{module}_py' has no attribute 'down_revision'");
        let text = format!("AttributeError: {message}\n");
        let frames = Vec::new();
        Error::new(Kind::Python(Traceback { class: "AttributeError".into(), message, frames, text })).doing(path)
    })?;
    Ok(Revision {
        id,
        down,
        depends_on: header.depends_on,
        branch_labels: header.branch_labels,
        long_doc: split::strip(&header.doc, None).into(),
        path: path.into(),
        source,
    })
}

/// The oldest Alembic named files by their id alone.
fn legacy_id(name: &str) -> Option<String> {
    let id = name.strip_suffix(".py")?;
    (!id.is_empty() && id.bytes().all(|it| matches!(it, b'a'..=b'f' | b'0'..=b'9'))).then(|| id.into())
}

fn is_revision_file(name: &str) -> bool {
    name.ends_with(".py") && !name.starts_with(".#") && !name.starts_with("__init__")
}

/// A path of the configuration, where `package:folder` means a folder inside a package.
fn located<F: Files + ?Sized>(files: &F, config: &Config, path: &str) -> Result<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((package, folder)) = name.split_once(':') else { return Ok(path.into()) };
    let folders = config.prepend_sys_path()?.into_iter().chain([".".to_string()]);
    let package = package.replace('.', "/");
    let candidates = folders.map(|it| format!("{}/{package}", config.absolute(&it)));
    let found = candidates.into_iter().find(|it| files.entry(it) == Some(Entry::Folder));
    let found = found.unwrap_or_else(|| config.absolute(&package));
    Ok(config::join(&found, folder))
}

fn shortened(slug: &str, length: usize) -> String {
    if slug.chars().count() <= length {
        return slug.into();
    }
    let cut: String = slug.chars().take(length).collect();
    format!("{}_", cut.rsplit_once('_').map_or(&cut[..], |(kept, _)| kept))
}

enum Token {
    Text(String),
    Number(i64),
}

/// Python's `template % {…}`.
fn fill_template(template: &str, token: impl Fn(&str) -> Option<Token>) -> Result<String> {
    let wrong = |it: crate::python::text::Wrong| Error::command(format!("file_template: {}", it.message));
    let mut out = String::new();
    for piece in percent::parse(template).map_err(wrong)? {
        match piece {
            percent::Piece::Literal(text) => out += &text,
            percent::Piece::Conversion(conversion) => {
                let name = conversion.key.clone().unwrap_or_default();
                let missing = || Error::command(format!("file_template: there is no token '{name}'"));
                out += &match token(&name).ok_or_else(missing)? {
                    Token::Text(text) => conversion.text(&text),
                    Token::Number(number) if matches!(conversion.kind, 's' | 'r' | 'a') => {
                        conversion.text(&number.to_string())
                    }
                    Token::Number(number) => conversion.int(&number.into()),
                };
            }
        }
    }
    Ok(out)
}

/// The traceback's end that CPython prints for a file that is no Python.
pub fn syntax_error(diagnostic: Diagnostic) -> Error {
    let Diagnostic { file, span, message, .. } = diagnostic;
    let text = format!("  File \"{file}\", line {}\nSyntaxError: {message}\n", span.line);
    let place = Place { file: file.clone(), span, function: String::new(), line_text: String::new() };
    let message = format!("{message} ({}, line {})", file.rsplit('/').next().unwrap_or(&file), span.line);
    Error::new(Kind::Python(Traceback { class: "SyntaxError".into(), message, frames: vec![place], text }))
}
