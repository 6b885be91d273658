import assert from "node:assert/strict";
import { defineSource, sourceRegistry } from "./mod.ts";

const report = { name: "daily", dataset: "ads", headers: ["Day"] };

Deno.test("defineSource() refuses a platform that is no name, and a report without headers", () => {
  assert.throws(() => defineSource({ platform: "My Ads", title: "x", reports: [] }), /snake_case/);
  assert.throws(
    () => defineSource({ platform: "my_ads", title: "x", reports: [{ ...report, headers: [] }] }),
    /name its headers/,
  );
});

Deno.test("sourceRegistry() finds sources by platform and takes each once", () => {
  const source = defineSource({ platform: "my_ads", title: "My Ads", reports: [report] });
  assert.equal(sourceRegistry([source]).get("my_ads"), source);
  assert.equal(sourceRegistry([source]).get("other"), undefined);
  assert.throws(() => sourceRegistry([source, source]), /is there already/);
});
