import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import { hasMarks, markOf } from "@/components/chart/marks.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { metric: "spend" },
    { metric: "roas", bands: "80", horizon: 14, history: 30, earlier: false },
    { metric: "clicks", bands: "95" },
  ],
});

Deno.test("forecast-line: actuals, expectation and bands, and what was expected a month ago", () => {
  const { spec, html } = show(widget, { options: { metric: "spend", horizon: 10, history: 20 } });
  const series = spec?.series ?? [];
  assert.deepEqual(series.map(({ name, band }) => band ? `${name} (${band})` : name), [
    "95 % from (lower)",
    "95 % to (upper)",
    "80 % from (lower)",
    "80 % to (upper)",
    "Spend",
    "Expected",
    "Stands out",
    "Expected as of Sat, 17 Oct 2026",
  ]);
  // Twenty periods before, ten ahead; the three newest are too young to learn from, so they are expected too.
  assert.equal(spec?.labels.length, 30);
  const count = (name: string) => series.find((one) => one.name === name)?.values.filter((one) => one !== null).length;
  assert.deepEqual([count("Spend"), count("Expected")], [20, 13]);
  const marked = series.find(({ name }) => name === "Stands out")!.values;
  assert.deepEqual(spec?.labels.filter((_, at) => marked[at] !== null), ["2026-11-13", "2026-11-18"]);
  const [, to95, , to80] = series.map(({ values }) => values.at(-1) ?? 0);
  assert.ok(Number(to95) > Number(to80));
  assert.match(html, /off by 8.1% looking back, 11% by repeating the last season/);
});

Deno.test("forecast-line: too little data says how much more it takes", () => {
  const { html, spec } = show(widget, { options: { metric: "spend" }, answers: { kind: "empty" } });
  assert.equal(spec, null);
  assert.match(html, /Too little data to forecast yet.*9 of the 14 whole days.*5 more are needed/);
  assert.match(html, /<progress max="14" value="9"/);
});

Deno.test("forecast-line: days that were can be chosen, those to come cannot", () => {
  const { spec } = show(widget, { options: { metric: "spend", horizon: 10, history: 20 } });
  assert.ok(spec && hasMarks(spec));
  assert.equal(markOf(spec, 0)?.value, `${spec.labels[0]}..${spec.labels[0]}`);
  assert.equal(markOf(spec, spec.labels.length - 1), null);
});
