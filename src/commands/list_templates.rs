//! `list_templates`: what `init` can make.

use super::Outcome;
use crate::script::template::gallery as template;
use serde::{Deserialize, Serialize};

/// Nothing can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Params {}

pub(super) fn run() -> Outcome {
    let templates = template::ALL.iter().map(|it| format!("{} - {}", it.name, it.synopsis()));
    let first = ["Available templates:\n".to_string()].into_iter();
    let last = [
        "\nTemplates are used via the 'init' command, e.g.:".into(),
        "\n  alembic init --template generic ./scripts".into(),
    ];
    Outcome::lines(first.chain(templates).chain(last))
}
