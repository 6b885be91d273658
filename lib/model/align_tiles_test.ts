import assert from "node:assert/strict";
import fc from "fast-check";
import { alignedPlaces, type Alignment, movedTogether } from "./align_tiles.ts";
import { guideLines } from "./guide_lines.ts";
import { clampPlace } from "./tile_layout.ts";

const tiles = [
  { id: "a", place: { x: 1, y: 0, w: 3, h: 2 } },
  { id: "b", place: { x: 5, y: 1, w: 2, h: 3 } },
  { id: "c", place: { x: 9, y: 5, w: 3, h: 1 } },
];
const sides = (how: Alignment, of: "x" | "y" | "w" | "h") => {
  const places = alignedPlaces(tiles, how);
  return tiles.map(({ id }) => places[id]![of]);
};

Deno.test("alignedPlaces() lines tiles up by one edge of what they cover together", () => {
  assert.deepEqual(sides("left", "x"), [1, 1, 1]);
  assert.deepEqual(sides("right", "x"), [9, 10, 9]);
  assert.deepEqual(sides("top", "y"), [0, 0, 0]);
  assert.deepEqual(sides("bottom", "y"), [4, 3, 5]);
  assert.deepEqual([sides("size", "w"), sides("size", "h")], [[3, 3, 3], [2, 2, 2]]);
});

Deno.test("alignedPlaces() spaces tiles evenly between the first and the last, and lets none overlap where room lacks", () => {
  assert.deepEqual(sides("across", "x"), [1, 6, 9]);
  assert.deepEqual(sides("down", "y"), [0, 2, 5]);
  const tight = [0, 1, 2].map((x) => ({ id: `t${x}`, place: { x, y: 0, w: 4, h: 1 } }));
  assert.deepEqual(Object.values(alignedPlaces(tight, "across")).map(({ x }) => x), [0, 4, 8]);
});

Deno.test("movedTogether() stops all tiles where the first meets the edge, so that they stay as they stand to each other", () => {
  const place = fc.record({
    x: fc.integer({ min: 0, max: 14 }),
    y: fc.nat(40),
    w: fc.integer({ min: 1, max: 12 }),
    h: fc.constant(2),
  })
    .map(clampPlace);
  const step = fc.integer({ min: -14, max: 14 });
  fc.assert(fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), step, step, (places, x, y) => {
    const some = places.map((place, index) => ({ id: `t${index}`, place }));
    const moved = Object.values(movedTogether(some, { x, y }));
    const shifts = new Set(moved.map((now, index) => `${now.x - places[index]!.x} ${now.y - places[index]!.y}`));
    assert.equal(shifts.size, 1);
    for (const now of moved) assert.deepEqual(clampPlace(now), now);
  }));
});

Deno.test("guideLines() draws the edges that a tile shares with others, as far as they reach", () => {
  const lines = guideLines({ x: 3, y: 4, w: 3, h: 2 }, [{ x: 3, y: 0, w: 6, h: 2 }, { x: 0, y: 4, w: 2, h: 2 }]);
  assert.deepEqual(lines, [
    { axis: "x", at: 3, from: 0, to: 6 },
    { axis: "y", at: 4, from: 0, to: 6 },
    { axis: "y", at: 6, from: 0, to: 6 },
  ]);
  assert.deepEqual(guideLines({ x: 1, y: 9, w: 1, h: 1 }, [{ x: 4, y: 0, w: 2, h: 2 }]), []);
});
