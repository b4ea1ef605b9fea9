//! Paths as the shell reads them.

/// The folder in which every project lives; what the prompt calls home.
pub const ROOT: &str = "/project";

/// The absolute, normalised path that a word names when one stands in `folder`. `~` is the project.
pub fn resolve(folder: &str, word: &str) -> String {
    let word = word.replace('\\', "/");
    let whole = match word.strip_prefix('~') {
        Some(rest) => format!("{ROOT}/{rest}"),
        None if word.starts_with('/') => word,
        None => format!("{folder}/{word}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// A path below the project's folder, as the page names it.
pub fn relative(path: &str) -> Option<&str> {
    path.strip_prefix(ROOT)?.strip_prefix('/')
}

/// The absolute path of a file that the page names.
pub fn absolute(path: &str) -> String {
    format!("{ROOT}/{path}")
}

/// The folder that holds a path.
pub fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(at) => &path[..at],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_paths() {
        assert_eq!(resolve("/project/app", "../models.py"), "/project/models.py");
        assert_eq!(resolve("/project", "./a//b/."), "/project/a/b");
        assert_eq!(resolve("/project", "~"), "/project");
        assert_eq!(resolve("/", "../.."), "/");
    }
}
