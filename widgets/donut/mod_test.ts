import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metric: "clicks", dimension: "campaign", limit: 4 },
    { dataset: "ads", metric: "cpa", dimension: "country" },
  ],
});

Deno.test("donut: the parts are the whole, the smallest as Other, the total in the middle", () => {
  const { spec, results } = show(widget, { options: { metric: "spend", dimension: "campaign", limit: 4 } });
  assert.equal(spec?.labels.at(-1), "Other");
  const [ring] = spec?.series ?? [];
  assert.equal(ring?.colors?.at(-1), "rest");
  const sum = ring?.values.reduce<number>((all, value) => all + (value ?? 0), 0) ?? 0;
  assert.ok(Math.abs(sum - Number(results.main?.totals?.spend)) < 1e-5);
  assert.deepEqual(spec?.center, { value: "€277.8k", label: "Spend" });
});

Deno.test("donut: a ratio has no parts, and the tile says what to do instead", () => {
  const { spec, html } = show(widget, { options: { metric: "cpa" } });
  assert.equal(spec, null);
  assert.match(html, /CPA cannot be added up/);
  assert.match(html, /Show it as bars by platform/);
});

Deno.test("donut: of several currencies one is drawn, and the tile says which", () => {
  const { spec, html } = show(widget, { options: { metric: "spend" }, answers: { kind: "currencies" } });
  assert.equal(spec?.currency, "EUR");
  assert.match(html, /Only EUR is drawn; there are amounts in GBP too/);
});
