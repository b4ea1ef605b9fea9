//! A folder with a project, and `alembic` in it: our program under that name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a command said, line by line, without what differs from run to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) out: Vec<String>,
    pub(super) err: Vec<String>,
    pub(super) code: i32,
}

/// A project's folder, gone with it.
pub(super) struct Terminal {
    place: PathBuf,
    /// The project.
    pub(super) folder: PathBuf,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Terminal {
    /// An empty project, or a copy of one in `migrations/`.
    pub(super) fn new(project: Option<&str>) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let place = std::env::temp_dir().join(format!("retort-cli-{}-{number}", std::process::id()));
        let folder = place.join("project");
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        if let Some(name) = project {
            copy(&Path::new("migrations").join(name), &folder);
        }
        let folder = folder.canonicalize().expect("the folder is there");
        Terminal { place, folder }
    }

    /// Runs a command line; the first word is `alembic`, perhaps after `NAME=value`.
    pub(super) fn run(&self, line: &str) -> Said {
        let words = split(line);
        let variables = words.iter().take_while(|word| word.contains('=')).filter_map(|word| word.split_once('='));
        let arguments = words.iter().skip_while(|word| word.contains('=')).skip(1);
        let mut command = self.command();
        let ended = command.args(arguments).envs(variables).output().expect("the program starts");
        let said = |bytes: &[u8]| self.lines(&String::from_utf8_lossy(bytes));
        Said { out: said(&ended.stdout), err: said(&ended.stderr), code: ended.status.code().unwrap_or(-1) }
    }

    /// Starts a command, and leaves it to run.
    pub(super) fn start(&self, arguments: &str) -> Child {
        let mut command = self.command();
        command.args(arguments.split(' ')).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    }

    fn command(&self) -> Command {
        let program = self.place.join("alembic");
        if !program.exists() {
            // A copy could still be open for writing in a process that another test is just starting.
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_retort"), &program).expect("a link can be made");
        }
        let mut command = Command::new(&program);
        command.env("EDITOR", "true").env("COLUMNS", "200").current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    /// Writes a file of the project.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Replaces a part of a file.
    pub(super) fn replace(&self, path: &str, old: &str, new: &str) {
        let file = self.folder.join(path);
        let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{path} is there"));
        assert!(text.contains(old), "{path} does not hold {old:?}");
        fs::write(file, text.replacen(old, new, 1)).expect("files can be written");
    }

    /// The only file with this ending.
    pub(super) fn only(&self, ending: &str) -> Option<PathBuf> {
        let mut entries = fs::read_dir(&self.folder).ok()?.flatten().map(|entry| entry.path());
        entries.find(|path| path.extension() == Some(ending.as_ref()))
    }

    fn lines(&self, text: &str) -> Vec<String> {
        let text = text.replace(&*self.folder.to_string_lossy(), "/project");
        let mut kept: Vec<String> = Vec::new();
        let mut inside_traceback = false;
        for line in text.lines() {
            let line = without_dates(line);
            if line.starts_with("Traceback ") {
                inside_traceback = true;
                kept.push(line);
            } else if !(inside_traceback && line.starts_with(' ')) {
                inside_traceback &= line.is_empty();
                kept.push(line);
            }
        }
        kept.retain(|line| !line.starts_with("(Background on this error"));
        kept
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A folder that stays behind harms nobody.
        let _ = fs::remove_dir_all(&self.place);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("the project is there").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("files can be copied");
        }
    }
}

/// Words as a shell splits them.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut begun) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => (quote, begun) = (Some(c), true),
            None if c == ' ' => {
                if begun || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => word.push(c),
        }
    }
    if begun || !word.is_empty() {
        words.push(word);
    }
    words
}

/// `2026-11-23 01:45:30.688638` is `<date>`.
fn without_dates(line: &str) -> String {
    let digits =
        |text: &str, at: std::ops::Range<usize>| text.get(at).is_some_and(|it| it.bytes().all(|b| b.is_ascii_digit()));
    let is_date = |text: &str| {
        digits(text, 0..4)
            && digits(text, 5..7)
            && digits(text, 8..10)
            && digits(text, 11..13)
            && digits(text, 14..16)
            && text.as_bytes().get(4) == Some(&b'-')
            && text.as_bytes().get(13) == Some(&b':')
    };
    let Some(at) = (0..line.len()).find(|at| line.is_char_boundary(*at) && is_date(&line[*at..])) else {
        return line.into();
    };
    let rest = &line[at + 16..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
    format!("{}<date>{}", &line[..at], &rest[end..])
}

#[test]
fn dates_and_words_are_recognised() {
    assert_eq!(without_dates("Create Date: 2026-11-23 01:45:30.688638"), "Create Date: <date>");
    assert_eq!(split("alembic revision -m \"two words\" ''"), ["alembic", "revision", "-m", "two words", ""]);
}
