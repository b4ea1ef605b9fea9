// The page's loader. It starts the engine's worker while the page's own program is still on its way, and
// offers `window.retort` to that program: `adoptWorker` and `loadEditor`.
"use strict";
(() => {
  const build = document.querySelector('meta[name="retort-build"]').content;
  const place = (name) => new URL(`${name}?v=${build}`, document.baseURI).href;

  // A frame without an origin (`sandbox="allow-scripts"`) may not name a worker by address, but may start one from a
  // blob that imports the real script.
  function start() {
    const loader = place("worker_loader.js");
    try {
      return new Worker(loader);
    } catch (refused) {
      if (refused.name !== "SecurityError") throw refused;
      const source = `self.retortLoader = ${JSON.stringify(loader)}; importScripts(self.retortLoader);`;
      return new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    }
  }

  // What the worker says before the page's program listens is kept for it.
  function attended() {
    const worker = start();
    worker.early = [];
    worker.onmessage = worker.onerror = (event) => worker.early.push(event);
    worker.addEventListener("message", () => performance.mark("engine-ready"), { once: true });
    return worker;
  }

  let waiting = attended();
  let editor = null;

  window.retort = {
    build,

    // The worker that is already running, or a new one when that was taken and lost.
    adoptWorker(onmessage, onerror) {
      const worker = waiting ?? attended();
      waiting = null;
      worker.onmessage = onmessage;
      worker.onerror = onerror;
      for (const event of worker.early.splice(0)) (event.type === "message" ? onmessage : onerror)(event);
      return worker;
    },

    // The editor's module, fetched when it is first wanted.
    loadEditor: () => (editor ??= import(place("editor.js"))),
  };
})();
