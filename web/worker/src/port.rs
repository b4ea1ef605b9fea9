//! The worker's end of the wire. A trap ends the worker: the page hears of it as an error event, and starts another.

use bytes::BytesMut;
use retort::database::postgresql::{Received, Wire};
use retort_protocol::{Reply, Request, frame};
use std::cell::Cell;
use std::io;
use std::rc::Rc;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, console};

#[wasm_bindgen]
extern "C" {
    /// Brings the later part of this program, if it is not there. Defined by `worker_loader.js`; a call to a function of
    /// that part does the same.
    #[wasm_bindgen(js_namespace = retort, js_name = loadLater)]
    pub(crate) fn load_later();

    /// Brings PostgreSQL: bytes so far and bytes in all, then the end, with a reason if it failed.
    #[wasm_bindgen(js_namespace = retort, js_name = fetchPostgresql)]
    fn fetch_postgresql(told: &Closure<dyn FnMut(f64, f64)>, done: &JsValue);

    /// Bytes to PostgreSQL, and its answer.
    #[wasm_bindgen(js_namespace = retort, catch)]
    fn exchange(bytes: &[u8]) -> Result<Vec<u8>, JsValue>;
}

/// Brings PostgreSQL, and says how far that has come and how it ended.
pub(crate) fn bring_postgresql(
    told: impl FnMut(f64, f64) + 'static,
    done: impl FnOnce(Result<Box<dyn Wire>, String>) + 'static,
) {
    let told = Closure::<dyn FnMut(f64, f64)>::new(told);
    let done = Closure::once_into_js(move |failed: Option<String>| {
        done(match failed {
            None => Ok(Box::<Here>::default()),
            Some(why) => Err(why),
        });
    });
    fetch_postgresql(&told, &done);
    // It is called as long as bytes come.
    told.forget();
}

/// The way to a PostgreSQL that answers at once.
#[derive(Default)]
struct Here {
    answers: Vec<u8>,
}

impl Wire for Here {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let answer = exchange(bytes).map_err(|error| io::Error::other(format!("{error:?}")))?;
        self.answers.extend(answer);
        Ok(())
    }

    fn receive(&mut self, into: &mut BytesMut) -> io::Result<Received> {
        let received = if self.answers.is_empty() { Received::Closed } else { Received::Bytes };
        into.extend_from_slice(&std::mem::take(&mut self.answers));
        Ok(received)
    }

    fn cancel(&mut self, _: (i32, i32)) -> io::Result<()> {
        Ok(())
    }
}

/// Hands every request to `answer`, for as long as the worker lives. Says [`Reply::Ready`] first.
pub(crate) fn serve(mut answer: impl FnMut(u32, Request) + 'static) {
    std::panic::set_hook(Box::new(|panic| console::error_1(&panic.to_string().into())));
    let hear: Closure<dyn FnMut(MessageEvent)> = Closure::new(move |event: MessageEvent| {
        let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
        // A frame that is not ours can only come from a page of another build, which has just heard so from us.
        if let Some((id, request)) = frame::decode(&bytes) {
            answer(id, request);
        }
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    say(frame::UNASKED, &Reply::Ready { database: retort_worker::database_name() });
}

/// Sends one reply, or under [`frame::UNASKED`] a word of our own. The bytes are handed over, not copied again.
pub(crate) fn say(id: u32, reply: &Reply) {
    let bytes = js_sys::Uint8Array::from(frame::encode(id, reply).as_slice());
    let moved = js_sys::Array::of1(&bytes.buffer());
    scope().post_message_with_transfer(&bytes, &moved).expect("a buffer of our own can be transferred");
}

fn scope() -> DedicatedWorkerGlobalScope {
    let global: JsValue = js_sys::global().into();
    global.unchecked_into()
}

/// Turns of work that follow one another as long as there is something to do. Between two of them messages are read:
/// a message to ourselves comes behind those that wait already, and at once, where a timer would wait four milliseconds.
pub(crate) struct Turns {
    channel: Rc<MessageChannel>,
    waking: Rc<Cell<bool>>,
}

impl Turns {
    /// Turns that do `work`, which says whether there is more.
    pub(crate) fn new(mut work: impl FnMut() -> bool + 'static) -> Self {
        let channel = Rc::new(MessageChannel::new().expect("a worker can make channels"));
        let waking = Rc::new(Cell::new(false));
        let turns = Turns { channel: Rc::clone(&channel), waking: Rc::clone(&waking) };
        let turn: Closure<dyn FnMut()> = Closure::new(move || {
            waking.set(false);
            if work() {
                wake(&channel, &waking);
            }
        });
        turns.channel.port1().set_onmessage(Some(turn.as_ref().unchecked_ref()));
        turn.forget();
        turns
    }

    /// There is something to do.
    pub(crate) fn wake(&self) {
        wake(&self.channel, &self.waking);
    }
}

fn wake(channel: &MessageChannel, waking: &Cell<bool>) {
    if !waking.replace(true) {
        channel.port2().post_message(&JsValue::NULL).expect("null can be sent");
    }
}
