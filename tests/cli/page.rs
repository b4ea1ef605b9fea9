//! Our own sessions: a heading is a session, blocks with a path are files, `console` blocks are commands and what they say.

use super::terminal::Terminal;
use retort::database::guard::Guard;
use retort::database::sqlite::Sqlite;
use retort::host::Connection;
use retort::schema::Literal;
use std::path::Path;

/// Where a page's sessions go otherwise than written. With `BLESS=1` the page is written anew instead.
pub(super) fn differences(page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(page).expect("a page can be read");
    let (mut found, mut blessed) = (Vec::new(), String::new());
    let mut terminal = Terminal::new(None);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        blessed += &format!("{line}\n");
        if line.starts_with("## ") {
            terminal = Terminal::new(None);
        } else if let Some(project) = line.strip_prefix("Project: ") {
            terminal = Terminal::new(Some(project));
        } else if let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let ours = block(&terminal, info, &body);
            if ours != body {
                found.push(format!(
                    "{}:\n  written:\n{}\n  ours:\n{}",
                    page.display(),
                    body.join("\n"),
                    ours.join("\n")
                ));
            }
            blessed += &format!("{}\n```\n", ours.join("\n"));
        }
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(page, blessed).expect("a page can be written");
        return Vec::new();
    }
    found
}

fn block(terminal: &Terminal, info: &str, body: &[&str]) -> Vec<String> {
    match info.split_once(' ') {
        None if info == "console" => console(terminal, body),
        Some((_, path)) => {
            terminal.write(path, &format!("{}\n", body.join("\n")));
            body.iter().map(ToString::to_string).collect()
        }
        None => body.iter().map(ToString::to_string).collect(),
    }
}

/// The commands of a block, each with what it says: `e| ` before the lines of standard error, `rc=` where it is not 0.
fn console(terminal: &Terminal, body: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for line in body.iter().filter_map(|line| line.strip_prefix("$ ")) {
        lines.push(format!("$ {line}"));
        if let Some(sql) = line.strip_prefix("sqlite3 ") {
            lines
                .extend(query(terminal, sql).unwrap_or_else(|error| vec![vec![error]]).iter().map(|row| row.join("|")));
            continue;
        }
        let said = terminal.run(line);
        lines.extend(said.out);
        lines.extend(said.err.iter().map(|line| format!("e| {line}").trim_end().to_string()));
        if said.code != 0 {
            lines.push(format!("rc={}", said.code));
        }
    }
    lines
}

/// Runs SQL on the project's database; cells as text.
pub(super) fn query(terminal: &Terminal, sql: &str) -> Result<Vec<Vec<String>>, String> {
    let file = terminal.only("db").ok_or("there is no database")?;
    let mut database = Sqlite::file(&file.to_string_lossy(), &Guard::default()).map_err(|error| error.message)?;
    let rows = database.execute(sql, &[]).map_err(|error| error.message)?.rows;
    let cell = |cell: &Literal| match cell {
        Literal::Null => "NULL".to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    Ok(rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}
