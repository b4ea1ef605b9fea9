//! Links, zips and databases to take away.

use super::{Dialog, Effect, State, engine};
use retort_protocol::{
    Request,
    share::{Carry, Download, Link, Pack, Packing},
};

/// The share dialog.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sharing {
    /// What the link shall carry.
    pub(crate) carry: Carry,
    /// The link; the last one stays while another is made.
    pub(crate) link: Option<Link>,
    /// What was copied last.
    pub(crate) copied: Option<(Form, bool)>,
    /// The number of the question.
    asked: u32,
}

/// The export dialog.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Exporting {
    /// What the zip shall carry.
    pub(crate) pack: Pack,
    /// What there is.
    pub(crate) packing: Option<Packing>,
}

/// A box to tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Where the database stands.
    Position,
    /// Its rows.
    Rows,
    /// The lines of the terminal.
    Terminal,
    /// What others had better not read.
    Secrets,
    /// The database as a file.
    Database,
}

/// What is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The address.
    Address,
    /// The address with the project's name.
    Markdown,
}

pub(super) fn chosen(state: &mut State) -> Vec<Effect> {
    let carry = Carry { position: true, rows: true, terminal: Vec::new(), secrets: false };
    state.dialog = Some(Dialog::Share(Sharing { carry, link: None, copied: None, asked: 0 }));
    ask(state)
}

fn ask(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Share(sharing)) = &state.dialog else { return Vec::new() };
    let carry = sharing.carry.clone();
    let mut effects = super::files::flush(state);
    let (number, sent) = engine::send(state, Request::Link(carry));
    effects.extend(sent);
    if let Some(Dialog::Share(sharing)) = &mut state.dialog {
        sharing.asked = number;
    }
    effects
}

pub(super) fn carry_toggled(state: &mut State, part: Part) -> Vec<Effect> {
    let history = state.terminal.history.clone();
    let Some(Dialog::Share(sharing)) = &mut state.dialog else { return Vec::new() };
    let carry = &mut sharing.carry;
    match part {
        Part::Position => carry.position ^= true,
        Part::Rows => carry.rows ^= true,
        Part::Secrets => carry.secrets ^= true,
        Part::Terminal if carry.terminal.is_empty() => carry.terminal = history,
        Part::Terminal => carry.terminal.clear(),
        Part::Database => {}
    }
    sharing.copied = None;
    ask(state)
}

pub(super) fn linked(state: &mut State, number: u32, link: Link) -> Vec<Effect> {
    if let Some(Dialog::Share(sharing)) = &mut state.dialog
        && sharing.asked == number
    {
        sharing.link = Some(link);
    }
    Vec::new()
}

/// `place` is the page's own address without what stands behind `#`.
pub(crate) fn text(sharing: &Sharing, form: Form, place: &str, title: &str) -> String {
    let link = sharing.link.as_ref();
    let address = format!("{place}#{}", link.map(|link| link.fragment.as_str()).unwrap_or_default());
    match form {
        Form::Address => address,
        Form::Markdown => {
            let position = link.filter(|_| sharing.carry.position).map(|link| format!(", {}", link.position));
            let title = format!("{title}{}", position.unwrap_or_default());
            format!("[{}]({address})", title.replace(['[', ']'], ""))
        }
    }
}

pub(super) fn copy_chosen(state: &mut State, form: Form) -> Vec<Effect> {
    let title = state.project.as_ref().map(|project| project.title.clone()).unwrap_or_default();
    let place = state.layout.place.clone();
    let Some(Dialog::Share(sharing)) = &mut state.dialog else { return Vec::new() };
    let copied = text(sharing, form, &place, &title);
    sharing.copied = Some((form, true));
    vec![Effect::Copy(copied)]
}

pub(super) fn copied(state: &mut State, done: bool) -> Vec<Effect> {
    if let Some(Dialog::Share(Sharing { copied: Some((_, shown)), .. })) = &mut state.dialog {
        *shown = done;
    }
    Vec::new()
}

pub(super) fn export_chosen(state: &mut State) -> Vec<Effect> {
    state.dialog = Some(Dialog::Export(Exporting { pack: Pack::default(), packing: None }));
    engine::ask(state, Request::Packing)
}

pub(super) fn packing(state: &mut State, packing: Packing) -> Vec<Effect> {
    if let Some(Dialog::Export(exporting)) = &mut state.dialog {
        exporting.packing = Some(packing);
    }
    Vec::new()
}

pub(super) fn pack_toggled(state: &mut State, part: Part) -> Vec<Effect> {
    if let Some(Dialog::Export(exporting)) = &mut state.dialog {
        match part {
            Part::Secrets => exporting.pack.secrets ^= true,
            Part::Database => exporting.pack.database ^= true,
            Part::Position | Part::Rows | Part::Terminal => {}
        }
    }
    Vec::new()
}

pub(super) fn zip_chosen(state: &mut State) -> Vec<Effect> {
    let Some(Dialog::Export(exporting)) = &state.dialog else { return Vec::new() };
    let pack = exporting.pack;
    engine::ask(state, Request::Zip(pack))
}

pub(super) fn database_chosen(state: &mut State) -> Vec<Effect> {
    engine::ask(state, Request::Database)
}

pub(super) fn downloaded(download: Download) -> Vec<Effect> {
    vec![Effect::Download(download)]
}
