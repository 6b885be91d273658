import assert from "node:assert/strict";
import { memoryCache } from "@/lib/cache/memory.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { importBytes, withImportServices } from "@/tests/walks/import_services.ts";
import { whatStands } from "./what_stands.ts";

Deno.test("whatStands() finds a name where only its id makes the level, and misses what no level has", () =>
  withImportServices(async (services) => {
    const file = "Day,Platform,Account ID,Campaign ID,Campaign,Currency,Spend,Clicks\n" +
      "2026-01-01,google_ads,1,11,Brand,EUR,5,2\n2026-01-02,google_ads,1,11,Brand,EUR,6,3\n";
    assert.equal((await importBytes(services, file)).state, "published");
    const cache = memoryCache();
    const needs = [{ role: "ads", metrics: new Set(["spend", "cpc"]), dimensions: new Set(["campaign", "keyword"]) }];
    const ads = (await whatStands({ ...services, cache }, LOCAL_OWNER, needs)).get("ads");
    assert.deepEqual([...ads!.metrics].sort(), ["cpc", "spend"]);
    assert.deepEqual(["campaign", "campaign_id", "keyword"].map((name) => ads!.dimensions.has(name)), [
      true,
      true,
      false,
    ]);
    await cache.close();
  }));
