// Runs inside Chromium: measures, and posts each line of results to page.mjs.
import { Engine } from "./engine.mjs";

const VISITS = 7;
const CHANGES = 5;
const setting = await (await fetch("/setting")).json();
const post = (text) => fetch("/found", { method: "POST", body: text });
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const line = (what, ours, theirs, ratio, must, holds) => post([what, ours, theirs, ratio.toFixed(1), must, holds ? "yes" : "NO"].join("|"));

/** Milliseconds until the first paint and until the engine is ready, in a frame that is loaded anew. */
async function visit(address) {
  const frame = document.createElement("iframe");
  frame.width = 1280;
  frame.height = 800;
  frame.src = address;
  document.body.append(frame);
  const when = (name) => frame.contentWindow.performance.getEntriesByName(name)[0]?.startTime;
  const times = await until(() => when("first-contentful-paint") && when("engine-ready") && [when("first-contentful-paint"), when("engine-ready")]);
  frame.remove();
  return times;
}

async function until(found, milliseconds = 60_000) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const value = found();
    if (value) return value;
    await new Promise((next) => setTimeout(next, 5));
  }
  throw new Error(`waited for ${found}`);
}

async function visits() {
  const ours = [];
  const theirs = [];
  for (let at = 0; at < VISITS; at += 1) {
    theirs.push(await visit("/bench/sqljs.html"));
    ours.push(await visit("/retort/"));
  }
  for (const [at, what, most] of [[0, "cold visit: painted", 2.5], [1, "cold visit: engine ready", 6]]) {
    const [mine, other] = [ours, theirs].map((all) => median(all.map((times) => times[at])));
    await line(what, `${mine.toFixed(0)} ms`, `${other.toFixed(0)} ms`, mine / other, `at most ${most} times`, mine / other <= most);
  }
}

/** One column more: from the text of the models to the operations. */
async function changes(tables) {
  const { files, before, next } = setting.projects[tables];
  const engine = await Engine.start(setting);
  await engine.open(`bench ${tables}`, files);
  await engine.type("alembic upgrade head");
  const times = [];
  for (let at = 0; at < CHANGES; at += 1) {
    times.push(await engine.autogenerate("models.py", next));
    await engine.autogenerate("models.py", before);
  }
  engine.stop();
  const [mine, other] = [median(times), setting.theirs[tables] * 1000];
  await line(`one column among ${tables} tables, in the page`, `${mine.toFixed(0)} ms`, `${other.toFixed(0)} ms`, other / mine, "15 times faster", other / mine >= 15);
}

/** A step on a sample, by its key, until its words and its rows stand on the page. */
async function steps() {
  const frame = document.createElement("iframe");
  frame.width = 1440;
  frame.height = 900;
  frame.src = "/retort/";
  document.body.append(frame);
  const page = () => frame.contentDocument;
  const button = await until(() => [...(page()?.querySelectorAll("button") ?? [])].find((each) => each.textContent.includes("Seller and shipment")));
  button.click();
  await until(() => page().querySelector(".step [aria-current]") && page().querySelector(".words h2, .step h2"));
  const shown = () => ["[aria-live]", "[aria-labelledby=rows-title]"].map((part) => page().querySelector(part).textContent);
  const times = [];
  for (let at = 0; at < 8; at += 1) {
    const [before, start] = [shown(), performance.now()];
    page().body.dispatchEvent(new frame.contentWindow.KeyboardEvent("keydown", { key: at % 2 ? "ArrowLeft" : "ArrowRight", bubbles: true }));
    await changed(page(), () => shown().every((text, part) => text !== before[part]));
    times.push(performance.now() - start);
    await new Promise((next) => setTimeout(next, 500));
  }
  frame.remove();
  const mine = median(times);
  await line("one step on a sample, rows shown", `${mine.toFixed(1)} ms`, "two frames", mine / 16.7, "at most 33 ms", mine <= 33);
}

/** The page has changed in the way that is looked for. */
function changed(page, found, milliseconds = 10_000) {
  return new Promise((done, lost) => {
    const late = setTimeout(() => lost(new Error("the page did not change")), milliseconds);
    const observer = new MutationObserver(() => {
      if (!found()) return;
      observer.disconnect();
      clearTimeout(late);
      done();
    });
    observer.observe(page.body, { childList: true, subtree: true, characterData: true });
  });
}

const parts = { visits, "changes among 100": () => changes(100), "changes among 1000": () => changes(1000), steps };
for (const [name, part] of Object.entries(parts)) {
  try {
    await part();
  } catch (error) {
    await post(`${name}: ${error.message}`.split("\n")[0].slice(0, 120) + "|||||NO");
  }
}
await post("end");
