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

/** Every step of the first sample, by its key, to head and back, until its words stand on the page; its rows are drawn with them. */
async function steps() {
  const frame = document.createElement("iframe");
  frame.width = 1440;
  frame.height = 900;
  frame.src = "/retort/";
  document.body.append(frame);
  const page = () => frame.contentDocument;
  const button = (name) => [...(page()?.querySelectorAll("button") ?? [])].find((each) => (each.ariaLabel ?? each.textContent).startsWith(name));
  (await until(() => button("Start stepping"))).click();
  await until(() => button("Next step"));
  const words = () => page().querySelector(".say[aria-live]").textContent;
  const walk = async (name, key, shiftKey = false) => {
    const times = [];
    while (button(name).ariaDisabled !== "true") {
      const [before, start] = [words(), performance.now()];
      page().body.dispatchEvent(new frame.contentWindow.KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
      await changed(page(), () => words() !== before);
      times.push(performance.now() - start);
      await new Promise((next) => setTimeout(next, 500));
    }
    return times;
  };
  await walk("Previous revision", "ArrowLeft", true);
  const times = [...(await walk("Next step", "ArrowRight")), ...(await walk("Previous step", "ArrowLeft"))];
  frame.remove();
  const mine = median(times);
  await line(`one step on a sample, rows shown (the slowest of ${times.length}: ${Math.max(...times).toFixed(0)} ms)`, `${mine.toFixed(1)} ms`, "two frames", mine / 16.7, "at most 33 ms", mine <= 33);
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
