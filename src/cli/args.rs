//! Words to a [`Command`].

use super::argparse::{self, Said, quoted};
use super::grammar::{self, Grammar, PROGRAM};
use super::help;
use crate::commands::{self, Command, Settings};

/// What the words ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// A command to run.
    Run(Settings, Command),
    /// Text for standard output, and no more: `--help`, `--version`.
    Say(String),
    /// Wrong words: text for standard error; the exit code is 2.
    Wrong(String),
}

/// Reads the words after the program's name.
pub fn parse(program: &str, words: &[String]) -> Parsed {
    read(program, words).unwrap_or_else(|parsed| parsed)
}

fn read(program: &str, words: &[String]) -> Result<Parsed, Parsed> {
    let globals = argparse::read(&PROGRAM, words).map_err(|sentence| wrong(program, &PROGRAM, &sentence))?;
    if globals.flag("help") {
        return Err(Parsed::Say(help::help(program, &PROGRAM)));
    }
    if globals.flag("version") {
        return Err(Parsed::Say(version(program)));
    }
    let Some((name, rest)) = globals.rest.split_first() else {
        return Err(match globals.unknown.is_empty() {
            true => wrong(program, &PROGRAM, "too few arguments"),
            false => unrecognized(program, &globals.unknown),
        });
    };
    let grammar = grammar::command(name).ok_or_else(|| no_such_command(program, name))?;
    let said =
        argparse::read(grammar, rest).map_err(|sentence| wrong(program, grammar, &slip(grammar, rest, &sentence)))?;
    if said.flag("help") {
        return Err(Parsed::Say(help::help(program, grammar)));
    }
    let unknown = [globals.unknown.as_slice(), said.unknown.as_slice()].concat();
    if !unknown.is_empty() {
        return Err(unrecognized(program, &unknown));
    }
    Ok(Parsed::Run(settings(&globals), command(grammar.name, &said)))
}

/// Alembic's own line under Alembic's name; both versions under ours.
fn version(program: &str) -> String {
    match program {
        "alembic" => format!("alembic {}\n", commands::ALEMBIC_VERSION),
        _ => format!("{program} {} (Alembic {})\n", env!("CARGO_PKG_VERSION"), commands::ALEMBIC_VERSION),
    }
}

fn wrong(program: &str, grammar: &Grammar, sentence: &str) -> Parsed {
    let path = help::path(program, grammar);
    Parsed::Wrong(format!("{}{path}: error: {sentence}\n", help::usage(program, grammar)))
}

fn unrecognized(program: &str, words: &[String]) -> Parsed {
    wrong(program, &PROGRAM, &format!("unrecognized arguments: {}", words.join(" ")))
}

fn no_such_command(program: &str, name: &str) -> Parsed {
    let names: Vec<String> = grammar::COMMANDS.iter().map(|command| quoted(command.name)).collect();
    let mut sentence =
        format!("argument {}: invalid choice: {} (choose from {})", help::choices(), quoted(name), names.join(", "));
    if let Some(meant) = commands::meant(name, super::command_names()) {
        sentence.push_str(&format!("\nNote: did you mean {program} {meant}?"));
    }
    wrong(program, &PROGRAM, &sentence)
}

/// Tutorials write `downgrade -l` where they mean `-1`: the letter looks like the digit.
fn slip(grammar: &Grammar, words: &[String], sentence: &str) -> String {
    let meant = words.iter().find(|word| matches!(word.as_str(), "-l" | "-I" | "-L"));
    match meant {
        Some(word) if matches!(grammar.name, "downgrade" | "upgrade") => format!(
            "{sentence}\nNote: {word} ends in the letter {}; one revision back is -1, with the digit one: {} -1",
            &word[1..],
            grammar.name
        ),
        _ => sentence.into(),
    }
}

fn settings(said: &Said) -> Settings {
    Settings {
        configs: said.values("config"),
        section: said.value("name").unwrap_or_else(|| "alembic".into()),
        x: said.values("x"),
        raise_errors: said.flag("raiseerr"),
        quiet: said.flag("quiet"),
        discipline: said.value("discipline"),
    }
}

fn command(name: &str, said: &Said) -> Command {
    match name {
        "branches" => Command::Branches(commands::branches::Params { verbose: said.flag("verbose") }),
        "check" => Command::Check(commands::check::Params {}),
        "current" => Command::Current(current(said)),
        "downgrade" => Command::Downgrade(commands::downgrade::Params { to: migrate(said) }),
        "edit" => Command::Edit(commands::edit::Params { revision: required(said, "rev") }),
        "ensure_version" => Command::EnsureVersion(commands::ensure_version::Params { sql: said.flag("sql") }),
        "heads" => Command::Heads(heads(said)),
        "history" => Command::History(history(said)),
        "init" => Command::Init(init(said)),
        "list_templates" => Command::ListTemplates(commands::list_templates::Params {}),
        "merge" => Command::Merge(merge(said)),
        "revision" => Command::Revision(revision(said)),
        "show" => Command::Show(commands::show::Params { revision: required(said, "rev") }),
        "stamp" => Command::Stamp(stamp(said)),
        "upgrade" => Command::Upgrade(commands::upgrade::Params { to: migrate(said) }),
        _ => unreachable!("the grammar lists exactly these commands"),
    }
}

fn required(said: &Said, key: &str) -> String {
    said.value(key).expect("argparse has asked for it")
}

fn migrate(said: &Said) -> commands::Target {
    commands::Target { revision: required(said, "revision"), sql: said.flag("sql"), tag: said.value("tag") }
}

fn current(said: &Said) -> commands::current::Params {
    commands::current::Params { check_heads: said.flag("check_heads"), verbose: said.flag("verbose") }
}

fn heads(said: &Said) -> commands::heads::Params {
    commands::heads::Params { verbose: said.flag("verbose"), resolve_dependencies: said.flag("resolve_dependencies") }
}

fn history(said: &Said) -> commands::history::Params {
    commands::history::Params {
        range: said.value("rev_range"),
        verbose: said.flag("verbose"),
        indicate_current: said.flag("indicate_current"),
    }
}

fn init(said: &Said) -> commands::init::Params {
    commands::init::Params {
        directory: required(said, "directory"),
        template: said.value("template").unwrap_or_else(|| "generic".into()),
        package: said.flag("package"),
    }
}

fn merge(said: &Said) -> commands::merge::Params {
    commands::merge::Params {
        revisions: said.values("revisions"),
        message: said.value("message"),
        branch_label: said.value("branch_label"),
        rev_id: said.value("rev_id"),
        splice: said.flag("splice"),
    }
}

fn revision(said: &Said) -> commands::revision::Params {
    commands::revision::Params {
        message: said.value("message"),
        autogenerate: said.flag("autogenerate"),
        sql: said.flag("sql"),
        head: said.value("head").unwrap_or_else(|| "head".into()),
        splice: said.flag("splice"),
        branch_label: said.value("branch_label"),
        version_path: said.value("version_path"),
        rev_id: said.value("rev_id"),
        depends_on: said.values("depends_on"),
    }
}

fn stamp(said: &Said) -> commands::stamp::Params {
    commands::stamp::Params {
        revisions: said.values("revisions"),
        sql: said.flag("sql"),
        tag: said.value("tag"),
        purge: said.flag("purge"),
    }
}
