//! Usage and help, laid out as argparse lays them out at 80 columns.

use super::grammar::{COMMANDS, Grammar, HELP, PROGRAM, Takes, Word};

const WIDTH: usize = 78;
/// Help begins in this column at the latest.
const HELP_COLUMN: usize = 24;

/// `usage: alembic upgrade [-h] …`, with its newline.
pub(super) fn usage(program: &str, grammar: &Grammar) -> String {
    let prefix = format!("usage: {} ", path(program, grammar));
    let options: Vec<String> = options(grammar).map(|word| format!("[{}]", signature(word, word.names[0]))).collect();
    let positionals = positional_words(grammar);
    let one_line = format!("{prefix}{}", [options.clone(), positionals.clone()].concat().join(" "));
    if one_line.trim_end().len() <= WIDTH {
        return format!("{}\n", one_line.trim_end());
    }
    let indent = " ".repeat(prefix.len());
    let mut text = filled(&prefix, &indent, &options);
    if !positionals.is_empty() {
        text.push_str(&filled(&indent, &indent, &positionals));
    }
    text
}

/// The whole of `--help`.
pub(super) fn help(program: &str, grammar: &Grammar) -> String {
    let mut rows: Vec<(String, &str)> = Vec::new();
    if grammar.name.is_empty() {
        rows.extend(COMMANDS.iter().map(|command| (format!("    {}", command.name), command.help)));
    } else {
        rows.extend(grammar.positionals.iter().map(|it| (format!("  {}", it.key), it.help)));
    }
    let shown: Vec<(String, &str)> = options(grammar).map(|word| (format!("  {}", names(word)), word.help)).collect();
    let longest = rows.iter().chain(&shown).map(|(name, _)| name.len() + 2).max().unwrap_or(0);
    let column = longest.min(HELP_COLUMN);
    let mut text = usage(program, grammar);
    if !rows.is_empty() {
        text.push_str("\npositional arguments:\n");
        if grammar.name.is_empty() {
            text.push_str(&format!("  {}\n", choices()));
        }
        rows.iter().for_each(|row| text.push_str(&entry(row, column)));
    }
    text.push_str("\noptions:\n");
    shown.iter().for_each(|row| text.push_str(&entry(row, column)));
    text
}

/// `alembic upgrade`, or `alembic`.
pub(super) fn path(program: &str, grammar: &Grammar) -> String {
    format!("{program} {}", grammar.name).trim_end().into()
}

/// `{branches,check,…}`.
pub(super) fn choices() -> String {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    format!("{{{}}}", names.join(","))
}

fn options(grammar: &Grammar) -> impl Iterator<Item = &'static Word> {
    std::iter::once(&HELP).chain(grammar.options.iter().copied())
}

fn positional_words(grammar: &Grammar) -> Vec<String> {
    if std::ptr::eq(grammar, &raw const PROGRAM) {
        return vec![choices(), "...".into()];
    }
    let word = |it: &super::grammar::Positional| if it.many { format!("{0} [{0} ...]", it.key) } else { it.key.into() };
    grammar.positionals.iter().map(word).collect()
}

fn signature(word: &Word, name: &str) -> String {
    match word.takes {
        Takes::Flag => name.into(),
        Takes::Value | Takes::Values => format!("{name} {}", word.key.to_uppercase()),
        Takes::Choice(choices) => format!("{name} {{{}}}", choices.join(",")),
    }
}

fn names(word: &Word) -> String {
    let names: Vec<String> = word.names.iter().map(|name| signature(word, name)).collect();
    names.join(", ")
}

/// Words in lines that begin with `first`, then with `indent`.
fn filled(first: &str, indent: &str, words: &[String]) -> String {
    let mut text = String::new();
    let mut line = first.trim_end_matches(' ').to_string();
    line.push_str(&" ".repeat(first.len() - line.len()));
    let mut empty = true;
    for word in words {
        if !empty && line.len() + 1 + word.len() > WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = indent.into();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    text + &line + "\n"
}

fn entry((name, help): &(String, &str), column: usize) -> String {
    let lines = wrapped(help, WIDTH - column);
    let mut text = name.clone();
    if name.len() + 2 > column {
        text.push('\n');
        text.push_str(&" ".repeat(column));
    } else {
        text.push_str(&" ".repeat(column - name.len()));
    }
    text.push_str(&lines.join(&format!("\n{}", " ".repeat(column))));
    text + "\n"
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}
