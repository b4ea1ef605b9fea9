// The engine's later part (web/split) comes by itself, or when it is wanted; and if it cannot come, nothing is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { openSample, schema, terminal } from "./workbench.mjs";

const { visitor, address } = house();
const LATER = "**/retort-worker_later.wasm*";

/** A visitor for whom the later part is answered by `answer`. */
async function visit(answer) {
  const page = await visitor();
  await page.context().route(LATER, answer);
  await page.goto(address());
  await openSample(page);
  return page;
}

test("a command that is wanted before the later part came waits for it", async () => {
  const asked = [];
  // The first question is never answered; the second one, which the engine waits for, is.
  const page = await visit((route) => asked.push(route) > 1 && route.continue());
  assert.match(await terminal(page, "alembic history --verbose"), /Rev: /);
  assert.match(await terminal(page, "alembic show head"), /Rev: /);
  assert.equal(asked.length, 2);
  assert.deepEqual(page.complaints, []);
});

test("if it cannot be fetched, the command says so and the project is still there", async () => {
  let broken = true;
  const page = await visit((route) => (broken ? route.abort() : route.continue()));
  const before = await schema(page);
  const field = page.getByRole("textbox", { name: /^Command/ });
  await field.fill("alembic history --verbose");
  await field.press("Enter");
  await page.getByText(/A part of the engine could not be fetched: is there a network/).waitFor();
  broken = false;
  await page.getByRole("list", { name: /^Timeline/ }).waitFor();
  assert.deepEqual(await schema(page), before);
  assert.match(await terminal(page, "alembic history --verbose"), /Rev: /);
});
