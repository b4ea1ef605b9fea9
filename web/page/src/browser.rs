//! The browser, as far as the page needs it. What is shorter to say in JavaScript stands in browser.js.

use crate::state::{
    action::Start,
    projects::{Card, Settings, Storage},
};
use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/browser.js")]
extern "C" {
    #[wasm_bindgen(js_name = openStore)]
    async fn open_store() -> JsValue;
    #[wasm_bindgen(catch)]
    async fn cards() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn load(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn recall() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn remember(bytes: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn relabel(id: &str, card: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn forget(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn save(id: &str, card: Uint8Array, bytes: Uint8Array) -> Result<JsValue, JsValue>;
    async fn claim(id: &str) -> JsValue;
    async fn copy(text: &str) -> JsValue;
    fn download(name: &str, media: &str, bytes: Uint8Array);
    #[wasm_bindgen(catch)]
    async fn choose(folder: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn dropped(event: &web_sys::DragEvent) -> Result<JsValue, JsValue>;
    fn word() -> String;
    #[wasm_bindgen(js_name = focusPane)]
    pub(crate) fn focus_pane(back: bool);
    pub(crate) fn reveal(frame: &web_sys::Element, inside: &web_sys::Element);
    #[wasm_bindgen(js_name = revealAside)]
    pub(crate) fn reveal_aside(frame: &web_sys::Element, inside: &web_sys::Element);
}

/// What the browser knows when the page begins.
pub(crate) async fn start() -> Start {
    let kept = open_store().await.is_truthy();
    let settings = recall().await.ok().and_then(|bytes| unpack(&bytes)).unwrap_or_default();
    let location = window().location();
    let address = location.href().unwrap_or_default();
    let (place, fragment) = address.split_once('#').unwrap_or((&address, ""));
    Start {
        place: place.to_owned(),
        fragment: fragment.to_owned(),
        storage: if kept { Storage::Kept } else { Storage::Forbidden },
        projects: list().await,
        settings,
        tab: word(),
    }
}

/// The projects that are kept.
pub(crate) async fn list() -> Vec<Card> {
    let cards: Array = cards().await.unwrap_or_default().dyn_into().unwrap_or_default();
    cards.iter().filter_map(|bytes| unpack(&bytes)).collect()
}

/// A project's last checkpoint.
pub(crate) async fn checkpoint(id: &str) -> Option<Vec<u8>> {
    load(id).await.ok().as_ref().and_then(bytes)
}

/// Whether the project is this tab's alone; it is from now on, if it can be.
pub(crate) async fn claimed(id: &str) -> bool {
    claim(id).await.is_truthy()
}

/// Keeps a checkpoint.
pub(crate) async fn keep(card: &Card, checkpoint: &[u8]) -> Storage {
    match save(&card.id, pack(card), Uint8Array::from(checkpoint)).await {
        Ok(_) => Storage::Kept,
        Err(_) => Storage::Full,
    }
}

/// Changes what the list says. Nothing is lost if the browser refuses: the next checkpoint says it again.
pub(crate) async fn label(card: &Card) {
    let _ = relabel(&card.id, pack(card)).await;
}

/// Forgets a project.
pub(crate) async fn discard(id: &str) {
    let _ = forget(id).await;
}

/// Keeps the settings. A browser that refuses begins with none the next time.
pub(crate) async fn set(settings: &Settings) {
    let _ = remember(pack(settings)).await;
}

/// Puts a text into the clipboard; whether the browser let it.
pub(crate) async fn put(text: &str) -> bool {
    copy(text).await.is_truthy()
}

/// Puts a file on the visitor's disk.
pub(crate) fn give(name: &str, media: &str, content: &[u8]) {
    download(name, media, Uint8Array::from(content));
}

/// Lets the visitor choose a zip or a folder.
pub(crate) async fn chosen(folder: bool) -> Vec<(String, Vec<u8>)> {
    choose(folder).await.map(|files| pairs(&files)).unwrap_or_default()
}

/// The files of a drop.
pub(crate) async fn taken(event: &web_sys::DragEvent) -> Vec<(String, Vec<u8>)> {
    dropped(event).await.map(|files| pairs(&files)).unwrap_or_default()
}

/// The window.
pub(crate) fn window() -> web_sys::Window {
    web_sys::window().expect("the page runs in a window")
}

/// The document.
pub(crate) fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}

fn pairs(files: &JsValue) -> Vec<(String, Vec<u8>)> {
    let files: Array = files.clone().dyn_into().unwrap_or_default();
    files.iter().filter_map(|pair| pair_of(&pair)).collect()
}

fn pair_of(pair: &JsValue) -> Option<(String, Vec<u8>)> {
    let pair: &Array = pair.dyn_ref()?;
    Some((pair.get(0).as_string()?, bytes(&pair.get(1))?))
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

fn pack<T: Serialize>(value: &T) -> Uint8Array {
    let packed = retort_protocol::frame::encode(0, value);
    Uint8Array::from(packed.as_slice())
}

fn unpack<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    retort_protocol::frame::decode(&bytes(value)?).map(|(_, value)| value)
}
