import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { matchColumns } from "./match_columns.ts";

const pairs = (headers: string[], columns = {}, answers: Record<string, string> = {}) =>
  matchColumns(
    adsDataset,
    headers,
    { source: null, report: { name: "r", dataset: "ads", headers: [], columns } },
    answers,
  )
    .map(({ column, divisor }) => divisor === 1 ? column : `${column}/${divisor}`);

Deno.test("matchColumns() takes each column once, by its surest header", () => {
  assert.deepEqual(pairs(["Clicks (all)", "Link clicks", "Clicks"]), ["clicks_all", null, "clicks"]);
  assert.deepEqual(pairs(["Amount spent (USD)", "IMPR.", "Mood"]), ["spend", "impressions", undefined]);
});

Deno.test("matchColumns() lets the report overrule synonyms, and answers overrule both", () => {
  const report = { "Clicks": "clicks_all", "cost_micros": { column: "spend", divisor: 1_000_000 }, "CTR": null };
  assert.deepEqual(pairs(["clicks", "cost_micros", "ctr"], report), ["clicks_all", "spend/1000000", null]);
  assert.deepEqual(pairs(["clicks", "Mood"], report, { "column:clicks": "ignore", "column:Mood": "device" }), [
    null,
    "device",
  ]);
});
