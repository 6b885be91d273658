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

const tileValueArbitrary = fc.record({
  tile: fc.constantFrom("bars", "a:b.c", "0123456789abcdef"),
  field: fc.constantFrom("platform", "campaign"),
  value: fc.string({ maxLength: 20 }),
}, { noNullPrototype: true });

Deno.test("readPageFilters() reads what writePageFilters() wrote, whatever the values", () => {
  const arbitrary = fc.record({
    range: rangeArbitrary.map((range) => dateRangeSchema.parse(range)),
    compare: fc.constantFrom("none" as const, "previous-period" as const, "previous-year" as const),
    values: fc.dictionary(
      fc.constantFrom("platform", "campaign", "country"),
      fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 5 }),
      { noNullPrototype: true },
    ),
    selections: fc.array(tileValueArbitrary, { minLength: 1, maxLength: 5 }),
    drills: fc.array(tileValueArbitrary, { minLength: 1, maxLength: 5 }),
    tab: fc.constantFrom("paid", "a:b.c"),
    folds: fc.dictionary(fc.constantFrom("more", "a:b.c", "constructor"), fc.boolean(), {
      minKeys: 1,
      noNullPrototype: true,
    }),
  }, { noNullPrototype: true });
  fc.assert(fc.property(arbitrary, (filters: PageFilters) => {
    const params = new URLSearchParams(writePageFilters(filters).toString());
    assert.deepEqual(readPageFilters(params), { filters, ignored: [] });
  }));
});

Deno.test("readPageFilters() leaves out what it cannot read, and names it", () => {
  const { filters, ignored } = readPageFilters(
    new URLSearchParams("range=2026-02-30..x&compare=sometimes&UPPER=1&platform=a&tab=%20&fold=*"),
  );
  assert.deepEqual(filters, { values: { platform: ["a"] } });
  assert.deepEqual(ignored, ["range", "compare", "tab", "fold", "UPPER"]);
});

Deno.test("readPageFilters() reads days that were chosen in a tile, and leaves out what is no day", () => {
  const read = (value: string) => readPageFilters(new URLSearchParams([["select", `bars*period*${value}`]]));
  const selections = [{ tile: "bars", field: "period", value: "2026-01-05..2026-01-11" }];
  assert.deepEqual(read("2026-01-05..2026-01-11").filters.selections, selections);
  for (const value of ["2026-01-11..2026-01-05", "2026-01-05", "last-28-day", ""]) {
    assert.deepEqual(read(value), { filters: { values: {} }, ignored: ["select"] });
  }
  assert.deepEqual(readPageFilters(new URLSearchParams("drill=bars")).ignored, ["drill"]);
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
