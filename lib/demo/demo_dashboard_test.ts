import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/ads.ts";
import { registry } from "@/widgets/mod.ts";
import { demoDashboard } from "./demo_dashboard.ts";

const dashboard = demoDashboard();

Deno.test("demoDashboard() uses widgets that are there, with options that fit and metrics that exist", async () => {
  const metrics = new Set(adsDataset.metrics.map((metric) => metric.name));
  const columns = new Set(adsDataset.columns.map((column) => column.name));
  for (const { id, widget: kind, options, widgetVersion } of dashboard.placements) {
    const widget = await registry.load(kind);
    assert.ok(widget, `${id}: no widget "${kind}"`);
    const parsed = widget.parse(options, widgetVersion);
    assert.ok(parsed.ok, `${id}: ${parsed.ok ? "" : parsed.errors.join("; ")}`);
    const questions = Object.values(widget.queries(parsed.options));
    assert.ok(questions.length > 0, `${id} asks nothing`);
    for (const { query } of questions) {
      for (const metric of "metrics" in query ? query.metrics : []) {
        assert.ok(metrics.has(String(metric)), `${id}: ${JSON.stringify(metric)}`);
      }
      for (const dimension of "dimensions" in query ? query.dimensions ?? [] : []) {
        assert.ok(columns.has(dimension), `${id}: ${dimension}`);
      }
    }
  }
});

Deno.test("demoDashboard() fills twelve columns without a gap or an overlap", () => {
  const cells = new Map<string, string>();
  let bottom = 0;
  for (const { id, place: { x, y, w, h } } of dashboard.placements) {
    assert.ok(x + w <= 12, `${id} reaches past the grid`);
    bottom = Math.max(bottom, y + h);
    for (let column = x; column < x + w; column++) {
      for (let row = y; row < y + h; row++) {
        const taken = cells.get(`${column},${row}`);
        assert.equal(taken, undefined, `${id} lies on ${taken}`);
        cells.set(`${column},${row}`, id);
      }
    }
  }
  assert.equal(cells.size, 12 * bottom);
});

Deno.test("demoDashboard() offers filters that are dimensions of its dataset", () => {
  const dimensions = adsDataset.columns.filter((column) => column.role === "dimension").map((column) => column.name);
  for (const name of dashboard.filterBar.dimensions) assert.ok(dimensions.includes(name), name);
});
