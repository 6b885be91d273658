import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({ widget, options: [{}, { dataset: "web", chart: false, misses: 0 }, { misses: 12 }] });

Deno.test("forecast-report: error beside repeating, bands, the best model, and the worst misses by name", () => {
  const { html, spec } = show(widget, { options: {} });
  assert.match(html, /8.1%<\/dd><dd[^>]*>11% by repeating the last season/);
  assert.match(html, /Best model<\/dt><dd[^>]*>Combination/);
  assert.match(html, /70 settled periods of 48 forecasts/);
  assert.equal([...html.matchAll(/misses__one/g)].length, 3);
  assert.match(html, /Brand · Search · DE/);
  assert.match(html, /href="\/data\/datasets\/ads\/forecasts"/);
  assert.equal(spec?.labels.length, 6);
});

Deno.test("forecast-report: shows neither chart nor misses that nobody wants", () => {
  const { html, spec } = show(widget, { options: { chart: false, misses: 0 } });
  assert.equal(spec, null);
  assert.doesNotMatch(html, /Worst misses/);
});
