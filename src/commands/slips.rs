//! Slips that tutorials teach, and what was meant: the notes below an error, and the corrections that the page offers.

use super::{Command, Settings};
use crate::config::Config;
use crate::error::{Diagnostic, Error, Fix, Kind, Place, Severity, Span};
use crate::host::Host;
use crate::python::suggest;
use std::rc::Rc;

/// The same error, with a note below its traceback where the mistake behind it is known.
pub(super) fn explained(mut error: Error, host: &Rc<dyn Host>, settings: &Settings, _: &Command) -> Error {
    let notes: Vec<String> = corrections(&error, host, settings).into_iter().map(|it| note(&it)).collect();
    if let Kind::Python(traceback) = &mut error.kind {
        notes.iter().for_each(|note| traceback.text.push_str(note));
    }
    error
}

/// What is known to be wrong behind an error, each with its correction where there is one.
pub fn corrections(error: &Error, host: &Rc<dyn Host>, settings: &Settings) -> Vec<Diagnostic> {
    let Kind::Python(traceback) = &error.kind else { return Vec::new() };
    let class = traceback.class.rsplit('.').next().unwrap_or_default();
    match class {
        "ArgumentError" | "NoSuchModuleError" => about_configuration(host, settings),
        "ImportError" if traceback.message.contains("relative import") => {
            traceback.frames.last().map(|place| relative_import(host, place)).into_iter().collect()
        }
        "ModuleNotFoundError" => {
            traceback.frames.last().and_then(|it| not_searched(host, it, &traceback.message)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The word that was probably meant, if one of `words` is near enough.
pub fn meant<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::nearest(word, words)
}

/// What is wrong with the database's URL in alembic.ini.
pub fn about_configuration(host: &Rc<dyn Host>, settings: &Settings) -> Vec<Diagnostic> {
    let Ok(config) = Config::read(host.as_ref(), &settings.configs, &settings.section) else { return Vec::new() };
    let Some(file) = config.ini_file.as_deref().map(|file| config.absolute(file)) else { return Vec::new() };
    let Ok(bytes) = host.read(&file) else { return Vec::new() };
    let text = String::from_utf8_lossy(&bytes);
    text.lines().enumerate().filter_map(|(number, line)| about_url(&file, number as u32 + 1, line)).collect()
}

const URL: &str = "sqlalchemy.url";

fn about_url(file: &str, line: u32, text: &str) -> Option<Diagnostic> {
    let rest = text.strip_prefix(URL)?.trim_start();
    let value = rest.strip_prefix(['=', ':'])?.trim();
    let unquoted = value.trim_matches(['"', '\'']);
    let (message, url) = if unquoted != value {
        (
            format!(
                "The quotes are part of the URL here, since an ini file knows no strings. Write it without them: {unquoted}"
            ),
            unquoted.to_string(),
        )
    } else if is_placeholder(value) {
        (
            "This is still the template's placeholder. Name the database, for example sqlite:///./database.db".into(),
            "sqlite:///./database.db".to_string(),
        )
    } else {
        return None;
    };
    let span = Span { line, column: 0, end_line: line, end_column: text.chars().count() as u32 };
    let corrected = format!("{URL} = {url}");
    let fix = Fix { label: format!("Write {corrected}"), file: file.into(), span, text: corrected };
    Some(Diagnostic { file: file.into(), span, severity: Severity::Error, message, fix: Some(fix) })
}

/// `driver://…`, as the template has it, and as tutorials copy it.
fn is_placeholder(url: &str) -> bool {
    let scheme = url.split("://").next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("driver") || scheme.eq_ignore_ascii_case("drivers")
}

/// `from ..db import X` in env.py: it is no part of a package.
fn relative_import(host: &Rc<dyn Host>, place: &Place) -> Diagnostic {
    let source = host.read(&place.file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let line = source.lines().nth(place.span.line as usize - 1).unwrap_or(&place.line_text);
    let corrected = absolute_import(line);
    let name = place.file.rsplit('/').next().unwrap_or_default();
    let message = format!(
        "{name} is no part of a package, so there is nothing that `..` could be relative to. The folder of alembic.ini is \
         on sys.path (prepend_sys_path): import from there{}",
        corrected.as_ref().map(|line| format!(": {}", line.trim())).unwrap_or_default()
    );
    let span =
        Span { line: place.span.line, column: 0, end_line: place.span.line, end_column: line.chars().count() as u32 };
    let fix =
        corrected.map(|text| Fix { label: format!("Write {}", text.trim()), file: place.file.clone(), span, text });
    Diagnostic { file: place.file.clone(), span, severity: Severity::Error, message, fix }
}

/// `import models`, typed in another folder than that of the project.
fn not_searched(host: &Rc<dyn Host>, place: &Place, message: &str) -> Option<Diagnostic> {
    let module = message.strip_prefix("No module named '")?.split(['\'', '.']).next()?;
    let folders = std::iter::successors(place.file.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
    let is_module = |folder: &str| {
        let names = [format!("{folder}/{module}.py"), format!("{folder}/{module}/__init__.py")];
        names.iter().any(|path| host.entry(path).is_some())
    };
    let folder = folders.take(3).map(|(folder, _)| folder).find(|folder| is_module(folder))?;
    let message = format!(
        "{module} lies in {folder}, which is not searched: prepend_sys_path in alembic.ini says what is. A `.` there is the \
         folder where the command is typed, {}; %(here)s is the folder of alembic.ini",
        host.working_directory()
    );
    Some(Diagnostic { file: place.file.clone(), span: place.span, severity: Severity::Error, message, fix: None })
}

fn absolute_import(line: &str) -> Option<String> {
    let (before, rest) = line.split_once("from")?;
    let (module, names) = rest.trim_start().split_once(" import ")?;
    let module = module.trim_start_matches('.').trim();
    if module.is_empty() {
        Some(format!("{before}import {names}"))
    } else {
        Some(format!("{before}from {module} import {names}"))
    }
}

fn note(diagnostic: &Diagnostic) -> String {
    let name = diagnostic.file.rsplit('/').next().unwrap_or(&diagnostic.file);
    format!("Note: {name}, line {}: {}\n", diagnostic.span.line, diagnostic.message)
}

#[cfg(test)]
mod tests {
    use super::{about_url, absolute_import};

    #[test]
    fn a_quoted_url_and_the_placeholder_are_corrected() {
        let fixed = |line| about_url("alembic.ini", 1, line).and_then(|it| it.fix).map(|fix| fix.text);
        let right = "sqlalchemy.url = sqlite:///./database.db";
        assert_eq!(fixed("sqlalchemy.url  = \"sqlite:///./database.db\"").as_deref(), Some(right));
        assert_eq!(fixed("sqlalchemy.url = driver://user:pass@localhost/dbname").as_deref(), Some(right));
        assert_eq!(fixed("sqlalchemy.url = Drivers://user:pass@localhost/dbname").as_deref(), Some(right));
        assert_eq!(fixed(right), None);
    }

    #[test]
    fn a_relative_import_becomes_an_absolute_one() {
        assert_eq!(absolute_import("from ..db.models import Seller").as_deref(), Some("from db.models import Seller"));
        assert_eq!(absolute_import("    from .. import db").as_deref(), Some("    import db"));
    }
}
