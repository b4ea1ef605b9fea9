//! Editing in a grid: what keys mean, and the fields.

use super::{Grid, Message};
use crate::{browser, effects};
use retort_protocol::rows::{Column, Value};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::{Context, Html, KeyboardEvent, MouseEvent, NodeRef, TargetCast, html};

/// What a key means in the field of a cell.
pub(super) fn edit_key(event: &KeyboardEvent) -> Option<Message> {
    match event.key().as_str() {
        "Enter" => Some(Message::Given),
        "Escape" => Some(Message::Dropped),
        _ => None,
    }
}

/// What a key means on a cell.
pub(super) fn walk_key(event: &KeyboardEvent, row: u64, column: usize) -> Option<Message> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let key = event.key();
    match key.as_str() {
        "ArrowUp" => Some(Message::Went(row.saturating_sub(1), column)),
        "ArrowDown" => Some(Message::Went(row + 1, column)),
        "ArrowLeft" => Some(Message::Went(row, column.saturating_sub(1))),
        "ArrowRight" => Some(Message::Went(row, column + 1)),
        "Home" => Some(Message::Went(row, 1)),
        "End" => Some(Message::Went(row, usize::MAX)),
        "PageUp" => Some(Message::Went(row.saturating_sub(10), column)),
        "PageDown" => Some(Message::Went(row + 10, column)),
        "Enter" | "F2" if column > 0 => Some(Message::Began(row, column, None)),
        "Delete" if column > 0 => Some(Message::Emptied),
        _ if column > 0 && key.chars().count() == 1 && key != " " => Some(Message::Began(row, column, Some(key))),
        _ => None,
    }
}

/// What a cell's field begins with; nothing where a grid is no place to edit it.
pub(super) fn editable(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Number(text) | Value::Text(text) => Some(text.clone()),
        Value::Long { .. } | Value::Blob { .. } | Value::Absent => None,
    }
}

/// The field in a cell.
pub(super) fn field(ctx: &Context<Grid>, text: &str, column: &Column) -> Html {
    let oninput = ctx
        .link()
        .callback(|event: yew::InputEvent| Message::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
    let null = ctx.link().callback(|event: MouseEvent| {
        event.prevent_default();
        Message::Emptied
    });
    html! {
        <span class="cell-edit">
            <input value={text.to_owned()} aria-label={column.name.clone()} autocomplete="off" spellcheck="false" data-edit="" {oninput} onblur={ctx.link().callback(|_| Message::Given)}/>
            if column.nullable {
                <button type="button" tabindex="-1" onmousedown={null}>{ "NULL" }</button>
            }
        </span>
    }
}

/// A field of a new row.
pub(super) fn new_field(ctx: &Context<Grid>, at: usize, column: &Column, text: Option<&str>) -> Html {
    let hint = match (column.defaulted, column.nullable) {
        (true, _) => "default",
        (false, true) => "NULL",
        (false, false) => "",
    };
    let oninput = ctx.link().callback(move |event: yew::InputEvent| {
        Message::Filled(at, event.target_unchecked_into::<HtmlInputElement>().value())
    });
    html! {
        <label><span>{ &column.name }</span><input class="field" placeholder={hint} value={text.unwrap_or_default().to_owned()} autocomplete="off" {oninput}/></label>
    }
}

/// Moves the focus to a cell, or into its field, once it is in the page.
pub(super) fn focus(node: &NodeRef, (row, column): (u64, usize)) {
    let Some(table) = node.cast::<Element>() else { return };
    effects::after_paint(move || {
        let selector = format!("[data-cell=\"{row}-{column}\"]");
        let found = table.query_selector(&selector).ok().flatten();
        let inside = found.as_ref().and_then(|cell| cell.query_selector("button").ok().flatten());
        if let Some(cell) = inside.or(found).and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) {
            let _ = cell.focus();
            if let Ok(Some(frame)) = table.closest(".pane-body") {
                browser::reveal(&frame, &cell);
            }
        }
    });
}

/// Puts the cursor into the field that has just appeared.
pub(super) fn focus_field(node: &NodeRef) {
    let found = node.cast::<Element>().and_then(|table| table.query_selector("[data-edit]").ok().flatten());
    let Some(field) = found.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
    if browser::document().active_element().as_ref() != Some(field.as_ref()) {
        let _ = field.focus();
        let end = field.value().encode_utf16().count() as u32;
        let _ = field.set_selection_range(end, end);
    }
}
