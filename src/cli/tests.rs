//! Words and what they mean.

use super::args::{Parsed, parse};
use crate::commands::Command;

fn read(line: &str) -> Parsed {
    let words: Vec<String> = line.split_whitespace().map(str::to_string).collect();
    parse("alembic", &words)
}

/// The command that the words mean, as its debug text contains it.
fn means(line: &str, expected: &str) {
    match read(line) {
        Parsed::Run(_, command) => {
            let text = format!("{command:?}");
            assert!(text.contains(expected), "{line}: {text}");
        }
        other => panic!("{line}: {other:?}"),
    }
}

/// The last line of what is said about wrong words.
fn refused(line: &str, expected: &str) {
    match read(line) {
        Parsed::Wrong(text) => {
            let said = text.split("error: ").nth(1).unwrap_or_default().trim_end();
            assert_eq!(said, expected, "{line}");
        }
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn a_negative_number_is_a_revision() {
    means("downgrade -1", "revision: \"-1\"");
    means("downgrade --sql -1", "revision: \"-1\"");
    means("upgrade +2", "revision: \"+2\"");
}

#[test]
fn options_may_be_shortened_joined_and_attached() {
    means("revision --auto -m x", "autogenerate: true");
    means("revision -mhello", "message: Some(\"hello\")");
    means("revision --message=hello", "message: Some(\"hello\")");
    means("history -vi", "verbose: true, indicate_current: true");
    means("history -r-2:current", "range: Some(\"-2:current\")");
    means("upgrade head --sql", "sql: true");
    means("revision --depends-on a --depends-on b", "depends_on: [\"a\", \"b\"]");
    means("merge -m x a b", "revisions: [\"a\", \"b\"]");
}

#[test]
fn wrong_words_are_refused_in_argparse_s_sentences() {
    refused("", "too few arguments");
    refused("upgrade", "the following arguments are required: revision");
    refused("upgrade head --bogus", "unrecognized arguments: --bogus");
    refused("upgrade a b", "unrecognized arguments: b");
    refused("history --v --", "unrecognized arguments: --");
    refused("heads -vx", "argument -v/--verbose: ignored explicit argument 'x'");
    refused("-c", "argument -c/--config: expected one argument");
    refused("history -r", "argument -r/--rev-range: expected one argument");
    refused("revision --re", "argument --rev-id: expected one argument");
    refused("revision --s", "ambiguous option: --s could match --sql, --splice");
    refused(
        "--discipline wild heads",
        "argument --discipline: invalid choice: 'wild' (choose from 'safe', 'as-alembic')",
    );
}

#[test]
fn the_letter_l_is_not_the_digit_one() {
    let Parsed::Wrong(text) = read("downgrade -l") else { panic!("-l is no revision") };
    assert!(text.contains("the following arguments are required: revision"), "{text}");
    assert!(text.contains("downgrade -1"), "{text}");
}

#[test]
fn the_programs_options_stand_before_the_command() {
    let Parsed::Run(settings, Command::Heads(_)) =
        read("-c a.ini -c pyproject.toml -n other -x k=v -x l --raiseerr -q heads")
    else {
        panic!("heads is a command")
    };
    assert_eq!(settings.configs, ["a.ini", "pyproject.toml"]);
    assert_eq!((settings.section.as_str(), settings.x.len()), ("other", 2));
    assert!(settings.raise_errors && settings.quiet);
}

#[test]
fn usage_is_laid_out_as_argparse_lays_it_out() {
    let Parsed::Say(text) = read("revision --help") else { panic!("help is said") };
    let usage = "usage: alembic revision [-h] [-m MESSAGE] [--autogenerate] [--sql]\n\
                 \x20                       [--head HEAD] [--splice] [--branch-label BRANCH_LABEL]\n\
                 \x20                       [--version-path VERSION_PATH] [--rev-id REV_ID]\n\
                 \x20                       [--depends-on DEPENDS_ON]\n";
    assert!(text.starts_with(usage), "{text}");
    let Parsed::Say(text) = read("--version") else { panic!("the version is said") };
    assert_eq!(text, "alembic 1.20.1\n");
}
