import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import { answer } from "@/tests/contracts/widget_answers.ts";
import widget from "./mod.ts";
import { sortedRows } from "./sorted_rows.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metrics: ["spend", "roas", "cpa"], dimensions: ["platform", "country"], pageSize: 5 },
    { dataset: "ads", metric: "spend", grain: "week", dimensions: [], change: false },
    { dataset: "ads", metric: "spend", bars: false, totals: false },
  ],
});

Deno.test("table: exact numbers, the unit once in the head, totals of all rows", () => {
  const { html } = show(widget, { options: { metrics: ["spend", "roas"], limit: 3 } });
  assert.match(html, /Spend<span class="table__unit">€</);
  assert.match(html, />56,659.48</);
  assert.match(html, /Total, 14 rows/);
  assert.match(html, />277,763.99</);
  assert.match(html, /1–3 of 3 \(the first 3 of 14\)/);
});

Deno.test("table: the sorted column says so to screen readers", () => {
  const { html } = show(widget, { options: { metric: "spend" } });
  assert.equal(html.match(/aria-sort="descending"/g)?.length, 1);
});

Deno.test("sortedRows() sorts numbers and words in both directions, no value last", () => {
  const result = answer({ dataset: "ads", metrics: ["spend"], dimensions: ["platform"] });
  result.rows = [
    { platform: "b", spend: 2 },
    { platform: "a", spend: null },
    { platform: "C", spend: 10 },
    { platform: null, spend: 1 },
  ];
  const order = (by: string, direction: "asc" | "desc") =>
    sortedRows(result, by, direction, "en-GB").map(({ row }) => row[by]);
  assert.deepEqual(order("spend", "asc"), [1, 2, 10, null]);
  assert.deepEqual(order("spend", "desc"), [10, 2, 1, null]);
  assert.deepEqual(order("platform", "asc"), ["a", "b", "C", null]);
  assert.deepEqual(order("platform", "desc"), ["C", "b", "a", null]);
});

Deno.test("table: amounts of several currencies get no bars, and a total each", () => {
  const shown = (kind: "plain" | "currencies") =>
    show(widget, { options: { metric: "spend" }, answers: { kind } }).html;
  assert.match(shown("plain"), /class="share-bar"/);
  assert.doesNotMatch(shown("currencies"), /class="share-bar"/);
  assert.match(shown("currencies"), /Total EUR/);
  assert.match(shown("currencies"), /Total GBP/);
});
