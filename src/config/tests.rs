//! What the configuration reads; the messages are those of CPython 3.11's `configparser`.

use super::{Config, toml};
use crate::host::{Files, memory::Memory};

fn config(files: &[(&str, &str)]) -> crate::error::Result<Config> {
    let host = Memory::without_databases();
    for (path, text) in files {
        Files::write(&host, &format!("/project/{path}"), text.as_bytes())?;
    }
    Config::read(&host, &[], "alembic")
}

fn check(ini: &str, key: &str, value: &str) {
    let given = config(&[("alembic.ini", ini)]).and_then(|config| config.option(key));
    let given = given.map_or_else(|error| format!("! {error}"), |value| value.unwrap_or_else(|| "-".into()));
    assert_eq!(given, value, "{ini}");
}

#[test]
fn values() {
    check("[alembic]\nscript_location = %(here)s/migrations\n", "script_location", "/project/migrations");
    check("[alembic]\nfile_template = %%(rev)s_%%(slug)s", "file_template", "%(rev)s_%(slug)s");
    check("[alembic]\na = 1\nb = %(a)s%(A)s", "B", "11");
    check("[alembic]\na: 1", "a", "1");
    check("[alembic]\na =\n  x\n\n  y\n# note\n  z\nb = 2", "a", "\nx\n\ny\nz");
    check("[alembic]\na = # no comment", "a", "# no comment");
    check("[alembic]\n; note\n# note\n", "a", "-");
    check("[DEFAULT]\na = 1\n[alembic]\nb = %(a)s", "b", "1");
    check("[other]\na = 1", "a", "-");
    check("[alembic]\na = x = y", "a", "x = y");
}

#[test]
fn faults() {
    check(
        "[alembic]\na = 5%",
        "a",
        "! configparser.InterpolationSyntaxError: '%' must be followed by '%' or '(', found: '%'",
    );
    check(
        "[alembic]\nurl = p%40ss",
        "url",
        "! configparser.InterpolationSyntaxError: '%' must be followed by '%' or '(', found: '%40ss'",
    );
    check(
        "[alembic]\na = %(b)s",
        "a",
        "! configparser.InterpolationMissingOptionError: Bad value substitution: option 'a' in section 'alembic' contains \
         an interpolation key 'b' which is not a valid option name. Raw value: '%(b)s'",
    );
    check(
        "a = 1",
        "a",
        "! configparser.MissingSectionHeaderError: File contains no section headers.\nfile: 'alembic.ini', line: 1\n'a = 1\\n'",
    );
    check(
        "[alembic]\nwhat",
        "a",
        "! configparser.ParsingError: Source contains parsing errors: 'alembic.ini'\n\t[line  2]: 'what\\n'",
    );
    check(
        "[alembic]\na=1\na=2",
        "a",
        "! configparser.DuplicateOptionError: While reading from 'alembic.ini' [line  3]: option 'a' in section 'alembic' already exists",
    );
    check(
        "[alembic]\n[alembic]",
        "a",
        "! configparser.DuplicateSectionError: While reading from 'alembic.ini' [line  2]: section 'alembic' already exists",
    );
}

#[test]
fn paths() {
    let list = |ini: &str| config(&[("alembic.ini", ini)]).and_then(|it| it.version_locations()).expect("it is right");
    let two = Some(vec!["/project/a".to_string(), "/b".to_string()]);
    assert_eq!(list("[alembic]\npath_separator = os\nversion_locations = %(here)s/a:/b"), two);
    assert_eq!(list("[alembic]\npath_separator = newline\nversion_locations =\n  a\n  /b"), two);
    assert_eq!(list("[alembic]\nversion_locations = a, /b"), two);
    assert_eq!(list("[alembic]"), None);
}

#[test]
fn pyproject() {
    let text = r#"
[build-system]
requires = ["a", # why
            'b']
[tool.alembic]
script_location = "%(here)s/alembic"
prepend_sys_path = ["."]
recursive_version_locations = true
truncate_slug_length = 1_0
[[tool.alembic.post_write_hooks]]
name = "ruff"
type = "module"
inline = "x"
"#;
    let config = config(&[("pyproject.toml", text)]).expect("it is right");
    assert_eq!(config.script_location().expect("it is there"), "/project/alembic");
    assert_eq!(config.prepend_sys_path().expect("it is there"), ["."]);
    assert!(config.flag("recursive_version_locations").expect("it is a truth value"));
    assert_eq!(config.option("truncate_slug_length").expect("it is there").as_deref(), Some("10"));
    let hooks = config.post_write_hooks().expect("they are there");
    assert_eq!((&hooks[0].name[..], hooks[0].options.len()), ("ruff", 2));
    assert_eq!(
        toml::read("a = {b = 1, c.d = \"\\u0041\"}").expect("it is right").get("a").and_then(|a| a.get("b")),
        Some(&toml::Value::Integer(1))
    );
    assert!(toml::read("a = \n").is_err());
}
