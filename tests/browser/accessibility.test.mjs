// axe without findings: WCAG 2.2 A and AA and the best practices, on a desk and on a phone, in light and in dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { house, require } from "./visit.mjs";
import { failing, openSample, quiet, terminal } from "./workbench.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const sizes = { "1440": { width: 1440, height: 900 }, "390": { width: 390, height: 844 } };
const { visit } = house();

const views = {
  gallery: async () => {},
  workbench: async (page) => openSample(page),
  step: async (page) => {
    await openSample(page);
    await page.getByRole("button", { name: /^Next step/ }).click();
  },
  terminal: async (page) => {
    await openSample(page);
    await terminal(page, "alembic history");
  },
  empty: async (page) => openSample(page, "Empty project"),
  error: async (page, narrow) => {
    await openSample(page);
    if (narrow) await page.setViewportSize(sizes["1440"]);
    await failing(page, "email required", 'op.add_column("seller", sa.Column("email", sa.String(120), nullable=False))');
    if (narrow) await page.setViewportSize(sizes["390"]);
    await page.getByRole("button", { name: "Next step", exact: true }).click();
    await page.getByRole("heading", { name: "What happened" }).waitFor();
  },
  make: async (page) => {
    await openSample(page);
    await page.getByRole("button", { name: "Make revision…" }).click();
    await page.getByRole("dialog").waitFor();
  },
  menu: async (page) => {
    await openSample(page);
    await page.locator("button.project").click();
  },
  help: async (page) => {
    await openSample(page);
    await page.keyboard.press("?");
  },
  share: async (page) => {
    await openSample(page);
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("dialog").waitFor();
  },
};

for (const [view, open] of Object.entries(views)) {
  for (const [width, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${view} at ${width}, ${colorScheme}`, async () => {
        // axe itself is a script that the page's policy would refuse.
        const page = await visit({ viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" });
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await open(page, width === "390");
        await quiet(page);
        assert.deepEqual(await findings(page), []);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= Number(width), "nothing sticks out sideways");
        await page.context().close();
      });
    }
  }
}

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n").slice(1).join(" ").trim()}`));
}
