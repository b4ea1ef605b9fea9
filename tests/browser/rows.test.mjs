// Rows: edited at the end of a revision, many of them, and everything taken back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { cells, openSample, quiet, terminal, travel, unfold, words } from "./workbench.mjs";

const { visit: arrive } = house();

async function visit() {
  const page = await arrive();
  await openSample(page);
  await quiet(page);
  return page;
}

const rows = (page) => page.getByRole("region", { name: "Rows" });
const saying = (page, text) => rows(page).getByText(text, { exact: true });

test("a cell is edited, set to NULL and to nothing, a row added and removed, and all of it undone", async () => {
  const page = await visit();
  const before = await cells(page);
  await rows(page).getByText("Harbour Pottery").dblclick();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Harbour & Sons");
  await page.keyboard.press("Enter");
  await saying(page, "Harbour & Sons").waitFor();
  await page.getByRole("button", { name: /^Undo edit/ }).waitFor();

  await rows(page).getByText("Olive & Rye").dblclick();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".rows tbody tr")[1]?.querySelectorAll("td")[2]?.innerText === "");
  // By the keyboard: to the edge of the row, where the button is.
  await saying(page, "Paper Lantern").click();
  for (const key of ["ArrowLeft", "ArrowLeft", "Enter"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(100);
  }
  await saying(page, "Paper Lantern").waitFor({ state: "detached" });

  for (let left = 3; left > 0; left -= 1) {
    await page.locator("h1").evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Control+z");
    await quiet(page);
  }
  assert.deepEqual(await cells(page), before);
  await page.keyboard.press("Control+Shift+z");
  await saying(page, "Harbour & Sons").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("NULL is not an empty cell", async () => {
  const page = await visit();
  await terminal(page, "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)");
  await terminal(page, "INSERT INTO note (body) VALUES (NULL), (''), ('NULL')");
  await unfold(page, "note");
  const table = rows(page).getByRole("grid", { name: /^note/ });
  await table.waitFor();
  const bodies = table.locator("tbody tr:not(.stretch) td:nth-child(3)");
  assert.deepEqual(await bodies.allInnerTexts(), ["NULL", "", "NULL"]);
  assert.deepEqual(await bodies.evaluateAll((all) => all.map((one) => one.querySelectorAll(".null").length)), [1, 0, 0]);
  assert.deepEqual(page.complaints, []);
});

test("inside a revision rows are only read", async () => {
  const page = await visit();
  await travel(page, "Next step");
  await rows(page).getByText(/read-only inside a revision|changed/).first().waitFor();
  assert.equal(await rows(page).getByRole("button", { name: /^New row/ }).count(), 0);
  assert.deepEqual(page.complaints, []);
});

test("steps and commands are undone by name, and done again", async () => {
  const page = await visit();
  const first = await words(page);
  await terminal(page, "alembic upgrade head");
  const second = await words(page);
  await page.getByRole("button", { name: "Undo alembic upgrade head" }).click();
  assert.equal(await words(page, second), first);
  await page.getByRole("button", { name: "Redo alembic upgrade head" }).click();
  await words(page, first);
  assert.match(await terminal(page, "alembic current"), /d4a96f13e8c0 \(head\)/);
  assert.deepEqual(page.complaints, []);
});

test("a hundred thousand rows scroll, with few of them in the page", async () => {
  const page = await visit();
  await terminal(page, "CREATE TABLE many (id INTEGER PRIMARY KEY, n INTEGER, body TEXT)");
  await terminal(page, "INSERT INTO many SELECT value, value * 2, 'row ' || value FROM (WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c LIMIT 100000) SELECT value FROM c)");
  await unfold(page, "many");
  const table = rows(page).getByRole("grid", { name: /^many/ });
  await table.waitFor();
  const frame = rows(page).locator(".pane-body");
  const longest = await frame.evaluate(async (frame) => {
    let longest = 0;
    let last = performance.now();
    for (let at = 0; at <= 60; at += 1) {
      frame.scrollTop = (frame.scrollHeight - frame.clientHeight) * (at / 60);
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      if (at > 3) longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
  });
  await table.getByText("row 100000", { exact: true }).waitFor();
  assert.ok((await table.locator("tbody tr").count()) < 400, "only what is in sight is in the page");
  assert.ok(longest < 400, `no frame takes long, the longest took ${Math.round(longest)} ms`);
  assert.deepEqual(page.complaints, []);
});
