//! The database in the bar, and how migrations are run on it.

use crate::state::engine::Progress;
use crate::{
    state::{Action, State, projects::Project},
    widgets::{Dispatch, icon},
};
use retort_protocol::scene::Discipline;
use yew::{Callback, Html, KeyboardEvent, html};

/// The two ways, each with what makes it differ.
const WAYS: [(Discipline, &str, &str); 2] = [
    (
        Discipline::Safe,
        "Safe",
        "A revision runs wholly or not at all, and loses no row. Where real Alembic would have, the step says so.",
    ),
    (
        Discipline::AsAlembic,
        "As Alembic",
        "What real Alembic does on SQLite, faults included: half of a failed revision may stay, a rebuilt table may take rows with it.",
    ),
];

/// What stands in for the server that the project's URL names.
fn stands_in(state: &State) -> Html {
    if !state.scene.database.starts_with("PostgreSQL") {
        return html! {};
    }
    html! { <p class="menu-note">{ "A real PostgreSQL (PGlite) runs in this page in place of the server that the URL names. Nothing is sent anywhere, its password neither." }</p> }
}

/// The button with the database's name, and under it the switch.
pub(crate) fn view(state: &State, project: &Project, dispatch: &Dispatch) -> Html {
    let open = state.layout.database_menu;
    let escape = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" {
                event.stop_propagation();
                dispatch.emit(Action::DatabaseMenuToggled);
            }
        })
    };
    html! {
        <div class="database-menu wide" onkeydown={escape}>
            <button type="button" class="button button--plain" aria-expanded={open.to_string()} aria-controls="database-menu" onclick={dispatch.click(Action::DatabaseMenuToggled)}>
                <span aria-live="polite">{ label(state, project) }</span><span class="discipline">{ name(state.scene.discipline) }</span>{ icon::line("i-down") }
            </button>
            if open {
                <div class="menu-ground" onclick={dispatch.click(Action::DatabaseMenuToggled)}></div>
                <div class="menu" id="database-menu">{ stands_in(state) }{ switch(state, dispatch) }</div>
            }
        </div>
    }
}

/// The database's name, or how far it is on its way here.
fn label(state: &State, project: &Project) -> String {
    let known = if state.scene.database.is_empty() { &project.database } else { &state.scene.database };
    match &state.engine.fetching {
        Some(Progress { doing, percent: Some(percent) }) if *percent < 100 => format!("{doing}: {percent} %"),
        Some(Progress { doing, .. }) => format!("{doing} …"),
        None => known.clone(),
    }
}

/// The switch, here and in the project's menu on narrow screens.
pub(crate) fn switch(state: &State, dispatch: &Dispatch) -> Html {
    let way = |(discipline, name, says): &(Discipline, &'static str, &'static str)| {
        let pressed = state.scene.discipline == *discipline;
        html! {
            <li><button type="button" class="menu-item way-item" aria-pressed={pressed.to_string()} onclick={dispatch.click(Action::DisciplineChosen(*discipline))}>
                if pressed { { icon::line("i-check") } } else { <span class="icon"></span> }
                <span><b>{ *name }</b><small>{ *says }</small></span>
            </button></li>
        }
    };
    html! {
        <div role="group" aria-label="How migrations run">
            <h3>{ "How migrations run" }</h3>
            <ul>{ for WAYS.iter().map(way) }</ul>
        </div>
    }
}

fn name(discipline: Discipline) -> &'static str {
    WAYS.iter().find(|(way, ..)| *way == discipline).map_or("", |(_, name, _)| name)
}
