//! `tests/spec/{python,stdlib,sqlalchemy}/*.md`: a heading is a test, a block `python` the program, `output` what CPython prints.
//! `BLESS=1` rewrites the output by ours; a person reads the difference.

use retort::host::Files;
use retort::host::memory::Memory;
use retort::python::{Limits, Machine, Turn, Value};
use std::fmt::Write;
use std::rc::Rc;

/// One heading of a page.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) program: String,
    /// Beside the program: path in the project, text.
    files: Vec<(String, String)>,
    pub(crate) output: String,
}

/// What a program does to the outside and how it ends.
fn run(program: &str, files: &[(String, String)], budget: u64) -> String {
    let host = Rc::new(Memory::without_databases());
    host.set_clock(1_764_000_000_000_000);
    for (path, text) in files {
        let path = format!("/project/{path}");
        let folder = path.rsplit_once('/').expect("the path is absolute").0;
        host.create_folder(folder).expect("a folder can be made");
        host.write(&path, text.as_bytes()).expect("a file can be written");
    }
    let mut machine = Machine::new(host.clone(), Limits::default());
    machine.add_path("/project");
    machine.run_file("/project/main.py", program);
    let mut left = 300_000_000u64;
    let mut end = String::new();
    loop {
        match machine.resume(budget) {
            Turn::Done(_) => break,
            Turn::Raised(raised) => {
                end = raised.traceback.text;
                break;
            }
            Turn::Request(request) => {
                let answer = request.args.first().copied().unwrap_or(Value::None);
                machine.answer(Ok(answer));
            }
            Turn::Budget if left < budget => {
                "out of budget\n".clone_into(&mut end);
                break;
            }
            Turn::Budget => left -= budget,
        }
    }
    let printed: String = host.take_output().into_iter().map(|(_, text)| text).collect();
    format!("{printed}{end}")
}

/// The programs of a page.
pub(crate) fn cases(page: &str) -> Vec<Case> {
    let (mut cases, mut block, mut inside) = (Vec::<Case>::new(), String::new(), None::<String>);
    for line in page.lines() {
        match (&inside, line) {
            (None, line) if line.starts_with("## ") => {
                cases.push(Case {
                    name: line[3..].to_owned(),
                    program: String::new(),
                    files: Vec::new(),
                    output: String::new(),
                });
            }
            (None, line) if line.starts_with("```") => inside = Some(line[3..].to_owned()),
            (Some(kind), "```") => {
                let case = cases.last_mut().expect("a block stands under a heading");
                match kind.as_str() {
                    "python" => case.program = std::mem::take(&mut block),
                    kind if kind.starts_with("python ") => {
                        case.files.push((kind[7..].to_owned(), std::mem::take(&mut block)));
                    }
                    _ => case.output = std::mem::take(&mut block),
                }
                inside = None;
            }
            (Some(_), line) => {
                let _ = writeln!(block, "{line}");
            }
            (None, _) => {}
        }
    }
    cases
}

fn pages() -> Vec<std::path::PathBuf> {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let folders = match std::env::var_os("PAGES") {
        Some(folder) => vec![folder.into()],
        None => vec![spec.join("python"), spec.join("stdlib")],
    };
    let mut pages: Vec<std::path::PathBuf> = Vec::new();
    for folder in folders {
        let files = std::fs::read_dir(folder).expect("the folder of pages").map(|entry| entry.expect("a page").path());
        pages.extend(files.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    pages.sort();
    pages
}

fn blessed(page: &str, budget: u64) -> String {
    let mut page = page.to_owned();
    for case in cases(&page.clone()) {
        let ours = run(&case.program, &case.files, budget);
        let old = format!("```python\n{}```\n\n```output\n{}```", case.program, case.output);
        page = page.replace(&old, &format!("```python\n{}```\n\n```output\n{ours}```", case.program));
    }
    page
}

fn check(budget: u64) {
    let mut failures = String::new();
    let only = std::env::var_os("ONLY").unwrap_or_default().into_string().unwrap_or_default();
    for path in pages() {
        let page = std::fs::read_to_string(&path).expect("a page can be read");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, blessed(&page, budget)).expect("a page can be written");
            continue;
        }
        for case in cases(&page).into_iter().filter(|case| case.name.contains(&only)) {
            let ours = run(&case.program, &case.files, budget);
            if ours != case.output {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let _ = writeln!(
                    failures,
                    "--- {file}: {}\n{}expected:\n{}got:\n{ours}",
                    case.name, case.program, case.output
                );
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn programs_print_what_cpython_prints() {
    check(u64::MAX);
}

#[test]
fn a_program_stopped_after_each_instruction_prints_the_same() {
    check(1);
}
