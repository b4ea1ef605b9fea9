// The terminal beyond the tutorial: its modes, its keys, and the corrections it offers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { openSample, quiet, terminal, write } from "./workbench.mjs";

const { visit: arrive } = house();

async function visit(sample) {
  const page = await arrive();
  await openSample(page, sample);
  await quiet(page);
  return page;
}

const prompt = (page) => page.getByRole("textbox", { name: /^Command/ });
const log = (page) => page.getByRole("log", { name: "Terminal output" });

test("downgrade -l: a button types what was meant", async () => {
  const page = await visit();
  await terminal(page, "alembic downgrade -l");
  await log(page).getByRole("button", { name: "Type alembic downgrade -1" }).click();
  await log(page).getByText(/Running downgrade 8c1f4e2a90b7 -> /).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("the quoted URL: a button takes the quotes away", async () => {
  const page = await visit();
  const ini = await terminal(page, "cat alembic.ini");
  await write(page, "alembic.ini", ini.replace(/^sqlalchemy\.url = (.*)$/m, 'sqlalchemy.url = "$1"'));
  await terminal(page, "alembic current");
  await page.getByRole("log").getByRole("button", { name: /^Write sqlalchemy\.url = sqlite/ }).click();
  await quiet(page);
  assert.match(await terminal(page, "alembic current"), /8c1f4e2a90b7/);
  assert.deepEqual(page.complaints, []);
});

test("from ..db in env.py: a button writes the import that works", async () => {
  const page = await visit();
  const env = await terminal(page, "cat migrations/env.py");
  const broken = env.replace(/^from models import/m, "from ..models import");
  assert.notEqual(broken, env, "env.py imports the models");
  await write(page, "migrations/env.py", broken);
  assert.match(await terminal(page, "alembic current"), /relative import/);
  await page.getByRole("log").getByRole("button", { name: /^Write from models import/ }).click();
  await quiet(page);
  assert.match(await terminal(page, "alembic current"), /8c1f4e2a90b7/);
  assert.deepEqual(page.complaints, []);
});

test("history, Tab, Ctrl-C and the database's own prompt", async () => {
  const page = await visit();
  await terminal(page, "ls");
  await terminal(page, "pwd");
  await prompt(page).press("ArrowUp");
  await prompt(page).press("ArrowUp");
  assert.equal(await prompt(page).inputValue(), "ls");
  await prompt(page).press("ArrowDown");
  assert.equal(await prompt(page).inputValue(), "pwd");
  await prompt(page).fill("alembic downg");
  await prompt(page).press("Tab");
  await page.waitForFunction(() => document.querySelector("#prompt").value === "alembic downgrade ");
  await prompt(page).press("Control+c");
  assert.equal(await prompt(page).inputValue(), "");
  await terminal(page, "sqlite3 database.db");
  await page.getByText("sqlite>", { exact: false }).last().waitFor();
  await terminal(page, "SELECT count(*)");
  await page.locator(".prompt label").getByText("...>").waitFor();
  assert.match(await terminal(page, "FROM seller;"), /^4$/m);
  assert.match(await terminal(page, ".tables"), /seller/);
  await terminal(page, ".quit");
  await page.locator(".prompt label").getByText("$").waitFor();
  assert.match(await terminal(page, "\\d seller"), /Column[\s\S]*contact/);
  assert.match(await terminal(page, "alembc heads"), /Did you mean alembic\?/);
  assert.deepEqual(page.complaints, []);
});
