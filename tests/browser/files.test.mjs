// Files and what follows from them: the tree, the editor, what autogenerate would write now.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { openSample, quiet, terminal, write } from "./workbench.mjs";

const { visit: arrive } = house();

async function visit(sample) {
  const page = await arrive();
  await openSample(page, sample);
  return page;
}

const tree = (page) => page.getByRole("navigation", { name: "Project files" });
const file = (page, path) => page.locator(`button.file[title="${path}"]`);
const strip = (page) => page.getByRole("group", { name: "Autogenerate" });

async function name(page, path, button) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(path);
  await dialog.getByRole("button", { name: button }).click();
}

test("files are made, renamed and deleted, folders too", async () => {
  const page = await visit();
  await tree(page).getByRole("button", { name: "New file", exact: true }).click();
  await name(page, "../outside.py", "Create");
  await page.getByRole("alert").waitFor();
  await name(page, "catalog/models.py", "Create");
  await file(page, "catalog/models.py").waitFor();
  await page.getByRole("textbox", { name: "catalog/models.py" }).waitFor();
  await tree(page).getByRole("button", { name: "Rename catalog", exact: true }).focus();
  await page.keyboard.press("Enter");
  await name(page, "goods", "Rename");
  await file(page, "goods/models.py").waitFor();
  assert.equal(await file(page, "catalog/models.py").count(), 0);
  await page.getByRole("textbox", { name: "goods/models.py" }).waitFor();
  await tree(page).getByRole("button", { name: "Delete goods", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await file(page, "goods/models.py").waitFor({ state: "detached" });
  assert.deepEqual(page.complaints, []);
});

test("a file with a hostile name is only text", async () => {
  const page = await visit();
  const path = "<img src=x onerror=alert(1)>.py";
  await tree(page).getByRole("button", { name: "New file", exact: true }).click();
  await name(page, path, "Create");
  await tree(page).getByText(path).waitFor();
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(page.complaints, []);
});

test("after a pause stands what a revision would hold, and the button writes and opens it", async () => {
  const page = await visit();
  await strip(page).getByText("shipment.tracking").waitFor();
  await strip(page).getByText("the database is 2 revisions behind").waitFor();
  await strip(page).getByRole("button", { name: "Make revision…" }).click();
  const dialog = page.getByRole("dialog", { name: "Next revision" });
  const make = dialog.getByRole("button", { name: "Make revision" });
  assert.ok(await make.isDisabled(), "not before the database is at head");
  assert.match(await dialog.locator(".make-text").innerText(), /op\.add_column|batch_op\.add_column/);
  await dialog.getByRole("button", { name: "SQL" }).click();
  assert.match(await dialog.locator(".make-text").innerText(), /ALTER TABLE shipment ADD COLUMN tracking/);
  await dialog.getByRole("button", { name: "Upgrade to head" }).click();
  await page.waitForFunction(() => [...document.querySelectorAll("dialog button")].some((it) => it.innerText === "Make revision" && !it.disabled));
  await dialog.getByRole("textbox", { name: "Message" }).fill("track it");
  await make.click();
  await page.getByRole("textbox", { name: /track_it\.py$/ }).waitFor();
  await strip(page).getByText("the database is 1 revision behind").waitFor({ state: "detached" });
  assert.match(await terminal(page, "alembic heads"), /\(head\)/);
  assert.deepEqual(page.complaints, []);
});

test("a broken model keeps the last good answer, marked; when it is mended, the answer is fresh", async () => {
  const page = await visit("Empty project");
  await strip(page).getByText("autogenerate would").waitFor();
  const models = await page.locator(".editor").getByRole("textbox").evaluate((it) => it.cmTile?.view?.state.doc.toString() ?? it.innerText);
  await write(page, "models.py", "class Item(:\n");
  await strip(page).getByText("since the last good version:").waitFor();
  await strip(page).getByText("item").waitFor();
  await write(page, "models.py", models);
  await strip(page).getByText("autogenerate would").waitFor();
  assert.equal(await page.locator(".editor .says").count(), 0);
  assert.deepEqual(page.complaints, []);
});

test("names are completed with their signatures, by the keyboard", async () => {
  const page = await visit("Empty project");
  await page.getByRole("textbox", { name: "models.py" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("x = mapped_col");
  await page.getByRole("option", { name: /^mapped_column\(/ }).waitFor();
  // The list takes no key that was on its way before it stood there.
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
  await page.locator(".editor .cm-line").filter({ hasText: "x = mapped_column" }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("what was typed in a file is undone there, also after another file was looked at", async () => {
  const page = await visit();
  await file(page, "models.py").click();
  const editor = page.getByRole("textbox", { name: "models.py" });
  await editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine");
  await quiet(page);
  await file(page, "alembic.ini").click();
  await page.getByRole("textbox", { name: "alembic.ini" }).waitFor();
  await file(page, "models.py").click();
  await editor.click();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !document.querySelector(".editor").shadowRoot.textContent.includes("# mine"));
  assert.deepEqual(page.complaints, []);
});
