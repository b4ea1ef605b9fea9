//! A dialog over the page: the browser's own, which keeps the focus inside and gives it back.

use super::{icon, use_dispatch};
use crate::state::Action;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlElement};
use yew::{
    AttrValue, Callback, Children, Html, MouseEvent, Properties, function_component, html, use_effect_with,
    use_node_ref,
};

/// What a dialog shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Its title, which is its name.
    pub(crate) title: AttrValue,
    /// A sentence under the title.
    #[prop_or_default]
    pub(crate) lead: Html,
    /// Its content.
    pub(crate) children: Children,
}

/// A dialog, open for as long as it is part of the page. Escape, the cross and a click beside it close it.
#[function_component]
pub(crate) fn Dialog(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let shown = node.clone();
    use_effect_with((), move |()| {
        if let Some(dialog) = shown.cast::<HtmlDialogElement>() {
            let _ = dialog.show_modal();
            focus_first(&dialog);
        }
    });
    let cancelled = dispatch.on(|event: Event| {
        event.prevent_default();
        Action::DialogClosed
    });
    html! {
        <dialog class="dialog" aria-labelledby="dialog-title" ref={node} oncancel={cancelled} onclick={beside(&dispatch.click(Action::DialogClosed))}>
            <header class="dialog-head">
                <div><h2 id="dialog-title">{ &props.title }</h2>{ props.lead.clone() }</div>
                <button type="button" class="button button--plain button--icon" aria-label="Close" onclick={dispatch.click(Action::DialogClosed)}>
                    { icon::line("i-cross") }
                </button>
            </header>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}

/// The field or button that wants the focus first, where one is marked so.
fn focus_first(dialog: &HtmlDialogElement) {
    let wanted = dialog.query_selector("[data-first]").ok().flatten();
    if let Some(element) = wanted.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// A click on the dialog itself, not on anything in it, fell on the ground behind it.
fn beside(close: &Callback<MouseEvent>) -> Callback<MouseEvent> {
    let close = close.clone();
    Callback::from(move |event: MouseEvent| {
        let on_itself = event.target().is_some_and(|target| target.dyn_ref::<HtmlDialogElement>().is_some());
        if on_itself {
            close.emit(event);
        }
    })
}
