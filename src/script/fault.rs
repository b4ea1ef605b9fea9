//! What can be wrong with a graph or with a name for one of its revisions.

use crate::error::Error;

/// Alembic's family of `RevisionError`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Two ends that do not lie on one line.
    NotAncestor { lower: String, upper: String },
    /// One head was asked for, and there are several.
    MultipleHeads { argument: String },
    /// No revision of this name, or several.
    Unknown { argument: String },
    /// Anything else, in its own words.
    Other(String),
}

/// What Alembic says about each fault while it does one thing or another; its `_catch_revision_errors`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Words<'a> {
    /// For ends that do not lie on one line; `{end}` stands for the target.
    pub(super) not_ancestor: Option<&'a str>,
    /// For several heads.
    pub(super) multiple_heads: Option<&'a str>,
    /// The lower end as the user wrote it.
    pub(super) start: Option<&'a str>,
    /// The upper end or the target as the user wrote it.
    pub(super) end: Option<&'a str>,
}

impl Fault {
    pub(super) fn unknown(argument: &str) -> Self {
        Fault::Unknown { argument: argument.into() }
    }

    pub(super) fn other(message: impl Into<String>) -> Self {
        Fault::Other(message.into())
    }

    /// The `CommandError` that the user reads.
    pub(super) fn say(self, words: Words<'_>) -> Error {
        Error::command(match self {
            Fault::NotAncestor { lower, upper } => {
                let (start, end) = (words.start.unwrap_or(&lower), words.end.unwrap_or(&upper));
                match words.not_ancestor {
                    Some(text) => text.replace("{end}", end),
                    None => format!(
                        "Requested range {start}:{end} does not refer to ancestor/descendant revisions along the same branch"
                    ),
                }
            }
            Fault::MultipleHeads { argument } => match words.multiple_heads {
                Some(text) => text.into(),
                None => multiple_heads(words.end.unwrap_or(&argument)),
            },
            Fault::Unknown { argument } => format!("Can't locate revision identified by '{argument}'"),
            Fault::Other(message) => message,
        })
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        fault.say(Words::default())
    }
}

fn multiple_heads(argument: &str) -> String {
    format!(
        "Multiple head revisions are present for given argument '{argument}'; please specify a specific target revision, \
         '<branchname>@{argument}' to narrow to a specific head, or 'heads' for all heads"
    )
}
