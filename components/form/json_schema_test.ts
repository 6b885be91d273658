import assert from "node:assert/strict";
import { z } from "zod";
import { controlOf, type JsonSchema, labelOf, numberFault } from "./json_schema.ts";

const schema = z.toJSONSchema(
  z.object({
    name: z.string(),
    on: z.boolean(),
    count: z.int().min(1).max(30),
    size: z.enum(["small", "large"]),
    list: z.array(z.string()),
    inner: z.object({ a: z.string() }),
    metric: z.string().meta({ label: "Bars", control: "metric" }),
  }),
) as JsonSchema;

Deno.test("controlOf() takes the author's control, else the one of the type", () => {
  const controls = Object.entries(schema.properties!).map(([name, field]) => [name, controlOf(field)]);
  assert.deepEqual(Object.fromEntries(controls), {
    name: "text",
    on: "switch",
    count: "number",
    size: "choice",
    list: "list",
    inner: "group",
    metric: "metric",
  });
});

Deno.test("labelOf() takes the author's words, else those in the name", () => {
  assert.equal(labelOf("metric", schema.properties!.metric!), "Bars");
  assert.equal(labelOf("pageSize", {}), "Page size");
});

Deno.test("numberFault() says how to mend a number, and lets alone what zod adds by itself", () => {
  const count = schema.properties!.count!;
  assert.equal(numberFault(5, count), null);
  assert.equal(numberFault(0, count), "Write 1 or more");
  assert.equal(numberFault(31, count), "Write 30 or less");
  assert.equal(numberFault(1.5, count), "Write a whole number");
  assert.equal(numberFault(NaN, count), "Write a number");
  assert.equal(numberFault(-7, (z.toJSONSchema(z.object({ n: z.int() })) as JsonSchema).properties!.n!), null);
});
