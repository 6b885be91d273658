import assert from "node:assert/strict";
import type { Placement } from "./dashboard.ts";
import { sectionGroups, unfolded } from "./sections.ts";
import { SECTION } from "./tile_layout.ts";

const at = (id: string, y: number, h = 2, widget = "kpi"): Placement => ({
  id,
  widget,
  widgetVersion: 1,
  title: id,
  options: {},
  place: { x: 0, y, w: widget === SECTION ? 12 : 3, h },
});
const band = (id: string, y: number, closed?: boolean): Placement => ({
  ...at(id, y, 1, SECTION),
  options: closed === undefined ? {} : { closed },
});
const page = [at("late", 9), band("two", 7), at("top", 0), at("mid", 4, 3), band("one", 3, true), at("top2", 1)];
const ids = (placements: readonly Placement[]) => placements.map(({ id }) => id);

Deno.test("sectionGroups(): tiles belong to the band above them, those before the first to none", () => {
  assert.deepEqual(sectionGroups(page).map(({ band, closed, tiles }) => [band?.id ?? null, closed, ids(tiles)]), [
    [null, false, ["top", "top2"]],
    ["one", true, ["mid"]],
    ["two", false, ["late"]],
  ]);
});

Deno.test("unfolded() leaves out what is in a closed section, and moves up what follows", () => {
  const shown = unfolded(page);
  assert.deepEqual(ids(shown), ["top", "top2", "one", "two", "late"]);
  assert.deepEqual(shown.map(({ place }) => place.y), [0, 1, 3, 4, 6]);
});

Deno.test("unfolded(): what the visitor opened or closed stands above what the document says", () => {
  assert.deepEqual(ids(unfolded(page, { one: false })), ["top", "top2", "one", "mid", "two", "late"]);
  assert.deepEqual(ids(unfolded(page, { two: true })), ["top", "top2", "one", "two"]);
  assert.deepEqual(unfolded(page, { one: false }).map(({ place }) => place.y), [0, 1, 3, 4, 7, 9]);
});
