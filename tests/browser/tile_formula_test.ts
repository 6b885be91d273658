/** A formula written in the editor: kept in its tile or saved for all, and taken back either way. */
import assert from "node:assert/strict";
import { editorStory, stored } from "./editor_story.ts";
import { photograph } from "./photograph.ts";

const board = (id: string, metric: string) => ({
  id,
  title: `Board ${id}`,
  defaults: { range: { from: "2026-01-01", to: "2026-01-28" }, compare: "none", values: {} },
  placements: [{ id: "sum", widget: "kpi", title: "Sum", options: { metric }, place: { x: 0, y: 0, w: 3, h: 2 } }],
});

editorStory(
  "[browser] a formula is kept in its tile or saved for all; undo takes it back unless others use it",
  async ({ page, app, origin }) => {
    const post = async (path: string, body: unknown) => {
      const headers = { "content-type": "application/json" };
      return await app.fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    };
    const forAll = async (): Promise<string[]> =>
      (await (await app.fetch("/api/datasets/ads")).json()).metrics.map(({ name }: { name: string }) => name);
    assert.equal((await post("/api/dashboards", board("mine", "spend"))).status, 201);
    await page.goto(`${origin}/dashboards/mine#edit`);
    const shows = (text: string) => page.locator("#view-sum").getByText(text, { exact: true }).waitFor();
    await shows("€1,778");
    await page.locator("#edit-sum").click();
    const metric = page.locator("#option-metric");
    const undo = page.getByRole("button", { name: /^Undo/ });
    const redo = page.getByRole("button", { name: /^Redo/ });
    const panel = page.getByRole("complementary", { name: "Options" });

    // Kept in the tile: one step.
    await metric.selectOption("Write a formula …");
    await panel.getByLabel("Title of the metric").fill("Half the spend");
    const formula = panel.getByRole("combobox", { name: "Formula" });
    await formula.fill("spend / two");
    await panel.getByText(/two/).last().waitFor();
    assert.ok(await panel.getByRole("button", { name: "Keep in this tile" }).isDisabled());
    await formula.fill("spend / 2");
    await panel.locator(".metric-builder__number").getByText("€889").waitFor();
    await photograph(page, "formula-in-tile");
    await panel.getByRole("button", { name: "Keep in this tile" }).click();
    await shows("€889");
    assert.equal(await metric.inputValue(), "half_the_spend");
    assert.ok(!(await forAll()).includes("half_the_spend"));
    await undo.click();
    await shows("€1,778");
    assert.equal(await undo.getAttribute("aria-label"), "Undo, 0 steps");
    await redo.click();
    await shows("€889");

    // Changed where it is kept, then saved for all.
    await panel.getByRole("button", { name: "Change Half the spend" }).click();
    await formula.fill("spend / 7");
    await panel.locator(".metric-builder__number").getByText("€254").waitFor();
    await panel.getByRole("button", { name: "Save for all" }).click();
    await shows("€254");
    assert.ok((await forAll()).includes("half_the_spend"));
    assert.equal(await panel.getByRole("button", { name: "Change Half the spend" }).count(), 0);
    await undo.click();
    await shows("€889");
    await page.waitForFunction(async () => {
      const { metrics } = await (await fetch("/api/datasets/ads")).json();
      return !metrics.some(({ name }: { name: string }) => name === "half_the_spend");
    });
    await redo.click();
    await shows("€254");

    // Somebody else shows it by now: undo takes it from this draft, and says that it stays for all.
    assert.equal((await post("/api/dashboards", board("theirs", "half_the_spend"))).status, 201);
    await undo.click();
    await shows("€889");
    const notice = page.locator(".notice");
    await notice.getByText(/The metric “Half the spend” stays for all.+“Board theirs” shows it/).waitFor();
    await photograph(page, "formula-stays");
    assert.ok((await forAll()).includes("half_the_spend"));
    await redo.click();
    await shows("€254");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published · v2").waitFor();
    assert.equal((await stored(app, "mine")).placements[0]!.formulas, undefined);
  },
);
