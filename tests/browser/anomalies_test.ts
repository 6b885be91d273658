/** What stands out, in a real browser: on a dashboard and on the dataset's page, put aside, brought back, marked on a forecast. */
import assert from "node:assert/strict";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { addDays } from "@/lib/model/calendar.ts";
import { dashboardSchema, type Placement } from "@/lib/model/mod.ts";
import { pause } from "@/lib/pause.ts";
import { importFile, json } from "@/tests/attacks/outside.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

/** 150 days of three campaigns up to yesterday: one spikes, one falls silent for a day, one doubles for good. */
function csv(today: string): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value"];
  const campaigns: [string, number, (back: number) => number][] = [
    ["Brand · Search · DE", 1, (back) => back === 20 ? 4 : 1],
    ["Shopping · Bestsellers", 2, (back) => back === 33 ? 0 : 1],
    ["Prospecting · Broad", 0.7, (back) => back <= 45 ? 1.9 : 1],
  ];
  for (let back = 150; back >= 1; back--) {
    const day = addDays(today, -back);
    for (const [campaign, size, change] of campaigns) {
      const spend = size * change(back) * (100 + 20 * (back % 7) + (back * 37 % 11));
      if (spend === 0) continue;
      const clicks = Math.round(spend / 2);
      const row = [day, "google_ads", "Shop", campaign, "EUR", clicks * 20, clicks, spend.toFixed(2)];
      lines.push([...row, Math.round(spend / 10), (3 * spend).toFixed(2)].join(","));
    }
  }
  return lines.join("\n") + "\n";
}

function placed(id: string, widget: string, place: Placement["place"], options: Record<string, unknown>): Placement {
  return { id, widget, widgetVersion: 1, title: "", options: { dataset: "ads", ...options }, place };
}

async function watched(app: TestApp): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    await app.services.jobs.wake();
    const run = await app.services.documents.get(jobRunsCollection, "default", `${FORECASTS_JOB}:ads`);
    if (run?.doc.state === "done") return;
    assert.ok(performance.now() < until, `the job did not end: ${run?.doc.state} ${run?.doc.error}`);
    await pause(50, app.services.stopping);
  }
}

browserTest("[browser] what stands out is put aside with a reason, brought back, and marked", async (browser) => {
  const app = await startTestApp();
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  try {
    await importFile(app, csv(new Date().toISOString().slice(0, 10)));
    await watched(app);
    const dashboard = dashboardSchema.parse({
      id: "watch",
      title: "Watch",
      defaults: { range: { last: 90, unit: "day" }, compare: "none", values: {} },
      filterBar: { dataset: "ads", dimensions: ["campaign"] },
      placements: [
        placed("found", "anomaly-timeline", { x: 0, y: 0, w: 7, h: 6 }, {}),
        placed("line", "forecast-line", { x: 7, y: 0, w: 5, h: 6 }, { metric: "spend" }),
      ],
    });
    assert.equal((await app.fetch("/api/dashboards", json(dashboard))).status, 201);
    await page.goto(`${app.listen()}/dashboards/watch`);
    const tile = page.locator("#view-found");
    await tile.locator("canvas").waitFor();
    assert.match(await page.locator("#view-line .legend").innerText(), /Stands out/);
    await photograph(page, "anomalies");

    const entries = tile.locator(".anomalies__entry");
    const before = await entries.count();
    assert.ok(before >= 2, `${before} stand out`);
    const [subject, line] = await Promise.all(
      ["subject", "text"].map((part) => entries.first().locator(`.anomalies__${part}`).first().innerText()),
    );
    await entries.first().getByRole("button", { name: /^Put aside/ }).click();
    await page.keyboard.type("Spring sale");
    await page.keyboard.press("Enter");
    await page.getByText("Put aside. It stays so.").waitFor();
    await page.waitForFunction(
      (count) => document.querySelectorAll("#view-found .anomalies__entry").length < count,
      before,
    );
    assert.equal(await entries.count(), before - 1);

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Brought back.").waitFor();
    await tile.locator(".anomalies__text", { hasText: line! }).waitFor();
    assert.equal(await entries.count(), before);

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Put aside. It stays so.").waitFor();
    await page.reload();
    await tile.locator("canvas").waitFor();
    assert.equal(await entries.count(), before - 1, "it stays put aside");

    await page.goto(`${app.listen()}/data/datasets/ads/forecasts`);
    const section = page.getByRole("region", { name: "What stands out" });
    await section.getByText("1 put aside").click();
    const aside = section.locator("details .anomalies__entry");
    assert.match(await aside.innerText(), new RegExp(`${subject}[^]*Put aside: Spring sale`));
    await photograph(page, "anomalies-page");
    await aside.getByRole("button", { name: /^Bring back/ }).click();
    await page.getByText("Brought back.").waitFor();
    await section.locator(".anomalies__text", { hasText: line! }).waitFor();
    assert.equal(await section.locator("details", { hasText: "put aside" }).count(), 0);
    assert.deepEqual(faults, [], "the browser reported nothing");
  } finally {
    await context.close();
    await app.close();
  }
});
