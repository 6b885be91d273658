/** Edit mode in a real browser: from an empty start to a finished dashboard, by mouse and by keyboard, and back again. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import { editorStory, galleryCard, saveDemo, stored } from "./editor_story.ts";
import { assertAccessible, photograph, SIZES } from "./photograph.ts";

async function draftOf(page: Page, id: string): Promise<{ done: number; undone: number }> {
  return await page.evaluate((id) => {
    const key = Object.keys(localStorage).find((key) => key.startsWith(`tessera-draft:${id}:`))!;
    const { log } = JSON.parse(localStorage.getItem(key)!);
    return { done: log.done.length, undone: log.undone.length };
  }, id);
}

editorStory("[browser] editor: an empty start becomes a finished dashboard by mouse", async ({ page, app, origin }) => {
  await page.goto(`${origin}/`);
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByRole("heading", { name: "Add a widget" }).waitFor();
  const id = new URL(page.url()).pathname.split("/").at(-1)!;
  await page.getByLabel("Title", { exact: true }).fill("Weekly");

  await galleryCard(page, "KPI").locator(".tile").waitFor(); // a picture of one's own data
  await galleryCard(page, "KPI").click();
  await page.locator(".edit-tile").first().getByText("€1,778", { exact: false }).waitFor();
  await galleryCard(page, "Line").click();
  await page.locator(".edit-tile canvas").first().waitFor();

  // Dragged to the right, it stands there in the document too.
  const kpi = page.locator(".edit-tile").filter({ has: page.locator(".tile--kpi") });
  await page.evaluate(() => scrollTo(0, 0)); // the card of the line is far down in the gallery
  const box = (await kpi.boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 70, { steps: 4 });
  await page.mouse.move(box.x + 60 + box.width * 3, box.y + 60, { steps: 12 });
  await page.mouse.up();
  await page.getByRole("group", { name: /^kpi.*column (9|10)/ }).waitFor();

  // Resized by its corner.
  const corner = kpi.locator(".ui-resizable-sw");
  const at = (await corner.boundingBox())!;
  await page.mouse.move(at.x + 8, at.y + at.height - 8);
  await page.mouse.down();
  await page.mouse.move(at.x - 40, at.y + 60, { steps: 4 });
  await page.mouse.move(at.x - 60, at.y + 100, { steps: 8 });
  await page.mouse.up();
  await page.getByRole("group", { name: /^kpi.*3 high/ }).waitFor();

  // The form follows the widget's options, and the tile follows the form.
  await kpi.click();
  await page.getByLabel("Metric").selectOption("clicks");
  await kpi.getByText("3,178").waitFor();

  await photograph(page, "editor");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Published · v2").waitFor();
  const saved = await stored(app, id);
  assert.equal(saved.title, "Weekly");
  const placed = saved.placements.find(({ widget }) => widget === "kpi")!;
  assert.deepEqual([placed.options.metric, placed.place.h], ["clicks", 3]);
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("heading", { name: "Weekly" }).waitFor();
  await page.locator(".tile--kpi").getByText("3,178").waitFor();
});

editorStory(
  "[browser] editor: the same by keyboard alone; 50 steps back and forward end where they began",
  async ({ page, app, origin }) => {
    const first = await saveDemo(app);
    await page.goto(`${origin}/dashboards/demo`);
    await page.getByRole("button", { name: "Edit" }).focus();
    await page.keyboard.press("Enter");
    const tile = page.locator("#edit-spend");
    await tile.waitFor();

    await page.locator(".gallery__card").filter({ hasText: "Donut" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".edit-tile .tile--donut").nth(1).waitFor(); // beside the one that was there

    await tile.focus();
    await page.keyboard.press("Enter"); // selects it, and goes to its form
    await page.waitForFunction(() => document.activeElement?.id === "tile-title");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Money");
    await page.getByRole("group", { name: /^Money, column 1, row 1/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("group", { name: /^Money, column 2, row 2/ }).waitFor();
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByRole("group", { name: /^Money, column 2, row 2, 4 wide/ }).waitFor();
    await page.keyboard.press("Control+d");
    assert.equal(await page.locator(".edit-tile").count(), first.placements.length + 2);
    await page.keyboard.press("Delete");
    await page.locator("#edit-spend").focus();
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    for (let i = 0; i < 44; i++) {
      await page.locator("#edit-roas").focus();
      await page.keyboard.press(i % 2 ? "ArrowUp" : "ArrowDown");
    }
    const { done } = await draftOf(page, "demo");
    assert.ok(done >= 50, `${done} steps`);
    const read = () =>
      page.locator(".edit-tile").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    const last = await read();
    for (let i = 0; i < done; i++) await page.keyboard.press("Control+z");
    await page.getByRole("button", { name: "Undo, 0 steps" }).waitFor();
    assert.equal(await page.locator(".edit-tile").count(), first.placements.length);
    await page.getByText("Published · v1").waitFor(); // the very document that was opened
    for (let i = 0; i < done; i++) await page.keyboard.press("Control+y");
    await page.getByRole("button", { name: `Undo, ${done} steps` }).waitFor();
    assert.deepEqual(await read(), last);
    // What gridstack shows is what the draft says.
    const drawn = await page.locator(".edit-tile").evaluateAll((all) =>
      all.map((one) => {
        const { x, y, w, h } = (one as unknown as { gridstackNode: Record<string, number> }).gridstackNode;
        return `column ${x! + 1}, row ${y! + 1}, ${w} wide, ${h} high`;
      })
    );
    assert.deepEqual(drawn, last.map((label) => label!.slice(label!.lastIndexOf("column"))));

    await page.getByRole("button", { name: "Publish" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Published · v2").waitFor();
    assert.equal((await stored(app, "demo")).placements.find(({ id }) => id === "spend")?.title, "Money");
  },
);

editorStory(
  "[browser] editor: tiles are copied from one dashboard and pasted into another as they stand to each other",
  async ({ page, app, origin }) => {
    const first = await saveDemo(app);
    await saveDemo(app, { id: "other", title: "Other", placements: [] });
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.locator("#edit-campaigns").click();
    await page.locator("#edit-conversions").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Control+c");
    await page.goto(`${origin}/dashboards/other#edit`);
    await page.getByText("Nothing here yet.", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Paste tiles" }).click();
    await page.getByRole("group", { name: /^Campaigns, column 1, row 1, 7 wide, 5 high/ }).waitFor();
    await page.getByRole("group", { name: /^Conversions by platform, column 8, row 1, 5 wide, 5 high/ }).waitFor();
    await page.getByRole("heading", { name: "2 tiles" }).waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v2").waitFor();
    const { placements } = await stored(app, "other");
    const original = (id: string) => first.placements.find((one) => one.id === id)!;
    assert.deepEqual(
      placements.map(({ options }) => options),
      ["campaigns", "conversions"].map((id) => original(id).options),
    );
    assert.ok(placements.every(({ id }) => id !== "campaigns" && id !== "conversions"));
    assert.equal((await stored(app, "demo")).version, 1, "the first dashboard is as it was");
  },
);

editorStory(
  "[browser] editor: on a phone tiles are added, moved by buttons and published",
  async ({ page, app, origin }) => {
    await page.setViewportSize(SIZES[1]!);
    await saveDemo(app);
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.locator("#edit-value").click();
    await page.getByRole("button", { name: "Move up" }).click();
    const order = () => page.locator(".edit-tile").evaluateAll((all) => all.map(({ id }) => id).slice(0, 2));
    assert.deepEqual(await order(), ["edit-value", "edit-spend"]);
    await page.locator(".gallery__card").filter({ hasText: "Bar" }).first().click();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v2").waitFor();
    assert.equal((await stored(app, "demo")).placements.length, demoDashboard().placements.length + 1);
  },
);

editorStory(
  "[browser] editor: a page that is only looked at loads nothing of it; with 40 tiles it opens and follows",
  async ({ page, app, origin }) => {
    const [tile] = demoDashboard().placements;
    const placements = Array.from({ length: 40 }, (_, i) => ({
      ...tile!,
      id: `t${i}`,
      title: `Tile ${i}`,
      place: { x: (i % 4) * 3, y: Math.floor(i / 4) * 2, w: 3, h: 2 },
    }));
    const made = await app.fetch("/api/dashboards", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: "many", title: "Many", defaults: { range: { all: true } }, placements }),
    });
    assert.equal(made.status, 201);
    const scripts: Promise<string>[] = [];
    const loaded = async () => (await Promise.all(scripts)).some((text) => text.includes("grid-stack-placeholder"));
    page.on("response", (response) => {
      if (/javascript/.test(response.headers()["content-type"] ?? "")) scripts.push(response.text());
    });
    await page.goto(`${origin}/dashboards/many`, { waitUntil: "networkidle" });
    assert.ok(scripts.length > 0 && !await loaded());
    await page.getByRole("button", { name: "Edit" }).hover();
    await page.waitForLoadState("networkidle");
    await page.getByRole("button", { name: "Edit" }).click();
    await page.locator(".edit-tile .ui-resizable-se").first().waitFor({ state: "attached" });
    assert.ok(await loaded());
    // What gridstack writes on a tile stays there: else all of every tile that is pushed away is styled anew.
    const inherited = await page.locator("#edit-t4 .tile").evaluate((tile) =>
      [...tile.closest<HTMLElement>(".edit-tile")!.style, "--gs-column-width", "--gs-item-margin-top"]
        .filter((name) => name.startsWith("--gs-") && getComputedStyle(tile).getPropertyValue(name) !== "")
    );
    assert.deepEqual(inherited, []);

    // A drag is one step, whatever it pushed away.
    const box = (await page.locator("#edit-t0").boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 120, { steps: 3 });
    await page.mouse.move(box.x + 60 + box.width, box.y + 60 + 2 * box.height, { steps: 30 });
    await assertAccessible(page, "a dashboard with a tile on its way");
    await page.mouse.up();
    await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText("Published · v1").waitFor();
  },
);

editorStory(
  "[browser] editor: a drawn chart is moved into the editor and back, and fits its new place",
  async ({ page, app, origin }) => {
    await saveDemo(app, { defaults: { range: { all: true }, values: {} } });
    await page.goto(`${origin}/dashboards/demo`);
    await page.locator(".grid .chart__canvas").first().waitFor();
    await page.locator(".grid .chart__canvas").first().evaluate((canvas) => canvas.setAttribute("data-drawn", "once"));
    const fits = (within: string) =>
      page.waitForFunction((within) => {
        const canvas = document.querySelector(`${within} [data-drawn="once"]`);
        return canvas && Math.abs(canvas.clientWidth - canvas.parentElement!.clientWidth) < 1;
      }, within);
    const wide = (await page.locator('[data-drawn="once"]').boundingBox())!.width;
    await page.getByRole("button", { name: "Edit" }).click();
    await fits(".edit-tile");
    assert.ok(
      (await page.locator('[data-drawn="once"]').boundingBox())!.width < wide,
      "the editor has a panel beside it",
    );
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await fits(".grid");
    await page.locator('[data-drawn="once"]').hover({ position: { x: 200, y: 60 } });
    await page.locator(".grid .chart__tooltip").first().waitFor();
  },
);
