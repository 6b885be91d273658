import assert from "node:assert/strict";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { registry } from "@/widgets/mod.ts";
import { startingOptions } from "./starting_options.ts";

for (const manifest of registry.manifests()) {
  Deno.test(`startingOptions() of ${manifest.kind} are options that it takes, over every dataset with metrics`, async () => {
    const widget = await registry.load(manifest.kind);
    for (const dataset of builtInDatasets) {
      const start = startingOptions(manifest.options, dataset);
      if ("lacks" in start) {
        assert.match(start.lacks, new RegExp(dataset.title));
        continue;
      }
      const parsed = widget!.parse(start.options, manifest.version);
      assert.ok(parsed.ok, `${dataset.id}: ${parsed.ok || parsed.errors.join("; ")}`);
    }
  });
}

Deno.test("startingOptions() says what data lacks", () => {
  const schema = { properties: { metric: { type: "string", control: "metric" } }, required: ["metric"] };
  const dataset = { id: "bare", title: "Bare", columns: [], metrics: [] };
  assert.deepEqual(startingOptions(schema, dataset), { lacks: "Bare has no metric" });
});
