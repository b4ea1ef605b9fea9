// Whole visits, as a person makes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./visit.mjs";
import { can, openSample, terminal, travel, words, write } from "./workbench.mjs";

const { visit, visitor } = house();

const models = `from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Seller(Base):
    __tablename__ = "seller"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Shipment(Base):
    __tablename__ = "shipment"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]
    seller_id: Mapped[int] = mapped_column(ForeignKey("seller.id"))
`;

test("the first tutorial, typed in the terminal", async () => {
  const page = await visit();
  await openSample(page, "Empty project");
  await terminal(page, "rm -r migrations");
  await terminal(page, "rm alembic.ini");
  assert.match(await terminal(page, "pip install alembic"), /already/i);
  assert.match(await terminal(page, "alembic init migrations"), /Generating .*env\.py \.\.\.\s+done/);
  await write(page, "models.py", models);
  const ini = await terminal(page, "cat alembic.ini");
  await write(page, "alembic.ini", ini.replace(/^sqlalchemy\.url = .*$/m, "sqlalchemy.url = sqlite:///./database.db"));
  const env = await terminal(page, "cat migrations/env.py");
  await write(page, "migrations/env.py", env.replace("target_metadata = None", "from models import Base\n\ntarget_metadata = Base.metadata"));
  assert.match(await terminal(page, 'alembic revision --autogenerate -m "create seller and shipment"'), /Detected added table 'seller'[\s\S]*Generating .*create_seller_and_shipment\.py/);
  assert.match(await terminal(page, "alembic upgrade head"), /Running upgrade {2}-> \w+, create seller and shipment/);
  assert.match(await terminal(page, ".schema seller"), /CREATE TABLE seller/);
  assert.match(await terminal(page, "SELECT count(*) FROM seller"), /^0$/m);
  assert.match(await terminal(page, "alembic check"), /No new upgrade operations detected\./);
  assert.match(await terminal(page, "alembic downgrade -l"), /-1/);
  assert.match(await terminal(page, "alembic downgrade -1"), /Running downgrade \w+ -> , create seller and shipment/);
  assert.doesNotMatch(await terminal(page, ".tables"), /seller/);
  assert.deepEqual(page.complaints, []);
});

test("the same by clicks", async () => {
  const page = await visit();
  await openSample(page, "Empty project");
  await write(page, "models.py", models);
  await page.getByRole("group", { name: "Autogenerate" }).getByText(/seller/).first().waitFor();
  await page.getByRole("button", { name: "Make revision" }).first().click();
  const message = page.getByRole("dialog").getByRole("textbox");
  if (await message.isVisible().catch(() => false)) {
    await message.fill("create seller and shipment");
    await page.getByRole("dialog").getByRole("button", { name: /Make/ }).click();
  }
  await page.locator(".rev-name").filter({ hasText: "create seller and shipment" }).first().waitFor();
  await travel(page, "Next revision");
  await page.getByRole("region", { name: "Schema" }).getByText("shipment").first().waitFor();
  await travel(page, "Previous revision");
  assert.doesNotMatch(await terminal(page, ".tables"), /seller|shipment/);
  assert.deepEqual(page.complaints, []);
});

test("every step forward, and every step back, with the rows that belong there", async () => {
  const page = await visit();
  await openSample(page);
  while (await can(page, "Previous revision")) await travel(page, "Previous revision");
  const seen = [await words(page)];
  const places = [await position(page)];
  while (await can(page, "Next step")) {
    seen.push(await travel(page, "Next step"));
    places.push(await position(page));
  }
  assert.ok(seen.length >= 10, `nine steps and base: ${seen.map((text) => text.split("\n")[1])}`);
  assert.deepEqual(await kilograms(page), ["12", "0", "25", "6", "NULL", "18"]);
  while (await can(page, "Previous revision")) await travel(page, "Previous revision");
  assert.match(await terminal(page, "SELECT count(*) FROM sqlite_master WHERE name IN ('seller', 'shipment')"), /^0$/m);
  assert.deepEqual(page.complaints, []);
});

const position = (page) => page.locator('[aria-current="step"]').first().innerText();

async function kilograms(page) {
  const said = await terminal(page, "SELECT coalesce(CAST(weight_kg AS INTEGER), 'NULL') FROM shipment ORDER BY id");
  return said.split("\n").map((line) => line.trim()).filter(Boolean);
}

test("a revision that fails at its third step leaves everything as before it", async () => {
  const page = await visit();
  await openSample(page);
  await terminal(page, "alembic upgrade 2b7e41c09d35");
  await terminal(page, 'alembic revision --rev-id e1e1e1e1e1e1 --head 2b7e41c09d35 --splice -m "three steps"');
  const path = "migrations/versions/e1e1e1e1e1e1_three_steps.py";
  const body = 'op.add_column("seller", sa.Column("one", sa.Integer()))\n    op.execute("UPDATE seller SET one = 1")\n    op.execute("INSERT INTO nowhere VALUES (1)")';
  const text = await terminal(page, `cat ${path}`);
  await write(page, path, text.replace("    pass", `    ${body}`));
  assert.match(await terminal(page, "alembic upgrade e1e1"), /no such table: nowhere/);
  assert.doesNotMatch(await terminal(page, ".schema seller"), /one/);
  assert.match(await terminal(page, "alembic current"), /2b7e41c09d35/);
  assert.match(await terminal(page, "SELECT count(*) FROM seller"), /^4$/m);
  assert.deepEqual(page.complaints, []);
});

test("a link opens in a fresh profile, at the same step, with the same rows", async () => {
  const page = await visit();
  await openSample(page);
  await terminal(page, "alembic upgrade 2b7e41c09d35");
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("dialog").getByRole("textbox", { name: "Link" });
  await page.waitForFunction(() => document.querySelector(".linkbox input")?.value.includes("#"));
  const link = await field.inputValue();
  const other = await visitor();
  await other.goto(link);
  await other.getByRole("list", { name: /^Timeline/ }).waitFor();
  assert.match(await terminal(other, "alembic current"), /2b7e41c09d35/);
  assert.match(await terminal(other, "SELECT email FROM seller WHERE id = 1"), /orders@harbour\.example/);
  assert.deepEqual([page.complaints, other.complaints], [[], []]);
});

test("a reload brings all of it back", async () => {
  const page = await visit();
  await openSample(page);
  await terminal(page, "alembic upgrade 2b7e41c09d35");
  await terminal(page, "UPDATE seller SET name = 'Renamed' WHERE id = 2");
  await page.getByText("Saved in this browser").waitFor();
  await page.waitForTimeout(1500);
  await page.reload();
  await page.getByRole("list", { name: /^Timeline/ }).waitFor();
  assert.match(await terminal(page, "alembic current"), /2b7e41c09d35/);
  assert.match(await terminal(page, "SELECT name FROM seller WHERE id = 2"), /Renamed/);
  assert.deepEqual(page.complaints, []);
});

test("an endless loop in models.py is stopped, and the page lives", async () => {
  const page = await visit();
  await openSample(page);
  await write(page, "models.py", "while True:\n    pass\n");
  const start = Date.now();
  assert.match(await terminal(page, "alembic check"), /.+/);
  assert.ok(Date.now() - start < 10_000);
  assert.match(await terminal(page, "SELECT 1 + 1"), /^2$/m);
});

test("an endless query is stopped, and the project is whole", async () => {
  const page = await visit();
  await openSample(page);
  await terminal(page, "alembic upgrade head");
  const start = Date.now();
  await terminal(page, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
  assert.ok(Date.now() - start < 6_000);
  assert.match(await terminal(page, "SELECT count(*) FROM seller"), /^4$/m);
});

test("with the keyboard alone", async () => {
  const page = await visit();
  await page.getByRole("button", { name: /^Start stepping/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: /^Timeline/ }).waitFor();
  const first = await words(page);
  await page.keyboard.press("ArrowRight");
  const second = await words(page, first);
  await page.keyboard.press("Shift+ArrowRight");
  const third = await words(page, second);
  await page.keyboard.press("ArrowLeft");
  await words(page, third);
  await page.keyboard.press("Backquote");
  await page.keyboard.type("alembic heads\n");
  await page.getByRole("log", { name: "Terminal output" }).getByText("d4a96f13e8c0 (head)").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("hostile names are only text", async () => {
  const page = await visit();
  await openSample(page);
  await terminal(page, "alembic upgrade head");
  const name = '<img src=x onerror="document.title=1">';
  await terminal(page, `CREATE TABLE "${name.replaceAll('"', '""')}" (a)`);
  assert.match(await terminal(page, ".tables"), /<img src=x/);
  assert.notEqual(await page.title(), "1");
  assert.deepEqual(page.complaints, []);
});

test("the samples' sessions come out as real Alembic's, in the browser too", async () => {
  const page = await visit();
  await openSample(page, "A shop");
  await terminal(page, "alembic downgrade base");
  assert.match(await terminal(page, "alembic upgrade e5b4"), /-> e5b4a6c8d0f2, create payment/);
  assert.match(await terminal(page, "alembic upgrade head"), /Running upgrade e5b4a6c8d0f2, 07b6c8d0f2e4 -> 18c7d9e1f3a5, payments and reviews together/);
  assert.match(await terminal(page, "alembic current"), /3ae9fb03c5d7 \(head\)/);
  assert.match(await terminal(page, "alembic check"), /No new upgrade operations detected\./);
  assert.match(await terminal(page, "alembic downgrade base"), /Running downgrade a1f0c2d4e6b8 -> , create customer and address/);
  assert.deepEqual(page.complaints, []);
});
