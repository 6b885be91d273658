import assert from "node:assert/strict";
import { z } from "zod";
import showcase from "@/tests/contracts/showcase_widget.ts";
import { controlOf, type JsonSchema, labelOf, plainSchema, titleOf } from "./json_schema.ts";

const schema = showcase.manifest.options as JsonSchema;

Deno.test("controlOf() takes the author's control, else the one of the type", () => {
  const controls = Object.entries(schema.properties!).map(([name, field]) => [
    name,
    controlOf(plainSchema(field, schema.$defs)),
  ]);
  assert.deepEqual(Object.fromEntries(controls), {
    dataset: "dataset",
    metric: "metric",
    more: "metrics",
    dimension: "dimension",
    rows: "dimensions",
    grain: "grain",
    headline: "text",
    code: "text",
    story: "markdown",
    link: "text",
    since: "text",
    goal: "number",
    count: "number",
    on: "switch",
    tone: "choice",
    size: "choice",
    parts: "choices",
    colour: "colour",
    words: "list",
    steps: "list",
    filter: "filter",
    days: "range",
    frame: "group",
    goals: "rows",
    limit: "number",
    dash: "number",
    target: "variant",
  });
});

Deno.test("labelOf() takes the author's words, else those in the name", () => {
  assert.equal(labelOf("metric", schema.properties!.metric!), "Metric");
  assert.equal(labelOf("pageSize", {}), "Page size");
});

Deno.test("titleOf() takes the author's words for a choice, else the value as words", () => {
  assert.equal(titleOf("loud", schema.properties!.tone), "Very loud");
  assert.equal(titleOf("previous-period"), "Previous period");
});

Deno.test("plainSchema() follows references and takes null for empty, and keeps what the author said", () => {
  const made = z.toJSONSchema(z.object({ a: z.union([z.enum(["x", "y"]), z.null()]).meta({ label: "A" }) }));
  const plain = plainSchema((made as JsonSchema).properties!.a!);
  assert.deepEqual([plain.enum, plain.label, controlOf(plain)], [["x", "y"], "A", "choice"]);
  assert.equal(plainSchema(schema.properties!.filter!, schema.$defs).label, "Only rows where");
});
