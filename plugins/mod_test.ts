import assert from "node:assert/strict";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { headerKey } from "@/lib/model/mod.ts";
import { builtInSources } from "./mod.ts";

Deno.test("builtInSources name datasets and columns that exist, and no report is there twice", () => {
  const names = new Set<string>();
  for (const { platform, reports } of builtInSources) {
    for (const report of reports) {
      const name = `${platform}/${report.name}`;
      assert.ok(!names.has(name), name);
      names.add(name);
      const dataset = builtInDatasets.find((d) => d.id === report.dataset);
      assert.ok(dataset, `${name}: no dataset ${report.dataset}`);
      const keys = new Set<string>();
      for (const [header, column] of Object.entries(report.columns ?? {})) {
        assert.ok(!keys.has(headerKey(header)), `${name}: "${header}" stands twice`);
        keys.add(headerKey(header));
        const target = typeof column === "string" ? column : column?.column;
        if (target) assert.ok(dataset.columns.some((c) => c.name === target), `${name}: no column ${target}`);
      }
    }
  }
});
