//! Where statements of SQL end.

/// What a scan stands in.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Plain,
    Quoted(char),
    LineComment,
    BlockComment,
}

/// The statements of a script, without their semicolons; empty ones are left out. A trigger's body holds semicolons of
/// its own, so a `CREATE … TRIGGER … BEGIN` ends only behind its
/// `END`.
pub fn statements(sql: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in ends(sql) {
        let piece = &sql[start..end];
        if is_trigger(piece) && !ends_trigger(piece) {
            continue;
        }
        found.push(piece.trim());
        start = end + 1;
    }
    found.push(sql[start.min(sql.len())..].trim());
    found.retain(|statement| has_words(statement));
    found
}

/// Whether what was typed so far is complete: it ends in a semicolon that is in no text, comment or trigger.
pub fn is_complete(sql: &str) -> bool {
    let Some(end) = ends(sql).last().copied() else {
        return !has_words(sql);
    };
    let tail = &sql[end + 1..];
    let last = &sql[..end];
    let begun = last.rfind("CREATE").or(last.rfind("create")).map_or("", |at| &last[at..]);
    !has_words(tail) && (!is_trigger(begun) || ends_trigger(begun))
}

/// The places of the semicolons that stand in no text and in no comment.
fn ends(sql: &str) -> Vec<usize> {
    let mut state = State::Plain;
    let mut ends = Vec::new();
    let mut before = ' ';
    let mut behind = 0;
    for (at, c) in sql.char_indices() {
        if at < behind {
            continue;
        }
        if state == State::Plain && c == '$' {
            behind = behind_dollars(&sql[at..]).map_or(at + 1, |length| at + length);
        }
        state = match (state, c) {
            (State::Plain, '\'' | '"' | '`') => State::Quoted(c),
            (State::Plain, '[') => State::Quoted(']'),
            (State::Plain, '-') if before == '-' => State::LineComment,
            (State::Plain, '*') if before == '/' => State::BlockComment,
            (State::Plain, ';') => {
                ends.push(at);
                State::Plain
            }
            (State::Quoted(quote), _) if c == quote => State::Plain,
            (State::LineComment, '\n') => State::Plain,
            (State::BlockComment, '/') if before == '*' => State::Plain,
            (state, _) => state,
        };
        before = c;
    }
    ends
}

/// How long a text of PostgreSQL's between `$$` or `$tag$` is; without its end it goes on to the last character.
fn behind_dollars(sql: &str) -> Option<usize> {
    let tag = sql[1..].find('$').map(|end| &sql[..end + 2])?;
    let is_tag = !tag[1..].starts_with(|c: char| c.is_ascii_digit())
        && tag[1..tag.len() - 1].chars().all(|c| c.is_alphanumeric() || c == '_');
    let end = is_tag.then(|| sql[tag.len()..].find(tag))?;
    Some(end.map_or(sql.len(), |end| end + 2 * tag.len()))
}

fn has_words(sql: &str) -> bool {
    let mut rest = sql.trim_start();
    while let Some(comment) = rest.strip_prefix("--") {
        rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
    }
    !rest.is_empty()
}

fn is_trigger(sql: &str) -> bool {
    let words: Vec<String> = sql.split_whitespace().take(4).map(str::to_ascii_lowercase).collect();
    let begins = || sql.split_whitespace().any(|word| word.eq_ignore_ascii_case("begin"));
    words.first().is_some_and(|word| word == "create") && words.iter().any(|word| word == "trigger") && begins()
}

fn ends_trigger(sql: &str) -> bool {
    let tail = sql.trim_end();
    let end = tail.len().saturating_sub(3);
    tail.is_char_boundary(end) && tail[end..].eq_ignore_ascii_case("end")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &[&str]) {
        assert_eq!(statements(sql), expected);
    }

    #[test]
    fn a_script_falls_into_its_statements() {
        check("SELECT ';'; SELECT 2", &["SELECT ';'", "SELECT 2"]);
        check("-- a; b\nSELECT 1;;", &["-- a; b\nSELECT 1"]);
        check("/* ; */ SELECT 1", &["/* ; */ SELECT 1"]);
        check(
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END; SELECT 1",
            &["CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END", "SELECT 1"],
        );
        check(
            "CREATE TRIGGER t BEFORE UPDATE ON a EXECUTE FUNCTION f(); SELECT 1",
            &["CREATE TRIGGER t BEFORE UPDATE ON a EXECUTE FUNCTION f()", "SELECT 1"],
        );
        check(
            "DO $x$ BEGIN; '; $$ END $x$; SELECT $1; SELECT 2",
            &["DO $x$ BEGIN; '; $$ END $x$", "SELECT $1", "SELECT 2"],
        );
    }

    #[test]
    fn a_statement_without_its_semicolon_goes_on() {
        assert!(is_complete("SELECT 1;"));
        assert!(!is_complete("SELECT 1"));
        assert!(!is_complete("SELECT ';"));
        assert!(!is_complete("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b;"));
        assert!(!is_complete("DO $$ BEGIN;"));
        assert!(is_complete("-- nothing"));
    }
}
