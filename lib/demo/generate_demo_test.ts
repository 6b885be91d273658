import assert from "node:assert/strict";
import fc from "fast-check";
import { dayNumber, dayOf } from "./days.ts";
import { type DemoRow, generateDemo } from "./generate_demo.ts";
import { lastLaunch, trackingOutage } from "./season.ts";

const END = "2026-11-22";
const rows = [...generateDemo({ end: END })];

function sum(from: DemoRow[], measure: (row: DemoRow) => number): number {
  return from.reduce((total, row) => total + measure(row), 0);
}
const spend = (row: DemoRow) => row.spend;
const within = (from: string, to: string) => rows.filter(({ date }) => date >= from && date <= to);

Deno.test("generateDemo() gives a day the same rows whatever the end, length and order of asking", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 729 }), fc.integer({ min: 0, max: 40 }), (back, later) => {
      const day = dayNumber(END) - back;
      const [alone, among] = [
        [...generateDemo({ end: dayOf(day), days: 1 })],
        [...generateDemo({ end: dayOf(day + later), days: later + 1 })].filter(({ date }) => date === dayOf(day)),
      ];
      assert.deepEqual(among, alone);
      assert.deepEqual(rows.filter(({ date }) => date === dayOf(day)), alone);
    }),
    { numRuns: 15 },
  );
});

Deno.test("generateDemo() gives other numbers for another seed", () => {
  const [one, two] = [1, 2].map((seed) => [...generateDemo({ end: END, days: 1, seed })]);
  assert.equal(one?.length, two?.length);
  assert.notDeepEqual(one, two);
});

Deno.test("generateDemo() makes about 100,000 rows, 60 campaigns, six platforms and every day, whatever the end", () => {
  for (const end of ["2025-03-31", END, "2031-08-05"]) {
    const made = end === END ? rows : [...generateDemo({ end })];
    assert.ok(made.length > 90_000 && made.length < 115_000, `${made.length} rows up to ${end}`);
    const campaigns = new Set(made.map((row) => row.campaign_id)).size;
    assert.ok(campaigns > 52 && campaigns < 72, `${campaigns} campaigns up to ${end}`);
    assert.equal(new Set(made.map((row) => row.platform)).size, 6);
    assert.equal(new Set(made.map((row) => row.date)).size, 730);
    assert.equal(made.at(-1)?.date, end);
  }
});

Deno.test("generateDemo() repeats no key", () => {
  const keys = new Set(rows.map((row) => [row.date, row.campaign_id, row.country, row.device].join("|")));
  assert.equal(keys.size, rows.length);
});

Deno.test("generateDemo() names a campaign's id once", () => {
  const names = new Map(rows.map((row) => [row.campaign_id, `${row.platform} ${row.campaign}`]));
  for (const row of rows) assert.equal(`${row.platform} ${row.campaign}`, names.get(row.campaign_id));
  assert.equal(new Set(names.values()).size, names.size);
});

Deno.test("generateDemo() keeps counts whole, money to the cent and clicks among impressions", () => {
  for (const row of rows) {
    assert.ok(Number.isInteger(row.impressions) && Number.isInteger(row.clicks), JSON.stringify(row));
    assert.ok(row.clicks <= row.impressions && row.clicks >= 0, JSON.stringify(row));
    for (const amount of [row.spend, row.conversions, row.conversion_value]) {
      assert.ok(amount >= 0 && Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6, JSON.stringify(row));
    }
    if (row.conversions === 0) assert.equal(row.conversion_value, 0);
  }
  assert.ok(rows.some((row) => row.platform === "google_ads" && !Number.isInteger(row.conversions)));
  assert.ok(rows.every((row) => row.platform !== "meta_ads" || Number.isInteger(row.conversions)));
});

Deno.test("generateDemo() has plausible ratios on each platform", () => {
  const bounds: Record<string, { cpc: [number, number]; roas: [number, number] }> = {
    google_ads: { cpc: [0.3, 1], roas: [3, 8] },
    meta_ads: { cpc: [0.3, 1], roas: [1.5, 4] },
    linkedin_ads: { cpc: [3, 9], roas: [1, 4] },
    tiktok_ads: { cpc: [0.2, 0.8], roas: [0.8, 2.5] },
    microsoft_ads: { cpc: [0.2, 1], roas: [3, 10] },
    pinterest: { cpc: [0.15, 0.7], roas: [1, 3.5] },
  };
  for (const [platform, { cpc, roas }] of Object.entries(bounds)) {
    const own = rows.filter((row) => row.platform === platform);
    const price = sum(own, spend) / sum(own, (row) => row.clicks);
    const gain = sum(own, (row) => row.conversion_value) / sum(own, spend);
    assert.ok(price > cpc[0] && price < cpc[1], `${platform}: a click costs ${price}`);
    assert.ok(gain > roas[0] && gain < roas[1], `${platform}: one euro brings ${gain}`);
  }
});

Deno.test("generateDemo() shows the year: summer is quiet, Black Week is not, and each year is larger", () => {
  const daily = (from: string, to: string) => sum(within(from, to), spend) / (dayNumber(to) - dayNumber(from) + 1);
  assert.ok(daily("2025-08-01", "2025-08-31") < 0.9 * daily("2025-10-01", "2025-10-31"));
  assert.ok(daily("2025-11-24", "2025-12-01") > 1.3 * daily("2025-10-01", "2025-10-31"));
  assert.ok(daily("2026-05-01", "2026-05-28") > daily("2025-05-02", "2025-05-29"));
});

Deno.test("generateDemo() shows the week: shops sell on Sundays, offices on workdays", () => {
  const on = (platform: string, weekday: number) =>
    sum(rows.filter((row) => row.platform === platform && new Date(row.date).getUTCDay() === weekday), spend);
  assert.ok(on("google_ads", 0) > 1.1 * on("google_ads", 5));
  assert.ok(on("linkedin_ads", 0) < 0.6 * on("linkedin_ads", 2));
});

Deno.test("generateDemo() has one launch, and one outage of tracking that spend does not notice", () => {
  const launch = lastLaunch(END);
  assert.equal(launch, "2026-09-15");
  const launched = rows.filter((row) => row.campaign === "Launch · Aura lamps 2026");
  assert.equal(launched[0]?.date, launch);
  const start = trackingOutage(2025, 1);
  assert.ok(start !== null);
  assert.equal(trackingOutage(2026, 1), null);
  const around = (from: number, to: number, measure: (row: DemoRow) => number) =>
    sum(within(dayOf(start + from), dayOf(start + to)), measure) / (to - from + 1);
  assert.ok(around(0, 2, (row) => row.conversions) < 0.35 * around(-7, -1, (row) => row.conversions));
  assert.ok(around(0, 2, spend) > 0.8 * around(-7, -1, spend));
});
