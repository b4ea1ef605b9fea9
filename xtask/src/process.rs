//! Other programs: run them, listen to them.

use crate::{Result, paths};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// A program to be run in the project's folder, with ours first on the search path.
pub fn command<I: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(paths::find(program).unwrap_or_else(|| program.into()));
    // Trunk reads NO_COLOR as a flag of its own, and stops at the value 1.
    command.args(arguments).current_dir(paths::root()).env("PATH", paths::search()).env_remove("NO_COLOR");
    command
}

/// Runs a program whose output goes to the terminal; anything but success is an error.
pub fn run(mut command: Command) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(&command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed.", shown(&command))) }
}

/// Runs a program and gives what it wrote to its output, or nothing if it cannot be run or fails.
pub fn output(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program, shows what it writes and lets `heard` read it line by line. True if it succeeded.
pub fn listen(mut command: Command, mut heard: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(&command, &error))?;
    let lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
    for line in lines.map_while(std::result::Result::ok) {
        println!("{line}");
        heard(&line);
    }
    Ok(child.wait().map_err(|error| error.to_string())?.success())
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let words = command.get_args().map(OsStr::to_string_lossy);
    let name = program.rsplit('/').next().unwrap_or_default().to_owned();
    std::iter::once(name.into()).chain(words).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("{} cannot be run: {error}.", shown(command))
}
