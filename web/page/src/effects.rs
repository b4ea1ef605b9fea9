//! Where effects are carried out: the only place that acts on the browser for the state.

use crate::{
    app::App,
    browser,
    state::{Action, Effect, effect::Target, layout::Theme},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Carries out one effect; a line each.
pub(crate) fn carry_out(app: &mut App, effect: Effect, tell: Callback<Action>) {
    match effect {
        Effect::Send(number, request) => app.send(number, &request),
        Effect::RestartWorker => app.restart(&tell),
        Effect::After(millis, action) => after(millis, *action, tell),
        Effect::Load(id) => spawn_local(load(id, tell)),
        Effect::Claim(id) => spawn_local(async move {
            browser::claimed(&id).await;
        }),
        Effect::Save(card, bytes) => spawn_local(async move {
            tell.emit(Action::Saved(browser::keep(&card, &bytes).await));
        }),
        Effect::Relabel(card) => spawn_local(async move { browser::label(&card).await }),
        Effect::Forget(id) => spawn_local(async move { browser::discard(&id).await }),
        Effect::Remember(settings) => spawn_local(async move { browser::set(&settings).await }),
        Effect::ClearAddress => clear_address(),
        Effect::Entitle(title) => browser::document().set_title(&format!("{title} · Retort")),
        Effect::Copy(text) => spawn_local(async move { tell.emit(Action::Copied(browser::put(&text).await)) }),
        Effect::Download(file) => browser::give(&file.name, &file.media, &file.bytes),
        Effect::Dress(theme) => dress(theme),
        Effect::Focus(target) => focus(target),
    }
}

async fn load(id: String, tell: Callback<Action>) {
    let alone = browser::claimed(&id).await;
    let bytes = browser::checkpoint(&id).await;
    tell.emit(Action::ProjectLoaded { id, bytes, alone });
}

fn after(millis: u32, action: Action, tell: Callback<Action>) {
    let ring = Closure::once_into_js(move || tell.emit(action));
    let ring = ring.unchecked_ref();
    browser::window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(ring, millis.cast_signed())
        .expect("a window has timers");
}

/// Once the page shows what the state says now.
pub(crate) fn after_paint(run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(move |_: JsValue| run());
    browser::window().request_animation_frame(run.unchecked_ref()).expect("a window paints");
}

fn clear_address() {
    let location = browser::window().location();
    if location.hash().unwrap_or_default().is_empty() {
        return;
    }
    let (Ok(path), Ok(search)) = (location.pathname(), location.search()) else { return };
    // A frame without an origin may not touch its history; then the link stays, which does no harm.
    if let Ok(history) = browser::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{search}")));
    }
}

fn dress(theme: Theme) {
    let root = browser::document().document_element().expect("a document has a root");
    let done = match theme {
        Theme::Auto => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
    };
    done.expect("the root takes attributes");
}

/// Moves the focus.
pub(crate) fn focus(target: Target) {
    match target {
        Target::Terminal => focus_on("#prompt"),
        Target::NextPane => browser::focus_pane(false),
        Target::PreviousPane => browser::focus_pane(true),
    }
}

/// Puts the focus there at once, so that no key pressed meanwhile is lost; what is folded takes it when it is shown.
fn focus_on(selector: &'static str) {
    if !takes_focus(selector) {
        after_paint(move || {
            takes_focus(selector);
        });
    }
}

fn takes_focus(selector: &str) -> bool {
    let found = browser::document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else { return false };
    let focused = element.focus().is_ok();
    focused && browser::document().active_element().is_some_and(|active| active == *element)
}
