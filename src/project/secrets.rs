//! What should not travel: `.env` files, and passwords in URLs.

use super::Project;
use serde::{Deserialize, Serialize};

/// Something in a project that is probably secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// The file that holds it.
    pub file: String,
    /// The line, from 1; 0 is the whole file.
    pub line: u32,
    /// What it is, without showing it: "password of retort at db.example".
    pub what: String,
}

/// Everything in the project that looks secret.
pub fn find(project: &Project) -> Vec<Secret> {
    project.files.iter().flat_map(|(file, text)| in_file(file, text)).collect()
}

/// The project without its secrets: `.env` files are left out, passwords in URLs become `***`.
pub fn without(project: &Project) -> Project {
    let mut clean = project.clone();
    clean.files.retain(|file, _| !is_env_file(file));
    for text in clean.files.values_mut() {
        *text = masked(text);
    }
    clean
}

fn is_env_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == ".env" || (name.starts_with(".env.") && !name.ends_with(".example"))
}

fn in_file(file: &str, text: &str) -> Vec<Secret> {
    if is_env_file(file) {
        let what = "environment settings, kept out as a whole".to_string();
        return vec![Secret { file: file.into(), line: 0, what }];
    }
    let lines = text.lines().zip(1..);
    let found = lines.flat_map(|(line, number)| passwords(line).into_iter().map(move |found| (line, number, found)));
    found
        .map(|(line, number, found)| {
            let (user, host) = (&line[found.user.clone()], &line[found.host]);
            Secret { file: file.into(), line: number, what: format!("password of {user} at {host}") }
        })
        .collect()
}

fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        for found in passwords(line) {
            out.push_str(&line[from..found.password.start]);
            out.push_str("***");
            from = found.password.end;
        }
        out.push_str(&line[from..]);
    }
    out
}

/// The parts of `scheme://user:password@host` in a line.
struct Found {
    user: std::ops::Range<usize>,
    password: std::ops::Range<usize>,
    host: std::ops::Range<usize>,
}

fn passwords(line: &str) -> Vec<Found> {
    line.match_indices("://").filter_map(|(at, _)| password_after(line, at + 3)).collect()
}

// A password in braces is an f-string's field, a `%(name)s` an ini's: the secret itself stands elsewhere.
fn password_after(line: &str, start: usize) -> Option<Found> {
    let rest = &line[start..];
    let end = rest.find(|c: char| c.is_whitespace() || "/\"'`<>".contains(c)).unwrap_or(rest.len());
    let authority = &rest[..end];
    let at = authority.rfind('@')?;
    let colon = authority[..at].find(':')?;
    let password = &authority[colon + 1..at];
    let shown = password.is_empty() || password.contains(['{', '}']) || password.starts_with("%(") || password == "***";
    let host_end = authority[at + 1..].find([':', '?']).map_or(end, |length| at + 1 + length);
    (!shown).then(|| Found {
        user: start..start + colon,
        password: start + colon + 1..start + at,
        host: start + at + 1..start + host_end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(masked(line), expected);
    }

    #[test]
    fn passwords_in_urls_are_masked_and_templates_are_not() {
        check(
            "url = postgresql://postgres:12345@localhost/postgres",
            "url = postgresql://postgres:***@localhost/postgres",
        );
        check("'mysql://u:p@h/d' and 'x://a:b@c'", "'mysql://u:***@h/d' and 'x://a:***@c'");
        check("f\"postgresql://{USER}:{PASSWORD}@{HOST}/{DB}\"", "f\"postgresql://{USER}:{PASSWORD}@{HOST}/{DB}\"");
        check("sqlite:///./database.db", "sqlite:///./database.db");
        check("see https://example.com:80/a@b", "see https://example.com:80/a@b");
    }

    #[test]
    fn environment_files_are_named_and_left_out() {
        let mut project = Project::default();
        project.files.insert("backend/.env".into(), "POSTGRES_PASSWORD=x\n".into());
        project.files.insert(".env.example".into(), "POSTGRES_PASSWORD=\n".into());
        assert_eq!(find(&project).iter().map(|secret| secret.file.as_str()).collect::<Vec<_>>(), ["backend/.env"]);
        assert_eq!(without(&project).files.into_keys().collect::<Vec<_>>(), [".env.example"]);
    }
}
