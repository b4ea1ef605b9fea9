//! A new revision before its file is written: what `alembic revision` and `merge` decide.

use super::{Directory, Graph, date::Date, fault::Words, illegal_id, resolve::Found};
use crate::{
    config,
    error::{Error, Result},
    host::Random,
    python::text::quote::repr,
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// `--rev-id`, or one that [`new_id`] made.
    pub id: String,
    /// `-m`.
    pub message: Option<String>,
    /// `--head`, or the revisions of a merge; `None` is the head.
    pub heads: Option<Vec<String>>,
    /// `--splice`.
    pub splice: bool,
    /// `--branch-label`.
    pub branch_labels: Vec<String>,
    /// `--version-path`.
    pub version_path: Option<String>,
    /// `--depends-on`.
    pub depends_on: Vec<String>,
}

/// What is decided: the file, and the values that its template is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The new file, absolute.
    pub path: String,
    /// The folders that have to be there, outermost first; Alembic says so of each that it makes.
    pub folders: Vec<String>,
    /// `up_revision`.
    pub id: String,
    /// `message`.
    pub message: String,
    /// `down_revision`.
    pub down: Names,
    /// `branch_labels`.
    pub branch_labels: Names,
    /// `depends_on`.
    pub depends_on: Names,
    /// `create_date`.
    pub date: Date,
}

/// Names as Alembic hands them to a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// `None`.
    None,
    /// One string.
    One(String),
    /// A tuple.
    Tuple(Vec<String>),
    /// A list.
    List(Vec<String>),
}

impl Names {
    /// One stands alone, none is `None`: Alembic's `tuple_rev_as_scalar`.
    fn scalar(mut names: Vec<String>, many: fn(Vec<String>) -> Names) -> Names {
        match names.len() {
            0 => Names::None,
            1 => Names::One(names.remove(0)),
            _ => many(names),
        }
    }

    /// `repr(…)` in Python.
    pub fn repr(&self) -> String {
        let joined = |names: &[String]| names.iter().map(|it| repr(it)).collect::<Vec<_>>().join(", ");
        match self {
            Names::None => "None".into(),
            Names::One(name) => repr(name),
            Names::Tuple(names) if names.len() == 1 => format!("({},)", repr(&names[0])),
            Names::Tuple(names) => format!("({})", joined(names)),
            Names::List(names) => format!("[{}]", joined(names)),
        }
    }

    /// Joined by commas: Mako's filter `comma`.
    pub fn comma(&self) -> String {
        match self {
            Names::None => String::new(),
            Names::One(name) => name.clone(),
            Names::Tuple(names) | Names::List(names) => names.join(", "),
        }
    }
}

/// A fresh id: twelve hexadecimal digits.
pub fn new_id<R: Random + ?Sized>(random: &R) -> String {
    let mut bytes = [0; 6];
    random.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Directory {
    /// Decides where a new revision goes and what it follows.
    pub fn draft(&self, graph: &Graph, wish: &Wish, date: Date, working_directory: &str) -> Result<Draft> {
        if let Some(complaint) = illegal_id(&wish.id) {
            return Err(Error::command(complaint));
        }
        let heads = self.parents(graph, wish)?;
        let location = self.location(graph, wish, &heads, working_directory)?;
        let name = self.file_name(&wish.id, wish.message.as_deref().unwrap_or_default(), &date)?;
        let path = format!("{location}/{name}");
        let folder = config::parent(&path).to_string();
        if !wish.splice
            && let Some(parent) = heads.iter().find(|place| !graph.nodes[**place].next.is_empty())
        {
            let words = "is not a head revision; please specify --splice to create a new branch from this revision";
            return Err(Error::command(format!("Revision {} {words}", graph.id(*parent))));
        }
        let mut folders = if self.named_locations { vec![location.clone()] } else { Vec::new() };
        if folder != location || !self.named_locations {
            folders.push(folder);
        }
        let many_labels = |labels: &[String]| if labels.is_empty() { Names::None } else { Names::Tuple(labels.into()) };
        Ok(Draft {
            folders,
            path,
            id: wish.id.clone(),
            message: wish.message.clone().unwrap_or_else(|| "empty message".into()),
            down: Names::scalar(graph.ids(&heads), Names::Tuple),
            branch_labels: many_labels(&wish.branch_labels),
            depends_on: Names::scalar(dependencies(graph, &wish.depends_on)?, Names::List),
            date,
        })
    }

    fn parents(&self, graph: &Graph, wish: &Wish) -> Result<Vec<usize>> {
        let words = Words {
            multiple_heads: Some(
                "Multiple heads are present; please specify the head revision on which the new revision should be based, \
                 or perform a merge.",
            ),
            ..Words::default()
        };
        let names = wish.heads.clone().unwrap_or_else(|| vec!["head".into()]);
        let found = graph.all(&names).map_err(|fault| fault.say(words))?;
        let heads: Vec<usize> = found.into_iter().filter_map(Found::revision).collect();
        if heads.iter().enumerate().any(|(at, head)| heads[..at].contains(head)) {
            return Err(Error::command("Duplicate head revisions specified"));
        }
        Ok(heads)
    }

    fn location(&self, graph: &Graph, wish: &Wish, heads: &[usize], working_directory: &str) -> Result<String> {
        if let Some(path) = &wish.version_path {
            let absolute = config::join(working_directory, path);
            let words = || Error::command(format!("Path {path} is not represented in current version locations"));
            return self.locations.iter().find(|it| **it == absolute).cloned().ok_or_else(words);
        }
        match (&self.locations[..], heads) {
            ([only], _) => Ok(only.clone()),
            (_, []) => Err(Error::command("Multiple version locations present, please specify --version-path")),
            (locations, [head, ..]) => {
                let path = config::parent(&graph.nodes[*head].revision.path).to_string();
                let words = || Error::command(format!("Path {path} is not represented in current version locations"));
                locations.iter().find(|it| **it == path).cloned().ok_or_else(words)
            }
        }
    }
}

/// Labels stay as they are; everything else becomes a whole id.
fn dependencies(graph: &Graph, names: &[String]) -> Result<Vec<String>> {
    let resolve = |name: &String| {
        let place = graph.one(name)?.ok_or_else(|| super::fault::Fault::unknown(name))?;
        let node = &graph.nodes[place];
        Ok(if node.labels.contains(name) { name.clone() } else { node.revision.id.clone() })
    };
    names.iter().map(resolve).collect()
}
