//! The samples with something broken in them: no panic, no run without end, no database between two revisions.

use crate::session::Session;
use retort::runtime::Budget;
use std::{fs, path::Path, time::Duration};

/// As many in an ordinary run; `MUTATIONS=1000` makes more of them.
const USUAL: u64 = 200;

#[test]
fn a_broken_project_never_leaves_half_a_revision() {
    let wanted = std::env::var_os("MUTATIONS").and_then(|text| text.to_str()?.parse().ok()).unwrap_or(USUAL);
    let samples = ["seller-shipment", "shop"].map(|name| (name, Sample::read(name)));
    for seed in 0..wanted {
        let (name, sample) = &samples[usize::from(seed % 4 == 3)];
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (path, text) = sample.broken(&mut chance);
        if let Err(what) = sample.try_out(&path, &text) {
            panic!("{name}, seed {seed}: {path} is\n{text}\n{what}");
        }
    }
}

/// The same numbers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

struct Sample {
    files: Vec<(String, String)>,
    /// What the database holds at each revision of the sample, and at none.
    states: Vec<String>,
}

impl Sample {
    fn read(name: &str) -> Sample {
        let (mut files, root) = (Vec::new(), Path::new("migrations").join(name));
        collect(&root, &root, &mut files);
        for (path, text) in &mut files {
            if path.ends_with(".ini") {
                *text = text.lines().map(with_own_database).collect();
            }
        }
        files.sort();
        let mut sample = Sample { files, states: Vec::new() };
        sample.states = sample.visited();
        sample
    }

    fn project(&self) -> Session {
        let session = Session::new();
        self.files.iter().for_each(|(path, text)| session.write(path, text));
        session
    }

    /// Up to the head, revision by revision.
    fn visited(&self) -> Vec<String> {
        let session = self.project();
        let mut states = vec![state(&session)];
        while session.run("upgrade +1").is_ok() {
            states.push(state(&session));
        }
        assert!(states.len() > 2, "the sample goes up");
        states
    }

    /// One of its Python files with one thing wrong.
    fn broken(&self, chance: &mut Chance) -> (String, String) {
        let python: Vec<&(String, String)> = self.files.iter().filter(|(path, _)| path.ends_with(".py")).collect();
        let (path, text) = python[chance.below(python.len())];
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        let (at, other) = (chance.below(lines.len()), chance.below(lines.len()));
        match chance.below(8) {
            0 => drop(lines.remove(at)),
            1 => lines.swap(at, other),
            2 => lines[at] = swapped(&lines[at], chance),
            3 => lines.truncate(at),
            4 => lines[at] = lines[at].replace("Integer", "Strnig").replace("String", "Integer"),
            5 => lines[at] = lines[at].chars().filter(|c| !"()[]'\"".contains(*c)).collect(),
            6 => lines.insert(at, lines[other].clone()),
            _ => {
                let cut = lines[at].char_indices().map(|(at, _)| at).nth(chance.below(30)).unwrap_or(0);
                lines[at].truncate(cut);
            }
        }
        (path.clone(), lines.join("\n"))
    }

    /// Whatever the commands say, what they leave is a revision of its own, whole.
    fn try_out(&self, path: &str, text: &str) -> Result<(), String> {
        let session = self.project();
        session.write(path, text);
        let budget = Budget { patience: Duration::from_secs(5), ..Budget::page() };
        let before = state(&session);
        let went = session.run_within("upgrade head", budget);
        let after = state(&session);
        // A revision that says something else makes something else; but a run that fails stops between two.
        if let Err(said) = &went {
            let reached = after.split('\n').next().unwrap_or_default().to_string();
            let steps = session.steps();
            let failing = steps.last().map(|step| step.revision.as_str());
            if failing.is_some_and(|id| reached.contains(id)) && said.contains("Running upgrade") && after == before {
                return Err(format!("{reached} is said to be reached, and nothing of it is there"));
            }
            let known = self.states.iter().any(|it| it.split('\n').next() == Some(&reached));
            if known && !path.contains("versions") && !self.states.contains(&after) {
                return Err(format!("after {said}\nthe database is at no revision:\n{after}"));
            }
            let again = session.run_within("upgrade head", budget);
            if again.is_err() && state(&session) != after {
                return Err(format!("a second attempt goes on from a half:\n{after}\nthen\n{}", state(&session)));
            }
        }
        let _ = session.run_within("check", budget);
        let _ = session.run_within("downgrade base", budget);
        Ok(())
    }
}

/// The version table in the first line, then what there is.
fn state(session: &Session) -> String {
    let revisions = match session.query("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").len() {
        0 => Vec::new(),
        _ => session.query("SELECT version_num FROM alembic_version ORDER BY 1").concat(),
    };
    let schema = session.query("SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE '%alembic_version%' ORDER BY name");
    format!("{}\n{}", revisions.join(" "), schema.concat().join("\n"))
}

/// Two neighbouring words change places.
fn swapped(line: &str, chance: &mut Chance) -> String {
    let mut words: Vec<&str> = line.trim_start().split(' ').collect();
    if words.len() > 1 {
        let at = chance.below(words.len() - 1);
        words.swap(at, at + 1);
    }
    format!("{}{}", &line[..line.len() - line.trim_start().len()], words.join(" "))
}

fn with_own_database(line: &str) -> String {
    match line.starts_with("sqlalchemy.url") {
        true => "sqlalchemy.url = sqlite:///app.db\n".into(),
        false => format!("{line}\n"),
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sample is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("the file lies in the sample").to_string_lossy().into_owned();
            files.push((name, text));
        }
    }
}
