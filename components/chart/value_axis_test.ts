import assert from "node:assert/strict";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import { axisBounds, niceBounds, tickLabels } from "./value_axis.ts";

const series = (values: (number | null)[], more: Partial<ChartSeries> = {}): ChartSeries => ({
  name: "x",
  kind: "bar",
  color: 1,
  format: "integer",
  values,
  ...more,
});
const spec = (list: ChartSeries[], more: Partial<ChartSpec> = {}): ChartSpec => ({
  type: "cartesian",
  labels: list[0]?.values.map((_, index) => `l${index}`) ?? [],
  currency: null,
  series: list,
  ...more,
});

Deno.test("niceBounds() holds every range in at most four round steps", () => {
  for (let power = -6; power < 9; power++) {
    for (const [low, high] of [[0, 1], [0, 7.3], [-3, 9], [0.2, 0.21], [98, 101]] as const) {
      const [from, to] = [low * 10 ** power, high * 10 ** power];
      const { min, max, step } = niceBounds(from, to);
      const count = (max - min) / step;
      assert.ok(min <= from + step * 1e-6 && max >= to - step * 1e-6, `${from} to ${to}`);
      assert.ok(Math.abs(count - Math.round(count)) < 1e-6 && count <= 4.000001, `${from} to ${to}: ${count} steps`);
    }
  }
  assert.deepEqual(niceBounds(0, 0), { min: 0, max: 1, step: 1 });
  assert.deepEqual(niceBounds(5, 5), { min: 0, max: 5, step: 5 });
});

Deno.test("axisBounds() starts bars at zero and lets lines alone leave it out", () => {
  assert.equal(axisBounds(spec([series([90, 100])]), "left").min, 0);
  assert.equal(axisBounds(spec([series([90, 100], { kind: "area" })]), "left").min, 0);
  assert.equal(axisBounds(spec([series([-4, 100])]), "left").min, -50);
  assert.ok(axisBounds(spec([series([90, 100], { kind: "line" })]), "left").min > 0);
  assert.equal(axisBounds(spec([series([10, 100], { kind: "line" })]), "left").min, 0);
});

Deno.test("axisBounds() holds whole stacks, and shares are of one", () => {
  const stack = [series([6, 1]), series([5, 1]), series([null, 1])];
  assert.equal(axisBounds(spec(stack, { stacked: true }), "left").max, 15);
  assert.deepEqual(axisBounds(spec(stack, { stacked: true, share: true }), "left"), { min: 0, max: 1, step: 0.25 });
});

Deno.test("axisBounds() gives both axes the same number of lines, and a line beside bars starts at zero too", () => {
  const both = spec([series([0, 5_800]), series([1.4, 1.8], { kind: "line", axis: "right", format: "ratio" })]);
  const [left, right] = [axisBounds(both, "left"), axisBounds(both, "right")];
  assert.equal(right.min, 0);
  assert.equal(Math.round((left.max - left.min) / left.step), Math.round((right.max - right.min) / right.step));
});

Deno.test("tickLabels() writes the unit once, on top, and never two labels alike", () => {
  const euro = { locale: "en-GB", currency: "EUR" };
  assert.deepEqual(tickLabels([0, 20_000, 40_000], "currency", euro), ["0", "20k", "€40k"]);
  assert.deepEqual(
    tickLabels([0.024, 0.0245, 0.025], "percent", euro),
    ["2.40", "2.45", "2.50%"].map((t) => t.replace(/0(%?)$/, "$1")),
  );
  assert.deepEqual(tickLabels([0, 2, 4], "ratio", euro), ["0", "2", "4×"]);
});
