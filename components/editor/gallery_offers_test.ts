import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { registry } from "@/widgets/mod.ts";
import { galleryOffers } from "./gallery_offers.ts";

const manifests = registry.manifests();
const NOTHING = { metrics: [], dimensions: [] };

Deno.test("galleryOffers() keeps the list's order where nothing is chosen, and suggests nothing", () => {
  const offers = galleryOffers(manifests, adsDataset, NOTHING);
  assert.deepEqual(offers.map(({ manifest }) => manifest.kind), manifests.map(({ kind }) => kind));
  assert.ok(offers.every(({ suggested, sample }) => !suggested && sample));
});

Deno.test("galleryOffers() suggests what shows the chosen metrics and dimensions, filled with them, first", () => {
  const offers = galleryOffers(manifests, adsDataset, { metrics: ["roas", "cpa"], dimensions: ["country"] });
  const table = offers.findIndex(({ manifest }) => manifest.kind === "table");
  assert.ok(offers[table]!.suggested);
  assert.deepEqual(offers[table]!.sample!.options.dimensions, ["country"]);
  const firstOther = offers.findIndex(({ suggested }) => !suggested);
  assert.ok(table < firstOther && offers.slice(firstOther).every(({ suggested }) => !suggested));
  assert.ok(!offers.find(({ manifest }) => manifest.kind === "donut")!.suggested, "it would leave a metric out");
});

Deno.test("galleryOffers() puts what the data lacks something for last, and says what", () => {
  const bare = { id: "bare", title: "Bare", columns: [], metrics: [{ name: "n", title: "N" }] };
  const offers = galleryOffers(manifests, bare, NOTHING);
  const lacking = offers.filter(({ lacks }) => lacks);
  assert.deepEqual(offers.slice(-lacking.length), lacking);
  const none = galleryOffers(manifests, { ...bare, metrics: [] }, NOTHING);
  assert.match(none.at(-1)!.lacks!, /Bare has no metric/);
});
