import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { metric: "spend" },
    { metric: "clicks", target: 5_000, before: false },
    { metric: "conversions", unit: "week", target: 10 },
  ],
});

Deno.test("month-projection: the month's end with its band, what came so far, and the course", () => {
  const { html, spec, forecasts } = show(widget, { options: { metric: "spend" } });
  const main = forecasts.main;
  assert.ok(main?.state === "ready" && main.total);
  assert.match(html, /Spend in November 2026, expected/);
  assert.match(html, /so far, 8 days to come/);
  assert.match(html, /80 %: €[\d.]+k to €[\d.]+k/);
  assert.equal(spec?.labels.length, 30);
  const course = spec?.series.find(({ name }) => name === "So far");
  assert.equal(course?.values.filter((value) => value !== null).length, 22);
  // The three newest days may still change: pale, and expected too.
  assert.deepEqual(course?.unsettled, [19, 20, 21]);
  const expected = spec?.series.find(({ name }) => name === "Expected")?.values;
  // It goes on from the last day that is final.
  assert.deepEqual([expected?.[17], expected?.[18]], [null, main.total.settled]);
  assert.equal(expected?.at(-1), main.total.points.at(-1)?.value);
});

Deno.test("month-projection: says how likely a target is, good or bad by what the metric should do", () => {
  const shown = (options: Record<string, unknown>) => show(widget, { options }).html;
  assert.match(shown({ metric: "spend", target: 1 }), /change--neutral">over 99% likely to reach €1</);
  assert.match(shown({ metric: "spend", target: 1e9 }), /under 1% likely to reach €1bn/);
  assert.doesNotMatch(shown({ metric: "spend" }), /likely/);
});

Deno.test("month-projection: a low tile shows the number alone", () => {
  assert.ok(show(widget, { options: { metric: "spend" } }).spec);
  const parsed = widget.parse({ metric: "spend" }, 1);
  assert.ok(parsed.ok);
  const { forecasts, results } = show(widget, { options: { metric: "spend" } });
  const size = { columns: 3, rows: 2, narrow: false };
  const input = { title: "", options: parsed.options, results, forecasts, locale: "en-GB", size, colors: {} };
  assert.equal(widget.chart({ ...input, result: Object.values(results)[0]! }), null);
});
