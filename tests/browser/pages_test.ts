/** Tabs and sections of a dashboard in a real browser: looked at, made, moved and taken back, by mouse and by keys. */
import assert from "node:assert/strict";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import type { Placement } from "@/lib/model/mod.ts";
import { editorStory, saveDemo, stored } from "./editor_story.ts";
import { photograph } from "./photograph.ts";

const [spend, value, roas] = demoDashboard().placements as [Placement, Placement, Placement];
const band: Placement = {
  ...spend,
  id: "more",
  widget: "section",
  title: "More",
  options: { closed: true },
  place: { x: 0, y: 2, w: 12, h: 1 },
};
const tabbed = {
  defaults: { range: { all: true as const }, values: {} },
  tabs: [{ id: "one", name: "Overview" }, { id: "two", name: "Paid search" }],
  placements: [
    { ...spend, tab: "one" },
    { ...band, tab: "one" },
    { ...value, tab: "one", place: { x: 0, y: 3, w: 3, h: 2 } },
    { ...roas, tab: "two", place: { x: 0, y: 0, w: 3, h: 2 } },
  ],
};

editorStory(
  "[browser] a dashboard's tabs and sections: only what is open is asked for, the address says it, keys reach it",
  async ({ page, app, origin }) => {
    await saveDemo(app, tabbed);
    const html = await (await app.fetch("/dashboards/demo")).text();
    const shown = (text: string) => ["spend", "value", "roas"].filter((id) => text.includes(`id="view-${id}"`));
    assert.deepEqual(shown(html), ["spend"]);
    assert.deepEqual(shown(await (await app.fetch("/dashboards/demo?tab=two")).text()), ["roas"]);
    assert.deepEqual(shown(await (await app.fetch("/dashboards/demo?unfold=more")).text()), ["spend", "value"]);

    await page.goto(`${origin}/dashboards/demo`);
    const overview = page.getByRole("tab", { name: "Overview" });
    const paid = page.getByRole("tab", { name: "Paid search" });
    await page.locator('.tabs__tab[tabindex="-1"]').waitFor(); // the arrow keys work
    await overview.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await page.getByRole("tabpanel", { name: "Paid search" }).locator("#view-roas").getByText("×").first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get("tab"), "two");
    assert.equal(await paid.getAttribute("aria-selected"), "true");
    await page.goBack();
    await page.getByRole("tabpanel", { name: "Overview" }).locator("#view-spend").waitFor();

    const more = page.getByRole("button", { name: "More" });
    await more.focus();
    await page.keyboard.press(" ");
    await page.locator("#view-value").getByText("€8,778").waitFor();
    assert.equal(new URL(page.url()).searchParams.get("unfold"), "more");
    await page.reload();
    await page.locator("#view-value").waitFor();
    await photograph(page, "tabs");
    await more.click();
    await page.locator("#view-value").waitFor({ state: "detached" });
  },
);

editorStory(
  "[browser] editor: tabs and sections are made, filled, moved, taken away and brought back",
  async ({ page, app, origin }) => {
    const first = await saveDemo(app);
    const tabs = () => page.getByRole("tab").allTextContents();
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.getByRole("button", { name: "Tab", exact: true }).click();
    await page.locator("#tab-name:focus").waitFor();
    await page.keyboard.type("Paid");
    assert.deepEqual(await tabs(), ["Overview", "Paid"]);
    assert.equal(await page.locator(".edit-tile").count(), 0);

    // A tile goes to the other tab, and the page with it.
    await page.getByRole("tab", { name: "Overview" }).click();
    await page.locator("#edit-roas").click();
    await page.getByLabel("On the tab").selectOption({ label: "Paid" });
    await page.getByRole("tab", { name: "Paid", selected: true }).waitFor();
    await page.getByRole("group", { name: /^ROAS, column 1, row 1/ }).waitFor();

    // Another order, by key and by dragging.
    await page.getByRole("tab", { name: "Paid" }).focus();
    await page.keyboard.press("Shift+ArrowLeft");
    assert.deepEqual(await tabs(), ["Paid", "Overview"]);
    await page.getByRole("tab", { name: "Overview" }).dragTo(page.getByRole("tab", { name: "Paid" }));
    assert.deepEqual(await tabs(), ["Overview", "Paid"]);

    // A section, and a tile dragged into it.
    await page.getByRole("button", { name: "Section", exact: true }).click();
    await page.getByLabel("Title", { exact: true }).fill("Details");
    await page.getByLabel("Closed when the page is opened").check();
    const tile = (await page.locator("#edit-roas").boundingBox())!;
    const under = (await page.locator(".edit-tile--band").boundingBox())!;
    await page.mouse.move(tile.x + 60, tile.y + 60);
    await page.mouse.down();
    await page.mouse.move(tile.x + 60, tile.y + 90, { steps: 3 });
    await page.mouse.move(tile.x + 60, under.y + under.height + 100, { steps: 15 });
    await page.mouse.up();
    await page.locator(".edit-tile--band").click();
    await page.getByText("The tile below it, down to the next section.").waitFor();

    // A tab that goes takes its tiles along, and both come back in one step, in sight.
    await page.getByRole("tab", { name: "Paid" }).focus();
    await page.keyboard.press("Delete");
    assert.deepEqual(await tabs(), ["Overview"]);
    await page.keyboard.press("Control+z");
    await page.getByRole("tab", { name: "Paid", selected: true }).waitFor();
    await page.locator("#edit-roas").waitFor();

    await photograph(page, "editor-tabs");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v2").waitFor();
    const saved = await stored(app, "demo");
    assert.deepEqual(saved.tabs?.map(({ name }) => name), ["Overview", "Paid"]);
    const paid = saved.tabs![1]!.id;
    const on = saved.placements.filter(({ tab }) => tab === paid);
    assert.deepEqual(new Set(on.map(({ widget }) => widget)), new Set(["kpi", "section"]));
    assert.equal(saved.placements.length, first.placements.length + 1);
    // Everything back to the first document, and forward again.
    const steps = Number(await page.getByRole("button", { name: /^Undo, / }).textContent());
    for (let i = 0; i < steps; i++) await page.keyboard.press("Control+z");
    await page.getByRole("button", { name: "Undo, 0 steps" }).waitFor();
    assert.equal(await page.getByRole("tab").count(), 0);
    assert.equal(await page.locator(".edit-tile").count(), first.placements.length);
    for (let i = 0; i < steps; i++) await page.keyboard.press("Control+y");
    await page.getByText("Published · v2").waitFor();
    await page.getByRole("tab", { name: "Paid" }).click();
    await page.getByRole("button", { name: "Close" }).click();
    // Back on the page, on the tab that was edited, its section closed.
    await page.getByRole("tab", { name: "Paid", selected: true }).waitFor();
    await page.getByRole("button", { name: "Details", expanded: false }).waitFor();
  },
);
