import assert from "node:assert/strict";
import fc from "fast-check";
import { clampPlace, freeBlock, freePlace, movedPlaces, overlap, readingOrder } from "./tile_layout.ts";

const place = fc.record({
  x: fc.integer({ min: -3, max: 14 }),
  y: fc.integer({ min: -3, max: 30 }),
  w: fc.integer({ min: 0, max: 14 }),
  h: fc.integer({ min: 0, max: 6 }),
});
/** A layout in which no tile lies on another: each takes the first free place of its size. */
const layout = fc.array(fc.record({ w: fc.integer({ min: 1, max: 12 }), h: fc.integer({ min: 1, max: 5 }) }), {
  maxLength: 12,
}).map((sizes) =>
  sizes.reduce<{ id: string; place: ReturnType<typeof freePlace> }[]>(
    (tiles, size, index) => [...tiles, { id: `t${index}`, place: freePlace(tiles, size) }],
    [],
  )
);

Deno.test("movedPlaces() puts a tile where it is wanted, and no tile lies on another after", () => {
  fc.assert(
    fc.property(layout, fc.nat(), place, (tiles, index, wanted) => {
      const tile = tiles[index % Math.max(1, tiles.length)];
      if (!tile) return;
      const moved = movedPlaces(tiles, { [tile.id]: wanted });
      const after = tiles.map(({ id, place }) => ({ id, place: moved[id] ?? place }));
      assert.deepEqual(after.find(({ id }) => id === tile.id)!.place, clampPlace(wanted));
      for (const [i, one] of after.entries()) {
        for (const other of after.slice(i + 1)) assert.ok(!overlap(one.place, other.place), `${one.id} ${other.id}`);
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("movedPlaces() leaves alone what is not in the way", () => {
  const tiles = [
    { id: "a", place: { x: 0, y: 0, w: 6, h: 2 } },
    { id: "b", place: { x: 6, y: 0, w: 6, h: 2 } },
    { id: "c", place: { x: 0, y: 2, w: 6, h: 2 } },
  ];
  assert.deepEqual(movedPlaces(tiles, { a: { x: 0, y: 0, w: 6, h: 3 } }), {
    a: { x: 0, y: 0, w: 6, h: 3 },
    c: { x: 0, y: 3, w: 6, h: 2 },
  });
});

Deno.test("readingOrder() goes by rows, then from the left", () => {
  const at = (id: string, x: number, y: number) => ({ id, place: { x, y, w: 1, h: 1 } });
  assert.deepEqual(readingOrder([at("c", 0, 1), at("b", 5, 0), at("a", 0, 0)]).map(({ id }) => id), ["a", "b", "c"]);
});

Deno.test("movedPlaces() keeps the band of a section across the grid, and pushes what is in it down with it", () => {
  const tiles = [
    { id: "a", widget: "kpi", place: { x: 0, y: 0, w: 6, h: 2 } },
    { id: "band", widget: "section", place: { x: 0, y: 2, w: 12, h: 1 } },
    { id: "b", widget: "kpi", place: { x: 0, y: 3, w: 6, h: 2 } },
  ];
  assert.deepEqual(movedPlaces(tiles, { band: { x: 4, y: 3, w: 5, h: 2 } }), {
    band: { x: 0, y: 3, w: 12, h: 1 },
    b: { x: 0, y: 4, w: 6, h: 2 },
  });
  const grown = movedPlaces(tiles, { a: { x: 6, y: 0, w: 6, h: 5 } });
  assert.deepEqual([grown.band?.y, grown.b?.y], [5, 6]);
});

Deno.test("freeBlock() finds room for several tiles as they stand to one another", () => {
  const there = [{ id: "t", place: { x: 0, y: 0, w: 8, h: 2 } }];
  const coming = [{ id: "a", place: { x: 3, y: 7, w: 3, h: 2 } }, { id: "b", place: { x: 6, y: 8, w: 3, h: 1 } }];
  assert.deepEqual(freeBlock(there, coming), { a: { x: 0, y: 2, w: 3, h: 2 }, b: { x: 3, y: 3, w: 3, h: 1 } });
  const tall = [{ id: "a", place: { x: 0, y: 0, w: 3, h: 30 } }, { id: "b", place: { x: 3, y: 30, w: 3, h: 30 } }];
  assert.deepEqual(freeBlock(there, tall), { a: { x: 0, y: 2, w: 3, h: 30 }, b: { x: 3, y: 32, w: 3, h: 30 } });
});
