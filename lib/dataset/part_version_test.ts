import assert from "node:assert/strict";
import { partVersion } from "./part_version.ts";

Deno.test("partVersion() tells parts apart by what they say, whatever the order of fields", () => {
  const rule = { id: "r", min: 1, max: 2 };
  assert.equal(partVersion([rule]), partVersion([{ max: 2, min: 1, id: "r" }]));
  assert.notEqual(partVersion([rule]), partVersion([{ ...rule, max: 3 }]));
  assert.notEqual(partVersion([rule, { ...rule, id: "s" }]), partVersion([{ ...rule, id: "s" }, rule]));
});
