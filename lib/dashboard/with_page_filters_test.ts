import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import type { PageFilters } from "@/lib/model/mod.ts";
import { type AskingTile, unfiltered, withPageFilters } from "./with_page_filters.ts";

const query = { dataset: "ads", metrics: ["spend"] };
const page: PageFilters = { range: { last: 28, unit: "day" }, compare: "none", values: {} };
const ask = (filters: Partial<PageFilters>, asking: Partial<AskingTile> = {}, own = {}) =>
  withPageFilters({ ...query, ...own }, {}, { ...page, ...filters }, {
    dataset: adsDataset,
    tile: "bars",
    trail: [],
    ...asking,
  });
const at = (tile: string, field: string, value: string) => ({ tile, field, value });

Deno.test("withPageFilters() filters by what was chosen in other tiles, not by a tile's own", () => {
  const selections = [
    at("bars", "platform", "meta"),
    at("ring", "country", "DE"),
    at("ring", "country", "AT"),
    at("ring", "country", ""),
    at("table", "nothing_like_it", "x"),
  ];
  assert.deepEqual(ask({ selections }).filters, {
    or: [{ field: "country", op: "in", value: ["DE", "AT"] }, { field: "country", op: "is-empty" }],
  });
  assert.deepEqual(ask({ selections }, { tile: "ring" }).filters, { field: "platform", op: "in", value: ["meta"] });
  assert.deepEqual((ask({ selections }, { tile: "text" }).filters as { and: unknown[] }).and.length, 2);
});

Deno.test("withPageFilters() takes the days chosen in other tiles for the range", () => {
  const selections = [
    at("line", "period", "2026-01-12..2026-01-18"),
    at("line", "period", "2026-01-05..2026-01-11"),
    at("combo", "period", "2026-01-10..2026-01-31"),
  ];
  assert.deepEqual(ask({ selections }).range, { from: "2026-01-10", to: "2026-01-18" });
  assert.deepEqual(ask({ selections }, { tile: "combo" }).range, { from: "2026-01-05", to: "2026-01-18" });
  assert.deepEqual(ask({ selections: selections.slice(0, 1) }, { tile: "line" }).range, page.range);
  const own = { range: { all: true as const } };
  assert.deepEqual(ask({ selections }, {}, own).range, { all: true }, "a widget's own range wins");
});

Deno.test("withPageFilters() asks for what a tile was opened by", () => {
  const trail = [
    { field: "period", value: "2026-01-01..2026-03-31" },
    { field: "platform", value: "meta" },
    { field: "period", value: "2026-02-01..2026-02-28" },
  ];
  const asked = ask({}, { trail }, { range: { all: true } });
  assert.deepEqual(asked.range, { from: "2026-02-01", to: "2026-02-28" });
  assert.deepEqual(asked.filters, { field: "platform", op: "in", value: ["meta"] });
});

Deno.test("withPageFilters() takes the filters of dashboard and tab as far as the data has them, and tells the others", () => {
  const dashboard = {
    filters: { field: "platform", op: "equals" as const, value: "meta_ads" },
    tabs: [
      { id: "one", name: "One" },
      { id: "two", name: "Two", filters: { field: "order_id", op: "equals" as const, value: "7" } },
    ],
  };
  const asking = { dataset: adsDataset, tile: "bars", trail: [] };
  const two = { ...page, tab: "two", values: { nothing_like_it: ["x"], country: [] } };
  assert.deepEqual(withPageFilters(query, dashboard, two, asking).filters, dashboard.filters);
  assert.deepEqual(unfiltered(dashboard, two, asking), ["order_id", "nothing_like_it"]);
  assert.deepEqual(unfiltered(dashboard, page, asking), []);
});

Deno.test("withPageFilters() asks a tile's own formulas", () => {
  const formulas = [{ name: "spend", formula: "sum(spend) * 2" }];
  assert.deepEqual(ask({}, { own: { formulas } }).metrics, [{ ...formulas[0], shadow: true }]);
});

Deno.test("withPageFilters() takes a tile's own filter and days", () => {
  const own = {
    filters: { field: "device", op: "equals" as const, value: "mobile" },
    range: { this: "year" as const },
  };
  const selections = [at("line", "period", "2026-01-12..2026-01-18"), at("ring", "country", "DE")];
  const asked = ask({ selections }, { own });
  assert.deepEqual(asked.range, { this: "year" });
  assert.deepEqual(asked.filters, { and: [own.filters, { field: "country", op: "in", value: ["DE"] }] });
});
