/** Drafts, versions and two editors at once in a real browser: what was done is never lost. */
import assert from "node:assert/strict";
import type { Dashboard } from "@/lib/model/mod.ts";
import { editorStory, saveDemo, stored } from "./editor_story.ts";
import { assertAccessible } from "./photograph.ts";

editorStory(
  "[browser] editor: a draft outlives a closed tab, undo included; a version is restored in one click",
  async ({ page, app, origin, context }) => {
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
    // Side by side: the draft without the tile, the version with it, marked.
    await again.getByText("Added “Spend”").waitFor();
    const sides = again.locator(".version-diff figure");
    assert.deepEqual(await sides.locator("figcaption").allTextContents(), ["Your draft", "Version 1"]);
    assert.equal(await sides.nth(0).locator(".board__mark--added").count(), 0);
    assert.equal(await sides.nth(1).locator(".board__mark--added").count(), 1);
    await again.getByText("1 tile added").waitFor();
    await assertAccessible(again, "the versions");
    await again.getByLabel("Name", { exact: true }).fill("Before the cut");
    await again.getByRole("button", { name: "Keep the name" }).click();
    await again.getByRole("button", { name: /^Before the cut/ }).waitFor();
    await again.getByRole("button", { name: "Restore this version" }).click();
    await again.locator("#edit-spend").waitFor();
    await again.getByText("Version 1 is the same as your draft.").waitFor();

    // A note stands beside the version; a version is held against the one before it.
    await again.locator("summary", { hasText: "Note" }).click();
    await again.getByLabel("What changed, and why").fill("Spend is wanted after all");
    await assertAccessible(again, "a note on its way");
    await again.getByRole("button", { name: "Publish" }).click();
    await again.getByText("Published · v3").waitFor();
    await again.getByRole("button", { name: /^Version 3.*Spend is wanted after all/ }).click();
    await again.getByLabel("Version 2", { exact: true }).check();
    await again.locator("figcaption", { hasText: "Version 2" }).waitFor();
    await again.getByText("1 tile added").waitFor();
    const saved = await stored(app, "demo");
    assert.ok(saved.placements.some(({ id }) => id === "spend"));
    assert.equal(saved.saved?.note, "Spend is wanted after all");
  },
);

editorStory(
  "[browser] editor: two people at once, and neither side is lost",
  async ({ page, app, origin, context }) => {
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
  },
);

editorStory(
  "[browser] editor: who hears of another version only when publishing is offered the merge too",
  async ({ page, app, origin }) => {
    const { version: _version, ...first } = await saveDemo(app) as Dashboard & { version: number };
    await page.route("**/api/events", (route) => route.fulfill({ contentType: "text/event-stream", body: "" }));
    await page.goto(`${origin}/dashboards/demo#edit`);
    await page.locator("#edit-spend").click();
    await page.getByLabel("Title", { exact: true }).fill("Mine");
    const put = await app.fetch("/api/dashboards/demo", {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": '"1"' },
      body: JSON.stringify({ ...first, placements: first.placements.filter(({ id }) => id !== "spend") }),
    });
    assert.equal(put.status, 200);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Somebody published version 2 while you edited").waitFor();
    await assertAccessible(page, "an offer to merge");
    // They removed the tile that I changed: it comes back as I have it.
    await page.getByRole("button", { name: "Put my changes on top" }).click();
    await page.getByRole("group", { name: /^Mine,/ }).waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v3").waitFor();
    const { placements } = await stored(app, "demo");
    assert.equal(placements.find(({ id }) => id === "spend")?.title, "Mine");
    assert.equal(placements.length, first.placements.length);
  },
);
