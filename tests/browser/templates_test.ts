/** From an empty start page to a dashboard for a goal, in a real browser. */
import assert from "node:assert/strict";
import { startTestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

/** Four weeks of two platforms: enough for charts, without keywords, conversion values or a shop. */
function exported(): string {
  const rows = Array.from({ length: 56 }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    return [
      `${date},google_ads,A,Brand,DE,EUR,${9_000 + day * 20},${900 + day},${700 + day * 3},${40 + day % 7}`,
      `${date},meta_ads,B,Prospecting,AT,EUR,${30_000 + day * 50},${400 + day},${300 + day},${9 + day % 5}`,
    ];
  });
  return ["date,platform,account,campaign,country,currency,impressions,clicks,spend,conversions", ...rows.flat()]
    .join("\n");
}

browserTest(
  "[browser] an empty start page offers goals; one click makes a dashboard of the data there is",
  async (browser) => {
    const app = await startTestApp();
    const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    try {
      const origin = app.listen();
      await page.goto(`${origin}/`);
      await page.getByRole("heading", { name: "Start a dashboard from a goal" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "Start from this" }).count(), 4);
      await photograph(page, "start-empty");

      const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: exported() });
      const { id } = await sent.json();
      while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
        await new Promise((done) => setTimeout(done, 50));
      }
      await page.goto(`${origin}/dashboards/new`);
      const shop = page.getByRole("article", { name: "E-commerce ROAS" });
      await shop.getByText("Ads has no values for").waitFor();
      await shop.getByText("No rows in Orders yet").waitFor();
      await photograph(page, "start-templates");

      const report = page.getByRole("article", { name: "Client report" });
      await report.getByRole("button", { name: "Start from this" }).click();
      await page.getByRole("heading", { name: "Client report" }).waitFor();
      await page.goto(`${page.url()}?range=all`);
      await page.locator("#view-campaigns").getByText("Prospecting").waitFor();
      assert.equal(await page.locator(".tile").count(), 10);
      assert.equal(await page.getByText("This cannot be shown").count(), 0);
      await page.locator("canvas").first().waitFor();
      await photograph(page, "start-report");

      await page.goto(`${origin}/`);
      await page.getByRole("link", { name: "New dashboard" }).click();
      await page.getByRole("article", { name: "Paid search weekly" }).getByRole("button").press("Enter");
      await page.getByRole("heading", { name: "Paid search weekly" }).waitFor();
      await page.goto(`${page.url()}?range=all`);
      await page.locator("canvas").first().waitFor();
      await photograph(page, "start-search");
      assert.deepEqual(faults, [], "the browser reported nothing");
    } finally {
      await context.close();
      await app.close();
    }
  },
);
