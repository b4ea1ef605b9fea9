// Runs after Trunk has put the page together (`post_build` in Trunk.toml). It splits the worker of a release, and writes
// into the page's head what is only known now: the build's id, and the hash of each inline script, which the content
// policy otherwise refuses.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { splitWorker } from "./split/worker.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === "release";
const read = (name) => readFileSync(join(folder, name));

function buildId() {
  const hash = createHash("sha256");
  const worker = ["retort-worker.js", "retort-worker_bg.wasm", ...(release ? ["retort-worker_later.wasm"] : []), "worker_loader.js"];
  for (const name of [...worker, "editor.js"]) hash.update(read(name));
  return hash.digest("hex").slice(0, 12);
}

function inlineHashes(html) {
  const scripts = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return scripts.map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

if (release) await splitWorker(folder);
let html = read("index.html").toString();
const scripts = ["script-src 'self' 'wasm-unsafe-eval'", ...inlineHashes(html)].join(" ");
html = html.replace("script-src 'self' 'wasm-unsafe-eval'", () => scripts);
html = html.replace('name="retort-build" content="development"', () => `name="retort-build" content="${buildId()}"`);
// `trunk serve` tells the page over a socket to reload.
if (!release) html = html.replace("default-src 'self'", "$& ws:");
writeFileSync(join(folder, "index.html"), html);
// What the worker left open under Node would keep this alive.
process.exit(0);
