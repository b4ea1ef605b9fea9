//! Every way to name a revision: ids and their beginnings, labels, `head`, `heads`, `base`, `label@name`, `name+N`.

use super::{
    Revision,
    fault::{Fault, Words},
    graph::Graph,
};
use crate::error::Result;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Before the first revision.
    Base,
    /// Nowhere: outside the graph.
    Nothing,
    /// A revision.
    Revision(usize),
}

impl Found {
    pub(super) fn revision(self) -> Option<usize> {
        match self {
            Found::Revision(place) => Some(place),
            Found::Base | Found::Nothing => None,
        }
    }
}

/// A name that is a number of steps: `+2`, `-1`, `ab12+1`, `label@+1`, `label@ab12-1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relative<'a> {
    pub(super) label: Option<&'a str>,
    pub(super) symbol: Option<&'a str>,
    pub(super) steps: i64,
    /// The steps as written, sign included.
    pub(super) text: &'a str,
}

impl<'a> Relative<'a> {
    /// Reads `[label@][symbol](+|-)N`; as in Alembic, what follows the digits is ignored.
    pub(super) fn read(name: &'a str) -> Option<Self> {
        let labelled = name.match_indices('@').filter(|(at, _)| *at > 0);
        let mut readings = labelled.filter_map(|(at, _)| {
            let found = Self::unlabelled(&name[at + 1..])?;
            Some(Relative { label: Some(&name[..at]), ..found })
        });
        readings.next().or_else(|| Self::unlabelled(name))
    }

    fn unlabelled(name: &'a str) -> Option<Self> {
        let sign = name.find(|it: char| !(it.is_alphanumeric() || it == '_'))?;
        let digits = name[sign..].strip_prefix(['+', '-'])?;
        let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
        let text = &name[sign..=sign + end];
        let steps =
            (end > 0).then(|| text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX }))?;
        Some(Relative { label: None, symbol: (sign > 0).then(|| &name[..sign]), steps, text })
    }
}

/// What names resolve to.
impl Graph {
    /// The revision of this name; `None` is the base, or the head of an empty graph.
    pub fn get(&self, name: &str) -> Result<Option<&Revision>> {
        let place = self.one(name)?;
        Ok(place.map(|place| &self.nodes[place].revision))
    }

    /// The revisions that these names stand for; `heads` gives several, `base` none.
    pub fn get_all<S: AsRef<str>>(&self, names: &[S]) -> Result<Vec<&Revision>> {
        let found = self.all(names)?;
        Ok(found.into_iter().filter_map(Found::revision).map(|place| &self.nodes[place].revision).collect())
    }

    /// The one head, or `None` without revisions; several are an error that names `merge`.
    pub fn current_head(&self) -> Result<Option<&str>> {
        let words = Words {
            multiple_heads: Some(
                "The script directory has multiple heads (due to branching).Please use get_heads(), or merge the \
                 branches using alembic merge.",
            ),
            ..Words::default()
        };
        let head = self.head(None).map_err(|fault| fault.say(words))?;
        Ok(head.map(|place| self.id(place)))
    }

    /// `context.get_head_revision()` and the like: a symbol's ids, without looking unknown ones up.
    pub fn as_revision_number(&self, name: &str) -> Result<Vec<String>> {
        Ok(self.symbols(name)?.0)
    }

    /// The revisions that a version table with these rows stands at: its rows, and the heads of other branches that
    /// they depend on.
    pub fn all_current<S: AsRef<str>>(&self, rows: &[S]) -> Result<Vec<&Revision>> {
        let found = self.all(rows)?;
        let places = self.tips_below(found.into_iter().filter_map(Found::revision));
        Ok(self.revisions_at(&places))
    }

    pub(super) fn tips_below(&self, rows: impl Iterator<Item = usize>) -> Vec<usize> {
        let active = self.ancestors(rows);
        let is_tip = |place: &usize| active[*place] && !self.nodes[*place].next.iter().any(|next| active[*next]);
        (0..self.nodes.len()).filter(is_tip).collect()
    }

    pub(super) fn one(&self, name: &str) -> Result<Option<usize>, Fault> {
        let (ids, label) = self.symbols(name)?;
        match &ids[..] {
            [] => Ok(None),
            [id] => self.identify(id, label).map(Some),
            _ => Err(Fault::MultipleHeads { argument: name.into() }),
        }
    }

    pub(super) fn all<S: AsRef<str>>(&self, names: &[S]) -> Result<Vec<Found>, Fault> {
        let mut found = Vec::new();
        for name in names {
            found.extend(self.several(name.as_ref())?);
        }
        Ok(found)
    }

    pub(super) fn several(&self, name: &str) -> Result<Vec<Found>, Fault> {
        let (ids, label) = self.symbols(name)?;
        if let [id] = &ids[..]
            && let Some(steps) = id.parse().ok().filter(|steps: &i64| *steps < 0)
        {
            return self.below_heads(steps, label);
        }
        ids.iter().map(|id| self.identify(id, label).map(Found::Revision)).collect()
    }

    /// `-N`, `label@-N`: so many steps below the heads.
    fn below_heads(&self, steps: i64, label: Option<&str>) -> Result<Vec<Found>, Fault> {
        let labelled =
            |place: &&usize| label.is_none_or(|label| self.nodes[**place].labels.iter().any(|it| it == label));
        self.real_heads.iter().filter(labelled).map(|head| self.walk(Some(*head), steps, None, false)).collect()
    }

    /// Splits off a label, and replaces the words `head`, `heads` and `base` by ids.
    pub(super) fn symbols<'a>(&self, name: &'a str) -> Result<(Vec<String>, Option<&'a str>), Fault> {
        let (label, id) = name.split_once('@').map_or((None, name), |(label, id)| (Some(label), id));
        let ids = match (id, label) {
            ("heads", None) => self.ids(&self.real_heads),
            ("heads", Some(label)) => self.ids(&self.of_lineage(&self.heads, label, false)?),
            ("head", label) => self.head(label)?.map(|place| self.id(place).into()).into_iter().collect(),
            ("base", _) => Vec::new(),
            (id, _) => vec![id.into()],
        };
        Ok((ids, label))
    }

    fn head(&self, label: Option<&str>) -> Result<Option<usize>, Fault> {
        let heads = label.map_or_else(|| Ok(self.heads.clone()), |label| self.of_lineage(&self.heads, label, false))?;
        match heads[..] {
            [] => Ok(None),
            [head] => Ok(Some(head)),
            _ => {
                let argument = label.map_or_else(|| "head".into(), |label| format!("{label}@head"));
                Err(Fault::MultipleHeads { argument })
            }
        }
    }

    /// The revision of an id, of a label, or of the beginning of either, on the branch `label` if one is given.
    pub(super) fn identify(&self, id: &str, label: Option<&str>) -> Result<usize, Fault> {
        let branch = label.map(|label| self.branch(label)).transpose()?;
        let place = match self.keys.get(id) {
            Some(place) => place,
            None => self.beginning(id, label)?,
        };
        match branch {
            Some(branch) if !self.shares_lineage(place, &[branch], false) => Err(Fault::unknown(id)),
            _ => Ok(place),
        }
    }

    pub(super) fn branch(&self, label: &str) -> Result<usize, Fault> {
        self.keys.get(label).map_or_else(|| self.identify(label, None), Ok)
    }

    fn beginning(&self, id: &str, label: Option<&str>) -> Result<usize, Fault> {
        let begins = |(key, _): &&(String, usize)| !id.is_empty() && key.chars().count() > 3 && key.starts_with(id);
        let mut places: Vec<usize> = self.keys.order.iter().filter(begins).map(|(_, place)| *place).collect();
        if let Some(label) = label {
            places = self.of_lineage(&places, label, false)?;
        }
        match places[..] {
            [place] => Ok(place),
            _ => Err(Fault::unknown(id)),
        }
    }

    /// Those of `targets` that are on one line with what `against` names.
    pub(super) fn of_lineage(
        &self,
        targets: &[usize],
        against: &str,
        with_dependencies: bool,
    ) -> Result<Vec<usize>, Fault> {
        let (ids, label) = self.symbols(against)?;
        // Alembic looks the names up for each target, and so not at all where there is none.
        if targets.is_empty() {
            return Ok(Vec::new());
        }
        let names = label.into_iter().chain(ids.iter().map(String::as_str));
        let tests = names.map(|name| self.identify(name, None)).collect::<Result<Vec<_>, _>>()?;
        let shares = |target: &usize| self.shares_lineage(*target, &tests, with_dependencies);
        Ok(targets.iter().copied().filter(shares).collect())
    }

    fn shares_lineage(&self, target: usize, tests: &[usize], with_dependencies: bool) -> bool {
        if tests.is_empty() {
            return true;
        }
        let (above, below) = if with_dependencies {
            (self.descendants([target]), self.ancestors([target]))
        } else {
            let (above, below) = (self.related([target], |it| &it.next), self.related([target], |it| &it.down));
            (self.set(&above), self.set(&below))
        };
        tests.iter().any(|test| above[*test] || below[*test])
    }
}
