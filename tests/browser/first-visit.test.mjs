// The page loads, its worker answers, and neither complains, also in a frame that has no origin.
import assert from "node:assert/strict";
import { test } from "node:test";
import { framed, house } from "./visit.mjs";

const { visit } = house({ "/framed": framed });

// The page says so while its engine is still loading; when that is gone, the engine has spoken.
async function answered(frame) {
  await frame.getByRole("heading", { level: 1 }).first().waitFor();
  await frame.getByText("The engine is loading").waitFor({ state: "detached" });
}

test("the engine is ready on a first visit", async () => {
  const page = await visit();
  await answered(page);
  assert.deepEqual(page.complaints, []);
});

test("the engine is ready in a sandboxed frame", async () => {
  const page = await visit({}, "/framed");
  await answered(page.frames()[1]);
  assert.deepEqual(page.complaints, []);
});
