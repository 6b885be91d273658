import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { registry } from "@/widgets/mod.ts";
import { openTile } from "./open_tile.ts";

const levels = [
  { level: "campaign + ad group + ad", grain: "day", columns: ["campaign", "ad_group", "ad"], rows: 9 },
  { level: "country", grain: "day", columns: ["country"], rows: 9 },
];

async function open(kind: string, given: Record<string, unknown>, steps: [field: string, value: string][] = []) {
  const widget = (await registry.load(kind))!;
  const parsed = widget.parse({ metric: "spend", ...given }, 1);
  assert.ok(parsed.ok);
  const path = steps.map(([field, value]) => ({ field, value }));
  const { options, trail, opens } = await openTile(
    widget,
    parsed.options,
    path,
    () => Promise.resolve({ dataset: adsDataset, state: { levels } }),
  );
  return { ...options as { dimension?: string; dimensions?: string[]; grain?: string; sort?: string }, trail, opens };
}

Deno.test("openTile() opens a platform into campaigns, ad groups and ads, in every widget by a dimension", async () => {
  for (const kind of ["bar", "donut", "leaderboard", "line"]) {
    const closed = await open(kind, { dimension: "platform" });
    assert.equal(closed.opens.platform, "Campaign", kind);
    const one = await open(kind, { dimension: "platform" }, [["platform", "meta"]]);
    assert.equal(one.dimension, "campaign", kind);
    assert.equal(one.opens.campaign, "Ad group", kind);
    const path: [string, string][] = [["platform", "meta"], ["campaign", "A"], ["ad_group", "B"]];
    const ads = await open(kind, { dimension: "platform" }, path);
    assert.equal(ads.dimension, "ad", kind);
    assert.deepEqual(ads.trail.map(({ into }) => into.title), ["Campaign", "Ad group", "Ad"]);
    assert.equal(ads.opens.ad, undefined);
  }
});

Deno.test("openTile() opens months into days", async () => {
  const months = await open("bar", {});
  assert.deepEqual(months.opens, { period: "day" });
  const days = await open("bar", {}, [["period", "2026-01-01..2026-01-31"]]);
  assert.deepEqual([days.grain, days.opens], ["day", {}]);
  const years = await open("line", { grain: "year" }, [["period", "2026-01-01..2026-12-31"]]);
  assert.deepEqual([years.grain, years.opens], ["month", { period: "day" }]);
  const both = await open("bar", { dimension: "platform", grain: "month" });
  assert.deepEqual(both.opens, { platform: "Campaign", period: "day" });
});

Deno.test("openTile() keeps a table's other rows and its order", async () => {
  const table = await open("table", { dimensions: ["platform"], sort: "platform" }, [["platform", "meta"]]);
  assert.deepEqual([table.dimensions, table.sort], [["campaign"], "campaign"]);
  const both = await open("table", { dimensions: ["platform", "campaign"] }, [["platform", "meta"]]);
  assert.deepEqual(both.dimensions, ["campaign"]);
});

Deno.test("openTile() leaves out a step that cannot be taken", async () => {
  const country = await open("donut", { dimension: "country" }, [["platform", "meta"]]);
  assert.deepEqual([country.dimension, country.trail, country.opens], ["country", [], {}]);
  assert.deepEqual((await open("kpi", {}, [["platform", "meta"]])).trail, []);
});
