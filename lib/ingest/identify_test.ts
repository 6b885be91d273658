import assert from "node:assert/strict";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { defineSource } from "@/lib/source/mod.ts";
import { identifyTable, knownHeaders } from "./identify.ts";
import { recogniseText } from "./recognise/mod.ts";

const source = defineSource({
  platform: "my_ads",
  title: "My Ads",
  reports: [
    { name: "daily", dataset: "ads", headers: ["Campaign", "Impr.", "Cost"] },
    { name: "pages", dataset: "web", headers: ["Page", "Sessions"] },
  ],
});
const datasets = builtInDatasets;
const chosen = datasets.find(({ id }) => id === "ads")!;
const see = (text: string) => {
  const known = knownHeaders({ datasets, sources: [source] });
  const [table] = recogniseText({ bytes: new TextEncoder().encode(text), complete: true }, known);
  return identifyTable(table!, { datasets, chosen, sources: [source] });
};

Deno.test("identifyTable() finds whose report it is, and the range above the header", () => {
  const found = see("Campaign report\nMay 1, 2026 - May 8, 2026\nCampaign,Impr.,Cost\nA,1,2\n");
  assert.deepEqual(found.range, { from: "2026-05-01", to: "2026-05-08" });
  assert.deepEqual([found.source?.platform, found.report?.name, found.dataset], ["my_ads", "daily", "ads"]);
  assert.deepEqual(found.findings.map((f) => f.topic), ["range", "platform", "report", "dataset"]);
});

Deno.test("identifyTable() sends a report to its own dataset, and what no report claims to the chosen one", () => {
  const pages = see("Page,Sessions\n/a,1\n");
  assert.deepEqual([pages.dataset, pages.findings.at(-1)?.topic], ["web", "dataset"]);
  const other = see("Fruit,Weight\nApple,1\n");
  assert.deepEqual([other.dataset, other.source], ["ads", null]);
});
