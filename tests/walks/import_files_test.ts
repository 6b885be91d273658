/** Real files of `../shared/data/marketing`, from upload to stored rows. */
import assert from "node:assert/strict";
import { answerImport, rejectedRows, runImport } from "@/lib/ingest/imports.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { currentRows, importBytes, type WalkServices, withImportServices } from "./import_services.ts";

const DATA = new URL("../../../shared/data/marketing/", import.meta.url);

function walk(file: string, dataset: string, work: (services: WalkServices, job: ImportJob) => Promise<void>): void {
  const path = new URL(file.split("/").map(encodeURIComponent).join("/"), DATA);
  let there = true;
  try {
    Deno.statSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    there = false;
  }
  Deno.test({
    name: `import of ${file}${there ? "" : " (skipped: ../shared/data is not there)"}`,
    ignore: !there,
    fn: () =>
      withImportServices(async (services) => {
        const filename = file.split("/").at(-1)!;
        await work(services, await importBytes(services, await Deno.readFile(path), { dataset, filename }));
      }),
  });
}

async function answered(services: WalkServices, id: string, answers: Record<string, string>): Promise<ImportJob> {
  await answerImport(services, LOCAL_OWNER, id, answers);
  return await runImport(services, LOCAL_OWNER.workspace, id);
}

/** Published, and every record accounted for. */
function published(job: ImportJob, counts: Partial<ImportJob["counts"]>): void {
  assert.equal(job.state, "published", JSON.stringify([job.error, job.questions], null, 1));
  const { removed: _removed, read, ...parts } = job.counts;
  assert.equal(read, Object.values(parts).reduce((a, b) => a + b), JSON.stringify(job.counts));
  const named = Object.fromEntries(Object.entries(job.counts).filter(([name]) => name in counts));
  assert.deepEqual(named, counts);
}

function finding(job: ImportJob, topic: string): string {
  const found = job.findings.find((f) => f.topic === topic);
  return found ? `${found.finding} (${found.evidence})` : "";
}

walk("digital-marketing-daily/Marketing.csv", "ads", async (services, job) => {
  published(job, { read: 308, inserted: 308, rejected: 0 });
  assert.match(finding(job, "dates:c_date"), /^month\/day\/year \(176 of 308/);
  assert.deepEqual(job.parts.map((p) => [p.level, p.range]), [
    ["day:campaign_id", { from: "2021-02-01", to: "2021-02-28" }],
  ]);
  const measures = ["spend", "conversion_value", "impressions", "clicks", "leads", "orders"];
  const [sum] = await currentRows(services, "ads", measures.map((name) => `sum(${name}) as ${name}`).join(", "));
  const lines = (await Deno.readTextFile(new URL("digital-marketing-daily/Marketing.csv", DATA))).trim().split("\r\n");
  const micros = (n: number) =>
    lines.slice(1).reduce((total, line) => total + BigInt(Math.round(Number(line.split(",")[n]) * 1e6)), 0n);
  assert.equal(sum!.spend, micros(6));
  assert.equal(sum!.conversion_value, micros(10));
  assert.equal(sum!.impressions, micros(5) / 1_000_000n);
  assert.equal(sum!.clicks, micros(7) / 1_000_000n);
  assert.equal(sum!.leads, micros(8));
  assert.equal(sum!.orders, micros(9));
});

walk("meta-daily-ecom/facebook_ads.csv", "ads", async (services, job) => {
  published(job, { read: 483, inserted: 483 });
  assert.deepEqual(job.parts[0]!.range, { from: "2019-01-01", to: "2020-04-30" });
  const [row] = await currentRows(services, "ads", "count(distinct platform) as n, any_value(platform) as platform");
  assert.deepEqual(row, { n: 1n, platform: "meta_ads" });
  const [days] = await services.duck.rows(
    `select spend, orders from ws_default.ads_rows where date = date '2020-03-22' and _to is null`,
  );
  // 589.84691149966693, rounded once.
  assert.deepEqual(days, { spend: 589846911n, orders: 25000000n });
});

walk("google-ads-campaign-en/Campaign report.csv", "ads", async (services, job) => {
  assert.equal(job.state, "needs-mapping");
  assert.deepEqual(job.questions.map((q) => q.id), ["range"]);
  const done = await answered(services, job.id, { range: "2025-01-01..2025-12-31" });
  published(done, { read: 17, inserted: 12, totals: 5 });
  assert.equal(done.parts[0]!.grain, "range");
  assert.match(finding(done, "platform"), /^Google Ads/);
  assert.match(finding(done, "total:spend"), /^Spend: the rows add up to the file's own total \(199,421\.15\)/);
  const [row] = await currentRows(
    services,
    "ads",
    "sum(spend) as spend, min(date)::varchar as first, max(_until)::varchar as last, any_value(currency) as currency",
  );
  assert.deepEqual(row, { spend: 199421150000n, first: "2025-01-01", last: "2025-12-31", currency: "USD" });
});

walk("google-ads-utf16/Search terms report.csv", "ads", async (services, job) => {
  published(job, { read: 23, inserted: 18, totals: 5 });
  assert.match(finding(job, "encoding"), /UTF-16LE/);
  assert.deepEqual(job.parts[0]!.range, { from: "2026-05-01", to: "2026-05-08" });
  const [row] = await currentRows(services, "ads", "count(*) as n, any_value(currency) as currency");
  assert.deepEqual(row, { n: 18n, currency: "CAD" });
});

walk("gsc-daily/Chart.csv", "web", async (services, job) => {
  published(job, { read: 67, inserted: 67 });
  const [row] = await services.duck.rows(
    `select clicks, impressions, position from ws_default.web_rows where date = date '2026-02-03'`,
  );
  assert.deepEqual(row, { clicks: 0n, impressions: 0n, position: null });
});

walk("kag-conversion/KAG_conversion_data.csv", "ads", (_services, job) => {
  published(job, { read: 1143, inserted: 1143 });
  assert.match(finding(job, "dates:Date"), /^day-month-year/);
  return Promise.resolve();
});

walk("tiny-two-table-join/marketing_data.csv", "ads", (_services, job) => {
  published(job, { read: 20, inserted: 20 });
  return Promise.resolve();
});

walk("tiny-two-table-join/store_revenue.csv", "orders", (_services, job) => {
  published(job, { read: 31 });
  return Promise.resolve();
});

walk("web-traffic-daily/Thecleverprogrammer.csv", "web", (_services, job) => {
  published(job, { read: 391, inserted: 391 });
  assert.match(finding(job, "dates:Date"), /^day\/month\/year/);
  assert.deepEqual(job.parts[0]!.range, { from: "2021-06-01", to: "2022-06-26" });
  return Promise.resolve();
});

walk("customer-campaign-semicolon/marketing_campaign.csv", "ads", (_services, job) => {
  assert.equal(job.state, "failed");
  assert.equal(job.error?.code, "cannot-map");
  assert.match(job.error!.message, /none of its 29 columns \("ID", "Year_Birth".*is a measure of "Ads" \(Impressions/);
  return Promise.resolve();
});

walk("google-ads-uncleaned/GoogleAds_DataAnalytics_Sales_Uncleaned.csv", "ads", async (services, job) => {
  published(job, { read: 2600 });
  assert.match(finding(job, "currency"), /^USD/);
  const rejected = await rejectedRows(services, LOCAL_OWNER, job.id, { offset: 0, limit: 5 });
  assert.equal(rejected.total, job.counts.rejected);
});

walk("mailchimp-campaigns/campaigns.csv", "email", (_services, job) => {
  published(job, { read: 43, inserted: 43 });
  return Promise.resolve();
});

walk("instagram-organic/Instagram data.csv", "ads", (_services, job) => {
  published(job, { read: 176, inserted: 176 });
  return Promise.resolve();
});

walk("mmm-robyn/dt_simulated_weekly.csv", "ads", async (services, job) => {
  assert.deepEqual(job.questions.map(({ id }) => id), ["map:clicks"], "clicks of search alone may be meant, or not");
  published(await answered(services, job.id, { "map:clicks": "none" }), { read: 208, inserted: 208 });
});
