import assert from "node:assert/strict";
import type { Filter } from "@/lib/model/mod.ts";
import { filterOfRows, isUnfinished, rowsOf } from "./filter_rows.ts";

const kept: Filter[] = [
  { field: "platform", op: "in", value: ["google_ads", "meta_ads"] },
  { field: "campaign", op: "not-contains", value: "Brand" },
  { and: [{ field: "country", op: "not-in", value: ["DE"] }, { field: "campaign", op: "is-empty" }] },
  { or: [{ field: "country", op: "starts-with", value: "D" }, { field: "spend", op: "greater", value: 5 }] },
  {
    and: [{ or: [{ field: "a", op: "is-empty" }, { field: "b", op: "in", value: ["x"] }] }, {
      field: "c",
      op: "in",
      value: ["y"],
    }],
  },
];

Deno.test("filterOfRows() gives back what rowsOf() took apart", () => {
  for (const filter of kept) {
    const { mode, rows } = rowsOf(filter);
    assert.deepEqual(filterOfRows(mode, rows), filter);
  }
  assert.equal(filterOfRows("and", rowsOf(undefined).rows), undefined);
});

Deno.test("rowsOf() shows equals and not as a choice of one", () => {
  const { mode, rows } = rowsOf({ field: "platform", op: "not", value: "tiktok_ads" });
  assert.deepEqual(filterOfRows(mode, rows), { field: "platform", op: "not-in", value: ["tiktok_ads"] });
});

Deno.test("filterOfRows() leaves out what is not finished", () => {
  const open = { field: "platform", op: "in" as const, values: [], text: "" };
  assert.ok(isUnfinished(open) && !isUnfinished({ ...open, op: "is-empty" }));
  assert.equal(filterOfRows("and", [open]), undefined);
  assert.deepEqual(filterOfRows("and", [open, { ...open, values: ["a"] }]), {
    field: "platform",
    op: "in",
    value: ["a"],
  });
});
