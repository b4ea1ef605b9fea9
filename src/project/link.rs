//! A project as the fragment of a URL: `r1.` and base64url of checked, deflated text, closed by a `~`.
//!
//! The prefix names the codec; a decoder, once published, stays. The text is a line of JSON and then the files' bodies
//! as they are, because the dictionary that stands in front of the deflated data is made of such bodies.

use super::{Position, Project};
use crate::error::{Error, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::{TINFLStatus, core as inflate_core};
use serde::{Deserialize, Serialize};

/// Characters of a link that are looked at at all.
pub const ENCODED: usize = 64 << 10;
/// Bytes that a link may inflate to.
pub const INFLATED: usize = 1 << 20;
/// Files of a link.
const FILES: usize = 100;
/// The first codec's prefix.
const PREFIX: &str = "r1.";
/// The end mark: a link that lost its tail is noticed, and none ends in a character that chat programs strip.
const END: char = '0';
/// What the first codec's data may refer back to; frozen, or old links become unreadable.
const DICTIONARY: &[u8] = include_bytes!("link1.dictionary");

/// What stands before the bodies.
#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(rename = "n")]
    name: String,
    #[serde(rename = "f")]
    files: Vec<(String, usize)>,
    #[serde(rename = "d", default, skip_serializing_if = "Vec::is_empty")]
    databases: Vec<(String, usize)>,
    #[serde(rename = "h", default, skip_serializing_if = "Vec::is_empty")]
    heads: Vec<String>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    running: Option<super::Running>,
    #[serde(rename = "c", default)]
    clock: i64,
    #[serde(rename = "s", default)]
    seed: u64,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    open_file: Option<String>,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    discipline: Option<String>,
    #[serde(rename = "e")]
    engine: String,
}

/// The fragment for a project. Whether it is too long to paste somewhere is the caller's to say.
pub fn encode(project: &Project) -> String {
    let text = to_text(project);
    let mut bytes = checksum(text.as_bytes()).to_le_bytes().to_vec();
    bytes.extend(deflate(text.as_bytes()));
    format!("{PREFIX}{}{END}", URL_SAFE_NO_PAD.encode(bytes))
}

/// The project in a fragment, with or without its `#`. Whatever is wrong with it is said in words; nothing is believed.
pub fn decode(fragment: &str) -> Result<Project> {
    let fragment = fragment.trim().trim_start_matches('#');
    if fragment.len() > ENCODED {
        return Err(damaged("it is longer than any link that Retort makes"));
    }
    let Some(body) = fragment.strip_prefix(PREFIX) else {
        return Err(unknown_prefix(fragment));
    };
    let Some(body) = body.strip_suffix(END) else {
        return Err(damaged("its end is missing; it was probably cut when it was pasted"));
    };
    let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| damaged("characters were lost or changed on the way"))?;
    let Some((sum, deflated)) = bytes.split_first_chunk::<4>() else {
        return Err(damaged("it is empty"));
    };
    let text = inflate(deflated)?;
    if checksum(&text) != u32::from_le_bytes(*sum) {
        return Err(damaged("its checksum is wrong"));
    }
    let text = String::from_utf8(text).map_err(|_| damaged("it does not hold text"))?;
    let project = from_text(&text)?;
    project.check()?;
    Ok(project)
}

fn damaged(why: &str) -> Error {
    Error::command(format!("This link cannot be opened: {why}"))
}

fn unknown_prefix(fragment: &str) -> Error {
    let version = fragment.split_once('.').map(|(version, _)| version).filter(|version| {
        version.len() <= 4 && version.starts_with('r') && version[1..].bytes().all(|byte| byte.is_ascii_digit())
    });
    match version {
        Some(version) => {
            damaged(&format!("it was made by a newer Retort (format {version}); reload the page to update"))
        }
        None => damaged("it is not a Retort link"),
    }
}

fn to_text(project: &Project) -> String {
    let lengths = |map: &std::collections::BTreeMap<String, String>| {
        map.iter().map(|(path, text)| (path.clone(), text.len())).collect()
    };
    let head = Head {
        name: project.name.clone(),
        files: lengths(&project.files),
        databases: lengths(&project.databases),
        heads: project.position.heads.clone(),
        running: project.position.running.clone(),
        clock: project.clock,
        seed: project.seed,
        open_file: project.open_file.clone(),
        digest: project.digest.clone(),
        discipline: project.discipline.clone(),
        engine: project.engine.clone(),
    };
    let mut text = serde_json::to_string(&head).expect("a head of strings and numbers is JSON");
    text.push('\n');
    text.extend(project.files.values().chain(project.databases.values()).map(String::as_str));
    text
}

fn from_text(text: &str) -> Result<Project> {
    let broken = || damaged("its contents do not fit together");
    let (head, mut rest) = text.split_once('\n').ok_or_else(broken)?;
    let head: Head = serde_json::from_str(head).map_err(|_| broken())?;
    if head.files.len() + head.databases.len() > FILES {
        return Err(damaged("it holds more files than a link may"));
    }
    let mut take = |(path, length): (String, usize)| {
        let body = rest.get(..length).ok_or_else(broken)?;
        rest = &rest[length..];
        Ok((path, body.to_string()))
    };
    let files = head.files.into_iter().map(&mut take).collect::<Result<_>>()?;
    let databases = head.databases.into_iter().map(&mut take).collect::<Result<_>>()?;
    Ok(Project {
        name: head.name,
        files,
        databases,
        position: Position { heads: head.heads, running: head.running },
        clock: head.clock,
        seed: head.seed,
        open_file: head.open_file,
        digest: head.digest,
        discipline: head.discipline,
        engine: head.engine,
    })
}

fn checksum(bytes: &[u8]) -> u32 {
    rawzip::crc32(bytes)
}

// miniz_oxide has no call for a preset dictionary and needs none: what was compressed before, into the void, can be
// referred back to.
fn deflate(text: &[u8]) -> Vec<u8> {
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(9, -15, 0));
    let mut out = Vec::new();
    let (status, _) = compress_to_output(&mut state, DICTIONARY, TDEFLFlush::Sync, |_| true);
    assert_eq!(status, TDEFLStatus::Okay, "the dictionary deflates");
    let (status, _) = compress_to_output(&mut state, text, TDEFLFlush::Finish, |bytes| {
        out.extend_from_slice(bytes);
        true
    });
    assert_eq!(status, TDEFLStatus::Done, "text in memory deflates");
    out
}

fn inflate(deflated: &[u8]) -> Result<Vec<u8>> {
    use inflate_core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut out = vec![0; DICTIONARY.len() + INFLATED];
    out[..DICTIONARY.len()].copy_from_slice(DICTIONARY);
    let mut state = inflate_core::DecompressorOxide::new();
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, _, written) = inflate_core::decompress(&mut state, deflated, &mut out, DICTIONARY.len(), flags);
    match status {
        TINFLStatus::Done => Ok(out[DICTIONARY.len()..][..written].to_vec()),
        TINFLStatus::HasMoreOutput => Err(damaged("it would unfold into more than a link may hold")),
        _ => Err(damaged("it is damaged")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Project {
        let mut project = Project { name: "Seller & <b>shipment</b>".into(), seed: 7, ..Project::default() };
        project.files.insert("models.py".into(), "import sqlalchemy as sa\n# é\n".repeat(40));
        project.files.insert("alembic.ini".into(), "[alembic]\n".into());
        project.databases.insert("database.db".into(), "CREATE TABLE a (b);".into());
        project.position.heads.push("2b7e41c09d35".into());
        project.position.running = Some(super::super::Running { revision: "d4a9".into(), upgrade: true, step: 2 });
        project
    }

    fn refused(link: &str, because: &str) {
        let message = decode(link).expect_err("refused").to_string();
        assert!(message.contains(because), "{message}");
    }

    #[test]
    fn a_link_gives_back_the_project() {
        assert_eq!(decode(&format!("#{}", encode(&example()))).expect("opens"), example());
    }

    #[test]
    fn a_project_of_two_revisions_fits_into_a_message() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/seller-shipment-sqlmodel/");
        let files = [
            "alembic.ini",
            "models.py",
            "seed.sql",
            "migrations/env.py",
            "migrations/script.py.mako",
            "migrations/versions/5f0a2c91d7e3_create_seller_and_shipment.py",
            "migrations/versions/91c4e7b2a6d8_when_a_shipment_arrives.py",
        ];
        let mut project = Project { name: "Two revisions".into(), ..Project::default() };
        for file in files {
            let text = std::fs::read_to_string(format!("{root}{file}")).expect("the sample is there");
            project.files.insert(file.into(), text);
        }
        let link = encode(&project);
        assert!(link.len() < 1_600, "{} characters", link.len());
    }

    #[test]
    fn damaged_links_say_what_is_wrong() {
        let link = encode(&example());
        refused(&link[..link.len() - 9], "cut");
        refused("r2.abcdef0", "newer Retort (format r2)");
        refused("hello", "not a Retort link");
        refused("r1.0", "empty");
        refused(&format!("r1.{}", "A".repeat(ENCODED)), "longer");
    }

    #[test]
    fn a_bomb_is_stopped_before_it_unfolds() {
        let mut bytes = vec![0; 4];
        bytes.extend(deflate(&vec![b' '; 40 << 20]));
        refused(&format!("r1.{}0", URL_SAFE_NO_PAD.encode(bytes)), "more than a link may hold");
    }

    #[test]
    fn paths_cannot_leave_the_project() {
        let mut project = example();
        project.files.insert("../../etc/passwd".into(), String::new());
        refused(&encode(&project), "path");
    }
}
