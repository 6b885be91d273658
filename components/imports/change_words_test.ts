import assert from "node:assert/strict";
import { byInterest, changeWords, importRange, relative } from "./change_words.ts";

const measure = (column: string, before: number | null, after: number | null) => ({
  column,
  title: column.charAt(0).toUpperCase() + column.slice(1),
  before,
  after,
});

Deno.test("changeWords() tells the first sum that moved, by how much and over how many days", () => {
  const changes = { days: 14, measures: [measure("impressions", 10, 20), measure("spend", 1000, 1021)] };
  assert.equal(changeWords(changes, "en"), "14 days changed, spend +2.1%");
  const still = { days: 1, measures: [measure("spend", 5, 5), measure("clicks", 10, 9)] };
  assert.equal(changeWords(still, "en"), "1 day changed, clicks -10%");
  assert.equal(
    changeWords({ days: 30, measures: [measure("spend", null, 48210.37)] }, "en"),
    "30 days new, spend 48.21K",
  );
  assert.equal(changeWords({ days: 2, measures: [] }, "en"), "2 days changed");
  assert.equal(changeWords({ days: 0, measures: [] }, "en"), "");
  assert.equal(changeWords(undefined, "en"), "");
});

Deno.test("relative() never calls a change none", () => {
  assert.equal(relative(1_000_000, 1_000_100, "en"), "+0.01%");
  assert.equal(relative(100, 100, "en"), "0%");
  assert.equal(relative(-100, -50, "en"), "+50%");
});

Deno.test("byInterest() puts money before counts, and keeps the rest in order", () => {
  const all = ["impressions", "reach", "spend", "likes"].map((name) => measure(name, 1, 2));
  assert.deepEqual(byInterest(all).map(({ column }) => column), ["spend", "impressions", "reach", "likes"]);
});

Deno.test("importRange() spans all parts", () => {
  const part = (from: string, to: string) => ({ range: { from, to } });
  const parts = [part("2026-02-01", "2026-02-03"), { range: null }, part("2026-01-30", "2026-02-01")] as never[];
  assert.deepEqual(importRange({ parts }), { from: "2026-01-30", to: "2026-02-03" });
  assert.equal(importRange({ parts: [] }), null);
});
