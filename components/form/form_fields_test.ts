import assert from "node:assert/strict";
import { z } from "zod";
import showcase, { showcaseOptions } from "@/tests/contracts/showcase_widget.ts";
import { branchChange, changed, formFields } from "./form_fields.ts";
import { type JsonSchema, variantsOf } from "./json_schema.ts";
import { startingObject } from "./starting_value.ts";

const schema = showcase.manifest.options as JsonSchema;
const names = (value: Record<string, unknown>, of = schema) =>
  formFields(of, value, schema.$defs).map(({ name }) => name);

Deno.test("formFields() shows a field only while its conditions hold, defaults counted in", () => {
  assert.ok(!names({}).includes("limit") && !names({}).includes("dash"));
  assert.ok(names({ dimension: "platform" }).includes("limit"));
  assert.ok(names({ on: true }).includes("dash"));
  const sizes = z.toJSONSchema(z.object({
    shape: z.enum(["line", "area", "bar"]).default("line"),
    smooth: z.boolean().default(false).meta({ when: { shape: ["line", "area"] } }),
  }));
  assert.deepEqual(names({}, sizes as JsonSchema), ["shape", "smooth"]);
  assert.deepEqual(names({ shape: "bar" }, sizes as JsonSchema), ["shape"]);
});

Deno.test("formFields() of a choice between objects are its choice and the fields of the branch", () => {
  const target = schema.properties!.target!;
  assert.deepEqual(names({ from: "number" }, target), ["from", "amount"]);
  assert.deepEqual(names({ from: "metric" }, target), ["from", "of"]);
  assert.deepEqual(names({}, target), ["from", "amount"], "the first branch where none is chosen");
  const [from] = formFields(target, {}, {});
  assert.deepEqual([from!.schema.enum, from!.schema.titles], [
    ["number", "metric"],
    { number: "A number", metric: "Another metric" },
  ]);
});

Deno.test("branchChange() takes away what the other branch has alone, so that the value fits again", () => {
  const { branches } = variantsOf(schema.properties!.target!)!;
  const change = branchChange(branches, "from", { from: "metric", of: "spend" }, "number");
  assert.deepEqual(changed({ from: "metric", of: "spend" }, change), { from: "number" });
  assert.ok(showcaseOptions.shape.target.safeParse({ from: "number" }).success);
});

Deno.test("startingObject() fits its schema where the data has what it asks for", () => {
  const dataset = {
    id: "ads",
    title: "Ads",
    columns: [{ name: "platform", title: "Platform", role: "dimension" }],
    metrics: [{ name: "clicks", title: "Clicks" }],
  };
  const start = startingObject(schema, dataset, schema.$defs);
  assert.equal(start.metric, "clicks");
  assert.ok(showcaseOptions.safeParse(start).success, JSON.stringify(start));
  const item = startingObject(schema.properties!.goals!.items!, dataset);
  assert.deepEqual(item, { name: "Goal name", value: 1 });
});
