import assert from "node:assert/strict";
import { importJobSchema } from "@/lib/model/mod.ts";
import { coverageCalendar } from "./calendar.ts";
import { shiftDay } from "./days.ts";
import { importHistory } from "./import_history.ts";
import { lookAt } from "./look.ts";
import { farDays } from "./outliers.ts";
import { type Measured, scoreOf } from "./score.ts";
import { adsDataset } from "@/lib/model/datasets/mod.ts";

const days = (from: string, count: number) => Array.from({ length: count }, (_, at) => shiftDay(from, at));

Deno.test("coverageCalendar() finds the days that an account lacks, and blames none for days before its first", () => {
  const row = (platform: string, day: string, level = "day:campaign", provisional = false) => (
    { platform, account: "a", day, level, rows: 1, provisional }
  );
  const { days: calendar, gaps, sources, expected, present } = coverageCalendar(
    [
      ...days("2026-01-01", 10).filter((day) => !["2026-01-03", "2026-01-04", "2026-01-08"].includes(day))
        .map((day) => row("google_ads", day)),
      ...days("2026-01-06", 5).map((day) => row("meta_ads", day, "day:", day === "2026-01-10")),
      row("linkedin_ads", "2026-01-05", "week:campaign"),
    ],
    { from: "2026-01-01", to: "2026-01-10" },
    "2026-01-12",
  );
  assert.deepEqual(gaps.map(({ platform, from, to, days }) => `${platform} ${from} ${to} ${days}`), [
    "google_ads 2026-01-03 2026-01-04 2",
    "google_ads 2026-01-08 2026-01-08 1",
  ]);
  assert.deepEqual([expected, present], [15, 12]);
  assert.deepEqual(calendar.map(({ present, expected }) => `${present}/${expected}`), [
    ...["1/1", "1/1", "0/1", "0/1", "1/1"],
    ...["2/2", "2/2", "1/2", "2/2", "2/2"],
  ]);
  assert.equal(calendar.at(-1)!.provisional, true);
  assert.deepEqual(sources.map(({ platform, daysOld }) => `${platform} ${daysOld}`), ["google_ads 2", "meta_ads 2"]);
});

Deno.test("coverageCalendar() takes an account that ended long ago for ended", () => {
  const rows = days("2026-01-01", 5).map((day) => (
    { platform: "x_ads", account: "", day, level: "day:", rows: 1, provisional: false }
  ));
  assert.deepEqual(coverageCalendar(rows, { from: "2026-01-01", to: "2026-03-31" }, "2026-04-01").gaps, []);
  assert.equal(coverageCalendar(rows, { from: "2026-01-01", to: "2026-02-01" }, "2026-04-01").gaps[0]!.days, 27);
});

Deno.test("farDays() knows weekdays and seasons, and finds the day that is none of both", () => {
  const values = new Map(
    days("2025-01-01", 365).map((day, at) => {
      const weekday = at % 7 < 2 ? 40 : 100;
      return [day, weekday * (1 + at / 100) * (1 + (at * 7919 % 13) / 200)] as const;
    }),
  );
  assert.deepEqual(farDays(values), []);
  values.set("2025-06-03", values.get("2025-06-03")! * 3);
  values.set("2025-09-10", 0);
  const found = farDays(values);
  assert.deepEqual(found.map(({ day }) => day), ["2025-06-03", "2025-09-10"]);
  assert.ok(Math.abs(found[0]!.usual * 3 / found[0]!.value - 1) < 0.15, JSON.stringify(found[0]));
});

Deno.test("farDays() leaves chance alone: a handful of events more or less is nothing", () => {
  const values = new Map(days("2025-01-01", 200).map((day, at) => [day, 2 + at % 3] as const));
  values.set("2025-04-10", 9);
  assert.deepEqual(farDays(values, { counts: true }), []);
  values.set("2025-04-10", 90);
  assert.deepEqual(farDays(values, { counts: true }).map(({ day }) => day), ["2025-04-10"]);
});

Deno.test("importHistory() adds up what imports say: flagged rows, broken rules, totals that differ", () => {
  const job = (id: string, extra: object) =>
    importJobSchema.parse({
      id,
      workspace: "w",
      dataset: "ads",
      filename: `${id}.csv`,
      state: "published",
      actor: "a",
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-01-01T00:00:00Z",
      ...extra,
    });
  const outcome = { rule: "r", kind: "range", title: "T", action: "flag", broken: 4, result: "flagged" };
  const history = importHistory([
    job("b", {
      counts: { read: 10, rejected: 1, duplicates: 2 },
      rules: [outcome, { ...outcome, rule: "u", kind: "usual", broken: 3 }],
      findings: [
        { topic: "total:spend", finding: "Spend differs", evidence: "x", agrees: false },
        { topic: "total:clicks", finding: "Clicks", evidence: "x", agrees: true },
        { topic: "file", finding: "CSV", evidence: "x" },
      ],
    }),
    job("a", { counts: { read: 10 }, rules: [outcome, { ...outcome, rule: "k", broken: 0, result: "kept" }] }),
  ]);
  assert.deepEqual([history.read, history.rejected, history.flagged, history.repeated], [20, 1, 8, 2]);
  assert.deepEqual(history.imports.map(({ score }) => score), [70, 80]);
  assert.deepEqual(
    history.brokenRules.map(({ rule, broken, imports, lastImport }) => [rule, broken, imports, lastImport.id]),
    [
      ["r", 8, 2, "b"],
      ["u", 3, 1, "b"],
    ],
  );
  assert.deepEqual([history.reconciliation.checked, history.reconciliation.differing.length], [2, 1]);
});

Deno.test("scoreOf() is 100 only where nothing is wrong; parts without anything to tell them by do not count", () => {
  const clean: Measured = {
    completeness: [{ column: "clicks", title: "Clicks", rows: 10, filled: 10, lacking: [], optional: false }],
    gaps: [],
    outliers: [],
    reconciliation: { checked: 0, differing: [] },
    read: 1_000_000,
    rejected: 0,
    flagged: 0,
    repeated: 0,
    imports: 1,
    daysOld: 1,
    allowedDays: 7,
    expectedDays: 10,
    presentDays: 10,
    lookedAtDays: 10,
  };
  const { score, parts } = scoreOf(clean);
  assert.equal(score, 100);
  assert.equal(parts.reduce((sum, { weight }) => sum + weight, 0), 100);
  assert.deepEqual(parts.filter(({ weight }) => weight === 0).map(({ id }) => id), ["reconciliation"]);
  assert.equal(scoreOf({ ...clean, rejected: 1 }).score, 99, "one row of a million is not nothing");
  const stale = scoreOf({ ...clean, daysOld: 28 }).parts.find(({ id }) => id === "freshness")!;
  assert.deepEqual([stale.score, stale.says], [0, "The newest day was 28 days ago; up to 7 days is fine"]);
  assert.equal(
    scoreOf({ ...clean, presentDays: 9, gaps: [{ platform: "", account: "", from: "", to: "", days: 1 }] }).parts.find((
      { id },
    ) => id === "gaps")!.score,
    0,
  );
  const none = { ...clean, completeness: [], read: 0, daysOld: null, expectedDays: 0, lookedAtDays: 0 };
  assert.equal(scoreOf(none).score, null);
});

Deno.test("lookAt() looks at the latest year, and not at days that lie ahead", () => {
  const state = (from: string, to: string) => (
    { version: 3, asOf: null, rows: 1, range: { from, to }, levels: [], accounts: [], currencies: [] }
  );
  assert.deepEqual(lookAt("w", adsDataset, state("2020-01-01", "2026-12-31"), "2026-06-30").range, {
    from: "2025-06-25",
    to: "2026-06-30",
  });
  assert.deepEqual(lookAt("w", adsDataset, state("2026-06-01", "2026-06-10"), "2026-06-30").range, {
    from: "2026-06-01",
    to: "2026-06-10",
  });
  assert.equal(lookAt("w", adsDataset, state("2027-01-01", "2027-06-10"), "2026-06-30").range, null);
});
