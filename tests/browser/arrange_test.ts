/** Several tiles at once, and the layout on phones, in a real browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { editorStory, saveDemo, stored } from "./editor_story.ts";
import { assertAccessible, SIZES } from "./photograph.ts";

/** Where the tiles of a draft stand, as the editor says. */
async function labels(page: Page): Promise<Record<string, string>> {
  return Object.fromEntries(
    await page.locator(".edit-tile").evaluateAll((all) =>
      all.map((one) => [one.id.slice(5), one.getAttribute("aria-label")!.replace(/^.*?, (?=column)/, "")])
    ),
  );
}

async function chosen(page: Page): Promise<string[]> {
  return await page.locator('.edit-tile[data-chosen="true"]').evaluateAll((all) => all.map((one) => one.id.slice(5)));
}

async function undoTo(page: Page, steps: number): Promise<void> {
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: `Undo, ${steps} steps` }).waitFor();
}

editorStory(
  "[browser] editor: several tiles are selected, moved, lined up and removed as one step",
  async ({ page, app, origin }) => {
    await saveDemo(app);
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.locator("#edit-spend .ui-resizable-se").waitFor({ state: "attached" });
    const first = await labels(page);

    // A frame drawn on empty ground, from below the last row up to the middle of it.
    await page.locator("#edit-countries").evaluate((tile) => tile.scrollIntoView({ block: "center" }));
    const last = (await page.locator("#edit-countries").boundingBox())!;
    const end = (await page.locator("#edit-best-campaigns").boundingBox())!;
    await page.mouse.move(last.x + 20, last.y + last.height + 12);
    await page.mouse.down();
    await page.mouse.move(end.x + 60, end.y + end.height - 40, { steps: 6 });
    await page.locator(".rubber-band").waitFor();
    await page.locator('.edit-tile[data-chosen="true"]').nth(1).waitFor();
    await page.mouse.up();
    assert.deepEqual(await chosen(page), ["countries", "best-campaigns"]);
    await page.getByRole("heading", { name: "2 tiles" }).waitFor();
    await assertAccessible(page, "several tiles selected");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor();
    assert.match((await labels(page)).countries!, /row 13/);
    assert.match((await labels(page))["best-campaigns"]!, /row 13/);
    await undoTo(page, 0);

    // Shift-click adds and lets go; Escape lets all go; Space does it by keyboard.
    await page.locator("#edit-summary").click({ modifiers: ["Shift"] });
    assert.equal((await chosen(page)).length, 3);
    await page.locator("#edit-summary").click({ modifiers: ["Shift"] });
    assert.equal((await chosen(page)).length, 2);
    await page.keyboard.press("Escape");
    assert.deepEqual(await chosen(page), []);
    await page.locator("#edit-spend").focus();
    await page.keyboard.press("Space");
    await page.locator("#edit-value").focus();
    await page.keyboard.press("Space");
    assert.deepEqual(await chosen(page), ["spend", "value"]);

    // Arrow keys move both as they stand to one another, and stop at the edge together.
    await page.keyboard.press("ArrowLeft");
    assert.deepEqual(await labels(page), first);
    await page.keyboard.press("Delete");
    await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor();
    assert.equal(await page.locator("#edit-spend, #edit-value").count(), 0);
    await page.locator("#edit-roas:focus").waitFor(); // the keyboard goes on from there
    await undoTo(page, 0);
    assert.deepEqual(await labels(page), first);

    // Lined up, spaced and made as large as the first: a step each.
    for (const id of ["countries", "best-campaigns", "summary"]) {
      await page.locator(`#edit-${id}`).click({ modifiers: ["Shift"] });
    }
    await page.locator("#edit-spend").click();
    await page.locator("#edit-campaigns").click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: "As large as the first" }).click();
    assert.match((await labels(page)).campaigns!, /3 wide, 2 high/);
    await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor();
    await page.getByRole("button", { name: "Right", exact: true }).click();
    await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor(); // they stand there already
    await page.locator("#edit-campaigns").press("ArrowRight");
    await page.getByRole("button", { name: "Undo, 2 steps" }).waitFor();
    assert.match((await labels(page)).spend!, /^column 2/);
    assert.match((await labels(page)).campaigns!, /^column 2/);
    await undoTo(page, 1);
    await undoTo(page, 0);
    assert.deepEqual(await labels(page), first);

    // Dragging one takes the other along; the grid and the shared edges show on the way.
    await page.locator("#edit-roas").click();
    await page.locator("#edit-cpa").click({ modifiers: ["Shift"] });
    await page.evaluate(() => scrollTo(0, 0));
    const box = (await page.locator("#edit-roas").boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 70, box.y + 80, { steps: 4 });
    await page.mouse.move(box.x + 60 - box.width, box.y + 60 + 3 * 88, { steps: 12 });
    await page.locator(".edit-grid--dragging > .guide").first().waitFor();
    const along = (await page.locator("#edit-cpa").boundingBox())!;
    await page.mouse.up();
    await page.getByRole("button", { name: "Undo, 1 steps" }).waitFor();
    const moved = await labels(page);
    const [, row] = moved.roas!.match(/^column 4, row ([34]), /) ?? assert.fail(`it stands at ${moved.roas}`);
    assert.match(moved.cpa!, new RegExp(`^column 7, row ${row}, `), "they stand to each other as they did");
    const there = (await page.locator("#edit-cpa").boundingBox())!;
    assert.ok(Math.hypot(there.x - along.x, there.y - along.y) < 100, "it was drawn where it then stood");
    assert.equal(await page.locator(".guide").count(), 0);
    await undoTo(page, 0);
    await page.getByText("Published · v1").waitFor();
    assert.deepEqual(await labels(page), first);
  },
);

editorStory(
  "[browser] editor: the phone's layout follows the desktop until it is adjusted, and can follow again",
  async ({ page, app, origin, context }) => {
    await saveDemo(app);
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.locator("#edit-spend .ui-resizable-se").waitFor({ state: "attached" });
    const desktop = await labels(page);
    await page.getByRole("button", { name: "Phone", exact: true }).click();
    await page.locator(".edit-grid--phone #edit-spend .ui-resizable-se").waitFor({ state: "attached" });
    const derived = await labels(page);
    assert.match(derived.value!, /^column 2, row 1, 1 wide/);
    assert.match(derived["spend-and-roas"]!, /^column 1, row 5, 2 wide/);
    await page.getByText("Follows the desktop, in reading order.").waitFor();
    await assertAccessible(page, "the phone's layout");

    // Dragged: the ring of countries to the top.
    await page.locator("#edit-campaigns").scrollIntoViewIfNeeded();
    await page.locator("#edit-roas").focus();
    await page.keyboard.press("ArrowUp");
    assert.deepEqual(Object.keys(await labels(page)).slice(0, 3), ["spend", "roas", "value"]);
    const box = (await page.locator("#edit-cpa").boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + 30, { steps: 4 });
    await page.mouse.move(box.x - box.width + 40, box.y + 40 - 2 * 84, { steps: 14 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Undo, 2 steps" }).waitFor();
    assert.equal(Object.keys(await labels(page))[0], "cpa");

    // Sized and left out by the form, or by the same keys as on the desktop.
    await page.locator("#edit-spend").click();
    await page.getByLabel("Whole").check();
    await page.getByLabel("Height on phones").fill("3");
    assert.match((await labels(page)).spend!, /2 wide, 3 high/);
    await page.locator("#edit-conversions").focus();
    await page.keyboard.press("Space");
    await page.locator("#edit-spend").press("Space");
    await page.keyboard.press("Delete");
    await page.locator("#edit-conversions").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Show Conversions by platform on phones" }).waitFor();
    await assertAccessible(page, "the phone's layout, adjusted");

    // The desktop is as it was.
    await page.getByRole("button", { name: "Desktop", exact: true }).click();
    await page.locator("#edit-conversions").waitFor();
    assert.deepEqual(await labels(page), desktop);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v2").waitFor();
    const saved = await stored(app, "demo");
    assert.deepEqual(saved.placements.find(({ id }) => id === "conversions")?.phone?.hidden, true);

    // What the visitor's phone shows: from the server, and after the page's code has come.
    const reader = await context.newPage();
    await reader.setViewportSize(SIZES[1]!);
    await reader.setExtraHTTPHeaders({ "sec-ch-ua-mobile": "?1" });
    const html =
      await (await reader.request.get(`${origin}/dashboards/demo`, { headers: { "sec-ch-ua-mobile": "?1" } }))
        .text();
    assert.ok(html.indexOf('id="view-cpa"') < html.indexOf('id="view-spend"'));
    assert.ok(!html.includes('id="view-conversions"'));
    await reader.goto(`${origin}/dashboards/demo`);
    await reader.locator("#view-cpa").waitFor();
    const shown = await reader.locator(".tile__view").evaluateAll((all) => all.map(({ id }) => id.slice(5)));
    assert.equal(shown[0], "cpa");
    assert.ok(!shown.includes("conversions"));
    await assertAccessible(reader, "a phone's own layout");
    await reader.close();

    // Undone, the layout that was changed is the one that is seen; and the phone follows the desktop again.
    await page.getByRole("button", { name: /^Undo/ }).click();
    await page.locator(".edit-grid--phone #edit-conversions").waitFor();
    await page.keyboard.press("Control+y");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Follow the desktop again" }).click();
    assert.deepEqual(await labels(page), derived);
  },
);
