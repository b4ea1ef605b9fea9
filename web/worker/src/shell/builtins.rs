//! The shell's own commands. What would leave the project is refused; what does nothing here says so.

use super::line::{Builtin, NAMES};
use super::{Said, Then, paths};
use retort::host::memory::Memory;
use retort::host::{Entry, Environment, Files};

/// Runs one command.
pub fn run(builtin: Builtin, words: &[String], host: &Memory) -> Said {
    match builtin {
        Builtin::Cat => each(words, "cat", |path| cat(host, path)),
        Builtin::Ls => ls(words, host),
        Builtin::Cd => cd(words, host),
        Builtin::Pwd => Said::plain(format!("{}\n", host.working_directory())),
        Builtin::Mkdir => each(&operands(words), "mkdir", |path| mkdir(host, path)),
        Builtin::Rm => rm(words, host),
        Builtin::Mv => mv(&operands(words), host),
        Builtin::Touch => each(words, "touch", |path| touch(host, path)),
        Builtin::Echo => echo(words, host),
        Builtin::Python => python(words, host),
        Builtin::Sqlite3 => sqlite3(words, host),
        Builtin::Psql => Said { then: Then::Psql, ..Said::default() },
        Builtin::Pip => pip(words),
        Builtin::Virtualenv => Said::aside(VIRTUALENV),
        Builtin::Activate => Said::aside("Nothing to activate: alembic and sqlalchemy are always at hand here.\n"),
        Builtin::Deactivate => Said::aside("Nothing to deactivate: there is no virtual environment here.\n"),
        Builtin::Clear => Said { then: Then::Clear, ..Said::default() },
        Builtin::Undo => Said { then: Then::Undo, ..Said::default() },
        Builtin::Redo => Said { then: Then::Redo, ..Said::default() },
        Builtin::Help => Said::plain(help()),
        Builtin::Exit => Said::aside("This terminal stays open; the project is saved by itself.\n"),
    }
}

const VIRTUALENV: &str = "No environment is needed here: alembic, sqlalchemy and sqlmodel are part of Retort. \
On your own machine this makes a folder with a Python of its own, which `activate` then puts first on the PATH.\n";

fn help() -> String {
    let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    format!(
        "alembic COMMAND   migrations: alembic --help lists the commands\n\
         SELECT …          SQL, on this project's database\n\
         .tables .schema \\d TABLE    what the database holds; .help lists more\n\
         sqlite3 database.db         the database's own console\n\
         python models.py  runs a file\n\
         and: {}\n",
        names.join(" ")
    )
}

fn pip(words: &[String]) -> Said {
    let packages: Vec<&str> = words.iter().skip(1).filter(|word| !word.starts_with('-')).map(String::as_str).collect();
    if words.first().is_some_and(|word| word == "install") && !packages.is_empty() {
        return Said::aside(format!(
            "Nothing to install: {} {} here already, or stands in as far as migrations need it. \
             On your own machine this line installs {}.\n",
            packages.join(", "),
            if packages.len() == 1 { "is" } else { "are" },
            if packages.len() == 1 { "it" } else { "them" },
        ));
    }
    Said::aside("pip does nothing here: alembic, sqlalchemy and sqlmodel are part of Retort.\n")
}

fn operands(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !word.starts_with('-')).cloned().collect()
}

fn flag(words: &[String], letter: char) -> bool {
    words.iter().any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains(letter))
}

type Outcome = Result<String, String>;

fn each(words: &[String], name: &str, mut one: impl FnMut(&str) -> Outcome) -> Said {
    if words.is_empty() {
        return Said::wrong(format!("{name}: which file?\n"));
    }
    let mut said = Said::default();
    for word in words {
        let part = match one(word) {
            Ok(text) => Said::plain(text),
            Err(message) => Said::wrong(format!("{name}: {word}: {message}\n")),
        };
        said.inks.extend(part.inks);
    }
    said
}

fn at(host: &Memory, word: &str) -> String {
    paths::resolve(&host.working_directory(), word)
}

fn refusal(error: &retort::error::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(": ").map_or(text.clone(), |(_, message)| message.to_string())
}

fn cat(host: &Memory, word: &str) -> Outcome {
    let path = at(host, word);
    if host.entry(&path) == Some(Entry::Folder) {
        return Err("Is a directory".into());
    }
    let bytes = host.read(&path).map_err(|error| refusal(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| "is not text; `sqlite3` opens a database".to_string())?;
    Ok(if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" })
}

fn ls(words: &[String], host: &Memory) -> Said {
    let operands = operands(words);
    let operands = if operands.is_empty() { vec![".".to_string()] } else { operands };
    let long = flag(words, 'l');
    each(&operands, "ls", |word| list(host, word, flag(words, 'a'), long))
}

fn list(host: &Memory, word: &str, all: bool, long: bool) -> Outcome {
    let path = at(host, word);
    if host.entry(&path) == Some(Entry::File) {
        return Ok(format!("{word}\n"));
    }
    let names = host.list(&path).map_err(|error| refusal(&error))?;
    let shown = names.into_iter().filter(|name| all || !name.starts_with('.'));
    let marked: Vec<String> = shown
        .map(|name| match host.entry(&format!("{}/{name}", path.trim_end_matches('/'))) {
            Some(Entry::Folder) => name + "/",
            _ => name,
        })
        .collect();
    let end = if marked.is_empty() { "" } else { "\n" };
    Ok(marked.join(if long { "\n" } else { "  " }) + end)
}

fn cd(words: &[String], host: &Memory) -> Said {
    let word = words.first().map_or("~", String::as_str);
    let path = at(host, word);
    match host.entry(&path) {
        Some(Entry::Folder) if path == paths::ROOT || paths::relative(&path).is_some() => {
            host.set_working_directory(&path);
            Said::default()
        }
        Some(Entry::Folder) => Said::wrong(format!("cd: {word}: outside of the project\n")),
        Some(Entry::File) => Said::wrong(format!("cd: {word}: Not a directory\n")),
        None => Said::wrong(format!("cd: {word}: No such file or directory\n")),
    }
}

// Everything that is written stays below the project, since only that is saved and shared.
fn inside(path: &str) -> Result<(), String> {
    paths::relative(path).map(drop).ok_or_else(|| "outside of the project".to_string())
}

fn mkdir(host: &Memory, word: &str) -> Outcome {
    let path = at(host, word);
    inside(&path)?;
    if host.entry(&path).is_some() {
        return Err("File exists".into());
    }
    host.create_folder(&path).map(|()| String::new()).map_err(|error| refusal(&error))
}

fn rm(words: &[String], host: &Memory) -> Said {
    let (deep, force) = (flag(words, 'r') || flag(words, 'R'), flag(words, 'f'));
    each(&operands(words), "rm", |word| {
        let path = at(host, word);
        inside(&path)?;
        match host.entry(&path) {
            None if force => Ok(String::new()),
            Some(Entry::Folder) if deep => {
                host.remove_tree(&path);
                Ok(String::new())
            }
            Some(Entry::Folder) => Err("Is a directory; rm -r removes it with what it holds".into()),
            _ => host.remove(&path).map(|()| String::new()).map_err(|error| refusal(&error)),
        }
    })
}

fn mv(words: &[String], host: &Memory) -> Said {
    let [from, to] = words else {
        return Said::wrong("mv: from which file, to which name?\n");
    };
    each(std::slice::from_ref(from), "mv", |word| {
        let (source, target) = (at(host, word), at(host, to));
        let folder = host.entry(&target) == Some(Entry::Folder);
        let name = source.rsplit('/').next().unwrap_or_default();
        let target = if folder { format!("{target}/{name}") } else { target };
        inside(&target)?;
        let bytes = host.read(&source).map_err(|error| refusal(&error))?;
        host.write(&target, &bytes).and_then(|()| host.remove(&source)).map_err(|error| refusal(&error))?;
        Ok(String::new())
    })
}

fn touch(host: &Memory, word: &str) -> Outcome {
    let path = at(host, word);
    inside(&path)?;
    if host.entry(&path).is_none() {
        host.write(&path, b"").map_err(|error| refusal(&error))?;
    }
    Ok(String::new())
}

// `echo text > file` and `>>`, since that is how many tutorials make files.
fn echo(words: &[String], host: &Memory) -> Said {
    let Some(arrow) = words.iter().position(|word| word == ">" || word == ">>") else {
        return Said::plain(words.join(" ") + "\n");
    };
    let text = words[..arrow].join(" ") + "\n";
    each(&words[arrow + 1..], "echo", |word| {
        let path = at(host, word);
        inside(&path)?;
        let before = if words[arrow] == ">>" { host.read(&path).unwrap_or_default() } else { Vec::new() };
        host.write(&path, &[before, text.clone().into_bytes()].concat()).map_err(|error| refusal(&error))?;
        Ok(String::new())
    })
}

fn python(words: &[String], host: &Memory) -> Said {
    match words.first().map(String::as_str) {
        None => Said::aside("There is no interactive Python here; `python models.py` runs a file.\n"),
        Some("--version" | "-V") => Said::plain("Python 3.14 (Retort's own)\n"),
        Some("-c") => Said::aside("`python -c` does not work here; write a file and run it.\n"),
        Some(word) => match host.entry(&at(host, word)) {
            Some(Entry::File) => Said { then: Then::Python(at(host, word)), ..Said::default() },
            _ => Said::wrong(format!(
                "python: can't open file '{}': [Errno 2] No such file or directory\n",
                at(host, word)
            )),
        },
    }
}

fn sqlite3(words: &[String], host: &Memory) -> Said {
    match operands(words).first() {
        Some(word) => Said { then: Then::Console(at(host, word)), ..Said::default() },
        None => Said::wrong("sqlite3: which database? `sqlite3 database.db`\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::{Line, read};
    use super::*;

    /// Types lines, and compares what stands in the terminal afterwards.
    fn check(session: &str) {
        let host = Memory::without_databases();
        let mut shown = String::new();
        for line in session.lines().filter(|line| line.starts_with("$ ")) {
            shown.push_str(&format!("{line}\n"));
            if let Line::Builtin(builtin, words) = read(line) {
                let said = run(builtin, &words, &host);
                said.inks.iter().for_each(|ink| shown.push_str(&ink.text));
            }
        }
        assert_eq!(shown, session);
    }

    #[test]
    fn files_can_be_made_looked_at_and_removed() {
        check(
            "$ mkdir app
$ echo 'x = 1' > app/a.py
$ cat app/a.py
x = 1
$ ls
app/
$ cd app
$ pwd
/project/app
$ mv a.py b.py
$ ls
b.py
$ cd ..
$ rm app
rm: app: Is a directory; rm -r removes it with what it holds
$ rm -r app
$ ls
$ cat gone
cat: gone: No such file or directory
$ cd ..
cd: ..: outside of the project
",
        );
    }
}
