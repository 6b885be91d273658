/** What is to come, in a real browser: the month's end, a budget's pace, the line with bands, and how right it was. */
import assert from "node:assert/strict";
import { accuracyReportsCollection } from "@/lib/forecast/accuracy_report.ts";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { addDays } from "@/lib/model/calendar.ts";
import { pause } from "@/lib/pause.ts";
import { importFile } from "@/tests/attacks/outside.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";
import { browserTest } from "./chromium.ts";
import { photograph, SIZES } from "./photograph.ts";

const START = "2025-05-05"; // a Monday
const CAMPAIGNS = [["google_ads", "71", "Brand · Search"], ["google_ads", "72", "Shopping"], [
  "meta_ads",
  "81",
  "Retargeting",
]];

/** Days of three campaigns with a week, a slow rise, chance, and one day on which something went wrong. */
function csv(from: number, to: number): string {
  const lines = [
    "date,platform,account,campaign_id,campaign,currency,impressions,clicks,spend,conversions,conversion_value",
  ];
  for (let at = from; at < to; at++) {
    CAMPAIGNS.forEach(([platform, id, name], index) => {
      const chance = 1 + 0.12 * Math.sin(at * at * (index + 1));
      const wrong = at === 175 && index === 0 ? 3 : 1;
      const spend = (120 + at / 4) * (1.4 - 0.4 * index) * (at % 7 > 4 ? 0.6 : 1) * chance * wrong;
      const clicks = Math.round(spend * 1.6);
      const day = addDays(START, at);
      lines.push(
        `${day},${platform},Shop,${id},${name},EUR,${clicks * 30},${clicks},${spend.toFixed(2)},${
          Math.round(clicks / 20)
        },${(3 * spend).toFixed(2)}`,
      );
    });
  }
  return lines.join("\n") + "\n";
}

browserTest(
  "[browser] forecast tiles: month end, pace, line and report card, drawn on the server and taken over",
  async (browser) => {
    const app = await startTestApp();
    const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    try {
      await importFile(app, csv(0, 170));
      await forecastsDone(app, (settled) => settled === 0);
      await importFile(app, csv(170, 197), "dataset=ads&filename=next.csv"); // up to 17 November
      await forecastsDone(app, (settled) => settled > 0);
      await saveDashboard(app);

      const html = await (await app.fetch("/dashboards/ahead")).text();
      assert.match(html, /Spend in November 2025, expected/);
      assert.match(html, /13 days to come/);
      assert.ok([...html.matchAll(/chart__picture[^>]*><svg/g)].length >= 4, "every chart stands in the first paint");

      const origin = app.listen();
      await page.goto(`${origin}/dashboards/ahead`);
      await page.locator("#view-month canvas").waitFor();
      await page.locator("#view-month").getByText(/likely to reach €14k/).waitFor();
      await page.locator("#view-pace").getByText("Needed per day").waitFor();
      // By name, though the forecasts are of ids.
      await page.locator("#view-card .misses__one").getByText("Brand · Search").first().waitFor();
      await photograph(page, "forecast-tiles");
      await page.locator("#view-card").getByRole("link", { name: /all misses/ }).click();
      await page.getByRole("heading", { name: "Worst misses" }).waitFor();
      await photograph(page, "forecasts");
      assert.deepEqual(faults, [], "the browser reported nothing");
    } finally {
      await context.close();
      await app.close();
    }
  },
);

async function saveDashboard(app: TestApp): Promise<void> {
  const place = (
    id: string,
    widget: string,
    at: [number, number, number, number],
    options: Record<string, unknown>,
  ) => ({
    id,
    widget,
    widgetVersion: 1,
    title: "",
    options: { dataset: "ads", ...options },
    place: { x: at[0], y: at[1], w: at[2], h: at[3] },
  });
  const response = await app.fetch("/api/dashboards", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      id: "ahead",
      title: "What is to come",
      description: "",
      defaults: { range: { all: true }, values: {} },
      filterBar: { dataset: "ads", dimensions: ["platform"] },
      placements: [
        place("month", "month-projection", [0, 0, 5, 4], { metric: "spend", target: 14_000 }),
        place("pace", "budget-pacing", [5, 0, 7, 5], { budget: 12_500 }),
        place("clicks", "month-projection", [0, 4, 5, 2], { metric: "clicks" }),
        place("card", "forecast-report", [5, 5, 7, 6], {}),
        place("line", "forecast-line", [0, 6, 5, 5], { metric: "spend" }),
      ],
    }),
  });
  assert.equal(response.status, 201, await response.clone().text());
}

/** Waits until the job that an import puts into the queue has ended, and its report says what is wanted. */
async function forecastsDone(app: TestApp, wanted: (settledPeriods: number) => boolean): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    await app.services.jobs.wake();
    const run = await app.services.documents.get(jobRunsCollection, "default", `${FORECASTS_JOB}:ads`);
    const report = await app.services.documents.get(accuracyReportsCollection, "default", "ads");
    if (run?.doc.state === "done" && report && wanted(report.doc.overall?.periods ?? 0)) return;
    assert.ok(performance.now() < until, `no report yet: ${run?.doc.state} ${run?.doc.error}`);
    await pause(100, app.services.stopping);
  }
}
