import assert from "node:assert/strict";
import type { JsonSchema } from "@/components/form/json_schema.ts";
import { adsDataset, builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { registry } from "@/widgets/mod.ts";
import type { Wanted } from "./rank_widgets.ts";
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

Deno.test("startingOptions() puts what is wanted where options take it, in its order, as far as there is room", async () => {
  const of = async (kind: string, wanted: Wanted) => {
    const widget = (await registry.load(kind))!;
    const start = startingOptions(widget.manifest.options as JsonSchema, adsDataset, wanted);
    assert.ok("options" in start);
    const parsed = widget.parse(start.options, widget.manifest.version);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    return start.options;
  };
  const wanted = { metrics: ["roas", "cpa", "ctr"], dimensions: ["country", "device"] };
  const table = await of("table", wanted);
  assert.deepEqual([table.metric, table.metrics, table.dimensions], ["roas", ["cpa", "ctr"], ["country", "device"]]);
  const donut = await of("donut", wanted);
  assert.deepEqual([donut.metric, donut.dimension], ["roas", "country"]);
  const combo = await of("combo", wanted);
  assert.deepEqual([combo.metric, combo.line], ["roas", "cpa"]);
});

Deno.test("startingOptions() says what data lacks", () => {
  const schema = { properties: { metric: { type: "string", control: "metric" } }, required: ["metric"] };
  const dataset = { id: "bare", title: "Bare", columns: [], metrics: [] };
  assert.deepEqual(startingOptions(schema, dataset), { lacks: "Bare has no metric" });
});
