/** From nothing to a finished dashboard without a mouse: by the keyboard alone, and by touch on a phone. */
import assert from "node:assert/strict";
import { editorStory, galleryCard, stored, tabTo } from "./editor_story.ts";
import { assertAccessible, SIZES } from "./photograph.ts";

editorStory(
  "[browser] editor: an empty start becomes a finished dashboard by keyboard alone",
  async ({ page, app, origin }) => {
    const { keyboard } = page;
    await page.goto(`${origin}/dashboards/new`);
    await tabTo(page, page.getByRole("button", { name: "Start empty" }));
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Add a widget" }).waitFor();
    await assertAccessible(page, "an empty editor");
    const id = new URL(page.url()).pathname.split("/").at(-1)!;

    await tabTo(page, galleryCard(page, "KPI"));
    await keyboard.press("Enter");
    const kpi = page.locator(".edit-tile").filter({ has: page.locator(".tile--kpi") });
    await kpi.waitFor();
    await tabTo(page, kpi, "Shift+Tab");
    await keyboard.press("Enter"); // to its form
    await page.locator("#tile-title:focus").waitFor();
    await keyboard.type("Clicks by day");
    await tabTo(page, page.getByLabel("Metric", { exact: true }));
    await keyboard.type("Clicks");
    await kpi.getByText("3,178").waitFor();

    await tabTo(page, kpi, "Shift+Tab");
    await keyboard.press("ArrowRight");
    await keyboard.press("Shift+ArrowDown");
    await page.getByRole("group", { name: /^Clicks by day, column 2, row 1, \d wide, 3 high/ }).waitFor();
    await tabTo(page, galleryCard(page, "Line"));
    await keyboard.press("Enter");
    await page.locator(".edit-tile canvas").first().waitFor();

    // Both together: chosen with Space, moved with one arrow, taken back with one undo.
    const line = page.locator(".edit-tile").filter({ has: page.locator(".tile--line") });
    await keyboard.press("Escape");
    await tabTo(page, kpi, "Shift+Tab");
    await keyboard.press("Space");
    await tabTo(page, line);
    await keyboard.press("Space");
    await page.getByRole("heading", { name: "2 tiles" }).waitFor();
    const before = await kpi.getAttribute("aria-label");
    await keyboard.press("ArrowDown");
    await page.getByRole("group", { name: /^Clicks by day, column 2, row 2/ }).waitFor();
    await keyboard.press("Control+z");
    assert.equal(await kpi.getAttribute("aria-label"), before);
    await keyboard.press("Escape");

    await tabTo(page, page.getByLabel("Title", { exact: true }));
    await keyboard.press("Control+A");
    await keyboard.type("Weekly");
    await tabTo(page, page.getByRole("button", { name: "Publish" }), "Shift+Tab");
    await keyboard.press("Enter");
    await page.getByText("Published · v2").waitFor();
    await assertAccessible(page, "a published draft");
    await tabTo(page, page.getByRole("button", { name: "Close" }), "Shift+Tab");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Weekly" }).waitFor();
    await page.locator(".tile--kpi").getByText("3,178").waitFor();
    const { title, placements } = await stored(app, id);
    assert.equal(title, "Weekly");
    assert.deepEqual(placements.map(({ widget }) => widget), ["kpi", "line"]);
    assert.deepEqual([placements[0]?.title, placements[0]?.options.metric], ["Clicks by day", "clicks"]);
  },
);

editorStory(
  "[browser] editor: an empty start becomes a finished dashboard on a phone, by touch",
  async ({ page, app, origin }) => {
    await page.goto(`${origin}/dashboards/new`);
    await page.getByRole("button", { name: "Start empty" }).tap();
    await page.getByRole("heading", { name: "Add a widget" }).waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1)!;
    await page.getByLabel("Title", { exact: true }).fill("On the way");
    await galleryCard(page, "KPI").tap();
    await page.locator(".edit-tile").getByText("€1,778", { exact: false }).waitFor();
    await galleryCard(page, "Line").tap();
    await page.locator(".edit-tile canvas").first().waitFor();

    // The last one that was added is selected: up with it, half as wide, and back to whole.
    const order = () => page.locator(".edit-tile .tile").evaluateAll((all) => all.map((one) => one.classList[1]));
    await page.getByRole("button", { name: "Move up" }).tap();
    assert.deepEqual(await order(), ["tile--line", "tile--kpi"]);
    await page.locator(".edit-tile").last().tap();
    await page.getByLabel("Metric", { exact: true }).selectOption("clicks");
    await page.locator(".edit-tile").getByText("3,178").waitFor();
    await page.getByLabel("Whole").tap();
    await page.getByRole("group", { name: /^kpi, column 1, row \d+, 2 wide/ }).waitFor();
    await assertAccessible(page, "an editor on a phone");
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(sideways, 0, "it does not scroll sideways");

    await page.getByRole("button", { name: "Publish" }).tap();
    await page.getByText("Published · v2").waitFor();
    const { title, placements } = await stored(app, id);
    assert.equal(title, "On the way");
    const [kpi, line] = placements;
    assert.deepEqual([kpi?.widget, kpi?.phone], ["kpi", { order: 1, w: 2 }]);
    assert.deepEqual([line?.widget, line?.phone], ["line", { order: 0 }]);
    await page.getByRole("button", { name: "Close" }).tap();
    await page.getByRole("heading", { name: "On the way" }).waitFor();
    const shown = await page.locator(".tile").evaluateAll((all) => all.map((one) => one.classList[1]));
    assert.deepEqual(shown, ["tile--line", "tile--kpi"]);
  },
  { viewport: SIZES[1], hasTouch: true, isMobile: true },
);
