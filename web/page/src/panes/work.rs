//! The workbench: the step above, four places below, the terminal at the bottom.

use super::{failure, files, now, python, rows, schema::Diagram, sql::Sql, terminal, timeline::Track};
use crate::{state::State, widgets::Dispatch};
use std::rc::Rc;
use yew::{Html, classes, html};

/// The workbench.
pub(crate) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let failure = state.scene.failure.as_ref();
    let percent = state.engine.progress.as_ref().and_then(|progress| progress.percent);
    html! {
        <>
            <main class="work" data-busy={state.busy().then_some("")}>
                <section class="step" id="step" tabindex="-1" aria-label="Step" data-pane="step">
                    <Track scene={Rc::clone(&state.scene)} autogenerate={Rc::clone(&state.autogenerate)} waiting={state.engine.waiting} {percent}/>
                    { now::view(state, dispatch) }
                </section>
                <div class={classes!("bench", failure.map(|_| "bench--failed"))}>
                    { files::view(state, dispatch, false) }
                    { python::view(state, dispatch) }
                    <Sql scene={Rc::clone(&state.scene)}/>
                    if let Some(failure) = failure {
                        { failure::view(failure, dispatch) }
                    } else {
                        { rows::view(state, dispatch) }
                        <Diagram scene={Rc::clone(&state.scene)} width={state.layout.width}/>
                    }
                </div>
            </main>
            { terminal::view(state, dispatch) }
        </>
    }
}
