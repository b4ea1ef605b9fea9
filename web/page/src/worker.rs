//! The engine's worker, as the page sees it: frames out, frames in, and word when it is lost.

use retort_protocol::{Reply, Request, frame};
use std::rc::Rc;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use web_sys::{ErrorEvent, MessageEvent};

#[wasm_bindgen]
extern "C" {
    // Defined by web/boot.js, which started the worker before this program was loaded.
    #[wasm_bindgen(js_namespace = retort, js_name = adoptWorker)]
    fn adopt_worker(
        on_message: &Closure<dyn Fn(MessageEvent)>,
        on_error: &Closure<dyn Fn(ErrorEvent)>,
    ) -> web_sys::Worker;
}

/// What comes from the worker.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Heard {
    /// An answer, or under [`frame::UNASKED`] something said of its own accord.
    Reply {
        /// The id of the request that this answers.
        id: u32,
        /// The answer.
        reply: Reply,
    },
    /// The engine has trapped. Nothing more will come from this worker: drop it, start another and restore the
    /// last checkpoint.
    Lost(String),
}

/// A running worker. Dropping it ends it at once, whatever it is doing.
pub(crate) struct Worker {
    inner: web_sys::Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl Worker {
    /// The worker that the page's loader started, or a new one. Its first word is [`Reply::Ready`]; send nothing before.
    pub(crate) fn start(heard: impl Fn(Heard) + 'static) -> Self {
        let heard = Rc::new(heard);
        let on_message = Closure::new({
            let heard = Rc::clone(&heard);
            move |event: MessageEvent| heard(read(&event.data()))
        });
        let on_error = Closure::new(move |event: ErrorEvent| heard(Heard::Lost(event.message())));
        let inner = adopt_worker(&on_message, &on_error);
        Self { inner, _on_message: on_message, _on_error: on_error }
    }

    #[cfg_attr(feature = "fixture", expect(dead_code, reason = "the script answers in its place"))]
    /// Sends a request. Its reply comes under the same id, which is not [`frame::UNASKED`].
    pub(crate) fn send(&self, id: u32, request: &Request) {
        let bytes = js_sys::Uint8Array::from(frame::encode(id, request).as_slice());
        let moved = js_sys::Array::of1(&bytes.buffer());
        self.inner.post_message_with_transfer(&bytes, &moved).expect("a buffer of our own can be transferred");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.inner.terminate();
    }
}

fn read(data: &JsValue) -> Heard {
    let bytes = js_sys::Uint8Array::new(data).to_vec();
    match frame::decode(&bytes) {
        Some((id, reply)) => Heard::Reply { id, reply },
        None => Heard::Lost("the worker is of another build than the page".to_owned()),
    }
}
