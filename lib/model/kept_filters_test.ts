import assert from "node:assert/strict";
import type { Filter } from "./metric_query.ts";
import { fieldsOf, fittingFilter, keptFilters, ownFilters } from "./kept_filters.ts";

const is = (field: string, value: string): Filter => ({ field, op: "equals", value });
const columns = new Set(["platform", "country"]);

Deno.test("keptFilters() lists the dashboard's conditions and those of the open tab", () => {
  const dashboard = {
    filters: is("platform", "google_ads"),
    tabs: [
      { id: "one", name: "One" },
      { id: "two", name: "Two", filters: { and: [is("country", "DE"), { or: [is("device", "tv")] }] } },
    ],
  };
  assert.deepEqual(keptFilters(dashboard), [{ by: "dashboard", filter: is("platform", "google_ads") }]);
  assert.deepEqual(keptFilters(dashboard, "two").slice(1), [
    { by: "tab", filter: is("country", "DE") },
    { by: "tab", filter: { or: [is("device", "tv")] } },
  ]);
  assert.deepEqual(keptFilters({}), []);
});

Deno.test("fittingFilter() leaves out what data has no columns for, and never half of alternatives", () => {
  const country = is("country", "DE");
  assert.equal(fittingFilter(is("device", "tv"), columns), null);
  assert.deepEqual(fittingFilter({ and: [country, is("device", "tv")] }, columns), country);
  assert.equal(fittingFilter({ or: [country, is("device", "tv")] }, columns), null);
  const either: Filter = { or: [country, is("platform", "meta_ads")] };
  assert.deepEqual(fittingFilter({ and: [either, country] }, columns), { and: [either, country] });
});

Deno.test("fieldsOf() names each field once; ownFilters() is nothing where nothing is kept", () => {
  assert.deepEqual(fieldsOf({ or: [is("country", "DE"), { and: [is("country", "AT"), is("device", "tv")] }] }), [
    "country",
    "device",
  ]);
  assert.equal(ownFilters({ filters: { and: [] } }), undefined);
  assert.deepEqual(ownFilters({ range: { this: "year" } }), { range: { this: "year" } });
});
