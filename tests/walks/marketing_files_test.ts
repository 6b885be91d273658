/** Every file of `../shared/data/marketing`, recognised or refused as its description says. */
import assert from "node:assert/strict";
import type { TableReport } from "@/lib/ingest/report_table.ts";
import { examineAlone } from "@/tools/examine_alone.ts";

const DATA = new URL("../../../shared/data/marketing/", import.meta.url);

interface Expected {
  dataset?: string;
  platform?: string;
  /** Read, kept, set aside, total lines, repeated. */
  rows: [number, number, number, number, number];
  days?: [string, string];
  currency?: string;
  sums?: Record<string, string>;
  encoding?: string;
  delimiter?: string;
  headerLines?: number[];
  /** Ids of the open questions. */
  asks?: string[];
  /** Part of why it is refused. */
  refused?: RegExp;
}

const FILES: Record<string, Expected[]> = {
  "digital-marketing-daily/Marketing.csv": [{
    rows: [308, 308, 0, 0, 0],
    days: ["2021-02-01", "2021-02-28"],
    sums: { impressions: "1577722399", clicks: "2999919", spend: "30590879.82", leads: "65579", orders: "8043" },
    asks: [],
  }],
  "meta-daily-ecom/facebook_ads.csv": [{
    platform: "meta_ads",
    rows: [483, 483, 0, 0, 0],
    days: ["2019-01-01", "2020-04-30"],
    asks: [],
  }],
  "google-ads-campaign-en/Campaign report.csv": [{
    platform: "google_ads",
    rows: [17, 12, 0, 5, 0],
    currency: "USD",
    sums: { spend: "199421.15" },
    headerLines: [3],
    asks: ["range"],
  }],
  "google-ads-utf16/Search terms report.csv": [{
    platform: "google_ads",
    rows: [23, 18, 0, 5, 0],
    days: ["2026-05-01", "2026-05-08"],
    currency: "CAD",
    encoding: "utf-16le",
    delimiter: "\t",
    headerLines: [3],
    asks: [],
  }],
  "google-ads-uncleaned/GoogleAds_DataAnalytics_Sales_Uncleaned.csv": [{
    rows: [2600, 2600, 0, 0, 0],
    days: ["2024-11-01", "2024-11-30"],
    currency: "USD",
    asks: [],
  }],
  "google-ads-uncleaned/mixed-dates-excerpt-noheader.csv": [{
    rows: [37, 37, 0, 0, 0],
    headerLines: [],
    // What the fifth column would hold, none of its cells says.
    asks: ["dataset", ...[1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((n) => `column:column_${n}`)],
    days: ["2024-11-01", "2024-11-30"],
    currency: "USD",
  }],
  "kag-conversion/KAG_conversion_data.csv": [{ rows: [1143, 1143, 0, 0, 0], days: ["2023-08-01", "2023-08-31"] }],
  "gsc-daily/Chart.csv": [{
    platform: "search_console",
    dataset: "web",
    rows: [67, 67, 0, 0, 0],
    days: ["2026-02-03", "2026-04-10"],
    sums: { clicks: "19", impressions: "4611" },
    asks: [],
  }],
  "ga4-export/ga4-data-export-users-snapshot.csv": [
    {
      platform: "ga4",
      dataset: "web",
      rows: [104, 104, 0, 0, 0],
      days: ["2020-10-22", "2021-10-22"],
      headerLines: [11],
      asks: [],
    },
    { platform: "ga4", rows: [104, 104, 0, 0, 0], headerLines: [119], asks: [] },
    { platform: "ga4", rows: [105, 105, 0, 0, 0], headerLines: [229], asks: [] },
  ],
  "ga4-export/ga4-download-LilyHeAsamiko.csv": [{
    platform: "ga4",
    rows: [4, 3, 0, 1, 0],
    days: ["2023-05-15", "2023-05-21"],
    sums: { sessions: "5", event_count: "48" },
    headerLines: [7],
  }],
  "mailchimp-campaigns/campaigns.csv": [{
    platform: "mailchimp",
    dataset: "email",
    rows: [43, 43, 0, 0, 0],
    days: ["2023-06-01", "2025-02-28"],
    asks: [],
  }],
  "mmm-robyn/dt_simulated_weekly.csv": [{ rows: [208, 208, 0, 0, 0] }],
  "mmm-robyn/dt_prophet_holidays.csv": [{ rows: [87651, 0, 0, 0, 0], refused: /calendar/ }],
  "mmm-stan/data.csv": [{ rows: [209, 209, 0, 0, 0] }],
  "online-ad-performance/online_advertising_performance_data.csv": [{ rows: [15409, 15403, 0, 0, 6] }],
  "web-traffic-daily/Thecleverprogrammer.csv": [{
    dataset: "web",
    rows: [391, 391, 0, 0, 0],
    days: ["2021-06-01", "2022-06-26"],
    asks: [],
  }],
  "web-traffic-daily/adidas quarterly sales.csv": [{ rows: [88, 88, 0, 0, 0], days: ["2000-01-01", "2021-12-31"] }],
  "instagram-organic/Instagram data.csv": [{ rows: [176, 176, 0, 0, 0], days: ["2021-12-10", "2022-06-03"] }],
  "instagram-organic/Instagram.csv": [{ rows: [99, 82, 0, 0, 17], encoding: "windows-1252" }],
  "customer-campaign-semicolon/marketing_campaign.csv": [{
    rows: [2240, 0, 0, 0, 0],
    delimiter: ";",
    refused: /none of its 29 columns .* is a measure/,
  }],
  "tiny-two-table-join/marketing_data.csv": [{ rows: [20, 20, 0, 0, 0], asks: [] }],
  "tiny-two-table-join/store_revenue.csv": [{
    dataset: "orders",
    rows: [31, 31, 0, 0, 0],
    sums: { revenue: "296850" },
  }],
};

for (const [file, expected] of Object.entries(FILES)) {
  const path = new URL(file.split("/").map(encodeURIComponent).join("/"), DATA);
  const there = await Deno.stat(path).then(() => true, () => false);
  Deno.test({
    name: `recognition of ${file}${there ? "" : " (skipped: ../shared/data is not there)"}`,
    ignore: !there,
    async fn() {
      const { tables } = await examineAlone(decodeURIComponent(path.pathname));
      assert.equal(tables.length, expected.length, "tables");
      tables.forEach((table, at) => check(table, expected[at]!));
    },
  });
}

function check(table: TableReport, expected: Expected): void {
  const { rowsRead, rowsKept, rowsSetAside, totalLines, duplicates } = table;
  const text = JSON.stringify(table.refused ?? table.questions);
  assert.deepEqual([rowsRead, rowsKept, rowsSetAside, totalLines, duplicates], expected.rows, text);
  if (expected.refused) assert.match(table.refused?.message ?? "taken", expected.refused);
  else assert.equal(table.refused, null);
  if (expected.days) assert.deepEqual([table.firstDate, table.lastDate], expected.days, text);
  if (expected.asks) assert.deepEqual(table.questions.map(({ id }) => id), expected.asks);
  for (const [measure, sum] of Object.entries(expected.sums ?? {})) assert.equal(table.sums[measure], sum, measure);
  for (const name of ["dataset", "platform", "currency", "encoding", "delimiter", "headerLines"] as const) {
    if (expected[name] !== undefined) assert.deepEqual(table[name], expected[name], name);
  }
  assert.ok(table.findings.every(({ finding, evidence }) => finding !== "" && evidence !== ""));
}
