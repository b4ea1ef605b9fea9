// What goes wrong: it is said in words, at its place, with its rows, and nothing is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { cells, failing, openSample, quiet, terminal, travel, words, write } from "./workbench.mjs";

const { visit: arrive } = house();

async function visit() {
  const page = await arrive();
  await openSample(page);
  return page;
}

const happened = (page) => page.getByRole("region", { name: "What happened" });

test("a required column for rows that have nothing to put there", async () => {
  const page = await visit();
  await failing(page, "email required", 'with op.batch_alter_table("seller") as batch_op:\n    batch_op.add_column(sa.Column("email", sa.String(120), nullable=False))\n    batch_op.create_unique_constraint("uq_email", ["email"])');
  await travel(page, "Next step");
  const says = await happened(page).innerText();
  assert.match(says, /email may not be NULL, and 4 rows of seller would have nothing there/);
  assert.match(says, /Alembic alone would leave _alembic_tmp_seller behind/);
  assert.match(await words(page), /rolled back: every row is as it was/);
  assert.match(await happened(page).getByRole("table").innerText(), /Harbour Pottery[\s\S]*nothing to put here/);
  await page.locator(".bead").first().waitFor();
  assert.equal(await page.locator(".op.is-failed").count(), 1);
  await page.getByRole("region", { name: "SQL" }).getByText("refused").waitFor();
  await page.locator(".editor .is-wrong").first().waitFor();
  await page.getByRole("button", { name: "Previous revision", exact: true }).click();
  await quiet(page);
  assert.equal(await happened(page).count(), 0);
  assert.doesNotMatch(await terminal(page, ".schema"), /email/);
  assert.deepEqual(page.complaints, []);
});

test("the line that failed is in sight, on a phone too", async () => {
  const page = await visit();
  await failing(page, "phone", `${"\n".repeat(30)}op.add_column("seller", sa.Column("phone", sa.String(20), nullable=False))`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator(".editor .cm-scroller").evaluate((scroller) => (scroller.scrollTop = 0));
  await travel(page, "Next step");
  await happened(page).waitFor();
  await page.waitForFunction(() => {
    const frame = document.querySelector(".editor");
    const line = frame.shadowRoot.querySelector(".is-wrong")?.getBoundingClientRect();
    const { top, bottom } = frame.getBoundingClientRect();
    return line && line.top >= top && line.bottom <= bottom;
  });
  assert.deepEqual(page.complaints, []);
});

test("the same without a rebuild", async () => {
  const page = await visit();
  await failing(page, "phone", 'op.add_column("seller", sa.Column("phone", sa.String(20), nullable=False))');
  await travel(page, "Next step");
  await happened(page).getByText(/may not be NULL, and 4 rows of/).waitFor();
  await happened(page).getByRole("table").getByText("nothing to put here").first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test("values that are there twice", async () => {
  const page = await visit();
  await failing(page, "contact unique", 'op.add_column("seller", sa.Column("one", sa.Integer()))\nop.execute("UPDATE seller SET one = 1")\nop.create_index("uq_contact", "seller", ["contact"], unique=True)');
  await terminal(page, "UPDATE seller SET contact = 'same' WHERE id > 2");
  await travel(page, "Next step");
  await travel(page, "Next step");
  await travel(page, "Next step");
  const says = await happened(page).innerText();
  assert.match(says, /contact must be unique in seller, and 2 rows share a value/);
  assert.match(says, /2 steps before it were rolled back/);
  assert.match(await happened(page).getByRole("table").innerText(), /Kettle Works[\s\S]*Paper Lantern/);
  const sent = await page.getByRole("region", { name: "SQL" }).locator(".stmt").allInnerTexts();
  assert.deepEqual(sent.map((one) => one.trim().split(/\s/).pop()), ["undone", "undone", "refused"]);
  assert.doesNotMatch(await terminal(page, ".schema seller"), /one/);
  assert.deepEqual(page.complaints, []);
});

test("as Alembic does it, the first step of a failed revision stays; undo brings the database back", async () => {
  const page = await visit();
  await failing(page, "half", 'op.add_column("seller", sa.Column("one", sa.Integer()))\nop.execute("INSERT INTO nowhere VALUES (1)")');
  await page.getByRole("button", { name: /^SQLite/ }).click();
  await page.getByRole("group", { name: "How migrations run" }).getByRole("button", { name: /^As Alembic/ }).click();
  await page.getByRole("button", { name: /As Alembic/ }).waitFor();
  await quiet(page);
  await terminal(page, "alembic upgrade e1e1");
  await happened(page).getByText(/stays in the database, as with real Alembic/).waitFor();
  assert.match(await terminal(page, ".schema seller"), /one/);
  await page.getByRole("button", { name: /^Undo alembic upgrade e1e1/ }).click();
  await quiet(page);
  assert.doesNotMatch(await terminal(page, ".schema seller"), /one/);
  assert.deepEqual(page.complaints, []);
});

test("a syntax error in one file is told there, and the rest goes on", async () => {
  const page = await visit();
  await write(page, "models.py", "from sqlalchemy import String\n\nclass Seller(:\n    pass\n");
  await page.locator("button.file[title='models.py']").getByText("1 error").waitFor({ state: "attached" });
  await page.locator(".editor .says").first().waitFor();
  const strip = page.getByRole("group", { name: "Autogenerate" });
  await strip.getByText("since the last good version:").waitFor();
  assert.equal(await strip.getByRole("button", { name: "Make revision…" }).count(), 0);
  assert.equal(await page.locator("button.file[title='migrations/env.py']").getByText("error").count(), 0);
  assert.match(await terminal(page, "cat seed.sql"), /INSERT/);
  assert.match(await terminal(page, "SELECT count(*) FROM seller"), /^4$/m);
  await page.getByRole("button", { name: "Next step", exact: true }).click();
  await page.getByText(/SyntaxError/).first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test("an unknown import is a warning at its line at once", async () => {
  const page = await visit();
  await write(page, "models.py", "import fancy_columns\nfrom sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n");
  await page.locator(".editor .says.is-warning").filter({ hasText: "fancy_columns" }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a model with 300 nested brackets is an error, not the end", async () => {
  const page = await visit();
  await write(page, "models.py", `x = ${"[".repeat(300)}${"]".repeat(300)}\n`);
  await terminal(page, "alembic check");
  assert.match(await terminal(page, "SELECT 1 + 1"), /^2$/m);
  assert.deepEqual(page.complaints, []);
});

test("a file that is no database, a revision that nobody knows, two heads", async () => {
  const page = await visit();
  await terminal(page, "UPDATE alembic_version SET version_num = 'feedfeedfeed'");
  assert.match(await terminal(page, "alembic upgrade head"), /Can't locate revision identified by 'feedfeedfeed'/);
  await terminal(page, "UPDATE alembic_version SET version_num = '8c1f4e2a90b7'");
  await terminal(page, 'alembic revision --rev-id aaaa00000001 --head 8c1f4e2a90b7 --splice -m "other"');
  assert.match(await terminal(page, "alembic upgrade head"), /Multiple head revisions/);
  await page.getByRole("list", { name: /^Timeline/ }).getByText("other").first().waitFor();
  assert.ok((await cells(page)).length > 0);
  assert.deepEqual(page.complaints, []);
});
