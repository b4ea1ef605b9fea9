// What the page asks of the browser, and what is shorter to say in its own language. Bound by src/browser.rs.
// Bytes go in and out as Uint8Arrays; what is in them is the page's affair.

// ── The store: IndexedDB, or memory where that is forbidden (a private window, a frame without an origin) ──

let database = null;
const memory = { cards: new Map(), checkpoints: new Map(), settings: new Map() };

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Whether this browser keeps anything.
export async function openStore() {
  try {
    const opening = indexedDB.open("retort", 1);
    opening.onupgradeneeded = () => {
      for (const name of Object.keys(memory)) opening.result.createObjectStore(name);
    };
    database = await done(opening);
    return true;
  } catch {
    return false;
  }
}

const store = (name, mode) => database.transaction(name, mode).objectStore(name);
const read = async (name, key) => (database ? await done(store(name, "readonly").get(key)) : memory[name].get(key));

async function write(entries) {
  if (!database) {
    for (const [name, key, value] of entries) value === null ? memory[name].delete(key) : memory[name].set(key, value);
    return;
  }
  const transaction = database.transaction([...new Set(entries.map(([name]) => name))], "readwrite", { durability: "relaxed" });
  for (const [name, key, value] of entries) {
    const target = transaction.objectStore(name);
    value === null ? target.delete(key) : target.put(value, key);
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

// All cards, the one kept last first.
export async function cards() {
  const all = database ? await done(store("cards", "readonly").getAll()) : [...memory.cards.values()];
  return all.sort((a, b) => b.when - a.when).map((card) => card.bytes);
}

export const load = (id) => read("checkpoints", id);
export const recall = () => read("settings", "all");
export const remember = (bytes) => write([["settings", "all", bytes]]);
export const relabel = (id, card) => write([["cards", id, { bytes: card, when: Date.now() }]]);
export const forget = (id) => write([["cards", id, null], ["checkpoints", id, null]]);
export const save = (id, card, bytes) =>
  write([["cards", id, { bytes: card, when: Date.now() }], ["checkpoints", id, bytes]]);

// Only one tab has a project; the lock lasts until another is claimed, or the tab goes.
let held = { id: null, release: () => {} };
export async function claim(id) {
  if (held.id === id) return true;
  held.release();
  held = { id: null, release: () => {} };
  if (!navigator.locks) return true;
  return new Promise((answer) => {
    const hold = (lock) => {
      answer(lock !== null);
      return lock && new Promise((release) => (held = { id, release }));
    };
    // A frame without an origin has no locks, and no other tab to fear.
    navigator.locks.request(`retort/${id}`, { ifAvailable: true }, hold).catch(() => answer(true));
  });
}

// ── In and out ──

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

export function download(name, media, bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: media }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Folders that hold nothing of the user's own, and much.
const skipped = /(^|\/)(\.git|\.venv|venv|node_modules|__pycache__|\.tox|\.mypy_cache|site-packages)(\/|$)/;
const most = 2000;

async function gathered(files) {
  const kept = files.filter(([path]) => !skipped.test(path)).slice(0, most);
  return Promise.all(kept.map(async ([path, file]) => [path, new Uint8Array(await file.arrayBuffer())]));
}

// What the visitor chose: pairs of path and bytes; nothing when he thought better of it.
export function choose(folder) {
  return new Promise((resolve, reject) => {
    const field = document.createElement("input");
    field.type = "file";
    if (folder) field.webkitdirectory = true;
    else field.accept = ".zip,application/zip";
    field.onchange = () =>
      gathered([...field.files].map((file) => [file.webkitRelativePath || file.name, file])).then(resolve, reject);
    field.oncancel = () => resolve([]);
    field.click();
  });
}

const entries = (folder) => new Promise((resolve, reject) => folder.readEntries(resolve, reject));
const opened = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

async function walk(entry, found) {
  const path = entry.fullPath.replace(/^\//, "");
  if (skipped.test(path) || found.length >= most) return;
  if (entry.isFile) found.push([path, await opened(entry)]);
  else {
    const reader = entry.createReader();
    for (let some = await entries(reader); some.length; some = await entries(reader)) {
      for (const one of some) await walk(one, found);
    }
  }
}

// What was dropped on the page, folders and all.
export async function dropped(event) {
  const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const found = [];
  for (const item of items) await walk(item, found);
  return gathered(found);
}

// ── Small things ──

export const word = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36)).join("");

export function focusPane(back) {
  const panes = [...document.querySelectorAll("[data-pane]")].filter((pane) => pane.getClientRects().length);
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = here < 0 ? (back ? panes.length - 1 : 0) : (here + (back ? -1 : 1) + panes.length) % panes.length;
  const inside = panes[next]?.querySelector("[data-focus]:not([disabled])");
  (inside ?? panes[next])?.focus();
}

// Scrolls only `frame`, so that `inside` is in sight; the page itself stays where it is.
export function reveal(frame, inside) {
  const outer = frame.getBoundingClientRect();
  const inner = inside.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    const above = outer.height < 140 ? outer.height / 2 - 10 : outer.height * 0.45;
    frame.scrollTop += inner.top - outer.top - above;
  }
}

// The same sideways: `inside` near the left edge, unless all of it is in sight already.
export function revealAside(frame, inside) {
  const outer = frame.getBoundingClientRect();
  const inner = inside.getBoundingClientRect();
  if (inner.left < outer.left || inner.right > outer.right) frame.scrollLeft += inner.left - outer.left - 12;
}
