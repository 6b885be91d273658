import assert from "node:assert/strict";
import type { JsonSchema } from "@/components/form/json_schema.ts";
import { registry } from "@/widgets/mod.ts";
import { suits, takesOf, type Wanted } from "./rank_widgets.ts";

const manifests = registry.manifests();
const takes = (kind: string, dimensions = 0) =>
  takesOf(manifests.find((one) => one.kind === kind)!.options as JsonSchema, dimensions);
/** The built-in kinds that fit, the best first. */
const fitting = (wanted: Wanted) =>
  manifests.map(({ kind }) => ({ kind, ...suits(takes(kind, wanted.dimensions.length), wanted) })).filter(({ fits }) =>
    fits
  )
    .toSorted((a, b) => a.distance - b.distance).map(({ kind }) => kind);

Deno.test("takesOf() reads how many metrics and dimensions options take", () => {
  assert.deepEqual(takes("kpi"), { metrics: [1, 1], dimensions: [0, 0] });
  assert.deepEqual(takes("donut"), { metrics: [1, 1], dimensions: [1, 1] });
  assert.deepEqual(takes("line"), { metrics: [1, 12], dimensions: [0, 1] });
  assert.deepEqual(takes("line", 1), { metrics: [1, 1], dimensions: [0, 1] }, "broken down it shows one metric");
  assert.deepEqual(takes("text"), { metrics: [0, 0], dimensions: [0, 0] });
});

Deno.test("suits() ranks by what was chosen: one metric, two, one by a dimension, many by many", () => {
  const one = fitting({ metrics: ["spend"], dimensions: [] });
  assert.ok(one.indexOf("kpi") < one.indexOf("line") && one.indexOf("line") < one.indexOf("table"), one.join());
  const two = fitting({ metrics: ["spend", "roas"], dimensions: [] });
  assert.equal(two[0], "combo");
  assert.ok(two.includes("line") && !two.includes("kpi") && !two.includes("donut"));
  const parts = fitting({ metrics: ["spend"], dimensions: ["platform"] });
  assert.ok(["donut", "leaderboard", "filter-list"].includes(parts[0]!), parts.join());
  assert.ok(parts.indexOf("donut") < parts.indexOf("table") && !parts.includes("kpi"));
  const many = fitting({ metrics: ["spend", "roas", "cpa"], dimensions: ["platform", "campaign"] });
  assert.equal(many[0], "table");
  assert.ok(!many.includes("line") && !many.includes("donut"));
});

Deno.test("suits() puts what loses something wanted behind what shows something besides", () => {
  const wanted = { metrics: ["spend"], dimensions: [] };
  const besides = suits(takes("donut"), wanted);
  const lost = suits(takes("kpi"), { metrics: ["spend"], dimensions: ["platform"] });
  assert.ok(!besides.fits && !lost.fits && besides.distance < lost.distance);
  assert.ok(suits(takes("text"), wanted).distance > lost.distance);
});
