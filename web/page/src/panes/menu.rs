//! The project's menu: other projects, new ones, and on narrow screens the files.

use crate::{
    browser,
    state::{
        Action, State,
        files::{Named, Naming, Removing},
        projects::{Card, Project},
    },
    widgets::{Dispatch, icon, said},
};
use yew::{Callback, Html, KeyboardEvent, MouseEvent, html};

/// The button with the project's name, and under it the menu.
pub(crate) fn view(state: &State, project: &Project, dispatch: &Dispatch) -> Html {
    let open = state.layout.menu;
    let escape = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" {
                event.stop_propagation();
                dispatch.emit(Action::MenuToggled);
            }
        })
    };
    html! {
        <div class="project-menu" onkeydown={escape}>
            <button type="button" class="button button--plain project" aria-expanded={open.to_string()} aria-controls="project-menu" onclick={dispatch.click(Action::MenuToggled)}>
                <span>{ &project.title }</span>{ icon::line("i-down") }
            </button>
            if open {
                <div class="menu-ground" onclick={dispatch.click(Action::MenuToggled)}></div>
                <nav class="menu" id="project-menu" aria-label="Projects">{ content(state, project, dispatch) }</nav>
            }
        </div>
    }
}

fn content(state: &State, project: &Project, dispatch: &Dispatch) -> Html {
    let naming = Naming { of: Named::Project(project.id.clone()), text: project.title.clone(), trouble: None };
    let others: Vec<_> = state.shelf.projects.iter().filter(|card| card.id != project.id).collect();
    html! {
        <>
            <div class="menu-files"><h2 class="unseen">{ "Files" }</h2>{ super::files::view(state, dispatch, true) }</div>
            <ul class="menu-part">
                <li>{ item("i-pen", "Rename this project…", dispatch.click(Action::NameChosen(naming))) }</li>
                <li>{ item("i-zip", "Export…", dispatch.click(Action::ExportChosen)) }</li>
            </ul>
            if !others.is_empty() {
                <h3>{ "Your other projects" }</h3>
                <ul class="menu-part menu-projects">{ for others.into_iter().map(|card| card_item(card, dispatch)) }</ul>
            }
            <ul class="menu-part">
                <li>{ item("i-plus", "New, from the gallery…", dispatch.click(Action::GalleryChosen)) }</li>
                <li>{ item("i-zip", "Open a zip…", choose(dispatch, false)) }</li>
                <li>{ item("i-folder", "Open a folder…", choose(dispatch, true)) }</li>
            </ul>
            <div class="menu-part menu-narrow">{ super::database::switch(state, dispatch) }</div>
            <ul class="menu-part menu-narrow">
                <li>{ item("i-half", theme_words(state), dispatch.click(Action::ThemeToggled)) }</li>
                <li>{ item("i-text", "Keys and help", dispatch.click(Action::HelpChosen)) }</li>
            </ul>
        </>
    }
}

fn theme_words(state: &State) -> &'static str {
    match state.layout.theme.name() {
        "light" => "Theme: light",
        "dark" => "Theme: dark",
        _ => "Theme: as the system",
    }
}

fn item(picture: &'static str, words: &'static str, click: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="menu-item" onclick={click}>{ icon::line(picture) }{ words }</button> }
}

/// A project of the list, with what can be done to it.
pub(crate) fn card_item(card: &Card, dispatch: &Dispatch) -> Html {
    let naming = Naming { of: Named::Project(card.id.clone()), text: card.title.clone(), trouble: None };
    let remove = Action::RemoveChosen(Removing::Project(card.id.clone(), card.title.clone()));
    html! {
        <li class="card" key={card.id.clone()}>
            <button type="button" class="card-open" onclick={dispatch.click(Action::ProjectChosen(card.id.clone()))}>
                <b>{ &card.title }</b>
                <span>{ format!("{}, {}", said::count(u64::from(card.revisions), "revision"), card.position) }</span>
            </button>
            <button type="button" class="button button--plain button--icon" aria-label={format!("Rename {}", card.title)} onclick={dispatch.click(Action::NameChosen(naming))}>{ icon::line("i-pen") }</button>
            <button type="button" class="button button--plain button--icon" aria-label={format!("Delete {}", card.title)} onclick={dispatch.click(remove)}>{ icon::line("i-bin") }</button>
        </li>
    }
}

/// Lets the visitor choose files, and says which.
pub(crate) fn choose(dispatch: &Dispatch, folder: bool) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| {
        let dispatch = dispatch.clone();
        wasm_bindgen_futures::spawn_local(async move {
            dispatch.emit(Action::FilesBrought(browser::chosen(folder).await));
        });
    })
}
