//! What stands over the page.

use super::{make::Make, share};
use crate::{
    state::{
        self, Action, State,
        files::{Named, Naming, Removing},
    },
    widgets::{Dispatch, dialog::Dialog},
};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::{Html, InputEvent, SubmitEvent, TargetCast, html};

/// The dialog that is open, if one is.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    match &state.dialog {
        None => html! {},
        Some(state::Dialog::Share(sharing)) => {
            html! { <div key="share">{ share::view(state, sharing, dispatch) }</div> }
        }
        Some(state::Dialog::Export(exporting)) => {
            html! { <div key="export">{ share::export(exporting, dispatch) }</div> }
        }
        Some(state::Dialog::Help) => html! { <div key="help">{ help() }</div> },
        Some(state::Dialog::Make { message }) => {
            html! { <div key="make"><Make message={message.clone()} answer={Rc::clone(&state.autogenerate)} scene={Rc::clone(&state.scene)}/></div> }
        }
        Some(state::Dialog::Name(naming)) => html! { <div key="name">{ name(naming, dispatch) }</div> },
        Some(state::Dialog::Remove(removing)) => html! { <div key="remove">{ remove(removing, dispatch) }</div> },
    }
}

const KEYS: &[(&[&str], &str)] = &[
    (&["→"], "Next step: onward in an upgrade, or back over what a downgrade has just done"),
    (&["←"], "Previous step: onward in a downgrade, or back over what an upgrade has just done"),
    (&["⇧", "→"], "To the end of the revision"),
    (&["⇧", "←"], "To the beginning of the revision"),
    (&["Alt", "→"], "The same while you type in the editor"),
    (&["Ctrl", "Z"], "Undo the last step, command or edit of rows; with ⇧ do it again. In the editor: its text"),
    (&["`"], "Terminal"),
    (&["F6"], "Next pane; with ⇧ the one before"),
    (&["Home", "End"], "In the timeline: first and last bead; Enter goes there"),
    (&["Enter"], "In a grid: edit the cell; Delete sets NULL; × at the left deletes the row"),
    (&["Tab", "↑", "↓"], "In the terminal: complete, older, newer"),
    (&["Ctrl", "C"], "In the terminal: stop"),
    (&["Esc"], "Close a dialog; in the editor: leave it"),
    (&["?"], "This"),
];

fn help() -> Html {
    let row = |(keys, says): &(&[&str], &'static str)| {
        html! { <div><dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt><dd>{ *says }</dd></div> }
    };
    let lead = html! { <p>{ "Right is towards head, left towards base, always. Everything can also be typed in the terminal." }</p> };
    html! {
        <Dialog title="Keys and help" {lead}>
            <dl class="help">{ for KEYS.iter().map(row) }</dl>
            <ul class="help-beads">
                <li><span class="bead"></span>{ " an operation" }</li>
                <li><span class="bead bead--data"></span>{ " rows" }</li>
                <li><span class="bead bead--batch"></span>{ " several changes, one step" }</li>
            </ul>
        </Dialog>
    }
}

fn name(naming: &Naming, dispatch: &Dispatch) -> Html {
    let (title, label, button) = match &naming.of {
        Named::NewFile => ("New file", "Path in the project", "Create"),
        Named::File(_) => ("Rename or move a file", "Path in the project", "Rename"),
        Named::Folder(_) => ("Rename or move a folder", "Path in the project", "Rename"),
        Named::Project(_) => ("Rename the project", "Name", "Rename"),
    };
    let submit = dispatch.on(|event: SubmitEvent| {
        event.prevent_default();
        Action::NameGiven
    });
    let oninput =
        dispatch.on(|event: InputEvent| Action::FieldEdited(event.target_unchecked_into::<HtmlInputElement>().value()));
    let described = naming.trouble.is_some().then_some("name-trouble");
    html! {
        <Dialog {title}>
            <form class="make" onsubmit={submit}>
                <label for="name">{ label }</label>
                <input class="field" id="name" data-first="" autocomplete="off" spellcheck="false" value={naming.text.clone()} aria-invalid={described.map(|_| "true")} aria-describedby={described} {oninput}/>
                <button class="button button--primary">{ button }</button>
                if let Some(trouble) = &naming.trouble { <p class="bad" id="name-trouble" role="alert">{ trouble }</p> }
            </form>
        </Dialog>
    }
}

fn remove(removing: &Removing, dispatch: &Dispatch) -> Html {
    let (title, says) = match removing {
        Removing::File(path) => (format!("Delete {path}?"), "The file goes; what it did to the database stays."),
        Removing::Folder(path) => {
            (format!("Delete {path}/?"), "All files in it go; what they did to the database stays.")
        }
        Removing::Project(_, title) => {
            (format!("Delete “{title}”?"), "Its files and its database go from this browser. There is no way back.")
        }
    };
    html! {
        <Dialog {title}>
            <p>{ says }</p>
            <div class="acts">
                <button type="button" class="button" data-first="" onclick={dispatch.click(Action::DialogClosed)}>{ "Keep it" }</button>
                <button type="button" class="button button--danger" onclick={dispatch.click(Action::RemoveConfirmed)}>{ "Delete" }</button>
            </div>
        </Dialog>
    }
}
