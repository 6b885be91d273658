/** What a tile, a tab, a dashboard and its visitors filter by: set in the editor, told on the page, taken back. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { editorStory, stored } from "./editor_story.ts";
import { photograph } from "./photograph.ts";

const tile = (id: string, widget: string, x: number, tab: string, options: Record<string, unknown>) => ({
  id,
  widget,
  title: `Tile ${id}`,
  tab,
  options,
  place: { x, y: 0, w: 3, h: widget === "kpi" ? 2 : 5 },
});
const dashboard = {
  id: "filtered",
  title: "Filtered",
  defaults: { range: { from: "2026-01-01", to: "2026-01-28" }, compare: "none", values: {} },
  tabs: [{ id: "one", name: "One" }, { id: "two", name: "Two" }],
  placements: [
    tile("sum", "kpi", 0, "one", { metric: "spend" }),
    tile("shop", "kpi", 3, "one", { dataset: "orders", metric: "orders" }),
    tile("days", "date-filter", 6, "one", {}),
    tile("rest", "kpi", 0, "two", { metric: "spend" }),
  ],
};

const view = (page: Page, id: string): Locator => page.locator(`#view-${id}`);
const shows = async (page: Page, id: string, text: string) =>
  await view(page, id).getByText(text, { exact: true }).waitFor();

editorStory(
  "[browser] filters of a tile, a tab and the dashboard are set in their panels, told on the page, and undone",
  async ({ page, app, origin }) => {
    const headers = { "content-type": "application/json" };
    const made = await app.fetch("/api/dashboards", { method: "POST", headers, body: JSON.stringify(dashboard) });
    assert.equal(made.status, 201, await made.text());
    await page.goto(`${origin}/dashboards/filtered#edit`);
    await shows(page, "sum", "€1,778");

    // The tile's own filter and days.
    await page.locator("#edit-sum").click();
    await page.locator("#tile-filters-add").click();
    await page.locator("#tile-filters-0-field").selectOption("platform");
    await page.locator("#tile-filters-0-values").click();
    await page.getByRole("option", { name: "Meta" }).click();
    await shows(page, "sum", "€896");
    await page.locator("#tile-range").selectOption("fixed");
    await page.locator("#tile-range-from").fill("2026-01-01");
    await page.locator("#tile-range-to").fill("2026-01-04");
    await shows(page, "sum", "€104");
    await page.keyboard.press("Escape");

    // The tab's filter, and the dashboard's.
    await page.getByRole("tab", { name: "One" }).click();
    await page.locator("#tab-filters-add").click();
    await page.locator("#tab-filters-0-field").selectOption("device");
    await page.locator("#tab-filters-0-op").selectOption("contains");
    await page.locator("#tab-filters-0-text").fill("tv");
    await view(page, "sum").getByText(/No spend here/).waitFor();
    await page.getByRole("tab", { name: "Two" }).click();
    await shows(page, "rest", "€1,778");
    await page.locator("#board-filters-add").click();
    await page.locator("#board-filters-0-field").selectOption("platform");
    await page.locator("#board-filters-0-values").click();
    await page.getByRole("option", { name: "Google Ads" }).click();
    await shows(page, "rest", "€882");
    await page.locator("#board-filters-0-values").press("Escape");

    // Undo goes to where something was done, and takes it back.
    const undo = page.getByRole("button", { name: /^Undo/ });
    await undo.click();
    await shows(page, "rest", "€1,778");
    await undo.click();
    await shows(page, "sum", "€104");
    await page.getByRole("button", { name: /^Redo/ }).click();
    await page.getByRole("button", { name: /^Redo/ }).click();
    await page.getByRole("tab", { name: "One" }).click();
    await photograph(page, "filters-edit");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v2").waitFor();
    const kept = await stored(app, "filtered");
    assert.deepEqual(kept.filters, { field: "platform", op: "in", value: ["google_ads"] });
    assert.deepEqual(kept.tabs![0]!.filters, { field: "device", op: "contains", value: "tv" });
    assert.deepEqual(kept.placements[0]!.filters, { field: "platform", op: "in", value: ["meta_ads"] });
    assert.deepEqual(kept.placements[0]!.range, { from: "2026-01-01", to: "2026-01-04" });

    // The page says all of it.
    await page.goto(`${origin}/dashboards/filtered`);
    const chips = page.locator(".filter--kept");
    assert.deepEqual(await chips.allTextContents(), [
      "Only Platform is Google Ads",
      "This tab: only Device contains tv",
    ]);
    const signs = page.locator(".tile-sign");
    assert.equal(await signs.count(), 2, "the tile of its own, and the one whose data has no such column");
    await signs.first().getByRole("button").focus();
    const words = signs.first().getByRole("tooltip");
    await words.waitFor({ state: "visible" });
    assert.deepEqual((await words.innerText()).split(/\n+/), [
      "Days of its own: 1 Jan – 4 Jan 2026",
      "Only where Platform is Meta",
    ]);
    await page.keyboard.press("Escape");
    await words.waitFor({ state: "hidden" });
    await signs.nth(1).getByRole("button").hover();
    await signs.nth(1).getByText("Not filtered by Device: its data does not have that").waitFor();
    await photograph(page, "filters");
    await page.getByRole("tab", { name: "Two" }).click();
    await shows(page, "rest", "€882");
    assert.deepEqual(await chips.allTextContents(), ["Only Platform is Google Ads"]);
  },
);

editorStory(
  "[browser] a date filter changes the page's days and comparison, in the address",
  async ({ page, app, origin }) => {
    const headers = { "content-type": "application/json" };
    const made = await app.fetch("/api/dashboards", { method: "POST", headers, body: JSON.stringify(dashboard) });
    assert.equal(made.status, 201);
    await page.goto(`${origin}/dashboards/filtered`);
    const days = view(page, "days");
    await days.getByText("1 Jan – 28 Jan 2026").waitFor();
    await days.getByRole("button", { name: "All time" }).click();
    await page.waitForURL(/range=all/);
    await shows(page, "sum", "€1,778");
    assert.equal(await days.getByRole("button", { name: "All time" }).getAttribute("aria-pressed"), "true");
    await days.getByLabel("From").fill("2026-01-15");
    await days.getByLabel("To").fill("2026-01-10");
    await days.getByText("The first day is after the last one").waitFor();
    await days.getByLabel("To").fill("2026-01-16");
    await days.getByLabel("To").press("Enter");
    await page.waitForURL(/range=2026-01-15\.\.2026-01-16/);
    await shows(page, "sum", "€129");
    await days.getByLabel("Compared with").selectOption("previous-period");
    await page.waitForURL(/compare=previous-period/);
    await view(page, "sum").getByText("vs €125").waitFor();
    await photograph(page, "date-filter");
    await page.goBack();
    await page.goBack();
    await shows(page, "sum", "€1,778");
    await days.getByText("1 Jan – 28 Jan 2026").waitFor();
  },
);
