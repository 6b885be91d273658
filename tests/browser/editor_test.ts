/** Edit mode in a real browser: from an empty start to a finished dashboard, by mouse and by keyboard, and back again. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import { browserTest } from "./chromium.ts";
import { saveDemo, stored, story } from "./editor_story.ts";
import { assertAccessible, photograph, SIZES } from "./photograph.ts";

async function draftOf(page: Page, id: string): Promise<{ done: number; undone: number }> {
  return await page.evaluate((id) => {
    const key = Object.keys(localStorage).find((key) => key.startsWith(`tessera-draft:${id}:`))!;
    const { log } = JSON.parse(localStorage.getItem(key)!);
    return { done: log.done.length, undone: log.undone.length };
  }, id);
}

browserTest("[browser] editor: an empty start becomes a finished dashboard by mouse", async (browser) => {
  await story(browser, async ({ page, app, origin }) => {
    await page.goto(`${origin}/`);
    await page.getByRole("button", { name: "Start empty" }).click();
    await page.getByRole("heading", { name: "Add a widget" }).waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1)!;
    await page.getByLabel("Title", { exact: true }).fill("Weekly");

    const card = (name: string) =>
      page.locator(".gallery__card").filter({
        has: page.locator(".gallery__title", { hasText: new RegExp(`^${name}$`) }),
      });
    await card("KPI").first().locator(".tile").waitFor(); // a picture of one's own data
    await card("KPI").first().click();
    await page.locator(".edit-tile").first().getByText("€1,778", { exact: false }).waitFor();
    await card("Line").first().click();
    await page.locator(".edit-tile canvas").first().waitFor();

    // Dragged to the right, it stands there in the document too.
    const kpi = page.locator(".edit-tile").filter({ has: page.locator(".tile--kpi") });
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
});

browserTest(
  "[browser] editor: the same by keyboard alone; 50 steps back and forward end where they began",
  async (browser) => {
    await story(browser, async ({ page, app, origin }) => {
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
    });
  },
);

browserTest(
  "[browser] editor: a draft outlives a closed tab, undo included; a version is restored in one click",
  async (browser) => {
    await story(browser, async ({ page, app, origin, context }) => {
      await saveDemo(app);
      await page.goto(`${origin}/dashboards/demo#edit`);
      await page.locator("#edit-spend").click();
      await page.getByRole("button", { name: "Remove" }).click();
      await page.locator("#edit-spend").waitFor({ state: "detached" });
      await page.close();

      const again = await context.newPage();
      await again.goto(`${origin}/dashboards/demo#edit`);
      await again.getByText("Draft saved · v1").waitFor();
      assert.equal(await again.locator("#edit-spend").count(), 0);
      await again.getByRole("button", { name: /^Undo/ }).click();
      await again.locator("#edit-spend").waitFor();
      await again.getByRole("button", { name: /^Redo/ }).click();
      await again.getByRole("button", { name: "Publish" }).click();
      await again.getByText("Published · v2").waitFor();

      // Another tab of this browser has a draft of its own, and takes none from an editor that is open.
      const other = await context.newPage();
      await other.goto(`${origin}/dashboards/demo#edit`);
      await other.getByText("Published · v2").waitFor();
      await other.getByRole("button", { name: "Undo, 0 steps" }).waitFor();
      await other.close();

      await again.getByRole("button", { name: "Versions", exact: true }).click();
      await again.getByRole("button", { name: /^Version 1/ }).click();
      await again.getByText("Added “Spend”").waitFor();
      await assertAccessible(again, "the versions");
      await again.getByRole("button", { name: "Restore this version" }).click();
      await again.locator("#edit-spend").waitFor();
      await again.getByRole("button", { name: "Publish" }).click();
      await again.getByText("Published · v3").waitFor();
      assert.ok((await stored(app, "demo")).placements.some(({ id }) => id === "spend"));
    });
  },
);

browserTest("[browser] editor: two people at once, and neither side is lost", async (browser) => {
  await story(browser, async ({ page, app, origin, context }) => {
    const first = await saveDemo(app);
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.locator("#edit-spend").click();
    await page.getByLabel("Title", { exact: true }).fill("Mine");
    // Each sees that the other is there, and that they went.
    const second = await context.newPage();
    await second.goto(`${origin}/dashboards/demo#edit`);
    await second.getByText("Somebody else is editing too").waitFor();
    await page.getByText("Somebody else is editing too").waitFor();
    await second.getByRole("button", { name: "Close" }).click();
    await page.getByText("Somebody else is editing too").waitFor({ state: "detached" });
    await second.close();
    // Somebody else publishes meanwhile.
    const { version: _version, ...theirs } = first as Dashboard & { version: number };
    const changed = theirs.placements.map((one) => one.id === "roas" ? { ...one, title: "Theirs" } : one);
    const put = await app.fetch("/api/dashboards/demo", {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": '"1"' },
      body: JSON.stringify({ ...theirs, placements: changed }),
    });
    assert.equal(put.status, 200);
    await page.getByText("Somebody published version 2 while you edited").waitFor();
    await page.getByRole("button", { name: "Put my changes on top" }).click();
    await page.getByRole("group", { name: /^Theirs,/ }).waitFor();
    await page.getByRole("group", { name: /^Mine,/ }).waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v3").waitFor();
    const titles = (await stored(app, "demo")).placements.map(({ title }) => title);
    assert.ok(titles.includes("Mine") && titles.includes("Theirs"));
  });
});

browserTest("[browser] editor: on a phone tiles are added, moved by buttons and published", async (browser) => {
  await story(browser, async ({ page, app, origin }) => {
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
  });
});

browserTest(
  "[browser] editor: a page that is only looked at loads nothing of it; with 40 tiles it opens and follows",
  async (browser) => {
    await story(browser, async ({ page, app, origin }) => {
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
      await page.locator(".edit-tile .ui-resizable-se").first().waitFor();
      assert.ok(await loaded());

      // A drag is one step, whatever it pushed away.
      const box = (await page.locator("#edit-t0").boundingBox())!;
      await page.mouse.move(box.x + 60, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 60, box.y + 120, { steps: 3 });
      await page.mouse.move(box.x + 60 + box.width, box.y + 60 + 2 * box.height, { steps: 30 });
      await page.mouse.up();
      await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor();
      await page.keyboard.press("Control+z");
      await page.getByText("Published · v1").waitFor();
    });
  },
);
