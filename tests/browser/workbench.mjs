// What a visitor does in the workbench, in the words of the page.
import { expectTimeout } from "./visit.mjs";

/** Opens a project from the gallery and waits until its timeline stands. */
export async function openSample(page, title = "Seller and shipment") {
  const featured = page.getByRole("button", { name: /^Start stepping/ });
  if (title === "Seller and shipment") await featured.click();
  else await page.getByRole("button", { name: title }).first().click();
  await page.getByRole("list", { name: /^Timeline/ }).waitFor();
}

/** Nothing that was asked is still on its way. */
export async function quiet(page) {
  await page.waitForFunction(() => !document.querySelector("[data-busy]"), null, { timeout: expectTimeout });
}

/** The project's menu, which on a narrow screen holds the files too; closed by Escape. */
export async function menu(page) {
  await page.locator("button.project").click();
  return page.getByRole("navigation", { name: "Projects" });
}

/** The tables of the diagram with their columns, as the page shows them. */
export const schema = (page) => page.getByRole("region", { name: "Schema" }).locator("h4, li").allInnerTexts();

/** The cells of a table that is unfolded, row by row. */
export const cells = (page) => page.getByRole("region", { name: "Rows" }).locator("tbody tr:not(.stretch)").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td:not(.sg)")].map((cell) => cell.innerText.trim())));

/** Unfolds a table's rows, if they are folded. */
export async function unfold(page, table) {
  const line = page.getByRole("region", { name: "Rows" }).locator(".rows-more", { hasText: table });
  if ((await line.getAttribute("aria-expanded")) === "false") await line.click();
}

/** A revision's file with this body of `upgrade()`. */
export const revision = (id, down, message, upgrade) => `"""${message}

Revision ID: ${id}
Revises: ${down}
"""
from alembic import op
import sqlalchemy as sa

revision = "${id}"
down_revision = ${down ? `"${down}"` : "None"}


def upgrade() -> None:
${upgrade.split("\n").map((line) => (line ? `    ${line}` : "")).join("\n")}


def downgrade() -> None:
    pass
`;

/** Puts a revision that fails behind the first one of the tutorial, and the database right before it. */
export async function failing(page, message, upgrade) {
  await terminal(page, "alembic upgrade 8c1f");
  await terminal(page, `alembic revision --rev-id e1e1e1e1e1e1 --head 8c1f4e2a90b7 --splice -m "${message}"`);
  const path = `migrations/versions/e1e1e1e1e1e1_${message.replaceAll(" ", "_")}.py`;
  await write(page, path, revision("e1e1e1e1e1e1", "8c1f4e2a90b7", message, upgrade));
}

/** Types a line in the terminal and gives what it answered, once the prompt is back. */
export async function terminal(page, line) {
  const field = page.getByRole("textbox", { name: /^Command/ });
  const log = page.getByRole("log", { name: "Terminal output" });
  if (!(await field.isVisible())) await page.getByRole("button", { name: "Unfold the terminal" }).click();
  // Folded to its prompt, on a phone, it has no output until something is typed.
  const before = (await log.isVisible()) ? (await log.innerText()).length : 0;
  await field.fill(line);
  await field.press("Enter");
  await page.waitForFunction(
    ([before, line]) => {
      const log = (document.querySelector('[role="log"]')?.innerText ?? "").slice(before);
      return log.includes(line) && !document.querySelector(".prompt.is-busy");
    },
    [before, line],
    { timeout: expectTimeout },
  );
  const said = (await settled(page, log)).slice(before);
  return said.slice(said.indexOf(line) + line.length).trim();
}

// Output comes in pieces: it is whole when nothing more comes and nothing runs.
async function settled(page, log) {
  for (let last = null; ; await page.waitForTimeout(300)) {
    const now = await log.innerText();
    const busy = await page.locator(".prompt.is-busy").count();
    if (now === last && !busy) return now;
    last = now;
  }
}

/** Replaces the text of a file in the editor. */
export async function write(page, path, text) {
  await page.locator(`button.file[title="${path}"]`).click();
  const editor = page.getByRole("textbox", { name: path });
  await editor.click();
  await page.keyboard.press("Control+a");
  // Typed text would be indented and closed by the editor's habits; pasted text is not.
  await editor.evaluate((content, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The words of the step, when they differ from `before`. */
export async function words(page, before = null) {
  const said = page.locator(".say[aria-live]");
  await page.waitForFunction((before) => document.querySelector(".say[aria-live]")?.innerText !== before, before, { timeout: expectTimeout });
  return said.innerText();
}

/** Presses a button of the transport and waits until the words have changed. */
export async function travel(page, name) {
  const before = await page.locator(".say[aria-live]").innerText();
  await page.getByRole("toolbar", { name: "Move through the migrations" }).getByRole("button", { name, exact: true }).click();
  return words(page, before);
}

/** Whether a button of the transport can be pressed. */
export async function can(page, name) {
  const button = page.getByRole("toolbar", { name: "Move through the migrations" }).getByRole("button", { name, exact: true });
  return (await button.getAttribute("aria-disabled")) !== "true";
}
