import assert from "node:assert/strict";
import { dayNumber } from "@/lib/demo/days.ts";
import { generateDemo } from "@/lib/demo/generate_demo.ts";
import { classifyCampaigns } from "./classify.ts";
import type { CampaignHalves, HalfSums } from "./examples.ts";

const END = "2026-06-30";
const HALVES = 52;

Deno.test("classifyCampaigns() is right more often on the demo than by saying the most frequent tier", () => {
  const campaigns = new Map<string, CampaignHalves>();
  for (const row of generateDemo({ end: END })) {
    const half = HALVES - 1 - Math.floor((dayNumber(END) - dayNumber(row.date)) / 14);
    if (half < 0) continue;
    const key = `${row.platform} ${row.campaign}`;
    const one = campaigns.get(key) ?? { key, halves: Array.from({ length: HALVES }, () => null) };
    campaigns.set(key, one);
    const sums: HalfSums = one.halves[half] ??= { spend: 0, impressions: 0, clicks: 0, conversions: 0, result: 0 };
    for (const part of ["spend", "impressions", "clicks", "conversions"] as const) sums[part] += row[part];
    sums.result += row.conversion_value;
  }
  const { accuracy, campaigns: told } = classifyCampaigns([...campaigns.values()], HALVES);
  assert.ok(accuracy?.beats, JSON.stringify(accuracy));
  assert.ok(accuracy.accuracy > accuracy.baseline + 0.15, JSON.stringify(accuracy));
  assert.ok(told.length > 30 && new Set(told.map(({ tier }) => tier)).size > 1);
});
