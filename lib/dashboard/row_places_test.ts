import assert from "node:assert/strict";
import fc from "fast-check";
import { tilesOfRow } from "./row_places.ts";

Deno.test("tilesOfRow() fills the grid's twelve columns, side by side, whatever the shares", () => {
  assert.deepEqual(tilesOfRow([8, 4], 3, 4), [{ x: 0, y: 3, w: 8, h: 4 }, { x: 8, y: 3, w: 4, h: 4 }]);
  assert.deepEqual(tilesOfRow([4], 0, 2), [{ x: 0, y: 0, w: 12, h: 2 }]);
  assert.deepEqual(tilesOfRow([12, 2, 12, 12], 0, 2).map(({ w }) => w), [4, 1, 3, 4]);
  assert.throws(() => tilesOfRow(Array(13).fill(1), 0, 2), /Cannot put 13 tiles into one row: it has 12 columns/);
  fc.assert(fc.property(fc.array(fc.integer({ min: 2, max: 12 }), { minLength: 1, maxLength: 12 }), (shares) => {
    let x = 0;
    for (const place of tilesOfRow(shares, 0, 2)) {
      assert.equal(place.x, x);
      assert.ok(place.w >= 1);
      x += place.w;
    }
    assert.equal(x, 12);
  }));
});

Deno.test("tilesOfRow() makes tiles of equal shares equally wide, and one that matters most wider where that cannot be", () => {
  const widths = (count: number) => tilesOfRow(Array(count).fill(3), 0, 2).map(({ w }) => w);
  assert.deepEqual(widths(4), [3, 3, 3, 3]);
  assert.deepEqual(widths(5), [4, 2, 2, 2, 2]);
  assert.deepEqual(widths(6), [2, 2, 2, 2, 2, 2]);
});
