import assert from "node:assert/strict";
import fc from "fast-check";
import { dateRangeSchema, type PageFilters } from "./mod.ts";
import { effectiveFilters, filterOfValues, readPageFilters, readRange, writePageFilters, writeRange } from "./mod.ts";

const rangeArbitrary = fc.oneof(
  fc.constant({ from: "2026-01-01", to: "2026-02-28" }),
  fc.record({
    last: fc.integer({ min: 1, max: 3660 }),
    unit: fc.constantFrom("day", "week", "month", "quarter", "year"),
  }),
  fc.constantFrom("day", "week", "month", "quarter", "year").map((unit) => ({ this: unit, includeToday: true })),
  fc.constantFrom("day", "week", "month", "quarter", "year").map((unit) => ({ previous: unit })),
  fc.constant({ all: true }),
);

Deno.test("readRange() reads what writeRange() wrote", () => {
  fc.assert(fc.property(rangeArbitrary, (input) => {
    const range = dateRangeSchema.parse(input);
    assert.deepEqual(readRange(writeRange(range)), range);
  }));
});

Deno.test("readPageFilters() reads what writePageFilters() wrote, whatever the values", () => {
  const arbitrary = fc.record({
    range: rangeArbitrary.map((range) => dateRangeSchema.parse(range)),
    compare: fc.constantFrom("none" as const, "previous-period" as const, "previous-year" as const),
    values: fc.dictionary(
      fc.constantFrom("platform", "campaign", "country"),
      fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 5 }),
      { noNullPrototype: true },
    ),
  }, { noNullPrototype: true });
  fc.assert(fc.property(arbitrary, (filters: PageFilters) => {
    const params = new URLSearchParams(writePageFilters(filters).toString());
    assert.deepEqual(readPageFilters(params), { filters, ignored: [] });
  }));
});

Deno.test("readPageFilters() leaves out what it cannot read, and names it", () => {
  const { filters, ignored } = readPageFilters(
    new URLSearchParams("range=2026-02-30..x&compare=sometimes&UPPER=1&platform=a"),
  );
  assert.deepEqual(filters, { values: { platform: ["a"] } });
  assert.deepEqual(ignored, ["range", "compare", "UPPER"]);
});

Deno.test("readPageFilters() refuses a range that ends before it begins", () => {
  assert.deepEqual(readPageFilters(new URLSearchParams("range=2026-02-02..2026-02-01")).ignored, ["range"]);
});

Deno.test("effectiveFilters() puts the visitor's choice over the dashboard's defaults", () => {
  const defaults: PageFilters = { range: { all: true }, values: { platform: ["a"], country: ["DE"] } };
  assert.deepEqual(effectiveFilters(defaults, { values: { platform: ["b"] } }), {
    range: { all: true },
    compare: "previous-period",
    values: { platform: ["b"], country: ["DE"] },
  });
});

Deno.test("filterOfValues() keeps to the columns that the dataset has", () => {
  const columns = new Set(["platform"]);
  assert.equal(filterOfValues({ country: ["DE"], platform: [] }, columns), null);
  assert.deepEqual(filterOfValues({ country: ["DE"], platform: ["a"] }, columns), {
    field: "platform",
    op: "in",
    value: ["a"],
  });
});
