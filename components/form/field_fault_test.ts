import assert from "node:assert/strict";
import { z } from "zod";
import { fieldFault, numberFault } from "./field_fault.ts";
import { type JsonSchema, plainSchema } from "./json_schema.ts";

const of = (type: z.ZodType) => {
  const { properties } = z.toJSONSchema(z.object({ a: type }), { io: "input" }) as JsonSchema;
  return plainSchema(properties!.a!);
};

Deno.test("fieldFault() says how to mend a value, and agrees with zod on what fits", () => {
  const cases: [z.ZodType, unknown, string | null][] = [
    [z.string().min(1), "a", null],
    [z.string().min(3), "ab", "Write at least 3 characters; these are 2"],
    [z.string().max(2), "abc", "Write at most 2 characters; these are 3"],
    [z.string().regex(/^x/).meta({ fault: "Begin with x" }), "y", "Begin with x"],
    [z.string().regex(/^[a-z][a-z0-9_]*$/), "A b", "Use small letters, digits and _, with a letter first"],
    [z.url(), "example", "Write a whole address, such as https://example.com"],
    [z.url(), "https://example.com", null],
    [z.email(), "me", "Write an e-mail address, such as you@example.com"],
    [z.iso.date(), "2026-02-30", "Write a day as year-month-day, such as 2026-01-31"],
    [z.int().min(1).max(30), 5, null],
    [z.int().min(1).max(30), 0, "Write 1 or more"],
    [z.int().min(1).max(30), 31, "Write 30 or less"],
    [z.int(), 1.5, "Write a whole number"],
    [z.int(), -7, null],
    [z.number().positive(), 0, "Write more than 0"],
    [z.number().lt(1), 1, "Write less than 1"],
    [z.number().multipleOf(0.1), 0.7, null],
    [z.number().multipleOf(5), 7, "Write a multiple of 5"],
    [z.array(z.enum(["a", "b"])).min(1), [], "Choose at least one"],
    [z.array(z.string()).max(1), ["a", "b"], "Choose at most 1; these are 2"],
    [z.array(z.string().max(2)), ["ok", "long"], "Line 2: write at most 2 characters; these are 4"],
    [z.array(z.number()), [1, NaN], "Line 2: write a number"],
  ];
  for (const [type, value, fault] of cases) {
    assert.equal(fieldFault(value, of(type)), fault, `${JSON.stringify(value)}: ${fault}`);
    assert.equal(type.safeParse(value).success, fault === null, `zod on ${JSON.stringify(value)}`);
  }
});

Deno.test("fieldFault() asks for what is required, and lets be empty what may be", () => {
  assert.equal(fieldFault("", of(z.string().min(1)), true), "Write something");
  assert.equal(fieldFault(undefined, of(z.number()), true), "Write a number");
  assert.equal(fieldFault(undefined, of(z.string().meta({ control: "metric" })), true), "Choose one");
  assert.equal(fieldFault("", of(z.string()), true), null);
  assert.equal(fieldFault(undefined, of(z.number().optional())), null);
  assert.equal(fieldFault(undefined, of(z.number().default(3)), true), null);
});

Deno.test("numberFault() of what is no number", () => {
  assert.equal(numberFault(NaN, {}), "Write a number");
});
