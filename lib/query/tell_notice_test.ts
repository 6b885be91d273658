import assert from "node:assert/strict";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import type { FactNotice } from "@/lib/warehouse/mod.ts";
import { tellColumn, tellNotice } from "./tell_notice.ts";

const places = [
  { platform: "linkedin_ads", from: "2026-02-01", to: "2026-02-14" },
  { platform: "own_tool", from: "2026-02-03", to: "2026-02-03" },
];

Deno.test("tellNotice() says where, what and why, without a name of the store", () => {
  const text = (code: FactNotice["code"], column: string, at = places) =>
    tellNotice(adsDataset, { code, column, places: at }).message;
  assert.equal(
    text("not-broken-down", "campaign_id"),
    "LinkedIn, 1–14 Feb 2026; own_tool, 3 Feb 2026: this data is not broken down by campaign",
  );
  assert.equal(
    text("filter-left-out", "device", []),
    "Nothing is counted: this data is not broken down by device, which the filter asks for",
  );
  const [place] = places;
  assert.ok(place);
  assert.equal(
    text("period-left-out", "date", [{ ...place, platform: "" }]),
    "1–14 Feb 2026: left out, as these numbers stand for whole weeks or months only",
  );
});

Deno.test("tellColumn() writes words small and abbreviations as they are", () => {
  const columns = adsDataset.columns.map((column) => column.name === "device" ? { ...column, title: "URL" } : column);
  assert.equal(tellColumn({ ...adsDataset, columns }, "device"), "URL");
  assert.equal(tellColumn(adsDataset, "country"), "country");
});
