// Splits the worker of a finished build: what a visitor needs until the first migration has run stays in
// `retort-worker_bg.wasm`, the rest becomes `retort-worker_later.wasm`, which `worker_loader.js` fetches afterwards.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker, called, stray, visit } from "./profile.mjs";
import { LOADER, split } from "./split.mjs";

const [GLUE, FIRST, LATER] = ["retort-worker.js", "retort-worker_bg.wasm", "retort-worker_later.wasm"];

/** Splits the worker in `folder`, and visits it once more: what that visitor needs must be in the first part. */
export async function splitWorker(folder) {
  const read = (name) => readFileSync(join(folder, name));
  const glue = withLoader(read(GLUE).toString());
  const { first, later } = split(read(FIRST), await called(glue, read(FIRST)));
  await check(glue, first, later);
  writeFileSync(join(folder, GLUE), glue);
  writeFileSync(join(folder, FIRST), first);
  writeFileSync(join(folder, LATER), later);
}

/** Visits both parts: what that visitor needs must be in the first one, and a stranger's wish must bring the later one. */
async function check(glue, first, later) {
  let loaded = 0;
  const load = (exports = worker.exports) => {
    if (exports["later:there"].value === 1) return;
    loaded += 1;
    new WebAssembly.Instance(new WebAssembly.Module(later), { first: exports });
  };
  const worker = await Worker.start(glue, first, load);
  visit(worker);
  if (loaded > 0) console.warn("The worker's first part asked for the later one: its visit was not the same twice.");
  stray(worker);
  if (loaded !== 1) throw new Error(`The worker's later part was loaded ${loaded} times, not once.`);
}

/** wasm-bindgen's glue, which now also offers what loads the later part. */
function withLoader(glue) {
  const imports = "const import0 = {\n            __proto__: null,\n";
  if (!glue.includes(imports)) throw new Error("The glue of wasm-bindgen is not as the splitter knows it.");
  return glue.replace(imports, `${imports}            ${LOADER}: () => retort.loadLater(wasm),\n`);
}
