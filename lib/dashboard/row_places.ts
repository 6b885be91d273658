import type { Placement } from "@/lib/model/mod.ts";

const COLUMNS = 12;

/**
 * Places of a row's tiles, by their shares of its width: together they take the whole grid, and each at least one of its
 * columns. Throws `RangeError` for more tiles than there are columns.
 */
export function tilesOfRow(shares: number[], y: number, height: number): Placement["place"][] {
  if (shares.length > COLUMNS) {
    throw new RangeError(`Cannot put ${shares.length} tiles into one row: it has ${COLUMNS} columns`);
  }
  const sum = shares.reduce((all, share) => all + share, 0);
  let before = 0;
  let x = 0;
  return shares.map((share, index) => {
    before += share;
    const end = Math.min(Math.max(Math.round(before / sum * COLUMNS), x + 1), COLUMNS - (shares.length - 1 - index));
    const place = { x, y, w: end - x, h: height };
    x = end;
    return place;
  });
}
