/** A metric from an empty field to a number on a dashboard, in a real browser. */
import assert from "node:assert/strict";
import { startTestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

browserTest(
  "[browser] a formula is completed, its number seen live, its mistake told, and it is saved for all",
  async (browser) => {
    const app = await startTestApp();
    const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    try {
      const csv = "date,platform,account,campaign,currency,spend,leads\n2026-01-01,meta_ads,A,Feed,EUR,200,4\n";
      const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv });
      const { id } = await sent.json();
      while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
        await new Promise((done) => setTimeout(done, 50));
      }
      await page.goto(`${app.listen()}/data/datasets/ads`);
      await page.locator("#metric > summary").click();
      const builder = page.locator(".metric-builder");
      const number = builder.locator(".metric-builder__number strong");
      const formula = builder.getByRole("combobox", { name: "Formula" });
      await formula.pressSequentially("spe");
      await builder.getByRole("option").first().waitFor();
      await photograph(page, "metric-completion");
      await formula.press("Enter");
      assert.equal(await formula.inputValue(), "spend");
      await number.getByText("€200").waitFor();
      await formula.pressSequentially(" / leds");
      await builder.getByText(/leds.+did you mean "leads"/).waitFor();
      assert.equal(await number.innerText(), "€200", "the last number stays");
      assert.ok(await builder.getByRole("button", { name: "Save for all" }).isDisabled());
      await photograph(page, "metric-mistake");
      for (let back = 0; back < 2; back++) await formula.press("Backspace");
      await formula.pressSequentially("ad");
      await builder.getByRole("option", { name: "leads" }).first().click();
      assert.equal(await formula.inputValue(), "spend / leads");
      await number.getByText("€50").waitFor();
      await builder.getByLabel("Title").fill("Price of a lead");
      await builder.getByText("price_of_a_lead").waitFor();
      await builder.getByRole("button", { name: "Save for all" }).click();
      const added = builder.getByRole("list", { name: "Added metrics" });
      await added.getByText("Price of a lead").waitFor();
      await photograph(page, "metric-saved");
      const asked = await app.fetch("/api/query", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ dataset: "ads", metrics: ["price_of_a_lead"], range: { all: true } }),
      });
      assert.equal((await asked.json()).rows[0].price_of_a_lead, 50);
      await added.getByRole("button", { name: "Remove Price of a lead" }).click();
      await added.waitFor({ state: "detached" });
      assert.deepEqual(faults, []);
    } finally {
      await context.close();
      await app.close();
    }
  },
);
