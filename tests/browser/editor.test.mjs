// The editor's module by itself, under the page's content policy: what the page's widget relies on.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { house } from "./visit.mjs";

const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src data:; object-src 'none'; base-uri 'none'";
const host = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Editor</title><link rel="icon" href="data:,"><div id="host"></div></html>`;
let page;
const { visit } = house({ "/host": host });

beforeEach(async () => {
  page = await visit({}, "/host");
  await page.evaluate(async () => {
    const { create } = await import("/editor.js");
    window.heard = [];
    const hear = (name) => (...what) => window.heard.push([name, ...what]);
    window.editor = create(document.getElementById("host"), { edited: hear("edited"), fixed: hear("fixed"), left: hear("left") });
    window.editor.show("models.py", "import sqlalchemy as sa\n\nmetadata = sa.MetaData()\n", "python");
  });
});

const heard = () => page.evaluate(() => window.heard);

test("what is typed is told, what the page writes is not", async () => {
  await page.evaluate(() => window.editor.show("models.py", "a = 1\n", "python"));
  await page.getByRole("textbox", { name: "models.py" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("b");
  assert.deepEqual(await heard(), [["edited", "models.py", "a = 1\nb"]]);
  assert.deepEqual(page.complaints, []);
});

test("each file keeps its own undo history", async () => {
  await page.getByRole("textbox").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await page.evaluate(() => window.editor.show("seed.sql", "select 1", "sql"));
  await page.getByRole("textbox", { name: "seed.sql" }).click();
  await page.keyboard.press("Control+z");
  await page.evaluate(() => window.editor.show("models.py", "import sqlalchemy as sa\n\nmetadata = sa.MetaData()\nx", "python"));
  await page.getByRole("textbox", { name: "models.py" }).click();
  await page.keyboard.press("Control+z");
  const texts = (await heard()).map(([, path, text]) => [path, text.endsWith("x")]);
  assert.deepEqual(texts, [["models.py", true], ["models.py", false]]);
});

test("lit lines are marked as the current step", async () => {
  await page.evaluate(() => window.editor.light(1, 2));
  assert.equal(await page.locator('.is-lit[aria-current="step"]').count(), 2);
  await page.evaluate(() => window.editor.light(0, 0));
  assert.equal(await page.locator(".is-lit").count(), 0);
});

test("a diagnostic stands under its line, with the button that mends it", async () => {
  await page.evaluate(() =>
    window.editor.diagnose([
      { start: { line: 3, column: 12 }, end: { line: 3, column: 23 }, severity: "error", message: "no such thing", help: "try another", fix: "Mend it" },
      { start: { line: 99, column: 1 }, end: { line: 99, column: 1 }, severity: "warning", message: "beyond the end", help: null, fix: null },
    ]),
  );
  assert.equal(await page.locator(".squiggle").first().textContent(), "sa.MetaData");
  await page.getByText("beyond the end").waitFor();
  await page.getByRole("button", { name: "Mend it" }).click();
  assert.deepEqual(await heard(), [["fixed", "models.py", 0]]);
});

test("names are completed with their signatures", async () => {
  await page.getByRole("textbox").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("sa.Foreign");
  await page.getByRole("option", { name: /^ForeignKey\(column/ }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("F6 leaves, and single keys stay inside", async () => {
  await page.evaluate(() => window.addEventListener("keydown", (event) => window.heard.push(["key", event.key])));
  await page.getByRole("textbox").click();
  await page.keyboard.press("?");
  await page.keyboard.press("Shift+F6");
  const names = (await heard()).filter(([name]) => name !== "edited");
  assert.deepEqual(names.filter(([name]) => name === "left"), [["left", true]]);
  assert.ok(!names.some(([, key]) => key === "?"));
});
