import assert from "node:assert/strict";
import { conditionSchema } from "@/lib/model/mod.ts";
import { parseMetricQuery } from "./parse_query.ts";

const opOf = (op: string, value: unknown = "x") => {
  const { filters } = parseMetricQuery({
    dataset: "ads",
    metrics: ["spend"],
    filters: { field: "platform", op, value },
  });
  return (filters as { op: string }).op;
};

Deno.test("parseMetricQuery() takes other tools' words where they have one meaning", () => {
  for (const word of ["eq", "=", "==", "is"]) assert.equal(opOf(word), "equals");
  for (const word of ["ne", "!=", "notEquals", "not_equals", "is not"]) assert.equal(opOf(word), "not");
  for (const word of ["startsWith", "starts with", "starts_with"]) assert.equal(opOf(word), "starts-with");
  assert.equal(opOf("gte", 1), "greater-or-equal");
  assert.equal(opOf("notIn", ["x"]), "not-in");
  assert.equal(opOf("is_empty", null), "is-empty");
});

Deno.test("parseMetricQuery() leaves its own words as they are", () => {
  for (const { shape } of conditionSchema.options) {
    for (const op of shape.op._zod.values) {
      const value = /in$/.test(String(op)) && op !== "contains"
        ? ["x"]
        : op === "between"
        ? [1, 2]
        : /empty/.test(String(op))
        ? null
        : "x";
      assert.equal(opOf(String(op), value), op);
    }
  }
});

Deno.test("parseMetricQuery() reads words inside groups, and units in the plural", () => {
  const query = parseMetricQuery({
    dataset: "ads",
    metrics: ["spend"],
    range: { last: 4, unit: "weeks" },
    filters: { or: [{ and: [{ field: "spend", op: ">", value: 1 }] }] },
  });
  assert.deepEqual(query.range, { last: 4, unit: "week" });
  assert.deepEqual(query.filters, { or: [{ and: [{ field: "spend", op: "greater", value: 1 }] }] });
});

Deno.test("parseMetricQuery() takes no word that means nothing, nor one that every object has", () => {
  for (const op of ["like", "constructor", "__proto__", "toString"]) assert.throws(() => opOf(op), /must be one of/);
});
