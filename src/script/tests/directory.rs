//! Revision files: what is read of them, and how new ones are named and placed.

use crate::{
    config::Config,
    error::Result,
    host::{Files, memory::Memory},
    script::{Directory, Graph, Header, Names, Wish, date::Date, header, header::Reading},
};

fn project(ini: &str, files: &[(&str, &str)]) -> (Memory, Config) {
    let host = Memory::without_databases();
    let ini = format!("[alembic]\nscript_location = %(here)s/migrations\npath_separator = os\n{ini}");
    for (path, text) in files.iter().chain([&("alembic.ini", &ini[..]), &("migrations/env.py", "")]) {
        let path = format!("/project/{path}");
        host.create_folder(crate::config::parent(&path)).expect("a memory host makes folders");
        Files::write(&host, &path, text.as_bytes()).expect("a memory host writes files");
    }
    let config = Config::read(&host, &[], "alembic").expect("the ini file is right");
    (host, config)
}

fn graph(host: &Memory, config: &Config) -> Result<Graph> {
    let directory = Directory::open(host, config)?;
    directory.graph(host, &mut |_, _| Ok(Header { revision: Some("ran".into()), ..Header::default() }))
}

fn check_header(source: &str, expected: &str) {
    let given = match header::read(source, "a.py") {
        Reading::Computed => "computed".into(),
        Reading::Broken(it) => format!("{}:{}: {}", it.span.line, it.span.column, it.message),
        Reading::Known(it) => {
            format!("{:?} {:?} {:?} {:?} {}", it.revision, it.down_revision, it.depends_on, it.branch_labels, it.doc)
        }
    };
    assert_eq!(given, expected, "{source}");
}

#[test]
fn headers() {
    check_header(
        "'''\n doc\n\nmore\n'''\nrevision = 'a'\ndown_revision = None",
        "Some(\"a\") Some([]) [] [] doc\n\nmore",
    );
    check_header(
        "'''doc\r\n\r\nmore'''\r\nrevision = 'a'\r\ndown_revision = None",
        "Some(\"a\") Some([]) [] [] doc\n\nmore",
    );
    check_header("revision: str = 'a' 'b'\ndown_revision: X = ('c', 'd')", "Some(\"ab\") Some([\"c\", \"d\"]) [] [] ");
    check_header(
        "revision = down_revision = 'a'\ndepends_on = ['x']\nbranch_labels = ('l',)",
        "Some(\"a\") Some([\"a\"]) [\"x\"] [\"l\"] ",
    );
    check_header(
        "R = 'a'\nrevision = R\ndown_revision = ()\ndef f(:",
        "4:6: Expected a parameter or the end of the parameter list",
    );
    check_header("revision = make()\ndown_revision = None", "computed");
    check_header("revision = 'a'\nif x:\n    down_revision = None", "computed");
    check_header("revision = 'a'", "Some(\"a\") None [] [] ");
    check_header(&format!("revision = {}", "(".repeat(3000)), "computed");
}

fn check_name(ini: &str, message: &str, name: &str) {
    let (host, config) = project(ini, &[]);
    let directory = Directory::open(&host, &config).expect("the folder is there");
    let date = Date { microseconds: 1_795_452_330_688_638, offset: 0, aware: false };
    assert_eq!(directory.file_name("zz9", message, &date).unwrap_or_else(|error| error.to_string()), name);
}

#[test]
fn names_of_files() {
    check_name("", "create account table", "zz9_create_account_table.py");
    check_name("", "", "zz9_.py");
    check_name("", "Second one's \"quoted\"!", "zz9_second_one_s_quoted.py");
    check_name(
        "",
        "this is a very long message with many words in it",
        "zz9_this_is_a_very_long_message_with_many_.py",
    );
    check_name("truncate_slug_length = 10", "a very long message", "zz9_a_very_.py");
    check_name(
        "file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s",
        "é ü",
        "2026_11_23_1645-zz9_é_ü.py",
    );
    check_name("file_template = %%(year)s/%%(epoch)s_%%(rev)s", "x", "2026/1795452330_zz9.py");
    check_name("file_template = %%(what)s", "x", "file_template: there is no token 'what'");
}

#[test]
fn dates() {
    let shown = |microseconds, offset, aware| Date { microseconds, offset, aware }.to_string();
    assert_eq!(shown(1_795_452_330_688_638, 0, false), "2026-11-23 16:45:30.688638");
    assert_eq!(shown(951_782_400_000_000, -5 * 3600, true), "2000-02-28 19:00:00-05:00");
    let now =
        |zone| Date::now(&Memory::without_databases(), zone).map_or_else(|it| it.to_string(), |it| it.to_string());
    assert_eq!(now(Some("utc")), "1970-01-01 00:00:00+00:00");
    assert_eq!(now(Some("Etc/GMT-2")), "1970-01-01 02:00:00+02:00");
    assert_eq!(now(Some("nowhere")), "Can't locate timezone: nowhere");
}

#[test]
fn files_in_order() {
    let file = |id: &str, down: &str| format!("\"\"\"{id}\"\"\"\nrevision = {id:?}\ndown_revision = {down}\n");
    let files = [
        ("migrations/versions/b.py", &file("b", "'a'")[..]),
        ("migrations/versions/a.py", &file("a", "None")),
        ("migrations/versions/notes.txt", "no revision"),
        ("migrations/versions/__init__.py", ""),
        ("migrations/versions/deeper/c.py", &file("c", "'b'")),
    ];
    let heads = |ini| {
        let (host, config) = project(ini, &files);
        let graph = graph(&host, &config).expect("the files are right");
        let all: Vec<String> = graph.revisions().map(|it| format!("{} {}", it.id, it.path)).collect();
        (graph.current_head().expect("there is one").map(String::from), all)
    };
    let (head, all) = heads("");
    assert_eq!(head.as_deref(), Some("b"));
    assert_eq!(all, ["a /project/migrations/versions/a.py", "b /project/migrations/versions/b.py"]);
    assert_eq!(heads("recursive_version_locations = true").0.as_deref(), Some("c"));
}

fn check_fault(path: &str, source: &str, message: &str) {
    let (host, config) = project("", &[(path, source)]);
    let error = graph(&host, &config).map(|_| ()).expect_err("the file is wrong");
    assert_eq!(error.to_string(), message);
}

#[test]
fn faults() {
    check_fault(
        "migrations/versions/x.py",
        "down_revision = None",
        "Could not determine revision id from filename x.py. Be sure the 'revision' variable is declared inside the script \
         (please see 'Upgrading from Alembic 0.1 to 0.2' in the documentation).",
    );
    check_fault(
        "migrations/versions/x.py",
        "revision = 'a'",
        "AttributeError: module 'x_py' has no attribute 'down_revision'",
    );
    check_fault(
        "migrations/versions/x.py",
        "\"\"\"doc\"\"\"\nrevision = 'a'\ndown_revision = 'b'",
        "Revision b referenced from b -> a (head), doc is not present",
    );
    check_fault("migrations/versions/x.py", "revision = ", "SyntaxError: Expected an expression (x.py, line 1)");
}

fn check_draft(wish: Wish, expected: &str) {
    let file = |id: &str, down: &str| format!("revision = {id:?}\ndown_revision = {down}\nbranch_labels = 'l{id}'\n");
    let files = [
        ("migrations/versions/a.py", &file("aaaa", "None")[..]),
        ("migrations/versions/b.py", &file("bbbb", "'aaaa'")),
        ("migrations/versions/c.py", &file("cccc", "'aaaa'")),
    ];
    let (host, config) = project("", &files);
    let directory = Directory::open(&host, &config).expect("the folder is there");
    let graph = graph(&host, &config).expect("the files are right");
    let date = Date { microseconds: 0, offset: 0, aware: false };
    let draft = directory.draft(&graph, &Wish { id: "dddd".into(), ..wish }, date, "/project");
    let texts = |names: &Names| format!("{} [{}]", names.repr(), names.comma());
    let given = draft.map(|it| {
        let name = it.path.rsplit('/').next().unwrap_or_default();
        format!("{name} {} {} {}", texts(&it.down), it.branch_labels.repr(), it.depends_on.repr())
    });
    assert_eq!(given.unwrap_or_else(|error| error.to_string()), expected);
}

#[test]
fn drafts() {
    let heads = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect());
    let wish = || Wish { heads: heads(&["bbbb"]), message: Some("m".into()), ..Wish::default() };
    check_draft(wish(), "dddd_m.py 'bbbb' [bbbb] None None");
    check_draft(
        Wish::default(),
        "Multiple heads are present; please specify the head revision on which the new revision should be based, or \
         perform a merge.",
    );
    check_draft(Wish { heads: heads(&["heads"]), ..wish() }, "dddd_m.py ('bbbb', 'cccc') [bbbb, cccc] None None");
    check_draft(Wish { heads: heads(&["base"]), ..wish() }, "dddd_m.py None [] None None");
    check_draft(
        Wish { heads: heads(&["aaaa"]), ..wish() },
        "Revision aaaa is not a head revision; please specify --splice to create a new branch from this revision",
    );
    check_draft(Wish { heads: heads(&["bbbb", "bbb"]), ..wish() }, "Duplicate head revisions specified");
    check_draft(
        Wish { branch_labels: vec!["x".into()], depends_on: vec!["lcccc".into(), "aaa".into()], ..wish() },
        "dddd_m.py 'bbbb' [bbbb] ('x',) ['lcccc', 'aaaa']",
    );
    check_draft(
        Wish { version_path: Some("elsewhere".into()), ..wish() },
        "Path elsewhere is not represented in current version locations",
    );
}
