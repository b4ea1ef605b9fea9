// Where a visit begins: the gallery, the projects of this browser, what is brought along.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { house, samples } from "./visit.mjs";
import { cells, openSample, quiet, schema, terminal } from "./workbench.mjs";

const { visit, address } = house();

const timeline = (page) => page.getByRole("list", { name: /^Timeline/ });

test("a first visit shows the gallery, the next one the last project", async () => {
  const page = await visit();
  await page.getByRole("heading", { name: /See what a migration does/ }).waitFor();
  await openSample(page, "A shop");
  await page.getByText("Saved in this browser").waitFor();
  await page.goto(address());
  await timeline(page).waitFor();
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "A shop");
  assert.deepEqual(page.complaints, []);
});

test("projects are listed, renamed, opened and deleted; a hostile name is text", async () => {
  const page = await visit();
  await openSample(page);
  await page.getByText("Saved in this browser").waitFor();
  await page.getByRole("button", { name: "Retort, all projects" }).click();
  await page.getByRole("button", { name: "Rename Seller and shipment" }).click();
  const name = '<img src=x onerror="document.title=1">';
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.keyboard.press("Enter");
  await page.locator(".card-open").filter({ hasText: name }).click();
  await timeline(page).waitFor();
  await page.getByRole("button", { name: "Retort, all projects" }).click();
  await page.getByRole("button", { name: `Delete ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: `Delete ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "Your projects" }).waitFor({ state: "detached" });
  assert.equal(await page.locator("img").count(), 0);
  assert.notEqual(await page.title(), "1");
  await page.reload();
  await page.getByRole("heading", { name: /See what a migration does/ }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("an empty project says what to do, and what its first revision would hold", async () => {
  const page = await visit();
  await openSample(page, "Empty project");
  await page.getByRole("region", { name: "Schema" }).getByText("No tables yet").waitFor();
  await page.getByRole("region", { name: "Rows" }).getByText("No rows yet").waitFor();
  await page.getByRole("group", { name: "Autogenerate" }).getByText("item").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a folder is opened as a project of its own", async () => {
  const page = await visit();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Folder…" }).click();
  await (await choosing).setFiles(join(samples, "seller-shipment"));
  await timeline(page).waitFor();
  await terminal(page, "alembic upgrade head");
  await page.getByRole("region", { name: "Schema" }).getByText("weight_kg").first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a zip goes out with the database and comes in at the same place", async () => {
  const page = await visit({ acceptDownloads: true });
  await openSample(page);
  await terminal(page, "alembic upgrade 2b7e41c09d35");
  await terminal(page, "UPDATE seller SET name = 'Renamed' WHERE id = 2");
  const before = await schema(page);
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("checkbox", { name: /^Database/ }).check();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: /Download \.zip/ }).click();
  const zip = readFileSync(await (await coming).path());
  const friend = await visit();
  const choosing = friend.waitForEvent("filechooser");
  await friend.getByRole("button", { name: "Zip…" }).click();
  await (await choosing).setFiles({ name: "shop.zip", mimeType: "application/zip", buffer: zip });
  await timeline(friend).waitFor();
  await quiet(friend);
  assert.deepEqual(await schema(friend), before);
  assert.equal((await cells(friend))[1][1], "Renamed");
  assert.deepEqual([...page.complaints, ...friend.complaints], []);
});

test("what is no project is refused, and says why", async () => {
  const page = await visit();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Zip…" }).click();
  await (await choosing).setFiles({ name: "broken.zip", mimeType: "application/zip", buffer: Buffer.from("no zip at all") });
  await page.getByRole("complementary", { name: "Notice" }).waitFor();
  await page.getByRole("heading", { name: /See what a migration does/ }).waitFor();
  assert.deepEqual(page.complaints, []);
});
