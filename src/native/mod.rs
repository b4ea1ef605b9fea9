//! The terminal's side: real files and databases, the loop over a job, exit codes, the editor.

mod editor;
mod host;
mod postgresql;

use host::Native;
use retort::cli::print::{self, Printed, Style};
use retort::commands::{Command, Job, Outcome, Progress, Settings};
use retort::error::{Error, Kind, Result};
use retort::host::{Console, Stream};
use retort::runtime::Budget;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The name under which the program was called, without folders and `.exe`.
pub(crate) fn program_name(path: Option<&str>) -> String {
    let name = path.and_then(|path| path.rsplit(['/', '\\']).next()).unwrap_or("retort");
    name.strip_suffix(".exe").unwrap_or(name).to_string()
}

/// Text for standard output.
pub(crate) fn say(text: &str) -> ExitCode {
    let host = Native::new();
    host.write(Stream::Out, text);
    ended(&host, 0)
}

/// Text for standard error, about wrong words.
pub(crate) fn refuse(text: &str) -> ExitCode {
    Native::new().write(Stream::Err, text);
    ExitCode::from(2)
}

/// Runs a command to its end.
pub(crate) fn run(settings: &Settings, command: &Command) -> ExitCode {
    let host = Rc::new(Native::new());
    let stopped = stop_on_interrupt(&host);
    let mut job = Job::start(Rc::clone(&host) as Rc<dyn retort::host::Host>, settings, command);
    let result = loop {
        if stopped.load(Ordering::Relaxed) {
            job.interrupt();
        }
        match job.resume(Budget::terminal()) {
            Progress::Working | Progress::Step => {}
            Progress::Done(result) => break result.and_then(edited),
        }
    };
    job.leave();
    // A statement that was cut short complains in the database's words; it was Ctrl-C all the same.
    let result = match stopped.load(Ordering::Relaxed) {
        true => result.map_err(|_| Error::new(Kind::Interrupted)),
        false => result,
    };
    let style = Style { width: width(), quiet: settings.quiet, raise_errors: settings.raise_errors };
    show(host.as_ref(), &printed(result, style))
}

/// Opens what the user wants to edit.
fn edited(outcome: Outcome) -> Result<Outcome> {
    let opened = outcome.edit.iter().try_for_each(|path| editor::open(path));
    opened.map_err(|message| Error::command(format!("Error executing editor ({message})"))).map(|()| outcome)
}

fn printed(result: Result<Outcome>, style: Style) -> Printed {
    match result {
        Ok(outcome) => print::outcome(&outcome, style),
        Err(error) => print::error(&error, style),
    }
}

fn show(host: &Native, printed: &Printed) -> ExitCode {
    for (stream, text) in &printed.text {
        host.write(*stream, &coloured(*stream, text));
    }
    ended(host, printed.code)
}

/// The exit code, unless standard output could not hold what was said.
fn ended(host: &Native, code: i32) -> ExitCode {
    match host.unsaid() {
        Some(reason) => {
            host.write(Stream::Err, &format!("standard output: {reason}\n"));
            ExitCode::FAILURE
        }
        None => ExitCode::from(code.clamp(0, 255) as u8),
    }
}

/// A failure is red where somebody looks.
fn coloured(stream: Stream, text: &str) -> String {
    let plain = !std::io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    match text.trim_start().strip_prefix("FAILED:") {
        Some(rest) if stream == Stream::Out && !plain => format!("  \x1b[31mFAILED:\x1b[0m{rest}"),
        _ => text.into(),
    }
}

/// The terminal's width, where standard output is one.
fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(width.0)).filter(|columns| *columns > 20)
}

/// Ctrl-C ends statements and Python alike; the transaction is rolled back.
fn stop_on_interrupt(host: &Native) -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let (flag, guard) = (Arc::clone(&stopped), host.guard());
    // Without a handler the default is death, which SQLite survives as well.
    let _ = ctrlc::set_handler(move || {
        flag.store(true, Ordering::Relaxed);
        guard.interrupt(true);
    });
    stopped
}
