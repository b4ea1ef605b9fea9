//! The share dialog and the export dialog.

use crate::{
    state::{
        Action, State,
        share::{Exporting, Form, Part, Sharing, text},
    },
    widgets::{Dispatch, dialog::Dialog, icon, said},
};
use retort_protocol::share::{Link, Secret};
use yew::{Html, html};

/// Lengths that a link may have before somebody cuts it: everywhere, mostly, rarely.
const LIMITS: [(usize, &str); 3] = [(2_000, "pastes anywhere"), (8_000, "mostly"), (32_000, "rarely")];

/// "Share".
pub(crate) fn view(state: &State, sharing: &Sharing, dispatch: &Dispatch) -> Html {
    let lead = sharing.link.as_ref().map(|link| lead(sharing, link)).unwrap_or_default();
    html! {
        <Dialog title="Share this exact situation" {lead}>
            if sharing.link.as_ref().is_some_and(|link| link.too_long) {
                <p class="bad">{ "This is more than a link can carry. Leave out the rows, or export a zip." }</p>
            } else {
                { link_box(state, sharing, dispatch) }
            }
            { carries(state, sharing, dispatch) }
            { sharing.link.as_ref().map(warnings).unwrap_or_default() }
            <ul class="ways">{ markdown(state, sharing, dispatch) }{ zip(dispatch) }</ul>
        </Dialog>
    }
}

fn lead(sharing: &Sharing, link: &Link) -> Html {
    let place = if sharing.carry.position { link.position.as_str() } else { "at base" };
    let rows = if sharing.carry.rows && link.rows > 0 { ", with these rows" } else { "" };
    html! { <p>{ format!("Whoever opens it gets a copy, {place}{rows}. No account.") }</p> }
}

fn link_box(state: &State, sharing: &Sharing, dispatch: &Dispatch) -> Html {
    let address = sharing.link.as_ref().map(|_| text(sharing, Form::Address, &state.layout.place, ""));
    let length = address.as_ref().map_or(0, String::len);
    html! {
        <>
            <div class="linkbox">
                <input class="field" readonly=true aria-label="Link" value={address.clone().unwrap_or_default()}/>
                <button type="button" class="button button--primary" data-first="" disabled={address.is_none()} onclick={dispatch.click(Action::CopyChosen(Form::Address))}>
                    { icon::line("i-link") }{ copied(sharing, Form::Address, "Copy link") }
                </button>
            </div>
            { meter(length) }
            <p class="unseen" role="status">{ if sharing.copied.is_some() { copied(sharing, Form::Address, "Copied") } else { "" } }</p>
        </>
    }
}

fn copied(sharing: &Sharing, form: Form, name: &'static str) -> &'static str {
    match sharing.copied {
        Some((copied, true)) if copied == form => "Copied",
        Some((copied, false)) if copied == form => "Select and copy it",
        _ => name,
    }
}

fn meter(length: usize) -> Html {
    let here = LIMITS.iter().position(|(limit, _)| length <= *limit).unwrap_or(LIMITS.len() - 1);
    let words = format!("{} characters, {}", said::grouped(length as u64), LIMITS[here].1);
    let part = |(at, (limit, says)): (usize, &(usize, &'static str))| {
        let from = if at == 0 { 0 } else { LIMITS[at - 1].0 };
        let filled = length.clamp(from, *limit) - from;
        html! {
            <li>
                if filled > 0 { <progress max={(limit - from).to_string()} value={filled.to_string()} aria-hidden="true"></progress> }
                if at == here { <b>{ format!("{} characters", said::grouped(length as u64)) }</b>{ format!(", {says}") } }
                else { { format!("to {}, {says}", said::grouped(*limit as u64)) } }
            </li>
        }
    };
    html! {
        <div class="meter" role="meter" aria-label="Length of the link" aria-valuenow={length.min(32_000).to_string()} aria-valuemin="0" aria-valuemax="32000" aria-valuetext={words}>
            <ul class="meter-track" aria-hidden="true">{ for LIMITS.iter().enumerate().map(part) }</ul>
        </div>
    }
}

fn carries(state: &State, sharing: &Sharing, dispatch: &Dispatch) -> Html {
    let link = sharing.link.as_ref();
    let carry = &sharing.carry;
    let toggle = |part| Some(dispatch.click(Action::CarryToggled(part)));
    let revisions = link.map(|link| link.revisions.to_string()).unwrap_or_default();
    let position = link.map(|link| link.position.clone()).unwrap_or_default();
    let rows = link
        .map(|link| format!("{}, in {}", said::grouped(link.rows), said::count(u64::from(link.tables), "table")))
        .unwrap_or_default();
    let typed = said::count(state.terminal.history.len() as u64, "command");
    let secrets = link.map_or(0, |link| link.secrets.len());
    html! {
        <fieldset class="carries">
            <legend class="unseen">{ "The link carries" }</legend>
            { check("Models and revisions", revisions, true, None) }
            { check("This step", position, carry.position, toggle(Part::Position)) }
            { check("Rows", rows, carry.rows, toggle(Part::Rows)) }
            { check("Terminal session", typed, !carry.terminal.is_empty(), toggle(Part::Terminal)) }
            if secrets > 0 { { check("Secrets", format!("{secrets} found, left out unless ticked"), carry.secrets, toggle(Part::Secrets)) } }
        </fieldset>
    }
}

fn check(name: &'static str, aside: String, checked: bool, toggle: Option<yew::Callback<yew::MouseEvent>>) -> Html {
    let disabled = toggle.is_none();
    html! { <label class="check"><input type="checkbox" {checked} {disabled} onclick={toggle}/>{ name }{ " " }<small>{ aside }</small></label> }
}

fn warnings(link: &Link) -> Html {
    html! {
        if !link.warnings.is_empty() || !link.secrets.is_empty() {
            <ul class="warnings">
                { for link.warnings.iter().map(|words| html! { <li>{ icon::warn() }<span>{ said::words(words) }</span></li> }) }
                { for link.secrets.iter().map(secret) }
            </ul>
        }
    }
}

fn secret(secret: &Secret) -> Html {
    let place = if secret.line > 0 { format!("{}, line {}", secret.path, secret.line) } else { secret.path.clone() };
    html! { <li>{ icon::warn() }<span><code>{ place }</code>{ format!(": {}", secret.what) }</span></li> }
}

fn markdown(state: &State, sharing: &Sharing, dispatch: &Dispatch) -> Html {
    let title = state.project.as_ref().map(|project| project.title.clone()).unwrap_or_default();
    let shown = text(sharing, Form::Markdown, &state.layout.place, &title);
    let ready = sharing.link.as_ref().is_some_and(|link| !link.too_long);
    html! {
        if ready {
            <li><button type="button" class="way" onclick={dispatch.click(Action::CopyChosen(Form::Markdown))}>
                { icon::line("i-text") }<span class="way-what"><b>{ "Markdown" }</b><small>{ shown }</small></span><em>{ copied(sharing, Form::Markdown, "Copy") }</em>
            </button></li>
        }
    }
}

fn zip(dispatch: &Dispatch) -> Html {
    html! {
        <li><button type="button" class="way" onclick={dispatch.click(Action::ExportChosen)}>
            { icon::line("i-zip") }<span class="way-what"><b>{ "Alembic project" }</b><small>{ "A zip that runs with plain " }<code>{ "alembic upgrade head" }</code></small></span><em>{ "Export…" }</em>
        </button></li>
    }
}

/// "Export".
pub(crate) fn export(exporting: &Exporting, dispatch: &Dispatch) -> Html {
    let toggle = |part| Some(dispatch.click(Action::PackToggled(part)));
    let packing = exporting.packing.clone().unwrap_or_default();
    let files = said::count(u64::from(packing.files), "file");
    let database = format!("{}, {}", packing.database_name, said::size(packing.database_bytes));
    let lead = html! { <p>{ "The project as it is, position and rows included. Plain Alembic runs it." }</p> };
    html! {
        <Dialog title="Export" {lead}>
            <fieldset class="carries carries--first">
                <legend class="unseen">{ "The zip carries" }</legend>
                { check("Project files and history", files, true, None) }
                { check("Database", database.clone(), exporting.pack.database, toggle(Part::Database)) }
                if !packing.secrets.is_empty() { { check("Secrets", format!("{} found, left out unless ticked", packing.secrets.len()), exporting.pack.secrets, toggle(Part::Secrets)) } }
            </fieldset>
            if !packing.secrets.is_empty() { <ul class="warnings">{ for packing.secrets.iter().map(secret) }</ul> }
            <ul class="ways">
                <li><button type="button" class="way" data-first="" onclick={dispatch.click(Action::ZipChosen)}>
                    { icon::line("i-zip") }<span class="way-what"><b>{ "Alembic project" }</b><small>{ "Runs with plain " }<code>{ "alembic upgrade head" }</code></small></span><em>{ "Download .zip" }</em>
                </button></li>
                <li><button type="button" class="way" onclick={dispatch.click(Action::DatabaseChosen)}>
                    { icon::line("i-db") }<span class="way-what"><b>{ "Database" }</b><small>{ format!("as it is here: {database}") }</small></span><em>{ "Download .sqlite" }</em>
                </button></li>
            </ul>
        </Dialog>
    }
}
