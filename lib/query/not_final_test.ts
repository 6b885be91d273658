import assert from "node:assert/strict";
import { adsDataset, targetsDataset } from "@/lib/model/datasets/mod.ts";
import type { Dataset, Filter } from "@/lib/model/mod.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { notFinal, notFinalNotices } from "./not_final.ts";
import { parseMetricQuery } from "./parse_query.ts";
import { planQuery } from "./plan_query.ts";

const sources = sourceRegistry(builtInSources);
const state = { accounts: [{ platform: "google_ads", account: "A" }, { platform: "amazon_ads", account: "B" }] };
const span = { from: "2026-03-01", to: "2026-03-31" };

function found(metrics: string[], { dataset = adsDataset, filters, reported = "2026-04-01", within = span }: {
  dataset?: Dataset;
  filters?: Filter;
  reported?: string | null;
  within?: typeof span;
} = {}) {
  const plan = planQuery(dataset, parseMetricQuery({ dataset: dataset.id, metrics, filters }));
  const young = notFinal(plan, { state, span: within, reported, sources });
  return { young, messages: notFinalNotices(young, within, plan).map(({ message }) => message) };
}

Deno.test("notFinal() tells each metric's first day that may still change, by its slowest measure and platform", () => {
  const { young, messages } = found(["spend", "clicks", "conversions", "cpa"]);
  const platforms = ["amazon_ads", "google_ads"];
  assert.deepEqual(young, [
    { metric: "spend", from: "2026-03-30", platforms },
    { metric: "clicks", from: "2026-03-30", platforms },
    { metric: "conversions", from: "2026-03-03", platforms },
    { metric: "cpa", from: "2026-03-03", platforms },
  ]);
  assert.equal(messages.length, 2);
  assert.match(messages[0]!, /^Spend, .+ of 30–31 Mar 2026 may still change: .*Google Ads.* correct them later$/);
  const amazon: Filter = { field: "platform", op: "equals", value: "amazon_ads" };
  assert.deepEqual(found(["conversions"], { filters: amazon }).young, [
    { metric: "conversions", from: "2026-03-19", platforms: ["amazon_ads"] },
  ]);
});

Deno.test("notFinal() names only days of the span and platforms that have any, and nothing where all is final", () => {
  assert.deepEqual(found(["conversions"], { within: { from: "2026-03-01", to: "2026-03-10" } }).young, [
    { metric: "conversions", from: "2026-03-03", platforms: ["google_ads"] },
  ]);
  assert.equal(
    found(["conversions"], { within: { from: "2026-03-20", to: "2026-03-31" } }).young[0]!.from,
    "2026-03-20",
  );
  assert.deepEqual(found(["conversions", "spend"], { reported: "2026-05-01" }).young, []);
  assert.deepEqual(found(["spend"], { reported: null }).young, [], "when the numbers were reported is not known");
});

Deno.test("notFinal() says nothing of what no platform reports", () => {
  assert.deepEqual(found(["budget"], { dataset: targetsDataset }).young, []);
});
