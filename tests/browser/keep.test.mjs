// What a visitor made is not lost: links, tabs, a browser that keeps nothing, an engine that falls over.
import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { test } from "node:test";
import { framed, house } from "./visit.mjs";
import { openSample, quiet, schema, terminal, travel, words, write } from "./workbench.mjs";

const { visit, visitor, address } = house({ "/framed": framed });

const saved = (page) => page.getByText("Saved in this browser").waitFor();
const notice = (page, name) => page.getByRole("complementary", { name });

async function link(page) {
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForFunction(() => document.querySelector(".linkbox input")?.value.includes("#r"));
  return page.getByRole("textbox", { name: "Link" }).inputValue();
}

test("a link opens in the middle of a revision, as a copy that is kept when the visitor says so", async () => {
  const page = await visit();
  await openSample(page);
  await travel(page, "Next step");
  const second = await travel(page, "Next step");
  const friend = await visitor();
  await friend.goto(await link(page));
  await notice(friend, "Shared link").waitFor();
  await friend.getByText("Step 2 of 3").first().waitFor();
  const timeless = (text) => text.replaceAll(/[\d.]+ ms/g, "").trim();
  assert.equal(timeless(await words(friend)), timeless(second));
  await friend.getByText("A copy, not saved yet").waitFor();
  await friend.getByRole("button", { name: "Keep this copy" }).click();
  await saved(friend);
  assert.doesNotMatch(friend.url(), /#r/);
  assert.deepEqual([...page.complaints, ...friend.complaints], []);
});

test("a link that is cut, from the future or a bomb is refused, and what is open stays", async () => {
  const page = await visit();
  await openSample(page);
  const whole = new URL(await link(page)).hash.slice(1);
  await page.keyboard.press("Escape");
  const before = await schema(page);
  const bomb = `r1.${Buffer.concat([Buffer.alloc(4), deflateRawSync(Buffer.alloc(40 << 20))]).toString("base64url")}0`;
  const says = [];
  // By chance the middle may look like an end.
  const cut = whole.slice(0, whole.length / 2).replace(/0+$/, "");
  const changed = whole.replace(/.(?=.{20}$)/, "*");
  for (const fragment of [cut, changed, whole.replace("r1.", "r9."), bomb, "r1."]) {
    await page.evaluate((hash) => (location.hash = hash), fragment);
    await notice(page, "Notice").waitFor();
    await quiet(page);
    says.push(await notice(page, "Notice").innerText());
    assert.deepEqual(await schema(page), before);
    await notice(page, "Notice").getByRole("button", { name: "Dismiss" }).click();
  }
  assert.match(says[0], /probably cut/);
  assert.match(says[1], /characters were lost or changed/);
  assert.match(says[2], /newer|later/i);
  assert.deepEqual(page.complaints, []);
});

test("what looks secret stays out of a link and a zip unless it is ticked", async () => {
  const page = await visit();
  await openSample(page);
  await terminal(page, "alembic current");
  const ini = await terminal(page, "cat alembic.ini");
  await write(page, "alembic.ini", `${ini}\n[other]\nurl = postgresql://me:hunter2@db.example/shop\n`);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/What looks secret was left out/).waitFor();
  const box = dialog.getByRole("checkbox", { name: /secret/i });
  assert.equal(await box.isChecked(), false);
  await box.check();
  await dialog.getByText(/What looks secret was left out/).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Export" }).click();
  assert.equal(await page.getByRole("dialog").getByRole("checkbox", { name: /secret/i }).isChecked(), false);
  assert.deepEqual(page.complaints, []);
});

test("a second tab on the same project opens a copy and says so", async () => {
  const page = await visit();
  await openSample(page);
  await saved(page);
  const other = await page.context().newPage();
  await other.goto(address());
  await notice(other, "Open in another tab").waitFor();
  await other.getByRole("heading", { level: 1, name: "Seller and shipment, a copy" }).waitFor({ state: "attached" });
  assert.deepEqual(page.complaints, []);
});

test("where nothing may be kept, everything works and says so", async () => {
  const page = await visitor();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  await page.goto(address());
  await notice(page, "Storage").waitFor();
  await openSample(page);
  await travel(page, "Next step");
  await page.getByText("Kept only as long as this tab").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("in a sandboxed frame a project opens, steps and says that nothing is kept", async () => {
  const page = await visit({}, "/framed");
  const inner = page.frames()[1];
  await inner.getByRole("button", { name: /^Start stepping/ }).click();
  await inner.getByRole("list", { name: /^Timeline/ }).waitFor();
  await inner.getByRole("button", { name: "Next step", exact: true }).click();
  await inner.getByText("Step 1 of 3").first().waitFor();
  await inner.getByRole("complementary", { name: "Storage" }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a full store is told, and the work goes on", async () => {
  const page = await visitor();
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...rest) {
      if (this.name === "checkpoints") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, rest);
    };
  });
  await page.goto(address());
  await openSample(page);
  await notice(page, "Storage").getByText("The browser’s store is full.").waitFor();
  await travel(page, "Next step");
  await page.getByText("Not saved: the browser’s store is full").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("an engine that falls over is started anew, and the project is still there", async () => {
  const page = await visit();
  await openSample(page);
  await travel(page, "Next revision");
  await saved(page);
  const [worker] = page.workers();
  await worker.evaluate(() => void setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }));
  await notice(page, "Engine").getByText("The engine had to be started anew.").waitFor();
  await quiet(page);
  assert.match(await terminal(page, "alembic current"), /2b7e41c09d35/);
  assert.match(await terminal(page, "SELECT email FROM seller WHERE id = 1"), /orders@harbour\.example/);
});

test("models that never end are stopped in about two seconds, and say so at their line", async () => {
  const page = await visit();
  await openSample(page);
  await write(page, "models.py", "import time\n\nwhile True:\n    pass\n");
  const begun = Date.now();
  await page.getByRole("group", { name: "Autogenerate" }).getByText(/✕/).first().waitFor();
  assert.ok(Date.now() - begun < 12_000, "two seconds, and some for a busy machine");
  assert.match(await terminal(page, "SELECT count(*) FROM seller"), /^4$/m);
  assert.deepEqual(page.complaints, []);
});
