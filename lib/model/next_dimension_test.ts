import assert from "node:assert/strict";
import { adsDataset } from "./datasets/mod.ts";
import { finerGrain, nextDimension } from "./mod.ts";

const next = (levels: string[][], field: string, held: string[] = []) =>
  nextDimension(adsDataset, levels.map((columns) => ({ columns })), field, held)?.name ?? null;

Deno.test("nextDimension() opens a platform into campaigns, ad groups and ads, as far as there are rows", () => {
  const ads = [["campaign", "ad_group", "ad"], ["campaign", "country"]];
  assert.equal(next(ads, "platform"), "campaign");
  assert.equal(next(ads, "campaign", ["platform"]), "ad_group");
  assert.equal(next(ads, "ad_group", ["platform", "campaign"]), "ad");
  assert.equal(next(ads, "ad", ["platform", "campaign", "ad_group"]), null);
  assert.equal(next([["campaign", "ad"]], "campaign"), "ad", "a level that nobody exported is passed over");
  assert.equal(next([["campaign", "country"]], "campaign"), null);
});

Deno.test("nextDimension() offers nothing that no level holds together with what is held fixed", () => {
  assert.equal(next([["country"], ["campaign"]], "platform", ["country"]), null);
  assert.equal(next([["device"]], "device"), null);
  assert.equal(next([], "platform"), null);
});

Deno.test("finerGrain() opens every unit down to days", () => {
  assert.deepEqual((["year", "quarter", "month", "week", "day"] as const).map(finerGrain), [
    "month",
    "month",
    "day",
    "day",
    null,
  ]);
});
