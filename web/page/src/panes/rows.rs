//! The rows, table by table.

use crate::{
    state::{Action, State, rows},
    widgets::{Dispatch, grid::Grid, icon, said},
};
use retort_protocol::rows::{Show, TableRows};
use std::rc::Rc;
use yew::{Html, html};

/// The pane.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let tables = &state.scene.tables;
    let open = rows::unfolded(state);
    let changed: u64 = tables.iter().map(|table| table.changed).sum();
    html! {
        <section class="pane pane--rows" aria-labelledby="rows-title" data-pane="rows">
            <header class="pane-head">
                <h3 id="rows-title">{ "Rows" }</h3>
                <div class="end">
                    if changed > 0 {
                        <div class="tabs" role="group" aria-label="Show">{ tab(state, "Changes", Show::Changes, dispatch) }{ tab(state, "After", Show::After, dispatch) }</div>
                        <span class="lit-mark">{ format!("{} changed", said::grouped(changed)) }</span>
                    } else if state.scene.step.inside {
                        <span class="quiet-mark">{ "read-only inside a revision" }</span>
                    }
                </div>
            </header>
            <div class="pane-body" tabindex="0" role="group" aria-labelledby="rows-title" data-focus="">
                if tables.is_empty() { <p class="nothing"><b>{ "No rows yet" }</b>{ "Rows come with tables: from a migration, from seed.sql, from the terminal, or typed here." }</p> }
                { for tables.iter().map(|table| one(state, table, open.iter().any(|open| open.table == table.table), dispatch)) }
            </div>
        </section>
    }
}

fn tab(state: &State, name: &'static str, show: Show, dispatch: &Dispatch) -> Html {
    let pressed = (state.rows.show == show).to_string();
    html! { <button type="button" class="tab" aria-pressed={pressed} onclick={dispatch.click(Action::ShowChosen(show))}>{ name }</button> }
}

fn one(state: &State, table: &TableRows, open: bool, dispatch: &Dispatch) -> Html {
    // Where no step changed anything, "none changed" says nothing.
    let calm = state.scene.tables.iter().all(|table| table.changed == 0);
    let sole = open && (table.changed > 0 || state.scene.tables.len() == 1);
    html! {
        <div class="rows-table" key={table.table.clone()}>
            if !sole { { fold(table, open, calm, dispatch) } }
            if open { { grid(state, table, dispatch) } }
        </div>
    }
}

/// The line of a table, which unfolds and folds it.
fn fold(table: &TableRows, open: bool, calm: bool, dispatch: &Dispatch) -> Html {
    let toggle = dispatch.click(Action::TableToggled(table.table.clone()));
    let picture = if open { "i-down" } else { "i-right" };
    html! {
        <button type="button" class="rows-more" aria-expanded={open.to_string()} onclick={toggle}>
            { icon::line(picture) }<b>{ &table.table }</b><span>{ summary(table, calm) }</span>
        </button>
    }
}

fn summary(table: &TableRows, calm: bool) -> String {
    let rows = said::count(table.total, "row");
    match (&table.says, table.changed) {
        (Some(says), _) => says.clone(),
        (None, 0) if calm => rows,
        (None, 0) => format!("{rows}, none changed"),
        (None, changed) => format!("{rows}, {} changed", said::grouped(changed)),
    }
}

fn grid(state: &State, table: &TableRows, dispatch: &Dispatch) -> Html {
    let Some(sheet) = state.rows.sheet(&table.table) else { return html! {} };
    let caption = match table.changed {
        0 => format!("{}: {}", table.table, said::count(table.total, "row")),
        changed => format!("{}: {} changed in this step", table.table, said::count(changed, "row")),
    };
    html! {
        <Grid table={table.table.clone()} {caption} sheet={Rc::clone(sheet)} editable={table.editable && sheet.show == Show::After} dispatch={dispatch.clone()}/>
    }
}
