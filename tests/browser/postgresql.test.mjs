// A project whose URL names PostgreSQL runs on a real one, in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { can, openSample, quiet, terminal, travel, write } from "./workbench.mjs";

const { visit, address } = house();

const SERVER = "postgresql+psycopg2://me:secret@db.example/shop";

/** The first sample, whose URL is changed to PostgreSQL's. */
async function onPostgresql() {
  const page = await visit();
  await openSample(page);
  await quiet(page);
  const ini = await terminal(page, "cat alembic.ini");
  await write(page, "alembic.ini", ini.replace("sqlite:///./database.db", SERVER));
  return page;
}

test("a URL of PostgreSQL's opens one: commands, steps, rows, psql", async () => {
  const page = await onPostgresql();
  assert.match(await terminal(page, "alembic upgrade head"), /Context impl PostgresqlImpl\.[^]*Running upgrade/);
  assert.match(await terminal(page, "SELECT version()"), /PostgreSQL 18/);
  assert.match(await terminal(page, "\\d seller"), /Table "public\.seller"[^]*"uq_seller_email" UNIQUE CONSTRAINT, btree \(email\)/);
  await page.getByRole("button", { name: /^PostgreSQL 18/ }).waitFor();
  await travel(page, "Previous step");
  await quiet(page);
  assert.ok(await can(page, "Next step"));
  await travel(page, "Next revision");
  await quiet(page);
  assert.match(await terminal(page, "alembic downgrade -3"), /Running downgrade 8c1f4e2a90b7 -> /);
  assert.deepEqual((await terminal(page, "\\dt")).match(/\w+(?= \| table)/g), ["alembic_version"]);
  assert.deepEqual(page.complaints, []);
});

test("a reload brings PostgreSQL's rows back, and nothing asks the network for the server", async () => {
  const page = await onPostgresql();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await terminal(page, "alembic upgrade head");
  await terminal(page, "INSERT INTO seller (id, name, contact, email) VALUES (5, 'Fifth', 'five', 'five@five.example')");
  await page.getByText("Saved in this browser").waitFor();
  await page.goto(address());
  await page.getByRole("list", { name: /^Timeline/ }).waitFor();
  assert.match(await terminal(page, "SELECT count(*) FROM seller"), /\b5\b/);
  assert.match(await terminal(page, "alembic current"), /d4a96f13e8c0 \(head\)/);
  assert.deepEqual(asked.filter((url) => url.includes("db.example")), []);
  assert.deepEqual(page.complaints, []);
});
