// What every browser test starts from: the built page behind a small server, and a fresh visitor in real Chromium.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const require = createRequire(`${root}.tools/npm/`);
const { chromium } = require("playwright-core");

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** A server of the files in `folder`, with `pages` (path to HTML) beside them. Gives its address and a way to end it. */
export async function serve(folder, pages = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    // A frame with `sandbox="allow-scripts"` has no origin, and asks as a stranger.
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (pages[path]) return response.setHeader("Content-Type", "text/html").end(pages[path]);
    const file = join(folder, normalize(path === "/" ? "/index.html" : path));
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

/** Milliseconds that anything may take, on a busy machine too. */
export const expectTimeout = 20_000;

/** Chromium as it is installed, quiet and without its own traffic. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.RETORT_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** The projects of the gallery, as they lie in the repository. */
export const samples = join(root, "migrations");

/** The built page. */
export const built = process.env.RETORT_DIST ?? join(root, "dist");

/**
 * A visitor with a profile of her own: a page whose complaints (console errors, refused scripts, uncaught errors) are
 * collected in `page.complaints`, for the test to find empty.
 */
export async function visitor(chrome, options = {}) {
  const context = await chrome.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(expectTimeout);
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  return page;
}

/** A page of somebody else's that holds ours in a frame without an origin. */
export const framed = '<!doctype html><title>Somebody’s page</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="/index.html" width="1200" height="800"></iframe>';

/**
 * What a file of tests is about: the built page, with `pages` beside it, served from before its first test until after
 * its last. Gives `visit`, which brings a visitor to a path, and `address`.
 */
export function house(pages) {
  let chrome, site;
  before(async () => {
    site = await serve(built, pages);
    chrome = await browser();
  });
  after(async () => {
    await chrome.close();
    site.end();
  });
  return {
    address: () => site.address,
    visit: async (options, path = "/") => {
      const page = await visitor(chrome, options);
      await page.goto(site.address + path);
      return page;
    },
    visitor: (options) => visitor(chrome, options),
  };
}
