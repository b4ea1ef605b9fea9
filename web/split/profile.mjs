// Finds out which functions of the worker a visitor needs at once, by being that visitor: it runs the worker under Node,
// opens the first sample, steps through its migrations and changes its models. Time and chance stand still, so that
// each build finds the same.
import { readFileSync } from "node:fs";
import { frame, number, text, variants } from "../../xtask/bench/protocol.mjs";
import { watched } from "./split.mjs";

const numbers = (file, name) => variants(readFileSync(new URL(`../protocol/src/${file}.rs`, import.meta.url), "utf8"), name);
const REQUEST = numbers("request", "Request");
const SOURCE = numbers("request", "Source");
const TRAVEL = numbers("request", "Travel");
const SHOW = numbers("rows", "Show");
const REPLY = numbers("reply", "Reply");

/** The sample that the page's loudest button opens. */
const SAMPLE = "seller-shipment";

/** For each function of the program: was it called? */
export async function called(glue, bytes) {
  const { program, from, count } = watched(bytes);
  const worker = await Worker.start(glue, program, () => {});
  visit(worker);
  const marks = new Uint8Array(worker.exports.memory.buffer, from, count).slice();
  return (at) => marks[at] === 1;
}

/** What a visitor does until the first migrations have run and autogenerate has answered. */
export function visit(worker) {
  const ask = (name, ...rest) => worker.ask(number(REQUEST[name]), ...rest);
  const go = (way) => ask("Move", number(TRAVEL[way]));
  const models = readFileSync(new URL(`../../migrations/${SAMPLE}/models.py`, import.meta.url), "utf8");
  const write = (content) => ask("Write", text("models.py"), text(content));

  ask("Open", number(SOURCE.Sample), text(SAMPLE));
  for (const table of ["seller", "shipment"]) {
    for (const show of ["Changes", "After"]) ask("Rows", text(table), number(SHOW[show]), number(0), number(100));
  }
  for (const way of ["Base", "StepForward", "StepForward", "StepForward", "StepBack", "RevisionForward", "StepForward"]) go(way);
  for (const way of ["StepBack", "StepForward", "RevisionForward", "Head", "StepBack", "RevisionBack", "Head"]) go(way);
  write(models.replace("    name", "    nickname: Mapped[str | None] = mapped_column(String(40), index=True)\n    name"));
  write(models);
  for (const line of ["alembic current", "alembic downgrade -1", "alembic upgrade head"]) ask("Type", text(line));
}

/** What few visitors do: a sample that needs more of Python and of Alembic. */
export function stray(worker) {
  worker.ask(number(REQUEST.Open), number(SOURCE.Sample), text("shop"));
  worker.ask(number(REQUEST.Move), number(TRAVEL.Head));
}

/** The worker's program under Node. `load` is what it calls when its later part is missing. */
export class Worker {
  static async start(glue, program, load) {
    const worker = new Worker();
    const scope = standStill(worker, { retort: { loadLater: load }, postMessage: (message) => worker.said.push(message) });
    worker.scope = scope.self = scope.globalThis = scope;
    // The glue is one script that declares `wasm_bindgen`, and knows its surroundings by their names alone.
    const start = new Function(...Object.keys(scope), `${glue}\nreturn wasm_bindgen;`)(...Object.values(scope));
    worker.exports = await start({ module_or_path: program });
    return worker;
  }

  constructor() {
    Object.assign(this, { last: 0, turns: [], said: [] });
  }

  /** Sends a request, and lets the worker work until it has nothing more to do. */
  ask(...parts) {
    const id = (this.last += 1);
    this.said = [];
    this.scope.onmessage({ data: frame(id, ...parts) });
    while (this.turns.length > 0) this.turns.shift()();
    const done = (message) => new DataView(message.buffer).getUint32(0, true) === id && message[4] === REPLY.Finished;
    if (!this.said.some(done)) throw new Error("the worker did not do what the visitor of the split asked");
  }
}

/** Surroundings that are the same each time: always one moment, but for slices of work, which end after some looks at the clock. */
function standStill(worker, more) {
  const noon = Date.UTC(2026, 0, 1, 12);
  class Still extends Date {
    constructor(...given) {
      super(...(given.length ? given : [noon]));
    }
    static now() {
      return noon;
    }
  }
  class MessageChannel {
    port1 = { onmessage: null };
    port2 = { postMessage: (data) => worker.turns.push(() => this.port1.onmessage({ data })) };
  }
  const known = Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Math[name]]));
  let looks = 0;
  return {
    ...more,
    Date: Still,
    Math: { ...known, random: () => 0.5 },
    MessageChannel,
    crypto: { getRandomValues: (bytes) => bytes.fill(7) },
    performance: { now: () => (looks += 1) },
  };
}
