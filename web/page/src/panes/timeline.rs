//! The track: base, the revisions with their steps as beads, and what the models still ask for.

use crate::{
    browser,
    state::Action,
    widgets::{icon, said, use_dispatch},
};
use retort_protocol::{
    files::Autogenerate,
    request::Travel,
    scene::Scene,
    timeline::{Bead, BeadKind, BeadState, Revision, State, Timeline},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{
    Html, KeyboardEvent, NodeRef, Properties, TargetCast, classes, function_component, html, use_effect_with,
    use_node_ref,
};

/// So many revisions show their beads; with more, only those around the open one do.
const UNFOLDED: usize = 5;

/// What the track shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Where the database stands.
    pub(crate) scene: Rc<Scene>,
    /// What a revision would hold now.
    pub(crate) autogenerate: Rc<Autogenerate>,
    /// Whether the page says that it waits.
    pub(crate) waiting: bool,
    /// How far that is, in percent.
    pub(crate) percent: Option<u32>,
}

/// The track.
#[function_component]
pub(crate) fn Track(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let shown = node.clone();
    use_effect_with(Rc::clone(&props.scene), move |_| show_open(&shown));
    let timeline = &props.scene.timeline;
    let lanes = timeline.revisions.iter().map(|revision| revision.lane).max().unwrap_or(0);
    let focus = focused(timeline);
    let base = dispatch.click(Action::Travelled(Travel::Base));
    html! {
        <>
            <ol class={classes!("timeline", (lanes > 0).then_some("timeline--lanes"))} aria-label={label(timeline, &props.autogenerate)} ref={node} onkeydown={walk}>
                <li class="base">
                    <p class="rev-name">{ "base" }</p>
                    <ol class="ops"><li class={classes!("op", "is-done", timeline.at_base.then_some("is-at"))}>
                        <button type="button" tabindex={tab(focus.is_none())} aria-current={timeline.at_base.then_some("step")} onclick={base}>
                            <span class="bead"></span><span class="op-label">{ "empty" }</span>
                            if timeline.at_base { <span class="unseen">{ ", you are here" }</span> }
                        </button>
                    </li></ol>
                </li>
                { for timeline.revisions.iter().enumerate().map(|(at, _)| revision(timeline, at, focus, &|action| dispatch.click(action))) }
                { ghost(&props.autogenerate, &|action| dispatch.click(action)) }
            </ol>
            { waiting(props) }
        </>
    }
}

/// A line that runs under the track while the page waits.
fn waiting(props: &Props) -> Html {
    match (props.waiting, props.percent) {
        (false, _) => html! { <div class="waiting"></div> },
        (true, Some(percent)) => {
            html! { <progress class="waiting is-on" max="100" value={percent.to_string()} aria-label="Working"></progress> }
        }
        (true, None) => html! { <progress class="waiting is-on" aria-label="Working"></progress> },
    }
}

fn label(timeline: &Timeline, future: &Autogenerate) -> String {
    let revisions = said::count(timeline.revisions.len() as u64, "revision");
    let future = if future.changes.is_empty() { "" } else { ", and what the models still ask for" };
    format!("Timeline: base, {revisions}{future}")
}

/// The bead that Tab comes to: the one the playhead is on.
fn focused(timeline: &Timeline) -> Option<(usize, usize)> {
    timeline.revisions.iter().enumerate().rev().find_map(|(at, revision)| {
        let bead = (0..revision.beads.len()).find(|place| here(timeline, revision, *place))?;
        Some((at, bead))
    })
}

/// Whether the playhead stands on a bead. Between revisions it stands on the last one of what was applied last.
fn here(timeline: &Timeline, revision: &Revision, place: usize) -> bool {
    let inside = timeline.revisions.iter().any(|other| other.beads.iter().any(|bead| bead.here));
    let applied = |other: &Revision| other.state == State::Applied;
    let last = applied(revision)
        && place + 1 == revision.beads.len()
        && !timeline.revisions.iter().any(|other| applied(other) && other.parents.contains(&revision.id));
    if inside { revision.beads[place].here } else { last && !timeline.at_base }
}

type Click<'a> = &'a dyn Fn(Action) -> yew::Callback<yew::MouseEvent>;

fn revision(timeline: &Timeline, at: usize, focus: Option<(usize, usize)>, click: Click) -> Html {
    let revision = &timeline.revisions[at];
    let open = revision.state.is_open() || revision.state == State::Failed;
    let few = timeline.revisions.len() <= UNFOLDED;
    let around = focus.map_or(0, |(at, _)| at);
    // With lanes there is less room beside: only the one that the playhead is on.
    let near = usize::from(timeline.revisions.iter().all(|revision| revision.lane == 0));
    let unfolded = !revision.beads.is_empty() && (few || open || at.abs_diff(around) <= near);
    let class = classes!(
        "rev",
        open.then_some("is-here"),
        (!unfolded).then_some("is-folded"),
        lane(revision.lane),
        forks(timeline, revision).then_some("forks"),
        joins(timeline, revision).then_some("joins"),
        (revision.state == State::Applied).then_some("is-applied"),
        span(timeline, at),
    );
    html! {
        <li {class} key={revision.id.clone()}>
            { name(revision, open) }
            <ol class="ops">
                if unfolded {
                    { for revision.beads.iter().enumerate().map(|(place, one)| {
                        let ends = at + 1 == timeline.revisions.len() && place + 1 == revision.beads.len();
                        let one = Bead { here: here(timeline, revision, place), ..one.clone() };
                        bead(revision, &one, focus == Some((at, place)), ends, click)
                    }) }
                } else {
                    { folded(revision, click) }
                }
            </ol>
        </li>
    }
}

/// How many columns it takes, so that its track reaches the next revision of its lane past what stands between in others.
fn span(timeline: &Timeline, at: usize) -> Option<&'static str> {
    let lane = timeline.revisions[at].lane;
    let columns = columns(timeline);
    let next = (at + 1..columns.len()).find(|next| timeline.revisions[*next].lane == lane)?;
    match columns[next] - columns[at] {
        0 | 1 => None,
        2 => Some("span-2"),
        3 => Some("span-3"),
        4 => Some("span-4"),
        _ => Some("span-5"),
    }
}

/// The column of each revision, as a grid that flows by columns places them: one in a lower lane stands beside the one
/// before it, all others behind.
fn columns(timeline: &Timeline) -> Vec<usize> {
    let (mut column, mut above) = (0, u16::MAX);
    let place = |revision: &Revision| {
        if revision.lane <= above {
            column += 1;
        }
        above = revision.lane;
        column
    };
    timeline.revisions.iter().map(place).collect()
}

/// Whether it comes down from a lane above.
fn forks(timeline: &Timeline, revision: &Revision) -> bool {
    let parents = || timeline.revisions.iter().filter(|other| revision.parents.contains(&other.id));
    revision.lane > 0 && (revision.parents.is_empty() || parents().any(|parent| parent.lane < revision.lane))
}

/// Whether it goes up into a lane above.
fn joins(timeline: &Timeline, revision: &Revision) -> bool {
    timeline.revisions.iter().any(|child| child.parents.contains(&revision.id) && child.lane < revision.lane)
}

fn lane(lane: u16) -> Option<&'static str> {
    match lane {
        0 => None,
        1 => Some("lane-1"),
        2 => Some("lane-2"),
        _ => Some("lane-3"),
    }
}

fn name(revision: &Revision, open: bool) -> Html {
    let id = if open { revision.id.as_str() } else { said::short(&revision.id) };
    let merge = (revision.parents.len() > 1).then(|| {
        format!("merges {}", revision.parents.iter().map(|id| said::short(id)).collect::<Vec<_>>().join(", "))
    });
    html! {
        <p class="rev-name" title={format!("{} {}", revision.message, revision.id)}>
            <span class="rev-title">{ &revision.message }</span>
            <span class="id">{ id.to_owned() }</span>
            { for revision.labels.iter().map(|label| html! { <span class="chip">{ label.clone() }</span> }) }
            if let Some(merge) = merge { <span class="chip">{ merge }</span> }
            if revision.edited { <span class="chip chip--change" title="Applied, and its file edited since">{ "~ edited since" }</span> }
            <span class="state">{ state(revision) }</span>
        </p>
    }
}

fn state(revision: &Revision) -> String {
    let place = match revision.state {
        State::Applied => "applied".to_owned(),
        State::Upgrading { done, of } => format!("open, step {done} of {of}"),
        State::Downgrading { done, of } => format!("undoing, step {done} of {of}"),
        State::Pending => "pending".to_owned(),
        State::Failed => "failed, rolled back".to_owned(),
    };
    match (revision.head, revision.state) {
        (true, State::Pending) => "head".to_owned(),
        (true, State::Applied) => format!("{place}, head"),
        _ => place,
    }
}

fn bead(revision: &Revision, bead: &Bead, focused: bool, ends: bool, click: Click) -> Html {
    let open = revision.state.is_open();
    let state = match (bead.state, bead.here) {
        (BeadState::Failed, _) => "is-failed",
        (BeadState::Ahead, _) => "is-next",
        (BeadState::Done, true) if open => "is-now",
        (BeadState::Done, true) => "is-done is-at",
        (BeadState::Done, false) => "is-done",
    };
    let spoken = match (bead.state, bead.here) {
        (_, true) => ", you are here",
        (BeadState::Done, _) => ", done",
        (BeadState::Ahead, _) => ", to come",
        (BeadState::Failed, _) => ", failed",
    };
    let travel = Travel::Bead { revision: revision.id.clone(), step: bead.step };
    html! {
        <li class={classes!("op", state, ends.then_some("ends"))} key={bead.step}>
            <button type="button" tabindex={tab(focused)} aria-current={bead.here.then_some("step")} title={bead.label.clone()} onclick={click(Action::Travelled(travel))}>
                <span class={shape(bead.kind)}></span>
                <span class="op-label">
                    { &bead.label }
                    if let Some(finding) = &bead.finding { { " " }{ icon::warn() }<span class="unseen">{ format!(", a finding: {finding}") }</span> }
                </span>
                <span class="unseen">{ spoken }</span>
            </button>
        </li>
    }
}

/// A revision whose steps are not shown, or not known.
fn folded(revision: &Revision, click: Click) -> Html {
    let done = revision.state == State::Applied;
    let words = match revision.beads.len() {
        0 if done => "no steps".to_owned(),
        0 => "no steps known".to_owned(),
        steps => said::count(steps as u64, "step"),
    };
    let travel = Action::Travelled(Travel::Revision(revision.id.clone()));
    html! {
        <li class={classes!("op", if done { "is-done" } else { "is-next" })}>
            <button type="button" tabindex="-1" onclick={click(travel)}>
                <span class="bead bead--folded"></span><span class="op-label">{ words }</span>
                <span class="unseen">{ if done { ", done" } else { ", to come" } }</span>
            </button>
        </li>
    }
}

/// What autogenerate would make, as a revision that is not there yet.
fn ghost(future: &Autogenerate, click: Click) -> Html {
    if future.changes.is_empty() {
        return html! {};
    }
    let make = click(Action::MakeChosen);
    let one = |(at, change): (usize, &retort_protocol::files::Change)| {
        html! {
            <li class="op is-ghost" key={at}>
                <button type="button" tabindex="-1" title={change.words.text()} onclick={make.clone()}>
                    <span class={shape(change.bead)}></span><span class="op-label">{ &change.label }</span><span class="unseen">{ ", not in a revision yet" }</span>
                </button>
            </li>
        }
    };
    html! {
        <li class="rev ghost">
            <p class="rev-name">{ "next revision" }</p>
            <ol class="ops">{ for future.changes.iter().take(6).enumerate().map(one) }</ol>
        </li>
    }
}

/// The class of a bead's shape.
pub(crate) fn shape(kind: BeadKind) -> &'static str {
    match kind {
        BeadKind::Operation => "bead",
        BeadKind::Data => "bead bead--data",
        BeadKind::Batch => "bead bead--batch",
    }
}

fn tab(here: bool) -> &'static str {
    if here { "0" } else { "-1" }
}

/// Arrows, Home and End walk over the beads; Enter, as everywhere, presses one.
#[expect(clippy::needless_pass_by_value, reason = "a callback is given its event")]
fn walk(event: KeyboardEvent) {
    let Some(track) = event.current_target().and_then(|track| track.dyn_into::<Element>().ok()) else { return };
    let Ok(found) = track.query_selector_all("button") else { return };
    let beads: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let target: Element = event.target_unchecked_into();
    let here = beads.iter().position(|bead| **bead == target).unwrap_or(0);
    let next = match event.key().as_str() {
        "ArrowRight" => (here + 1).min(beads.len().saturating_sub(1)),
        "ArrowLeft" => here.saturating_sub(1),
        "Home" => 0,
        "End" => beads.len().saturating_sub(1),
        _ => return,
    };
    event.prevent_default();
    if let Some(bead) = beads.get(next) {
        let _ = bead.focus();
    }
}

/// The open revision is in sight, or the bead that the playhead is on.
fn show_open(node: &NodeRef) {
    let Some(track) = node.cast::<Element>() else { return };
    let find = |selector: &str| track.query_selector(selector).ok().flatten();
    if let Some(found) = find(".rev.is-here").or_else(|| find(".rev:has(.is-at)")) {
        browser::reveal_aside(&track, &found);
    }
    if let Some(found) = find("[aria-current]") {
        browser::reveal_aside(&track, &found);
    }
}
