/** Settings in a real browser: a currency is named for amounts that lack one, the default is set, both are undone. */
import assert from "node:assert/strict";
import { startTestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

browserTest(
  "a currency is named for amounts that lack one, and the default is set; both are undone",
  async (browser) => {
    const app = await startTestApp();
    const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
    try {
      const body = "Date,Campaign,Cost,Impressions\n2026-04-01,A,1.5,10\n2026-04-02,A,2.5,10\n";
      const made = await app.fetch("/api/imports?dataset=ads&filename=april.csv", { method: "POST", body });
      const { id } = await made.json();
      for (let state = ""; state !== "published";) {
        state = (await (await app.fetch(`/api/imports/${id}`)).json()).state;
        await new Promise((r) => setTimeout(r, 50));
      }
      const page = await context.newPage();
      await page.goto(`${app.listen()}/data/datasets/ads`);
      await page.getByRole("link", { name: "Say which it is" }).click();
      await page.getByText("2 rows have amounts without a currency").waitFor();
      await photograph(page, "settings");
      await page.getByLabel("They are").selectOption("EUR");
      await page.getByRole("button", { name: "Set currency" }).click();
      await page.getByText("1 of 1 file read again: their amounts are in EUR now.").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("Undone: the amounts are without a currency again.").waitFor();
      await page.getByText("2 rows have amounts without a currency").waitFor();

      await page.getByLabel(/^Currency/).selectOption("CHF");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("The default currency is CHF now.").waitFor();
      assert.equal(await page.getByLabel("They are").inputValue(), "CHF", "the likely one is chosen already");
      await photograph(page, "settings-saved");
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("There is no default currency now.").waitFor();
    } finally {
      await context.close();
      await app.close();
    }
  },
);
