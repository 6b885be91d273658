import assert from "node:assert/strict";
import { browserTest, findChromium } from "./chromium.ts";

browserTest("browserTest() hands over a browser that draws a page", async (browser) => {
  const page = await browser.newPage();
  await page.setContent("<h1>Tessera</h1>");
  assert.equal(await page.locator("h1").textContent(), "Tessera");
});

Deno.test("findChromium() takes the first place that holds a file", async () => {
  const path = await Deno.makeTempFile();
  try {
    assert.equal(findChromium(["", "/nowhere/chromium", path]), path);
    assert.equal(findChromium(["", "/nowhere/chromium"]), null);
  } finally {
    await Deno.remove(path);
  }
});
