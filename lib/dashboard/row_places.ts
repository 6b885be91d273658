import type { Placement } from "@/lib/model/mod.ts";

const COLUMNS = 12;

/**
 * Places of a row's tiles, by their shares of its width: together they take the whole grid, and each at least one of its
 * columns. Tiles of equal shares are equally wide; where twelve columns do not allow it, the first, which matters most,
 * is wider. Throws `RangeError` for more tiles than there are columns.
 */
export function tilesOfRow(given: number[], y: number, height: number): Placement["place"][] {
  if (given.length > COLUMNS) {
    throw new RangeError(`Cannot put ${given.length} tiles into one row: it has ${COLUMNS} columns`);
  }
  const shares = withWideFirst(given);
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

function withWideFirst(shares: number[]): number[] {
  const [first, ...others] = shares;
  const each = Math.floor(COLUMNS / shares.length);
  if (each < 2 || COLUMNS % shares.length === 0 || others.some((share) => share !== first)) return shares;
  return [COLUMNS - each * others.length, ...others.map(() => each)];
}
