// Loads the engine inside its worker. Worker files carry no hash in their names, so they are asked for by build: the
// query of this script's own address, or of the address that a blob left in `retortLoader`.
"use strict";
const here = new URL(self.retortLoader ?? self.location.href);
importScripts(new URL(`./retort-worker.js${here.search}`, here).href);
wasm_bindgen({ module_or_path: new URL(`./retort-worker_bg.wasm${here.search}`, here).href });
