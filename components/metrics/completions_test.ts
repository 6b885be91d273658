import assert from "node:assert/strict";
import { adsDataset, ordersDataset } from "@/lib/model/datasets/mod.ts";
import { completed, completions, formulaWords, metricName } from "./completions.ts";

const words = formulaWords(adsDataset, [ordersDataset]);
const texts = (text: string, cursor = text.length) => completions(text, cursor, words).map(({ text }) => text);

Deno.test("completions() offers what the word before the cursor may become, names first", () => {
  assert.equal(texts("spe")[0], "spend");
  assert.ok(texts("clicks / impr").includes("impressions"));
  assert.ok(texts("orders.rev").includes("orders.revenue"));
  assert.ok(texts("cost per").length > 0, "titles are searched too");
  assert.deepEqual(texts("spend / "), []);
  assert.deepEqual(texts(""), []);
  assert.ok(texts("spend + clicks", 3).includes("spend"));
});

Deno.test("formulaWords() counts names, sums what adds up, and reads what does not", () => {
  const all = words.map(({ text }) => text);
  for (const text of ["roas", "sum(spend)", "count_distinct(campaign)", "only(frequency)"]) {
    assert.ok(all.includes(text), text);
  }
  assert.ok(!all.includes("sum(date)"));
});

Deno.test("completed() puts the word in the place of what was typed", () => {
  const spend = words.find(({ text }) => text === "spend")!;
  assert.deepEqual(completed("clicks / spe * 2", 12, spend), { text: "clicks / spend * 2", cursor: 14 });
});

Deno.test("metricName() makes a name that formulas can hold", () => {
  assert.equal(metricName("Cost per Lead (30 d)"), "cost_per_lead_30_d");
  assert.equal(metricName("2nd Überschuss"), "nd_uberschuss");
  assert.equal(metricName("???"), "");
});
