//! Which revisions a command goes through, and in which order.

use super::{
    Revision,
    fault::{Fault, Words},
    graph::Graph,
    resolve::{Found, Relative},
    step::{Direction, Step},
};
use crate::error::Result;

/// The steps of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// In the order in which they are run.
    pub steps: Vec<Step>,
    /// What Alembic warns of on the way.
    pub warnings: Vec<String>,
}

/// How far a way goes that is longer than the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Overwalk {
    /// It is an error.
    Refuse,
    /// It ends at the graph's end.
    Stop,
}

impl Graph {
    /// The way from the version table's rows up to `target`.
    pub fn upgrade<S: AsRef<str>>(&self, target: &str, current: &[S]) -> Result<Plan> {
        let words = Words {
            not_ancestor: Some("Destination {end} is not a valid upgrade target from current head(s)"),
            end: Some(target),
            ..Words::default()
        };
        let places = self.upgrade_order(target, current).map_err(|fault| fault.say(words))?;
        let steps = places.into_iter().map(|place| self.step(place, Direction::Up)).collect();
        Ok(Plan { steps, warnings: Vec::new() })
    }

    /// The way from the version table's rows down to `target`.
    pub fn downgrade<S: AsRef<str>>(&self, target: &str, current: &[S]) -> Result<Plan> {
        let words = Words {
            not_ancestor: Some("Destination {end} is not a valid downgrade target from current head(s)"),
            end: Some(target),
            ..Words::default()
        };
        let mut warnings = Vec::new();
        let places = self.downgrade_order(target, current, &mut warnings).map_err(|fault| fault.say(words))?;
        let steps = places.into_iter().map(|place| self.step(place, Direction::Down)).collect();
        Ok(Plan { steps, warnings })
    }

    /// The moves of the version table, without running anything, from its rows to `targets`; no targets is the base.
    pub fn stamp<S: AsRef<str>>(&self, targets: &[S], current: &[S]) -> Result<Plan> {
        let words = Words {
            multiple_heads: Some("Multiple heads are present; please specify a single target revision"),
            ..Words::default()
        };
        let targets: Vec<&str> =
            if targets.is_empty() { vec!["base"] } else { targets.iter().map(AsRef::as_ref).collect() };
        let steps = self.stamps(&targets, current).map_err(|fault| fault.say(words))?;
        Ok(Plan { steps, warnings: Vec::new() })
    }

    /// Alembic's `walk_revisions`: from `head` down to `base`, both included, newest first.
    pub fn history(&self, base: &str, head: &str) -> Result<Vec<&Revision>> {
        let words = Words { start: Some(base), end: Some(head), ..Words::default() };
        let places = self.history_order(base, head).map_err(|fault| fault.say(words))?;
        Ok(self.revisions_at(&places))
    }

    fn upgrade_order<S: AsRef<str>>(&self, target: &str, current: &[S]) -> Result<Vec<usize>, Fault> {
        let targets = self.upgrade_targets(target, current, Overwalk::Refuse)?;
        let required = self.required(&targets)?;
        let current: Vec<usize> = self.all(current)?.into_iter().filter_map(Found::revision).collect();
        let present = self.related_apart(&current, |node| &node.lower)?;
        let needs: Vec<bool> = required.iter().zip(present).map(|(required, present)| *required && !present).collect();
        let mut order = self.newest_first(&needs, &targets);
        order.reverse();
        Ok(order)
    }

    fn required(&self, targets: &[usize]) -> Result<Vec<bool>, Fault> {
        self.related_apart(targets, |node| &node.lower)
    }

    fn upgrade_targets<S: AsRef<str>>(
        &self,
        target: &str,
        current: &[S],
        overwalk: Overwalk,
    ) -> Result<Vec<usize>, Fault> {
        let Some(relative) = Relative::read(target) else {
            return Ok(self.several(target)?.into_iter().filter_map(Found::revision).collect());
        };
        let produced = || Fault::Other(didnt_produce(&relative));
        let found = match (relative.symbol, relative.steps) {
            (None, 1..) => self.walk_from_current(&relative, current, overwalk)?,
            (None, _) => return Err(produced()),
            (Some(symbol), 1..) => {
                self.walk(self.one(symbol)?, relative.steps, relative.label, overwalk == Overwalk::Stop)?
            }
            (Some(symbol), _) => {
                let start = self.one(&labelled(relative.label, symbol))?;
                self.walk(start, relative.steps, None, overwalk == Overwalk::Stop)?
            }
        };
        found.revision().map(|place| vec![place]).ok_or_else(produced)
    }

    fn walk_from_current<S: AsRef<str>>(
        &self,
        relative: &Relative<'_>,
        current: &[S],
        overwalk: Overwalk,
    ) -> Result<Found, Fault> {
        let current: Vec<usize> = self.all(current)?.into_iter().filter_map(Found::revision).collect();
        let starts = match relative.label {
            Some(label) => self.starts_on_branch(&current, label)?,
            None => current,
        };
        if starts.len() > 1 {
            return Err(Fault::other("Ambiguous upgrade from multiple current revisions"));
        }
        self.walk(starts.first().copied(), relative.steps, relative.label, overwalk == Overwalk::Stop)
    }

    /// The current revisions on a branch; where no row is on it, the youngest of their ancestors that are.
    fn starts_on_branch(&self, current: &[usize], label: &str) -> Result<Vec<usize>, Fault> {
        let on_branch = self.of_lineage(current, label, false)?;
        if !on_branch.is_empty() || current.is_empty() {
            return Ok(on_branch);
        }
        let ancestors = self.related(current.iter().copied(), |node| &node.lower);
        let active = self.of_lineage(&ancestors, label, false)?;
        let below: Vec<usize> = active.iter().flat_map(|place| self.nodes[*place].lower.clone()).collect();
        Ok(active.into_iter().filter(|place| !below.contains(place)).collect())
    }

    fn downgrade_order<S: AsRef<str>>(
        &self,
        target: &str,
        current: &[S],
        warnings: &mut Vec<String>,
    ) -> Result<Vec<usize>, Fault> {
        let (label, target) = self.downgrade_target(target, current, Overwalk::Refuse, warnings)?;
        let roots = self.downgrade_roots(target, label.as_deref())?;
        let heads: Vec<usize> = self.all(current)?.into_iter().filter_map(Found::revision).collect();
        let above = self.descendants(roots);
        let active = self.ancestors(heads.iter().copied());
        let drops: Vec<bool> = above.into_iter().zip(active).map(|(above, active)| above && active).collect();
        if target.is_some_and(|target| !heads.contains(&target)) && !drops.contains(&true) {
            return Err(Fault::NotAncestor { lower: "Nothing to drop".into(), upper: String::new() });
        }
        Ok(self.newest_first(&drops, &heads))
    }

    /// The revisions directly above the target, on the branch in question.
    fn downgrade_roots(&self, target: Option<usize>, label: Option<&str>) -> Result<Vec<usize>, Fault> {
        let roots = match target {
            None => self.bases.clone(),
            Some(place) => self.nodes[place].next.clone(),
        };
        let Some(label) = label.filter(|_| roots.len() > 1) else { return Ok(roots) };
        let branch = self.branch(label)?;
        let ancestors = self.set(&self.related([branch], |node| &node.down));
        let roots: Vec<usize> = roots.into_iter().filter(|root| ancestors[*root]).collect();
        if roots.is_empty() {
            return Err(Fault::other("Not a valid downgrade target from current heads"));
        }
        Ok(roots)
    }

    /// The branch and the revision that a downgrade's target names; no revision is the base.
    fn downgrade_target<S: AsRef<str>>(
        &self,
        target: &str,
        current: &[S],
        overwalk: Overwalk,
        warnings: &mut Vec<String>,
    ) -> Result<(Option<String>, Option<usize>), Fault> {
        let Some(relative) = Relative::read(target) else {
            let (label, symbol) = target.rsplit_once('@').unwrap_or(("", target));
            let label = (!label.is_empty()).then(|| label.to_string());
            return Ok((label, self.one(symbol)?));
        };
        let stop = overwalk == Overwalk::Stop;
        let (label, found, from_current) = match (relative.symbol, relative.steps) {
            (None, 0..) => return Err(Fault::Other(didnt_produce(&relative))),
            (symbol, 0..) => {
                let start = symbol.map(|symbol| self.one(symbol)).transpose()?.flatten();
                (relative.label.map(String::from), self.walk(start, relative.steps, relative.label, stop)?, false)
            }
            (Some(symbol), _) => {
                let start = self.one(&labelled(relative.label, symbol))?;
                (relative.label.map(String::from), self.walk(start, relative.steps, None, stop)?, false)
            }
            (None, _) => {
                let (label, symbol) = self.downgrade_start(&relative, current, warnings)?;
                let start = self.one(&labelled(Some(&label), &symbol))?;
                (Some(label), self.walk(start, relative.steps, None, stop)?, true)
            }
        };
        match found {
            Found::Nothing if from_current => Err(Fault::Other(didnt_produce(&relative))),
            Found::Nothing => Err(Fault::other("Walked too far")),
            found => Ok((label, found.revision())),
        }
    }

    /// The branch and the row from which `-N` counts.
    fn downgrade_start<S: AsRef<str>>(
        &self,
        relative: &Relative<'_>,
        current: &[S],
        warnings: &mut Vec<String>,
    ) -> Result<(String, String), Fault> {
        let nothing = || Fault::Other(didnt_produce(relative));
        let Some(label) = relative.label else {
            let first = current.first().ok_or_else(nothing)?.as_ref();
            if current.iter().any(|row| row.as_ref() != first) {
                warnings.push(
                    "downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release."
                        .into(),
                );
            }
            return Ok((first.into(), first.into()));
        };
        let rows: Vec<usize> = self.all(current)?.into_iter().filter_map(Found::revision).collect();
        let mut on_branch = self.of_lineage(&rows, label, false)?;
        if on_branch.is_empty() {
            // The branch may be applied without a row of its own: another row's revision depends on it.
            let tips = self.tips_below(rows.into_iter());
            on_branch = self.of_lineage(&tips, label, false)?;
        }
        match on_branch[..] {
            [] => Err(nothing()),
            [place] => Ok((label.into(), self.id(place).into())),
            _ => Err(Fault::other("Ambiguous walk")),
        }
    }

    fn history_order(&self, base: &str, head: &str) -> Result<Vec<usize>, Fault> {
        let mut targets = self.upgrade_targets(head, &[base], Overwalk::Stop)?;
        if let Some((branch, _)) = base.split_once('@') {
            let label = self.label_of(branch)?;
            targets.retain(|place| self.nodes[*place].labels.contains(&label));
        }
        let mut needs = self.required(&targets)?;
        let current = self.history_ends(base, head)?;
        if current.iter().any(|place| !needs[*place]) {
            return Err(Fault::NotAncestor { lower: base.into(), upper: head.into() });
        }
        let present = self.related_apart(&current, |node| &node.lower)?;
        needs.iter_mut().zip(present).for_each(|(need, present)| *need &= !present);
        current.iter().for_each(|place| needs[*place] = true);
        if !current.is_empty() {
            let above = self.related_apart(&current, |node| &node.next)?;
            needs.iter_mut().zip(above).for_each(|(need, above)| *need &= above);
        }
        Ok(self.newest_first(&needs, &targets))
    }

    /// A revision may stand for its branch; then its one label is meant.
    fn label_of(&self, branch: &str) -> Result<String, Fault> {
        let place = self.one(branch)?;
        match place.filter(|place| self.id(*place) == branch).map(|place| &self.nodes[place].labels[..]) {
            Some([label, ..]) => Ok(label.clone()),
            _ => Ok(branch.into()),
        }
    }

    fn history_ends(&self, base: &str, head: &str) -> Result<Vec<usize>, Fault> {
        let found = self.several(base)?;
        if found.first() == Some(&Found::Nothing) {
            let mut unsaid = Vec::new();
            let (_, place) = self.downgrade_target(base, &[head], Overwalk::Stop, &mut unsaid)?;
            return Ok(place.into_iter().collect());
        }
        Ok(found.into_iter().filter_map(Found::revision).collect())
    }

    fn stamps<S: AsRef<str>>(&self, targets: &[&str], current: &[S]) -> Result<Vec<Step>, Fault> {
        let rows: Vec<usize> = self.all(current)?.into_iter().filter_map(Found::revision).collect();
        let mut on_line = Vec::new();
        for target in targets {
            for place in self.of_lineage(&rows, target, true)? {
                super::graph::add_once(&mut on_line, place);
            }
        }
        let targets = self.all(targets)?;
        if targets.is_empty() {
            let leave = |place: &usize| Step::stamp(vec![self.id(*place).into()], Vec::new(), Direction::Down, true);
            return Ok(on_line.iter().map(leave).collect());
        }
        let targets = targets.into_iter().filter_map(Found::revision).filter(|target| !on_line.contains(target));
        Ok(targets.map(|target| self.stamp_one(target, &on_line)).collect())
    }

    fn stamp_one(&self, target: usize, rows: &[usize]) -> Step {
        let to = vec![self.id(target).to_string()];
        let (above, below) = (self.descendants([target]), self.ancestors([target]));
        if rows.iter().any(|row| above[*row]) {
            Step::stamp(self.ids(rows), to, Direction::Down, false)
        } else if rows.iter().any(|row| below[*row]) {
            Step::stamp(self.ids(rows), to, Direction::Up, false)
        } else {
            Step::stamp(Vec::new(), to, Direction::Up, true)
        }
    }
}

fn labelled(label: Option<&str>, symbol: &str) -> String {
    label.map_or_else(|| symbol.into(), |label| format!("{label}@{symbol}"))
}

fn didnt_produce(relative: &Relative<'_>) -> String {
    format!("Relative revision {} didn't produce {} migrations", relative.text, relative.steps.unsigned_abs())
}
