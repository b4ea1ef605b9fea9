// Loads the engine inside its worker. Worker files carry no hash in their names, so they are asked for by build: the
// query of this script's own address, or of the address that a blob left in `retortLoader`.
"use strict";
const here = new URL(self.retortLoader ?? self.location.href);
const place = (name) => new URL(`./${name}${here.search}`, here).href;
const later = place("retort-worker_later.wasm");
const coming = new AbortController();
let engine;

self.retort = {
  // The engine's later part (see web/split) is wanted: if it did not come of itself yet, a worker may wait for it. A
  // build for development is not split.
  loadLater(first = engine) {
    if (first["later:there"]?.value !== 0) return;
    coming.abort();
    const request = new XMLHttpRequest();
    request.open("GET", later, false);
    request.responseType = "arraybuffer";
    try {
      request.send();
    } catch {
      // Without a network; the answer has no status either.
    }
    if (request.status !== 200) throw new Error("A part of the engine could not be fetched: is there a network?");
    new WebAssembly.Instance(new WebAssembly.Module(request.response), { first });
  },

  // PostgreSQL, for the first project that asks for it: `told` hears of bytes, `done` of its end, with a reason if it failed.
  fetchPostgresql(told, done) {
    const beside = (name) => new URL(`./postgresql/${name}${here.search}`, here).href;
    const opened = import(beside("postgresql.js")).then(async (module) => {
      await module.open(beside, told);
      self.retort.exchange = module.exchange;
    });
    opened.then(() => done(undefined), (error) => done(String(error?.message ?? error)));
  },
};

// Fetched as soon as the engine is ready. If that fails, it is asked for when it is wanted.
async function foresee(first) {
  const module = await WebAssembly.compileStreaming(fetch(later, { signal: coming.signal, priority: "low" }));
  if (!first["later:there"].value) await WebAssembly.instantiate(module, { first });
}

importScripts(place("retort-worker.js"));
wasm_bindgen({ module_or_path: place("retort-worker_bg.wasm") }).then((first) => {
  engine = first;
  if (first["later:there"]) foresee(first).catch(() => {});
});
