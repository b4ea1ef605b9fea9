//! Zips as nobody should make them: what is wrong is said, and nothing of them is inflated beyond what they promise.

use retort::project::archive;
use std::io::Write;

/// An entry as the zip describes it, true or not.
#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    packed: Vec<u8>,
    crc: u32,
    size: u32,
    flags: u16,
    method: u16,
    mode: u32,
}

fn file(name: &str, text: impl AsRef<[u8]>) -> Entry {
    let text = text.as_ref();
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text).expect("memory takes bytes");
    let packed = packed.finish().expect("memory takes bytes");
    let name = name.as_bytes().to_vec();
    Entry { name, packed, crc: rawzip::crc32(text), size: text.len() as u32, flags: 0, method: 8, mode: 0o100_644 }
}

/// The zip of `entries`, and where its table of contents begins.
fn zip(entries: &[Entry]) -> (Vec<u8>, usize) {
    let (mut bytes, mut table) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = bytes.len() as u32;
        let shared = [20, entry.flags, entry.method, 0, 0].map(u16::to_le_bytes).concat();
        let sizes = [entry.crc, entry.packed.len() as u32, entry.size].map(u32::to_le_bytes).concat();
        let lengths = [entry.name.len() as u16, 0].map(u16::to_le_bytes).concat();
        bytes.extend([&b"PK\x03\x04"[..], &shared, &sizes, &lengths, &entry.name, &entry.packed].concat());
        let rest = [&[0; 6][..], &(entry.mode << 16).to_le_bytes(), &at.to_le_bytes()].concat();
        let made_by_unix = [20, 3];
        table.extend([b"PK\x01\x02", &made_by_unix[..], &shared, &sizes, &lengths, &rest, &entry.name].concat());
    }
    let start = bytes.len();
    let count = entries.len() as u16;
    bytes.extend(&table);
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0, 0, count, count].map(u16::to_le_bytes).concat());
    bytes.extend([table.len() as u32, start as u32].map(u32::to_le_bytes).concat());
    bytes.extend([0, 0]);
    (bytes, start)
}

#[track_caller]
fn refused(bytes: &[u8], sentence: &str) {
    assert_eq!(archive::unpack(bytes).expect_err("it is refused").to_string(), sentence);
}

#[track_caller]
fn entries_refused(entries: &[Entry], sentence: &str) {
    refused(&zip(entries).0, sentence);
}

/// The zip opens with these files, and these sentences.
#[track_caller]
fn opens(entries: &[Entry], files: &[&str], told: &[&str]) {
    let contents = archive::unpack(&zip(entries).0).expect("it opens");
    assert_eq!(contents.project.files.keys().collect::<Vec<_>>(), files);
    assert_eq!(contents.told, told);
}

#[test]
fn paths_stay_in_their_folder() {
    for (name, said) in [
        ("../models.py", r#""../models.py""#),
        ("a/../../models.py", r#""a/../../models.py""#),
        ("a/../models.py", r#""a/../models.py""#),
        ("/etc/passwd", r#""/etc/passwd""#),
        ("//host/share", r#""//host/share""#),
        ("..\\models.py", r#""../models.py""#),
        ("\\models.py", r#""/models.py""#),
        ("C:\\models.py", r#""C:/models.py""#),
        ("a//models.py", r#""a//models.py""#),
        ("mod\0els.py", r#""mod\0els.py""#),
        ("", r#""""#),
    ] {
        entries_refused(&[file("models.py", ""), file(name, "x = 1")], &format!("A path is not acceptable: {said}"));
    }
    let long = "a".repeat(300);
    entries_refused(&[file(&long, "")], &format!("A path is not acceptable: {:?}", &long[..80]));
    let deep = format!("{}a", "a/".repeat(39));
    entries_refused(&[file(&deep, "")], &format!("A path is not acceptable: {deep:?}"));
}

#[test]
fn what_windows_and_tar_write_is_read() {
    opens(&[file(".\\alembic.ini", ""), file("migrations\\env.py", "")], &["alembic.ini", "migrations/env.py"], &[]);
    opens(&[file("./alembic.ini", ""), file("./migrations/", "")], &["alembic.ini"], &[]);
}

#[test]
fn a_link_is_not_taken_for_a_text() {
    let link = Entry { mode: 0o120_777, ..file("models.py", "/etc/passwd") };
    entries_refused(&[link], r#""models.py" in the zip is a symbolic link; put the file itself into the zip"#);
    // Environments are full of links, and no part of a project.
    let python = Entry { mode: 0o120_777, ..file(".venv/bin/python", "/usr/bin/python") };
    opens(&[python, file("models.py", "")], &["models.py"], &[]);
}

#[test]
fn a_name_stands_for_one_file() {
    entries_refused(
        &[file("models.py", "a = 1"), file("models.py", "a = 2")],
        r#"The zip holds two files of one name: "models.py""#,
    );
    entries_refused(
        &[file("./models.py", "a = 1"), file("models.py", "a = 2")],
        r#"The zip holds two files of one name: "models.py""#,
    );
    entries_refused(
        &[file("db", "a"), file("db/models.py", "b")],
        r#"The zip holds a file and a folder of one name: "db""#,
    );
    opens(
        &[file("models.py", "a = 1"), file("Models.py", "a = 2")],
        &["Models.py", "models.py"],
        &["Models.py and models.py differ only in case: many disks keep only one of them"],
    );
}

#[test]
fn what_is_no_text_is_left_out_and_told() {
    let latin = Entry { name: b"sch\xf6n.py".to_vec(), ..file("", "a = 1") };
    opens(
        &[latin, file("logo.png", b"\x89PNG\0"), file("models.py", "")],
        &["models.py"],
        &[
            "sch\u{fffd}n.py was left out: its name is not UTF-8",
            "logo.png was left out: it is neither text nor a SQLite database",
        ],
    );
}

#[test]
fn nothing_unfolds_into_more_than_it_says() {
    let damaged = r#"The zip archive is damaged: "models.py" cannot be read"#;
    let honest = file("models.py", "a = 1\n".repeat(100));
    for lie in [
        Entry { size: 10, ..honest.clone() },
        Entry { size: 1000, ..honest.clone() },
        Entry { size: 0, ..honest.clone() },
        Entry { crc: 1, ..honest.clone() },
        Entry { method: 0, ..honest.clone() },
        Entry { packed: honest.packed[..5].to_vec(), ..honest.clone() },
        Entry { packed: b"not deflate".to_vec(), ..honest.clone() },
    ] {
        entries_refused(&[lie], damaged);
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_lit() {
    let zeros = file("a.py", vec![b' '; 1 << 20]);
    let many: Vec<Entry> = (0..65).map(|at| Entry { name: format!("{at}.py").into_bytes(), ..zeros.clone() }).collect();
    entries_refused(&many, "The zip unfolds into more than 64 MiB");
    entries_refused(&[Entry { size: u32::MAX - 1, ..zeros.clone() }], "The zip unfolds into more than 64 MiB");
    entries_refused(&many[..9], "The project is larger than 8 MiB");
    // A zip within a zip is a file like another: nobody looks into it.
    opens(
        &[file("inner.zip", zip(&many).0), file("models.py", "")],
        &["models.py"],
        &["inner.zip was left out: it is neither text nor a SQLite database"],
    );
}

#[test]
fn entries_are_counted_before_they_are_read() {
    let unreadable = Entry { packed: b"not deflate".to_vec(), ..file("", "") };
    let named = |at: usize| Entry { name: format!("{at}.py").into_bytes(), ..unreadable.clone() };
    entries_refused(&(0..5000).map(named).collect::<Vec<_>>(), "The zip holds more than 4000 files");
    let texts: Vec<Entry> = (0..401).map(|at| file(&format!("{at}.py"), "")).collect();
    entries_refused(&texts, "The project has more than 400 files");
    // What lies in caches does not count.
    let mut cached: Vec<Entry> = (0..5000).map(|at| file(&format!("node_modules/{at}.js"), "")).collect();
    cached.push(file("models.py", ""));
    opens(&cached, &["models.py"], &[]);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let locked = Entry { flags: 1, ..file("models.py", "") };
    entries_refused(&[locked], r#""models.py" in the zip is locked with a password"#);
    let packed = Entry { method: 12, ..file("models.py", "") };
    entries_refused(&[packed], r#""models.py" in the zip is packed in a way that cannot be read here; use deflate"#);
}

#[test]
fn a_zip_that_is_cut_is_damaged() {
    let (bytes, table) = zip(&[file("models.py", "a = 1"), file("alembic.ini", "")]);
    let cut_off = "The zip archive is damaged: its end is missing";
    for length in [table - 3, table, table + 20, bytes.len() - 1] {
        refused(&bytes[..length], cut_off);
    }
    refused(&bytes[table..], r#"The zip archive is damaged: "alembic.ini" cannot be read"#);
    let mut holed = bytes.clone();
    holed.drain(table + 10..table + 30);
    refused(&holed, "The zip archive is damaged: its table of contents is cut off");
    refused(b"", "This file is not a zip archive");
    refused(b"hello", "This file is not a zip archive");
}

/// Every byte of a zip may be another: it opens or is refused, and nothing panics.
#[test]
fn any_byte_may_be_wrong() {
    let (bytes, _) = zip(&[file("models.py", "a = 1\n"), file("migrations/env.py", "import models\n")]);
    for at in 0..bytes.len() {
        for other in [0, 1, 0x2f, 0x7f, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = other;
            let _ = archive::unpack(&changed);
        }
    }
}
