/** From a real file to the number in the page, in a real browser: what a newcomer does first. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const FILE = "../shared/data/marketing/digital-marketing-daily/Marketing.csv";

/** A real file where it is there, else one of the same shape. */
async function marketingFile(): Promise<{ name: string; text: string; spend: number }> {
  const text = await Deno.readTextFile(root + FILE).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const days = Array.from(
      { length: 28 },
      (_, day) => `${day + 1},2/${day + 1}/2021,brand,search,7,1000,${day + 1}.25,50,3,1,99`,
    );
    return ["id,c_date,campaign_name,category,campaign_id,impressions,mark_spent,clicks,leads,orders,revenue", ...days]
      .join("\r\n");
  });
  const [header, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  const at = header!.indexOf("mark_spent");
  const spend = lines.reduce((sum, cells) => sum + Math.round(Number(cells[at]) * 1e6), 0) / 1e6;
  return { name: "Marketing.csv", text, spend };
}

async function writeFile(app: TestApp, name: string, text: string): Promise<string> {
  const path = `${app.directory}/${name}`;
  await Deno.writeTextFile(path, text);
  return path;
}

async function withPage(
  browser: Browser,
  work: (page: Page, app: TestApp, origin: string) => Promise<void>,
): Promise<void> {
  const app = await startTestApp();
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
  try {
    await work(page, app, app.listen());
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
  }
}

browserTest(
  "[browser] a file dropped on the page becomes numbers on a dashboard, and the open page follows",
  async (browser) => {
    const { name, text, spend } = await marketingFile();
    await withPage(browser, async (page, app, origin) => {
      const created = await app.fetch("/api/dashboards", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(demoDashboard()),
      });
      assert.equal(created.status, 201);

      // An open dashboard without data, which will follow by itself.
      const watcher = await page.context().newPage();
      await watcher.goto(`${origin}/dashboards/marketing-overview?range=all`);
      await watcher.getByText("No data", { exact: false }).first().waitFor();

      await page.goto(`${origin}/data/import`);
      await page.locator("input[type=file]").setInputFiles(await writeFile(app, name, text));
      // One file goes to a page of its own, which shows what it changes before it does.
      await page.getByText("Ready to import").first().waitFor({ timeout: 30_000 });
      assert.equal((await (await app.fetch("/api/datasets/ads")).json()).state.rows, 0);
      await photograph(page, "import-ready");
      await page.getByRole("button", { name: /^Import [\d,]+ rows$/ }).click();
      await page.getByRole("button", { name: /undo import/i }).waitFor({ timeout: 30_000 });
      await page.getByText(/rows read/).first().waitFor();
      await photograph(page, "import-done");

      const shown = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 4 }).format(spend);
      const kpi = watcher.locator(".tile--kpi").first();
      await kpi.getByText(shown, { exact: false }).waitFor({ timeout: 15_000 });
      // The words at the top follow as the tiles do: they are those of a page loaded now.
      const freshness = watcher.locator(".page-header__note");
      await freshness.getByText(/Data through \d+ \w+/).waitFor();
      const followed = await freshness.innerText();
      await watcher.reload();
      assert.equal(followed, await freshness.innerText());
      await watcher.close();

      await page.goto(`${origin}/dashboards/marketing-overview?range=all`);
      await page.locator(".tile--kpi").first().getByText(shown, { exact: false }).waitFor();
      await page.locator("canvas").first().waitFor();
      await photograph(page, "dashboard");
      await page.goto(`${origin}/`);
      await photograph(page, "home");
      await page.goto(`${origin}/data`);
      await photograph(page, "data");
    });
  },
);

browserTest(
  "[browser] filters live in the URL: a click changes it, Back takes it back, a copy shows the same",
  async (browser) => {
    await withPage(browser, async (page, app, origin) => {
      await app.fetch("/api/dashboards", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(demoDashboard()),
      });
      const csv =
        "date,platform,account,campaign,country,device,currency,impressions,clicks,spend,conversions,conversion_value\n" +
        "2026-01-01,google_ads,A,One,DE,mobile,EUR,1000,100,111,10,300\n2026-01-01,meta_ads,A,Two,DE,mobile,EUR,1000,100,222,10,300\n";
      const { id } = await (await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv }))
        .json();
      while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
        await new Promise((r) => setTimeout(r, 50));
      }

      await page.goto(`${origin}/dashboards/marketing-overview?range=all`);
      const spend = page.locator(".tile--kpi").first();
      await spend.getByText("€333").waitFor();
      await page.locator("summary", { hasText: "Platform" }).click();
      await page.getByLabel("Google Ads").check();
      await spend.getByText("€111").waitFor();
      assert.equal(new URL(page.url()).searchParams.get("platform"), "google_ads");

      // A second choice right after the first adds to it, whether or not the first was answered yet.
      await page.getByLabel("Meta").check();
      await page.getByLabel("Google Ads").uncheck();
      await spend.getByText("€222").waitFor();
      await page.goBack();
      await spend.getByText("€333").waitFor();
      await page.goBack();
      await spend.getByText("€111").waitFor();

      const copy = await page.context().newPage();
      await copy.goto(page.url());
      await copy.locator(".tile--kpi").first().getByText("€111").waitFor();
      await copy.close();
      await page.goBack();
      await spend.getByText("€333").waitFor();
    });
  },
);

browserTest(
  "[browser] what the file does not say is asked, with both readings in sight, and rows set aside are shown",
  async (browser) => {
    await withPage(browser, async (page, app, origin) => {
      const csv = "Date;Campaign;Cost;Impr.;Clicks\n03/04/2026;Brand;1.402,18;18.204;1.122\n" +
        "04/04/2026;Brand;918,40;44.310;803\n05/04/2026;Shopping;abc;17.960;1.098\n";
      await page.goto(`${origin}/data/import`);
      await page.locator("input[type=file]").setInputFiles(await writeFile(app, "Kampagnen.csv", csv));
      await page.getByText("How are the dates").waitFor();
      await photograph(page, "import-question");
      await page.getByLabel(/day\/month\/year/).check();
      await page.getByRole("button", { name: /answer/i }).click();
      await page.getByText(/3 rows read, 2 new, 1 set aside/).waitFor({ timeout: 15_000 });
      await page.getByRole("button", { name: /^Import 2 rows$/ }).click();
      await page.getByRole("button", { name: /undo import/i }).waitFor({ timeout: 15_000 });
      await page.getByText("abc").first().waitFor();
      await photograph(page, "import-published");
      const answer = await app.fetch("/api/query", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ dataset: "ads", metrics: ["spend"], range: { from: "2026-04-03", to: "2026-04-03" } }),
      });
      assert.equal((await answer.json()).rows[0].spend, 1402.18);

      await page.getByRole("button", { name: /undo import/i }).click();
      await page.getByRole("button", { name: /restore|put it back|redo/i }).first().waitFor();
    });
  },
);

browserTest("[browser] the first paint shows every chart, with no script run at all", async (browser) => {
  const app = await startTestApp();
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: SIZES[0] });
  try {
    await app.fetch("/api/dashboards", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(demoDashboard()),
    });
    const rows = Array.from(
      { length: 28 },
      (_, day) => `2026-01-${String(day + 1).padStart(2, "0")},google_ads,A,One,DE,mobile,EUR,1000,100,111,10,300`,
    );
    const csv = [
      "date,platform,account,campaign,country,device,currency,impressions,clicks,spend,conversions,conversion_value",
      ...rows,
    ].join("\n");
    const { id } = await (await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv }))
      .json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((r) => setTimeout(r, 50));
    }
    const page = await context.newPage();
    await page.goto(`${app.listen()}/dashboards/marketing-overview?range=all`);
    const charts = await page.locator(".chart__plot").count();
    assert.ok(charts >= 3, `${charts} charts`);
    assert.equal(await page.locator(".chart__plot svg").count(), charts, "each has its picture");
    assert.equal(await page.locator(".tile--kpi").count(), 4);
  } finally {
    await context.close();
    await app.close();
  }
});
