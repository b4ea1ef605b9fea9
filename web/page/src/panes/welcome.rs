//! The gallery: the first thing a visitor sees.

use super::{menu, timeline};
use crate::{
    state::{Action, State, engine::Doing},
    widgets::{Dispatch, icon},
};
use retort_protocol::{
    samples::{ALL, Sample},
    timeline::BeadKind,
};
use yew::{Html, html};

/// The gallery.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let (first, others) = ALL.split_first().expect("the gallery is not empty");
    let opening = state.engine.pending.values().any(|doing| *doing == Doing::Open);
    html! {
        <main class="welcome">
            if opening && state.engine.waiting { <progress class="waiting is-on" aria-label="Opening"></progress> }
            <div class="welcome-in">
                <header class="hello"><div>
                    <h1>{ "See what a migration does, before it does it." }</h1>
                    <p>{ "Write SQLAlchemy models, let Alembic’s autogenerate make the revision, then step through it, one operation at a time, forward and back, on a real SQLite with your own rows. All of it runs in this browser." }</p>
                </div></header>
                { start(first, dispatch) }
                <div class="shelf">
                    <div>
                        if !state.shelf.projects.is_empty() { { projects(state, dispatch) } }
                        <section aria-labelledby="points">
                            <h2 id="points">{ "Other places to start" }</h2>
                            <ul class="picks">{ empty(dispatch) }{ for others.iter().map(|sample| pick(sample, dispatch)) }</ul>
                        </section>
                    </div>
                    <div>{ open(dispatch) }</div>
                </div>
                <p class="promise">{ "Your projects stay in this browser. Nothing is uploaded: even a shared link carries its content in itself." }</p>
            </div>
        </main>
    }
}

fn start(sample: &'static Sample, dispatch: &Dispatch) -> Html {
    let bead = |(kind, label): &(BeadKind, &'static str)| {
        html! { <li class="op is-next"><span class={timeline::shape(*kind)}></span>{ *label }</li> }
    };
    let revision = |(title, beads): &(&'static str, &'static [(BeadKind, &'static str)])| {
        html! { <li class="rev"><p class="rev-name">{ *title }</p><ol class="ops">{ for beads.iter().map(bead) }</ol></li> }
    };
    html! {
        <section class="start" aria-labelledby="start">
            <div><h2 id="start">{ sample.title }</h2><p>{ sample.says }</p></div>
            <button type="button" class="button button--primary button--big" onclick={dispatch.click(Action::SampleChosen(sample.name))}>
                { "Start stepping " }{ icon::solid("i-next") }
            </button>
            <ol class="timeline" tabindex="0" aria-label="Its revisions">{ for sample.revisions.iter().map(revision) }</ol>
        </section>
    }
}

fn projects(state: &State, dispatch: &Dispatch) -> Html {
    html! {
        <section aria-labelledby="yours">
            <h2 id="yours">{ "Your projects" }</h2>
            <ul class="menu-projects">{ for state.shelf.projects.iter().map(|card| menu::card_item(card, dispatch)) }</ul>
        </section>
    }
}

fn empty(dispatch: &Dispatch) -> Html {
    html! {
        <li><button type="button" class="pickup" onclick={dispatch.click(Action::EmptyChosen)}>
            <b>{ "Empty project" }</b><span>{ "A blank models.py and a fresh environment, on SQLite" }</span>
        </button></li>
    }
}

fn pick(sample: &'static Sample, dispatch: &Dispatch) -> Html {
    let kinds = || sample.revisions.iter().flat_map(|(_, beads)| beads.iter().map(|(kind, _)| *kind));
    let dot = |kind: BeadKind| match kind {
        BeadKind::Operation => html! { <i></i> },
        BeadKind::Data => html! { <i class="d"></i> },
        BeadKind::Batch => html! { <i class="b"></i> },
    };
    let steps = format!("{} steps", kinds().count());
    html! {
        <li><button type="button" class="pickup" onclick={dispatch.click(Action::SampleChosen(sample.name))}>
            <b>{ sample.title }<span class="dots" role="img" aria-label={steps}>{ for kinds().take(10).map(dot) }</span></b>
            <span>{ sample.says }</span>
        </button></li>
    }
}

fn open(dispatch: &Dispatch) -> Html {
    html! {
        <section aria-labelledby="open">
            <h2 id="open">{ "Open a project" }</h2>
            <div class="drop">
                <p>{ "Drop an Alembic project here: a folder, or a " }<code>{ ".zip" }</code>{ "." }</p>
                <div class="acts">
                    <button type="button" class="button" onclick={menu::choose(dispatch, true)}>{ icon::line("i-folder") }{ " Folder…" }</button>
                    <button type="button" class="button" onclick={menu::choose(dispatch, false)}>{ icon::line("i-zip") }{ " Zip…" }</button>
                </div>
            </div>
        </section>
    }
}
