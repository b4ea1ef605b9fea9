// The page in Chromium, against a bare page of sql.js and against real Alembic: `node page.mjs FOLDER`, after shell.py.
// Without remote debugging, which makes WebAssembly slow: the page in Chromium measures and posts what it found.
import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { variants } from "./protocol.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const projects = process.argv[2];
const folders = {
  "/retort/": join(root, "dist"),
  "/sqljs/": join(root, ".tools/npm/node_modules/sql.js/dist"),
  "/bench/": join(root, "xtask/bench"),
};
const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

function project(tables) {
  const folder = join(projects, String(tables));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(py|ini|mako)$/.test(entry.name) && entry.name !== "models.next.py")
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
  const read = (name) => readFileSync(join(folder, name), "utf8");
  return { files: files.map((name) => [name, read(name)]), next: read("models.next.py"), before: read("models.py") };
}

const numbers = (file, name) => variants(readFileSync(join(root, "web/protocol/src", file), "utf8"), name);

const setting = {
  theirs: JSON.parse(readFileSync(join(projects, "theirs.json"), "utf8")),
  projects: Object.fromEntries([100, 1000].map((tables) => [tables, project(tables)])),
  request: numbers("request.rs", "Request"),
  source: numbers("request.rs", "Source"),
  reply: numbers("reply.rs", "Reply"),
};

const profile = mkdtempSync(join(tmpdir(), "retort-bench-"));
let failed = false;

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  response.setHeader("Cache-Control", "no-store");
  if (path === "/setting") return response.end(JSON.stringify(setting));
  if (path === "/found") return found(request, response);
  const prefix = Object.keys(folders).find((prefix) => path.startsWith(prefix));
  const file = prefix && join(folders[prefix], path.slice(prefix.length) || "index.html");
  if (!file || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
  createReadStream(file).pipe(response);
});

// One line of results, or `end`.
async function found(request, response) {
  let text = "";
  for await (const piece of request) text += piece;
  response.end();
  if (text === "end") return end();
  console.log(text);
  failed ||= text.endsWith("NO");
}

// Chromium's processes write into its profile until they are gone.
function end() {
  chromium.on("exit", async () => {
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    process.exit(failed ? 1 : 0);
  });
  chromium.kill();
}

await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--user-data-dir=${profile}`];
const address = `http://127.0.0.1:${server.address().port}/bench/bench.html`;
const chromium = spawn(process.env.RETORT_CHROMIUM ?? "/usr/bin/chromium", [...flags, "--window-size=1440,900", address], { stdio: "ignore" });
setTimeout(() => {
  console.log("the page did not finish in five minutes|||||NO");
  failed = true;
  end();
}, 300_000).unref();
