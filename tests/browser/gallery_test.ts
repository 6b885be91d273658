/** The gallery: what is to be shown is chosen first, and what suits it comes first, drawn with the reader's own data. */
import assert from "node:assert/strict";
import { editorStory, saveDemo } from "./editor_story.ts";
import { photograph } from "./photograph.ts";

editorStory(
  "[browser] the gallery suggests widgets for chosen metrics and dimensions, and adds them filled",
  async ({ page, app, origin }) => {
    await saveDemo(app, { placements: [], defaults: { range: { all: true }, values: {} } });
    await page.goto(`${origin}/dashboards/demo#edit`);
    const gallery = page.locator(".gallery");
    const titles = gallery.locator(".gallery__title");
    await gallery.locator(".gallery__picture canvas").first().waitFor();
    assert.equal(await gallery.getByText("Suits").count(), 0);
    await gallery.locator("#gallery-metrics").selectOption("spend");
    await gallery.locator("#gallery-metrics").selectOption("roas");
    await gallery.locator("#gallery-metrics").selectOption("clicks");
    await gallery.locator("#gallery-dimensions").selectOption("platform");
    await page.waitForFunction(() => /Suits$/.test(document.querySelector(".gallery__title")?.textContent ?? ""));
    const suited = (await titles.allInnerTexts()).filter((text) => /Suits/.test(text));
    assert.ok(
      suited.some((text) => /^Table/.test(text)) && !suited.some((text) => /KPI|Donut|Line/.test(text)),
      suited.join(),
    );
    const picture = gallery.locator(".gallery__card", {
      has: page.locator(".gallery__title", { hasText: /^Table/ }),
    });
    await picture.getByText("Google Ads").first().waitFor();
    await photograph(page, "gallery");
    await picture.click();
    const tile = page.locator(".edit-tile");
    await tile.getByText("Google Ads").first().waitFor();
    assert.equal(await page.locator("#option-metric").inputValue(), "spend");
    assert.match(await tile.innerText(), /ROAS[^]+Clicks/);

    await page.locator(".edit-tile").press("Escape");
    await page.getByRole("button", { name: "Widget", exact: true }).click();
    assert.equal(
      await gallery.getByLabel("Search widgets").evaluate((field) => field === document.activeElement),
      true,
    );
    await gallery.getByLabel("Search widgets").fill("share of");
    assert.ok(await titles.count() >= 1);
    await gallery.getByLabel("Search widgets").fill("nothing like it");
    await gallery.getByText("No widget is called that.").waitFor();
  },
);
