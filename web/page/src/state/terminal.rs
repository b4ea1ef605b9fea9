//! The terminal: what stands in it, what is typed, what was typed before.

use super::{Effect, State, effect::Target, engine};
use retort_protocol::{
    Request,
    files::{Fix, Trouble},
    terminal::{Completion, Ink, Mode, Prompt, Tone},
};
use std::rc::Rc;

/// So many entries are kept; older ones go.
const KEPT: usize = 600;
/// So many typed lines are remembered.
const REMEMBERED: usize = 200;

/// The terminal.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    /// What stands in it.
    pub(crate) entries: Rc<Vec<Entry>>,
    /// Who listens.
    pub(crate) prompt: Prompt,
    /// The line that is being typed.
    pub(crate) typed: String,
    /// How often the line was changed by something else than typing: only then the field is written into, so that no
    /// key is lost while the page is busy.
    pub(crate) written: u32,
    /// Whether a line is being worked off.
    pub(crate) busy: bool,
    /// What Tab found, when it found more than one thing.
    pub(crate) candidates: Vec<String>,
    /// Lines typed before, the oldest first.
    pub(crate) history: Vec<String>,
    /// Where in them Up has come to.
    walk: Option<usize>,
    /// The number of the last question for completion.
    asked: u32,
}

/// A piece of the session.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Entry {
    /// A line typed at a prompt.
    Typed {
        /// The prompt.
        prompt: String,
        /// The line.
        line: String,
    },
    /// Output.
    Out(Vec<Ink>),
    /// A correction, as a button.
    Offer(Fix),
}

impl Default for Terminal {
    fn default() -> Self {
        let prompt = Prompt { text: "$ ".into(), mode: Mode::default(), place: String::new() };
        Self {
            entries: Rc::default(),
            prompt,
            typed: String::new(),
            written: 0,
            busy: false,
            candidates: Vec::new(),
            history: Vec::new(),
            walk: None,
            asked: 0,
        }
    }
}

impl Terminal {
    /// Puts a line where the visitor types.
    pub(crate) fn write(&mut self, line: String) {
        self.typed = line;
        self.written += 1;
    }

    fn push(&mut self, entry: Entry) {
        let entries = Rc::make_mut(&mut self.entries);
        match (entries.last_mut(), entry) {
            (Some(Entry::Out(old)), Entry::Out(new)) => merge(old, new),
            (_, entry) => entries.push(entry),
        }
        let over = entries.len().saturating_sub(KEPT);
        entries.drain(..over);
    }
}

fn merge(old: &mut Vec<Ink>, new: Vec<Ink>) {
    for ink in new {
        match old.last_mut().filter(|last| last.tone == ink.tone) {
            Some(last) => last.text.push_str(&ink.text),
            None => old.push(ink),
        }
    }
}

/// Another project: an empty terminal, with the lines that came along in its history.
pub(super) fn replace(state: &mut State, lines: Vec<String>) {
    state.terminal = Terminal { history: lines, written: state.terminal.written + 1, ..Terminal::default() };
}

pub(super) fn edited(state: &mut State, line: String) -> Vec<Effect> {
    state.terminal.typed = line;
    state.terminal.candidates.clear();
    state.terminal.walk = None;
    Vec::new()
}

pub(super) fn entered(state: &mut State) -> Vec<Effect> {
    let terminal = &mut state.terminal;
    if terminal.busy {
        // The field has let go of the line already.
        terminal.write(terminal.typed.clone());
        return Vec::new();
    }
    let line = std::mem::take(&mut terminal.typed);
    terminal.candidates.clear();
    terminal.walk = None;
    terminal.push(Entry::Typed { prompt: terminal.prompt.text.clone(), line: line.clone() });
    if line.trim().is_empty() {
        return Vec::new();
    }
    if terminal.history.last() != Some(&line) {
        terminal.history.push(line.clone());
        let over = terminal.history.len().saturating_sub(REMEMBERED);
        terminal.history.drain(..over);
    }
    terminal.busy = true;
    state.layout.terminal = Some(true);
    engine::ask(state, Request::Type { line })
}

pub(super) fn older(state: &mut State) -> Vec<Effect> {
    let terminal = &mut state.terminal;
    let at = terminal.walk.unwrap_or(terminal.history.len());
    if let Some(line) = at.checked_sub(1).and_then(|at| terminal.history.get(at)) {
        terminal.write(line.clone());
        terminal.walk = Some(at - 1);
    }
    Vec::new()
}

pub(super) fn newer(state: &mut State) -> Vec<Effect> {
    let terminal = &mut state.terminal;
    let Some(at) = terminal.walk else { return Vec::new() };
    terminal.walk = (at + 1 < terminal.history.len()).then_some(at + 1);
    terminal.write(terminal.walk.map(|at| terminal.history[at].clone()).unwrap_or_default());
    Vec::new()
}

pub(super) fn completion_asked(state: &mut State) -> Vec<Effect> {
    let mut effects = super::files::flush(state);
    let line = state.terminal.typed.clone();
    let (number, sent) = engine::send(state, Request::Complete { line });
    state.terminal.asked = number;
    effects.extend(sent);
    effects
}

/// One candidate is put in; of several, what they begin with, and they are listed.
pub(super) fn completed(state: &mut State, number: u32, completion: Completion) -> Vec<Effect> {
    let terminal = &mut state.terminal;
    if number != terminal.asked {
        return Vec::new();
    }
    let Some(common) = common(&completion.candidates) else { return Vec::new() };
    let single = completion.candidates.len() == 1;
    let kept: Vec<u16> = terminal.typed.encode_utf16().take(completion.from as usize).collect();
    let blank = if single && !common.ends_with('/') { " " } else { "" };
    terminal.write(format!("{}{common}{blank}", String::from_utf16_lossy(&kept)));
    terminal.candidates = if single { Vec::new() } else { completion.candidates };
    Vec::new()
}

/// What all candidates begin with.
fn common(candidates: &[String]) -> Option<String> {
    let (first, rest) = candidates.split_first()?;
    let mut common = first.as_str();
    for other in rest {
        let same = common.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        common = &common[..same.unwrap_or(common.len().min(other.len()))];
    }
    Some(common.to_owned())
}

/// Ctrl-C: stops what runs, or throws the line away.
pub(super) fn interrupted(state: &mut State) -> Vec<Effect> {
    let terminal = &mut state.terminal;
    let line = format!("{}^C", terminal.typed);
    terminal.write(String::new());
    terminal.push(Entry::Typed { prompt: terminal.prompt.text.clone(), line });
    terminal.candidates.clear();
    let open = terminal.busy || terminal.prompt.mode != Mode::default();
    if open { stop(state) } else { Vec::new() }
}

/// Stops what runs, ahead of everything else that was asked.
pub(super) fn stop(state: &mut State) -> Vec<Effect> {
    engine::send(state, Request::Stop).1
}

pub(super) fn cleared(state: &mut State) -> Vec<Effect> {
    state.terminal.entries = Rc::default();
    Vec::new()
}

pub(super) fn printed(state: &mut State, inks: Vec<Ink>) -> Vec<Effect> {
    state.terminal.push(Entry::Out(inks));
    Vec::new()
}

pub(super) fn offered(state: &mut State, fix: Fix) -> Vec<Effect> {
    state.terminal.push(Entry::Offer(fix));
    Vec::new()
}

pub(super) fn prompted(state: &mut State, prompt: Prompt) -> Vec<Effect> {
    state.terminal.prompt = prompt;
    Vec::new()
}

/// A line that could not be worked off at all.
pub(super) fn refused(state: &mut State, trouble: Trouble) -> Vec<Effect> {
    let says = trouble.says.text();
    let text = if says.is_empty() { format!("{}\n", trouble.title) } else { format!("{}: {says}\n", trouble.title) };
    state.terminal.push(Entry::Out(vec![Ink { tone: Tone::Wrong, text }]));
    for fix in trouble.fixes {
        state.terminal.push(Entry::Offer(fix));
    }
    Vec::new()
}

pub(super) fn toggled(state: &mut State) -> Vec<Effect> {
    state.layout.terminal = Some(!state.layout.terminal_open());
    vec![Effect::Remember(super::projects::settings(state))]
}

pub(super) fn called(state: &mut State) -> Vec<Effect> {
    state.layout.terminal = Some(true);
    vec![Effect::Focus(Target::Terminal)]
}

#[cfg(test)]
mod tests {
    #[test]
    fn candidates_have_a_beginning_in_common() {
        let words = |words: &[&str]| super::common(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(words(&["upgrade", "uplift"]).as_deref(), Some("up"));
        assert_eq!(words(&["é", "è"]).as_deref(), Some(""));
        assert_eq!(words(&["models.py"]).as_deref(), Some("models.py"));
        assert_eq!(words(&[]), None);
    }
}
