//! A line of the terminal, read: which of the known commands it is.

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Empty,
    /// `alembic …` or `retort …`: the words behind it.
    Alembic(Vec<String>),
    /// A command of the shell itself, by its name, with its words.
    Builtin(Builtin, Vec<String>),
    /// SQL at the shell's own prompt.
    Sql(String),
    /// `.tables` and its kin, `\d` and its kin: of the console, understood at any prompt.
    Meta(String),
    /// A quote that does not end.
    Unfinished,
    /// A name that nothing answers to.
    Unknown(String),
}

/// The shell's own commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builtin {
    /// Shows files.
    Cat,
    /// Lists a folder.
    Ls,
    /// Goes to a folder.
    Cd,
    /// Says where one is.
    Pwd,
    /// Makes folders.
    Mkdir,
    /// Removes files.
    Rm,
    /// Moves a file.
    Mv,
    /// Makes an empty file.
    Touch,
    /// Prints its words.
    Echo,
    /// Runs a Python file.
    Python,
    /// Opens the console of a database.
    Sqlite3,
    /// `psql`, the console of PostgreSQL.
    Psql,
    /// Explained; does nothing here.
    Pip,
    /// Explained; does nothing here.
    Virtualenv,
    /// Explained; does nothing here.
    Activate,
    /// Explained; does nothing here.
    Deactivate,
    /// Takes back what was done last.
    Undo,
    /// Does it again.
    Redo,
    /// Empties the terminal.
    Clear,
    /// Says what can be typed.
    Help,
    /// There is nothing to leave.
    Exit,
}

/// Every name that the shell answers to, sorted, for completion and for "did you mean".
pub const NAMES: &[(&str, Builtin)] = &[
    ("activate", Builtin::Activate),
    ("cat", Builtin::Cat),
    ("cd", Builtin::Cd),
    ("clear", Builtin::Clear),
    ("deactivate", Builtin::Deactivate),
    ("dir", Builtin::Ls),
    ("echo", Builtin::Echo),
    ("exit", Builtin::Exit),
    ("help", Builtin::Help),
    ("ls", Builtin::Ls),
    ("mkdir", Builtin::Mkdir),
    ("mv", Builtin::Mv),
    ("pip", Builtin::Pip),
    ("pip3", Builtin::Pip),
    ("psql", Builtin::Psql),
    ("pwd", Builtin::Pwd),
    ("python", Builtin::Python),
    ("python3", Builtin::Python),
    ("redo", Builtin::Redo),
    ("rm", Builtin::Rm),
    ("sqlite3", Builtin::Sqlite3),
    ("touch", Builtin::Touch),
    ("type", Builtin::Cat),
    ("undo", Builtin::Undo),
    ("virtualenv", Builtin::Virtualenv),
];

/// The words with which a statement of SQL begins.
const SQL: &[&str] = &[
    "alter",
    "analyze",
    "begin",
    "commit",
    "create",
    "delete",
    "drop",
    "end",
    "explain",
    "insert",
    "pragma",
    "reindex",
    "release",
    "replace",
    "rollback",
    "savepoint",
    "select",
    "update",
    "vacuum",
    "values",
    "with",
];

/// Reads a line; a prompt that was pasted along with it is taken off.
pub fn read(line: &str) -> Line {
    let line = without_prompt(line.trim());
    if line.is_empty() || line.starts_with('#') {
        return Line::Empty;
    }
    if line.starts_with('\\') || (line.starts_with('.') && line[1..].starts_with(|c: char| c.is_ascii_alphabetic())) {
        return Line::Meta(line.into());
    }
    if is_sql(line) {
        return Line::Sql(line.into());
    }
    if is_activation(line) {
        return Line::Builtin(Builtin::Activate, vec![line.into()]);
    }
    let Some(words) = shlex::split(line) else {
        return Line::Unfinished;
    };
    command(words)
}

fn command(mut words: Vec<String>) -> Line {
    let Some(name) = (!words.is_empty()).then(|| words.remove(0)) else {
        return Line::Empty;
    };
    if name == "alembic" || name == "retort" {
        return Line::Alembic(words);
    }
    if is_python(&name) && words.first().is_some_and(|word| word == "-m") && words.len() > 1 {
        return command(words.split_off(1));
    }
    match NAMES.iter().find(|(known, _)| *known == name) {
        Some((_, builtin)) => Line::Builtin(*builtin, words),
        None if name == "venv" => Line::Builtin(Builtin::Virtualenv, words),
        None => Line::Unknown(name),
    }
}

fn is_python(name: &str) -> bool {
    matches!(name, "python" | "python3" | "py")
}

// Tutorials show prompts: "$ alembic …", "(env) cmd>alembic …", "sqlite> SELECT …".
fn without_prompt(line: &str) -> &str {
    let line = line.strip_prefix("(env)").or(line.strip_prefix("(venv)")).unwrap_or(line).trim_start();
    for prompt in ["$ ", "cmd>", "sqlite> ", "sqlite>", "postgres=# ", "> "] {
        if let Some(rest) = line.strip_prefix(prompt) {
            return rest.trim_start();
        }
    }
    line
}

/// Whether a line begins as a statement of SQL does.
pub fn is_sql(line: &str) -> bool {
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    let word = line[..end].to_ascii_lowercase();
    let follows = line[end..].chars().next().is_none_or(|c| c.is_whitespace() || c == ';' || c == '(');
    follows && SQL.contains(&word.as_str())
}

// `source env/bin/activate`, `. env/bin/activate`, and Windows' `env\Scripts\activate`, whose backslashes are no escapes.
fn is_activation(line: &str) -> bool {
    let script = line.strip_prefix("source ").or(line.strip_prefix(". ")).unwrap_or(line).trim();
    let script = script.trim_end_matches(".bat").trim_end_matches(".ps1").trim_end_matches(".fish");
    !script.contains(' ') && script.ends_with("activate") && script.contains(['/', '\\'])
}

/// The known name nearest to a mistyped one, if it is near at all.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.into_iter().map(|other| (distance(name, other), other));
    scored.filter(|(far, other)| *far <= 1 + other.len() / 4).min().map(|(_, other)| other)
}

// Levenshtein, with a swap of neighbours counted as one slip.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, far) | (far, 0) => far,
                _ => step(&rows, &a, &b, i, j),
            };
        }
    }
    rows[a.len()][b.len()]
}

fn step(rows: &[Vec<usize>], a: &[char], b: &[char], i: usize, j: usize) -> usize {
    let same = usize::from(a[i - 1] != b[j - 1]);
    let best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    if swapped { best.min(rows[i - 2][j - 2] + 1) } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alembic(line: &str, words: &[&str]) {
        assert_eq!(read(line), Line::Alembic(words.iter().map(ToString::to_string).collect()), "{line}");
    }

    #[test]
    fn the_tutorials_lines_are_understood_with_their_prompts() {
        alembic("$ alembic init migrations", &["init", "migrations"]);
        alembic(
            "(env) cmd>alembic revision --autogenerate -m \"first version\"",
            &["revision", "--autogenerate", "-m", "first version"],
        );
        alembic("(env) cmd> alembic upgrade head", &["upgrade", "head"]);
        alembic("python -m alembic downgrade -1", &["downgrade", "-1"]);
        assert!(matches!(read("cmd>env\\Scripts\\activate"), Line::Builtin(Builtin::Activate, _)));
        assert!(matches!(read("source env/bin/activate"), Line::Builtin(Builtin::Activate, _)));
        assert!(matches!(read("cmd>virtualenv env"), Line::Builtin(Builtin::Virtualenv, _)));
        assert!(matches!(read("(env) cmd>pip install psycopg2-binary"), Line::Builtin(Builtin::Pip, _)));
    }

    #[test]
    fn sql_and_console_commands_are_understood_at_the_shell() {
        assert_eq!(read("SELECT 1"), Line::Sql("SELECT 1".into()));
        assert_eq!(read("\\d seller"), Line::Meta("\\d seller".into()));
        assert_eq!(read(".tables"), Line::Meta(".tables".into()));
        assert_eq!(read("echo 'open"), Line::Unfinished);
        assert_eq!(read("selector"), Line::Unknown("selector".into()));
    }

    #[test]
    fn a_slip_finds_its_neighbour() {
        assert_eq!(nearest("almebic", ["alembic", "cat"]), Some("alembic"));
        assert_eq!(nearest("zebra", ["alembic", "cat"]), None);
    }
}
