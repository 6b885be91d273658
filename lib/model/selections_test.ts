import assert from "node:assert/strict";
import type { PageFilters } from "./mod.ts";
import { clearSelections, deselect, drillBack, drillInto, select, selectedIn, spanOf } from "./selections.ts";

const none: PageFilters = { compare: "none", values: { device: ["mobile"] } };
const at = (value: string, field = "platform", tile = "bars") => ({ tile, field, value });
const chosen = (filters: PageFilters) =>
  (filters.selections ?? []).map(({ tile, field, value }) => `${tile} ${field} ${value}`);

Deno.test("select() chooses one value of a tile, and a second click takes it back", () => {
  const google = select(none, at("google_ads"));
  assert.deepEqual(selectedIn(google, "bars"), { platform: ["google_ads"] });
  assert.deepEqual(selectedIn(google, "lines"), {});
  assert.deepEqual(selectedIn(select(google, at("meta")), "bars"), { platform: ["meta"] });
  assert.deepEqual(select(google, at("google_ads")), none);
});

Deno.test("select() adds with additive, and leaves other tiles alone", () => {
  const both = select(select(none, at("google_ads")), at("meta"), true);
  assert.deepEqual(selectedIn(both, "bars"), { platform: ["google_ads", "meta"] });
  const two = select(both, at("DE", "country", "ring"));
  assert.deepEqual(chosen(two), ["bars platform google_ads", "bars platform meta", "ring country DE"]);
  assert.deepEqual(chosen(select(two, at("meta"), true)), ["ring country DE", "bars platform google_ads"]);
  assert.deepEqual(chosen(select(two, at("meta"))), ["ring country DE", "bars platform meta"]);
});

Deno.test("drillInto() opens a value, which stays chosen while what it consists of is chosen from", () => {
  const open = drillInto(select(select(none, at("google_ads")), at("meta"), true), at("google_ads"));
  assert.deepEqual(open.drills, [at("google_ads")]);
  assert.deepEqual(chosen(open), ["bars platform google_ads"]);
  const brand = select(open, at("Brand", "campaign"));
  assert.deepEqual(chosen(brand), ["bars platform google_ads", "bars campaign Brand"]);
  assert.deepEqual(chosen(select(brand, at("Brand", "campaign"))), ["bars platform google_ads"]);
  const deeper = drillInto(brand, at("Brand", "campaign"));
  assert.deepEqual(deeper.drills, [at("google_ads"), at("Brand", "campaign")]);
  assert.deepEqual(chosen(deeper), ["bars platform google_ads", "bars campaign Brand"]);
});

Deno.test("drillBack() is the way back: the same page as before the step, or before all of them", () => {
  const google = select(none, at("google_ads"));
  const open = drillInto(google, at("google_ads"));
  const brand = select(open, at("Brand", "campaign"));
  const deeper = select(drillInto(brand, at("Brand", "campaign")), at("Ad 1", "ad"));
  assert.deepEqual(drillBack(deeper, "bars", 1), brand);
  assert.deepEqual(drillBack(deeper, "bars", 0), google);
  assert.deepEqual(drillBack(open, "lines", 0), open);
});

Deno.test("deselect() closes the tile that a value had opened", () => {
  const open = drillInto(none, at("google_ads"));
  const deeper = drillInto(open, at("Brand", "campaign"));
  assert.deepEqual(deselect(deeper, at("Brand", "campaign")), open);
  assert.deepEqual(deselect(deeper, at("google_ads")), none);
  assert.deepEqual(deselect(select(none, at("meta")), at("meta")), none);
  assert.deepEqual(clearSelections(deeper), none);
});

Deno.test("spanOf() covers all days from the first to the last", () => {
  assert.deepEqual(spanOf(["2026-01-12..2026-01-18", "2026-01-05..2026-01-11"]), {
    from: "2026-01-05",
    to: "2026-01-18",
  });
  assert.equal(spanOf([]), null);
});
