//! The root: it has the state, hands every action to `update`, and carries out what comes back.

use crate::{
    browser, effects,
    panes::{bar, dialogs, notices, welcome, work},
    state::{
        Action, Screen, State,
        effect::Target,
        keys::{self, Key, Place},
        update,
    },
    widgets::{Dispatch, icon},
    worker::{Heard, Worker},
};
use retort_protocol::Request;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{DragEvent, Element, Event, KeyboardEvent};
use yew::{Callback, Component, Context, ContextProvider, Html, html};

/// The page.
pub(crate) struct App {
    state: State,
    dispatch: Dispatch,
    worker: Option<Worker>,
    _listeners: Vec<Listener>,
}

/// A listener on the window, for as long as the page lives.
type Listener = Closure<dyn Fn(Event)>;

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let tell = ctx.link().callback(|action| action);
        let starting = tell.clone();
        wasm_bindgen_futures::spawn_local(async move {
            starting.emit(measured());
            starting.emit(Action::Started(Box::new(browser::start().await)));
            #[cfg(feature = "fixture")]
            starting.emit(Action::Heard {
                number: 0,
                reply: Box::new(retort_protocol::Reply::Ready { database: "SQLite 3.54".into() }),
            });
        });
        Self {
            state: State::default(),
            worker: Some(listen(&tell)),
            _listeners: listeners(&tell),
            dispatch: Dispatch::new(tell),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        for effect in update(&mut self.state, action) {
            effects::carry_out(self, effect, ctx.link().callback(|action| action));
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        html! {
            <ContextProvider<Dispatch> context={self.dispatch.clone()}>
                { icon::sprite() }
                <div class="app">{ self.screen() }</div>
                { dialogs::view(&self.state, &self.dispatch) }
            </ContextProvider<Dispatch>>
        }
    }
}

impl App {
    fn screen(&self) -> Html {
        let (state, on) = (&self.state, &self.dispatch);
        match state.screen {
            Screen::Opening => bar::opening(),
            Screen::Welcome => {
                html! { <>{ bar::welcome(state, on) }{ notices::view(state, on) }{ welcome::view(state, on) }</> }
            }
            Screen::Work => {
                html! { <>{ bar::work(state, on) }{ notices::view(state, on) }{ work::view(state, on) }</> }
            }
        }
    }

    /// Sends a request to the worker.
    pub(crate) fn send(&self, number: u32, request: &Request) {
        #[cfg(feature = "fixture")]
        return self.play(number, request);
        #[cfg(not(feature = "fixture"))]
        if let Some(worker) = &self.worker {
            worker.send(number, request);
        }
    }

    /// Answers from the script.
    #[cfg(feature = "fixture")]
    fn play(&self, number: u32, request: &Request) {
        web_sys::console::debug_1(&format!("{request:?}").into());
        for reply in crate::fixture::answer(request) {
            self.dispatch.emit(Action::Heard { number, reply: Box::new(reply) });
        }
    }

    /// Ends the worker, whatever it is doing, and starts another.
    pub(crate) fn restart(&mut self, tell: &Callback<Action>) {
        // The old one first: two engines at once would be twice the memory.
        self.worker = None;
        self.worker = Some(listen(tell));
    }
}

fn listen(tell: &Callback<Action>) -> Worker {
    let tell = tell.clone();
    Worker::start(move |heard| {
        tell.emit(match heard {
            Heard::Reply { id, reply } => Action::Heard { number: id, reply: Box::new(reply) },
            Heard::Lost(reason) => Action::WorkerLost(reason),
        });
    })
}

fn listeners(tell: &Callback<Action>) -> Vec<Listener> {
    vec![
        on("resize", tell, |_| Some(measured())),
        on("keydown", tell, pressed),
        on("hashchange", tell, |_| followed()),
        on("dragover", tell, |event| {
            event.prevent_default();
            None
        }),
        dropping(tell),
    ]
}

fn on(name: &str, tell: &Callback<Action>, hear: fn(&Event) -> Option<Action>) -> Listener {
    let tell = tell.clone();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Some(action) = hear(&event) {
            tell.emit(action);
        }
    });
    browser::window()
        .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
        .expect("a window takes listeners");
    listener
}

fn measured() -> Action {
    let size =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|size| size.as_f64()).unwrap_or(0.0) as u32;
    Action::Resized { width: size(browser::window().inner_width()), height: size(browser::window().inner_height()) }
}

fn followed() -> Option<Action> {
    let hash = browser::window().location().hash().ok()?;
    let fragment = hash.strip_prefix('#').filter(|fragment| fragment.starts_with('r'))?;
    Some(Action::LinkFollowed(fragment.to_owned()))
}

fn dropping(tell: &Callback<Action>) -> Listener {
    let tell = tell.clone();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        event.prevent_default();
        let Ok(event) = event.dyn_into::<DragEvent>() else { return };
        let tell = tell.clone();
        wasm_bindgen_futures::spawn_local(async move {
            tell.emit(Action::FilesBrought(browser::taken(&event).await));
        });
    });
    browser::window()
        .add_event_listener_with_callback("drop", listener.as_ref().unchecked_ref())
        .expect("a window takes listeners");
    listener
}

fn pressed(event: &Event) -> Option<Action> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    // The editor keeps its own habits away from Alt with an arrow, which is ours.
    if event.default_prevented() && !event.alt_key() || event.is_composing() {
        return None;
    }
    let key = Key {
        name: event.key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        command: event.ctrl_key() || event.meta_key(),
        place: place(event),
    };
    let action = keys::action(&key)?;
    event.prevent_default();
    if matches!(action, Action::TerminalCalled) {
        // Before the next key comes, which would otherwise be lost while the page is busy.
        effects::focus(Target::Terminal);
    }
    Some(action)
}

fn place(event: &KeyboardEvent) -> Place {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return Place::Page };
    let inside = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
    if inside("dialog") {
        Place::Dialog
    } else if inside("input:not([type=checkbox]), textarea, select, .editor") {
        Place::Text
    } else if inside(".timeline, [role=grid], [role=menu], [role=tree]") {
        Place::Arrows
    } else {
        Place::Page
    }
}
