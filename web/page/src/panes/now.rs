//! The step: the four buttons, the page's largest words, and what comes next.

use crate::{
    state::{Action, State},
    widgets::{Dispatch, icon, said},
};
use retort_protocol::{
    request::Travel,
    scene::{Fact, Next, Scene},
};
use yew::{Html, classes, html};

/// Transport, words, next.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let scene = &state.scene;
    html! {
        <div class="now">
            { transport(scene, dispatch) }
            { words(scene) }
            { aside(state, dispatch) }
        </div>
    }
}

fn transport(scene: &Scene, dispatch: &Dispatch) -> Html {
    let can = scene.transport;
    let failed = scene.failure.is_some();
    let next = if failed { "Try again" } else { "Next step" };
    let class = if failed { "wide-go" } else { "go" };
    html! {
        <div class="transport" role="toolbar" aria-label="Move through the migrations">
            <ol>
                { button("Previous revision", "Shift+ArrowLeft", "⇧ ←", "i-prev-rev", "", can.revision_back, Travel::RevisionBack, dispatch) }
                { button("Previous step", "ArrowLeft", "←", "i-prev", "", can.step_back, Travel::StepBack, dispatch) }
                { button(next, "ArrowRight", "→", "i-next", class, can.step_forward, Travel::StepForward, dispatch) }
                { button("Next revision", "Shift+ArrowRight", "⇧ →", "i-next-rev", "", can.revision_forward, Travel::RevisionForward, dispatch) }
            </ol>
        </div>
    }
}

#[expect(clippy::too_many_arguments, reason = "a row of a table, written out")]
fn button(
    name: &'static str,
    key: &'static str,
    hint: &'static str,
    picture: &'static str,
    class: &'static str,
    can: bool,
    travel: Travel,
    dispatch: &Dispatch,
) -> Html {
    // `aria-disabled` keeps the focus where it is when the end is reached.
    html! {
        <li>
            <button type="button" {class} aria-label={name} aria-keyshortcuts={key} aria-disabled={(!can).then_some("true")} onclick={dispatch.click(Action::Travelled(travel))}>
                { icon::solid(picture) }
            </button>
            <span aria-hidden="true">{ hint }</span>
        </li>
    }
}

/// Read whole after each step.
fn words(scene: &Scene) -> Html {
    let step = &scene.step;
    html! {
        <div class="say" aria-live="polite" aria-atomic="true">
            <p class="say-where">{ said::words(&step.place) }</p>
            <h2>{ said::words(&step.title) }</h2>
            <ul class="say-facts">
                { for step.facts.iter().map(fact) }
                if let Some(micros) = step.micros { <li>{ said::time(micros) }</li> }
            </ul>
        </div>
    }
}

fn fact(fact: &Fact) -> Html {
    let sign = fact.sign.map(|sign| html! { <>{ said::sign(Some(sign)) }{ " " }</> }).unwrap_or_default();
    html! { <li>{ sign }<span class={classes!(fact.bad.then_some("bad"))}>{ said::words(&fact.words) }</span></li> }
}

fn aside(state: &State, dispatch: &Dispatch) -> Html {
    if let Some(progress) = state.engine.progress.as_ref().filter(|_| state.engine.waiting) {
        return html! {
            <div class="now-actions">
                <span class="next-head">{ &progress.doing }{ "…" }</span>
                <button type="button" class="button button--big" onclick={dispatch.click(Action::Stopped)}>{ "Stop" }</button>
            </div>
        };
    }
    let next = state.scene.step.next.as_ref().filter(|_| state.scene.failure.is_none());
    next.map(|next| next_step(next, dispatch)).unwrap_or_default()
}

/// One button; its three lines are its name.
fn next_step(next: &Next, dispatch: &Dispatch) -> Html {
    let tried = next.tried.as_ref().map(|tried| {
        let (class, picture) = if tried.passes { ("next-check", "i-check") } else { ("next-check is-bad", "i-cross") };
        html! { <span {class} title={tried.words.text()}>{ icon::line(picture) }{ " " }{ said::words(&tried.words) }</span> }
    });
    html! {
        <button type="button" class="next" onclick={dispatch.click(Action::Travelled(Travel::StepForward))}>
            <span class="next-head">{ said::words(&next.place) }</span>
            <span class="next-what">{ said::words(&next.title) }</span>
            { tried.unwrap_or_default() }
        </button>
    }
}
