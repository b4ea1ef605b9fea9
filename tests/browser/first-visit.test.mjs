// The page loads, its worker answers, and neither complains, also in a frame that has no origin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, built, serve, visitor } from "./visit.mjs";

const frame = '<!doctype html><title>Somebody’s page</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="/index.html" width="1200" height="800"></iframe>';
let chrome, site;

before(async () => {
  site = await serve(built, { "/framed": frame });
  chrome = await browser();
});
after(async () => {
  await chrome.close();
  site.end();
});

// The page says so while its engine is still loading; when that is gone, the engine has spoken.
async function answered(frame) {
  await frame.getByRole("heading", { level: 1 }).first().waitFor();
  await frame.getByText("The engine is loading").waitFor({ state: "detached" });
}

test("the engine is ready on a first visit", async () => {
  const page = await visitor(chrome);
  await page.goto(site.address);
  await answered(page);
  assert.deepEqual(page.complaints, []);
});

test("the engine is ready in a sandboxed frame", async () => {
  const page = await visitor(chrome);
  await page.goto(`${site.address}/framed`);
  await answered(page.frames()[1]);
  assert.deepEqual(page.complaints, []);
});
