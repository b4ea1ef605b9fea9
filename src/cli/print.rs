//! Outcomes and errors as text, in Alembic's words and with its exit codes.

use crate::commands::{Outcome, Said};
use crate::error::{Error, Kind};
use crate::host::Stream;

/// What goes to the terminal, in order, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed {
    /// Pieces of text with their newlines.
    pub text: Vec<(Stream, String)>,
    /// The exit code.
    pub code: i32,
}

/// How the terminal wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The terminal's width; none where the output goes into a pipe.
    pub width: Option<usize>,
    /// `-q`.
    pub quiet: bool,
    /// `--raiseerr`.
    pub raise_errors: bool,
}

/// What a command has to say.
pub fn outcome(outcome: &Outcome, style: Style) -> Printed {
    let text = outcome.said.iter().filter_map(|said| piece(said, style)).collect();
    Printed { text, code: 0 }
}

/// What is said of an error, and in the end what became of the database.
pub fn error(error: &Error, style: Style) -> Printed {
    let mut printed = itself(error, style);
    if let Some(aftermath) = error.aftermath.as_ref().filter(|_| error.kind != Kind::Interrupted) {
        printed.text.push((Stream::Err, format!("Note: {aftermath}\n")));
    }
    printed
}

fn itself(error: &Error, style: Style) -> Printed {
    let err = |text: String, code| Printed { text: vec![(Stream::Err, text)], code };
    match &error.kind {
        Kind::Command(message) if style.raise_errors => {
            err(format!("Traceback (most recent call last):\nalembic.util.exc.CommandError: {message}\n"), 1)
        }
        Kind::Command(_) | Kind::Unsupported { .. } => failed(&error.to_string(), style),
        Kind::Usage(message) => err(format!("{message}\n"), 2),
        Kind::Python(traceback) => err(traceback.text.clone(), 1),
        Kind::Database(_) | Kind::Files { .. } | Kind::Limit(_) => err(format!("{}\n", doing(error)), 1),
        Kind::Interrupted => err("Interrupted; nothing was left half done.\n".into(), 130),
    }
}

/// `FAILED: …` on standard output, exit code 255.
fn failed(message: &str, style: Style) -> Printed {
    let text = match style.quiet {
        true => Vec::new(),
        false => vec![(Stream::Out, sentence(&format!("FAILED: {message}"), style.width))],
    };
    Printed { text, code: 255 }
}

fn doing(error: &Error) -> String {
    let doing: Vec<&str> = error.doing.iter().map(String::as_str).collect();
    if doing.is_empty() { error.to_string() } else { format!("{error}\n(while {})", doing.join(", while ")) }
}

fn piece(said: &Said, style: Style) -> Option<(Stream, String)> {
    let loud = !style.quiet;
    match said {
        Said::Line(line) => loud.then(|| (Stream::Out, format!("{line}\n"))),
        Said::Message(text) => loud.then(|| (Stream::Out, sentence(text, style.width))),
        Said::Status(text) => loud.then(|| (Stream::Out, status(text, style.width))),
        Said::LoudStatus(text) => Some((Stream::Out, status(text, style.width))),
        Said::Warning(text) => Some((Stream::Err, format!("{text}\n"))),
    }
}

fn status(text: &str, width: Option<usize>) -> String {
    let line = sentence(&format!("{text} ..."), width);
    format!("{}  done\n", line.trim_end_matches('\n'))
}

/// On a terminal, a sentence is indented by two and wrapped at the terminal's width.
fn sentence(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return format!("{text}\n") };
    let mut lines = vec![String::from(" ")];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("  {word}"));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}
